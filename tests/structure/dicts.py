#!/usr/bin/env python3
"""dicts.py DICTS: every table has the form that table.py there tells, and table.py finds what has not."""
import glob
import os
import sys
import tempfile

folder = os.path.abspath(sys.argv[1])
sys.dont_write_bytecode = True
sys.path.insert(0, folder)
import table  # noqa: E402

# A table's name and text, and the line and the beginning of why it is refused.
BAD = [
    ("terms.tsv", "甲\tai\t5\n", None),
    ("terms.tsv", "# term\n乙\tai\t5\n甲\tai\t5\n", None),
    ("terms.tsv", "甲\tai\t5\n乙\tai\t5\n", (2, "out of order")),
    ("terms.tsv", "甲\tai\t5\n甲\tai\t5\n", (2, "twice")),
    ("terms.tsv", "甲\tai\t5\n甲\tai\t7\n", (2, "甲 has a row already")),
    ("terms.tsv", "甲\tai\t5\n电\tai\n", (2, "2 columns")),
    ("terms.tsv", "甲\tai\t5\n电\tai\t5", (2, "no newline")),
    ("terms.tsv", "甲\tai\t5\n\n", (2, "empty")),
    ("terms.tsv", "甲\tai\t5 \n", (1, "empty, or white space")),
    ("terms.tsv", "甲\tai\t5\n# late\n", (2, "a comment")),
    ("terms.tsv", "e\u0301clair\tai\t5\n", (1, "not NFC")),
    ("terms.tsv", "甲\tai\t5\n" + "长" * 10000 + "\tai\t5\n", (2, "a term of more than 100")),
    ("terms.tsv", b"a\tai\t5\n\xff\tai\t5\n", (2, "not UTF-8")),
    ("organisations.tsv", "甲部\t甲|乙\tstate\n", None),
    ("organisations.tsv", "甲部\t\tstate\n", None),
    ("organisations.tsv", "甲部\t甲||乙\tstate\n", (1, "an empty name")),
    ("organisations.tsv", "甲部\t甲|甲\tstate\n", (1, "甲 twice")),
    ("synonyms.tsv", "甲\t甲\n", (1, "甲 is another name of its own")),
    ("synonyms.tsv", "乙\t甲\n甲\t乙\n", (1, "乙 is another name of its own")),
    ("synonyms.tsv", "A\tB\nB\tC\nC\tA\n", (1, "A is another name of its own")),
    ("synonyms.tsv", "A\tB\nB\tC\n", None),
]

failed = False
tables = sorted(glob.glob(os.path.join(folder, "*.tsv")))
for path in tables:
    for n, why in table.problems(path):
        failed = True
        print(f"dicts/{os.path.basename(path)}:{n}: {why}")
with tempfile.TemporaryDirectory() as scratch:
    for name, text, wanted in BAD:
        path = os.path.join(scratch, name)
        with open(path, "wb") as f:
            f.write(text if isinstance(text, bytes) else text.encode())
        found = next(iter(table.problems(path)), None)
        if (found is None) != (wanted is None) or (found and (found[0] != wanted[0] or not found[1].startswith(wanted[1]))):
            failed = True
            print(f"{name} {text[:40]!r}: {found}, wanted {wanted}")
print(f"{len(tables)} tables")
sys.exit(failed)
