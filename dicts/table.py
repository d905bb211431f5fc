"""The form of the tables here: UTF-8 in NFC, sorted by bytes (LC_ALL=C sort), every row with the same columns and none twice.

What compiles a table reads it through `rows`, which ends the build at the first defect; tests/structure/dicts.py names all.
"""
import collections
import os
import sys
import unicodedata

# Tables with one row for each key, and those whose second column holds other names of the first, parted by |.
UNIQUE_KEYS = {"function_words.tsv", "organisations.tsv", "places.tsv", "terms.tsv", "question_words.tsv", "synonyms.tsv", "variants.tsv"}
ALIASES = {"organisations.tsv", "synonyms.tsv"}
LONGEST = 100  # characters of a name


def text_of(path):
    """The text and the place of what is not UTF-8, a line and why, or None."""
    with open(path, "rb") as f:
        data = f.read()
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError as e:
        return "", (data.count(b"\n", 0, e.start) + 1, "not UTF-8")


def in_form(lines):
    """What is wrong with lines by themselves and beside one another, as (line, why)."""
    previous, columns, rows = None, None, False
    for n, line in enumerate(lines, 1):
        if not unicodedata.is_normalized("NFC", line):
            yield n, "not NFC"
        if line.startswith("#"):
            if rows:
                yield n, "a comment stands among the rows"
            continue
        rows = True
        if line != line.strip(" \r") or not line:
            yield n, "empty, or white space at an end"
        fields = line.split("\t")
        columns = columns or len(fields)
        if len(fields) != columns:
            yield n, f"{len(fields)} columns, not {columns}"
        if any(len(name) > LONGEST for field in fields for name in field.split("|")):
            yield n, f"a term of more than {LONGEST} characters"
        if previous is not None and line.encode() <= previous.encode():
            yield n, "twice" if line == previous else "out of order"
        previous = line


def unique(rows):
    seen = {}
    for n, fields in rows:
        if fields[0] in seen:
            yield n, f"{fields[0]} has a row already, {seen[fields[0]]}"
        seen.setdefault(fields[0], n)


def in_circle(name, others):
    """Whether other names of other names lead back to a name."""
    seen, todo = set(), list(others.get(name, ()))
    while todo:
        other = todo.pop()
        if other == name:
            return True
        if other not in seen:
            seen.add(other)
            todo += others.get(other, ())
    return False


def aliases(rows):
    others = {fields[0]: [a for a in fields[1].split("|") if a] for _, fields in rows if len(fields) > 1}
    for n, fields in rows:
        if len(fields) < 2:
            continue
        names = fields[1].split("|") if fields[1] else []
        if "" in names:
            yield n, "an empty name between |"
        for name, count in collections.Counter(names).items():
            if count > 1:
                yield n, f"{name} twice"
        if in_circle(fields[0], others):
            yield n, f"{fields[0]} is another name of its own other names"


def problems(path):
    """Every defect of a table as (line, why)."""
    text, broken = text_of(path)
    if broken:
        yield broken
        return
    lines = text.split("\n")
    if lines.pop():
        yield len(lines) + 1, "no newline at the end"
        lines.append(text.rpartition("\n")[2])
    yield from in_form(lines)
    rows = [(n, line.split("\t")) for n, line in enumerate(lines, 1) if line and not line.startswith("#")]
    if os.path.basename(path) in UNIQUE_KEYS:
        yield from unique(rows)
    if os.path.basename(path) in ALIASES:
        yield from aliases(rows)


def rows(path):
    """The rows of a sound table, each a list of fields; ends the program at one that is not."""
    for n, why in problems(path):
        sys.exit(f"{path}:{n}: {why}")
    with open(path, encoding="utf-8") as f:
        return [line.rstrip("\n").split("\t") for line in f if not line.startswith("#")]
