#!/usr/bin/env python3
"""header.py INCLUDE_DIR CC...: the public header compiles alone, as C and as C++, without a warning, and is mostly comment."""
import os
import re
import shutil
import subprocess
import sys

LEAST_COMMENT = 0.60

include, compiler = sys.argv[1], sys.argv[2:]
header = os.path.join(include, "nqsearch.h")
failed = False


def compiles(what, command):
    global failed
    source = "#include <nqsearch.h>\n"
    strict = ["-Wall", "-Wextra", "-Wpedantic", "-Werror", "-fsyntax-only", "-I", include]
    result = subprocess.run(command + strict + ["-"], input=source, capture_output=True, text=True)
    print(f"{what}: {'ok' if result.returncode == 0 else result.stderr}")
    failed |= result.returncode != 0


for standard in ("c99", "c17"):
    compiles(standard, compiler + ["-x", "c", f"-std={standard}"])
cxx = next((c for c in ("g++", "clang++") if shutil.which(c)), None)
if cxx:
    compiles("c++11", [cxx, "-x", "c++", "-std=c++11"])
else:
    print("c++11: no compiler, skipped")

with open(header, encoding="utf-8") as f:
    text = f.read()
# By bytes other than white space: neither blank lines nor long ones count for or against.
size = len(re.sub(r"\s", "", text))
comment = sum(len(re.sub(r"\s", "", c)) for c in re.findall(r"/\*.*?\*/|//[^\n]*", text, re.S))
share = comment / size
print(f"comment: {share:.1%} of the header")
failed |= share <= LEAST_COMMENT
sys.exit(failed)
