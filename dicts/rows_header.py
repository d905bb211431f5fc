#!/usr/bin/env python3
"""rows_header.py NAME FILE: prints a table as a C array of rows, each an array of strings."""
import sys

import table

name, path = sys.argv[1:]
rows = table.rows(path)
print(f"/* Made by rows_header.py from {path.rsplit('/', 1)[-1]}. */")
print(f"static const char *const {name}[][{len(rows[0])}] = {{")
for row in rows:
    print("    {%s}," % ", ".join(f'"{field}"' for field in row))
print("};")
