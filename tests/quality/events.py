#!/usr/bin/env python3
"""events.py BIN SHARED [--verbose]: what nqtext --events finds in real reports, beside what a reader found.

Prints `events.metric value`.  A predicted event is right in (day, kind) where its interval is one that the reader accepts and it
quotes the same statement; with actor or document where one of them, too, is the reader's.  Optional statements count neither way.
Status 77 where there is nothing to measure with.
"""
import json
import os
import re
import subprocess
import sys
import unicodedata

LEAST_SHARED = 0.5  # of a statement's character pairs that the predicted quote must hold


def squash(text):
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text or "")).strip("《》")


def pairs(text):
    text = squash(text)
    return {text[i:i + 2] for i in range(len(text) - 1)}


def intervals(gold):
    yield gold["start"], gold["end"]
    for accepted in gold.get("accept", []):
        if len(accepted) == 4:
            yield accepted + "-01-01", accepted + "-12-31"
        elif len(accepted) == 10:
            yield accepted, accepted


def says_same(gold, event, text):
    want = pairs(gold["quote"])
    return len(want & pairs(event["quote"])) >= LEAST_SHARED * len(want) or len(
        pairs(event["quote"]) & want) >= LEAST_SHARED * len(pairs(event["quote"]))


def names_same(gold, event):
    actors = [squash(a) for a in [gold["actor"], *gold.get("alt_actors", [])] if a]
    actor, document = squash(event["actor"]), squash(event["document"])
    if not actors and not gold["document"]:
        return True
    if any(actor and (a in actor or actor in a) for a in actors):
        return True
    wanted = squash(gold["document"])
    return bool(wanted and document and (wanted in document or document in wanted))


def main():
    binaries, shared = sys.argv[1:3]
    verbose = "--verbose" in sys.argv
    gold_path = os.path.join(shared, "eval/data/events.json")
    if not os.path.exists(gold_path):
        print("events.py: no data beside the project; nothing to measure with", file=sys.stderr)
        return 77
    gold = json.load(open(gold_path, encoding="utf-8"))
    right = named = predicted = wanted = 0
    for name in sorted({g["report_file"] for g in gold}):
        run = subprocess.run([os.path.join(binaries, "nqtext"), "--events", "--json",
                              os.path.join(shared, "eval/data/reports/files", name)], stdout=subprocess.PIPE, encoding="utf-8")
        here = [g for g in gold if g["report_file"] == name]
        used = set()
        wanted += sum(not g.get("optional") for g in here)
        for line in run.stdout.splitlines():
            passage = json.loads(line)
            for event in passage["events"]:
                found = None
                for i, g in enumerate(here):
                    day = (event["date"], event["date_end"] or event["date"])
                    if i not in used and day in set(intervals(g)) and event["kind"] == g["kind"] and says_same(g, event, passage):
                        found = i
                        break
                if found is None:
                    predicted += 1
                    if verbose:
                        print("    extra", name, event["date"], event["kind"], event["actor"], event["action"], event["quote"][:60])
                    continue
                used.add(found)
                if here[found].get("optional"):
                    continue
                predicted += 1
                right += 1
                same = names_same(here[found], event)
                named += same
                if verbose and not same:
                    print("    other", name, event["actor"], event["document"], "| not", here[found]["actor"], here[found]["document"])
        for i, g in enumerate(here):
            if i not in used and not g.get("optional") and verbose:
                print("    missed", name, g["start"], g["end"], g["kind"], g["quote"][:60])
    for metric, value in (("day_kind_f1", 2 * right / max(1, predicted + wanted)), ("named_f1", 2 * named / max(1, predicted + wanted))):
        print(f"events.{metric} {value:.4f}")
    return 0


sys.exit(main())
