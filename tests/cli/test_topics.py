"""nqtopics: what the archive is about, one topic whole, and new words with evidence."""
import json
import shutil
import sqlite3

import nq

SUBJECTS = "果园 渔港 冷库 堤防 车站 学校 医院 商场 电厂 农田".split()


# Words enough that those above are rare among them.
FILLER = "晚饭、早点、茶水、米面、青菜、豆腐、萝卜、鸡蛋、牛奶、面包、苹果、香蕉、西瓜、葡萄、桌子、椅子、窗户、大门、雨伞、帽子。"


class Discover(nq.Case):
    def setUp(self):
        super().setUp()
        # 泊舟智算指数 stands in no dictionary, and here beside many words.
        for n, subject in enumerate(SUBJECTS):
            other = SUBJECTS[(n + 3) % 10]
            text = f"{subject}泊舟智算指数{other}。{subject}浇水。" + FILLER
            self.write(f"r/2026-06-{n + 10}.md", nq.report(f"2026-06-{n + 10}", f"第{n}号", text))
        self.nqindex("-q", self.path("r"))

    def nqtopics(self, *args, status=0, **options):
        return self.run_program("nqtopics", *args, status=status, **options)

    def proposals(self, *args, status=0):
        answer = json.loads(self.nqtopics("--discover", "--json", *args, status=status).out)
        self.assertEqual(answer["schema"], "nqsearch.topics/1")
        return {p["term"]: p for p in answer["proposals"]}

    def test_json(self):
        p = self.proposals()["泊舟智算指数"]
        self.assertEqual((p["count"], p["passages"], p["first_date"], p["category"]), (10, 10, "2026-06-10", "new"))
        self.assertEqual([q["date"] for q in p["quotes"]], ["2026-06-10", "2026-06-11", "2026-06-12"])
        self.assertTrue(all("泊舟智算指数" in q["text"] for q in p["quotes"]))

    def test_lines_are_a_dictionary(self):
        shown = self.nqtopics("--discover").out
        self.assertRegex(shown, r"(?m)^# 10 times in 10 passages, first 2026-06-10$")
        self.assertRegex(shown, r"(?m)^泊舟智算指数\tnew\t[357]$")
        # As they are, they are a dictionary: its words are whole, and no news any more.
        path = self.write("words.tsv", shown)
        text = self.write("t.txt", "评估泊舟智算指数")
        run = self.run_program("nqtext", f"--dict={path}", "--segment", text, status=0)
        self.assertIn("泊舟智算指数", run.out.split())
        self.assertNotIn("泊舟智算指数", self.proposals(f"--dict={path}", status=(0, 1)))
        quiet = self.nqtopics("--discover", "-q").out.splitlines()
        self.assertEqual(quiet, [line for line in shown.splitlines() if not line.startswith("#")])

    def test_limits(self):
        self.assertEqual(len(self.proposals("-n", "1")), 1)
        self.assertEqual(self.proposals("-n", "0", status=1), {})
        self.assertNotIn("泊舟智算指数", self.proposals("--least=11", status=(0, 1)))
        self.assertIn(" proposals in ", self.nqtopics("--discover", "-v", "-q").err)

    def test_nothing(self):
        self.write("s/2026-07-01.md", nq.report("2026-07-01", "龘", "龘。"))
        self.nqindex("-q", "--rebuild", self.path("s"))
        self.assertEqual(self.nqtopics("--discover", status=1).out, "")

    def test_wrong_use(self):
        self.assertIn("one topic", self.nqtopics("甲", "乙", status=2).err)
        self.assertIn("--kind", self.nqtopics("--kind=x", status=2).err)
        self.assertIn("--sort", self.nqtopics("--sort=x", status=2).err)
        self.assertIn("--from", self.nqtopics("--from=x", status=2).err)
        self.assertIn("letters", self.nqtopics("，。", status=2).err)
        self.assertIn("no argument", self.nqtopics("--discover", "算力", status=2).err)
        self.error(self.nqtopics("--discover", "-n", "x", status=2), "-n: a whole number from 0 on, not x")
        self.error(self.nqtopics("--discover", "-i", self.path("none.db"), status=2), "none.db")


def section(heading, *paragraphs):
    return f"## {heading}\n\n" + "\n\n".join(paragraphs) + "\n\n"


def report(day, *sections):
    return f"# 政策日报\n\n日期：{day}\n\n" + "".join(sections)


class Topics(nq.Case):
    """Seventy days: 算电协同 to the end, 低空经济 for the first forty, 数据要素 beside 国家数据局 on some."""

    def setUp(self):
        super().setUp()
        for n in range(70):
            day = f"2026-{3 + n // 28:02}-{n % 28 + 1:02}"
            sections = [section("一、要闻", f"第{n}批农田在浇水，学校在开门。", "果园与渔港照常。")]
            if n >= 60 or n in (5, 25, 45):
                sections.append(section("二、算电协同有进展", f"某地推进算电协同，{n}个数据中心与绿电协同调度。算电协同很重要。"))
            if n < 40:
                sections.append(section("三、低空经济", f"低空经济新增{n}条航线，无人机送货。"))
            if n % 7 == 0:
                who = "江海青屏云岭滨江渔港"[n // 7]  # other words each time, or it were a stock phrase
                text = (f"{who}州会上，国家数据局印发{who}州《数据要素流通试点办法（{2026 + n % 2}年）》，推动{who}州数据要素在{who}州流通。"
                        if n else "国家数据局印发《关于促进城市数据流通的若干实施意见》（以下简称《流通意见》），数据要素先行。")
                sections.append(section("四、数据要素", text))
            self.write(f"r/{day}.md", report(day, *sections))
        self.nqindex("-q", self.path("r"))

    def nqtopics(self, *args, status=0, **options):
        return self.run_program("nqtopics", *args, status=status, **options)

    def answer(self, *args, status=0):
        answer = json.loads(self.nqtopics("--json", *args, status=status).out)
        self.assertEqual(answer["schema"], "nqsearch.topics/1")
        return answer

    def topics(self, *args, **options):
        return {t["name"]: t for t in self.answer(*args, **options)["topics"]}

    def test_list(self):
        answer = self.answer()
        topics = {t["name"]: t for t in answer["topics"]}
        self.assertEqual((answer["from"], answer["to"]), ("2026-03-01", "2026-05-14"))
        t = topics["算电协同"]
        self.assertEqual((t["kind"], t["passages"], t["reports"]), ("term", 13, 13))
        self.assertEqual((t["first_date"], t["last_date"]), ("2026-03-06", "2026-05-14"))
        self.assertEqual([(m["value"], m["count"]) for m in t["months"]], [("2026-03", 2), ("2026-04", 1), ("2026-05", 10)])
        self.assertEqual(t["trend"], "rising")
        self.assertEqual(topics["低空经济"]["trend"], "silent")
        self.assertIn("算电协同", [t["name"] for t in answer["rising"]])
        self.assertIn("低空经济", [t["name"] for t in answer["silent"]])
        self.assertEqual(topics["国家数据局"]["kind"], "organisation")
        weights = [t["weight"] for t in answer["topics"]]
        self.assertEqual(weights, sorted(weights, reverse=True))

    def test_traditional(self):
        """A term has one name, however a report prints it."""
        for n, text in enumerate(("雲嶺省推進算電協同，算電協同很重要。", "某地推进算电协同。", "ＡＩ與算電協同。")):
            day = f"2026-06-{n + 1:02}"
            self.write(f"t/{day}.md", report(day, section("一、要闻", text)))
        self.nqindex("-q", "-i", self.path("t.db"), self.path("t"))
        topics = self.topics("-i", self.path("t.db"))
        self.assertEqual(topics["算电协同"]["passages"], 3)
        self.assertNotIn("算電協同", topics)

    def test_choice(self):
        self.assertEqual({t["kind"] for t in self.topics("--kind=organisation,document").values()},
                         {"organisation", "document"})
        early = self.topics("--from=2026-03", "--to=2026-03-10")
        self.assertEqual((early["算电协同"]["passages"] if "算电协同" in early else 0, early["低空经济"]["passages"]), (0, 10))
        self.assertEqual(len(self.topics("-n", "2", "--offset=1")), 2)
        self.assertEqual(list(self.topics("--sort=change"))[0], "算电协同")
        counts = [t["passages"] for t in self.topics("--sort=passages").values()]
        self.assertEqual(counts, sorted(counts, reverse=True))
        self.assertEqual(self.topics("--from=2030", status=1), {})
        for of in ((), ("--sources",), ("--works",)):
            self.assertEqual(self.nqtopics("--from=2030", *of, status=1).out, "Nothing found.\n")
            self.assertEqual(self.nqtopics("--from=2030", "-q", *of, status=1).out, "")

    def test_shown(self):
        shown = self.nqtopics().out
        self.assertRegex(shown, r"(?m)^低空经济 +[0-9.]+ +40  2026-03-01  2026-04-12 .*↓$")
        self.assertRegex(shown, "(?s)rises since 2026-05-.*算电协同 10.*silent since.*低空经济 2026-04-12")
        page = self.nqtopics("算电协同").out
        self.assertTrue(page.startswith("算电协同  term\n  13 passages in 13 reports, 2026-03-06 to 2026-05-14  rising\n"))
        self.assertIn("【算电协同】", page)
        self.assertTrue(page.endswith("timeline: nqsearch --timeline 算电协同\n"))

    def test_topic(self):
        page = self.answer("数据要素")
        self.assertEqual(page["topic"]["passages"], 10)
        self.assertEqual([o["name"] for o in page["organisations"]], ["国家数据局"])
        self.assertGreater(page["organisations"][0]["npmi"], 0.9)
        self.assertEqual(page["organisations"][0]["together"], 10)
        documents = page["documents"]
        self.assertEqual(documents[0]["name"], "关于促进城市数据流通的若干实施意见")
        self.assertEqual([d["first_date"] for d in documents], sorted(d["first_date"] for d in documents))
        self.assertEqual([m["month"] for m in page["months"]], ["2026-03", "2026-04", "2026-05"])
        self.assertEqual(sum(m["passages"] for m in page["months"]), 10)
        best = self.answer("数据要素", "--passages=2")["months"][0]["best"]
        self.assertEqual(len(best), 2)
        self.assertTrue(any(f["match"] and f["text"] == "数据要素" for f in best[0]["snippet"]))
        # What is asked for in another form, or is no topic but stands there.
        self.assertEqual(self.answer("无人驾驶航空器")["topic"]["name"], "无人机")
        self.assertEqual(self.answer("照常")["topic"]["passages"], 70)

    def test_aliases(self):
        page = self.answer("《关于促进城市数据流通的若干实施意见》")
        self.assertEqual(page["topic"]["kind"], "document")
        alias = page["aliases"][0]
        self.assertEqual((alias["name"], alias["proof"]["date"]), ("流通意见", "2026-03-01"))
        self.assertIn("（以下简称《流通意见》）", alias["proof"]["text"])
        # However it is printed.
        self.assertEqual(self.answer("促进城市数据流通若干实施意见")["topic"]["name"], page["topic"]["name"])
        self.assertIsNone(self.answer("无人机")["aliases"][0]["proof"])

    def test_unknown(self):
        self.error(self.nqtopics("算店协同", status=1), "算店协同: no report names it; did you mean 算电协同?")
        self.assertEqual(self.answer("算店协同", status=1)["did_you_mean"], "算电协同")
        self.assertIsNone(self.answer("龘龘龘龘", status=1)["topic"])

    def test_changed_files(self):
        """Links go with their passages, and topics with their last one."""
        self.write("r/2026-03-06.md", report("2026-03-06", section("一、要闻", "果园。")))
        self.nqindex("-q", self.path("r"))
        self.assertEqual(self.topics()["算电协同"]["passages"], 12)
        shutil.rmtree(self.path("r"))
        self.write("r/2026-06-01.md", report("2026-06-01", section("一、要闻", "海洋经济与海洋经济。")))
        self.nqindex("-q", "--prune", self.path("r"))
        self.assertEqual(self.topics(status=1), {})
        self.nqindex("--verify")
        with sqlite3.connect(self.index) as db:
            self.assertEqual(db.execute("SELECT key, passages FROM topic").fetchall(), [("海洋经济", 1)])
            db.execute("UPDATE topic SET passages = 2")
        shown = self.nqindex("--verify", status=2)
        self.assertIn("1 topics whose passages are miscounted", shown.out + shown.err)
        with sqlite3.connect(self.index) as db:
            db.execute("DELETE FROM topic")
        shown = self.nqindex("--verify", status=2)
        self.assertIn("1 passages with an unknown topic", shown.out + shown.err)

    def test_dictionary(self):
        """A changed dictionary makes topics stale; the next run renews them, and search goes on."""
        words = self.write("words.tsv", "协同调度\tnew\t9\n")
        self.assertNotIn("协同调度", self.topics())
        stats = json.loads(self.nqindex("--stats", "--json", f"--dict={words}").out)
        self.assertEqual(stats["stale_topics"], stats["passages"])
        self.assertIn("topics of another dictionary", self.nqindex("--stats", f"--dict={words}").out)
        self.assertEqual(self.answer(f"--dict={words}")["stale"], stats["passages"])
        self.assertEqual(self.total("协同调度"), 13)
        self.nqindex("-q", f"--dict={words}", self.path("r"))
        self.assertEqual(json.loads(self.nqindex("--stats", "--json", f"--dict={words}").out)["stale_topics"], 0)
        t = self.topics(f"--dict={words}")["协同调度"]
        self.assertEqual((t["kind"], t["passages"]), ("term", 13))
        self.assertEqual(self.topics(f"--dict={words}")["算电协同"]["passages"], 13)
        self.nqindex("--verify", f"--dict={words}")
        # A run that was cut off goes on behind the passages that it had done.
        with sqlite3.connect(self.index) as db:
            ids = [row[0] for row in db.execute("SELECT id FROM passage ORDER BY id")]
            ours, = db.execute("SELECT value FROM meta WHERE key = 'topics'").fetchone()
            db.executemany("REPLACE INTO meta (key, value) VALUES (?, ?)",
                           [("topics", 1), ("topics_next", ours), ("topics_upto", ids[99])])
        self.assertEqual(json.loads(self.nqindex("--stats", "--json", f"--dict={words}").out)["stale_topics"], len(ids) - 100)
        self.nqindex("-q", f"--dict={words}", self.path("r"))
        self.assertEqual(self.topics(f"--dict={words}")["协同调度"]["passages"], 13)

    def test_word_by_its_words(self):
        """A mere word is a topic of few passages; its page is of all that have it.  One is no plural."""
        self.write("r/2026-08-01.md", nq.report("2026-08-01", "灯塔", "江州灯塔开放，灯塔扩建，“灯塔”迎客。"))
        for day in range(2, 6):
            self.write(f"r/2026-08-0{day}.md", nq.report(f"2026-08-0{day}", "动态", "江州灯塔周边的道路通车，沿线居民出行更加方便，市场供应充足，价格平稳。"))
        self.nqindex("-q", self.path("r"))
        self.assertIn("5 passages in 5 reports, 2026-08-01 to 2026-08-05", self.nqtopics("灯塔").out)
        self.assertIn("1 passage in 1 report, 2026-08-01\n", self.nqtopics("迎客").out)

    def test_no_topics_yet(self):
        with sqlite3.connect(self.index) as db:
            db.executescript("DROP TABLE topic; DROP TABLE topic_link; DELETE FROM meta WHERE key LIKE 'topics%';")
        self.assertIn("run nqindex", self.nqtopics(status=2).err)
        self.nqindex("-q", self.path("r"))
        self.assertEqual(self.topics()["算电协同"]["passages"], 13)


class Conflicts(nq.Case):
    """What reports contradict one another on is shown with both statements; what only looks like it is not."""

    def setUp(self):
        super().setUp()
        self.write("r/2027-02-01.md", nq.report("2027-02-01", "算力用电上升", "2026年新建12个集群，全国数据中心总用电量达170亿千瓦时，占比为3.1%。"
                                                "云岭市数据局1月20日发布通知，举办首届算力应用创新大赛山城分赛，面向企业征集参赛项目。累计报名320人。"))
        self.write("r/2027-03-05.md", nq.report("2027-03-05", "算力与电力", "文章指出，我国数据中心用电量从2023年的130亿千瓦时增长至2026年的196亿千瓦时。"
                                                "云岭市发展改革委1月20日发布通知，举办首届算力应用创新大赛山城分赛，面向企业征集项目。累计报名900人。"))
        self.write("r/2027-03-09.md", nq.report("2027-03-09", "用电量再说", "2026年，数据中心用电量约175亿千瓦时；2025年数据中心用电量为150亿千瓦时。"
                                                "到2030年，数据中心用电量预计达800亿千瓦时。"))
        self.nqindex("-q", self.path("r"))

    def test_piece_of_a_title_is_no_issuer(self):
        self.write("r/2027-03-10.md", nq.report("2027-03-10", "白皮书", "云岭市政府新闻办3月10日发布《携手共建算力家园：云岭的倡议与行动》白皮书，全面介绍情况。"))
        self.write("r/2027-03-11.md", nq.report("2027-03-11", "白皮书发布", "《携手共建算力家园：云岭的倡议与行动》白皮书10日发布，引起各方关注。"))
        self.nqindex("-q", self.path("r"))
        answer = json.loads(self.run_program("nqtopics", "--conflicts", "--json", "算力家园", status=1).out)
        self.assertEqual((answer["passages"], answer["conflicts"]), (2, []))

    def conflicts(self, topic):
        answer = json.loads(self.run_program("nqtopics", "--conflicts", "--json", topic, status=0).out)
        self.assertEqual(answer["schema"], "nqsearch.conflicts/1")
        return answer

    def test_json(self):
        answer = self.conflicts("用电量")
        self.assertEqual(answer["passages"], 3)
        figure, = [c for c in answer["conflicts"] if c["kind"] == "figure"]
        self.assertEqual((figure["date"], figure["date_end"]), ("2026-01-01", "2026-12-31"))
        self.assertEqual([(s["report"]["date"], s["value"]) for s in figure["statements"]], [("2027-02-01", "170亿千瓦时"), ("2027-03-05", "196亿千瓦时")])
        self.assertIn("增长至2026年的196亿千瓦时", figure["statements"][1]["quote"])
        issuer, = [c for c in self.conflicts("创新大赛")["conflicts"] if c["kind"] == "issuer"]
        self.assertEqual((issuer["kind"], issuer["date"], [s["value"] for s in issuer["statements"]]),
                         ("issuer", "2027-01-20", ["云岭市数据局", "云岭市发展改革委"]))

    def test_page(self):
        run = self.run_program("nqtopics", "--conflicts", "--color=never", "用电量", status=0)
        for words in ("figures differ", "2026-01-01 … 2026-12-31", "2027-02-01  170亿千瓦时", "2027-03-05  196亿千瓦时", "算力用电上升"):
            self.assertIn(words, run.out)
        self.assertEqual(self.run_program("nqtopics", "--conflicts", "-q", "苹果", status=1).out, "")
        self.assertIn("--conflicts", self.run_program("nqtopics", "--conflicts", status=2).err)


if __name__ == "__main__":
    nq.main()
