#!/usr/bin/env python3
"""synonyms_header.py TABLE...: prints the groups of the tables' first two columns (a term, its other forms parted by |) as C.

Groups that share a form are one.  Forms are found by what folding makes of Simplified text: width and case.
"""
import sys
import unicodedata

import table


def folded(form):
    return unicodedata.normalize("NFKC", form).casefold()


group_of = {}
for path in sys.argv[1:]:
    for term, others, *_ in table.rows(path):
        forms = [term] + [f for f in others.split("|") if f]
        if len(forms) < 2:
            continue
        group = []
        for form in forms:
            for known in group_of.get(folded(form), [form]):
                if known not in group:
                    group.append(known)
        for form in group:
            group_of[folded(form)] = group

groups = []
for group in group_of.values():
    if not any(group is g for g in groups):
        groups.append(group)
print("/* Made by synonyms_header.py.  The forms of all groups, each group's end marked by NULL. */")
print("static const char *const synonym_forms[] = {")
start = {}
at = 0
for group in groups:
    print("    " + "".join(f'"{form}", ' for form in group) + "NULL,")
    start[id(group)] = at
    at += len(group) + 1
print("};\n\n/* Folded forms in the order of their bytes, and where their group begins. */")
print("static const struct {\n    const char *form;\n    uint16_t group;\n} synonym_index[] = {")
for form in sorted(group_of, key=str.encode):
    print(f'    {{"{form}", {start[id(group_of[form])]}}},')
print("};")
