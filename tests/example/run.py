#!/usr/bin/env python3
"""run.py BUILD EXAMPLE.C SAMPLES SANITIZE CC...: what a user of the library does.

Installs the build into a temporary folder, compiles the example against what was installed, by pkg-config alone, indexes the
sample reports with the installed nqindex and runs the example on the index.
"""
import json
import os
import subprocess
import sys
import tempfile

build, example, samples, sanitize, *compiler = sys.argv[1:]


def run(*command, **options):
    result = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", **options)
    if result.returncode != 0:
        sys.exit(f"{' '.join(command)}: status {result.returncode}\n{result.stdout}{result.stderr}")
    return result.stdout


with tempfile.TemporaryDirectory() as root:
    run("meson", "install", "-C", build, "--no-rebuild", "--quiet", "--destdir", root)
    options = {o["name"]: o["value"] for o in json.loads(run("meson", "introspect", "--buildoptions", build))}
    prefix = root + options["prefix"]
    libdir = os.path.join(prefix, options["libdir"])

    env = dict(os.environ, PKG_CONFIG_PATH=os.path.join(libdir, "pkgconfig"))
    flags = run("pkg-config", f"--define-variable=prefix={prefix}", "--cflags", "--libs", "nqsearch", env=env).split()
    program = os.path.join(root, "example")
    extra = [] if sanitize == "none" else [f"-fsanitize={sanitize}"]
    run(*compiler, *extra, "-std=c17", "-Wall", "-Wextra", "-Werror", example, "-o", program, *flags)

    index = os.path.join(root, "nq.db")
    env = dict(os.environ, LD_LIBRARY_PATH=libdir)
    run(os.path.join(prefix, options["bindir"], "nqindex"), "-q", "-i", index, samples, env=env)
    printed = run(program, index, "算电协同", env=env)
    print(printed, end="")
    lines = printed.splitlines()
    if not lines or not all(line[:4].isdigit() and "[算电协同]" in line for line in lines[:2]):
        sys.exit("no passages with a date and the match marked")
