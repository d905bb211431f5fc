"""What is suggested while somebody types, and what he may have meant: tests/cases/typing.txt over the samples."""
import json
import os
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


if __name__ == "__main__":
    if "--rewrite" in sys.argv:
        sys.argv.remove("--rewrite")
        Typing.rewrite = True
    unittest.main()
