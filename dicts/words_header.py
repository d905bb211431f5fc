#!/usr/bin/env python3
"""words_header.py NAME FILE [all|places]: prints the first column of a table as a C array of strings.

With `places` it is a hash table of their characters (src/link/function_words.c), each with the second column as a constant NQ_NEVER, NQ_EDGE, NQ_START or NQ_END.  With `all` the other names in the second column (parted by |) too, in the form that folding gives Simplified text, sorted
by bytes, and each with the third column: its level.
"""
import sys
import unicodedata

import table

BITS = 12  # of a slot's number


def hash_of(word):
    """FNV-1a over characters, as nq_function_word has it."""
    h = 0x811C9DC5
    for c in word:
        h = (h ^ ord(c)) * 0x01000193 & 0xFFFFFFFF
    return h


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
    slots = [None] * (1 << BITS)
    for word, place in rows:
        slot = hash_of(word) >> 32 - BITS
        while slots[slot]:
            slot = (slot + 1) % len(slots)
        slots[slot] = "{{%s}, %d, NQ_%s}" % (", ".join(str(ord(c)) for c in word), len(word), place.upper())
    longest = max(map(len, words))
    print(f"enum {{ LONGEST = {longest}, SLOT_BITS = {BITS} }};")
    print(f"static const struct {{\n    uint16_t cp[LONGEST];\n    uint8_t n, places;\n}} {name}[1 << SLOT_BITS] = {{")
    for i, slot in enumerate(slots):
        if slot:
            print(f"    [{i}] = {slot},")
elif "all" in sys.argv[3:]:
    print(f"static const struct {{\n    const char *name, *level;\n}} {name}[] = {{")
    for word in sorted(levels, key=str.encode):
        print(f'    {{"{word}", "{levels[word]}"}},')
else:
    print(f"static const char *const {name}[] = {{")
    for word in words:
        print('    "%s",' % word)
print("};")
