#!/usr/bin/env python3
"""strings.py ROOT: every text that a person sees goes through gettext and has its Chinese."""
import os
import re
import subprocess
import sys
import tempfile

root = sys.argv[1]
po = os.path.join(root, "src/po")
problems = []

# Calls whose literals people read.  Data (JSON, CSV, SQL, dictionaries' compilers) is printed by other means or listed here.
SAYS = re.compile(r"\b(common_fail|nq_fail|nq_parser_fail|fputs|puts|printf|fprintf)\s*\(")
DATA = {"src/output/check_html.c", "src/output/check_json.c", "src/output/csv.c", "src/output/report_json.c", "src/output/search_json.c", "src/output/timeline_ics.c",
        "src/output/timeline_json.c", 
        "src/output/atom.c", "src/serve/feeds.c", "src/serve/link.c", "src/serve/metrics.c", "src/serve/page.c", "src/serve/page_check.c",
        "src/serve/page_facets.c", "src/serve/page_hit.c", "src/serve/page_search.c", "src/serve/page_report.c", "src/serve/page_timeline.c",
        "src/serve/page_topics.c", "src/serve/response.c"}
LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"')


def call(text, start):
    """The arguments from the parenthesis at `start` on."""
    depth, quoted = 0, False
    for i in range(start, len(text)):
        c = text[i]
        if c == '"' and text[i - 1] != "\\":
            quoted = not quoted
        elif not quoted:
            depth += {"(": 1, ")": -1}.get(c, 0)
            if depth == 0:
                return text[start + 1:i]
    return ""


def words(literal):
    """Whether a literal holds words besides conversions, escapes and terminal codes."""
    literal = re.sub(r"\\033\[[0-9;]*[A-Za-z]|\\[a-z]|%[-+ #0-9.*]*(?:ll|l|z|j)?[a-zA-Z%]", " ", literal)
    return re.search(r"[A-Za-z]{2}", literal)


files = subprocess.run(["git", "-C", root, "ls-files", "src/*.c", "src/*.cc", "tools/*.c"], capture_output=True, text=True).stdout.split()
if not files:
    files = [os.path.relpath(os.path.join(d, f), root) for top in ("src", "tools")
             for d, _, names in os.walk(os.path.join(root, top)) for f in names if f.endswith((".c", ".cc"))]
translated = []
for name in sorted(files):
    text = open(os.path.join(root, name), encoding="utf-8").read()
    if re.search(r"\b(_\(|N_\(|nq_count\(\w+,)", text):
        translated.append(name)
    if name in DATA or os.path.basename(name).startswith("mk"):
        continue
    for m in SAYS.finditer(text):
        arguments = call(text, m.end() - 1)
        bare = re.sub(r"\b(_|N_|nq_count)\(", "\0(", arguments)
        while "\0(" in bare:
            at = bare.index("\0(")
            bare = bare[:at] + bare[at + 2 + len(call(bare, at + 1)) + 1:]
        for literal in LITERAL.findall(bare):
            if words(literal):
                line = text.count("\n", 0, m.start()) + 1
                problems.append(f"{name}:{line}: not translated: \"{literal}\"")

listed = open(os.path.join(po, "POTFILES"), encoding="utf-8").read().split()
for name in sorted(set(translated) ^ set(listed)):
    problems.append(f"src/po/POTFILES: {'lacks' if name in translated else 'needs not'} {name}")

with tempfile.TemporaryDirectory() as tmp:
    pot, merged = os.path.join(tmp, "nq.pot"), os.path.join(tmp, "zh_CN.po")
    subprocess.run(["xgettext", "--from-code=UTF-8", "-k_", "-kN_", "-knq_count:3,4", "-L", "C", "-D", root, "-o", pot, *translated], check=True)
    subprocess.run(["msgmerge", "-q", "--no-fuzzy-matching", "-o", merged, os.path.join(po, "zh_CN.po"), pot], check=True)
    check = subprocess.run(["msgfmt", "--check", "-o", os.devnull, merged], capture_output=True, text=True)
    if check.returncode:
        problems.append(check.stderr.strip())
    for kind in ("--untranslated", "--only-fuzzy"):
        left = subprocess.run(["msgattrib", kind, "--no-obsolete", merged], capture_output=True, text=True).stdout
        for msgid in re.findall(r'^msgid ((?:".*"\n)+)', left, re.M):
            if msgid := "".join(LITERAL.findall(msgid)):
                problems.append(f"src/po/zh_CN.po: no translation of \"{msgid}\"")

print("\n".join(problems) or f"{len(translated)} files, every text translated")
sys.exit(bool(problems))
