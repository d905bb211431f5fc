"""What README.md and README.zh-CN.md show of the programs is what they print, but for the time that it takes.

NQ_REWRITE=1 meson test -C build cli-readme writes what they print now.
"""
import os
import re
import shutil
import subprocess
import unittest

import nq

ROOT = os.path.dirname(os.environ["NQ_TOOLS"])


def timeless(text):
    return re.sub(r"\d+\.\d (ms|s|毫秒|秒)", r"0.0 \1", text).rstrip("\n")


class Readme(nq.Case):
    def transcripts(self, page):
        """(command, what it is said to print) of each block that begins with a command; servers aside."""
        with open(os.path.join(ROOT, page), encoding="utf-8") as f:
            blocks = re.findall(r"^```\n\$ (.*)\n((?:.*\n)*?)```$", f.read(), re.M)
        return [b for b in blocks if not b[0].startswith("nqserve")]

    def rewrite(self, page, old, new):
        with open(os.path.join(ROOT, page), "r+", encoding="utf-8") as f:
            text = f.read().replace(old, new)
            f.seek(0), f.truncate(), f.write(text)

    def test_transcripts(self):
        samples = os.path.join(ROOT, "tests/samples")
        shutil.copytree(samples, self.path("tests/samples"))
        shutil.copytree(os.path.join(samples, "reports"), self.path("reports"))
        self.nqindex("-q", self.path("reports"))
        for page, language in (("README.md", "en"), ("README.zh-CN.md", "zh_CN")):
            transcripts = self.transcripts(page)
            self.assertGreater(len(transcripts), 8, page)
            env = dict(os.environ, **self.env, LANGUAGE=language, PATH=nq.BIN + os.pathsep + os.environ["PATH"])
            for command, shown in transcripts:
                index = self.path(f"{language}.db") if command.startswith("nqindex") else self.index
                run = subprocess.run(command, shell=True, cwd=self.dir, env=dict(env, NQ_INDEX=index), capture_output=True, text=True)
                if timeless(run.stdout) != timeless(shown) and os.environ.get("NQ_REWRITE"):
                    self.rewrite(page, f"```\n$ {command}\n{shown}```", f"```\n$ {command}\n{run.stdout.rstrip()}\n```")
                    continue
                self.assertEqual(timeless(run.stdout), timeless(shown), f"{page}: {command}")
                self.assertEqual(run.stderr, "", f"{page}: {command}")
        self.assertEqual([c for c, _ in self.transcripts("README.md")], [c for c, _ in self.transcripts("README.zh-CN.md")])


if __name__ == "__main__":
    nq.main()
