"""The command line: every option of --help in the manual pages of both languages and the other way round; user dictionaries."""
import glob
import os
import re
import unittest

import nq

TOOLS = os.environ["NQ_TOOLS"]


def help_options(text):
    """Options that begin a line of --help, and those of its usage lines."""
    lines = [line for line in text.splitlines() if re.match(r" +-|Usage:| +or:", line)]
    return {o for line in lines for o in re.findall(r"(?:^|[\s,\[])(--[a-z][a-z-]*|-[a-z]\b)", line)}


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
            shown = help_options(self.run_program(program, "--help", status=0).out)
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
                                   ("nqsearch", ["--from=2026-13", "a"], "--from: a date like 2026, 2026-06 or 2026-06-17, not 2026-13")):
            run = self.run_program(program, *args, status=2)
            lines = run.err.splitlines()
            self.assertRegex(lines[0], f"^{program}: {why}")
            self.assertLessEqual(len(lines), 2)
            self.assertEqual(run.out, "")

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
