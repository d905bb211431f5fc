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


@needs("xml")
class Html(Formats):
    PAGE = "<html><head>{}</head><body><h1>政策日报</h1><p>2026年6月19日</p><p>新能源汽车产业发展规划印发，明确补贴标准。</p></body></html>"

    def test_charset(self):
        """What the page says of its encoding, what it says wrongly, and where it says nothing."""
        for charset, encoding in (("gb2312", "gb18030"), ("utf-8", "utf-8"), ("gb2312", "utf-8"), ("utf-8", "gb18030"),
                                  ("big5", "gb18030")):
            with self.subTest(f"{charset} for {encoding}"):
                page = self.PAGE.format(f'<meta charset="{charset}">')
                got = self.one("a.html", page.encode(encoding))
                self.assertEqual((got["title"], got["date"]), ("政策日报", "2026-06-19"))
        for encoding in ("gb18030", "utf-16"):
            self.assertEqual(self.one("a.html", self.PAGE.format("").encode(encoding))["title"], "政策日报")

    def test_deep(self):
        text = "深处的一段话，仍然要读到，因为网页就是这样写的。"
        for tag in ("div", "b", "ul"):
            with self.subTest(tag):
                page = f"<html><body><h1>深</h1>{f'<{tag}>' * 10000}<p>{text}</p>{f'</{tag}>' * 10000}</body></html>"
                reports, _ = self.read("deep.html", page)
                self.assertIn(text, json.dumps(reports, ensure_ascii=False))
        self.refuses("deeper.html", "<html>" + "<b>" * 1000000, "too many or too deep")
        self.refuses("ends.html", "<html>" + "<div>" * 15000 + "</x>" * 500000, "too many or too deep")

    def test_no_text(self):
        self.refuses("empty.html", "<html><body><script>var a;</script></body></html>", "without text")

    def test_entity_bomb(self):
        bomb = '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>' + self.PAGE.format("") + "&b;" * 1000
        self.assertEqual(self.one("bomb.html", bomb)["title"], "政策日报")


@needs("xml")
@needs("archive")
class Docx(Formats):
    def test_document(self):
        p = make.p
        got = self.one("a.docx", make.docx(
            p("新质动态", "a3"), p("临海产业研究院"), p("2026年5月6日"), p("目录", "TOC1"), p("一、算力券\t1", "TOC1"),
            p("算力券发放", "n"), p("市里发放算力券，单家最高三十万元。", note=1), p("名单见附表。", number=2),
            p("另行公布。", number=2), p("数据空间", "n"), p("可信数据空间开始试点，首批两家。"),
            make.table(("任务", "单位"), ("平台\n建设", "市数据局")), p("一项。", number=3), p("趋势判断", "2"),
            p("明年还会更快，投入继续增加。"), p("参考文献", "1"), p("临海日报：《算力券》，2026-05-05，用于核验。", number=2),
            notes=("数字来自市财政局。",)))
        self.assertEqual((got["title"], got["publisher"], got["date"]), ("新质动态", "临海产业研究院", "2026-05-06"))
        self.assertEqual([(s["number"], s["heading"]) for s in got["sections"]],
                         [("一", "算力券发放"), ("二", "数据空间"), (None, "趋势判断")])
        self.assertEqual(got["sections"][0]["paragraphs"], ["市里发放算力券，单家最高三十万元。", "[1] 数字来自市财政局。",
                                                            "1. 名单见附表。", "2. 另行公布。"])
        self.assertEqual(got["sections"][1]["paragraphs"],
                         ["可信数据空间开始试点，首批两家。", "任务 | 单位", "平台 建设 | 市数据局", "一项。"])
        self.assertEqual([(r["source"], r["title"], r["date"]) for r in got["references"]], [("临海日报", "算力券", "2026-05-05")])

    def test_text_in_many_places(self):
        """Text boxes stand for themselves, their fallbacks and deleted text do not; runs join."""
        box = ('<w:p><w:r><mc:AlternateContent xmlns:mc="m"><mc:Choice><w:txbxContent>' + make.p("框里的文字在前，自成一段。")
               + "</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>" + make.p("不再重复。")
               + '</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>算电</w:t></w:r><w:del><w:r><w:delText>旧</w:delText>'
               + "</w:r></w:del><w:ins><w:r><w:t>协同</w:t></w:r></w:ins><w:r><w:instrText>PAGE</w:instrText></w:r>"
               + "<w:r><w:t>，写入规划。</w:t></w:r></w:p>"
               + "<w:p><w:r><w:t>前半句，</w:t><w:txbxContent>" + make.p("另一框。") + "</w:txbxContent><w:t>后半句。</w:t></w:r></w:p>")
        got = self.one("b.docx", make.docx(make.p("政策日报", "1"), make.p("2026年6月19日"), box))
        self.assertEqual(got["sections"][0]["paragraphs"], ["框里的文字在前，自成一段。", "算电协同，写入规划。", "另一框。", "前半句，后半句。"])

    def test_date_of_last_resort(self):
        properties = '<p xmlns:dc="d" xmlns:t="t"><dc:title>属性里的标题</dc:title><t:created>2026-04-03T02:01:00Z</t:created></p>'
        text = make.p("没有日期的一段话，只有文件属性里写着它是什么时候写的。")
        self.assertEqual(self.one("c.docx", make.docx(text, properties=properties))["date"], "2026-04-03")
        self.assertEqual(self.one("2026-01-02.docx", make.docx(text, properties=properties))["date"], "2026-01-02")

    def test_false_ending(self):
        content = make.docx(make.p("政策日报", "1"), make.p("2026年6月19日"), make.p("正文。"))
        self.assertEqual(self.one("really.pdf", content)["date"], "2026-06-19")

    def test_no_zip(self):
        self.refuses("text.docx", TEXT, "not a DOCX file")
        self.refuses("old.docx", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old Office document")
        self.refuses("other.docx", make.zipped([("a.md", "# 甲")]), "not a DOCX file")
        self.refuses("sheet.xlsx", make.zipped([("[Content_Types].xml", "<Types/>"), ("xl/workbook.xml", "<w/>")]),
                     "Office document")

    def test_damaged(self):
        whole = make.docx(*(make.p("一段话。" * 50) for _ in range(100)))
        self.refuses("cut.docx", whole[:len(whole) // 2], "cut.docx")
        self.refuses("empty.docx", make.docx(), "without text")
        self.refuses("broken.docx", make.docx("<w:p><w:r><w:t>没有结束"), "damaged")

    def test_bombs(self):
        entities = ('<!DOCTYPE x [<!ENTITY a "' + "a" * 1000 + '">' + "".join(
            f'<!ENTITY {chr(98 + i)} "{("&" + chr(97 + i) + ";") * 10}">' for i in range(9)) + "]>")
        self.refuses("entities.docx", make.docx("<w:p><w:r><w:t>&j;</w:t></w:r></w:p>", prologue=entities), "damaged")
        self.refuses("large.docx", make.docx(make.p("算" * (1 << 25))), "bomb|larger")
        self.refuses("deep.docx", make.docx("<w:sdt>" * 10000 + make.p("深") + "</w:sdt>" * 10000), "damaged")


@needs("poppler")
class Pdf(Formats):
    PARAGRAPHS = ["# 新质动态", "临海产业研究院", "2026年5月6日", "# 一、算力券发放",
                  "".join(f"市里第{i}次发放算力券，单家最高三十万元。" for i in range(30)), "# 二、数据空间",
                  "".join(f"可信数据空间第{i}批试点，首批两家，年底前再开放五家，覆盖制造与物流。" for i in range(60)), "参考文献",
                  "1. 临海日报：《算力券》，2026-05-05，用于核验金额。"]

    def test_document(self):
        got = self.one("a.pdf", make.pdf(make.typeset(self.PARAGRAPHS)))
        self.assertEqual((got["title"], got["publisher"], got["date"]), ("新质动态", "临海产业研究院", "2026-05-06"))
        self.assertEqual([(s["number"], s["heading"], s["paragraphs"]) for s in got["sections"]],
                         [("一", "算力券发放", [self.PARAGRAPHS[4]]), ("二", "数据空间", [self.PARAGRAPHS[6]])])
        self.assertEqual([(r["source"], r["title"], r["date"]) for r in got["references"]], [("临海日报", "算力券", "2026-05-05")])

    def test_page_numbers(self):
        """Each paragraph knows the page that it begins on."""
        got = self.one("a.pdf", make.pdf(make.typeset(self.PARAGRAPHS)))
        self.assertEqual([s["pages"] for s in got["sections"]], [[1], [1]])
        self.assertEqual(got["references"][0]["page"], 2)
        self.assertNotIn("pages", self.one("a.txt", TEXT)["sections"][0])
        self.nqindex(self.path("in"))
        self.assertEqual(self.search("可信数据空间第9批试点")["hits"][0]["page"], 1)
        self.assertEqual(self.search("kind:reference 算力券")["hits"][0]["page"], 2)
        self.assertIsNone(self.search("充电设施的布局")["hits"][0]["page"])

    def test_footnotes(self):
        """They stand between the halves of a sentence on the page, not in the report."""
        pages = make.typeset(self.PARAGRAPHS)
        self.assertEqual(len(pages), 2)
        pages[0][-1:-1] = [(80, 58, 8, "1 金额由市财政局公布，下一年度可能调整。")]
        got = self.one("notes.pdf", make.pdf(pages))
        self.assertEqual(got["sections"][1]["paragraphs"], [self.PARAGRAPHS[6]])
        self.assertEqual(got["sections"][-1]["heading"], "脚注")
        self.assertEqual(got["sections"][-1]["paragraphs"], ["1 金额由市财政局公布，下一年度可能调整。"])
        self.assertEqual(len(got["references"]), 1)

    def test_list_marks_apart(self):
        """Numbers that stand in a column of their own belong to their text."""
        items = [(80, 700 - 30 * i, 10, f"{i + 1}.") for i in range(3)] + [
            (120, 700 - 30 * i, 10, text) for i, text in enumerate(("名单见附表。", "另行公布。", "到期作废。"))]
        got = self.one("items.pdf", make.pdf([[(80, 780, 20, "政策日报"), (80, 740, 10, "2026年6月19日")] + items]))
        self.assertEqual(got["sections"][0]["paragraphs"], ["1. 名单见附表。", "2. 另行公布。", "3. 到期作废。"])

    def test_printed_page(self):
        """A web page as a browser prints it: a font with tall boxes, paragraphs without indents a gap apart, a centred head that
        pdftotext reads behind what stands left below it, a list whose marks are drawn and no text, words apart in a heading."""
        body = ["商务部门会同能源部门公布限额，超过限额的场馆自明年起不再", "享受体育场馆电价，目前有二十三座超过。"]
        rows = [(200, 790, 20, "冰雪经济每日动态"), (210, 763, 10, "北疆冰雪经济研究中心"), (250, 742, 10, "2026年12月9日"), (60, 722, 10, "摘要")]
        y = 700
        for text, gap in (("今天的主线是把一季变成四季，室内滑雪场公布了能耗的限额。", 28), ("一、能耗限额公布", 28), (body[0], 18), (body[1], 28),
                          (body[0], 18), (body[1], 28)):
            rows.append((60, y, 10, text))
            y -= gap
        rows += [(60, y, 10, "结"), (80, y, 10, "语"), (60, y - 28, 10, body[0]), (60, y - 46, 10, body[1]), (60, y - 74, 10, "参考文献")]
        for i, text in enumerate(("商务部门：《室内滑雪场限额》，2026-12-08，用于", "核验限额数值。", "冰雪时讯：《在哈滨租，去南川还》，2026-12-07，", "用于核验平台数据。")):
            rows.append((90, y - 102 - 18 * i, 10, text))
        got = self.one("print.pdf", make.pdf([rows], tall=True))
        self.assertEqual((got["title"], got["publisher"], got["date"]), ("冰雪经济每日动态", "北疆冰雪经济研究中心", "2026-12-09"))
        self.assertEqual([(s["heading"].replace(" ", ""), s["paragraphs"]) for s in got["sections"]],
                         [("能耗限额公布", ["".join(body)] * 2), ("结语", ["".join(body)])])
        self.assertEqual([(r["source"], r["title"], r["purpose"]) for r in got["references"]],
                         [("商务部门", "室内滑雪场限额", "用于核验限额数值"), ("冰雪时讯", "在哈滨租，去南川还", "用于核验平台数据")])

    def test_narrow_gutter(self):
        """Two columns so close that pdftotext reads across them, below an abstract over both."""
        lines = ["　　甲栏的段落从这里开始，一行接着一行，直到这一栏的末", "尾，乙栏才接着往下读，句子不会断在两栏的中间，也不会", "把左右两行的字混在一起，读者一眼就能看出这是两栏排版。"]
        left = [(50, 600 - 14 * i, 9, line) for i, line in enumerate(lines * 4)]
        right = [(308, 600 - 14 * i, 9, line.replace("甲栏的段落", "乙栏的段落")) for i, line in enumerate(lines * 4)]
        head = [(200, 780, 20, "政策日报"), (240, 740, 9, "2026年6月19日"), (50, 640, 9, "摘要：这一段横跨左右两栏，读在两栏之前，字数也要多一些，" + "一直排到右边。"),
                (50, 620, 9, "一、两栏的排版")]
        rows = [line for pair in zip(left, right) for line in pair]
        got = self.one("gutter.pdf", make.pdf([head + rows]))
        paragraphs = [p for s in got["sections"] for p in s["paragraphs"]]
        whole = "".join(lines).strip("　")
        self.assertEqual(got["abstract"], "这一段横跨左右两栏，读在两栏之前，字数也要多一些，一直排到右边。")
        self.assertEqual("".join(paragraphs), whole * 4 + whole.replace("甲栏的段落", "乙栏的段落") * 4)

    def test_table_and_columns(self):
        rows = [("任务", "单位", "时限"), ("平台建设", "市数据局", "年底"), ("标准制定", "市监管局", "六月")]
        table = [(80 + 150 * k, 600 - 18 * i, 10, cell) for i, row in enumerate(rows) for k, cell in enumerate(row)]
        head = [(80, 780, 20, "政策日报"), (80, 740, 10, "2026年6月19日")]
        got = self.one("table.pdf", make.pdf([head + table]))
        self.assertEqual(got["sections"][0]["paragraphs"], [" | ".join(row) for row in rows])
        column = ["左栏的文字要先读完，然后才读右栏", "的文字，这样句子才不会断在中间。"] * 6
        left = [(60, 600 - 13 * i, 10, line) for i, line in enumerate(column)]
        right = [(320, 600 - 13 * i, 10, line.replace("左", "下").replace("右", "末")) for i, line in enumerate(column)]
        text = json.dumps(self.one("columns.pdf", make.pdf([head + left + right])), ensure_ascii=False)
        self.assertIn("左栏的文字要先读完，然后才读右栏的文字，这样句子才不会断在中间。", text)
        self.assertNotIn(" | ", text)

    def test_stubs(self):
        """Files whose text cannot be had are kept with title and date, and said to be so."""
        image = make.pdf([[], []], info="/CreationDate (D:20260506090000Z)")
        secret = make.pdf(make.typeset(["加密的文字。"]), encrypted=True)
        for name, content, what, date in (("扫描件.pdf", image, "without text", "2026-05-06"),
                                          ("2026-04-03 密件.pdf", secret, "encrypted", "2026-04-03")):
            with self.subTest(name):
                path = self.write("in/" + name, content)
                reports, err = self.read(name, content)
                self.assertRegex(err, what)
                self.assertEqual((reports[0]["date"], reports[0]["title"]), (date, name[:-4]))
                run = self.nqindex(path)
                self.assertEqual(len(run.err.splitlines()), 1)
        self.assertEqual(self.stats()["reports"], 2)
        self.verify()

    def test_damaged(self):
        whole = make.pdf(make.typeset(["一段话。" * 100]))
        self.refuses("noise.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 20, "damaged")
        self.refuses("text.pdf", TEXT, "not a PDF file")
        self.refuses("cut.pdf", whole[:200], "cut.pdf")

    def test_in_an_archive_and_in_memory(self):
        content = make.pdf(make.typeset(["# 新质动态", "2026年5月6日", "压缩包里的扫描之外，也有真正的文字。"]))
        self.nqindex(self.write("in/z.zip", make.zipped([("a.pdf", content)])))
        self.assertEqual(self.search("真正的文字")["hits"][0]["report"]["key"], "z.zip/a.pdf")
        self.assertEqual(self.one("noname", content)["title"], "新质动态")


class Without(Formats):
    """What is not built in is said to be so, file by file."""

    def test_each(self):
        p = make.p("正文。")
        for feature, name, content in (("archive", "a.zip", make.zipped([("a.md", TEXT)])), ("archive", "a.gz", make.gzipped(TEXT)),
                                       ("archive", "a.docx", make.docx(p)), ("xml", "a.html", "<html><p>正文。"),
                                       ("poppler", "a.pdf", make.pdf([[(80, 700, 10, "正文。")]]))):
            if feature not in FEATURES:
                with self.subTest(name):
                    self.refuses(name, content, "built without")


if __name__ == "__main__":
    nq.main()
