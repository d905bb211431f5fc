"""Dates, events and timelines from outside: what nqtext shows, what an index keeps, what a timeline prints."""
import csv
import io
import json
import re
import subprocess
import unittest

import nq
from nq import report

FIRST = "国家数据局6月8日印发《关于推进行业高质量数据集建设行动的实施方案》。到2028年底，要建成一批行业高质量数据集。"
AGAIN = "国家数据局近日印发《推进行业高质量数据集建设行动实施方案》，数据集建设进入落实阶段。"
OTHER = "6月18日，低空物流航线在滨江开通。"


class Time(nq.Case):
    def dates(self, text, *args, status=0):
        run = nq.Run([f"{nq.BIN}/nqtext", "--dates", "--json", *args, self.write("text.txt", text)], self.env)
        self.assertEqual(run.status, status, run.err)
        return [json.loads(line) for line in run.out.splitlines()]

    def timeline(self, *args, status=0):
        return json.loads(self.nqsearch("--timeline", "--json", *args, status=status).out)

    def archive(self):
        self.write("a/2026-06-10.md", report("2026-06-10", "数据集建设提速", FIRST))
        self.write("a/2026-06-12.md", report("2026-06-12", "数据集方案解读", AGAIN))
        self.write("a/2026-06-19.md", report("2026-06-19", "低空物流", OTHER))
        self.nqindex("-q", self.path("a"))

    def test_dates(self):
        line, = self.dates("时间：6月18日，２月30日，近日，2018年之后", "--reference=2026-06-20")
        self.assertEqual(line["dates"], [{"text": "6月18日", "start": 3, "end": 8, "precision": "day", "date": "2026-06-18",
                                          "date_end": "2026-06-18", "bound": None}])
        self.assertEqual([d["text"] for d in line["invalid"]], ["２月30日"])
        self.assertEqual([d["text"] for d in line["vague"]], ["近日"])
        self.assertEqual([d["text"] for d in line["open"]], ["2018年"])

    def test_reference_column(self):
        lines = self.dates("2026-06-20\t昨天\n2025-01-01\t昨天\n", "--reference=column")
        self.assertEqual([line["dates"][0]["date"] for line in lines], ["2026-06-19", "2024-12-31"])

    def test_bad_reference(self):
        for args, text in ((["--reference=2026-02-30"], "昨天"), (["--reference=2026"], "昨天"), (["--reference=x"], "昨天"),
                           (["--reference=column"], "昨天"), (["--reference=column"], "2026-13-01\t昨天")):
            path = self.write("text.txt", text)
            self.error(self.run_program("nqtext", "--dates", *args, path, status=2), "reference")

    def test_many_dates(self):
        line, = self.dates("6月18日，" * 10000, "--reference=2026-06-20")
        self.assertEqual(len(line["dates"]), 10000)

    def test_events(self):
        path = self.write("r.md", report("2026-06-10", "数据", FIRST))
        run = self.run_program("nqtext", "--events", "--json", path, status=0)
        events = json.loads(run.out)["events"]
        self.assertEqual([(e["date"], e["kind"], e["actor"]) for e in events],
                         [("2026-06-08", "past", "国家数据局"), ("2028-12-01", "milestone", "国家数据局")])
        self.assertEqual(events[0]["document"], "关于推进行业高质量数据集建设行动的实施方案")
        text = json.loads(run.out)["text"]
        for event in events:
            self.assertEqual(text[event["start"]:event["end"]], event["quote"])

    def test_merged(self):
        self.archive()
        answer = self.timeline("数据集")
        issued = [e for e in answer["events"] if e["kind"] == "past" and e["action"] == "印发"]
        self.assertEqual(len(issued), 1, "one document issued once, told in two reports")
        self.assertEqual(issued[0]["date"], "2026-06-08")
        self.assertEqual({c["report_date"] for c in issued[0]["coverage"]}, {"2026-06-10", "2026-06-12"})
        self.assertNotIn("低空", json.dumps(answer, ensure_ascii=False))
        self.assertEqual(sum(m["passages"] for m in answer["months"]), 2)

    def test_bounds(self):
        self.archive()
        ahead = self.timeline("--kind=milestone", "数据集")["events"]
        self.assertEqual([e["date"] for e in ahead], ["2028-12-01"])
        self.assertEqual(len(self.timeline("--to=2026-12", "数据集")["events"]), 1)
        self.assertEqual(self.timeline("--from=2030", "数据集", status=1)["events"], [])
        self.assertEqual(self.timeline("--from=2027", "--to=2026", "数据集", status=1)["events"], [])
        self.assertEqual(len(self.timeline("-n", "1", "数据集")["events"]), 1)
        self.error(self.nqsearch("--kind=past", "数据集", status=2), "--timeline")

    def test_short_news(self):
        """A line above a short piece of news is its heading: it says what the news is about."""
        self.write("a/2026-06-10.md", "# 每日动态\n\n2026-06-10\n\n## 快讯\n\n滨江低空航线获批\n\n"
                   "滨江市交通局今天（6月10日）发布通知，同意开通三条航线。\n\n江海银行降息\n\n江海银行今天（6月10日）发布公告，下调利率。\n")
        self.nqindex("-q", self.path("a"))
        events = self.timeline("低空")["events"]
        self.assertEqual([e["label"] for e in events], ["滨江低空航线获批"])
        self.assertEqual(events[0]["actor"], "滨江市交通局")

    def test_other_news(self):
        """Of many short news none is about the document of another."""
        self.write("a/2026-06-10.md", "# 每日动态\n\n2026-06-10\n\n## 快讯\n\n数据方案印发\n\n"
                   "国家数据局今天（6月10日）印发《数据标注发展方案》。\n\n低空航线将开通\n\n滨江低空航线将于7月1日开通。\n")
        self.nqindex("-q", self.path("a"))
        event, = self.timeline("低空")["events"]
        self.assertEqual((event["date"], event["kind"], event["document"]), ("2026-07-01", "milestone", None))

    def test_related_names(self):
        """News of a matter also goes by the names of dicts/related.tsv, and they weigh less than its own."""
        self.write("a/2026-06-10.md", report("2026-06-10", "条例公布", "国务院6月10日公布《无人驾驶航空器管理办法》。"))
        self.write("a/2026-06-11.md", report("2026-06-11", "方案印发", "国务院6月11日印发《低空经济发展方案》。"))
        self.nqindex("-q", self.path("a"))
        events = {e["date"]: e["importance"] for e in self.timeline("低空经济")["events"]}
        self.assertEqual(sorted(events), ["2026-06-10", "2026-06-11"])
        self.assertLess(events["2026-06-10"], events["2026-06-11"])

    def test_printings(self):
        """The words of a query are found in any width, case and script, and through quotation marks."""
        self.write("a/2026-06-10.md", report("2026-06-10", "方案", "国务院6月10日印发《低空经济发展方案》。"))
        self.write("a/2026-06-11.md", report("2026-06-11", "規劃", "国务院6月11日印发《“十六五”规划纲要》。"))
        self.write("a/2026-06-12.md", report("2026-06-12", "AI", "工信部6月12日印发《AI发展方案》，MAIN系统不变。"))
        self.nqindex("-q", self.path("a"))
        for query, day in (("低空經濟", "2026-06-10"), ("十六五规划", "2026-06-11"), ("ａｉ", "2026-06-12")):
            self.assertEqual([e["date"] for e in self.timeline(query)["events"]], [day], query)

    def test_meeting(self):
        """What a meeting said of the matter stands behind its label."""
        self.write("a/2026-06-10.md", report("2026-06-10", "江海市政府常务会议召开",
                   "江海市人民政府6月9日召开常务会议，研究安全生产。\n\n会议要求，加快建设低空经济示范区，完善起降设施。"))
        self.nqindex("-q", self.path("a"))
        event, = self.timeline("低空经济")["events"]
        self.assertEqual(event["date"], "2026-06-09")
        self.assertRegex(event["label"], "召开常务会议：加快建设低空经济示范区$")

    def test_parts_together(self):
        """A name is also found where its parts stand close together, in one clause; not anywhere in the passage."""
        self.write("a/2026-06-10.md", report("2026-06-10", "会议", "人大6月10日通过《关于延迟法定退休年龄的决定》。"))
        self.write("a/2026-06-11.md", report("2026-06-11", "航班", "民航局6月11日发布公告，航班延迟起飞，多名飞行员退休。"))
        self.nqindex("-q", self.path("a"))
        events = {e["date"]: e["importance"] for e in self.timeline("延迟退休")["events"]}
        self.assertIn("2026-06-10", events)
        self.assertLess(events.get("2026-06-11", 0), events["2026-06-10"] / 3)

    def test_across_words(self):
        """What is only printed across the edges of other words is not the query's word."""
        self.write("a/2026-06-10.md", report("2026-06-10", "会议", "全国人大常委会6月10日通过了新修订的公司法。"))
        self.write("a/2026-06-11.md", report("2026-06-11", "案件", "江海市6月11日召开会议，对滨江有限公司法定代表人立案。"))
        self.nqindex("-q", self.path("a"))
        events = {e["date"]: e["importance"] for e in self.timeline("公司法")["events"]}
        self.assertLess(events.get("2026-06-11", 0), events["2026-06-10"] / 2)  # as 公司 at most

    def test_further_words(self):
        """A word of the language behind the first term brings no news of its own; a term does."""
        self.write("a/2026-06-10.md", report("2026-06-10", "低空", "国务院6月10日印发《低空经济发展方案》。"))
        self.write("a/2026-06-11.md", report("2026-06-11", "火箭", "国防部6月11日发布火箭发射公告。"))
        self.write("a/2026-06-12.md", report("2026-06-12", "银发", "国务院6月12日印发《银发经济方案》。"))
        self.nqindex("-q", self.path("a"))
        self.assertNotIn("2026-06-11", [e["date"] for e in self.timeline("低空经济", "火箭")["events"]])
        self.assertIn("2026-06-12", [e["date"] for e in self.timeline("低空经济", "银发经济")["events"]])

    def test_day_of_a_headline(self):
        """A headline whose text prints a day, but nothing done on it, is of that day."""
        self.write("a/2026-06-10.md", report("2026-06-10", "滨江低空补贴到账", "滨江首期补贴6月8日到账，惠及三百户。"))
        self.nqindex("-q", self.path("a"))
        event, = self.timeline("低空")["events"]
        self.assertEqual((event["date"], event["undated"], event["label"]), ("2026-06-08", False, "滨江低空补贴到账"))

    def test_in_force(self):
        """What is to come into force and what came into force is one event, of the body that issued it."""
        self.write("a/2026-06-10.md", report("2026-06-10", "条例公布",
                   "国务院6月10日公布《低空飞行条例》。民航局6月10日召开会议。《低空飞行条例》将于7月1日起施行。"))
        self.write("a/2026-07-01.md", report("2026-07-01", "条例施行", "《低空飞行条例》今天（7月1日）起施行。"))
        self.nqindex("-q", self.path("a"))
        force, = [e for e in self.timeline("低空飞行")["events"] if e["date"] == "2026-07-01"]
        self.assertEqual((force["kind"], force["actor"], len(force["coverage"])), ("past", "国务院", 2))

    def test_draft_and_final(self):
        """A draft and the final text are one document by its final title; a draft's passing is labelled as one."""
        self.write("a/2026-05-10.md", report("2026-05-10", "常务会议", "国务院5月9日审议通过《低空飞行管理条例（草案）》。"))
        self.write("a/2026-06-10.md", report("2026-06-10", "条例公布", "国务院6月10日公布《低空飞行管理条例》。"))
        self.nqindex("-q", self.path("a"))
        first, second = self.timeline("低空飞行")["events"]
        self.assertEqual(first["document"], second["document"])
        self.assertEqual(second["document"]["title"], "低空飞行管理条例")
        self.assertRegex(first["label"], "（草案）")

    def test_cut_title(self):
        """A title that breaks off is of the document that begins so, whichever is read first."""
        whole = report("2026-06-10", "方案印发", "国家数据局6月8日印发《关于推进行业高质量数据集建设行动的实施方案》。")
        cut = report("2026-06-12", "方案解读", "国家数据局6月11日解读，6月8日印发《推进行业高质量数据集…》。")
        for first, second in ((whole, cut), (cut, whole)):
            self.write("a/1.md", first)
            self.write("a/2.md", second)
            self.nqindex("-q", "--rebuild", self.path("a"))
            titles = {(e["document"] or {}).get("title") for e in self.timeline("数据集")["events"] if e["action"] == "印发"}
            self.assertEqual(titles, {"关于推进行业高质量数据集建设行动的实施方案"})
            self.verify()

    def test_replaced_and_pruned(self):
        self.archive()
        self.write("a/2026-06-10.md", report("2026-06-10", "数据集建设提速", FIRST.replace("6月8日", "6月9日")))
        self.nqindex("-q", self.path("a"))
        self.verify()
        self.assertEqual([e["date"] for e in self.timeline("--kind=past", "数据集")["events"]], ["2026-06-09"])
        for name in ("2026-06-10.md", "2026-06-12.md"):
            subprocess.run(["rm", self.path("a", name)], check=True)
        self.nqindex("-q", "--prune", self.path("a"))
        self.verify()
        self.assertEqual(self.timeline("数据集", status=1)["total"], 0)

    def test_event_filter(self):
        self.archive()
        self.assertEqual(self.total("event:2026-06-08 数据集"), 1)
        self.assertEqual(self.total("event:2028"), 1)
        self.assertEqual(self.total("event:2026-06-15..2026-06-30"), 1)
        self.assertEqual(self.total("event:2030"), 0)
        self.assertEqual(self.total("event:2028-03"), 0, "what takes a year is of no month")
        self.assertRegex(self.nqsearch("event:x 数据集", status=2).err, "not a date")

    def test_hit_shows_the_event_that_was_asked_for(self):
        self.write("a/2026-06-15.md", report("2026-06-15", "数据动态", "6月11日，江海市印发数据办法，6月14日，滨江区召开会议。"))
        self.nqindex("-q", self.path("a"))
        for query, day in (("数据办法", "2026-06-11"), ("event:2026-06-14 数据办法", "2026-06-14"), ("event:2026-06-14", "2026-06-14")):
            hit, = self.search(query)["hits"]
            self.assertEqual(hit["event"]["date"], day, query)

    def test_event_of_hit(self):
        self.archive()
        hit, = [h for h in self.search("印发《关于推进行业高质量数据集")["hits"] if h["date"] == "2026-06-10"]
        self.assertEqual(hit["event"], {"date": "2026-06-08", "date_end": None})
        self.assertIn("→ 2026-06-08", self.nqsearch("印发《关于推进行业高质量数据集").out)

    def test_event_of_hit_is_short(self):
        for days, shown in (("到2028年", "2028"), ("2025年2月，", "2025-02"), ("2月3日至5日，", "2026-02-03..05"),
                            ("2025年12月30日至2026年1月2日，", "2025-12-30..2026-01-02")):
            self.write("b/x.md", report("2026-06-10", "灯会", f"{days}滨江市将公布灯会办法。"))
            self.nqindex("-q", self.path("b"))
            self.assertIn(f"→ {shown}  #", self.nqsearch("公布灯会办法").out)

    def test_verify(self):
        self.archive()
        self.sql("DELETE FROM document")
        self.assertRegex(self.nqindex("--verify", status=2).out, r"\d events of an unknown document")

    def test_old_index(self):
        self.archive()
        before = self.timeline("数据集")
        for statement in ("DROP TABLE event", "DROP TABLE document", "DELETE FROM meta WHERE key = 'events'"):
            self.sql(statement)
        self.error(self.nqsearch("--timeline", "数据集", status=2), "no events")
        self.nqindex("-q", self.path("a"))
        self.verify()
        self.assertEqual(self.timeline("数据集"), before)

    def test_csv(self):
        self.archive()
        rows = list(csv.DictReader(io.StringIO(self.nqsearch("--timeline", "--csv", "数据集").out, newline="")))
        self.assertEqual(rows[0]["date"], "2026-06-08")
        self.assertEqual(rows[0]["document"], "关于推进行业高质量数据集建设行动的实施方案")

    def test_calendar(self):
        self.archive()
        first = self.nqsearch("--ics", "数据集").out
        lines = first.split("\r\n")
        self.assertEqual((lines[0], lines[-2], lines[-1]), ("BEGIN:VCALENDAR", "END:VCALENDAR", ""))
        self.assertTrue(all(len(line.encode()) <= 75 for line in lines), "lines are folded")
        unfolded = first.replace("\r\n ", "").split("\r\n")
        uids = [line for line in unfolded if line.startswith("UID:")]
        self.assertEqual(len(uids), len(set(uids)))
        self.assertEqual(len(uids), unfolded.count("BEGIN:VEVENT"))
        self.assertIn("DTSTART;VALUE=DATE:20260608", unfolded)
        self.assertIn("DTEND;VALUE=DATE:20260609", unfolded)
        self.assertEqual(uids, [line for line in self.nqsearch("--ics", "数据集").out.split("\r\n") if line.startswith("UID:")])

    def test_text(self):
        self.archive()
        out = self.nqsearch("--timeline", "数据集").out
        self.assertRegex(out, "06-08 ● .*印发")
        self.assertRegex(out, re.escape("│"))

    def test_ahead(self):
        """Milestones that are over stand in the line, those to come behind it."""
        self.write("a/2020-01-10.md", report("2020-01-10", "标准征求意见", "数据局1月9日发布数据集标准，2月15日前征求意见。"))
        self.write("a/2020-01-20.md", report("2020-01-20", "目标", "到2990年底，要建成一批数据集。"))
        self.nqindex("-q", self.path("a"))
        out = self.nqsearch("--timeline", "数据集").out
        self.assertRegex(out, "(?s)01-09 ●.*02-15 ○.*\n\nAhead\n.*2990-12 ○")
        self.assertNotRegex(out, "(?s)Ahead.*02-15")

    def test_in_force(self):
        self.write("a/2026-06-10.md", report("2026-06-10", "条例公布", "国务院6月9日公布《低空飞行管理条例》，自2026年9月1日起施行。"))
        self.nqindex("-q", self.path("a"))
        labels = [e["label"] for e in self.timeline("低空飞行")["events"]]
        self.assertEqual(labels, ["国务院公布《低空飞行管理条例》", "《低空飞行管理条例》施行"])

    def labels(self, **reports):
        """Labels of a timeline of 低空经济 over reports of June 2026, heading and text each."""
        for day, (heading, text) in reports.items():
            self.write(f"a/2026-06-{day[1:]}.md", report(f"2026-06-{day[1:]}", heading, text))
        self.nqindex("-q", self.path("a"))
        return [e["label"] for e in self.timeline("低空经济")["events"]]

    def test_label_without_lead(self):
        """When, and whom it is from, stand elsewhere."""
        self.assertEqual(self.labels(
            d11=("产业动态", "今天（6月11日），滨江低空经济论坛在江海市开幕。"),
            d12=("媒体观察", "Reuters 6月12日报道，商务部等部门发布17项低空经济措施。"),
            d13=("【新征程】低空经济试点今天在滨江启动", "6月13日，低空经济试点在滨江启动。")),
            ["滨江低空经济论坛在江海市开幕", "商务部等部门发布17项低空经济措施", "低空经济试点在滨江启动"])

    def test_label_of_a_meeting(self):
        """With what it said of the matter, where its own words don't say."""
        self.assertEqual(self.labels(d13=("会议召开", "国务院总理6月13日主持召开国务院常务会议，部署春耕，三是发展低空经济。"),
                                     d14=("决定公布", "6月14日，江海市举行会议讨论规划。\n\n会议认为，（9）发展低空经济，十分重要。")),
                         ["国务院总理主持召开国务院常务会议：发展低空经济",
                          "江海市举行会议讨论规划：发展低空经济"])

    def test_label_without_its_day(self):
        """Which stands beside it; what the sentence is built on stays."""
        self.assertEqual(self.labels(d11=("航线开通", "江海市于6月11日上午召开低空经济会议。"),
                                     d12=("航线动态", "低空经济试点自6月12日起在滨江启动。"),
                                     d14=("论坛动态", "低空经济论坛今天（6月14日）下午在江海闭幕。"),
                                     d15=("数据动态", "截至6月15日，江海市启动低空经济项目12个。")),
                         ["江海市召开低空经济会议", "低空经济试点在滨江启动",
                          "低空经济论坛在江海闭幕", "截至6月15日，江海市启动低空经济项目12个"])

    def test_label_of_a_list(self):
        """By the item that speaks of the matter."""
        self.assertEqual(self.labels(d13=("会议召开", "江海市人大常委会6月13日听取了关于港口条例草案修改情况的报告、关于数据条例草案修改情况的汇报、"
                                          "关于低空经济条例草案修改意见的汇报、关于促进条例草案的说明、关于财政决算的报告。"))[:1],
                         ["江海市人大常委会听取了…关于低空经济条例草案修改意见的汇报…"])

    def test_programmes_are_no_events_of_the_matter(self):
        self.write("a/2026-06-15.md", report("2026-06-15", "报道推出", "今天（6月15日），《新闻联播》推出低空经济系列报道《江海飞》。"))
        self.write("a/2026-06-16.md", report("2026-06-16", "办法公布", "今天（6月16日），江海市推出低空经济办法。"))
        self.nqindex("-q", self.path("a"))
        told, issued = self.timeline("低空经济")["events"]
        self.assertLess(told["importance"] * 2, issued["importance"])

    def test_headline_once(self):
        """Though its section tells figures of another month."""
        self.write("a/2026-06-15.md", report("2026-06-15", "低空经济引领滨江产业升级", "低空经济走在前列。\n\n截至今年四月份，低空经济企业达到80家。"))
        self.nqindex("-q", self.path("a"))
        self.assertEqual([e["label"] for e in self.timeline("低空经济")["events"]].count("低空经济引领滨江产业升级"), 1)

    def test_label_says_who_will(self):
        self.assertEqual(self.labels(d13=("修改意见", "江海市交通局6月13日通报低空经济条例征求意见情况，将在7月底前完成修改。"))[1:],
                         ["江海市交通局将在7月底前完成修改"])

    def test_comment_is_no_event(self):
        self.write("a/2026-06-14.md", report("2026-06-14", "趋势判断：低空经济从政策走向场景", "低空经济需要更多场景，也需要更多数据。"))
        self.nqindex("-q", self.path("a"))
        self.assertEqual(self.timeline("低空经济", status=1)["events"], [])

    def test_figures_weigh_less(self):
        self.write("a/2026-06-15.md", report("2026-06-15", "前5月低空经济航线开行800班", "低空经济航线运行平稳。"))
        self.write("a/2026-06-16.md", report("2026-06-16", "滨江低空经济航线开行", "低空经济航线运行平稳。"))
        self.nqindex("-q", self.path("a"))
        figures, opened = self.timeline("低空经济")["events"]
        self.assertLess(figures["importance"], opened["importance"])

    def test_foreign_bodies_weigh_less(self):
        self.write("a/2026-06-15.md", report("2026-06-15", "国外动态", "伊朗国防部6月15日公布低空经济办法。"))
        self.write("a/2026-06-16.md", report("2026-06-16", "国内动态", "国防部6月16日公布低空经济办法。"))
        self.nqindex("-q", self.path("a"))
        abroad, ours = self.timeline("低空经济")["events"]
        self.assertLess(abroad["importance"], ours["importance"])


if __name__ == "__main__":
    nq.main()
