"""What programs print: for people on a terminal (pager, colour, counts by month), for programs (JSON, CSV)."""
import csv
import errno
import io
import json
import os
import pty
import re
import select
import subprocess
import unicodedata
import unittest

import nq
from nq import document


def wide(text):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def months(first, n, step=1):
    """`n` months from (year, month) on, every `step`th."""
    for i in range(0, n * step, step):
        number = first[0] * 12 + first[1] - 1 + i
        yield f"{number // 12:04d}-{number % 12 + 1:02d}"


class Output(nq.Case):
    def put(self, dates, word="绿电直供"):
        """One document a date."""
        self.write("r/d.jsonl", "".join(document(n, date, f"第{n}号", f"{word}第{n}条。") + "\n" for n, date in enumerate(dates)))
        self.nqindex("-q", "--rebuild", self.path("r"))

    def terminal(self, *args, columns=80, env=None):
        """Runs nqsearch with a terminal as its output: (status, what was shown)."""
        master, slave = pty.openpty()
        import fcntl
        import struct
        import termios
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 30, columns, 0, 0))
        environment = dict(os.environ, **self.env, TERM="xterm", **(env or {}))
        process = subprocess.Popen([os.path.join(nq.BIN, "nqsearch"), *args], stdin=subprocess.DEVNULL, stdout=slave,
                                   stderr=slave, env=environment)
        os.close(slave)
        shown = b""
        while select.select([master], [], [], 60)[0]:
            try:
                piece = os.read(master, 65536)
            except OSError as e:
                if e.errno != errno.EIO:
                    raise
                break
            if not piece:
                break
            shown += piece
        os.close(master)
        return process.wait(), shown.decode().replace("\r\n", "\n")

    def histogram(self, *args):
        """The lines behind the summary."""
        lines = self.nqsearch(*args, "绿电直供").out.splitlines()
        at = next(i for i, line in enumerate(lines) if " ms" in line)
        return lines[at + 1:]

    # ---- counts by month

    def test_few_months(self):
        self.put(["2026-05-02", "2026-06-01", "2026-06-09", "2026-06-30"])
        self.assertEqual(self.histogram(), ["2026-05 ▃ 1   2026-06 █ 3"])

    def test_gaps_are_kept(self):
        self.put(["2025-01-01", "2025-01-02", "2025-03-01", "2025-09-01", "2026-01-31"])
        self.assertEqual(self.histogram(), ["2025-01 █·▄·····▄···▄ 2026-01  most in a month: 2"])

    def test_quarters_and_years(self):
        self.put([m + "-01" for m in months((2021, 2), 70)])
        line, = self.histogram()
        self.assertRegex(line, "^2021-01 [▁▂▃▄▅▆▇█]{24} 2026-10  most in a quarter: 3$")
        self.put([m + "-01" for m in months((2006, 11), 121, step=2)])
        line, = self.histogram()
        self.assertRegex(line, "^2006 [▁▂▃▄▅▆▇█]{21} 2026  most in a year: 6$")

    def test_fits_the_terminal(self):
        self.put([m + "-01" for m in months((2001, 1), 300)])
        for columns in (24, 40, 80, 200, 400):
            _, shown = self.terminal("--no-pager", "--color=never", "绿电直供", columns=columns)
            line = shown.splitlines()[-1]
            self.assertRegex(line, "^2001.* [▁▂▃▄▅▆▇█]+ 2025" if columns > 24 else "^20.. [▁▂▃▄▅▆▇█]{14} 2025", columns)
            self.assertLessEqual(len(line), columns)
        self.put(["0001-01-01", "2026-01-01"])
        self.assertLessEqual(len(self.histogram()[0]), 80)

    def test_columns(self):
        """$COLUMNS is obeyed, also where the output is no terminal; what is no width is not."""
        self.put(["2026-05-02"], word="绿电直供" * 40)
        for columns, widest in (("40", 40), ("120", 120), ("5", 80), ("x", 80), ("", 80), ("100000", 80)):
            lines = self.nqsearch("绿电直供", env={"COLUMNS": columns}).out.splitlines()
            widest_line = max(map(wide, lines))
            self.assertTrue(widest - 3 <= widest_line <= widest, (columns, widest_line))

    def test_topics_fit(self):
        """The table of topics drops dates and shortens names and bars before it breaks a line; heads stand above their columns."""
        dates = ["2022-01-05", "2022-06-05", "2023-05-05", "2024-12-05"]
        self.put(dates, word="云岭省数据管理局印发《云岭省公共数据授权运营和算电协同试点园区储能补建管理办法》，推进算电协同，算电协同第")
        for columns in (30, 40, 56, 64, 72, 80, 100, 200):
            for language in ("en", "zh_CN"):
                lines = self.run_program("nqtopics", env={"COLUMNS": str(columns), "LANGUAGE": language}, status=0).out.splitlines()
                table = lines[:lines.index("")]
                self.assertGreater(len(table), 3)
                for line in lines:
                    self.assertLessEqual(wide(line), columns, line)
                    self.assertEqual(line, line.rstrip())
                self.assertEqual("2024-12-05" in table[1], columns >= 64, (columns, table[1]))
                starts = [[m.start() for m in re.finditer(r"(?<=  )\S", "".join(c * (1 + (unicodedata.east_asian_width(c) in "WF")) for c in line))]
                          for line in table[:2]]
                if columns >= 100:
                    self.assertEqual(starts[0][-3:], starts[1][-3:], table[:2])

    def test_timeline_fits(self):
        """Timelines keep to the terminal, counts by month too; -q leaves the events alone."""
        text = "云岭省数据管理局6月8日印发《云岭省公共数据授权运营和算电协同试点园区储能补建管理办法》，绿电直供园区第一批名单同日公布。"
        for month in months((2021, 1), 70):
            self.write(f"r/{month}.md", nq.report(f"{month}-09", "绿电直供", text.replace("6月8日", f"{int(month[5:])}月8日")))
        self.nqindex("-q", self.path("r"))
        for columns in (40, 60, 120):
            lines = self.nqsearch("--timeline", "绿电直供", env={"COLUMNS": str(columns)}).out.splitlines()
            self.assertLessEqual(max(wide(line) for line in lines if " events, " not in line), columns)
            self.assertRegex(lines[-1], "^2021.* [▁▂▃▄▅▆▇█]+ 2026")
        quiet = self.nqsearch("-q", "--timeline", "绿电直供").out
        self.assertIn("云岭省数据管理局", quiet)
        self.assertNotIn(" ms", quiet)
        self.assertEqual(self.nqsearch("-q", "--timeline", "龘龘", status=1).out, "")

    def test_undated(self):
        self.write("r/x.jsonl", json.dumps({"id": "x", "title": "无日期", "text": "绿电直供。"}, ensure_ascii=False) + "\n")
        self.put(["2026-05-02"])
        self.assertEqual(self.histogram(), ["2026-05 █ 1", "without a date: 1"])

    # ---- terminal

    def test_lines(self):
        """Lines fit, and none begins or ends with a space of the text."""
        self.put(["2026-05-02"], word="绿电 " * 60 + "x 直供 " * 40 + "绿电直供")
        for columns in range(30, 60):
            _, shown = self.terminal("--no-pager", "--color=never", "绿电直供", columns=columns)
            for line in shown.splitlines()[1:-2]:
                self.assertEqual(line, line.rstrip())
                self.assertNotRegex(line, "^ {5}")
                self.assertLessEqual(wide(line), columns + 2, line)

    def test_pager(self):
        self.put(["2026-05-02"])
        seen = self.path("seen")
        env = {"NQ_PAGER": f"cat >{seen}", "PAGER": "exit 9"}
        status, shown = self.terminal("绿电直供", env=env)
        self.assertEqual((status, shown), (0, ""))
        with open(seen, encoding="utf-8") as f:
            text = f.read()
        self.assertIn("第0条", text)
        self.assertIn("\x1b[", text)
        os.unlink(seen)
        for args in (["--no-pager"], ["--json"], ["--csv"]):
            status, shown = self.terminal(*args, "绿电直供", env=env)
            self.assertEqual(status, 0)
            self.assertIn("第0", shown)
            self.assertFalse(os.path.exists(seen), args)
        self.nqsearch("绿电直供", env=env)  # no terminal
        self.assertFalse(os.path.exists(seen))
        self.terminal("绿电直供", env={"PAGER": f"cat >{seen}"})
        self.assertTrue(os.path.exists(seen))

    def test_pager_ends_early_or_is_missing(self):
        self.put([f"2026-05-{d:02d}" for d in range(1, 29)] * 20)
        status, shown = self.terminal("-n", "500", "绿电直供", env={"NQ_PAGER": "head -n 1 >/dev/null"})
        self.assertEqual((status, shown), (0, ""))
        status, shown = self.terminal("-n", "2", "绿电直供", env={"NQ_PAGER": "/no/such/pager"})
        self.assertEqual(status, 0)
        self.assertIn("条。", shown)
        for none in ("", "cat"):
            status, shown = self.terminal("-n", "2", "绿电直供", env={"NQ_PAGER": none})
            self.assertIn("条。", shown)

    def test_colour(self):
        self.put(["2026-05-02"])
        for args, env, coloured in (([], {}, True), ([], {"NO_COLOR": "1"}, False), ([], {"NO_COLOR": ""}, True),
                                    (["--color=always"], {"NO_COLOR": "1"}, True), (["--color=never"], {}, False)):
            _, shown = self.terminal("--no-pager", *args, "绿电直供", env=env)
            self.assertEqual("\x1b[" in shown, coloured, (args, env))

    def test_nothing_raw(self):
        """Neither control characters nor bytes that are no text reach the terminal."""
        self.put(["2026-05-02"])
        for query in ("\udcff\x1b[31m龘", "龘\x07\udcc3", "\x1b]0;x\x07 \"龘", "\x9b31m \"龘"):
            run = subprocess.run([os.path.join(nq.BIN, "nqsearch"), "--", query], capture_output=True,
                                 env=dict(os.environ, **self.env))
            for text in (run.stdout, run.stderr):
                self.assertNotRegex(text.decode("utf-8"), "[\x00-\x09\x0b-\x1f\x7f-\x9f]")
        run = self.nqsearch("--b\x1b[31md\udcff", status=2)
        self.assertNotIn("\x1b", run.err)

    def test_quiet_and_verbose(self):
        self.put(["2026-05-02"])
        run = self.nqsearch("-q", "绿电直供")
        self.assertNotIn(" ms", run.out)
        self.assertNotIn("█", run.out)
        self.assertIn("第0条", run.out)
        self.assertEqual(self.nqsearch("-q", "龘龘", status=1).out, "")
        run = self.nqsearch("-v", "绿电直供 -储能 date:2026 -date:2026-06")
        self.assertIn("绿电直供 AND NOT 储能", run.err)
        self.assertIn("2026-01-01..2026-12-31", run.err)
        self.assertIn("2026-06-01..2026-06-30", run.err)
        self.assertRegex(run.err, "searched in [0-9.]+ ms")
        self.assertNotIn("AND NOT", run.out)
        self.assertIn("AND NOT", self.nqsearch("--explain", "绿电直供 -储能").out)

    def test_excluded_terms_are_no_options(self):
        self.put(["2026-05-02", "2026-06-02"])
        for excluded in ("-第1条", "-“第1条”", "-\"第1条\"", "-date:2026-06", "-title:第1号", "-date：2026-06"):
            self.assertEqual(self.total("绿电直供", excluded), 1, excluded)
        self.assertEqual(self.total("绿电直供", "-kind:reference"), 2)
        run = self.nqsearch("绿电直供", "-储能", "-x", status=2)
        self.assertEqual(run.err.splitlines()[0], "nqsearch: no such option: -x")
        run = self.nqsearch("绿电直供", "--limit", status=2)
        self.assertEqual(run.err.splitlines()[0], "nqsearch: no such option: --limit")
        run = self.nqsearch("绿电直供", "--from", status=2)
        self.assertEqual(run.err.splitlines()[0], "nqsearch: --from: a value is missing")

    def test_caret(self):
        """It stands under what is wrong, whatever of the query looks like an option."""
        self.put(["2026-05-02"])
        for args, at in ((["-储能"], "-储能"), (["绿电", "-date:前天"], "-date:前天"), (["--", "绿电直供", "kind:报纸"], "kind:报纸")):
            _, query, caret = self.nqsearch(*args, status=2).err.splitlines()
            columns = "".join(c * (2 if unicodedata.east_asian_width(c) == "W" else 1) for c in query)
            self.assertEqual(query.strip(), " ".join(a for a in args if a != "--"))
            self.assertTrue(columns[caret.index("^"):].startswith(at[:2]), caret)

    def test_caret_in_a_long_query(self):
        self.put(["2026-05-02"])
        run = self.nqsearch("--", "绿电" * 500 + " date:前天 " + "直供" * 500, status=2)
        _, query, caret = run.err.splitlines()
        self.assertLessEqual(wide(query), 80)
        at = caret.index("^")
        columns = "".join(c * (2 if unicodedata.east_asian_width(c) == "W" else 1) for c in query)
        self.assertTrue(columns[at:].startswith("date"), run.err)

    def test_snippet_of_whole_sentences(self):
        """A bracket or quotation mark that opens belongs to the sentence behind it."""
        filler = "".join(f"第{n}批园区的负荷曲线已经提交，等待电网企业评审。" for n in range(20))
        self.write("r/1.md", nq.report("2026-05-02", "办法", filler + "《绿电直供办法》今日施行，" + "园区须在三个月内完成登记和计量改造，" * 4
                                       + "并接受评审。（据地方媒体报道）" + filler))
        self.nqindex("-q", self.path("r"))
        snippet = "".join(piece["text"] for piece in self.search("绿电直供办法")["hits"][0]["snippet"])
        self.assertTrue(snippet.startswith("《绿电直供办法》"), snippet)
        self.assertTrue(snippet.endswith("并接受评审。"), snippet)

    # ---- JSON and CSV

    def test_query_as_read(self):
        self.put(["2026-05-02"])
        for query, read in (("绿电\udcff直供", "绿电\ufffd直供"), ("绿电\udce7\udcae", "绿电\ufffd"), ("Cafe\u0301 绿电直供", "Café 绿电直供"),
                            ("绿电\t直供", "绿电 直供"), ("\udced\udca0\udc80", "\ufffd\ufffd\ufffd")):
            run = self.nqsearch("--json", "--", query, status=(0, 1, 2))
            if run.status != 2:
                self.assertEqual(json.loads(run.out)["query"], read)

    def test_reference_dates(self):
        self.write("r/2026-06-17.md", "# 日报\n\n某中心\n\n2026年6月17日\n\n## 一、提速\n\n绿电直供提速。\n\n参考文献\n\n" + "\n".join(
            f"[{n}] 新华网：《绿电直供之{n}》，{date}，用于第一节。" for n, date in enumerate(
                ("2026年6月8日", "2026年5月", "2025年", "2026年6月1日至6月5日", "2025年12月30日至2026年1月3日"), 1)) + "\n")
        self.nqindex("-q", self.path("r"))
        hits = self.search("-n", "20", "绿电直供")["hits"]
        got = {h["reference"]["title"][-1]: h for h in hits if h["reference"]}
        wanted = {"1": ("2026-06-08", None, "day"), "2": ("2026-05-01", "2026-05-31", "month"), "3": ("2025-01-01", "2025-12-31", "year"),
                  "4": ("2026-06-01", "2026-06-05", "range"), "5": ("2025-12-30", "2026-01-03", "range")}
        for n, dates in wanted.items():
            for where in (got[n], got[n]["reference"]):
                self.assertEqual((where["date"], where["date_end"], where["precision"]), dates, n)
        report = next(h for h in hits if not h["reference"])
        self.assertEqual((report["date"], report["date_end"], report["precision"]), ("2026-06-17", None, "day"))

    def test_suggest(self):
        self.put(["2026-05-02", "2026-05-03"], word="推进算电协同，推进算力网")
        self.assertEqual(self.nqsearch("--suggest", "推进算电").out, "推进算电协同\n")
        self.assertEqual(self.nqsearch("--suggest", "龘龘", status=1).out, "")
        answer = json.loads(self.nqsearch("--suggest", "--json", "-n", "1", "算").out)
        self.assertEqual(answer["schema"], "nqsearch.suggest/1")
        self.assertEqual(answer["query"], "算")
        self.assertEqual([s["passages"] for s in answer["suggestions"]], [2])

    def test_did_you_mean(self):
        self.put(["2026-05-02"], word="算电协同试点")
        self.assertEqual(self.search("算店协同")["did_you_mean"], "算电协同")
        self.assertIn("Did you mean: 算电协同\n", self.nqsearch("算店协同", status=(0, 1)).out)
        self.assertNotIn("mean", self.nqsearch("-q", "算店协同", status=(0, 1)).out)
        for query in ("算电协同", "算電協同", "龘龘龘龘", "试点"):
            self.assertIsNone(self.search(query)["did_you_mean"], query)

    def test_csv(self):
        self.put(["2026-05-02"])
        self.write("r/f.jsonl", document("=1+2", "2026-05-03", "=cmd|'/c calc'!A0", "绿电直供，\"引号\", 逗号。") + "\n")
        self.nqindex("-q", self.path("r"))
        out = subprocess.run([os.path.join(nq.BIN, "nqsearch"), "--csv", "绿电直供"], stdout=subprocess.PIPE,
                             env=dict(os.environ, **self.env)).stdout
        self.assertFalse(out.startswith(b"\xef\xbb\xbf"))
        self.assertTrue(out.endswith(b"\r\n"))
        rows = list(csv.DictReader(io.StringIO(out.decode(), newline="")))
        row = next(r for r in rows if r["date"] == "2026-05-03")
        self.assertEqual(row["text"], "绿电直供，\"引号\", 逗号。")
        self.assertEqual(row["report"], "'=1+2")
        self.assertEqual(row["title"], "'=cmd|'/c calc'!A0")


if __name__ == "__main__":
    nq.main()
