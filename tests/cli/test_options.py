"""The command line: every option of --help in the manual pages of both languages and the other way round; user dictionaries."""
import glob
import os
import re
import unicodedata
import unittest

import nq

TOOLS = os.environ["NQ_TOOLS"]
PROGRAMS = ["nqcheck", "nqindex", "nqsearch", "nqtext", "nqtopics"] + ["nqserve"] * ("serve" in os.environ["NQ_FEATURES"].split())


def manual_options(path):
    """Options in a manual page's bold and italic requests, examples aside."""
    with open(path, encoding="utf-8") as f:
        text = re.sub(r"^\.nf$.*?^\.fi$", "", f.read(), flags=re.S | re.M)
    requests = "\n".join(re.findall(r"^\.(?:B|BR|BI|RB)\s.*", text, re.M)).replace("\\-", "-").replace("\\fR", " ").replace("\\fB", " ")
    return set(re.findall(r"(?:^|[\s,{|\[、])(--[a-z][a-z-]*|-[a-z]\b(?!:))", requests)) - {"--"}


class Options(nq.Case):
    def test_manual(self):
        programs = sorted(os.path.basename(p)[:-2] for p in glob.glob(os.path.join(TOOLS, "*.1")) if ".zh_CN." not in p)
        self.assertGreaterEqual(len(programs), 3)
        for program in programs:
            shown = nq.help_options(self.run_program(program, "--help", status=0).out)
            self.assertIn("--help", shown)
            for page in (f"{program}.1", f"{program}.zh_CN.1"):
                told = manual_options(os.path.join(TOOLS, page))
                self.assertEqual(told, shown, page)

    def test_environment(self):
        """What nqsearch reads of its environment is in its manual."""
        names = set()
        for source in ("common.c", "pager.c", "search_options.c", "nqsearch.c"):
            with open(os.path.join(TOOLS, source), encoding="utf-8") as f:
                names |= set(re.findall(r'getenv\("(\w+)"\)', f.read()))
        for page in ("nqsearch.1", "nqsearch.zh_CN.1"):
            with open(os.path.join(TOOLS, page), encoding="utf-8") as f:
                text = f.read()
            for name in names - {"TERM"}:
                self.assertIn(name, text, page)

    def test_wrong_use_is_named(self):
        """A line says what is wrong, another where to look."""
        for program, args, why in (("nqtext", [], "one of --report"), ("nqtext", ["--dates", "a", "b"], "one file at a time"),
                                   ("nqcheck", [], "no draft"), ("nqcheck", ["a", "b"], "one draft at a time"),
                                   ("nqindex", [], "no PATH"), ("nqsearch", [], "no query"),
                                   ("nqsearch", ["--json", "--csv", "a"], "one of --json, --csv and --ics"),
                                   ("nqsearch", ["--timeline", "--sort=date", "a"], "--timeline goes with no"),
                                   ("nqsearch", ["--from=2026-13", "a"], "--from: a date like 2026, 2026-06 or 2026-06-17, not 2026-13")):
            run = self.run_program(program, *args, status=2)
            lines = run.err.splitlines()
            self.assertRegex(lines[0], f"^{program}: {why}")
            self.assertLessEqual(len(lines), 2)
            self.assertEqual(run.out, "")

    def test_help_fits(self):
        """80 columns, in both languages."""
        for program in PROGRAMS:
            for language in ("en", "zh_CN"):
                shown = self.run_program(program, "--help", status=0, env={"LANGUAGE": language}).out
                self.assertEqual("用法" in shown, language == "zh_CN", f"{program}: is {language} there?")
                for line in shown.splitlines():
                    wide = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)
                    self.assertLessEqual(wide, 80, f"{program}: {line}")

    def test_what_was_meant(self):
        """A mistyped option gets the one that was meant; one with too much or too little is named as typed."""
        for args, why in ((["--jsno", "a"], "no such option: --jsno; did you mean --json\\?"),
                          (["--colour=never", "a"], "no such option: --colour=never; did you mean --color\\?"),
                          (["--s", "a"], "no such option: --s; did you mean --sort\\?"),
                          (["-h"], "no such option: -h; did you mean --help\\?"), (["-json", "a"], "no such option: -json; did you mean --json\\?"),
                          (["--nothing-like-it", "a"], "no such option: --nothing-like-it$"),
                          (["-qx", "a"], "no such option: -x$"), (["a", "--", "--jsno"], None),
                          (["--json=3", "a"], "--json takes no value"), (["--verbose=3", "a"], "--verbose takes no value"),
                          (["a", "--index"], "--index: a value is missing"), (["a", "-qi"], "-i: a value is missing"),
                          (["-n", "-1", "a"], "-n: a whole number from 0 on, not -1"), (["-n", "1e3", "a"], "-n: a whole number"),
                          (["-n", "9" * 30, "a"], "-n: a whole number"),
                          (["--sort=best", "a"], "--sort: relevance or date, not best"),
                          (["--kind=x", "a"], "--kind: report, reference, all, past or milestone, not x")):
            run = self.nqsearch(*args, status=2)
            self.assertRegex(run.err.splitlines()[0], f"^nqsearch: {why}" if why else "no index")
        self.assertRegex(self.nqindex("-储能", status=2).err, "^nqindex: no such option: -储能\n")
        if "serve" in os.environ["NQ_FEATURES"].split():
            run = self.run_program("nqserve", "there", status=2)
            self.assertRegex(run.err, "^nqserve: an argument too many: there\n")

    def test_kinds(self):
        """Kinds by their Chinese names, as the programs print them."""
        self.write("r/1.md", nq.report("2026-06-18", "绿电", "绿电直供。") + "\n## 参考文献\n\n[1] 新华网：《绿电直供》，2026-06-08，用于第一节。\n")
        self.nqindex("-q", self.path("r"))
        for english, chinese in (("report", "报告"), ("report", "報告"), ("reference", "参考文献"), ("reference", "文献"), ("all", "全部")):
            wanted = self.search(f"--kind={english}", "绿电直供")["hits"]
            self.assertTrue(wanted)
            self.assertEqual(self.search(f"--kind={chinese}", "绿电直供")["hits"], wanted)
            self.assertEqual(self.search(f"kind:{chinese} 绿电直供")["total"], len(wanted))
        past = self.nqsearch("--timeline", "--json", "--kind=已发生", "绿电", status=(0, 1)).out
        self.assertEqual(past, self.nqsearch("--timeline", "--json", "--kind=past", "绿电", status=(0, 1)).out)
        for english, chinese in (("term,organisation", "术语,机构"), ("word", "词语"), ("all", "全部"), ("work", "作品"), ("document", "文件")):
            told = self.run_program("nqtopics", "--json", f"--kind={english}", status=(0, 1)).out
            self.assertEqual(self.run_program("nqtopics", "--json", f"--kind={chinese}", status=(0, 1)).out, told)
        draft = self.write("d.md", nq.report("2026-06-19", "绿电", "绿电直供。"))
        told = [self.run_program("nqcheck", "--json", f"--kind={kind}", draft, status=(0, 1)).out for kind in ("reference", "文献")]
        self.assertEqual(told[0], told[1])

    def test_standard_input(self):
        """With - or without a file, and called so where something is wrong with it."""
        for args in (["--report"], ["--report", "-"], ["--events"], ["--events", "-"]):
            self.error(self.run_program("nqtext", *args, status=2), "^nqtext: standard input: ")
        dated = self.write("d.txt", "6月18日\n")
        for args in (["--dates", "--reference=2026-01-01"], ["--segment"]):
            wanted = self.run_program("nqtext", *args, dated, status=0).out
            for more in ([], ["-"]):
                with open(dated, "rb") as text:
                    self.assertEqual(self.run_program("nqtext", *args, *more, status=0, stdin=text).out, wanted)

    def test_headings_on_one_line(self):
        draft = self.write("a.md", "# 日报\n2026-06-18\n\n## 一、绿电直供\n园区试点绿电直供。\n")
        self.assertIn("\n## 一 绿电直供\n", self.run_program("nqtext", "--report", draft, status=0).out)

    def test_bad_lines_of_a_dictionary(self):
        path = self.write("own.tsv", "# 自己的词\n绿电直供券\n\n甲\t类\t0\n乙词\t类\t5\t多\n\t类\t5\n绿电直供券\t类\t9\n" + "长" * 10000 + "\n丙词\t\t7\n丁词\ne\u0301clair\n")
        wanted = [(4, "weight"), (5, "three columns"), (6, "no term"), (7, "above already"), (8, "100 characters"), (9, "out of order"), (11, "not in NFC")]
        text = self.write("text", "推广绿电直供券和丙词\n")
        self.write("r/1.md", nq.report("2026-06-18", "绿电", "绿电直供券。"))
        for program, args in (("nqtext", ["--segment", text]), ("nqindex", [self.path("r")])):
            run = self.run_program(program, f"--dict={path}", *args, status=0)
            lines = [line for line in run.err.splitlines() if path in line]
            self.assertEqual(len(lines), len(wanted), run.err)
            for line, (number, why) in zip(lines, wanted):
                self.assertRegex(line, f"^{program}: {re.escape(path)}:{number}: " + ("passed over: .*" if number < 9 else "") + why)
                self.assertLess(len(line), 300)
            self.assertNotIn(path, self.run_program(program, "-q", f"--dict={path}", *args, status=0).err)
        self.assertEqual(self.run_program("nqtext", "-q", f"--dict={path}", "--segment", text, status=0).out.split()[1], "绿电直供券")
        bad = self.write("bad.tsv", "绿电\n".encode() + b"\xff\xfe\n")
        run = self.run_program("nqtext", f"--dict={bad}", "--segment", text, status=2)
        self.error(run, "bad.tsv:2: not UTF-8")


if __name__ == "__main__":
    nq.main()
