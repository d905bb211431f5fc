"""Completion in bash, zsh and fish: the options that --help has, the words that options take, queries and topics."""
import os
import re
import shutil
import subprocess
import unittest

import nq

PLACE = os.path.join(os.environ["NQ_TOOLS"], "completions")
PROGRAMS = ["nqcheck", "nqindex", "nqsearch", "nqtext", "nqtopics"] + ["nqserve"] * ("serve" in os.environ["NQ_FEATURES"].split())
WORDS = [("nqsearch", "--kind"), ("nqsearch", "--sort"), ("nqsearch", "--color"), ("nqcheck", "--kind"), ("nqcheck", "--threshold"),
         ("nqtopics", "--kind"), ("nqtopics", "--sort")]


class Shell(nq.Case):
    """What all shells must offer; a shell says how it is asked."""

    def setUp(self):
        super().setUp()
        if not shutil.which(self.shell):
            self.skipTest(f"{self.shell} is not installed")
        self.write("r/1.md", nq.report("2026-06-18", "算电协同", "推进算电协同，强化“算电协同”。"))
        self.nqindex("-q", self.path("r"))

    def run_shell(self, script, *words):
        path = nq.BIN + os.pathsep + os.environ["PATH"]
        done = subprocess.run([self.shell, *self.flags, "-c", script, self.shell, *words], capture_output=True, text=True,
                              env=dict(os.environ, **self.env, PATH=path, PLACE=PLACE))
        self.assertEqual((done.returncode, done.stderr), (0, ""), words)
        return done.stdout.splitlines()

    def test_options(self):
        for program in PROGRAMS:
            shown = nq.help_options(self.run_program(program, "--help", status=0).out)
            offered = self.options(program)
            self.assertGreaterEqual(shown, offered, program)
            self.assertEqual({o for o in shown - offered if o.startswith("--")}, set(), program)

    def test_words(self):
        """Words are taken, and none that the program tells of is missing."""
        for program, option in WORDS:
            offered = set(self.words(program, option))
            told = self.run_program(program, option + "=", "x", status=2).err
            told = set(re.split(", | or ", told[len(f"{program}: {option}: "):told.rindex(", not")]))
            self.assertLessEqual(told, offered, (program, option))
            for word in offered:
                self.assertNotIn(f"not {word}", self.run_program(program, f"{option}={word}", "x", status=(0, 1, 2)).err)

    def test_queries(self):
        self.assertIn("算电协同", self.suggested("nqsearch", "算电"))
        self.assertIn("算电协同", self.suggested("nqtopics", "算电"))
        if self.shell != "fish":  # which offers only what has what was typed
            self.assertIn("算电协同", self.suggested("nqsearch", "suandian"))

    def test_other_index(self):
        other = self.path("other.db")
        self.write("s/1.md", nq.report("2026-06-18", "绿电直供", "推进绿电直供，“绿电直供”试点。"))
        self.nqindex("-q", "-i", other, self.path("s"))
        self.assertIn("绿电直供", self.suggested("nqsearch", "绿电", other))
        self.assertNotIn("算电协同", self.suggested("nqsearch", "算电", other))


class Bash(Shell):
    shell, flags = "bash", ["--norc", "--noprofile"]

    def ask(self, *words):
        return self.run_shell('. "$PLACE/nqsearch.bash"; compopt() { :; }; COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)); '
                              '_nq "$1"; [[ ! $COMPREPLY ]] || printf "%s\\n" "${COMPREPLY[@]}"', *words)

    def options(self, program):
        return {o.rstrip("=") for o in self.ask(program, "-")}

    def words(self, program, option):
        self.assertEqual(self.ask(program, option, ""), self.ask(program, option, "="))
        return self.ask(program, option, "=", "") if len(option) else []

    def suggested(self, program, word, index=None):
        return self.ask(program, *(["--index", "=", index] if index else []), word)

    def test_places(self):
        self.assertEqual(self.ask("nqsearch", "--kind", "=", "ref"), ["reference"])
        self.assertEqual(self.ask("nqsearch", "--from", "=", ""), [])
        self.assertEqual(self.ask("nqsearch", "-n", ""), [])
        self.assertEqual(self.ask("nqsearch", ""), [])
        self.assertEqual(self.ask("nqsearch", "--", "-"), [])
        self.assertEqual(self.ask("nqserve", "x"), [] if "nqserve" in PROGRAMS else [])


class Zsh(Shell):
    shell, flags = "zsh", ["-f"]
    begin = 'words=("$@"); PREFIX=${@[-1]}; '

    def specs(self, program):
        return self.run_shell(self.begin + '_arguments() { print -rl -- "${@[4,-1]}" }; . "$PLACE/_nqsearch"', program)

    def options(self, program):
        return {re.match(r"--?[a-z-]+?(?=[=\[]|=-\[|-\[)", s)[0] for s in self.specs(program) if s.startswith("-")}

    def words(self, program, option):
        spec = next(s for s in self.specs(program) if re.match(option + r"[=\[]", s))
        return re.sub(r".*(:\(|compadd - )|\)$", "", spec).split()

    def suggested(self, program, word, index=None):
        return self.run_shell(self.begin + '_arguments() { :; }; compadd() { print -rl -- $found }; . "$PLACE/_nqsearch"; '
                              'typeset -A opt_args; [[ $# == 2 ]] || opt_args[--index]=$2; _nq_suggest', program, *([index] if index else []), word)


class Fish(Shell):
    shell, flags = "fish", ["--no-config"]

    def ask(self, line):
        return [c.split("\t")[0] for c in self.run_shell(f'source "$PLACE/nqsearch.fish"; complete -C "{line}"')]

    def options(self, program):
        return {o.rstrip("=") for o in self.ask(f"{program} --")}

    def words(self, program, option):
        self.assertEqual(self.ask(f"{program} {option}="), [f"{option}={w}" for w in self.ask(f"{program} {option} ")])
        return self.ask(f"{program} {option} ")

    def suggested(self, program, word, index=None):
        return self.ask(f"{program} " + (f"--index={index} " if index else "") + word)


del Shell

if __name__ == "__main__":
    nq.main()
