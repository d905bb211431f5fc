"""Formats and encodings: what is read of each, and what is said where it cannot be."""
import json
import os
import shutil
import subprocess
import unittest

import make
import nq
from nq import document, report

FEATURES = os.environ.get("NQ_FEATURES", "").split()
TEXT = ("政策日报\n2026年6月19日\n一、双字节\n新能源汽车产业发展规划印发，明确了充电设施的布局与补贴标准。\n"
        "二、公共数据\n公共数据授权运营办法公布，首批开放二十个场景。\n")
TRADITIONAL = ("政策日報\n2026年6月19日\n一、雙字節\n新能源汽車產業發展規劃印發，明確了充電設施的佈局與補貼標準。\n"
               "二、公共數據\n公共數據授權運營辦法公佈，首批開放二十個場景。\n")


def needs(feature):
    return unittest.skipUnless(feature in FEATURES, f"built without {feature}")


class Formats(nq.Case):
    def read(self, name, content, status=0):
        """The reports that nqtext sees in a file, and what it said of it."""
        path = self.write("in/" + name, content)
        run = self.run_program("nqtext", "--report", "--json", path, status=status)
        return [json.loads(line) for line in run.out.splitlines()], run.err

    def one(self, name, content):
        reports, err = self.read(name, content)
        self.assertEqual(err, "")
        self.assertEqual(len(reports), 1)
        return reports[0]

    def refuses(self, name, content, *patterns):
        """The file is reported by name, with a reason, and its neighbour is read; what the index held stays."""
        self.base()
        path = self.write("in/" + name, content)
        self.write("in/zz.md", report("2026-06-19", "邻居", "这份文件在坏文件之后。"))
        run = self.nqindex(self.path("in"), status=2)
        line = next(l for l in run.err.splitlines() if path in l)
        for pattern in patterns:
            self.assertRegex(line, pattern)
        self.assertEqual(self.total("邻居"), 1)
        self.kept()
        return run


class Encodings(Formats):
    def check(self, name, content, heading="双字节"):
        got = self.one(name, content)
        self.assertEqual(got["date"], "2026-06-19")
        self.assertEqual([s["heading"] for s in got["sections"]][0], heading)

    def test_each(self):
        for name, encoding in (("gbk", "gbk"), ("gb18030", "gb18030"), ("u16", "utf-16"), ("u16le", "utf-16-le"),
                               ("u16be", "utf-16-be"), ("u8", "utf-8"), ("mark", "utf-8-sig")):
            with self.subTest(encoding):
                self.check(name + ".txt", TEXT.encode(encoding))

    def test_big5(self):
        self.check("big5.txt", TRADITIONAL.encode("big5"), "雙字節")

    def test_rare_characters(self):
        """What only GB18030 has, in four bytes."""
        got = self.one("rare.txt", TEXT.replace("政策日报", "䶮州政策日报𠮷").encode("gb18030"))
        self.assertEqual(got["title"], "䶮州政策日报𠮷")

    def test_short(self):
        for text in ("算电协同", "数据", "新质生产力日报"):
            with self.subTest(text):
                reports, _ = self.read("short.txt", text.encode("gb18030"))
                self.assertEqual(reports[0]["title"], text)

    def test_mostly_latin(self):
        """English with a few words of Chinese beyond the first 64 KB."""
        text = "The grid operator said so.\n" * 4000 + "新能源汽车产业发展规划。\n"
        reports, _ = self.read("late.txt", text.encode("gbk"))
        self.assertIn("新能源汽车产业发展规划。", reports[0]["sections"][-1]["paragraphs"][-1])

    def test_records(self):
        lines = "\n".join(document(i, "2026-06-19", "标题", "新能源汽车产业发展规划印发。") for i in range(200))
        for encoding in ("gbk", "utf-16"):
            reports, err = self.read("r.jsonl", lines.encode(encoding))
            self.assertEqual((len(reports), err), (200, ""))

    def test_mixed_folder(self):
        self.write("in/a.txt", TEXT.encode("gbk"))
        self.write("in/b.txt", TRADITIONAL.encode("big5"))
        self.write("in/c.txt", TEXT.encode("utf-16"))
        self.write("in/d.txt", TEXT)
        run = self.nqindex(self.path("in"))
        self.assertEqual(run.err, "")
        self.assertEqual(self.total("授权运营办法"), 4)

    def test_stray_bytes(self):
        """Said once, with what the file was taken for; the rest of the text is there."""
        reports, err = self.read("bad.txt", TEXT.encode("gbk").replace("充电".encode("gbk"), b"\xff\xff"))
        self.assertEqual(len(err.splitlines()), 1)
        self.assertRegex(err, "bad.txt: .*GB18030.*2")
        self.assertIn("\ufffd\ufffd设施的布局", reports[0]["sections"][0]["paragraphs"][0])

    def test_nothing_known(self):
        self.refuses("noise.txt", bytes(i * 7 % 251 for i in range(3000)), "not text")


@needs("archive")
class Archives(Formats):
    def test_compressed(self):
        self.assertEqual(self.one("a.txt.gz", make.gzipped(TEXT.encode("gbk")))["date"], "2026-06-19")
        self.assertEqual(self.one("2026-06-19.md.gz", make.gzipped("# 标题\n\n正文在此。\n"))["title"], "标题")
        twice = make.gzipped(make.gzipped(TEXT))
        self.assertEqual(self.one("twice.gz", twice)["date"], "2026-06-19")

    @unittest.skipUnless(shutil.which("zstd"), "no zstd")
    def test_zstd(self):
        packed = subprocess.run(["zstd", "-q"], input=TEXT.encode(), capture_output=True, check=True).stdout
        self.assertEqual(self.one("a.txt.zst", packed)["date"], "2026-06-19")

    def test_cut(self):
        self.refuses("cut.txt.gz", make.gzipped(TEXT)[:60], "cannot be unpacked")

    def test_walked_as_folders(self):
        files = [("2026/06/报告.md", report("2026-06-18", "归档一", "压缩包里的报告。")),
                 ("b.txt", TEXT.encode("gbk")),
                 ("c.jsonl", document("c1", "2026-06-18", "标题", "压缩包里的记录。"))]
        for name, content in (("z.zip", make.zipped(files)), ("t.tar.gz", make.tarred(files))):
            with self.subTest(name):
                path = self.write("in/" + name, content)
                self.nqindex(path)
                hit = self.search("压缩包里的报告")["hits"][0]
                self.assertEqual(hit["report"]["key"], name + "/2026/06/报告.md")
                self.assertEqual(hit["report"]["path"], path + "/2026/06/报告.md")
                self.assertEqual(hit["report"]["date"], "2026-06-18")
                self.assertEqual(self.search("压缩包里的记录")["hits"][0]["report"]["key"], "c1")
                self.assertEqual(self.total("授权运营办法"), 1)
                self.nqindex(path)
                self.assertEqual(self.stats()["reports"], 3)
                os.remove(path)
                self.nqindex("--prune", self.path("in"))
        self.assertEqual(self.stats()["reports"], 0)

    def test_names_of_windows(self):
        """File names in GB18030, as Windows in Chinese writes them."""
        content = make.zipped([("报告.md", report("2026-06-18", "旧名字", "名字是旧编码。"))])
        raw = content.replace("报告.md".encode(), "报告.m".encode("gbk") + b"\xa1\xa1d")
        self.assertEqual(len(raw), len(content))
        flags = bytearray(raw)
        for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            flags[raw.index(mark) + at + 1] &= ~0x08  # the names are not said to be UTF-8
        self.nqindex(self.write("in/old.zip", bytes(flags)))
        self.assertEqual(self.search("名字是旧编码")["hits"][0]["report"]["key"], "old.zip/报告.m　d")

    def test_bad_neighbours(self):
        good = ("good.md", report("2026-06-18", "好的", "这份文件是好的。"))
        run = self.refuses("bad.zip", make.zipped([("a.png", b"\x89PNG\r\n\x1a\n"), ("b.txt", b""), good]), "bad.zip/a.png")
        self.assertRegex(run.err, "bad.zip/b.txt: empty")
        self.assertEqual(self.total("这份文件是好的"), 1)

    def test_path_tricks(self):
        evil = report("2026-06-18", "越界", "不该读到。")
        names = ("../evil.md", "/abs.md", "a/../../evil.md", "C:\\evil.md", "..\\evil.md")
        for name in names:
            with self.subTest(name):
                run = self.refuses("evil.zip", make.zipped([(name, evil)]), "evil.zip")
                self.assertRegex(run.err, "leads out of the archive")
        content = make.tarred([("ok.md", report("2026-06-18", "正常", "正常文件。"))], [("link.md", "/etc/passwd")])
        self.assertEqual(self.one("links.tar.gz", content)["sections"][0]["heading"], "正常")

    def test_bombs(self):
        line = document(1, "2026-06-18", "标题", "算" * (1 << 20)) + "\n"
        run = self.refuses("bomb.zip", make.zipped([("bomb.jsonl", line * 40)]), "bomb.zip")
        self.assertLess(len(run.err), 20000)
        self.refuses("bomb.txt.gz", make.gzipped("算电协同。" * (1 << 23)), "large|bomb")
        self.refuses("zeros.gz", make.gzipped(b"\0" * (1 << 26)), "not text")

    def test_nested(self):
        inner = ("inner.md", report("2026-06-18", "套娃", "里面的报告。"))
        two = make.zipped([("two.zip", make.zipped([inner]))])
        self.nqindex(self.write("in/one.zip", two))
        self.assertEqual(self.search("里面的报告")["hits"][0]["report"]["key"], "one.zip/two.zip/inner.md")
        deep = make.zipped([inner])
        for _ in range(5):
            deep = make.zipped([("more.zip", deep)])
        self.refuses("deep.zip", deep, "an archive within 2 others")

    def test_cut_zip(self):
        self.refuses("cut.zip", make.zipped([("a.md", "x" * 9999), ("b.md", TEXT)])[:100], "cut.zip")

    def test_false_ending(self):
        """The content decides, not the name."""
        self.assertEqual(self.one("z.txt", make.zipped([("a.md", report("2026-06-18", "假名", "正文。"))]))["date"],
                         "2026-06-18")

    def test_replaced(self):
        path = self.write("in/z.zip", make.zipped([("a.md", report("2026-06-18", "旧文", "蔬菜价格平稳。"))]))
        self.nqindex(path)
        self.write("in/z.zip", make.zipped([("a.md", report("2026-06-18", "新文", "航天发射成功。"))]))
        self.nqindex(path)
        self.assertEqual((self.total("蔬菜价格"), self.total("航天发射")), (0, 1))
        self.verify()


if __name__ == "__main__":
    nq.main()
