"""An index whose shards are served by xapian-tcpsrv: the ranking of one index, and what happens when shards fail."""
import os
import re
import shutil
import socket
import subprocess
import time
import unittest

import nq

SHARDS = 4
QUERIES = ["数据要素", "人工智能 改革", "算力电力协同", '"绿色低碳"', "民营经济 促进 办法", "kind:report 标准", "数据 -市场", "from:2025-03-01 产业",
           "中国国家部门怎样推进新能源并网和绿色低碳的标准建设？", "改", "title:方案"]


def ranking(answer):
    return [(h["passage"], round(h["score"], 9), h["text"], h["report"], h["section"]) for h in answer["hits"]]


@unittest.skipUnless(shutil.which("xapian-tcpsrv"), "no xapian-tcpsrv")
class Shards(nq.Case):
    def setUp(self):
        super().setUp()
        nq.make_corpus(self.path("much"), 16, 12)
        self.one = self.path("one.db")
        self.nqindex("-q", "--engine=xapian", "-i", self.one, self.path("much"))
        self.nqindex("-q", f"--shards={SHARDS}", self.path("much"))
        self.servers = []
        self.places = [self.serve(self.index + f".xapian/1/{i}") for i in range(SHARDS)]

    def serve(self, folder):
        """Starts a server on a port of its own and returns HOST:PORT."""
        for _ in range(20):
            with socket.socket() as s:
                s.bind(("127.0.0.1", 0))
                port = s.getsockname()[1]
            server = subprocess.Popen(["xapian-tcpsrv", "--quiet", "--interface=127.0.0.1", f"--port={port}", folder],
                                      stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            self.addCleanup(self.end, server)
            for _ in range(100):
                with socket.socket() as s:
                    if s.connect_ex(("127.0.0.1", port)) == 0:
                        self.servers.append(server)
                        return f"127.0.0.1:{port}"
                if server.poll() is not None:
                    break
                time.sleep(0.02)
        self.fail("xapian-tcpsrv does not start")

    def end(self, server):
        if server.poll() is None:
            server.kill()
        server.wait()

    def front(self, places, name="front.db"):
        path = self.path(name)
        nq.remove(path)
        self.nqindex("-q", "-i", path, *(f"--shard={p}" for p in places))
        return path

    def ask(self, index, query, status=(0, 1)):
        run = self.nqsearch("-i", index, "--json", "-n", "20", query, status=status)
        return nq.json.loads(run.out), run.err

    def test_same_ranking(self):
        front = self.front(self.places)
        folders = self.front([self.index + f".xapian/1/{i}" for i in range(SHARDS)], "folders.db")
        for query in QUERIES:
            one, _ = self.ask(self.one, query)
            for index in (self.index, front, folders):
                other, err = self.ask(index, query)
                self.assertEqual(err, "")
                self.assertEqual(ranking(other), ranking(one), query)
                self.assertEqual((other["total"], other["facets"], other["partial"]),
                                 (one["total"], one["facets"], one["partial"]), query)
                self.assertNotIn("missing_shards", other)

    def test_shard_down(self):
        front = self.front(self.places)
        whole, _ = self.ask(front, "数据")
        self.end(self.servers[2])
        answer, err = self.ask(front, "数据", status=2)
        self.assertEqual(answer["missing_shards"], [self.places[2]])
        self.assertTrue(answer["partial"])
        self.assertRegex(err, rf"\Anqsearch: {re.escape(self.places[2])}: the shard does not answer .*\n\Z")
        self.assertTrue(0 < answer["total"] < whole["total"])
        for server in self.servers:
            self.end(server)
        self.error(self.nqsearch("-i", front, "数据", status=2), "no shard answers")

    def test_not_a_shard(self):
        """One that never says a word, one that talks of something else, one that is no database, one that is cut off."""
        silent, other = socket.socket(), subprocess.Popen(
            ["python3", "-c", "import socket\ns = socket.socket(); s.bind(('127.0.0.1', 0)); s.listen(); print(s.getsockname()[1], flush=True)\n"
             "while True:\n c, _ = s.accept(); c.sendall(b'HTTP/1.1 400 Bad Request\\r\\n\\r\\n' * 9); c.close()"], stdout=subprocess.PIPE)
        self.addCleanup(silent.close)
        self.addCleanup(other.stdout.close)
        self.addCleanup(self.end, other)
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        nonsense = f"127.0.0.1:{int(other.stdout.readline())}"
        cut = self.path("cut")
        shutil.copytree(self.index + ".xapian/1/1", cut)
        os.truncate(os.path.join(cut, "postlist.glass"), 5000)
        os.makedirs(self.path("empty"))
        for bad in (f"127.0.0.1:{silent.getsockname()[1]}", nonsense, self.path("empty"), self.path("nowhere"), cut):
            start = time.monotonic()
            answer, err = self.ask(self.front([self.places[0], bad]), "数据", status=2)
            self.assertLess(time.monotonic() - start, 30 if nq.SANITIZED else 10)
            self.assertEqual(answer["missing_shards"], [bad])
            self.assertGreater(answer["total"], 0)
            self.assertRegex(err, rf"\Anqsearch: {re.escape(bad)}: .*\n\Z")

    def test_folders_from_anywhere(self):
        """A folder is named from where nqindex runs and found from everywhere."""
        here = self.path("front.db")
        run = subprocess.run([os.path.join(nq.BIN, "nqindex"), "-q", "-i", here, "--shard=nq.db.xapian/1/0"], cwd=self.dir)
        self.assertEqual(run.returncode, 0)
        answer, err = self.ask(here, "数据")
        self.assertEqual(err, "")
        self.assertGreater(answer["total"], 0)

    def test_front_only_searches(self):
        front = self.front(self.places)
        self.error(self.nqindex("-i", front, self.path("much"), status=2), "front.db: names shards")
        self.error(self.nqsearch("-i", front, "--timeline", "数据", status=2), "front.db: only names shards")
        self.error(self.nqindex("-i", front, "--verify", status=2), "front.db: only names shards")
        self.error(self.nqindex("-i", front, "--stats", status=2), "front.db: only names shards")
        self.error(self.nqindex("-i", front, "--backup=" + self.path("b.db"), status=2), "front.db: names shards")
        self.error(self.nqindex("-i", front, "--optimize", status=2), "front.db: names shards")
        self.error(self.nqindex("-i", front, "--rebuild", self.path("much"), status=2), "front.db: names shards")
        self.error(self.nqsearch("-i", front, "event:2025", status=2), "front.db: only names shards, which know no events")
        for ask in ((), ("--sources",), ("--works",), ("--discover",), ("数据要素",)):
            self.error(self.run_program("nqtopics", "-i", front, *ask, status=2), "front.db: only names shards")
        self.error(self.nqindex("-i", front, "--shard=x", self.path("much"), status=2), "holds nothing itself")


if __name__ == "__main__":
    nq.main()
