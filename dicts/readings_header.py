#!/usr/bin/env python3
"""readings_header.py DICT: prints the readings of a Rime dictionary (rows of word, pinyin, weight) as C.

A character keeps the readings that have a fiftieth of its weight, the most frequent first.  Words of two characters and more are
sorted by code points, each with its most frequent reading.
"""
import collections
import sys

FIRST, LAST = 0x4E00, 0x9FFF
LEAST_SHARE = 0.02

characters = collections.defaultdict(collections.Counter)
words = {}
header = True
for number, line in enumerate(open(sys.argv[1], encoding="utf-8"), 1):
    if header or line.startswith("#") or not line.strip():
        header = header and line != "...\n"
        continue
    fields = line.rstrip("\n").split("\t")
    if len(fields) != 3 or not fields[2].isdigit():
        sys.exit(f"{sys.argv[1]}:{number}: not a word, its pinyin and a weight")
    word, reading, weight = fields[0], fields[1].split(" "), int(fields[2])
    if len(reading) != len(word) or not all(FIRST <= ord(c) <= LAST for c in word):
        continue
    if len(word) == 1:
        characters[word][reading[0]] += weight + 1
    elif weight >= words.get(word, ([], -1))[1]:
        words[word] = reading, weight
if not characters or not words:
    sys.exit(f"{sys.argv[1]}: no rows")

for character, readings in characters.items():
    least = LEAST_SHARE * sum(readings.values())
    characters[character] = [s for s, n in readings.most_common() if n >= least]
syllables = sorted({s for r in characters.values() for s in r} | {s for r, _ in words.values() for s in r})
number_of = {s: n for n, s in enumerate(syllables)}


def table(kind, name, values):
    print(f"static const {kind} {name}[] = {{")
    values = list(values)
    for i in range(0, len(values), 32):
        print("    " + "".join(f"{v}," for v in values[i:i + 32]))
    print("};\n")


print("/* Made by readings_header.py. */")
table("char *const", "pinyin_syllables", (f'"{s}"' for s in syllables))
print("/* Readings of the character FIRST + i: [pinyin_start[i], pinyin_start[i + 1]) of pinyin_readings. */")
print(f"enum {{ PINYIN_FIRST = {FIRST}, PINYIN_LAST = {LAST} }};")
start, readings = [0], []
for cp in range(FIRST, LAST + 1):
    readings += [number_of[s] for s in characters.get(chr(cp), [])]
    start.append(len(readings))
table("uint16_t", "pinyin_start", start)
table("uint16_t", "pinyin_readings", readings)
print("/* Characters that may be read as syllable i, the other way round. */")
members = collections.defaultdict(list)
for cp in range(FIRST, LAST + 1):
    for s in characters.get(chr(cp), []):
        members[s].append(cp)
start = [0]
for s in syllables:
    start.append(start[-1] + len(members[s]))
table("uint16_t", "pinyin_member", start)
table("uint16_t", "pinyin_members", (cp for s in syllables for cp in members[s]))
print("/* Word i: characters, and their syllables, [pinyin_word[i], pinyin_word[i + 1]). */")
order = sorted(words)
start = [0]
for word in order:
    start.append(start[-1] + len(word))
table("uint32_t", "pinyin_word", start)
table("uint16_t", "pinyin_characters", (ord(c) for word in order for c in word))
table("uint16_t", "pinyin_word_readings", (number_of[s] for word in order for s in words[word][0]))
