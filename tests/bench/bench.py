#!/usr/bin/env python3
"""bench.py BUILD PASSAGES.TSV PASSAGES.JSONL QUERIES WORK: builds an index, times it, prints one row of the table.

How it times is told in README.md.  Every figure is of child processes, by wait4.
"""
import os
import re
import statistics
import subprocess
import sys
import time

COLD = ["算电协同", "人工智能", "中国"]
COLD_RUNS = 11

build, passages, documents, queries, work = sys.argv[1:]
tool = lambda name: os.path.join(build, "tools", name)


def timed(*command, stdout=subprocess.DEVNULL):
    """Wall seconds, CPU seconds, peak memory in MB."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=stdout)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        sys.exit(f"{' '.join(command)}: status {process.returncode}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def size(path):
    return sum(os.path.getsize(path + e) for e in ("", "-wal") if os.path.exists(path + e))


index = os.path.join(work, "nq.db")
for name in os.listdir(work):
    if name.startswith("nq.db"):
        os.remove(os.path.join(work, name))

text = os.path.getsize(passages)
wall, cpu, peak = timed(tool("nqindex"), "-q", "-i", index, documents)
print(f"build: CPU {cpu:.2f} s, wall {wall:.2f} s, {text / 1e6 / cpu:.1f} MB/s, peak memory {peak:.1f} MB")
print(f"index: {size(index) / 1e6:.1f} MB, {size(index) / text:.2f} x the text's {text / 1e6:.1f} MB")

warm = subprocess.run([os.path.join(build, "tests/bench/warm"), index, queries], check=True, capture_output=True, text=True)
print("warm, CPU:")
print(warm.stdout, end="")
p50, p95, p99 = re.search(r"p50 (\S+)  p95 (\S+)  p99 (\S+)", warm.stdout).groups()

print("cold, wall:")
floor = statistics.median(timed("/bin/true")[0] for _ in range(COLD_RUNS)) * 1e3
print(f"  process floor {floor:.1f} ms (within the figures below)")
cold = []
for query in COLD:
    timed(tool("nqsearch"), "-i", index, query)
    runs = sorted(timed(tool("nqsearch"), "-i", index, query) for _ in range(COLD_RUNS))
    cold.append(runs[COLD_RUNS // 2][0] * 1e3)
    print(f"  {query} median {cold[-1]:.1f}  min {runs[0][0] * 1e3:.1f}  max {runs[-1][0] * 1e3:.1f} ms, "
          f"peak memory {max(r[2] for r in runs):.1f} MB")

print()
print("| | build CPU s | wall s | MB/s | peak MB | size MB | x text | warm p50 / p95 / p99 ms | cold "
      + " / ".join(COLD) + " ms |")
print("|---|---|---|---|---|---|---|---|---|")
print(f"| nqsearch | {cpu:.1f} | {wall:.1f} | {text / 1e6 / cpu:.1f} | {peak:.0f} | {size(index) / 1e6:.0f} | "
      f"{size(index) / text:.2f} | {float(p50):.2f} / {float(p95):.2f} / {float(p99):.2f} | "
      + " / ".join(f"{c:.1f}" for c in cold) + " |")
