"""What a report is: the same when its file moves, one with two paths, in place of an older issue whose text is kept."""
import json
import os
import shutil
import sqlite3
import unittest
import zipfile

import nq
from nq import document, report

OLD = "强化“算电协同”，推进数据中心绿色用电，三季度前完成首批试点验收。"
NEW = "强化“算电协同”，推进数据中心绿色用电，四季度前完成首批试点验收。"


class Identity(nq.Case):
    def update(self, *args, status=0):
        """The account of a run over in/."""
        run = self.nqindex("--json", *args, *([] if args and not args[-1].startswith("-") else [self.path("in")]), status=status)
        return json.loads(run.out)

    def hit(self, query):
        hits = self.search(query)["hits"]
        self.assertEqual(len(hits), 1, hits)
        return hits[0]

    def whole(self, number, status=0):
        return json.loads(self.nqsearch(f"--report={number}", "--json", status=status).out or "null")

    def touch(self, name, seconds):
        os.utime(self.path(name), (seconds, seconds))

    # ---- moved

    def test_renamed(self):
        self.write("in/a.md", report("2026-06-17", "算电协同", OLD))
        self.update()
        before = self.hit("算电协同")
        os.makedirs(self.path("in/2026"))
        os.rename(self.path("in/a.md"), self.path("in/2026/b.md"))
        account = self.update()
        self.assertEqual((account["files_moved"], account["files_read"], account["reports"]), (1, 0, 0))
        after = self.hit("算电协同")
        self.assertEqual(after["passage"], before["passage"])
        self.assertEqual(after["report"]["id"], before["report"]["id"])
        self.assertEqual(after["report"]["key"], "2026/b.md")
        self.assertEqual(after["report"]["path"], self.path("in/2026/b.md"))
        self.assertEqual(self.update("--prune")["files_removed"], 0)
        self.assertEqual(self.hit("算电协同")["report"]["id"], before["report"]["id"])
        self.assertEqual(self.stats()["files"], 1)
        self.verify()

    def test_whole_folder_moved(self):
        for n in range(5):
            self.write(f"in/{n}.md", report("2026-06-17", "算电协同", OLD + str(n)))
        self.update()
        ids = {h["report"]["key"]: h["report"]["id"] for h in self.search("算电协同")["hits"]}
        os.rename(self.path("in"), self.path("moved"))
        account = self.update("--prune", self.path("moved"))
        self.assertEqual((account["files_moved"], account["files_read"]), (5, 0))
        self.assertEqual({h["report"]["key"]: h["report"]["id"] for h in self.search("算电协同")["hits"]}, ids)
        self.verify()

    def test_renamed_records_keep_their_ids(self):
        self.write("in/a.jsonl", document("甲-1", "2026-06-17", "一", OLD) + "\n" + document("甲-2", "2026-06-18", "二", "低空物流。") + "\n")
        self.update()
        before = self.hit("算电协同")["report"]
        os.rename(self.path("in/a.jsonl"), self.path("in/b.jsonl"))
        self.assertEqual(self.update()["files_moved"], 1)
        after = self.hit("算电协同")["report"]
        self.assertEqual((after["id"], after["key"]), (before["id"], "甲-1"))
        self.assertEqual(after["path"], self.path("in/b.jsonl"))
        self.verify()

    def test_date_in_the_name(self):
        """A report that has its date from its name has another one when that changes."""
        self.write("in/20260617.md", "# 政策札记\n\n## 一、算电协同\n\n" + OLD + "\n")
        self.update()
        self.assertEqual(self.hit("算电协同")["date"], "2026-06-17")
        os.rename(self.path("in/20260617.md"), self.path("in/20260618.md"))
        self.assertEqual(self.update()["files_moved"], 1)
        self.assertEqual(self.hit("算电协同")["date"], "2026-06-18")
        self.verify()

    def test_moved_over_another(self):
        """mv corrected.md 2026-06-17.md: the corrected one is the report, the old one its revision."""
        self.write("in/2026-06-17.md", report("2026-06-17", "算电协同", OLD))
        self.write("in/corrected.md", report("2026-06-17", "算电协同", NEW))
        self.update()
        corrected = self.hit("四季度前")["report"]["id"]
        os.replace(self.path("in/corrected.md"), self.path("in/2026-06-17.md"))
        self.assertEqual(self.update()["files_moved"], 1)
        hit = self.hit("试点验收")
        self.assertEqual((hit["report"]["id"], hit["report"]["key"]), (corrected, "2026-06-17.md"))
        self.assertIn("三季度", self.whole(corrected)["revisions"][0]["text"])
        self.assertEqual(self.stats()["files"], 1)
        self.verify()

    @unittest.skipUnless("archive" in os.environ.get("NQ_FEATURES", ""), "no libarchive")
    def test_archive_moved_and_corrected(self):
        """Reports of an archive are named by it; when one file in it changes, the others stay what they are."""
        def pack(name, text):
            with zipfile.ZipFile(self.path(name), "w") as z:
                z.writestr("06/17.md", report("2026-06-17", "算电协同", OLD))
                z.writestr("06/18.md", report("2026-06-18", "低空物流", text))
        os.makedirs(self.path("in"))
        pack("in/a.zip", "江海市三季度开放航线。")
        self.update()
        before = self.hit("算电协同")["report"]
        self.assertEqual(before["key"], "a.zip/06/17.md")
        os.rename(self.path("in/a.zip"), self.path("in/b.zip"))
        account = self.update()
        self.assertEqual((account["files_moved"], account["reports"]), (1, 0))
        after = self.hit("算电协同")["report"]
        self.assertEqual((after["id"], after["key"]), (before["id"], "b.zip/06/17.md"))
        self.assertEqual(self.whole(after["id"])["paths"], [self.path("in/b.zip/06/17.md")])
        pack("in/b.zip", "江海市四季度开放航线。")
        self.assertEqual(self.update()["reports"], 1)
        self.assertEqual(self.hit("算电协同")["report"]["id"], before["id"])
        self.assertIn("三季度", self.whole(self.hit("江海市")["report"]["id"])["revisions"][0]["text"])
        self.verify()

    # ---- copies

    def test_copies(self):
        self.write("in/a.md", report("2026-06-17", "算电协同", OLD))
        self.write("in/b/copy.md", report("2026-06-17", "算电协同", OLD))
        account = self.update()
        self.assertEqual((account["files_read"], account["files_copied"], account["reports"]), (1, 1, 1))
        hit = self.hit("算电协同")
        self.assertEqual(self.whole(hit["report"]["id"])["paths"], [self.path("in/a.md"), self.path("in/b/copy.md")])
        self.assertEqual((self.stats()["files"], self.stats()["reports"]), (2, 1))
        self.assertEqual(self.update()["files_unchanged"], 2)
        self.verify()
        os.remove(self.path("in/a.md"))
        self.assertEqual(self.update("--prune")["files_removed"], 1)
        again = self.hit("算电协同")
        self.assertEqual((again["report"]["id"], again["report"]["key"]), (hit["report"]["id"], "b/copy.md"))
        self.verify()
        os.remove(self.path("in/b/copy.md"))
        self.update("--prune")
        self.assertEqual(self.total("算电协同"), 0)
        self.assertEqual((self.stats()["files"], self.stats()["reports"]), (0, 0))
        self.verify()

    def test_copy_that_changes(self):
        for name in ("in/a.md", "in/b.md"):
            self.write(name, report("2026-06-17", "算电协同", OLD))
        self.update()
        first = self.hit("算电协同")["report"]["id"]
        self.write("in/a.md", report("2026-06-18", "低空物流", "江海市开放低空航线。"))
        self.update()
        hit = self.hit("算电协同")["report"]
        self.assertEqual((hit["id"], hit["key"]), (first, "b.md"))
        self.assertEqual(self.hit("低空航线")["report"]["key"], "a.md")
        self.write("in/b.md", report("2026-06-18", "低空物流", "江海市开放低空航线。"))
        self.assertEqual(self.update()["files_copied"], 1)
        self.assertEqual(self.stats()["reports"], 1)
        self.assertEqual(len(self.whole(self.hit("低空航线")["report"]["id"])["revisions"]), 1)
        self.verify()

    # ---- revisions

    def test_corrected(self):
        self.write("in/2026-06-17.md", report("2026-06-17", "算电协同", OLD))
        self.update()
        old = self.hit("算电协同")["report"]["id"]
        self.write("in/2026-06-17.md", report("2026-06-17", "算电协同", NEW))
        self.assertEqual(self.update()["files_replaced"], 1)
        hit = self.hit("算电协同")
        self.assertIn("四季度", hit["text"])
        self.assertEqual(self.total("“三季度前”"), 0, "an old text is not found")
        whole = self.whole(hit["report"]["id"])
        self.assertEqual(whole["schema"], "nqsearch.report/1")
        self.assertEqual(whole["key"], "2026-06-17.md")
        self.assertIn("四季度", whole["sections"][0]["paragraphs"][0])
        (revision,) = whole["revisions"]
        self.assertIn(OLD, revision["text"])
        self.assertEqual(revision["date"], "2026-06-17")
        self.assertRegex(revision["modified"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
        self.assertEqual(self.whole(old)["id"], hit["report"]["id"], "an old id leads to the report")
        self.assertEqual(self.whole(hit["passage"])["id"], hit["report"]["id"], "so does a passage's")
        self.nqsearch("--report=999999", status=1)
        self.assertIn("三季度", self.nqsearch("--report", str(old), "-v").out)
        self.verify()

    def test_touched_is_not_corrected(self):
        self.write("in/a.md", report("2026-06-17", "算电协同", OLD))
        self.update()
        before = self.hit("算电协同")["report"]["id"]
        self.write("in/a.md", report("2026-06-17", "算电协同", OLD) + "\n\n")
        self.update()
        hit = self.hit("算电协同")["report"]["id"]
        self.assertEqual(hit, before, "white space makes no other report")
        self.assertEqual(self.whole(hit)["revisions"], [])
        self.verify()

    def test_many_revisions(self):
        for n in range(25):
            self.write("in/a.md", report("2026-06-17", "算电协同", f"第 {n:03} 稿。"))
            self.touch("in/a.md", 1_700_000_000 + n)
            self.update()
        texts = [r["text"] for r in self.whole(self.hit("算电协同")["report"]["id"])["revisions"]]
        self.assertEqual(len(texts), 20)
        self.assertIn("第 000 稿", texts[-1])
        self.assertIn("第 023 稿", texts[0])
        self.verify()

    def test_record_corrected_and_added(self):
        """Of a file of records only what has changed is put anew."""
        lines = [document(f"d{n}", "2026-06-17", f"第{n}条", f"第{n}条的内容，算电协同。") for n in range(30)]
        self.write("in/a.jsonl", "\n".join(lines) + "\n")
        self.update()
        ids = {h["report"]["key"]: h["report"]["id"] for h in self.search("-n100", "算电协同")["hits"]}
        lines[7] = document("d7", "2026-06-17", "第7条", "第7条更正后的内容，算电协同。")
        del lines[3]
        lines.append(document("d30", "2026-06-17", "第30条", "新的一条，算电协同。"))
        self.write("in/a.jsonl", "\n".join(lines) + "\n")
        self.assertEqual(self.update()["reports"], 2)
        now = {h["report"]["key"]: h["report"]["id"] for h in self.search("-n100", "算电协同")["hits"]}
        self.assertEqual(set(now), set(ids) - {"d3"} | {"d30"})
        self.assertEqual({k for k in now if k in ids and now[k] != ids[k]}, {"d7"})
        self.assertIn("第7条的内容", self.whole(now["d7"])["revisions"][0]["text"])
        self.verify()

    # ---- the same key in another file

    def test_record_in_another_file(self):
        self.write("in/a.jsonl", document("甲-1", "2026-06-17", "试点", OLD) + "\n")
        self.touch("in/a.jsonl", 1_700_000_000)
        self.update()
        self.write("in/b.jsonl", document("甲-1", "2026-06-17", "试点（更正）", NEW) + "\n")
        self.update()
        hit = self.hit("试点验收")
        self.assertIn("四季度", hit["text"])
        self.assertIn("三季度", self.whole(hit["report"]["id"])["revisions"][0]["text"])
        self.verify()
        self.nqindex("--rebuild", self.path("in"))
        self.assertIn("四季度", self.hit("试点验收")["text"])
        self.assertEqual(len(self.whole(self.hit("试点验收")["report"]["id"])["revisions"]), 1)
        os.remove(self.path("in/b.jsonl"))
        self.update("--prune")
        self.assertIn("三季度", self.hit("试点验收")["text"], "without the correction the old one counts again")
        self.verify()

    def test_older_file_does_not_replace(self):
        self.write("in/b.jsonl", document("甲-1", "2026-06-17", "试点", NEW) + "\n")
        self.update()
        self.write("in/a.jsonl", document("甲-1", "2026-06-17", "试点", OLD) + "\n")
        self.touch("in/a.jsonl", 1_600_000_000)
        self.update()
        hit = self.hit("试点验收")
        self.assertIn("四季度", hit["text"])
        self.assertIn("三季度", self.whole(hit["report"]["id"])["revisions"][0]["text"])
        self.verify()

    def test_same_number_of_others(self):
        """Numbers are names, too: another date or source is another document."""
        self.write("in/a.jsonl", document(1, "2026-06-17", "甲", OLD) + "\n")
        self.write("in/b.jsonl", document(1, "2026-06-18", "乙", NEW) + "\n")
        self.update()
        self.assertEqual(self.total("试点验收"), 2)

    def test_corrected_in_another_folder(self):
        text = OLD + "云岭省同日公布配套价格，青屏县等四地入选首批园区名单。"
        self.write("first/2026-06-17.md", report("2026-06-17", "算电协同", text))
        self.write("second/2026-06-17.md", report("2026-06-17", "算电协同", text.replace("三季度", "四季度")))
        self.write("evening/2026-06-17.md", report("2026-06-17", "低空物流", "江海市开放低空航线，调度规则下月施行，票价另行公布。"))
        self.touch("first/2026-06-17.md", 1_700_000_000)
        self.nqindex(self.path("first"), self.path("second"), self.path("evening"))
        self.assertIn("四季度", self.hit("试点验收")["text"])
        self.assertEqual(self.total("低空航线"), 1, "another series of the same file names is another report")
        self.assertEqual(self.stats()["reports"], 2)
        self.verify()

    # ---- rebuilt, migrated

    def test_rebuild_keeps_revisions(self):
        self.write("in/a.md", report("2026-06-17", "算电协同", OLD))
        self.update()
        self.write("in/a.md", report("2026-06-17", "算电协同", NEW))
        self.update()
        third = NEW.replace("四季度", "年底")
        self.write("in/a.md", report("2026-06-17", "算电协同", third))
        self.nqindex("--rebuild", self.path("in"))
        texts = [r["text"] for r in self.whole(self.hit("算电协同")["report"]["id"])["revisions"]]
        self.assertEqual([t in s for t, s in zip((NEW, OLD), texts)], [True, True])
        self.assertEqual(len(texts), 2)
        self.verify()

    def test_rebuild_waits_for_no_writer(self):
        self.base()
        lock = sqlite3.connect(self.index, isolation_level=None)
        lock.execute("BEGIN IMMEDIATE")
        self.error(self.nqindex("--rebuild", self.path("base"), status=2), "another process is writing")
        lock.execute("ROLLBACK")
        lock.close()
        self.kept()

    def test_rebuild_of_a_damaged_one(self):
        self.base()
        with open(self.index, "r+b") as f:
            f.seek(100)
            f.write(os.urandom(8000))
        self.nqindex("--rebuild", self.path("base"), status=0)
        self.kept()

    def test_older_index(self):
        """An index of schema 1, as the version before made it, is brought up to date, and read before that."""
        self.write("in/reports/2026-06-17.md", report("2026-06-17", "算电协同", OLD))
        self.write("in/a.jsonl", document("甲-1", "2026-06-18", "低空物流", "江海市开放低空航线。") + "\n")
        self.update()
        fresh = self.schema()
        with open(os.path.join(os.path.dirname(__file__), "schema1.sql"), encoding="utf-8") as f:
            downgrade = f.read()
        db = sqlite3.connect(self.index)
        db.executescript(downgrade)
        db.close()
        self.assertEqual(self.total("算电协同"), 1, "an older index can be searched")
        self.error(self.nqindex("--verify", status=2), "older nqsearch")
        before = self.hit("算电协同")["report"]
        os.rename(self.path("in/reports/2026-06-17.md"), self.path("in/moved.md"))
        self.assertEqual(self.update()["files_moved"], 1)
        after = self.hit("算电协同")["report"]
        self.assertEqual((after["id"], after["key"]), (before["id"], "moved.md"))
        self.assertEqual(self.hit("低空航线")["report"]["key"], "甲-1")
        self.assertEqual(self.schema(), fresh)
        self.verify()

    def schema(self):
        db = sqlite3.connect(self.index)
        rows = db.execute("SELECT type, name, tbl_name FROM sqlite_schema WHERE name NOT LIKE 'sqlite%' ORDER BY name").fetchall()
        columns = [db.execute(f"SELECT name, type, \"notnull\", pk FROM pragma_table_info('{r[1]}')").fetchall()
                   for r in rows if r[0] == "table" and not r[1].startswith(("text", "words"))]
        version = db.execute("PRAGMA user_version").fetchone()
        db.close()
        return rows, columns, version

    def test_verify_names_defects(self):
        self.base()
        self.sql("INSERT INTO revision (id, report, modified, key, text) VALUES (9000, 8999, 0, 'x', 'x')")
        self.assertIn("1 revisions of no report", self.nqindex("--verify", status=2).out)
        self.sql("DELETE FROM revision")
        self.sql("INSERT INTO file (path, key, size, modified, hash, copy_of) VALUES ('/x', 'x', 0, 0, 0, 77)")
        self.assertIn("1 copies of no file", self.nqindex("--verify", status=2).out)


if __name__ == "__main__":
    nq.main()
