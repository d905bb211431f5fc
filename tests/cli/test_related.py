"""nqsearch --related: what belongs to a passage, in other reports, and why."""
import csv
import io
import json

import nq

MATTER = "国家发展改革委印发《江海市算力券管理办法》，支持算电协同，智算中心就近消纳绿电。"
FOLLOW = "《江海市算力券管理办法》施行一月，发改委称算电协同见效，首批算力券发放。"
OTHER = "果园浇水，渔港加固堤防，冷库整修。"


class Related(nq.Case):
    def setUp(self):
        super().setUp()
        for day, heading, text in (("01", "算力券", MATTER), ("09", "再看算力券", FOLLOW), ("10", "农事", OTHER),
                                   ("11", "渔港", "渔港堤防加固，冷库照旧。")):
            self.write(f"r/2026-06-{day}.md", nq.report(f"2026-06-{day}", heading, text))
        self.nqindex("-q", self.path("r"))

    def passage(self, query):
        return self.search(query)["hits"][0]["passage"]

    def related(self, *args, status=0):
        return json.loads(self.nqsearch("--json", *args, status=status).out)

    def test_json(self):
        asked = self.passage("就近消纳绿电")
        answer = self.related(f"--related={asked}")
        self.assertEqual((answer["schema"], answer["related"], answer["total"], answer["total_is_exact"]),
                         ("nqsearch.search/1", asked, 1, True))
        hit = answer["hits"][0]
        self.assertEqual(hit["section"]["heading"], "再看算力券")
        self.assertTrue(0 < hit["score"] < 1)
        self.assertEqual(hit["why"]["documents"], ["江海市算力券管理办法"])
        self.assertEqual(hit["why"]["organisations"], ["国家发展改革委"])
        self.assertIn("算电协同", hit["why"]["terms"])
        self.assertIn("算电协同", [f["text"] for f in hit["snippet"] if f["match"]])
        self.assertNotIn("why", self.search("算力券")["hits"][0])

    def test_terminal_and_csv(self):
        asked = self.passage("就近消纳绿电")
        out = self.nqsearch("--related", str(asked)).out
        self.assertRegex(out, "shared: .*《江海市算力券管理办法》")
        self.assertIn("1-1 of 1 passages", out)
        rows = list(csv.reader(io.StringIO(self.nqsearch("--csv", f"--related={asked}").out)))
        self.assertEqual(rows[0][-1], "why")
        self.assertIn("江海市算力券管理办法", rows[1][-1].split("|"))

    def test_filters(self):
        asked = self.passage("就近消纳绿电")
        for option in ("--to=2026-06-05", "--kind=reference", "--from=2027"):
            self.assertEqual(self.related(f"--related={asked}", option, status=1)["hits"], [], option)
        self.assertEqual(self.related(f"--related={asked}", "--offset=1", status=0)["hits"], [])
        self.assertEqual(self.related(f"--related={asked}", "--from=2026-06-09", "--sort=date")["total"], 1)

    def test_nothing(self):
        self.write("r/2026-06-12.md", nq.report("2026-06-12", "龘", "龘靐齉。"))
        self.nqindex("-q", self.path("r"))
        self.assertIn("Nothing related", self.nqsearch(f"--related={self.passage('龘靐齉')}", status=1).out)

    def test_wrong_use(self):
        self.error(self.nqsearch("--related=99999", status=2), "no passage 99999")
        self.error(self.nqsearch("--related=0", status=2), "no passage 0")
        self.error(self.nqsearch("--related=x", status=2), "--related: a whole number from 0 on, not x")
        self.assertIn("goes with no query", self.nqsearch("--related=1", "算力", status=2).err)
        for option in ("--suggest", "--timeline", "--report=1"):
            self.assertIn("goes with no query", self.nqsearch("--related=1", option, status=2).err, option)


if __name__ == "__main__":
    nq.main()
