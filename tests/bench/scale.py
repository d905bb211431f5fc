#!/usr/bin/env python3
"""scale.py BUILD WORK PASSAGES...: both engines at each size, over archives that generate.py makes: a row of a table for each, and scale.svg.

What is measured is told in README.md.  Rows that WORK/scale.tsv has already are not measured again.
"""
import math
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
COLUMNS = ["engine", "passages", "text_mb", "build_cpu_s", "build_wall_s", "peak_mb", "size_mb", "p50_ms", "p95_ms", "p99_ms", "cold_ms"]
COLD_RUNS = 7


def timed(*command):
    start = time.monotonic()
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        sys.exit(f"{' '.join(command)}: status {process.returncode}")
    return time.monotonic() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def size(path):
    total = os.path.getsize(path)
    for folder, _, names in os.walk(path + ".xapian"):
        total += sum(os.path.getsize(os.path.join(folder, name)) for name in names)
    return total


def queries(path):
    """Single terms, two and three of them, from the most frequent to rare ones."""
    sys.path.insert(0, HERE)
    import generate
    rng = random.Random(7)
    terms, _ = generate.terms()
    with open(path, "w", encoding="utf-8") as out:
        for i in range(60):
            ranks = [int(len(terms) ** rng.random()) for _ in range(3)]
            for n in (1, 2, 3):
                print(" ".join(terms[r] for r in ranks[:n]), file=out)


def measure(build, work, engine, passages):
    source, index = os.path.join(work, f"{passages}.jsonl"), os.path.join(work, f"{engine}-{passages}.db")
    if not os.path.exists(source):
        with open(source, "w") as out:
            subprocess.run([sys.executable, os.path.join(HERE, "generate.py"), str(passages)], stdout=out, check=True)
    for name in (index, index + "-wal"):
        if os.path.exists(name):
            os.remove(name)
    shutil.rmtree(index + ".xapian", ignore_errors=True)
    tool = os.path.join(build, "tools")
    wall, cpu, peak = timed(os.path.join(tool, "nqindex"), "-q", f"--engine={engine}", "-i", index, source)
    warm = subprocess.run([os.path.join(build, "tests/bench/warm"), index, os.path.join(work, "queries.txt")], capture_output=True, text=True, check=True)
    percentiles = re.search(r"p50 (\S+)  p95 (\S+)  p99 (\S+)", warm.stdout).groups()
    cold = [timed(os.path.join(tool, "nqsearch"), "-i", index, "新质生产力")[0] * 1e3 for _ in range(COLD_RUNS + 1)][1:]
    return [engine, str(passages), *(f"{x:.1f}" for x in (os.path.getsize(source) / 1e6, cpu, wall, peak, size(index) / 1e6)), *percentiles,
            f"{statistics.median(cold):.1f}"]


def plot(rows, path):
    """p95 of a warm query over the number of passages, both by powers of ten."""
    left, top, width, height = 60, 20, 420, 260
    xs = [math.log10(float(r[1])) for r in rows]
    ys = [math.log10(float(r[8])) for r in rows]
    x0, x1, y0, y1 = math.floor(min(xs)), math.ceil(max(xs)), math.floor(min(ys)), math.ceil(max(ys))
    place = lambda x, y: (left + (x - x0) / max(x1 - x0, 1) * width, top + height - (y - y0) / max(y1 - y0, 1) * height)
    svg = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {left + width + 90} {top + height + 50}" font-family="sans-serif" font-size="12">',
           '<rect width="100%" height="100%" fill="#fff"/>']
    for x in range(x0, x1 + 1):
        px, py = place(x, y0)
        svg.append(f'<path d="M{px:.0f} {py:.0f}V{top}" stroke="#ddd"/><text x="{px:.0f}" y="{py + 18:.0f}" text-anchor="middle">{10 ** x:,}</text>')
    for y in range(y0, y1 + 1):
        px, py = place(x0, y)
        svg.append(f'<path d="M{px:.0f} {py:.0f}h{width}" stroke="#ddd"/><text x="{px - 6:.0f}" y="{py + 4:.0f}" text-anchor="end">{10.0 ** y:g} ms</text>')
    for engine, colour in (("fts5", "#1f5fa8"), ("xapian", "#b3401a")):
        points = [place(x, y) for x, y, r in zip(xs, ys, rows) if r[0] == engine]
        if not points:
            continue
        svg.append(f'<path d="M{" L".join(f"{x:.1f} {y:.1f}" for x, y in points)}" fill="none" stroke="{colour}" stroke-width="2"/>')
        svg += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points]
        svg.append(f'<text x="{points[-1][0] + 8:.0f}" y="{points[-1][1] + 4:.0f}" fill="{colour}">{engine}</text>')
    svg.append(f'<text x="{left + width / 2:.0f}" y="{top + height + 40}" text-anchor="middle">passages; p95 of a warm query, CPU</text></svg>')
    with open(path, "w", encoding="utf-8") as out:
        out.write("\n".join(svg) + "\n")


def main():
    build, work, sizes = sys.argv[1], sys.argv[2], [int(n) for n in sys.argv[3:]]
    os.makedirs(work, exist_ok=True)
    queries(os.path.join(work, "queries.txt"))
    table = os.path.join(work, "scale.tsv")
    rows = [line.rstrip("\n").split("\t") for line in open(table)][1:] if os.path.exists(table) else []
    for passages in sizes:
        for engine in ("fts5", "xapian"):
            if not any(r[:2] == [engine, str(passages)] for r in rows):
                rows.append(measure(build, work, engine, passages))
                with open(table, "w") as out:
                    out.write("\n".join("\t".join(r) for r in [COLUMNS, *rows]) + "\n")
    rows.sort(key=lambda r: (r[0], int(r[1])))
    print("| " + " | ".join(COLUMNS) + " |\n|" + "---|" * len(COLUMNS))
    for r in rows:
        print("| " + " | ".join(r) + " |")
    plot(rows, os.path.join(work, "scale.svg"))


if __name__ == "__main__":
    main()
