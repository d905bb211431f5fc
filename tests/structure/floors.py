#!/usr/bin/env python3
"""floors.py ROOT: each folder under src includes only the floors below it.

The table is the whole rule.  A floor may include itself; system and third-party headers are not judged; a name without
a folder is a generated header or a neighbour.
"""
import os
import re
import sys

BELOW = {
    "base": "",
    "text": "base",
    "model": "base",
    "time": "base text model",
    "query": "base text model time",
    "ingest": "base text model time",
    "link": "base text model query",
    "check": "base text model time query link",
    "store": "base model",
    "engine": "base text model time query store",
    "api": "base text model time query ingest link check store engine",
}
# These know the library by its public header only.
OUTSIDE = {"output": "", "serve": "output", "tools": "output serve"}

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.M)


def problems(root):
    src = os.path.join(root, "src")
    folders = {f for f in os.listdir(src) if os.path.isdir(os.path.join(src, f))}
    places = [(f, os.path.join(src, f)) for f in sorted(folders)] + [("tools", os.path.join(root, "tools"))]
    for floor, folder in places:
        sources = [os.path.join(d, f) for d, _, names in os.walk(folder) for f in names if f.endswith((".c", ".h"))]
        if not sources:
            continue
        if floor not in BELOW and floor not in OUTSIDE:
            yield f"src/{floor}: no floor; add it to the table of tests/structure/floors.py"
            continue
        allowed = {floor, *BELOW.get(floor, OUTSIDE.get(floor, "")).split()}
        for source in sorted(sources):
            with open(source, encoding="utf-8") as f:
                text = f.read()
            for bracket, name in INCLUDE.findall(text):
                at = f"{os.path.relpath(source, root)}: includes {name}"
                above, slash, _ = name.partition("/")
                if name == "nqsearch.h":
                    if bracket == '"':
                        yield f"{at} with quotes; it is <nqsearch.h>"
                elif bracket == '"' and slash and above not in allowed:
                    yield f"{at}: {floor} may include only: {' '.join(sorted(allowed))}"
                elif bracket == "<" and slash and above in folders | {"tools"} and above not in allowed:
                    yield f"{at} with angle brackets, past the rule"


found = list(problems(sys.argv[1]))
print("\n".join(found) or "every floor includes only what is below it")
sys.exit(bool(found))
