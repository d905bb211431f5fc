#!/usr/bin/env python3
"""generate.py PASSAGES [SEED] >OUT.JSONL: an archive of any size that looks like a real one, one document a passage.

Words come from the base dictionary with its own frequencies, which are Zipf's, and (one in six) from dicts/terms.tsv by 1/rank; a passage has
a few words of its own that come back in it.  How long passages and sentences are is that of tests/samples.  The same seed gives the same
bytes, and a larger archive begins with the smaller one.  DICT in the environment names another base dictionary.
"""
import datetime
import itertools
import json
import os
import random
import re
import sys

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "../.."))
DICT = os.environ.get("DICT", "/usr/lib/python3/dist-packages/jieba/dict.txt")
TERM_SHARE, OWN_SHARE, OWN_WORDS = 1 / 6, 0.2, 4
CHUNK = 4096  # words drawn at once


class Words:
    """Draws words by weight."""

    def __init__(self, rng, words, weights):
        self.rng, self.words = rng, words
        self.cumulative = list(itertools.accumulate(weights))
        self.left = []

    def draw(self):
        if not self.left:
            self.left = self.rng.choices(self.words, cum_weights=self.cumulative, k=CHUNK)
        return self.left.pop()


def base_words():
    words, weights = [], []
    for line in open(DICT, encoding="utf-8"):
        word, frequency, _ = line.split(" ")
        if int(frequency) > 3 and re.fullmatch(r"[\u4e00-\u9fff]{1,6}", word):
            words.append(word)
            weights.append(int(frequency))
    return words, weights


def terms():
    found = [line.split("\t")[0] for line in open(os.path.join(ROOT, "dicts/terms.tsv"), encoding="utf-8") if line[0] not in "#\n"]
    random.Random(0).shuffle(found)
    return found, [1 / rank for rank in range(1, len(found) + 1)]


def lengths():
    """Characters of the samples' passages and of their sentences."""
    passages, sentences = [], []
    samples = os.path.join(ROOT, "tests/samples")
    names = [os.path.join(folder, name) for folder, _, names in os.walk(samples) for name in names if name.endswith(".md")]
    for name in sorted(names):
        for line in open(name, encoding="utf-8"):
            line = line.strip()
            if len(line) > 20 and line[0] not in "#|>":
                passages.append(len(line))
                sentences += [len(s) for s in re.split("[。；！？]", line) if len(s) > 3]
    return passages or [120], sentences or [30]


def passage(rng, base, term, length, sentence_lengths):
    own = [term.draw() if rng.random() < 0.5 else base.draw() for _ in range(OWN_WORDS)]
    text, n = [], 0
    while n < length:
        left = rng.choice(sentence_lengths)
        while left > 0:
            x = rng.random()
            word = rng.choice(own) if x < OWN_SHARE else term.draw() if x < OWN_SHARE + TERM_SHARE else base.draw()
            text.append(word)
            left -= len(word)
            n += len(word)
            if left > 8 and rng.random() < 0.1:
                text.append("，")
        text.append("。")
    return "".join(own[:3]), "".join(text)


def main():
    count, seed = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1
    rng = random.Random(seed)
    base, term = Words(rng, *base_words()), Words(rng, *terms())
    passage_lengths, sentence_lengths = lengths()
    first = datetime.date(2005, 1, 1)
    for number in range(1, count + 1):
        title, text = passage(rng, base, term, rng.choice(passage_lengths), sentence_lengths)
        date = first + datetime.timedelta(days=number * 7919 % 7305)
        print(json.dumps({"id": str(number), "date": str(date), "title": title, "text": text}, ensure_ascii=False))


if __name__ == "__main__":
    main()
