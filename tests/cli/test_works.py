"""Cited works whose full text is in the archive: linked both ways, under whatever printing."""
import contextlib
import json
import os
import sqlite3

import nq

FULL = "---\ntitle: {}\ndate: {}\n---\n\n# {}\n\n本办法自公布之日起施行，附表另行印发。\n"
REPORT = """# 江州观察

2026-06-17

## 一、算力券

试点开始。

## 参考文献

- 江州市数据局：《关于印发〈江州市算力券管理办法〉的通知》，2026-06-08，用于核验补贴比例。
- 江州日报：《江州观察周刊》，2026-06-10，用于补充背景。
- 江州日报：《没有收录的文章》，2026-06-10，用于补充背景。
"""


class Works(nq.Case):
    def setUp(self):
        super().setUp()
        self.write("r/report.md", REPORT)
        self.write("r/full.md", FULL.format("江州市算力券管理办法", "2026-06-08", "江州市算力券管理办法"))
        for day in ("03", "10"):
            self.write(f"r/weekly-{day}.md", FULL.format("江州观察周刊", f"2026-06-{day}", "江州观察周刊"))
        self.nqindex("-q", self.path("r"))
        self.works = {h["reference"]["title"]: h["reference"]["work"] for h in self.search("kind:reference")["hits"]}

    def test_work_of_a_reference(self):
        work = self.works["关于印发〈江州市算力券管理办法〉的通知"]
        self.assertEqual((work["key"], work["title"], work["date"]), ("full.md", "江州市算力券管理办法", "2026-06-08"))
        self.assertIsNone(self.works["没有收录的文章"])
        self.assertIn(f"full text: #{work['id']}  ", self.nqsearch("算力券管理办法 kind:reference").out)

    def test_issue_of_a_series_by_its_day(self):
        self.assertEqual(self.works["江州观察周刊"]["key"], "weekly-10.md")

    def test_who_cites_a_report(self):
        work = self.works["关于印发〈江州市算力券管理办法〉的通知"]["id"]
        stored = json.loads(self.nqsearch(f"--report={work}", "--json").out)
        self.assertEqual([(c["report_date"], c["raw"][:6]) for c in stored["cited_by"]], [("2026-06-17", "江州市数据局")])
        self.assertIn("2026-06-17: 江州市数据局", self.nqsearch(f"--report={work}").out)
        other = json.loads(self.nqsearch("--json", "title:江州观察周刊", "date:2026-06-03").out)["hits"][0]["report"]["id"]
        self.assertEqual(json.loads(self.nqsearch(f"--report={other}", "--json").out)["cited_by"], [])

    def test_named_however_printed(self):
        """doc: finds a document under any of its printings, and a short name that the report gave it."""
        self.write("r/more.md", "# 江州观察\n\n2026-06-20\n\n## 一、算力券\n\n江州市印发《江州市算力券管理办法（试行）》（以下简称《办法》）。\n\n"
                   "《办法》共六章。\n\n算力券管理很重要。\n\n## 二、其他\n\n另一《办法》也在《江州市算力券管理细则》之外。\n")
        self.nqindex("-q", self.path("r"))
        hits = self.search("doc:江州市算力券管理办法")["hits"]
        texts = sorted(h["text"][:12] for h in hits if h["report"]["key"] == "more.md")
        self.assertEqual(texts, ["《办法》共六章。", "另一《办法》也在《江州市", "江州市印发《江州市算力券"])
        self.assertIn("江州市数据局：《关于", [h["text"][:10] for h in hits])
        scores = [h["score"] for h in hits]
        self.assertEqual(scores, sorted(scores, reverse=True))
        # Part of a title; together with words; excluded; what no title holds is looked for as words.
        self.assertEqual(self.total("doc:算力券管理细则"), 1)
        self.assertEqual(self.total("doc:算力券管理办法 六章"), 1)
        self.assertEqual(self.total("doc:算力券 -doc:管理办法"), 0)
        self.assertEqual(self.total("doc:算力券管理很重要"), 1)

    def test_titles_of_what_is_gone(self):
        """Between a run's end and the works' renewal, or where the index is damaged, a title may be that of no topic."""
        query = "doc:算力券管理办法"
        want = self.total(query)
        self.assertGreater(want, 0)
        with contextlib.closing(sqlite3.connect(self.index)) as db:
            topics = [row[0] for row in db.execute("SELECT id FROM topic WHERE kind IN (4, 8)")]
            for same in (max(topics) + 1000, -1, 1 << 40):
                db.executemany("INSERT OR REPLACE INTO topic_same (topic, same) VALUES (?, ?)", [(t, same) for t in [*topics, -7, 1 << 33]])
                db.commit()
                self.assertEqual(self.total(query), want)
                self.run_program("nqtopics", "算力券管理办法", status=(0, 1))

    def test_hits_carry_titles(self):
        hit = next(h for h in self.search("算力券管理办法")["hits"] if h["reference"])
        self.assertEqual([d["name"] for d in hit["documents"]], ["江州市算力券管理办法"])
        self.assertTrue(0 < hit["documents"][0]["weight"] <= 1)
        hit = next(h for h in self.search("没有收录的文章")["hits"] if h["reference"])
        self.assertEqual([w["name"] for w in hit["works"]], ["没有收录的文章"])

    def test_sources(self):
        self.write("r/next.md", "# 江州观察\n\n2026-06-18\n\n## 一、要闻\n\n继续。\n\n## 参考文献\n\n"
                   "- 江州日报/江州网：《没有收录的文章》，2026-06-10，用于核验。\n- 央行：《货币政策报告》，2026-06-11，用于核验。\n"
                   "- 中国人民银行：《货币政策报告》，2026-06-12，用于核验。\n")
        self.nqindex("-q", self.path("r"))
        answer = json.loads(self.run_program("nqtopics", "--sources", "--json", status=0).out)
        self.assertEqual((answer["schema"], answer["reports"], answer["citations"]), ("nqsearch.sources/1", 2, 6))
        sources = {s["name"]: s for s in answer["sources"]}
        daily = sources["江州日报"]
        self.assertEqual((daily["citations"], daily["works"], [r["citations"] for r in daily["reports"]]), (3, 2, [2, 1]))
        self.assertEqual((daily["first_date"], daily["last_date"]), ("2026-06-17", "2026-06-18"))
        self.assertEqual((sources["央行"]["citations"], sources["央行"]["works"]), (2, 1))
        self.assertEqual(list(sources)[0], "江州日报")
        shown = self.run_program("nqtopics", "--sources", "-n", "1", status=0).out
        self.assertRegex(shown, r"(?m)^ +3 +2 +2 +100%  2026-06-17  2026-06-18  江州日报$")
        self.assertIn("江州观察", self.run_program("nqtopics", "--sources", "-v", status=0).out)
        late = json.loads(self.run_program("nqtopics", "--sources", "--json", "--from=2026-06-18", status=0).out)
        self.assertEqual(late["reports"], 1)
        self.run_program("nqtopics", "--sources", "--from=2027", status=1)
        self.assertIn("no argument", self.run_program("nqtopics", "--sources", "甲", status=2).err)

    def test_sources_and_works_however_printed(self):
        """A department, a site and a reprint are their source; reworded titles one work, monthly issues several."""
        self.write("r/next.md", "# 江州观察\n\n2026-06-19\n\n## 一、要闻\n\n继续。\n\n## 参考文献\n\n"
                   "- 国家能源局电力司相关报道：《江州建成虚拟电厂》，2026-06-12，用于核验。\n"
                   "- 国家能源局官网：江州建成“虚拟电厂”，2026-06，用于核验。\n"
                   "- 国家能源局：《5月份用电量》，2026-06-12，用于核验。\n- 国家能源局：《6月份用电量》，2026-06-19，用于核验。\n"
                   "- Reuters: Jiangzhou opens twelve drone delivery routes, 2026-06-12\n"
                   "- Reuters: Jiangzhou to open 12 routes for drone deliveries, 2026-06\n")
        self.nqindex("-q", self.path("r"))
        answer = json.loads(self.run_program("nqtopics", "--sources", "--json", status=0).out)
        counts = {s["name"]: (s["citations"], s["works"]) for s in answer["sources"]}
        self.assertEqual((counts["国家能源局"], counts["Reuters"]), ((4, 3), (2, 1)))
        self.assertNotIn("国家能源局官网", counts)
        answer = json.loads(self.run_program("nqtopics", "--works", "--json", "--from=2026-06-19", status=0).out)
        self.assertEqual((answer["schema"], answer["total"], answer["reports"], answer["citations"]), ("nqsearch.works/1", 4, 1, 6))
        work = next(w for w in answer["works"] if "虚拟电厂" in w["title"])
        self.assertEqual((work["date"], work["date_end"], work["sources"], work["citations"]), ("2026-06-12", None, ["国家能源局"], 2))
        self.assertEqual([p["raw"][:5] for p in work["printings"]], ["国家能源局", "国家能源局"])
        shown = self.run_program("nqtopics", "--works", "-n", "2", status=0).out
        self.assertRegex(shown, r"(?m)^ +2 +1 +2026-06-12  Jiangzhou to open 12 routes for drone deliveries —\s+Reuters$")
        self.assertIn("电力司相关报道", self.run_program("nqtopics", "--works", "-v", status=0).out)
        self.run_program("nqtopics", "--works", "--from=2027", status=1)
        self.assertIn("one of", self.run_program("nqtopics", "--works", "--sources", status=2).err)
        self.assertIn("no argument", self.run_program("nqtopics", "--works", "甲", status=2).err)
        # What is reworded has no letter of the title in common with what is asked for, but is the same work.
        hits = self.search("doc:drone delivery routes")["hits"]
        self.assertEqual(len(hits), 2)
        # It is one topic as well: in a hit, on its page under either title, and in the list.
        self.assertEqual(len({w["name"] for h in hits for w in h["works"]}), 1)
        for title in ("Jiangzhou opens twelve drone delivery routes", "Jiangzhou to open 12 routes for drone deliveries"):
            page = json.loads(self.run_program("nqtopics", "--json", title, status=0).out)
            self.assertEqual(page["topic"]["passages"], 2)
            names = [page["topic"]["name"]] + [a["name"] for a in page["aliases"]]
            self.assertEqual(sorted(names), ["Jiangzhou opens twelve drone delivery routes", "Jiangzhou to open 12 routes for drone deliveries"])
            self.assertIn("Reuters", page["aliases"][0]["proof"]["text"])
        topics = json.loads(self.run_program("nqtopics", "--json", "--kind=work", status=0).out)["topics"]
        self.assertEqual([t["passages"] for t in topics if "drone" in t["name"]], [2])
        # When the report goes, so does what joined them.
        os.unlink(self.path("r/next.md"))
        self.nqindex("-q", "--prune", self.path("r"))
        self.run_program("nqtopics", "Jiangzhou opens twelve drone delivery routes", status=1)
        self.run_program("nqindex", "--verify", status=0)


if __name__ == "__main__":
    nq.main()
