"""What the tests of the programs share: a temporary folder with an index, running the programs, made-up reports.

Python's unittest; NQ_BIN names the folder of the programs, NQ_SANITIZED is set where they run with sanitizers, NQ_FULL
is the library that makes a disk full (tests/fault/full.c).
"""
import json
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import unittest

os.environ.pop("COLUMNS", None)  # of the terminal that the tests are run in
BIN = os.environ["NQ_BIN"]
SANITIZED = bool(os.environ.get("NQ_SANITIZED"))
FULL = os.environ.get("NQ_FULL")
ENGINE = os.environ.get("NQ_ENGINE", "")  # that indexes are made with; none: as a user who says nothing
ENGINE_ARGS = [f"--engine={ENGINE}"] if ENGINE else []

WORDS = ("数据 要素 算力 电力 协同 民营 经济 人工智能 新能源 并网 改革 试点 规划 方案 印发 实施 推进 建设 市场 监管 "
         "标准 安全 绿色 低碳 中国 国家 部门 地方 企业 创新 产业 投资 消费 出口 制造 服务 交通 医疗 教育 人才").split()


class Run:
    """What a program did: status (negative: killed by a signal), out, err and its memory at most in MB."""

    def __init__(self, args, env=None, stdin=None, user=None):
        environment = dict(os.environ, **(env or {}))
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            process = subprocess.Popen(args, stdin=stdin or subprocess.DEVNULL, stdout=out, stderr=err,
                                       env=environment, user=user)
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = self.status = os.waitstatus_to_exitcode(status)
            self.peak_mb = usage.ru_maxrss / 1024
            out.seek(0), err.seek(0)
            self.out = out.read().decode("utf-8")
            self.err = err.read().decode("utf-8", "replace")


class Case(unittest.TestCase):
    """A folder and an index of its own for each test."""

    def setUp(self):
        self.dir = tempfile.mkdtemp(prefix="nq-")
        self.addCleanup(shutil.rmtree, self.dir, ignore_errors=True)
        self.index = self.path("nq.db")
        self.env = {"HOME": self.dir, "NQ_INDEX": self.index, "XDG_DATA_HOME": ""}

    def path(self, *names):
        return os.path.join(self.dir, *names)

    def write(self, name, content):
        """Writes text or bytes below the folder and returns the path."""
        path = self.path(name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as f:
            f.write(content.encode("utf-8") if isinstance(content, str) else content)
        return path

    def run_program(self, program, *args, status, env=None, **options):
        if ENGINE and program == "nqindex" and not all(a.startswith("-") for a in args):
            args = (*ENGINE_ARGS, *args)
        run = Run([os.path.join(BIN, program), *args], dict(self.env, **(env or {})), **options)
        shown = " ".join(a[:80] for a in args)
        wanted = status if isinstance(status, tuple) else (status,)
        self.assertIn(run.status, wanted, f"{program} {shown}\n{run.out[:500]}\n{run.err[:3000]}")
        for line in run.err.splitlines():
            self.assertNotRegex(line, "SQL logic|sqlite3|constraint failed|Assertion", "raw text of a library")
        return run

    def nqindex(self, *args, status=0, **options):
        return self.run_program("nqindex", *args, status=status, **options)

    def nqsearch(self, *args, status=0, **options):
        return self.run_program("nqsearch", *args, status=status, **options)

    def search(self, *args, status=(0, 1), **options):
        """The answer to a query as JSON."""
        run = self.nqsearch("--json", *args, status=status, **options)
        self.assertEqual(run.err, "")
        return json.loads(run.out)

    def total(self, *args):
        return self.search(*args)["total"]

    def stats(self):
        """What the index holds, without what depends on time and place."""
        stats = json.loads(self.nqindex("--stats", "--json").out)
        stats.pop("index_bytes")
        return stats

    def verify(self):
        run = self.nqindex("--verify")
        self.assertEqual(run.err, "")

    def error(self, run, *patterns):
        """Standard error is one line "PROGRAM: what: why" with each of the patterns; nothing went to standard output."""
        self.assertEqual(run.out, "")
        lines = run.err.splitlines()
        self.assertEqual(len(lines), 1, run.err)
        self.assertRegex(lines[0], r"^nq[a-z]+: .+")
        for pattern in patterns:
            self.assertRegex(lines[0], pattern)

    def sql(self, statement):
        """Changes the index behind its back."""
        with sqlite3.connect(self.index) as db:
            db.execute(statement)
        db.close()

    def base(self):
        """An index of two reports to lose; kept() says that they are still there."""
        self.write("base/2026-06-17.md", report("2026-06-17", "算电协同", "强化“算电协同”，推进数据中心绿色用电。"))
        self.write("base/2026-06-18.md", report("2026-06-18", "民营经济", "民营经济促进法施行一周年。"))
        self.nqindex("-q", self.path("base"))
        self.kept()

    def kept(self):
        self.verify()
        self.assertEqual(self.total("算电协同"), 1)
        self.assertEqual(self.total("民营经济促进法"), 1)


def help_options(text):
    """Options that begin a line of --help, and those of its usage lines."""
    lines = [line for line in text.splitlines() if re.match(r" +-|Usage:| +or:", line)]
    return {o for line in lines for o in re.findall(r"(?:^|[\s,\[])(--[a-z][a-z-]*|-[a-z]\b)", line)}


def report(date, heading, text):
    year, month, day = (int(part) for part in date.split("-"))
    return f"# 政策日报\n\n{year}年{month}月{day}日\n\n## 一、{heading}\n\n{text}\n"


def document(number, date, title, text):
    return json.dumps({"id": str(number), "date": date, "title": title, "text": text}, ensure_ascii=False)


def sentence(rng):
    return "".join(rng.choice(WORDS) for _ in range(rng.randint(6, 16))) + "。"


def make_corpus(folder, files, records, seed=1):
    """Writes `files` reports and a quarter as many JSONL files of `records` documents each; the same for the same seed."""
    rng = random.Random(seed)
    os.makedirs(folder)
    for n in range(files):
        date = f"2025-{n // 28 % 12 + 1:02}-{n % 28 + 1:02}"
        text = "\n\n".join("".join(sentence(rng) for _ in range(5)) for _ in range(8))
        with open(os.path.join(folder, f"{n:04}.md"), "w", encoding="utf-8") as f:
            f.write(report(date, sentence(rng)[:-1], text))
        if n % 4 == 0:
            with open(os.path.join(folder, f"{n:04}.jsonl"), "w", encoding="utf-8") as f:
                for k in range(records):
                    f.write(document(f"{n}-{k}", date, sentence(rng)[:-1], sentence(rng) + sentence(rng)) + "\n")


def remove(path):
    """An index with all that is beside it."""
    folder, name = os.path.split(path)
    for beside in os.listdir(folder):
        if beside.startswith(name):
            beside = os.path.join(folder, beside)
            shutil.rmtree(beside) if os.path.isdir(beside) else os.remove(beside)


def copy(index, to):
    """The same for a copy by hand."""
    shutil.copy(index, to)
    if os.path.isdir(index + ".xapian"):
        shutil.copytree(index + ".xapian", to + ".xapian")


def main():
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    unittest.main(verbosity=2)
