#!/usr/bin/env python3
"""symbols.py HEADER LIBRARY: the library exports exactly the functions that the public header declares."""
import re
import subprocess
import sys

with open(sys.argv[1], encoding="utf-8") as f:
    code = re.sub(r"/\*.*?\*/|//[^\n]*|^\s*#.*?$", "", f.read(), flags=re.S | re.M)
# Bodies of structs hold function pointers, not functions.
code = re.sub(r"(struct|enum)\s+\w+\s*\{[^{}]*\}", "", code)
declared = set(re.findall(r"\b(nq_\w+)\s*\(", code))

listing = subprocess.run(["nm", "-D", "--defined-only", sys.argv[2]], check=True, capture_output=True, text=True).stdout
rows = [line.split() for line in listing.splitlines()]
exported = {row[-1].split("@")[0] for row in rows if row[-2] != "A"}

for name in sorted(declared - exported):
    print(f"{name}: declared but not exported (is it defined, and in src/nqsearch.map?)")
for name in sorted(exported - declared):
    print(f"{name}: exported but not declared")
print(f"{len(declared)} functions declared, {len(exported)} symbols exported")
sys.exit(declared != exported or not declared)
