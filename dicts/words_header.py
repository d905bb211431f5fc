#!/usr/bin/env python3
"""words_header.py NAME FILE [all]: prints the first column of a table as a C array of strings.

With `all` the other names in the second column (parted by |) too, in the form that folding gives Simplified text, sorted
by bytes.
"""
import sys
import unicodedata

name, path = sys.argv[1:3]
rows = [line.rstrip("\n").split("\t") for line in open(path, encoding="utf-8") if line.strip() and not line.startswith("#")]
words = [row[0] for row in rows]
if "all" in sys.argv[3:]:
    names = words + [other for row in rows for other in row[1].split("|") if other]
    words = sorted({unicodedata.normalize("NFKC", w).casefold() for w in names}, key=str.encode)
print(f"/* Made by words_header.py from {path.rsplit('/', 1)[-1]}. */")
print(f"static const char *const {name}[] = {{")
for word in words:
    print('    "%s",' % word)
print("};")
