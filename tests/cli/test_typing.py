"""What is suggested while somebody types, and what he may have meant: tests/cases/typing.txt over the samples."""
import json
import os
import shutil
import sqlite3
import sys
import unittest

import nq

TESTS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
CASES = os.path.join(TESTS, "cases", "typing.txt")
SAMPLES = [os.path.join(TESTS, "samples", name) for name in ("reports", "news", "archive.jsonl")]
SHOWN = 3


class Typing(nq.Case):
    rewrite = False

    def suggestions(self, typed):
        answer = json.loads(self.nqsearch("--suggest", "--json", "-n", str(SHOWN), "--", typed, status=(0, 1)).out)
        return " | ".join(f"{s['kind']} {s['text']}" for s in answer["suggestions"]) or "-"

    def meant(self, typed):
        return self.search("-n", "1", "--", typed)["did_you_mean"] or "-"

    def test_cases(self):
        self.nqindex("-q", *SAMPLES)
        with open(CASES, encoding="utf-8") as f:
            lines = f.read().split("\n")
        got, n = [], 0
        for line in lines:
            for arrow, answer in ((" => ", self.suggestions), (" ?> ", self.meant)):
                if arrow in line and not line.startswith("#"):
                    typed = line.partition(arrow)[0]
                    line = typed + arrow + answer(typed)
                    n += 1
            got.append(line)
        self.assertGreater(n, 30)
        if self.rewrite:
            with open(CASES, "w", encoding="utf-8") as f:
                f.write("\n".join(got))
        self.assertEqual("\n".join(got), "\n".join(lines))

    def test_suggestions_find(self):
        """Each suggestion, asked for, finds something as typed."""
        self.nqindex("-q", *SAMPLES)
        for letter in "abcdefghjklmnopqrstwxyz":
            answer = json.loads(self.nqsearch("--suggest", "--json", "-n", "40", letter, status=(0, 1)).out)
            for suggestion in answer["suggestions"]:
                hits = self.search("-n", "1", "--", suggestion["text"])["hits"]
                self.assertTrue(hits and not hits[0]["partial"], suggestion["text"])


class Names(nq.Case):
    """What may be suggested follows what is in the index."""

    def texts(self, typed):
        answer = json.loads(self.nqsearch("--suggest", "--json", "-n", "40", "--", typed, status=(0, 1)).out)
        return {s["text"]: (s["passages"], s["date"]) for s in answer["suggestions"]}

    def test_behind_what_was_typed(self):
        """What the archive has behind the characters before it comes alone; else a name may be a second thing, a word not."""
        self.write("r/1.md", "# 江海观察\n\n2026-06-15\n\n江海市常务会议部署低空经济。\n\n渔港常年开放，常住人口增加，发展数据要素。\n")
        self.nqindex("-q", self.path("r"))
        self.assertEqual(list(self.texts("江海市常")), ["江海市常务会议"])
        self.assertIn("数据要素低空经济", self.texts("数据要素低空"))

    def many(self):
        """An archive whose names are not made anew each time: two tiers."""
        rows = [nq.document(i, f"2026-{i % 12 + 1:02}-{i % 28 + 1:02}", f"第{i}号简报", f"简报之{i}：数据要素市场化。") for i in range(4500)]
        self.write("many/old.jsonl", "\n".join(rows) + "\n")
        self.nqindex("-q", self.path("many"))

    def tiers(self):
        with sqlite3.connect(self.index) as db:
            rows = dict(db.execute("SELECT id >> 26, count(*) FROM name GROUP BY 1"))
        db.close()
        return rows.get(0, 0), rows.get(1, 0)

    def number(self, key):
        with sqlite3.connect(self.index) as db:
            value = db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()[0]
        db.close()
        return value

    def test_added_changed_removed(self):
        for start in (self.base, self.many):
            start()
            path = self.write("new/2026-06-20.md", nq.report("2026-06-20", "低空经济起飞", "低空经济加快发展。"))
            self.assertNotIn("低空经济起飞", self.texts("dikong"))
            self.nqindex("-q", self.path("new"))
            self.assertIn("低空经济起飞", self.texts("dikong"))
            self.assertIn("低空经济", self.texts("dkjj"))
            self.write("new/2026-06-20.md", nq.report("2026-06-20", "低空经济落地", "低空经济加快发展，并且落地。"))
            self.nqindex("-q", self.path("new"))
            self.assertIn("低空经济落地", self.texts("低空"))
            self.assertNotIn("低空经济起飞", self.texts("低空"))
            os.remove(path)
            self.nqindex("-q", "--prune", self.path("new"))
            self.assertEqual(self.texts("低空"), {})
            self.verify()

    def test_tiers(self):
        self.many()
        first = self.number("names_passages")
        self.assertEqual(self.tiers()[1], 0)
        both = {"第7号简报": 2, "第9号简报": 1}
        self.write("new/a.jsonl", nq.document("n", "2026-12-31", "第7号简报", "又一次。") + "\n")
        self.nqindex("-q", self.path("new"))
        self.assertEqual(self.number("names_passages"), first)
        self.assertGreater(self.tiers()[1], 0)
        for title, n in both.items():
            self.assertEqual(self.texts(title[:-1])[title][0], n, title)
        self.assertEqual(self.texts("第7号简")["第7号简报"][1], "2026-12-31")
        self.verify()
        # What the first tier is of goes: it is made anew.
        with open(self.path("many/old.jsonl"), encoding="utf-8") as f:
            rows = f.read().splitlines()
        self.write("many/old.jsonl", "\n".join(row for row in rows if "第9号" not in row) + "\n")
        self.nqindex("-q", self.path("many"))
        self.assertEqual(self.texts("第9号简"), {})
        self.assertEqual(self.tiers()[1], 0)
        self.verify()

    def test_a_run_that_was_killed(self):
        """Names of an earlier generation are used, and renewed by the next run, changed as little as it finds."""
        self.base()
        self.sql("UPDATE meta SET value = value - 1 WHERE key = 'names_generation'")
        self.sql("DELETE FROM name")
        self.assertEqual(self.texts("minying"), {})
        self.verify()
        self.nqindex("-q", self.path("base"))
        self.assertIn("民营经济促进法", self.texts("minying"))
        self.kept()

    def test_older_index(self):
        """Without names in it, terms and titles are gathered when they are asked for."""
        self.nqindex("-q", *SAMPLES)
        typed = ("suandian", "关于", "算dian")
        now = [self.texts(t) for t in typed]
        self.sql("DROP TABLE name")
        self.sql("DELETE FROM meta WHERE key GLOB 'names*'")
        for t, suggestions in zip(typed, now):
            older = self.texts(t)
            self.assertEqual(bool(older), bool(suggestions), t)
            for text in set(older) & set(suggestions):
                self.assertEqual(older[text], suggestions[text], text)
        self.verify()
        self.nqindex("-q", *SAMPLES)
        self.assertEqual([self.texts(t) for t in typed], now)

    def test_copies(self):
        self.base()
        before = self.texts("minying")
        for option in ("--backup", "--copy-to"):
            copy = self.path(option)
            self.nqindex(f"{option}={copy}")
            self.index, index = copy, self.index
            self.env["NQ_INDEX"] = copy
            self.assertEqual(self.texts("minying"), before)
            self.kept()
            self.env["NQ_INDEX"] = self.index = index

    def test_damage(self):
        for damage, words in (
            ("DELETE FROM name WHERE id & 2097151 = unicode('民')", "missing among the names"),
            ("UPDATE name SET data = substr(data, 1, length(data) - 1)", "damaged"),
            ("UPDATE name SET data = x'04' || zeroblob(100)", "damaged"),
            ("UPDATE name SET id = id + 1", "damaged"),
        ):
            self.base()
            self.sql(damage)
            for typed in ("m", "minying", "民营", "z"):
                self.texts(typed)
            self.assertRegex(self.nqindex("--verify", status=2).out, words)
            os.remove(self.index)
            shutil.rmtree(self.path("base"))


if __name__ == "__main__":
    if "--rewrite" in sys.argv:
        sys.argv.remove("--rewrite")
        Typing.rewrite = True
    unittest.main()
