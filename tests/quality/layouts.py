#!/usr/bin/env python3
"""layouts.py FOLDER [N]: N reports in as many layouts, written to FOLDER/files with what they hold in FOLDER/gold, for the
evaluation's task `reports`.  By hand: their contents are those of the evaluation's own reports (beside the project, or at
NQ_SHARED).

Every report has a page length, running heads or none, a contents page of some form, sections numbered in one of six ways, references in one of six forms with
bullets, numbers or neither, and is wrapped at some width with or without indents, or not at all.  Pages end where they end:
within sentences, words, dates and references.  Report N is the same each time.
"""
import glob
import json
import os
import random
import re
import sys
import unicodedata

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "../.."))
SHARED = os.environ.get("NQ_SHARED", os.path.join(ROOT, "../shared"))
NUMBERS = "一二三四五六七八九十"
# How sections are numbered: before and behind the numeral, and the numerals.
NUMBERINGS = [("", "、", NUMBERS), ("", "、", NUMBERS), ("", ". ", "123456789"), ("第", "章 ", NUMBERS), ("", "．", "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ"), ("", "、", "壹贰叁肆伍陆柒捌玖拾")]
GOES_ON = "\0"  # before a line that a page parted from its paragraph


def columns(text):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" or c in "“”—…×" else 1 for c in text)


def chinese(date):
    return " ".join(f"{int(part)} {unit}" for part, unit in zip(date.split("-"), "年月日"))


def spelled(date):
    year, month, day = date.split("-")
    tens = lambda n: ("" if n < 20 else NUMBERS[n // 10 - 1]) + ("十" if n >= 10 else "") + (NUMBERS[n % 10 - 1] if n % 10 else "")
    return "".join("〇一二三四五六七八九"[int(c)] for c in year) + "年" + tens(int(month)) + "月" + tens(int(day)) + "日"


class Pages:
    """Lines, parted where pages end."""

    def __init__(self, rng, head):
        self.rng, self.head, self.number, self.lines = rng, head, 1, []
        self.paged = rng.random() < 0.7
        self.left = self.length()

    def length(self):
        return self.rng.randint(500, 900) if self.paged else 10**9

    def turn(self):
        self.number += 1
        self.lines += [""] + ([self.head.format(self.number), ""] if self.head else [])
        self.left = self.length()

    def add(self, *lines):
        self.lines += lines

    def paragraph(self, text, mark=""):
        at = self.left
        while 4 <= at <= len(text) - 4:
            if not self.may_part(text, at):
                at += 1
                continue
            hyphen = "-" if text[at - 1].isalnum() and text[at - 1].isascii() and text[at].isalnum() and text[at].isascii() else ""
            self.add(mark + text[:at].rstrip() + hyphen)
            self.turn()
            text, mark, at = text[at:].lstrip(), GOES_ON, self.left
        self.left -= len(text) + 25
        self.add(mark + text)
        if self.left <= 0:
            self.turn()

    @staticmethod
    def may_part(text, at):
        """Not before a sign that begins no line, nor behind one that ends none; words after three letters; and not
        behind a stop, where nobody could tell that the paragraph goes on."""
        before, after = text[:at], text[at:]
        if after[0] in "，。、；：！？）”》,.;:)|" or before[-1] in "（“《(|。":
            return False
        word = re.search(r"[A-Za-z0-9]*$", before)[0], re.match(r"[A-Za-z0-9]*", after)[0]
        return not (all(word) and (any(c.isdigit() for c in word[0] + word[1]) or min(map(len, word)) < 3))


def wrap(rng, lines):
    width, indent = rng.choice([60, 70, 76, 80, 84]), rng.choice(["　　", "    ", ""])
    out = []
    for text in lines:
        goes_on, text = text.startswith(GOES_ON), text.lstrip(GOES_ON)
        if text.startswith("#") or "\t" in text or "....." in text or (columns(text) <= width and not text.endswith("。") and not goes_on):
            out.append(text)
            continue
        line = "" if goes_on or re.match(r"- |• |\d+\. |\[\d+\] |（\d+）", text) else indent
        for unit in re.findall(r"[（“《(]*(?:[A-Za-z0-9.%+/&-]+|\s|.)", text):
            hangs = unit in "，。、；：！？）”》,.;:)" and columns(line + unit) <= width + 2
            if columns(line + unit) > width and not hangs:
                out.append(line.rstrip())
                line = unit.lstrip()
            else:
                line += unit
        out.append(line)
    if indent and rng.random() < 0.5:  # no empty lines between paragraphs
        out = out[:12] + [text for text in out[12:] if text]
    return out


def reference(form, r):
    if form == "standard":
        return f"{r['source']}. {r['title']}[EB/OL]. ({r['date']})[2026-12-31]. https://example.org/{len(r['title'])}."
    if form == "bracket":
        return f"{r['source']}《{r['title']}》（{chinese(r['date'])}）。"
    fields = {"bars": (" | ", r["title"], chinese(r["date"])), "full": ("：", f"《{r['title']}》", r["date"]),
              "half": (":", f"《{r['title']}》", r["date"]), "plain": (": ", r["title"], r["date"])}
    first, title, date = fields[form]
    between = {"bars": " | ", "full": "，"}.get(form, ", ")
    return r["source"] + first + between.join([title, date, r.get("purpose") or "用于补充背景"]) + "。"


def report(rng, gold):
    marked = rng.random() < 0.3
    level = "## " if marked else ""
    title = rng.choice(["新质生产力每日动态", "数字经济政策日报", "人工智能产业每日观察", "能源转型动态"])
    publisher = rng.choice(["某某省数字经济研究院", "国家工业信息研究中心"])
    date = f"2026-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
    pages = Pages(rng, rng.choice([None, f"{title} {date}", "— {} —", "第 {} 页", "- {} -", "{}/12", "第{}页 共12页", title + "　·　{}", "《" + title + "》{}", "内部资料　注意保存"]))
    abstract = rng.choice(gold)["abstract"]
    pages.add(("# " if marked else "") + title, "", publisher + rng.choice(["", "", " 编", "主办"]), "",
              rng.choice([date, chinese(date), chinese(date).replace(" ", ""), chinese(date) + " 星期三", spelled(date), date.replace("-", "."), date + "　第 128 期"]), "")
    pages.add(level + rng.choice(["摘要", "摘　要", "内容摘要", "今日摘要", "内容提要", "导读", "核心观点", "今日要点", "【摘要】"]), "")
    pages.paragraph(abstract)
    chosen = {s["heading"]: s for s in rng.sample([s for g in gold for s in g["sections"] if s.get("number")], rng.randint(3, 7))}
    sections = [{"number": n, "heading": h, "paragraphs": s["paragraphs"]} for n, (h, s) in zip(NUMBERS, chosen.items())]
    if rng.random() < 0.5:
        sections.append({"number": None, "heading": "趋势判断", "paragraphs": rng.choice(gold)["sections"][0]["paragraphs"][:1]})
    before, behind, numerals = rng.choice(NUMBERINGS)
    headings = [(before + numerals[i] + behind if s["number"] else "") + s["heading"] for i, s in enumerate(sections)]
    contents, page, form = [], 1, rng.choice(["{}\t{}", "- {} {}", "{}" + "." * rng.randint(6, 30) + " {}", "{}  {}", None])
    for heading in headings + ["参考文献"]:
        page += rng.random() < 0.5
        contents += [form.format(heading, page)] if form else []
    if form:
        pages.add("", level + rng.choice(["Contents", "目录", "目　录", "CONTENTS"]), "", *contents)
    for heading, section in zip(headings, sections):
        pages.add("", level + heading)
        for text in section["paragraphs"]:
            pages.add("")
            pages.paragraph(text)
    form, mark = rng.choice(["bars", "full", "half", "plain", "standard", "bracket"]), rng.choice(["- ", "{}. ", "[{}] ", "（{}）", "• ", ""])
    pages.add("", level + rng.choice(["参考文献", "参考资料", "参考来源", "资料来源", "信息来源"]), "")
    references = [r for g in gold for r in g["references"] if r.get("source") and r.get("title") and r.get("date") and not r.get("date_end")]
    references = [r for r in rng.sample(references, rng.randint(4, 12)) if not re.search({"plain": "[,，:：]", "standard": r"[.,，:：《》\[\]]"}.get(form, "[《》]"), r["title"])]
    for i, r in enumerate(references):
        pages.paragraph(reference(form, r), mark.format(i + 1))
        pages.add(*([] if mark else [""]))
    footer = rng.choice([["联系我们，请扫描二维码", "", "", "某某研究院", "官方公众号"], ["本报告仅供行业研究参考，不构成投资建议"], []])
    lines = pages.lines + [""] + footer
    lines = wrap(rng, lines) if rng.random() < 0.5 else [text.lstrip(GOES_ON) for text in lines]
    return lines, {"title": title, "publisher": publisher, "date": date, "abstract": abstract, "sections": sections,
                   "references": references, "footer_boilerplate": [text for text in footer if text], "toc_lines": contents,
                   "ignore_text": sorted({t for g in gold for t in g.get("ignore_text", [])})}


def main():
    folder, n = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 200
    paths = sorted(glob.glob(os.path.join(SHARED, "eval/data/reports/gold/*.json")))
    if not paths:
        print("layouts: no evaluation beside the project; nothing to render", file=sys.stderr)
        return 77
    gold = []
    for path in paths:
        with open(path, encoding="utf-8") as f:
            gold.append(json.load(f))
    for name in ("files", "gold"):
        os.makedirs(os.path.join(folder, name), exist_ok=True)
    for i in range(n):
        lines, truth = report(random.Random(i), gold)
        with open(os.path.join(folder, "files", f"{i:04d}.txt"), "w", encoding="utf-8") as f:
            f.write("\n".join(lines) + "\n")
        with open(os.path.join(folder, "gold", f"{i:04d}.json"), "w", encoding="utf-8") as f:
            json.dump(truth | {"file": f"{i:04d}.txt"}, f, ensure_ascii=False)
    return 0


sys.exit(main())
