"""nqcheck: verdicts, evidence, options, bad input."""
import html.parser
import json
import os
import subprocess
import sys
import unittest

import make
import nq

FEATURES = os.environ.get("NQ_FEATURES", "").split()
FIRST = "云州市数据局 3 月 10 日印发《云州市算力券管理办法》，规定中小企业每年可领取不超过 20 万元的算力券，由市财政和算力中心各承担一半。"
SECOND = "云州市算力券首批发放名单公布，共 136 家企业领取，金额 1850 万元，云州市数据局同时开通网上申领平台。"
OTHER = "海关统计显示，前两个月水果进口量同比增长，榴莲和车厘子占到一半以上，冷链仓储企业扩大了租约。"


def report(day, sections, references=()):
    year, month, date = day.split("-")
    text = f"# 云州政策日报\n\n{year}年{int(month)}月{int(date)}日\n\n"
    for number, (heading, body) in zip("一二三四五", sections):
        text += f"## {number}、{heading}\n\n{body}\n\n"
    if references:
        text += "## 参考文献\n\n" + "".join(f"- {r}\n" for r in references)
    return text


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.text = [], ""

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        assert not any(name in ("src", "href") for name, _ in attrs), attrs

    def handle_data(self, data):
        self.text += data


class Check(nq.Case):
    def setUp(self):
        super().setUp()
        self.write("r/2026-03-11.md", report("2026-03-11", [
            ("云州出台算力券管理办法", FIRST), ("水果进口增长", OTHER),
            ("趋势判断", "算力券把补贴从建设端移到使用端，今后的重点是看企业用不用。")],
            ["云州市数据局 | 云州市算力券管理办法 | 2026 年 3 月 10 日 | 用于核对条款。"]))
        self.write("r/2026-03-02.md", report("2026-03-02", [("春耕备耕全面展开", "各地农资储备充足，农机检修过半，小麦返青长势好于常年。")]))
        self.nqindex("-q", self.path("r"))

    def check(self, text, *args, status, name="draft.md"):
        run = self.run_program("nqcheck", "--json", *args, self.write(name, text), status=status)
        self.assertEqual(run.err, "")
        found = json.loads(run.out)
        self.assertEqual(list(found)[0], "schema")
        self.assertEqual(found["schema"], "nqsearch.check/1")
        return found

    def test_verdicts(self):
        found = self.check(report("2026-03-12", [
            ("算力券管理办法印发", FIRST), ("算力券首批名单公布", SECOND), ("古籍修复师走进课堂", "市图书馆请来三位古籍修复师，教中学生认识纸张和装帧。"),
            ("趋势判断", "算力券把补贴从建设端移到使用端，今后的重点是看企业用不用。")],
            ["云州数据局：《云州市算力券管理办法》，2026-03-10", "市图书馆 | 古籍课堂 | 2026 年 3 月 11 日"]), status=1)
        self.assertEqual([s["verdict"] for s in found["sections"][:3]], ["repeat", "update", "new"])
        self.assertEqual([s["judged"] for s in found["sections"]], [True, True, True, False])
        self.assertEqual(found["summary"], {"new": 1, "update": 1, "repeat": 1})
        match = found["sections"][0]["matches"][0]
        self.assertEqual((match["relation"], match["report"]["date"], match["section"]["heading"]),
                         ("same_event", "2026-03-11", "云州出台算力券管理办法"))
        self.assertEqual(match["shared"]["documents"], ["云州市算力券管理办法"])
        self.assertEqual(match["shared"]["events"], ["2026-03-10"])
        self.assertIn("organisations", match["shared"])
        self.assertGreater(match["score"], 0.9)
        self.assertTrue(match["reused"][0]["exact"])
        self.assertIn("1850 万元", found["sections"][1]["new"]["figures"])
        first, second = found["references"]
        self.assertEqual([c["report_date"] for c in first["cited_before"]], ["2026-03-11"])
        self.assertEqual(second["cited_before"], [])

    def test_changed(self):
        """A figure that differs is pointed out, the changed characters are marked."""
        found = self.check(report("2026-03-12", [("算力券管理办法印发", FIRST.replace("20 万元", "50 万元"))]), status=1)
        match = found["sections"][0]["matches"][0]
        self.assertEqual((match["disagreements"][0]["draft_figure"], match["disagreements"][0]["prior_figure"]), ("50 万元", "20 万元"))
        same = "前五月进出口总值 8 万亿元，同比增长 3.4%，其中出口总值 5 万亿元，增长 6.8%。"
        self.write("r/2026-03-10.md", report("2026-03-10", [("外贸增长", same)]))
        self.nqindex("-q", self.path("r"))
        again = self.check(report("2026-03-13", [("外贸再读", same)]), status=1)["sections"][0]["matches"][0]
        self.assertEqual(again["disagreements"], [])
        edited = [r for r in match["reused"] if not r["exact"]][0]
        self.assertEqual([p["text"].strip() for p in edited["draft_parts"] if not p["same"]], ["50"])
        self.assertEqual([p["text"].strip() for p in edited["prior_parts"] if not p["same"]], ["20"])
        self.assertEqual("".join(p["text"] for p in edited["draft_parts"]), edited["draft"])

    def test_reused_elsewhere(self):
        """Two sentences among others are found, though nothing else is alike; half a section of them makes a repeat."""
        other = "市档案馆新到一批民国年间的船运账册，装在樟木箱里。修复人员先除尘，再逐页展平。馆里说明年春天开放查阅，读者要提前三天预约。"
        self.write("r/2026-05-02.md", report("2026-05-02", [("渡口旧事", SECOND + "渡口的摆渡人收起了船桨。")]))
        self.nqindex("-q", self.path("r"))
        found = self.check(report("2026-06-12", [("船运账册入馆", other + SECOND)]), status=(0, 1))
        match = [m for m in found["sections"][0]["matches"] if m["report"]["date"] == "2026-05-02"][0]
        self.assertTrue(match["reused"][0]["exact"])
        found = self.check(report("2026-06-12", [("无题", SECOND)]), status=1)
        self.assertEqual(found["sections"][0]["verdict"], "repeat")

    def test_gathered(self):
        """What gathers several earlier sections and adds nothing is a repeat, though no single one has it all."""
        steps = {"2026-04-03": ("渡口电站动工", "青州渡口电站 4 月 2 日动工，装机 36 万千瓦，投资 21 亿元，用工 800 人，淹没耕地 120 亩。"),
                 "2026-05-09": ("渡口电站截流", "青州渡口电站 5 月 8 日截流，导流洞长 6 公里，围堰用土 30 万立方米，高峰时 450 人施工，比计划早 15 小时。"),
                 "2026-06-21": ("渡口电站首台机组发电", "青州渡口电站 6 月 20 日首台机组并网，当天发电 96 万千瓦时，送往 14 个乡镇，惠及 5 万户，减煤 300 吨。")}
        for day, section in steps.items():
            self.write(f"r/{day}.md", report(day, [section]))
        self.nqindex("-q", self.path("r"))
        text = ("4 月 2 日，装机 36 万千瓦、投资 21 亿元的青州渡口电站开建；5 月 8 日完成截流，围堰填土 30 万立方米，450 人上阵；"
                "6 月 20 日第一台机组送电，96 万千瓦时点亮 14 个乡镇。")
        found = self.check(report("2026-07-01", [("三个月建一座电站", text)]), status=1)
        self.assertEqual(found["sections"][0]["verdict"], "repeat")
        self.assertNotIn("same_event", [m["relation"] for m in found["sections"][0]["matches"]])
        found = self.check(report("2026-07-01", [("三个月建一座电站", text + "累计已售电 700 万元。")]), status=0)
        self.assertEqual(found["sections"][0]["verdict"], "update")
        self.assertEqual(found["sections"][0]["new"]["figures"], ["700 万元"])

    def test_range(self):
        draft = report("2026-03-20", [("算力券管理办法印发", FIRST)])
        self.check(draft, status=1)
        self.assertEqual(self.check(draft, "--before=2026-03-11", status=0)["sections"][0]["matches"], [])
        self.assertEqual(self.check(draft, "--days=5", status=0)["summary"]["repeat"], 0)
        self.check(draft, "--days", "9", status=1)
        self.assertEqual(self.check(draft, "--since=2026-03-12", status=0)["since"], "2026-03-12")
        self.assertEqual(self.check(draft, "--kind=reference", status=0)["summary"]["new"], 1)
        self.check(report("2026-01-01", [("算力券管理办法印发", FIRST)]), status=0)

    def test_itself(self):
        """The draft in the index is not what it repeats."""
        path = self.path("r/2026-03-11.md")
        found = json.loads(self.run_program("nqcheck", "--json", "--before=2027-01-01", path, status=0).out)
        self.assertEqual([m for s in found["sections"] for m in s["matches"] if m["report"]["date"] == "2026-03-11"], [])

    @unittest.skipUnless({"archive", "xml"} <= set(FEATURES), "built without DOCX")
    def test_document(self):
        """A DOCX draft before it is in the index, when it is, and changed since."""
        body = [make.p("云州数据周报", "a3"), make.p("2026年3月11日"), make.p("云州出台算力券管理办法", "n"), make.p(FIRST),
                make.p("水果进口增长", "n"), make.p(OTHER)]
        path = self.write("docx/2026-03-11.docx", make.docx(*body))
        found = json.loads(self.run_program("nqcheck", "--json", "--before=2027-01-01", path, status=1).out)
        self.assertEqual([(s["verdict"], [m["report"]["date"] for m in s["matches"]]) for s in found["sections"]],
                         [("repeat", ["2026-03-11"])] * 2)
        self.nqindex("-q", self.path("docx"))
        found = json.loads(self.run_program("nqcheck", "--json", "--before=2027-01-01", path, status=(0, 1)).out)
        self.assertEqual({m["report"]["key"] for s in found["sections"] for m in s["matches"]}, {"2026-03-11.md"})
        body[3] = make.p(FIRST.replace("20 万元", "30 万元"))
        path = self.write("docx/2026-03-11.docx", make.docx(*body))
        found = json.loads(self.run_program("nqcheck", "--json", "--before=2027-01-01", path, status=1).out)
        self.assertEqual({m["report"]["key"] for m in found["sections"][0]["matches"]}, {"2026-03-11.md", "2026-03-11.docx"})

    def test_thresholds(self):
        draft = report("2026-04-30", [("算力券发放过半", "云州市算力券发放过半，企业用券训练模型的比例上升。")])
        scores = [self.check(draft, f"--threshold={t}", status=(0, 1))["sections"][0]["score"] for t in ("strict", "normal", "lenient")]
        self.assertEqual(scores, sorted(scores, reverse=True))

    def test_paragraph(self):
        """A paragraph without anything around it."""
        with open(self.write("p.txt", FIRST), "rb") as stdin:
            run = self.run_program("nqcheck", "-q", "-", stdin=stdin, status=1)
        self.assertEqual(run.out, "repeat  (no heading)\n")
        with open(self.write("p.txt", SECOND[:SECOND.index("，") + 1] + "今天公布。"), "rb") as stdin:
            run = self.run_program("nqcheck", "-", stdin=stdin, status=(0, 1))
        self.assertIn("(no heading)\n    ", run.out)
        self.assertIn("; without a date, compared with all there is\n", run.out)
        with open(self.write("p.txt", "你好"), "rb") as stdin:
            self.assertIn("only a title", self.run_program("nqcheck", "-", stdin=stdin, status=0).out)

    def test_pages(self):
        path = self.write("draft.md", report("2026-03-12", [("算力券<b>管理&办法", FIRST.replace("一半", "四成")), ("图书", "馆里<script>alert(1)</script>来人。")]))
        run = self.run_program("nqcheck", "--color=never", path, status=1)
        for words in ("repeat  一  ", "same event 2026-03-11", "the same step of one document on one day", "documents: 云州市算力券管理办法", "dates: 2026-03-10", "edited: ", "【四成】", "1 new, 0 update, 1 repeat"):
            self.assertIn(words, run.out)
        self.assertNotIn("\033", run.out)
        run = self.run_program("nqcheck", "--html", path, status=1)
        page = Page()
        page.feed(run.out)
        self.assertNotIn("script", page.tags)
        self.assertIn("mark", page.tags)
        self.assertIn("算力券管理&办法", page.text)
        self.assertIn("; compared with what is older than 2026-03-12", page.text)
        self.assertIn("<mark>50 万元</mark>", self.run_program(
            "nqcheck", "--html", self.write("d.md", report("2026-03-12", [("办法", FIRST.replace("20 万元", "50 万元"))])), status=1).out)
        self.write("r/undated.md", "# 旧稿\n\n## 一、算力券名单\n\n" + SECOND + "\n")
        self.nqindex("-q", self.path("r"))
        undated = self.run_program("nqcheck", "--html", "-q", self.write("d.md", "# 草稿\n\n## 名单\n\n" + SECOND + "\n"), status=1).out
        self.assertIn(" · no date · 旧稿 · ", undated)
        self.assertIn("<h1>草稿</h1>", undated)
        run = self.run_program("nqcheck", "--color=never", path, status=1, env={"LANGUAGE": "zh_CN", "LC_ALL": "C.UTF-8"})
        self.assertEqual(run.err, "")

    def test_explain(self):
        """With the measures, also of what is unrelated."""
        draft = self.write("draft.md", report("2026-03-12", [("算力券首批名单公布", SECOND)]))
        run = self.run_program("nqcheck", "--json", "--explain", "--before=2026-03-12", draft, status=0)
        matches = json.loads(run.out)["sections"][0]["matches"]
        self.assertEqual({m["relation"] for m in matches}, {"follow_up", "unrelated"})
        self.assertEqual(matches[0]["evidence"]["days"], 1)
        self.assertIs(matches[0]["evidence"]["places_differ"], False)
        run = self.run_program("nqcheck", "--explain", "--color=never", draft, status=0)
        self.assertIn(" anchors ", run.out)

    def test_consecutive_reports(self):
        """Seven reports that follow one another, with what an editor says of them (tests/quality/drafts)."""
        root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
        env = dict(os.environ, BUILD=os.path.dirname(os.path.dirname(os.path.join(nq.BIN, "nqcheck"))))
        out = subprocess.run([sys.executable, os.path.join(root, "tests/quality/check")], env=env, check=True, stdout=subprocess.PIPE,
                             encoding="utf-8").stdout
        figures = {row.split()[0]: float(row.split()[1]) for row in out.splitlines()}
        self.assertGreaterEqual(figures["check.verdict_accuracy"], 0.9, out)
        self.assertGreaterEqual(figures["check.prior_link_recall_at_5"], 0.9, out)
        self.assertGreaterEqual(figures["check.reference_accuracy"], 0.95, out)

    def test_bad(self):
        draft = self.write("draft.md", report("2026-03-12", [("算力券管理办法印发", FIRST)]))
        self.error(self.run_program("nqcheck", self.write("empty.md", ""), status=2), "empty")
        self.error(self.run_program("nqcheck", self.write("binary", bytes(range(256)) * 20), status=2), "binary")
        self.error(self.run_program("nqcheck", self.path("none.md"), status=2), "none.md", "No such file")
        self.error(self.run_program("nqcheck", self.dir, status=2), "directory")
        self.error(self.run_program("nqcheck", "-i", self.path("no.db"), draft, status=2), "no.db")
        self.assertEqual(self.run_program("nqcheck", "--before=2026-02-30", draft, status=2).out, "")
        self.assertEqual(self.run_program("nqcheck", "--threshold=hard", draft, status=2).out, "")
        self.assertEqual(self.run_program("nqcheck", status=2).out, "")
        self.error(self.run_program("nqcheck", self.write("large.md", "# 大\n\n" + FIRST * 90000), status=2), "large.md", "MB")

    def test_many_reports(self):
        lines = [json.dumps({"id": str(n), "title": f"云州政策日报第{n}期", "date": "2026-03-12", "text": FIRST}, ensure_ascii=False) for n in (1, 2)]
        path = self.write("two.jsonl", "\n".join(lines) + "\n")
        run = self.run_program("nqcheck", "--json", path, status=1)
        self.assertEqual(run.err, f"nqcheck: {path}: 2 reports in it: only the first is checked\n")
        self.assertEqual(json.loads(run.out)["draft"]["title"], "云州政策日报第1期")
        self.assertEqual(self.run_program("nqcheck", "-q", path, status=1).err, "")

    def test_many_sections(self):
        """What no report is: bounded."""
        text = "# 日报\n\n2026年3月12日\n\n" + "".join(f"## 第{n}则算力券消息\n\n{FIRST}\n\n" for n in range(600))
        found = self.check(text, status=1)
        self.assertEqual(sum(s["judged"] for s in found["sections"]), 400)


if __name__ == "__main__":
    unittest.main()
