#!/usr/bin/env python3
"""manpages.py ROOT: the man pages are set without a warning, the Chinese ones as man(1) sets them for Chinese readers.

groff breaks Chinese lines between ideographs, but not behind 、 before a Latin name: a list of such names is one word to it,
and one longer than a line makes it run forever.  \\: lets it break there.  A line of the source that ends gives a space,
which Chinese has none of between its characters: \\c takes it away.
"""
import glob
import os
import re
import shutil
import subprocess
import sys
import unicodedata

root = sys.argv[1]
if not all(map(shutil.which, ("groff", "preconv"))):
    print("groff is not installed")
    sys.exit(77)
problems = []
HAN = "[\u3001-\u303f\u4e00-\u9fff，：；？（）]"
SIGN = "[，。；：、（）《》“”]"
STRAY = re.compile(f"{HAN} {HAN}|{SIGN} (?! )|(?<! ) {SIGN}")


def wide(text):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


for path in sorted(glob.glob(os.path.join(root, "tools", "*.1"))):
    chinese = path.endswith(".zh_CN.1")
    for width in (60, 78, 98):
        start = f".ll {width}n\n.nr LL {width}n\n" + (".mso zh.tmac\n.hla zh\n" if chinese else "") + ".lf 1\n"
        with open(path, encoding="utf-8") as page:
            text = start + re.sub(r"^\.nf$.*?^\.fi$", "", page.read(), flags=re.S | re.M)
        roff = subprocess.run(["preconv", "-e", "UTF-8"], input=text, capture_output=True, text=True).stdout
        try:
            run = subprocess.run(["groff", "-Tutf8", "-mandoc"], input=roff, capture_output=True, text=True, timeout=20)
            said = run.stderr.splitlines()[:3]
            lines = re.sub("\033\\[[0-9;]*m|.\b", "", run.stdout).splitlines()
            said += [f"wider than that: {line}" for line in lines if wide(line) > width + 2]
            said += [f"a space in Chinese: {line}" for line in lines if chinese and STRAY.search(line.strip())]
        except subprocess.TimeoutExpired:
            said = ["groff does not come to an end"]
        problems += [f"{os.path.relpath(path, root)}, {width} columns: {line}" for line in said]

print("\n".join(problems) or "every page is set without a warning")
sys.exit(bool(problems))
