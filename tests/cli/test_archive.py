"""Keeping an archive: the account of a run, --stats, --watch, --prune, --backup, the progress bar."""
import datetime
import fcntl
import json
import os
import pty
import re
import shutil
import signal
import sqlite3
import struct
import subprocess
import termios
import time
import unicodedata
import unittest

import nq
from nq import document, report

DAY = datetime.timedelta(days=1)


class Account(nq.Case):
    def account(self, *args, status=0):
        run = self.nqindex("--json", *args, status=status)
        account = json.loads(run.out)
        self.assertEqual(list(account)[0], "schema")
        self.assertEqual(account["schema"], "nqsearch.update/1")
        return account

    def test_counts(self):
        for n in range(6):
            self.write(f"in/{n}.md", report("2026-06-17", "算电协同", f"第 {n} 份，绿色用电。"))
        account = self.account(self.path("in"))
        self.assertEqual((account["files_read"], account["reports"], account["problems"]), (6, 6, []))
        self.assertEqual(account["bytes"], sum(os.path.getsize(self.path("in", f)) for f in os.listdir(self.path("in"))))
        self.write("in/1.md", report("2026-06-17", "算电协同", "第 1 份，改过。"))
        self.write("in/copy.md", report("2026-06-17", "算电协同", "第 2 份，绿色用电。"))
        os.rename(self.path("in/3.md"), self.path("in/moved.md"))
        os.remove(self.path("in/4.md"))
        account = self.account("--prune", self.path("in"))
        self.assertEqual({k[6:]: v for k, v in account.items() if k.startswith("files_")},
                         {"read": 0, "replaced": 1, "moved": 1, "copied": 1, "unchanged": 3, "removed": 1, "failed": 0})
        run = self.nqindex(self.path("in"))
        self.assertEqual(len(run.out.splitlines()), 1)
        self.assertRegex(run.out, "0 files read, 0 replaced, 0 moved, 0 copies, 6 unchanged, 0 removed, 0 failed; .* [KM]?B in .* s")

    def test_problems(self):
        bad = self.write("in/a: b.md", b"\0\1\2\3" * 100)
        records = self.write("in/r.jsonl", document(1, "2026-06-20", "好", "第一条记录。") + "\nnot json\n")
        undated = self.write("in/undated.md", "# 调研札记\n\n## 一、无日期\n\n没有写明日期的札记。\n")
        run = self.nqindex("--json", self.path("in"), status=2)
        account = json.loads(run.out)
        problems = {p["path"]: p for p in account["problems"]}
        self.assertEqual(set(problems), {bad, records, undated})
        self.assertEqual((problems[bad]["failed"], problems[bad]["line"]), (True, None))
        self.assertRegex(problems[bad]["reason"], "^not text")
        self.assertEqual((problems[records]["failed"], problems[records]["line"]), (True, 2))
        self.assertEqual((problems[undated]["failed"], problems[undated]["reason"]), (False, "no date"))
        self.assertEqual((account["files_failed"], account["records_failed"]), (1, 1))
        self.assertEqual(len(run.err.splitlines()), 3, "diagnostics stay on standard error")

    def test_half_made_files(self):
        """What editors and downloads leave beside a report is none."""
        for name in ("a.md~", "#a.md#", ".a.md.swp", "~$a.docx", "b.md.part", "c.tmp", ".hidden.md"):
            self.write("in/" + name, report("2026-06-17", "半成品", "还没有写完。"))
        self.write("in/a.md", report("2026-06-17", "成品", "写完了。"))
        self.assertEqual(self.account(self.path("in"))["files_read"], 1)

    def test_pruned_with_a_mistyped_folder(self):
        """a.md.old is not below a.md, and a folder that cannot be looked into is not gone."""
        self.write("in/a.md", report("2026-06-17", "甲", "甲的内容。"))
        self.write("in/a.md.old", report("2026-06-18", "乙", "乙的内容。"))
        self.nqindex(self.path("in"))
        os.remove(self.path("in/a.md.old"))
        self.assertEqual(self.account("--prune", self.path("in/a.md"))["files_removed"], 0)
        self.assertEqual(self.account("--prune", self.path("in"))["files_removed"], 1)

    def test_pruned_though_gone_itself(self):
        """A folder or file that was deleted whole is forgotten by its name; one that never was is mistyped."""
        for name in ("in/2025/a.md", "in/2025/b.md", "in/2026/c.md"):
            self.write(name, report("2026-06-17", "已删", f"{name} 的内容。"))
        self.nqindex(self.path("in"))
        os.remove(self.path("in/2025/a.md"))
        self.assertEqual(self.account("--prune", self.path("in/2025/a.md"))["files_removed"], 1)
        shutil.rmtree(self.path("in"))
        self.error(self.nqindex(self.path("in"), status=2), "in: ")
        self.error(self.nqindex("--prune", self.path("in"), self.path("im/2025"), status=2), "im/2025: neither there")
        self.error(self.nqindex("--prune", self.path("in/../in"), status=2), "No such file")
        self.assertEqual(self.stats()["reports"], 2, "nothing is forgotten where a path is wrong")
        self.assertEqual(self.account("--prune", self.path("in/2025//"))["files_removed"], 1)
        self.assertEqual(self.account("--prune", self.path("in"))["files_removed"], 1)
        self.verify()

    def test_backup_onto_itself(self):
        self.base()
        for target in (self.index, self.path("base/../nq.db")):
            self.error(self.nqindex("--backup=" + target, status=2), "index itself")
        self.kept()


class Stats(nq.Case):
    def daily(self, folder, first, last, leave_out=(), workdays=False):
        day = datetime.date.fromisoformat(first)
        while day <= datetime.date.fromisoformat(last):
            if str(day) not in leave_out and not (workdays and day.weekday() > 4):
                self.write(f"in/{folder}/{day:%Y/%m}/{day:%Y%m%d}.md", report(str(day), "要闻", f"{folder}{day}的要闻，" + "数据要素市场建设。" * 20))
            day += DAY

    def test_series(self):
        self.daily("日报", "2026-01-01", "2026-03-31", {"2026-02-03", "2026-03-08", "2026-03-09"})
        holiday = {f"2025-10-0{n}" for n in range(1, 9)}
        self.daily("工作日报", "2025-08-01", "2025-12-31", holiday, workdays=True)
        for n in range(20):
            self.write(f"in/周报/{datetime.date(2026, 1, 7) + 7 * n * DAY:%Y%m%d}.md",
                       report(str(datetime.date(2026, 1, 7) + 7 * n * DAY), "一周", f"第 {n} 期，" + "储能补建。" * 30))
        for n, month in enumerate((1, 2, 2, 3, 5, 5, 6, 8, 9, 11, 12, 12)):
            self.write(f"in/札记/札记{n:03}.md", report(f"2025-{month:02}-{n + 3:02}", "札记", f"第 {n} 篇，" + "虚拟电厂。" * 30))
        self.nqindex("-q", self.path("in"))
        stats = self.stats()
        series = {s["name"].split("/in/")[1].split("/")[0]: s for s in stats["series"]}
        self.assertEqual({k: (s["per_week"], s["missing_days"]) for k, s in series.items()},
                         {"日报": (7, 3), "工作日报": (5, 6), "周报": (1, 0), "札记": (0, 0)})
        self.assertEqual(series["日报"]["missing"], [
            {"date": "2026-02-03", "date_end": None, "days": 1}, {"date": "2026-03-08", "date_end": "2026-03-09", "days": 2}])
        self.assertEqual(series["工作日报"]["missing"], [{"date": "2025-10-01", "date_end": "2025-10-08", "days": 6}])
        run = self.nqindex("--stats")
        self.assertRegex(run.out, r"(?m)^  daily, 2026-01-01 to 2026-03-31: 87 reports, missing days: 3$")
        self.assertRegex(run.out, r"(?m)^  2025-10-01 to 2025-10-08 \(6 days\)$")

    def test_histogram(self):
        for n in range(3):
            self.write(f"in/{n}.md", report("2024-01-05", "甲", f"{n} 号内容。"))
        self.write("in/x.md", report("2026-12-05", "乙", "别的内容。"))
        self.nqindex("-q", self.path("in"))
        lines = self.nqindex("--stats").out.splitlines()
        years = [line for line in lines if re.match(r"\d{4}  [·▁-█]{12}  ", line)]
        self.assertEqual([y[:4] for y in years], ["2024", "2025", "2026"])
        self.assertEqual(years[0][6:18], "█" + "·" * 11)
        self.assertEqual(years[1][6:18], "·" * 12)
        self.assertEqual(years[2][6:18], "·" * 11 + "▃")
        self.assertGreater(years[0].count("█"), 2 * years[2].count("█"))
        for line in lines:
            self.assertLessEqual(len(line), 80)

    def test_odd_reports(self):
        for n in range(1, 21):
            text = "数据要素市场建设。" * 20 if n != 7 else "待补。"
            source = f"\n\n## 参考文献\n\n1. 新华网｜数据要素市场第{n}号｜2026-05-{n:02}\n" if n != 9 else "\n"
            self.write(f"in/日报{n:03}.md", report(f"2026-06-{n if n != 12 else 11:02}", "要闻", f"第{n}期。" + text) + source)
        self.write("in/日报021.md", "# 政策日报\n\n## 一、无日期\n\n" + "没有写明日期。" * 20 + "\n\n## 参考文献\n\n1. 新华网｜某文｜2026-05-01\n")
        self.nqindex("-q", self.path("in"))
        stats = self.stats()
        keys = {name: [r["key"] for r in stats[name]] for name in ("empty", "short", "without_date", "without_references", "same_date")}
        self.assertEqual(keys, {"empty": [], "short": ["日报007.md"], "without_date": ["日报021.md"],
                                "without_references": ["日报009.md"], "same_date": ["日报011.md", "日报012.md"]})
        self.assertEqual(stats["undated"], 1)
        out = self.nqindex("--stats").out
        for text in ("suspiciously short reports: 1", "reports without a date: 1", "reports without references: 1",
                     "reports with the date of another: 2", "日报007.md"):
            self.assertIn(text, out)

    def test_records_are_no_daily_series(self):
        """Many documents a day from one system: nothing is odd about their dates or their lengths."""
        lines = [document(n, f"2026-06-{n // 10 + 1:02}", f"第{n}条", "短讯。") for n in range(100)]
        self.write("in/a.jsonl", "\n".join(lines) + "\n")
        self.nqindex("-q", self.path("in"))
        stats = self.stats()
        self.assertEqual([stats[k] for k in ("empty", "short", "without_references", "same_date")], [[], [], [], []])

    def test_empty_index(self):
        os.makedirs(self.path("in"))
        self.nqindex("-q", self.path("in"))
        self.nqindex("--stats")
        self.assertEqual(self.stats()["series"], [])


class Watch(nq.Case):
    def start(self, *args):
        os.makedirs(self.path("in"), exist_ok=True)
        env = dict(os.environ, **self.env)
        self.process = subprocess.Popen([os.path.join(nq.BIN, "nqindex"), "--watch", "--json", *nq.ENGINE_ARGS, *args, self.path("in")], env=env,
                                        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.addCleanup(self.end)
        return self.account()

    def account(self):
        """The next account that the watch prints."""
        return json.loads(self.process.stdout.readline())

    def end(self, number=signal.SIGTERM):
        if self.process.poll() is None:
            self.process.send_signal(number)
        out, err = self.process.communicate(timeout=60)
        return self.process.returncode, out, err

    def wait(self, query, total):
        """Waits until a query finds so much."""
        end = time.monotonic() + 30
        while self.total(query) != total:
            self.assertLess(time.monotonic(), end, f"{query}: never {total}")
            self.assertIsNone(self.process.poll(), "the watch has ended")
            time.sleep(0.1)

    def test_follows(self):
        self.write("in/a.md", report("2026-06-17", "算电协同", "首批试点验收。"))
        self.assertEqual(self.start()["files_read"], 1)
        self.write("in/b.md", report("2026-06-18", "低空物流", "江海市开放航线。"))
        self.assertEqual(self.account()["files_read"], 1)
        self.assertEqual(self.total("江海市"), 1)
        self.write("in/b.md", report("2026-06-18", "低空物流", "滨江新区开放航线。"))
        self.assertEqual(self.account()["files_replaced"], 1)
        os.rename(self.path("in/b.md"), self.path("in/c.md"))
        self.assertEqual(self.account()["files_moved"], 1)
        self.assertEqual(self.search("滨江新区")["hits"][0]["report"]["key"], "c.md")
        # A folder with folders in it, all at once.
        os.makedirs(self.path("new/x/y"))
        self.write("new/x/y/d.md", report("2026-06-19", "绿色算力券", "发放首批。"))
        os.rename(self.path("new"), self.path("in/new"))
        self.assertEqual(self.account()["files_read"], 1)
        self.write("in/new/x/y/e.md", report("2026-06-20", "充电站", "并网。"))
        self.assertEqual(self.account()["files_read"], 1)
        os.rename(self.path("in/new"), self.path("in/old"))
        self.assertEqual(self.account()["files_moved"], 2)
        self.assertEqual(self.search("并网")["hits"][0]["report"]["key"], "old/x/y/e.md")
        self.write("in/old/x/y/e.md", report("2026-06-20", "充电站", "并网第二天。"))
        self.assertEqual(self.account()["files_replaced"], 1)
        os.remove(self.path("in/a.md"))
        self.write("in/f.md", report("2026-06-21", "信号", "最后一份。"))
        self.assertEqual(self.account()["files_removed"], 0)
        self.assertEqual(self.total("算电协同"), 1, "without --prune nothing is forgotten")
        self.assertEqual(self.end(), (0, "", ""))
        self.verify()

    def test_prunes(self):
        self.write("in/x/a.md", report("2026-06-17", "算电协同", "首批试点验收。"))
        self.write("in/x/b.md", report("2026-06-18", "低空物流", "江海市开放航线。"))
        self.write("in/c.md", report("2026-06-19", "绿色算力券", "发放首批。"))
        self.start("--prune")
        os.remove(self.path("in/c.md"))
        self.assertEqual(self.account()["files_removed"], 1)
        os.rename(self.path("in/x"), self.path("away"))
        self.assertEqual(self.account()["files_removed"], 2)
        self.assertEqual(self.stats()["reports"], 0)
        self.assertEqual(self.end(signal.SIGINT)[0], 0)

    def test_waits_until_it_is_whole(self):
        """A file that is written slowly is read once, when it is closed; an editor's files are none."""
        self.start()
        with open(self.path("in/slow.md"), "w", encoding="utf-8") as f:
            f.write(report("2026-06-17", "算电协同", "慢慢写的第一段。"))
            f.flush()
            time.sleep(1)
            f.write("\n慢慢写的第二段。\n")
        self.write("in/.slow.md.swp", "x")
        self.write("in/slow.md~", report("2026-06-17", "算电协同", "备份文件。"))
        account = self.account()
        self.assertEqual((account["files_read"], account["files_replaced"]), (1, 0))
        self.assertEqual(self.total("慢慢写的第二段"), 1)
        # As editors save: a new file, moved over the old one.
        self.write("in/.new", report("2026-06-17", "算电协同", "换上来的新稿。"))
        os.rename(self.path("in/.new"), self.path("in/slow.md"))
        self.assertEqual(self.account()["files_replaced"], 1)
        self.assertEqual(self.end(), (0, "", ""))
        self.assertEqual(self.stats()["revisions"], 1)

    def test_holds_no_lock(self):
        self.write("in/a.md", report("2026-06-17", "算电协同", "首批试点验收。"))
        self.write("out/z.md", report("2026-06-18", "低空物流", "江海市开放航线。"))
        self.start()
        self.nqindex(self.path("out"))
        lock = sqlite3.connect(self.index, isolation_level=None)
        lock.execute("BEGIN IMMEDIATE")
        self.write("in/b.md", report("2026-06-19", "绿色算力券", "发放首批。"))
        time.sleep(4)
        self.assertEqual(self.total("绿色算力券"), 0)
        lock.execute("ROLLBACK")
        lock.close()
        self.wait("绿色算力券", 1)
        self.nqindex("--rebuild", self.path("in"))
        self.write("in/c.md", report("2026-06-20", "充电站", "并网。"))
        self.wait("并网", 1)
        status, _, err = self.end()
        self.assertEqual(status, 0)
        self.assertRegex(err, "(?m)^nqindex: .*another process is writing.*waiting")
        self.verify()

    def test_many_at_once(self):
        self.start("-q")
        nq.make_corpus(self.path("in/much"), 300, 5)
        self.wait("数据", self.settled())
        self.end()
        self.verify()
        self.assertEqual(self.stats()["files"], 375)

    def settled(self):
        """How much of the corpus there is to find."""
        self.nqindex("-q", "-i", self.path("other.db"), self.path("in"))
        return self.search("-i", self.path("other.db"), "数据")["total"]

    def test_single_file_and_missing(self):
        path = self.write("in/a.md", report("2026-06-17", "算电协同", "首批试点验收。"))
        self.error(self.nqindex("--watch", self.path("nowhere"), status=2), "nowhere: No such file")
        env = dict(os.environ, **self.env)
        self.process = subprocess.Popen([os.path.join(nq.BIN, "nqindex"), "--watch", "--json", path], env=env,
                                        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.addCleanup(self.end)
        self.assertEqual(self.account()["files_read"], 1)
        self.write("in/b.md", report("2026-06-18", "低空物流", "江海市开放航线。"))
        self.write("in/a.md", report("2026-06-17", "算电协同", "次批试点验收。"))
        account = self.account()
        self.assertEqual((account["files_replaced"], account["files_read"]), (1, 0))


class Progress(nq.Case):
    def draw(self, columns, env=None, args=()):
        """What nqindex draws on a terminal of so many columns."""
        leader, follower = pty.openpty()
        fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        environment = {**os.environ, "TERM": "xterm", **self.env, **(env or {})}
        process = subprocess.Popen([os.path.join(nq.BIN, "nqindex"), "--rebuild", *args, self.path("much")], env=environment,
                                   stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=follower)
        os.close(follower)
        data = b""
        while True:
            try:
                piece = os.read(leader, 65536)
            except OSError:
                break
            data += piece
        os.close(leader)
        self.assertEqual(process.wait(), 0)
        return data.decode("utf-8")

    def width(self, text):
        text = re.sub(r"\x1b\[[0-9;]*[A-Za-z]", "", text)
        return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)

    def test_bar(self):
        nq.make_corpus(self.path("much"), 200, 200)
        locale = {"LC_ALL": "C.UTF-8", "LANGUAGE": "zh_CN", "NQ_LOCALEDIR": os.path.join(nq.BIN, "../src/po")}
        for columns, env in ((100, {}), (100, locale), (40, {}), (24, locale)):
            drawn = self.draw(columns, env)
            lines = [line for line in drawn.split("\r") if line.strip()]
            self.assertTrue(lines, "no bar was drawn")
            for line in lines:
                self.assertLess(self.width(line), columns, line)
            self.assertTrue(any("%" in line for line in lines))
            self.assertTrue(drawn.endswith("\r\x1b[K"), "the bar is wiped away")
            if columns == 100 and not env:
                self.assertTrue(any(re.search(r"[█░]+\S*  +\d+ %  \d+/250 files  [\d.]+/[\d.]+ MB  [\d.]+ MB/s  \d+:\d\d left", line)
                                    for line in lines), lines[-2:])

    def test_no_bar(self):
        nq.make_corpus(self.path("much"), 40, 40)
        self.assertEqual(self.draw(80, args=["-q"]), "")
        self.assertEqual(self.draw(80, {"TERM": "dumb"}), "")
        self.assertNotIn("\x1b[3", self.draw(80, {"NO_COLOR": "1"}))
        self.assertEqual(self.nqindex("--rebuild", self.path("much")).err, "", "not on a terminal")


class Units(nq.Case):
    @unittest.skipUnless(shutil.which("systemd-analyze"), "no systemd-analyze")
    def test_systemd(self):
        """The units are understood by systemd, and run commands that nqindex understands."""
        folders = [os.path.join(nq.BIN, "systemd"), os.path.join(os.path.dirname(__file__), "../../tools/systemd")]
        for name in ("nqindex-watch@.service", "nqindex@.service", "nqindex@.timer"):
            (source,) = [os.path.join(f, name) for f in folders if os.path.exists(os.path.join(f, name))]
            with open(source, encoding="utf-8") as f:
                unit = re.sub(r"(?m)^ExecStart=\S+/nqindex", f"ExecStart={nq.BIN}/nqindex", f.read())
            self.write("units/" + name.replace("@", "@x"), unit)
            for options in re.findall(r"(?m)^ExecStart=\S+ (.*?) *(?:%f)?$", unit):
                self.nqindex(*options.split(), "--help")
        run = subprocess.run(["systemd-analyze", "--user", "--man=no", "verify", *sorted(
            os.path.join(self.path("units"), n) for n in os.listdir(self.path("units")))], capture_output=True, text=True,
            env=dict(os.environ, XDG_RUNTIME_DIR=self.dir))
        if "Failed to" in run.stderr:
            self.skipTest("systemd-analyze cannot work here")
        self.assertEqual((run.returncode, run.stderr), (0, ""))


if __name__ == "__main__":
    nq.main()
