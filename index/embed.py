#!/usr/bin/env python3
"""embed.py NAME FILE...: prints a C header with the files' text as one string literal."""
import sys

name, *files = sys.argv[1:]
print(f"/* Made by embed.py from {' '.join(f.rsplit('/', 1)[-1] for f in files)}. */")
print(f"static const char {name}[] =")
for path in files:
    for line in open(path, encoding="utf-8"):
        text = line.rstrip("\n").replace("\\", "\\\\").replace('"', '\\"')
        print(f'    "{text}\\n"')
print("    ;")
