#!/usr/bin/env python3
"""needed.py PROGRAM: a search starts in milliseconds, so nqsearch loads no library that only the readers need: libxml2
alone brings 30 MB of ICU, and doubled the time of a cold query."""
import re
import subprocess
import sys

READERS = ("libxml2", "libarchive", "libuchardet", "libicu", "libnqsearch")

listing = subprocess.run(["readelf", "-d", sys.argv[1]], check=True, capture_output=True, text=True).stdout
needed = re.findall(r"\(NEEDED\).*\[(.*)\]", listing)
bad = [name for name in needed if name.startswith(READERS)]
print("loads", *needed)
if bad:
    print("which only readers need:", *bad)
sys.exit(bool(bad) or not needed)
