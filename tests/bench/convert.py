#!/usr/bin/env python3
"""convert.py PASSAGES.TSV OUT.JSONL: one document a passage (id, date, headline, text), as nqindex reads them."""
import json
import sys

with open(sys.argv[1], encoding="utf-8") as passages, open(sys.argv[2], "w", encoding="utf-8") as out:
    for line in passages:
        number, date, title, text = line.rstrip("\n").split("\t")
        out.write(json.dumps({"id": number, "date": date, "title": title, "text": text}, ensure_ascii=False) + "\n")
