"""Queries: of any form and size, and the shape of what comes back (JSON as the programs promise it)."""
import csv
import io
import json
import os
import re
import subprocess
import unittest

import nq
from nq import document, report

LONG = 100_000

# The promised JSON: a list has one element that stands for all; a tuple is a choice.
NONE, NUMBER = type(None), (int, float)
DAY = re.compile(r"\d{4}-\d\d-\d\d$")
PRECISION = re.compile("(day|month|quarter|year|range)$")
FRAGMENTS = [{"text": str, "match": bool}]
SEARCH = {
    "schema": "nqsearch.search/1", "query": str, "took_ms": NUMBER, "total": int, "total_is_exact": bool,
    "offset": int, "limit": int, "partial": bool, "did_you_mean": (str, NONE),
    "hits": [{
        "passage": int, "score": NUMBER, "kind": re.compile("(report|reference)$"), "date": (DAY, NONE), "partial": bool,
        "date_end": (DAY, NONE), "precision": (PRECISION, NONE),
        "report": {"id": int, "key": str, "title": (str, NONE), "date": (DAY, NONE), "path": (str, NONE),
                   "url": (str, NONE), "publisher": (str, NONE)},
        "section": ({"number": (str, NONE), "heading": (str, NONE)}, NONE), "page": (int, NONE),
        "reference": ({"source": (str, NONE), "title": (str, NONE), "date": (DAY, NONE), "date_end": (DAY, NONE),
                       "precision": (PRECISION, NONE), "purpose": (str, NONE)}, NONE),
        "snippet": FRAGMENTS, "text": str,
    }],
    "facets": {"month": [{"value": (re.compile(r"\d{4}-\d\d$"), NONE), "count": int}],
               "source": [{"value": str, "count": int}],
               "kind": [{"value": str, "count": int}]},
}

REPORT = """# 政策日报

某研究中心

2026年6月17日

**摘要**：数据要素与算电协同。

## 一、算电协同提速

国家数据局印发方案，强化“算电协同”，推进数据中心绿色用电。到2028年底，建成一批示范项目。

## 二、十四五收官

“十四五”规划主要目标完成，AI+ 行动与 C# 培训同步推进，能耗降低1.6%。

参考文献

[1] 新华网/经济日报：《数据中心建设强化“算电协同”》，2026年6月8日，用于第一节。
"""


def shape(value, wanted, at="$"):
    """Says where `value` is not of the wanted shape; more keys than wanted are welcome."""
    if isinstance(wanted, tuple):
        problems = [list(shape(value, w, at)) for w in wanted]
        if all(problems):
            yield problems[0][0]
    elif isinstance(wanted, dict):
        if not isinstance(value, dict):
            yield f"{at}: no object: {value!r}"
            return
        for key, inner in wanted.items():
            if key not in value:
                yield f"{at}.{key}: missing"
            else:
                yield from shape(value[key], inner, f"{at}.{key}")
    elif isinstance(wanted, list):
        if not isinstance(value, list):
            yield f"{at}: no list: {value!r}"
            return
        for n, item in enumerate(value):
            yield from shape(item, wanted[0], f"{at}[{n}]")
    elif isinstance(wanted, str):
        if value != wanted:
            yield f"{at}: {value!r}, not {wanted!r}"
    elif isinstance(wanted, re.Pattern):
        if not isinstance(value, str) or not wanted.match(value):
            yield f"{at}: {value!r} does not match {wanted.pattern}"
    elif not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
        yield f"{at}: {value!r} is no {wanted.__name__}"


class Query(nq.Case):
    def setUp(self):
        super().setUp()
        self.write("r/2026-06-17.md", REPORT)
        self.write("r/2026-06-18.md", nq.report("2026-06-18", "民营经济", "民营经济促进法施行一周年，數據要素市場擴大。"))
        self.write("r/more.jsonl", "\n".join(document(n, f"2026-0{n % 9 + 1}-11", f"第{n}号", "绿色低碳标准发布。")
                                              for n in range(1, 31)) + "\n")
        self.nqindex("-q", self.path("r"), status=(0, 2))

    def assert_shape(self, answer):
        self.assertEqual(list(shape(answer, SEARCH)), [])
        self.assertEqual(next(iter(answer)), "schema")
        for hit in answer["hits"]:
            self.assertTrue(hit["snippet"])
            for fragment in hit["snippet"]:
                self.assertNotIn("\ufffd", fragment["text"])

    def test_shape(self):
        for query in ("算电协同", "数据要素", "绿色", "kind:reference 算电协同", "没有这样的词语存在", "算电协同 不存在的词"):
            answer = self.search(query)
            self.assert_shape(answer)
            self.assertEqual(answer["query"], query)

    def test_status(self):
        self.nqsearch("算电协同", status=0)
        run = self.nqsearch("龘龘龘", status=1)
        self.assertEqual(run.err, "")
        self.nqsearch(status=2)
        self.nqsearch("--no-such-option", "x", status=2)
        self.nqsearch("--from=2026-02-30", "算电协同", status=2)
        self.nqsearch("-n", "many", "算电协同", status=2)
        self.nqsearch("--sort=size", "算电协同", status=2)

    def test_help_and_version(self):
        for program in ("nqindex", "nqsearch", "nqtext"):
            self.assertRegex(self.run_program(program, "--version", status=0).out, r"^\S+ \d+\.\d+\.\d+")
            self.assertIn(program, self.run_program(program, "--help", status=0).out)

    def test_full_output(self):
        """Results that cannot be written are an error, told in one line, whatever is printed."""
        text = self.write("long.md", nq.report("2026-06-18", "算电", "6月18日，国家数据局印发方案，强化“算电协同”。" * 5000))
        for args in (["nqsearch", "算电协同"], ["nqsearch", "--json", "算电协同"], ["nqsearch", "--csv", "算电协同"], ["nqsearch", "--help"],
                     ["nqsearch", "--suggest", "--json", "算"], ["nqsearch", "--timeline", "--json", "算电协同"],
                     ["nqtopics", "--json"], ["nqtopics"], ["nqcheck", "--json", text], ["nqcheck", "--html", text], ["nqtext", "--segment", text],
                     ["nqtext", "--report", "--json", text], ["nqtext", "--dates", "--json", text], ["nqtext", "--events", "--json", text],
                     ["nqindex", "--stats", "--json"], ["nqindex", "--json", text], ["nqindex", "--version"]):
            with open("/dev/full", "w") as full:
                process = subprocess.run([os.path.join(nq.BIN, args[0]), *args[1:]], stdout=full, stderr=subprocess.PIPE,
                                         env=dict(os.environ, **self.env))
            self.assertEqual(process.returncode, 2, args)
            self.assertEqual(process.stderr.decode(), f"{args[0]}: standard output: No space left on device\n", args)

    def test_ordinary(self):
        """What editors paste."""
        for query, least in (("“十四五”规划", 1), ("十四五规划", 1), ("AI+", 1), ("C#", 1), ("ＡＩ＋", 1), ("１．６％", 1),
                             ("数据要素", 1), ("數據要素", 1), ("《数据中心建设强化“算电协同”》", 1), ("2028年底", 1),
                             ("国家数据局印发方案，强化“算电协同”，推进数据中心绿色用电。", 1), ("算电协同 OR 民营经济", 2),
                             ("算电协同 -示范项目", 0), ("民营经济　促进", 1), ("title:政策日报 算电", 0), ("算", 1)):
            answer = self.search(query)
            self.assertGreaterEqual(answer["total"], least, query)
            self.assert_shape(answer)

    def test_other_names(self):
        """What holds a query by another name stands behind what holds all words, before partial matches."""
        texts = ["发改委批复储能项目。", "发改委主任谈价格，价格形势平稳。", "国家发展改革委公布储能电价。", "国家发展和改革委员会调度迎峰度夏。",
                 "价格部门调度储能，发改委另文。", "储能价格回落。"]
        self.write("o/names.jsonl", "\n".join(document(n, f"2025-03-0{n}", f"动态{n}", text) for n, text in enumerate(texts, 1)) + "\n")
        self.nqindex("-q", self.path("o"), status=(0, 2))

        def tiers(*query):
            return [(h["tier"], h["report"]["key"], h["partial"]) for h in self.search("-n", "50", "--to=2025", *query)["hits"]]
        self.assertEqual(sorted(tiers("发改委")[:3]), [("exact", str(n), False) for n in (1, 2, 5)])
        self.assertEqual(sorted(tiers("发改委")[3:]), [("synonym", str(n), True) for n in (3, 4)])
        self.assertEqual({t for t, _, _ in tiers('"发改委"')}, {"exact"})
        self.assertEqual({t for t, _, _ in tiers("--exact", "发改委")}, {"exact"})
        self.assertEqual({k for _, k, _ in tiers("--exact", "发改委 储能")}, {"1", "5"})
        both = tiers("发改委 储能")
        self.assertEqual([t for t, _, _ in both], sorted((t for t, _, _ in both), key=["exact", "words", "synonym", "partial"].index))
        self.assertIn(("synonym", "3", True), both)
        self.assertEqual(len({k for _, k, _ in both}), len(both))
        marked = [f["text"] for h in self.search("--to=2025", "发改委")["hits"] if h["tier"] == "synonym" for f in h["snippet"] if f["match"]]
        self.assertEqual(sorted(marked), ["国家发展和改革委员会", "国家发展改革委"])
        answer = self.search("--explain", "--to=2025", "发改委")
        self.assertIn("\nalso\t发改委 OR 国家发展和改革委员会", answer["explanation"])
        self.assertEqual((answer["total"], sum(k["count"] for k in answer["facets"]["kind"])), (5, 5))
        self.assertIn("[by another name]", self.nqsearch("--to=2025", "发改委").out)
        pages = [h["passage"] for offset in range(5) for h in self.search("-n", "1", f"--offset={offset}", "--to=2025", "发改委")["hits"]]
        self.assertEqual(pages, [h["passage"] for h in self.search("--to=2025", "发改委")["hits"]])
        self.assertEqual({t for t, _, _ in tiers("-价格", "发改委")}, {"exact", "synonym"})
        self.assertEqual([h["date"] for h in self.search("--sort=date", "--to=2025", "发改委")["hits"]],
                         ["2025-03-05", "2025-03-02", "2025-03-01", "2025-03-04", "2025-03-03"])

    def test_filters(self):
        self.assertEqual(self.total("--from=2026-06-18", "算电协同 OR 民营经济促进法"), 1)
        self.assertEqual({h["date"] for h in self.search("--to=2026-03", "绿色低碳")["hits"]},
                         {"2026-01-11", "2026-02-11", "2026-03-11"})
        kinds = {h["kind"] for h in self.search("--kind=reference", "算电协同")["hits"]}
        self.assertLessEqual(kinds, {"reference"})
        dates = [h["date"] for h in self.search("--sort=date", "-n", "30", "绿色低碳")["hits"]]
        self.assertEqual(dates, sorted(dates, reverse=True))

    def test_pages(self):
        whole = [h["passage"] for h in self.search("-n", "30", "绿色低碳标准")["hits"]]
        self.assertEqual(len(whole), 30)
        pages = [h["passage"] for offset in (0, 7, 14, 21, 28)
                 for h in self.search("-n", "7", f"--offset={offset}", "绿色低碳标准")["hits"]]
        self.assertEqual(pages, whole)
        answer = self.search("-n", "7", "--offset=1000", "绿色低碳标准", status=(0, 1))
        self.assertEqual((answer["hits"], answer["total"]), ([], 30))
        self.assertEqual(self.search("-n", "0", "绿色低碳标准")["total"], 30)

    def test_facets_add_up(self):
        answer = self.search("绿色低碳标准")
        self.assertEqual(sum(m["count"] for m in answer["facets"]["month"]), answer["total"])
        self.assertEqual(sum(k["count"] for k in answer["facets"]["kind"]), answer["total"])

    def test_csv(self):
        rows = list(csv.reader(io.StringIO(self.nqsearch("--csv", "绿色低碳").out)))
        self.assertEqual(len(rows), 11)
        self.assertEqual(len({len(row) for row in rows}), 1)

    def test_very_long(self):
        """100,000 characters, in as many arguments as the system needs: an answer or an error, soon."""
        queries = [["a" * LONG], ["算电协同" * 6250] * 4, ["算 " * 12500] * 4, ["“" + "规划" * 10000 + "”"] * 5,
                   ["(" * LONG], ["-" * LONG], ["OR " * (LONG // 3)], ["*" * LONG], ["title:" * (LONG // 6)]]
        for query in queries:
            run = self.nqsearch("--json", "--", *query, status=(0, 1, 2))
            if run.status == 2:
                self.assertEqual(run.out, "")
                self.assertLess(len(run.err), 1000 + 4 * LONG)
                self.assertRegex(run.err, "^nqsearch: ")
            else:
                self.assert_shape(json.loads(run.out))
            if not nq.SANITIZED:
                self.assertLess(run.peak_mb, 200)
        self.assertEqual(self.total("算电协同 民营经济促进法 " + "不相干" * 1000) > 0, True)

    def test_only_punctuation(self):
        for query in ("，。！？", "...", "《》", "“”", "()", "（）", "!!!", "、", " ", "\u3000", "", "·"):
            run = self.nqsearch("--", query, status=(1, 2))
            self.assertEqual(run.out, "")
            if run.status == 2:
                self.assertRegex(run.err, "^nqsearch: ")

    def test_operators_alone(self):
        for query in ("OR", "|", "-", "*", "-算电协同", "算电协同 OR", "OR 算电协同", "title:", "kind:", "kind:x a", "date:",
                      "date:2026-13", "date:..", "date:2026-07..2026-06 数据", "a:b", "http://example.org/?a=b", "NEAR(a b)", "a AND b", "NOT a",
                      "a\" OR \"b", "'; DROP TABLE x; --", "rowid:1", "{a b}:c", "^算", "a + b", "%", "\\", "\\\""):
            run = self.nqsearch("--", query, status=(0, 1, 2))
            if run.status == 2:
                self.assertRegex(run.err.splitlines()[0], "^nqsearch: ")

    def test_unbalanced_quotes(self):
        """A caret stands under the mark, also under characters of double width."""
        for query, column in (('"算电', 0), ('数据 "算电协同', 5), ('a "', 2)):
            run = self.nqsearch("--", query, status=2)
            lines = run.err.splitlines()
            self.assertEqual(len(lines), 3, run.err)
            self.assertRegex(lines[0], "^nqsearch: ")
            self.assertEqual(lines[1].strip(), query.strip())
            self.assertEqual(lines[2].index("^"), 2 + column, run.err)
            self.assertEqual(run.out, "")
        self.nqsearch("--json", '"算电', status=2)
        for query in ("“算电协同", "算电协同”", "《算电协同", "算电协同》", "（算电协同", "“《算电协同》"):  # as pasted
            self.assertGreater(self.total("--", query), 0, query)

    def test_invalid_bytes(self):
        for query in (b"\xff\xfe", b"\xe7\xae", b"\xed\xa0\x80", "算电".encode() + b"\xc0\x80"):
            run = self.nqsearch("--json", "--", query.decode("utf-8", "surrogateescape"), status=(0, 1, 2))
            if run.status != 2:
                self.assert_shape(json.loads(run.out))

    def test_nothing_lost(self):
        """Queries never write."""
        with open(self.index, "rb") as f:
            before = f.read()
        self.nqsearch("算电协同", "'; DELETE FROM passages; --", status=(0, 1, 2))
        self.nqsearch("-n", "5", "绿色")
        with open(self.index, "rb") as f:
            self.assertEqual(f.read(), before)
        self.verify()

    def test_no_colour_in_pipes(self):
        self.assertNotIn("\x1b", self.nqsearch("算电协同").out)
        self.assertIn("\x1b[", self.nqsearch("--color=always", "算电协同").out)
        self.assertNotIn("\x1b", self.nqsearch("算电协同", env={"NO_COLOR": "1"}).out)


if __name__ == "__main__":
    nq.main()
