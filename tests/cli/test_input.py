"""Input that is no report, or a broken one: the message, the status, and that the rest is read and nothing was lost."""
import json
import os
import shutil
import subprocess
import unittest
import zipfile

import nq
from nq import document, report

MANY_MB = 300
MEMORY_MB = 64


class Input(nq.Case):
    def setUp(self):
        super().setUp()
        self.base()

    def refuses(self, name, content, *patterns):
        """The file is reported by name and leaves the index as it was; a good neighbour is read all the same."""
        path = self.write("in/" + name, content)
        self.write("in/zz.md", report("2026-06-19", "邻居", "这份文件在坏文件之后。"))
        run = self.nqindex("-q", self.path("in"), status=2)
        run = self.nqindex(path, status=2)
        line = next(l for l in run.err.splitlines() if path in l)
        self.assertRegex(line, "^nqindex: ")
        for pattern in patterns:
            self.assertRegex(line, pattern)
        self.assertEqual(self.total("邻居"), 1)
        self.kept()

    def test_empty(self):
        self.refuses("empty.txt", "", "empty")

    def test_white_space_only(self):
        self.refuses("blank.md", "\n \u3000\n\ufeff\n", "empty|no text|nothing")

    def test_binary(self):
        self.refuses("binary.txt", os.urandom(5000) + b"\0" * 100, "not text")

    def test_program(self):
        with open("/bin/sh", "rb") as f:
            self.refuses("program.md", f.read(), "not text")

    def test_image(self):
        self.refuses("image.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 10, "not text")

    def test_missing(self):
        run = self.nqindex(self.path("nowhere"), status=2)
        self.error(run, "nowhere: No such file")
        self.kept()

    def test_one_missing_reads_nothing(self):
        self.write("in/a.md", report("2026-06-19", "邻居", "不读。"))
        self.nqindex(self.path("in"), self.path("nowhere"), status=2)
        self.assertEqual(self.total("邻居"), 0)

    def test_folder_without_rights(self):
        self.write("in/closed/a.md", report("2026-06-19", "关门", "读不到。"))
        self.write("in/open.md", report("2026-06-19", "开门", "读得到。"))
        os.chmod(self.path("in/closed"), 0)
        self.addCleanup(os.chmod, self.path("in/closed"), 0o700)
        user = None
        if os.geteuid() == 0:
            user = 65534
            os.chmod(self.dir, 0o777)
            for folder, folders, names in os.walk(self.dir):
                for name in folders + names:
                    if "nq.db" in os.path.join(folder, name):
                        os.chown(os.path.join(folder, name), user, user)
            try:
                subprocess.run([os.path.join(nq.BIN, "nqindex"), "--version"], user=user, check=True, capture_output=True)
            except (OSError, subprocess.SubprocessError):
                self.skipTest("nobody may not run the programs here")
        run = self.nqindex(self.path("in"), status=2, user=user)
        self.assertRegex(run.err, "nqindex: .*closed: Permission denied")
        self.assertEqual(self.total("开门"), 1)
        self.kept()

    def test_file_gone_bad_keeps_what_it_was(self):
        """A report that was read once and then turned into rubbish: the old text stays until it is pruned."""
        self.write("base/2026-06-17.md", b"\0\1\2\3" * 100)
        self.nqindex(self.path("base"), status=2)
        self.kept()

    def test_pruned(self):
        os.remove(self.path("base/2026-06-17.md"))
        self.nqindex(self.path("base"))
        self.assertEqual(self.total("算电协同"), 1)
        self.nqindex("--prune", self.path("base"))
        self.assertEqual(self.total("算电协同"), 0)
        self.assertEqual(self.total("民营经济促进法"), 1)
        self.verify()

    def test_nul_bytes(self):
        text = report("2026-06-19", "零字节", "新能源汽车产业发展规划。" * 200)
        path = self.write("nul.md", text.replace("产业", "产\0业", 1))
        run = self.nqindex(path)
        self.assertEqual(len([l for l in run.err.splitlines() if "nul.md" in l]), 1, run.err)
        self.nqsearch("零字节")
        self.kept()

    def test_invalid_utf8(self):
        text = report("2026-06-19", "坏字节", "新能源汽车产业发展规划。" * 200).encode()
        path = self.write("bad.md", text.replace("产业".encode(), b"\xe4\xba\xff\xc0\x80", 3))
        run = self.nqindex(path)
        lines = [l for l in run.err.splitlines() if "bad.md" in l]
        self.assertEqual(len(lines), 1, "reported once: " + run.err)
        self.assertRegex(lines[0], "UTF-8|U\\+FFFD")
        self.assertTrue(any("\ufffd" in hit["text"] for hit in self.search("坏字节")["hits"]))
        self.kept()

    def test_without_date(self):
        path = self.write("undated.md", "# 调研札记\n\n## 一、无日期\n\n没有写明日期的札记。\n")
        run = self.nqindex(path)
        self.assertRegex(run.err, "undated.md: .*date")
        hit = self.search("无日期")["hits"][0]
        self.assertIsNone(hit["date"])
        self.assertIsNone(hit["report"]["date"])
        self.assertEqual(self.stats()["undated"], 1)
        self.nqsearch("--from=2000", "无日期", status=1)

    def test_two_of_one_date(self):
        self.write("in/a.md", report("2026-06-19", "同日", "第一份，数据要素。"))
        self.write("in/b.md", report("2026-06-19", "同日", "第二份，数据要素。"))
        self.nqindex(self.path("in"))
        hits = self.search("数据要素")["hits"]
        self.assertEqual({h["report"]["key"] for h in hits}, {"a.md", "b.md"})
        self.assertEqual({h["date"] for h in hits}, {"2026-06-19"})
        self.kept()

    def test_records_that_are_none(self):
        lines = [
            document(1, "2026-06-20", "好一", "第一条记录。"),
            "[1, 2]",
            "not json",
            '{"id": "4", "title": "没有正文"}',
            '"just a string"',
            '{"id": "6", "date": "2026-02-30", "title": "日期不存在", "text": "第六条记录。"}',
            "",
            '{"id": 8, "text": ["no", "string"]}',
            '{"id": "9", "text": "cut off',
            document(10, "2026-06-20", "好二", "第十条记录。"),
        ]
        path = self.write("r.jsonl", "\n".join(lines) + "\n")
        run = self.nqindex(path, status=2)
        for number in (2, 3, 4, 5, 8, 9):
            self.assertRegex(run.err, rf"(?m)^nqindex: .*r\.jsonl:{number}: ")
        for number in (1, 7, 10):
            self.assertNotRegex(run.err, rf"r\.jsonl:{number}: ")
        self.assertEqual(self.total("第一条记录"), 1)
        self.assertEqual(self.total("第十条记录"), 1)
        self.kept()

    def test_same_id_twice(self):
        """The first record of an id counts, whether it is new, as it was, or behind that of a newer file."""
        first, second = document(1, "2026-06-20", "前", "前面的记录。"), document(1, "2026-06-20", "后", "后面的记录。")
        other = document(2, "2026-06-20", "旁", "旁边的记录。")
        for before in ([], [first, other], [second]):
            self.write("twice.jsonl", "\n".join([*before, ""]) or "\n")
            self.nqindex(self.path("twice.jsonl"), status=(0, 2))
            path = self.write("twice.jsonl", "\n".join([first, other, second, first]) + "\n")
            run = self.nqindex(path, status=2)
            self.assertEqual([l.split(": ")[1].split(":")[-1] for l in run.err.splitlines() if "earlier line" in l], ["3", "4"], run.err)
            self.assertEqual([self.total(f'"{q}"') for q in ("前面的记录", "后面的记录", "旁边的记录")], [1, 0, 1])
            self.kept()
        self.write("newer.jsonl", document(5, "2026-06-20", "新", "更新的记录。") + "\n")
        self.nqindex(self.path("newer.jsonl"))
        lines = [document(5, "2026-06-20", title, text) for title, text in (("早", "较早的记录。"), ("又", "重复的记录。"))]
        path = self.write("older.jsonl", "\n".join(lines) + "\n")
        os.utime(path, (1_600_000_000, 1_600_000_000))
        run = self.nqindex(path, status=2)
        self.assertIn(":2: ", run.err)
        hit, = self.search('"更新的记录"')["hits"]
        whole = json.loads(self.nqsearch(f"--report={hit['report']['id']}", "--json").out)
        self.assertEqual([r["text"].strip() for r in whole["revisions"]], ["较早的记录。"])

    def test_same_id_in_two_files_of_an_archive(self):
        def pack(*texts):
            with zipfile.ZipFile(self.path("a.zip"), "w") as z:
                for n, text in enumerate(texts):
                    z.writestr(f"{n}.jsonl", document(1, "2026-06-20", "一", text) + "\n" + document(1, "2026-06-20", "一", "重复的记录。") + "\n")
        for texts in (("甲地的记录。", "乙地的记录。"), ("甲地的记录。", "乙地的新记录。"), ("甲地的新记录。", "乙地的新记录。", "丙地的记录。")):
            pack(*texts)
            run = self.nqindex(self.path("a.zip"), status=2)
            self.assertEqual(run.err.count("jsonl:2: "), len(texts), run.err)
            self.assertEqual([self.total(f'"{t[:-1]}"') for t in texts], [1] * len(texts))
            self.assertEqual(self.total('"重复的记录"'), 0)
            self.kept()
        before = self.ids("记录")
        pack("甲地的新记录。", "乙地的新记录。", "丙地的记录。", "丁地的记录。")
        self.nqindex(self.path("a.zip"), status=2)
        self.assertEqual(len(before - self.ids("记录")), 0, "what is as it was keeps its place")
        self.assertEqual(self.total('"重复的记录"'), 0)

    def ids(self, query):
        return {h["passage"] for h in self.search(query)["hits"]}

    def write_long(self, name, before, after):
        """A file of MANY_MB between two texts; in pieces, as a child's peak begins with its parent's memory."""
        path = self.path(name)
        piece = ("算电协同。" * 66667).encode("utf-8")
        with open(path, "wb") as f:
            f.write(before.encode("utf-8"))
            for _ in range(MANY_MB):
                f.write(piece)
            f.write(after.encode("utf-8"))
        return path

    def test_very_long_record(self):
        path = self.write_long("long.jsonl", document(1, "2026-06-20", "前", "超长行之前。") + '\n{"id":"2","text":"',
                               '"}\n' + document(3, "2026-06-20", "后", "超长行之后。") + "\n")
        run = self.nqindex(path, status=(0, 2))
        if run.status == 2:
            self.assertRegex(run.err, r"long\.jsonl:2: ")
        if not nq.SANITIZED:
            self.assertLess(run.peak_mb, MEMORY_MB)
        self.assertEqual(self.total("超长行之前"), 1)
        self.assertEqual(self.total("超长行之后"), 1)
        self.verify()
        self.assertEqual(self.total("民营经济促进法"), 1)

    def test_very_long_line_of_text(self):
        path = self.write_long("long.txt", "", "")
        run = self.nqindex(path, status=2)
        self.assertRegex(run.err, r"long\.txt: .*(large|long)")
        if not nq.SANITIZED:
            self.assertLess(run.peak_mb, MEMORY_MB)
        self.kept()

    def test_deep_json(self):
        self.write("deep.jsonl", "[" * 100000 + "\n" + document(2, "2026-06-20", "后", "深嵌套之后。") + "\n")
        self.nqindex(self.path("deep.jsonl"), status=2)
        self.assertEqual(self.total("深嵌套之后"), 1)

    def test_links_and_pipes(self):
        """A link to nowhere, a link in a circle and a named pipe: nothing hangs."""
        os.makedirs(self.path("odd"))
        os.symlink("nowhere", self.path("odd/gone.md"))
        os.symlink(".", self.path("odd/circle"))
        os.mkfifo(self.path("odd/pipe.txt"))
        self.write("odd/good.md", report("2026-06-19", "邻居", "好文件。"))
        self.nqindex(self.path("odd"), status=(0, 2))
        self.assertEqual(self.total("邻居"), 1)
        self.assertEqual(self.stats()["reports"], 3)

    def test_odd_names(self):
        for n, name in enumerate(("a b/报 告.md", "-x.md", "100%?#.md", "n\new.md", "'; DROP TABLE x; --.md")):
            self.write("names/" + name, report("2026-06-19", "怪名字", f"文件名怪，第 {n} 份。"))
        self.nqindex(self.path("names"))
        self.assertEqual(self.total("怪名字"), 5)
        self.kept()

    def test_index_inside_the_folder(self):
        """The index and its log are no input, and no failure."""
        shutil.copytree(self.path("base"), self.path("both"))
        index = self.path("both/nq.db")
        self.nqindex("-i", index, self.path("both"))
        run = self.nqindex("-i", index, self.path("both"))
        self.assertEqual(run.err, "")


if __name__ == "__main__":
    nq.main()
