"""kill -9 at random moments, and readers beside a writer: the index is always sound and the work gets done."""
import json
import os
import random
import signal
import subprocess
import threading
import time
import unittest

import nq

# Xapian's shards take longer to write than FTS5's tables.
CORPUS = (60, 20) if nq.ENGINE == "xapian" else (200, 30)
KILLS = 10 if nq.SANITIZED else 50  # programs with sanitizers are slow; the others are killed as often as wanted
SEED = 20260617


class Crash(nq.Case):
    def corpus(self):
        nq.make_corpus(self.path("much"), *CORPUS)

    def start(self, *args, index=None):
        return subprocess.Popen([os.path.join(nq.BIN, "nqindex"), "-q", "-i", index or self.index, *nq.ENGINE_ARGS, *args, self.path("much")],
                                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)

    def remove_index(self):
        nq.remove(self.index)

    def undisturbed(self):
        """What a run that nobody kills makes, and how long it takes."""
        start = time.monotonic()
        self.nqindex("-q", self.path("much"))
        seconds = time.monotonic() - start
        whole = (self.stats(), self.total("数据要素"), self.total("民营经济"))
        self.remove_index()
        return whole, seconds

    def assert_whole(self, whole):
        self.verify()
        self.assertEqual((self.stats(), self.total("数据要素"), self.total("民营经济")), whole)

    def test_killed(self):
        self.corpus()
        whole, seconds = self.undisturbed()
        rng = random.Random(SEED)
        killed = finished = 0
        while killed < KILLS:
            process = self.start()
            try:
                process.communicate(timeout=rng.uniform(0, seconds * 0.8))
                finished += 1
                self.assertEqual(process.returncode, 0)
                self.assert_whole(whole)
                self.remove_index()
                self.assertLess(finished, 4 * KILLS, "the runs are too short to be killed")
                continue
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.communicate()
                killed += 1
            if os.path.exists(self.index) and os.path.getsize(self.index) > 0:
                run = self.nqindex("--verify", status=(0, 2))
                # Killed before its first transaction, a file is no index yet; the next run makes it one.
                if run.status == 2:
                    self.error(run, "no index|not an index")
                self.nqsearch("数据要素", status=(0, 1) if run.status == 0 else 2)
        self.nqindex("-q", self.path("much"))
        self.assert_whole(whole)
        print(f"{killed} killed, {finished} finished before")

    def test_killed_rebuild(self):
        """The old index stays until the new one is whole."""
        self.corpus()
        whole, seconds = self.undisturbed()
        self.nqindex("-q", self.path("much"))
        rng = random.Random(SEED)
        for _ in range(10):
            process = self.start("--rebuild")
            try:
                process.communicate(timeout=rng.uniform(0, seconds))
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.communicate()
            self.assert_whole(whole)
        self.nqindex("-q", "--rebuild", self.path("much"))
        self.assert_whole(whole)
        self.assertEqual([n for n in os.listdir(self.dir) if "unfinished" in n], [])

    def test_interrupted(self):
        """Ctrl-C ends with a sound index, and says that it was stopped."""
        self.corpus()
        whole, seconds = self.undisturbed()
        process = self.start()
        try:
            process.communicate(timeout=seconds / 2)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGINT)
            _, err = process.communicate(timeout=60)
            if process.returncode != 0:
                self.assertEqual(process.returncode, 2, err)
        self.verify()
        self.nqindex("-q", self.path("much"))
        self.assert_whole(whole)

    def test_readers_beside_a_writer(self):
        self.corpus()
        self.write("first/a.md", nq.report("2026-06-17", "算电协同", "数据中心强化“算电协同”。"))
        self.nqindex("-q", self.path("first"))
        writing, problems, totals = threading.Event(), [], []
        writing.set()

        def read():
            last = 0
            while writing.is_set():
                run = nq.Run([os.path.join(nq.BIN, "nqsearch"), "--json", "-n", "3", '"数据"'], env)
                if run.status != 0 or run.err:
                    problems.append(f"{run.status}: {run.err}")
                    return
                total = json.loads(run.out)["total"]
                if total < last:
                    problems.append(f"{last} matches, then {total}")
                last = total
                totals.append(total)

        env = dict(os.environ, **self.env)
        readers = [threading.Thread(target=read) for _ in range(2)]
        for reader in readers:
            reader.start()
        try:
            self.nqindex("-q", self.path("much"))
            self.nqindex("-q", "--optimize")
            self.nqindex("-q", "--backup=" + self.path("copy.db"))
            self.nqindex("-q", "--rebuild", self.path("first"), self.path("much"))
        finally:
            writing.clear()
            for reader in readers:
                reader.join()
        self.assertEqual(problems, [])
        self.assertGreater(len(totals), 5)
        self.verify()

    def test_two_writers(self):
        """Two at once: each is done or says that the other is writing; together nothing is doubled or lost."""
        self.corpus()
        whole, _ = self.undisturbed()
        writers = [self.start(), self.start()]
        for writer in writers:
            _, err = writer.communicate(timeout=120)
            self.assertIn(writer.returncode, (0, 2), err)
            if writer.returncode == 2:
                self.assertIn(b"another process is writing", err)
        self.nqindex("-q", self.path("much"))
        self.assert_whole(whole)


if __name__ == "__main__":
    nq.main()
