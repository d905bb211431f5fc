"""Cited works whose full text is in the archive: linked both ways, under whatever printing."""
import json

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


if __name__ == "__main__":
    nq.main()
