#!/usr/bin/env python3
"""words_header.py NAME FILE [all|places]: prints the first column of a table as a C array of strings.

With `places` each is followed by the second column as a constant NQ_NEVER, NQ_EDGE, NQ_START or NQ_END.  With `all` the other names in the second column (parted by |) too, in the form that folding gives Simplified text, sorted
by bytes, and each with the third column: its level.
"""
import sys
import unicodedata

import table

name, path = sys.argv[1:3]
rows = table.rows(path)
words = [row[0] for row in rows]
if "all" in sys.argv[3:]:
    levels = {}
    for row in rows:
        for name_ in [row[0]] + [other for other in row[1].split("|") if other]:
            levels.setdefault(unicodedata.normalize("NFKC", name_).casefold(), row[2])
print(f"/* Made by words_header.py from {path.rsplit('/', 1)[-1]}. */")
if "places" in sys.argv[3:]:
    print(f"static const struct {{\n    const char *word;\n    uint8_t places;\n}} {name}[] = {{")
    for word, place in rows:
        print('    {"%s", NQ_%s},' % (word, place.upper()))
elif "all" in sys.argv[3:]:
    print(f"static const struct {{\n    const char *name, *level;\n}} {name}[] = {{")
    for word in sorted(levels, key=str.encode):
        print(f'    {{"{word}", "{levels[word]}"}},')
else:
    print(f"static const char *const {name}[] = {{")
    for word in words:
        print('    "%s",' % word)
print("};")
