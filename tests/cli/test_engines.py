"""What an index of Xapian has of its own: which engine, moving over, two stores in step, damage."""
import os
import random
import shutil
import sqlite3
import subprocess
import unittest

import nq
from nq import report


class Engines(nq.Case):
    def setUp(self):
        super().setUp()
        nq.make_corpus(self.path("much"), 12, 8)
        self.nqindex("-q", "--engine=xapian", self.path("much"))
        self.set = self.index + ".xapian/1"

    def hits(self, index, query):
        return [(h["passage"], h["partial"]) for h in self.search("-i", index, "-n", "5", query)["hits"]]

    def test_remembered(self):
        self.write("more/a.md", report("2026-06-17", "算电协同", "数据中心强化“算电协同”。"))
        self.nqindex("-q", self.path("more"))
        self.assertEqual(self.total('"算电协同"'), 1)
        self.nqindex("-q", "--rebuild", self.path("more"))
        self.assertEqual(self.total('"算电协同"'), 1)
        self.nqindex("-q", self.path("more"))  # the set of the old index stays for its readers until somebody writes
        self.assertEqual(os.listdir(self.index + ".xapian"), ["2"])
        self.verify()

    def test_optimize(self):
        before, hits = sum(e.stat().st_size for e in os.scandir(self.set + "/0")), self.hits(self.index, "数据要素")
        self.nqindex("-q", "--optimize")
        self.assertEqual(self.hits(self.index, "数据要素"), hits)
        self.verify()
        self.assertLess(sum(e.stat().st_size for e in os.scandir(self.index + ".xapian/2/0")), before)
        self.nqindex("-q", self.path("much"))
        self.assertEqual(os.listdir(self.index + ".xapian"), ["2"])

    def test_another_engine(self):
        self.error(self.nqindex("--engine=fts5", self.path("much"), status=2), r"nq\.db: made for xapian")
        self.error(self.nqindex("--engine=lucene", self.path("much"), status=2), "lucene: no such engine")
        self.error(self.nqindex("--engine=fts5", "--shards=2", self.path("much"), status=2), "only the engine xapian has shards")
        self.error(self.nqindex("--shards=0", self.path("much"), status=2), "from 1 to")
        self.verify()

    def test_copy_over(self):
        """There and back, without the source files."""
        shutil.rmtree(self.path("much"))
        self.nqindex("-q", "--copy-to=" + self.path("fts.db"), "--engine=fts5")
        self.nqindex("-q", "-i", self.path("fts.db"), "--copy-to=" + self.path("back.db"), "--engine=xapian", "--shards=3")
        self.nqindex("-q", "--backup=" + self.path("saved.db"))
        self.assertFalse(os.path.exists(self.path("fts.db.xapian")))
        self.assertEqual(sorted(os.listdir(self.path("back.db.xapian/1"))), ["0", "1", "2"])
        for name in ("fts.db", "back.db", "saved.db"):
            self.nqindex("-i", self.path(name), "--verify")
            for query in ('"数据要素"', "人工智能", "新能源并网试点", "date:2025-01 安全"):
                self.assertEqual(self.hits(self.path(name), query), self.hits(self.index, query), (name, query))

    def test_shards_lost(self):
        """The database has the text, so shards that are gone are made anew by whoever writes next."""
        whole = self.hits(self.index, "数据要素")
        shutil.rmtree(self.index + ".xapian")
        self.error(self.nqsearch("数据要素", status=2), r"nq\.db\.xapian/1/0: no Xapian database")
        self.nqindex("-q", self.path("much"))
        self.assertEqual(self.hits(self.index, "数据要素"), whole)
        self.verify()

    def test_older_shards(self):
        """Shards of an earlier day beside a database of today."""
        shutil.copytree(self.set, self.path("old"))
        self.write("more/a.md", report("2026-06-17", "算电协同", "数据中心强化“算电协同”。"))
        os.remove(self.path("much/0000.md"))
        self.nqindex("-q", "--prune", self.path("more"), self.path("much"))
        shutil.rmtree(self.set)
        shutil.move(self.path("old"), self.set)
        self.nqindex("-q", self.path("more"))
        self.assertEqual(self.total('"算电协同"'), 1)
        self.verify()

    def test_database_of_an_earlier_day(self):
        """And the other way: readers do not see what the database does not know."""
        shutil.copy(self.index, self.path("old.db"))
        before = self.total("数据")
        self.write("more/a.md", report("2026-06-17", "算电协同", "数据中心强化“算电协同”，数据共享。"))
        self.nqindex("-q", self.path("more"))
        self.assertEqual(self.total("数据"), before + 1)
        shutil.copy(self.path("old.db"), self.index)
        self.assertEqual((self.total("数据"), self.total('"算电协同"')), (before, 0))
        self.verify()
        self.nqindex("-q", self.path("much"))
        self.assertEqual((self.total("数据"), self.total('"算电协同"')), (before, 0))
        self.verify()

    @unittest.skipUnless(shutil.which("xapian-metadata"), "no xapian-metadata")
    def test_another_form(self):
        """Shards whose documents were made otherwise: they answer, and who writes next makes them anew."""
        shard, before = os.path.join(self.set, "0"), self.hits(self.index, "数据要素")
        subprocess.run(["xapian-metadata", "set", shard, "form", "0"], check=True)
        self.assertTrue(self.hits(self.index, "数据要素"))
        self.nqindex("-q", self.write("more/a.md", report("2026-06-17", "算电协同", "数据中心强化“算电协同”。")))
        self.assertEqual(subprocess.run(["xapian-metadata", "get", shard, "form"], capture_output=True, text=True).stdout.strip(), "1")
        self.assertEqual((self.hits(self.index, "数据要素"), self.total('"算电协同"')), (before, 1))
        self.verify()

    def test_damage(self):
        """Tables cut off, changed or of another version: one line that names them, and the text is not lost."""
        for table, change in (("postlist.glass", None), ("position.glass", None), ("termlist.glass", None),
                              ("iamglass", b"\x0f\x0dXapian Glass\x7f\x7f" + bytes(100)), ("iamglass", b"nothing")):
            shutil.copytree(self.set, self.path("kept"))
            path = os.path.join(self.set, "0", table)
            if change:
                with open(path, "wb") as f:
                    f.write(change)
            else:
                os.truncate(path, os.path.getsize(path) // 2 - 100)
            for program, arguments in (("nqsearch", ("数据要素 改革",)), ("nqindex", ("--verify",))):
                run = self.run_program(program, *arguments, status=(0, 1, 2))
                if run.status == 2 and not run.out:
                    self.error(run, r"nq\.db\.xapian/1/0: (the Xapian database is damaged|made by another version)")
            self.assertEqual(self.nqindex("--verify", status=2).status, 2)
            self.nqindex("-q", "--rebuild", self.path("much"))
            self.verify()
            nq.remove(self.index)
            self.nqindex("-q", "--engine=xapian", self.path("much"))
            shutil.rmtree(self.path("kept"))

    def test_locked(self):
        """Another program that writes to the shards."""
        lock = subprocess.Popen(["python3", "-c", "import fcntl, sys, time\nf = open(sys.argv[1], 'r+')\nfcntl.lockf(f, fcntl.LOCK_EX)\n"
                                 "print('locked', flush=True)\ntime.sleep(60)", os.path.join(self.set, "0", "flintlock")], stdout=subprocess.PIPE)
        self.addCleanup(lock.stdout.close)
        self.addCleanup(lock.wait)
        self.addCleanup(lock.kill)
        lock.stdout.readline()
        before = self.total("数据")
        self.write("more/a.md", report("2026-06-17", "算电协同", "数据共享。"))
        self.error(self.nqindex("-q", self.path("more"), status=2), r"nq\.db\.xapian/1/0: another process is writing")
        self.assertEqual(self.total("数据"), before)
        lock.kill()
        lock.wait()
        self.nqindex("-q", self.path("more"))
        self.assertEqual(self.total("数据"), before + 1)
        self.verify()

    def test_dictionary_renewed(self):
        words = self.write("my.tsv", "市场监管安全\t1000\n")
        with sqlite3.connect(self.index) as db:
            db.execute("UPDATE meta SET value = 1 WHERE key = 'words_hash'")
        db.close()
        self.nqindex("-q", self.path("much"))
        self.verify()
        self.assertTrue(words)

    def test_many_matches(self):
        """More than are counted: a sample tells about how many, and the best are those that FTS5 finds, too."""
        rng, n = random.Random(5), 9000
        with open(self.path("many.jsonl"), "w", encoding="utf-8") as out:
            for i in range(n):
                text = f"第{i}号提到数据要素和产业升级，" + "".join(rng.choice("天地玄黄宇宙洪荒日月盈昃") for _ in range(rng.randrange(30, 60)))
                if i % 300 == 0:
                    text = f"数据要素，产业升级，数据要素，产业升级，还是数据要素的产业升级，第{i}号。"
                print(nq.json.dumps({"id": str(i), "date": f"{2020 + i // 1800}-{1 + i // 150 % 12:02}-03", "title": "要素",
                                     "source": "南北东西"[i % 4] + "报", "text": text}), file=out)
        answers = {}
        for engine in ("fts5", "xapian"):
            self.nqindex("-q", f"--engine={engine}", "-i", self.path(engine + ".db"), self.path("many.jsonl"))
            for query in ("数据要素", "数据要素 产业升级", "数据要素 产业升级 提到 第", "数据要素 -玄黄", "数据要素 date:2022-01..2022-06", "kind:report"):
                answers[engine, query] = self.search("-i", self.path(engine + ".db"), query)
        for query in ("数据要素", "数据要素 产业升级", "数据要素 产业升级 提到 第", "数据要素 -玄黄", "数据要素 date:2022-01..2022-06", "kind:report"):
            exact, about = answers["fts5", query], answers["xapian", query]
            self.assertTrue(exact["total_is_exact"])
            self.assertEqual(about["total_is_exact"], exact["total"] <= 2000, query)
            self.assertLess(abs(about["total"] - exact["total"]), exact["total"] / 10, query)
            for facet in ("month", "kind", "source"):
                self.assertEqual(sum(f["count"] for f in about["facets"][facet]), about["total"], (query, facet))
            if "数据" in query and "提到" not in query:
                dense = [all(h["passage"] % 300 == 1 for h in a["hits"][:3]) for a in (exact, about)]
                self.assertEqual(dense, [True, True], query)


if __name__ == "__main__":
    nq.main()
