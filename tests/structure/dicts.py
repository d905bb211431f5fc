#!/usr/bin/env python3
"""dicts.py DICTS: every table is UTF-8 in NFC, sorted by bytes (LC_ALL=C sort), without a line twice or a key twice where keys are
unique, and has in every row the columns that its first line names.

A table may begin with lines of "#"; they stay where they are.  The number of columns is that of the first row.
"""
import collections
import glob
import os
import sys
import unicodedata


def problems(path):
    with open(path, "rb") as f:
        data = f.read()
    if not data.endswith(b"\n"):
        yield "no newline at the end"
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as e:
        yield f"not UTF-8: {e}"
        return
    if not unicodedata.is_normalized("NFC", text):
        for n, line in enumerate(text.split("\n"), 1):
            if not unicodedata.is_normalized("NFC", line):
                yield f"{n}: not NFC: {line}"
    lines = text.split("\n")[:-1]
    rows = [(n, line) for n, line in enumerate(lines, 1) if not line.startswith("#")]
    if rows and rows[0][0] != 1 + sum(line.startswith("#") for line in lines):
        yield "a comment stands among the rows"
    previous = None
    columns = len(rows[0][1].split("\t")) if rows else 0
    for n, line in rows:
        if line != line.strip(" \r") or not line:
            yield f"{n}: empty, or white space at an end"
        if len(line.split("\t")) != columns:
            yield f"{n}: {len(line.split(chr(9)))} columns, not {columns}: {line}"
        if previous is not None and line.encode() <= previous.encode():
            yield f"{n}: {'twice' if line == previous else 'out of order'}: {line}"
        previous = line
    if os.path.basename(path) in UNIQUE_KEYS:
        for key, count in collections.Counter(line.split("\t")[0] for _, line in rows).items():
            if count > 1:
                yield f"{key}: {count} rows"


# Tables with one row for each key.
UNIQUE_KEYS = {"function_words.tsv", "terms.tsv", "question_words.tsv", "related.tsv", "synonyms.tsv", "variants.tsv"}

failed = False
tables = sorted(glob.glob(os.path.join(sys.argv[1], "*.tsv")))
for table in tables:
    for problem in problems(table):
        failed = True
        print(f"dicts/{os.path.basename(table)}:{problem}")
print(f"{len(tables)} tables")
sys.exit(failed)
