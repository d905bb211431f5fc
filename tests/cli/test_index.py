"""The index file: none, foreign, newer, damaged, locked, on a full or failing disk, in odd places."""
import os
import random
import shutil
import sqlite3
import unittest

import nq
from nq import report


class Index(nq.Case):
    def setUp(self):
        super().setUp()
        self.base()

    def test_none(self):
        run = self.nqsearch("-i", self.path("none.db"), "算电协同", status=2)
        self.error(run, r"none\.db: .*nqindex")
        self.assertFalse(os.path.exists(self.path("none.db")))

    def test_no_database(self):
        for content in (b"just text, and long enough to be no header" * 100, b"SQLite format 3\0" + b"\xff" * 5000):
            path = self.write("text.db", content)
            self.error(self.nqsearch("-i", path, "算电协同", status=2), r"text\.db: not an index|text\.db: .*damaged")
            self.error(self.nqindex("-i", path, self.path("base"), status=2), r"text\.db: ")
            with open(path, "rb") as f:
                self.assertEqual(f.read(), content, "a foreign file stays as it is")

    def test_nothing_is_written_over(self):
        """Neither a copy nor a rebuild takes the place of what is no index."""
        other = self.path("other.db")
        sqlite3.connect(other).execute("CREATE TABLE mine (x)").connection.close()
        for path in (self.write("文稿.docx", b"PK\x03\x04" + b"x" * 200), self.write("short.txt", b"mine"), other):
            with open(path, "rb") as f:
                content = f.read()
            for args in (("--backup=" + path,), ("--copy-to=" + path,), ("--rebuild", "-i", path, self.path("base"))):
                self.error(self.nqindex("-q", *args, status=2), "not an index, so it is not written over")
                with open(path, "rb") as f:
                    self.assertEqual(f.read(), content)
        empty = self.write("empty.db", b"")
        self.nqindex("-q", "--backup=" + empty)
        self.nqindex("-q", "--backup=" + empty)  # over an older copy
        self.assertEqual(self.search("-i", empty, "算电协同")["total"], 1)

    def test_foreign_database(self):
        path = self.path("other.db")
        db = sqlite3.connect(path)
        db.execute("CREATE TABLE mine (x)")
        db.commit()
        db.close()
        for run in (self.nqsearch("-i", path, "算电协同", status=2), self.nqindex("-i", path, self.path("base"), status=2)):
            self.error(run, r"other\.db: not an index")
        db = sqlite3.connect(path)
        self.assertEqual([row[0] for row in db.execute("SELECT name FROM sqlite_schema")], ["mine"])
        db.close()

    def test_folder(self):
        self.error(self.nqsearch("-i", self.dir, "算电协同", status=2), "director|folder")
        self.error(self.nqindex("-i", self.dir, self.path("base"), status=2), "director|folder")

    def test_place_that_is_none(self):
        run = self.nqindex("-i", self.path("no/such/folder/nq.db"), self.path("base"), status=(0, 2))
        if run.status == 2:
            self.error(run, "no/such/folder")

    def test_newer(self):
        (version,) = sqlite3.connect(self.index).execute("PRAGMA user_version").fetchone()
        self.sql("PRAGMA user_version = 9999")
        for run in (self.nqsearch("算电协同", status=2), self.nqindex(self.path("base"), status=2)):
            self.error(run, r"nq\.db: .*newer")
        self.sql(f"PRAGMA user_version = {version}")
        self.kept()

    def test_locked(self):
        self.write("base/new.md", report("2026-06-19", "新来的", "等着写入。"))
        lock = sqlite3.connect(self.index, isolation_level=None)
        lock.execute("BEGIN IMMEDIATE")
        self.error(self.nqindex(self.path("base"), status=2), r"nq\.db: another process is writing")
        self.assertEqual(self.total("算电协同"), 1, "readers do not wait for the writer")
        lock.execute("ROLLBACK")
        lock.close()
        self.kept()
        self.nqindex(self.path("base"))
        self.assertEqual(self.total("新来的"), 1)

    def test_damaged(self):
        """Random damage: an error or an answer, never a crash; --verify names it."""
        nq.make_corpus(self.path("much"), 12, 40)
        self.nqindex("-q", self.path("much"))
        self.nqindex("-q", "--optimize")
        with open(self.index, "rb") as f:
            whole = f.read()
        rng = random.Random(7)
        noticed = 0
        for _ in range(12):
            broken = bytearray(whole)
            for _ in range(3):
                at = rng.randrange(4096, len(whole) - 600)
                broken[at:at + 512] = rng.randbytes(512)
            self.write("broken.db", bytes(broken))
            for ending in ("-wal", "-shm"):
                if os.path.exists(self.path("broken.db" + ending)):
                    os.remove(self.path("broken.db" + ending))
            run = self.nqindex("-i", self.path("broken.db"), "--verify", status=(0, 1, 2))
            noticed += run.status != 0 and bool(run.err or run.out)
            self.nqsearch("-i", self.path("broken.db"), "算电协同", status=(0, 1, 2))
            self.nqindex("-q", "-i", self.path("broken.db"), self.path("base"), status=(0, 2))
        self.assertGreater(noticed, 6)

    @unittest.skipIf(nq.ENGINE == "xapian", "it is about one file")
    def test_cut_off(self):
        with open(self.index, "rb") as f:
            whole = f.read()
        for size in (1, 99, 100, 4096, len(whole) // 2, len(whole) - 1):
            path = self.write(f"cut{size}.db", whole[:size])
            run = self.nqsearch("-i", path, "算电协同", status=(0, 1, 2))
            if run.status == 2:
                self.error(run, r"cut\d+\.db: ")

    @unittest.skipUnless(nq.FULL, "no library that fills the disk")
    def test_full_disk(self):
        nq.make_corpus(self.path("much"), 24, 40)
        before = os.path.getsize(self.index)
        for room in (0, 100, 4096, 30000, 100000, 250000, 600000):
            env = {"LD_PRELOAD": nq.FULL, "NQ_FULL_AFTER": str(room)}
            run = self.nqindex("-q", self.path("much"), status=(0, 2), env=env)
            if run.status == 0:
                break
            self.error(run, r"nq\.db.*: .*no space left")
            self.kept()
        self.assertGreater(room, before, "the disk was never large enough to write anything")
        self.nqindex("-q", self.path("much"))
        self.kept()
        whole = self.stats()
        os.remove(self.index)
        self.nqindex("-q", self.path("base"), self.path("much"))
        self.assertEqual(self.stats(), whole, "after a full disk the same as without")

    @unittest.skipUnless(nq.FULL, "no library that fills the disk")
    def test_full_disk_new_index(self):
        """No half-made index is left behind that a later run would stumble over."""
        index = self.path("fresh.db")
        for room in (0, 4096, 20000, 60000):
            env = {"LD_PRELOAD": nq.FULL, "NQ_FULL_AFTER": str(room)}
            self.error(self.nqindex("-q", "-i", index, self.path("base"), status=2, env=env), "no space left")
        self.nqindex("-i", index, self.path("base"))
        self.nqindex("-i", index, "--verify")
        self.nqsearch("-i", index, "算电协同")

    @unittest.skipUnless(nq.FULL, "no library that fills the disk")
    def test_full_disk_rebuild_and_backup(self):
        for room in (0, 4096, 20000, 60000):
            env = {"LD_PRELOAD": nq.FULL, "NQ_FULL_AFTER": str(room)}
            self.error(self.nqindex("-q", "--rebuild", self.path("base"), status=2, env=env), "no space left")
            self.error(self.nqindex("-q", "--backup=" + self.path("copy.db"), status=2, env=env), "no space left")
            self.assertFalse(os.path.exists(self.path("copy.db")))
            self.assertEqual([n for n in os.listdir(self.dir) if "unfinished" in n], [])
            self.kept()

    @unittest.skipUnless(nq.FULL, "no library that fails the disk")
    def test_failing_disk(self):
        self.write("base/new.md", report("2026-06-19", "新来的", "写不下去。"))
        run = self.nqindex("-q", self.path("base"), status=(0, 2), env={"LD_PRELOAD": nq.FULL, "NQ_SYNC_FAILS": "1"})
        if run.status == 2:
            self.error(run, r"nq\.db: ")
        self.kept()
        self.nqindex("-q", self.path("base"))
        self.assertEqual(self.total("新来的"), 1)

    def test_odd_places(self):
        for name in ("with space/nq 1.db", "目录/政策 索引.db", "100%/a?b#c.db", "'quote\".db"):
            path = self.path(name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            self.nqindex("-i", path, self.path("base"))
            self.nqindex(f"--index={path}", "--verify")
            self.assertEqual(self.search("-i", path, "算电协同")["total"], 1)

    def test_read_only_place(self):
        index = self.path("只读 5%?#/nq.db")
        folder = os.path.dirname(index)
        os.makedirs(folder)
        nq.copy(self.index, index)
        os.chmod(index, 0o444)
        os.chmod(folder, 0o555)
        self.addCleanup(os.chmod, folder, 0o755)
        user = 65534 if os.geteuid() == 0 else None
        os.chmod(self.dir, 0o755)
        try:
            run = self.nqsearch("-i", index, "算电协同", user=user)
        except PermissionError:
            self.skipTest("nobody may not run the programs here")
        self.assertIn("2026-06-17", run.out)
        self.error(self.nqindex("-i", index, self.path("base"), user=user, status=2), r"nq\.db: ")

    def test_default_place(self):
        env = {"NQ_INDEX": "", "XDG_DATA_HOME": self.path("data")}
        self.nqindex("-q", self.path("base"), env=env)
        self.assertTrue(os.path.exists(self.path("data/nqsearch/nq.db")))
        self.nqsearch("算电协同", env=env)
        env = {"NQ_INDEX": "", "XDG_DATA_HOME": "", "HOME": self.path("home")}
        self.nqindex("-q", self.path("base"), env=env)
        self.assertTrue(os.path.exists(self.path("home/.local/share/nqsearch/nq.db")))

    def test_rebuild_and_backup(self):
        self.nqindex("--backup=" + self.path("copy.db"))
        self.assertEqual(self.search("-i", self.path("copy.db"), "算电协同")["total"], 1)
        self.nqindex("-i", self.path("copy.db"), "--verify")
        self.write("base/new.md", report("2026-06-19", "新来的", "重建时加入。"))
        self.nqindex("--rebuild", self.path("base"))
        self.assertEqual(self.total("新来的"), 1)
        self.kept()
        self.nqindex("--rebuild", self.path("nowhere"), status=2)
        self.assertEqual(self.total("新来的"), 1)
        self.kept()

    def test_rebuild_under_a_reader(self):
        """A reader keeps the old index, the next one sees the new one: no log or shared memory of the old is mixed in."""
        nq.make_corpus(self.path("much"), 40, 20)
        self.nqindex("-q", self.path("much"))
        reader = sqlite3.connect(f"file:{self.index}?mode=ro", uri=True, isolation_level=None)
        reader.execute("BEGIN")
        self.assertGreater(reader.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0], 0)
        self.nqindex("-q", "--rebuild", self.path("base"))
        self.kept()
        self.write("base/new.md", report("2026-06-19", "新来的", "重建以后。"))
        self.nqindex("-q", self.path("base"))
        self.assertEqual(self.total("新来的"), 1)
        self.assertEqual(reader.execute("PRAGMA integrity_check").fetchone()[0], "ok")
        reader.close()
        self.kept()
        self.assertEqual(self.stats()["reports"], 3)

    def test_changed_and_unchanged(self):
        run = self.nqindex(self.path("base"))
        self.assertRegex(run.out + run.err, "2 unchanged")
        self.write("base/2026-06-17.md", report("2026-06-17", "换了", "换成了别的内容。"))
        self.nqindex(self.path("base"))
        self.assertEqual(self.total("算电协同"), 0)
        self.assertEqual(self.total("换成了别的"), 1)
        self.assertEqual(self.stats()["reports"], 2)
        self.verify()

    def test_no_log_left(self):
        for name in os.listdir(self.dir):
            self.assertFalse(name.endswith("-wal") and os.path.getsize(self.path(name)) > 0, "a log was left")


if __name__ == "__main__":
    nq.main()
