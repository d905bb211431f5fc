#!/usr/bin/env python3
"""words_header.py NAME FILE: prints the first column of a table as a C array of strings."""
import sys

name, path = sys.argv[1:]
print(f"/* Made by words_header.py from {path.rsplit('/', 1)[-1]}. */")
print(f"static const char *const {name}[] = {{")
for line in open(path, encoding="utf-8"):
    if line.strip() and not line.startswith("#"):
        print('    "%s",' % line.rstrip("\n").split("\t")[0])
print("};")
