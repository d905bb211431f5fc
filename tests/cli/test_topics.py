"""nqtopics --discover: new words, with evidence, in the form that dictionaries take."""
import json

import nq

SUBJECTS = "果园 渔港 冷库 堤防 车站 学校 医院 商场 电厂 农田".split()


# Words enough that those above are rare among them.
FILLER = "晚饭、早点、茶水、米面、青菜、豆腐、萝卜、鸡蛋、牛奶、面包、苹果、香蕉、西瓜、葡萄、桌子、椅子、窗户、大门、雨伞、帽子。"


class Topics(nq.Case):
    def setUp(self):
        super().setUp()
        # 泊舟智算指数 stands in no dictionary, and here beside many words.
        for n, subject in enumerate(SUBJECTS):
            other = SUBJECTS[(n + 3) % 10]
            text = f"{subject}泊舟智算指数{other}。{subject}浇水。" + FILLER
            self.write(f"r/2026-06-{n + 10}.md", nq.report(f"2026-06-{n + 10}", f"第{n}号", text))
        self.nqindex("-q", self.path("r"))

    def nqtopics(self, *args, status=0, **options):
        return self.run_program("nqtopics", *args, status=status, **options)

    def proposals(self, *args, status=0):
        answer = json.loads(self.nqtopics("--discover", "--json", *args, status=status).out)
        self.assertEqual(answer["schema"], "nqsearch.topics/1")
        return {p["term"]: p for p in answer["proposals"]}

    def test_json(self):
        p = self.proposals()["泊舟智算指数"]
        self.assertEqual((p["count"], p["passages"], p["first_date"], p["category"]), (10, 10, "2026-06-10", "new"))
        self.assertEqual([q["date"] for q in p["quotes"]], ["2026-06-10", "2026-06-11", "2026-06-12"])
        self.assertTrue(all("泊舟智算指数" in q["text"] for q in p["quotes"]))

    def test_lines_are_a_dictionary(self):
        shown = self.nqtopics("--discover").out
        self.assertRegex(shown, r"(?m)^# 10 times in 10 passages, first 2026-06-10$")
        self.assertRegex(shown, r"(?m)^泊舟智算指数\tnew\t[357]$")
        # As they are, they are a dictionary: its words are whole, and no news any more.
        path = self.write("words.tsv", shown)
        text = self.write("t.txt", "评估泊舟智算指数")
        run = self.run_program("nqtext", f"--dict={path}", "--segment", text, status=0)
        self.assertIn("泊舟智算指数", run.out.split())
        self.assertNotIn("泊舟智算指数", self.proposals(f"--dict={path}", status=(0, 1)))
        quiet = self.nqtopics("--discover", "-q").out.splitlines()
        self.assertEqual(quiet, [line for line in shown.splitlines() if not line.startswith("#")])

    def test_limits(self):
        self.assertEqual(len(self.proposals("-n", "1")), 1)
        self.assertEqual(self.proposals("-n", "0", status=1), {})
        self.assertNotIn("泊舟智算指数", self.proposals("--least=11", status=(0, 1)))
        self.assertIn(" proposals in ", self.nqtopics("--discover", "-v", "-q").err)

    def test_nothing(self):
        self.write("s/2026-07-01.md", nq.report("2026-07-01", "龘", "龘。"))
        self.nqindex("-q", "--rebuild", self.path("s"))
        self.assertEqual(self.nqtopics("--discover", status=1).out, "")

    def test_wrong_use(self):
        self.assertIn("nothing to do", self.nqtopics(status=2).err)
        self.assertIn("no argument", self.nqtopics("--discover", "算力", status=2).err)
        self.error(self.nqtopics("--discover", "-n", "x", status=2), "-n: not a number: x")
        self.error(self.nqtopics("--discover", "-i", self.path("none.db"), status=2), "none.db")


if __name__ == "__main__":
    nq.main()
