#!/usr/bin/env python3
"""embed.py schema FILE...: prints a C header with the files' text: `schema_sql` all tables of a new index,
`fts_sql` those of the text indexes, `migrations` the
steps from each schema version to the next; NQ_DB_SCHEMA_VERSION is the last version they lead to.
embed.py NAME FILE...: the files' text as the string NAME.
embed.py web FILE...: each file's text as a string named after it, "web_app_js", without indents and comments but the first."""
import os
import re
import sys


def plain(lines):
    """What browsers need of lines of a script or style: no indents, no blank lines, no comments that have lines to themselves but the
    file's first, which says what it is."""
    inside = first = False
    for number, line in enumerate(lines):
        line = line.lstrip()
        if line.startswith("/*") and not inside:
            inside, first = True, number == 0
        if line and (first or not inside):
            yield line
        if inside and line.rstrip().endswith("*/"):
            inside = first = False


def literal(path, change=iter):
    for line in change(open(path, encoding="utf-8")):
        text = line.rstrip("\n").replace("\\", "\\\\").replace('"', '\\"').replace("?", "\\?")  # no trigraphs
        print(f'    "{text}\\n"')


def string(name, paths, change=iter):
    print(f"static const char {name}[] =")
    for path in paths:
        literal(path, change)
    print("    ;")


def schema(paths):
    tables = [f for f in paths if "migrations" not in f]
    steps = sorted((f for f in paths if "migrations" in f), key=os.path.basename)
    for number, path in enumerate(steps, 2):
        if not os.path.basename(path).startswith(f"{number:04}-"):
            sys.exit(f"{path}: the step to version {number} is missing or stands twice")
    print(f"enum {{ NQ_DB_SCHEMA_VERSION = {len(steps) + 1} }};")
    string("schema_sql", [f for f in tables if os.path.basename(f) != "fts.sql"])
    string("fts_sql", [f for f in tables if os.path.basename(f) == "fts.sql"])
    print("/* [n] leads from version n + 1 to n + 2. */")
    print("static const char *const migrations[] = {")
    for path in steps:
        literal(path)
        print("    ,")
    print("};")


print("/* Made by embed.py. */")
if sys.argv[1] == "schema":
    schema(sys.argv[2:])
elif sys.argv[1] == "web":
    for file in sys.argv[2:]:
        string("web_" + re.sub(r"\W", "_", os.path.basename(file)), [file], plain)
else:
    string(sys.argv[1], sys.argv[2:])
