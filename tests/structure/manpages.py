#!/usr/bin/env python3
"""manpages.py ROOT: the man pages are set without a warning, the Chinese ones as man(1) sets them for Chinese readers.

groff breaks Chinese lines between ideographs, but not behind 、 before a Latin name: a list of such names is one word to it,
and one longer than a line makes it run forever.  \\: lets it break there.
"""
import glob
import os
import shutil
import subprocess
import sys

root = sys.argv[1]
if not all(map(shutil.which, ("groff", "preconv"))):
    print("groff is not installed")
    sys.exit(77)
problems = []
for path in sorted(glob.glob(os.path.join(root, "tools", "*.1"))):
    chinese = path.endswith(".zh_CN.1")
    for width in (60, 78, 98):
        start = f".ll {width}n\n.nr LL {width}n\n" + (".mso zh.tmac\n.hla zh\n" if chinese else "") + ".lf 1\n"
        with open(path, encoding="utf-8") as page:
            roff = subprocess.run(["preconv", "-e", "UTF-8"], input=start + page.read(), capture_output=True, text=True).stdout
        try:
            run = subprocess.run(["groff", "-Tutf8", "-mandoc"], input=roff, capture_output=True, text=True, timeout=20)
            said = run.stderr.splitlines()[:3]
        except subprocess.TimeoutExpired:
            said = ["groff does not come to an end"]
        problems += [f"{os.path.relpath(path, root)}, {width} columns: {line}" for line in said]

print("\n".join(problems) or "every page is set without a warning")
sys.exit(bool(problems))
