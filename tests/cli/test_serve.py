"""nqserve from outside: what it answers to requests as they should be."""
import datetime
import gzip
import json
import os
import re
import shutil
import subprocess
import threading
import time
import xml.etree.ElementTree as ET

import nq
from nqserve import Reply, Server, quote

ATOM = "{http://www.w3.org/2005/Atom}"
OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"
EVIL = '<script>alert("x")</script>&\'"'


def strip(answer):
    """An answer without what differs from run to run."""
    answer.pop("took_ms", None)
    return answer


class Serve(nq.Case):
    def setUp(self):
        super().setUp()
        for day, heading in ((1, "算电协同试点启动"), (2, "民营经济座谈"), (3, "算电协同第二批申报")):
            text = f"6月{day}日，云岭省数据局印发《算电协同实施方案》。强化“算电协同”，推进绿色用电。到2028年底建成{day}个节点。\n\n" \
                   f"参考文献\n\n- 云岭日报：《算电协同怎么看》，2026-06-0{day}，用于核验口径。"
            self.write(f"base/2026-06-0{day}.md", nq.report(f"2026-06-0{day}", heading, text))
        self.write("base/evil.jsonl", json.dumps(
            {"id": "e", "date": "2026-06-09", "title": EVIL, "text": "恶意标题 " + EVIL, "url": "javascript:alert(1)"}) + "\n")
        self.nqindex("-q", self.path("base"))

    def cli(self, *args):
        return strip(self.search(*args))

    def test_json_is_that_of_the_command_line(self):
        server = Server(self)
        same = [
            ("/api/search?q=" + quote("算电协同"), ["算电协同"]),
            ("/api/search?n=2&offset=1&sort=date&kind=report&q=" + quote("算电协同"),
             ["-n2", "--offset=1", "--sort=date", "--kind=report", "算电协同"]),
            ("/api/search?from=2026-06-02&to=2026-06&q=" + quote("算电协同"), ["--from=2026-06-02", "--to=2026-06", "算电协同"]),
            ("/api/search?q=" + quote("没有这样的词"), ["没有这样的词"]),
            ("/api/search?q=" + quote("算电协同 -民营"), ["算电协同 -民营"]),
            ("/api/search?exact=1&q=" + quote("算电协同 座谈"), ["--exact", "算电协同 座谈"]),
            ("/api/search?exact=0&q=" + quote("算电协同 座谈"), ["算电协同 座谈"]),
            ("/api/search?explain=1&q=" + quote("算电协同 座谈"), ["--explain", "算电协同 座谈"]),
            ("/api/suggest?q=" + quote("算"), ["--suggest", "算"]),
            ("/api/suggest?n=1&q=" + quote("算"), ["--suggest", "-n1", "算"]),
            ("/api/timeline?q=" + quote("算电协同"), ["--timeline", "算电协同"]),
            ("/api/timeline?n=1&kind=milestone&q=" + quote("算电协同"), ["--timeline", "-n1", "--kind=milestone", "算电协同"]),
        ]
        for target, args in same:
            reply = server.get(target)
            self.assertEqual((reply.status, reply.type), (200, "application/json"), target)
            self.assertEqual(list(strip(reply.json()).items()), list(self.cli(*args).items()), target)
        hit = self.search("座谈")["hits"][0]
        related = strip(server.get(f"/api/related/{hit['passage']}").json())
        self.assertEqual(related, self.cli(f"--related={hit['passage']}"))
        report = server.get(f"/api/report/{hit['report']['id']}").json()
        self.assertEqual(report, self.search(f"--report={hit['report']['id']}"))
        passage = server.get(f"/api/passage/{hit['passage']}?q=" + quote("座谈")).json()
        self.assertEqual(passage["hits"][0]["text"], hit["text"])
        server.stop()

    def test_topics(self):
        server = Server(self)
        listed = json.loads(self.run_program("nqtopics", "--json", "-n5", "--kind=term,document", status=0).out)
        self.assertEqual(server.get("/api/topics?n=5&kind=term,document").json(), listed)
        self.assertTrue(listed["topics"])
        for target, args in (("topics/" + quote("算电协同"), ["算电协同"]), ("topics/" + quote("算电协同") + "?passages=3", ["--passages=3", "算电协同"]),
                             ("sources", ["--sources"]), ("sources?n=1&from=2026-06-02", ["--sources", "-n1", "--from=2026-06-02"]),
                             ("conflicts?q=" + quote("算电协同"), ["--conflicts", "算电协同"])):
            self.assertEqual(server.get("/api/" + target).json(), json.loads(self.run_program("nqtopics", "--json", *args, status=(0, 1)).out), target)
        self.assertTrue(server.get("/api/sources").json()["sources"])
        self.assertEqual(server.get("/api/conflicts").json()["code"], "missing_query")
        for target in ("/api/topics?kind=x", "/api/topics?kind=term,,word", "/api/topics?sort=date", "/api/topics?n=1000"):
            self.assertEqual(server.get(target).json()["code"], "bad_parameter", target)
        self.assertIn(server.get("/api/topics/%20").status, (200, 404))

    def test_source(self):
        server = Server(self)
        found = server.search("算电协同", "&source=" + quote("云岭日报")).json()
        self.assertEqual(found["query"], "算电协同")
        self.assertEqual({h["reference"]["source"] for h in found["hits"]}, {"云岭日报"})
        for query, column in (('算电 "协同', 3), ("date:x", 0)):
            for more in ("", "&source=" + quote("云岭日报")):
                self.assertEqual(server.search(query, more).json()["column"], column, (query, more))
        quoted = server.search("算电协同", "&source=" + quote('a" OR "b')).json()
        self.assertEqual(quoted["total"], 0)

    def test_headers(self):
        server = Server(self)
        reply = server.search("算电协同", "&n=1&offset=1")
        policy = reply.headers["content-security-policy"]
        self.assertIn("default-src 'none'", policy)
        self.assertIn("script-src 'self'", policy)
        self.assertNotIn("unsafe", policy)
        self.assertEqual(reply.headers["x-content-type-options"], "nosniff")
        self.assertEqual(reply.headers["referrer-policy"], "no-referrer")
        self.assertEqual(reply.headers["access-control-allow-origin"], "*")
        self.assertEqual(reply.headers["cache-control"], "no-cache")
        links = dict((rel, target) for target, rel in re.findall(r'<([^>]*)>; rel="(\w+)"', reply.headers["link"]))
        self.assertEqual(set(links), {"prev", "next"})
        self.assertEqual(server.get(links["next"]).json()["offset"], 2)
        self.assertEqual(server.get(links["prev"]).json()["offset"], 0)
        self.assertNotIn("access-control-allow-origin", server.get("/").headers)
        for path in ("/nq-search.js", "/app.js", "/draw.js", "/style.css", "/icon.svg"):
            asset = server.get(path)
            self.assertEqual(asset.status, 200)
            self.assertEqual(server.get(path, If_None_Match=asset.headers["etag"]).status, 304)
        self.assertEqual(server.get("/nq-search.js").headers["access-control-allow-origin"], "*")

    def test_methods(self):
        server = Server(self)
        target = "/api/search?q=" + quote("算电协同")
        whole, head = server.get(target), server.get(target, "HEAD")
        self.assertEqual((head.status, head.body), (200, b""))
        self.assertEqual(head.headers["content-length"], whole.headers["content-length"])
        options = server.get(target, "OPTIONS")
        self.assertEqual((options.status, options.headers["allow"]), (204, "GET, HEAD, OPTIONS"))
        self.assertEqual(options.headers["access-control-allow-methods"], "GET, HEAD, OPTIONS")
        check = server.get("/api/check", "OPTIONS")
        self.assertEqual(check.headers["allow"], "POST, OPTIONS")
        self.assertNotIn("access-control-allow-origin", check.headers)

    def test_tags_follow_index_and_question(self):
        server = Server(self)
        first = server.search("算电协同")
        tag = first.headers["etag"]
        self.assertEqual(server.search("算电协同").headers["etag"], tag)
        known = server.search("算电协同", If_None_Match=f'"other", {tag}')
        self.assertEqual((known.status, known.body, known.headers["etag"]), (304, b"", tag))
        self.assertNotEqual(server.search("民营经济").headers["etag"], tag)
        self.write("base/2026-06-08.md", nq.report("2026-06-08", "算电协同再提速", "算电协同进入第三批。"))
        self.nqindex("-q", self.path("base"))
        changed = server.search("算电协同", If_None_Match=tag)
        self.assertEqual(changed.status, 200)
        self.assertEqual(changed.json()["total"], first.json()["total"] + 1)
        again = Server(self)
        self.assertEqual(again.search("算电协同").headers["etag"], changed.headers["etag"], "after a restart")

    def test_gzip(self):
        server = Server(self)
        plain = server.search("算电协同")
        for encoding in ("gzip", "br;q=1.0, gzip;q=0.8"):
            packed = server.search("算电协同", Accept_Encoding=encoding)
            self.assertEqual(packed.headers["content-encoding"], "gzip")
            self.assertEqual(strip(json.loads(gzip.decompress(packed.body))), strip(plain.json()))
            self.assertLess(len(packed.body), len(plain.body))
        for encoding in ("identity", "gzip;q=0", "br"):
            self.assertNotIn("content-encoding", server.search("算电协同", Accept_Encoding=encoding).headers)

    def test_problems(self):
        server = Server(self)
        wrong = [
            ("/nowhere", 404, "not_found"),
            ("/api/search", 400, "missing_query"),
            ("/api/search?q=+", 400, "missing_query"),
            ("/api/search?q=%22", 400, "bad_query"),
            ("/api/search?q=a&n=101", 400, "bad_parameter"),
            ("/api/search?q=a&n=-1", 400, "bad_parameter"),
            ("/api/search?q=a&offset=99999999999999999999999", 400, "bad_parameter"),
            ("/api/search?q=a&from=2026-02-30", 400, "bad_parameter"),
            ("/api/search?q=a&kind=x", 400, "bad_parameter"),
            ("/api/search?q=a&sort=x", 400, "bad_parameter"),
            ("/api/search?q=a&exact=yes", 400, "bad_parameter"),
            ("/api/search?q=a&explain=2", 400, "bad_parameter"),
            ("/api/search?q=" + "a" * 2001, 400, "query_too_long"),
            ("/api/search?q=%ff", 400, "bad_encoding"),
            ("/api/related/999999", 404, "not_found"),
            ("/api/report/999999", 404, "not_found"),
            ("/api/report/0", 404, "not_found"),
            ("/api/report/x", 404, "not_found"),
            ("/api/report/99999999999999999999999", 404, "not_found"),
            ("/api/passage/999999", 404, "not_found"),
        ]
        for target, status, code in wrong:
            reply = server.get(target)
            problem = reply.json()
            self.assertEqual((reply.status, problem["status"], problem["code"]), (status, status, code), target)
            self.assertEqual(reply.type, "application/problem+json")
            self.assertEqual(reply.headers["cache-control"], "no-store")
            self.assertNotIn(self.dir, reply.text(), "paths are not for readers")
        self.assertEqual(server.get("/api/search?q=" + quote('算电 "协同')).json()["column"], 3)
        for target, method in (("/api/search?q=a", "POST"), ("/api/check", "GET"), ("/", "DELETE"), ("/healthz", "BREW")):
            reply = server.get(target, method, b"x" if method == "POST" else None)
            self.assertEqual(reply.status, 405, target)
            self.assertIn("OPTIONS", reply.headers["allow"])
        page = server.get("/?q=" + quote('算电 "协同'))
        self.assertEqual((page.status, page.type), (400, "text/html"))
        self.assertIn('<p class="problem">检索式有误：引号没有闭合', page.text(), "also where the locale is not installed")
        self.assertEqual(server.get("/nowhere", Accept="text/html").type, "text/html")

    def test_pages_need_no_script(self):
        server = Server(self)
        page = server.get("/?q=" + quote("算电协同")).text()
        links = re.findall(r'<a class="title" href="(/passage/\d+\?q=[^"]*)"', page)
        self.assertGreater(len(links), 2)
        self.assertIn("<mark>算电协同</mark>", page)
        self.assertIn('value="算电协同"', page)
        self.assertIn('lang="zh-CN"', page)
        passage = server.get(links[0])
        self.assertIn('class="found"', passage.text())
        self.assertIn("<mark>算电协同</mark>", passage.text())
        report = re.search(r'href="(/report/\d+)"', passage.text()).group(1)
        self.assertEqual(server.get(report).status, 200)
        english = server.get("/?q=" + quote("算电协同"), Accept_Language="de, en;q=0.8, zh;q=0.5")
        self.assertIn('lang="en"', english.text())
        self.assertIn("Accept-Language", english.headers["vary"])
        self.assertNotEqual(english.headers["etag"], server.get("/?q=" + quote("算电协同")).headers["etag"])
        timeline = server.get("/?view=timeline&q=" + quote("算电协同")).text()
        self.assertIn('class="event milestone"', timeline)
        self.assertEqual(server.get("/").status, 200)
        for html in (page, timeline, passage.text()):
            self.assertNotIn("<!--nq:", html, "a place that nobody filled")

    def test_filters(self):
        server = Server(self)
        page = server.get("/?q=" + quote("算电协同") + "&from=2026-06&to=2026-06&kind=report&source=x").text()
        self.assertIn('<ul class="active">', page)
        month = re.search(r'<a href="([^"]*)" data-value="2026-06" data-count="(\d+)" aria-current', server.get(
            "/?q=" + quote("算电协同") + "&from=2026-06&to=2026-06").text())
        self.assertTrue(month)
        self.assertNotIn("from=", month.group(1))
        mixed = "/?q=" + quote("座谈 申报")
        self.assertIn("partial", server.get(mixed).text())
        exact = re.search(r'<a href="([^"]*)">精确匹配</a>\n</p>', server.get(mixed).text()).group(1).replace("&amp;", "&")
        page = server.get(exact).text()
        self.assertIn('class="none"', page, "no passage holds both")
        back = re.search(r'<ul class="active"><li><a href="([^"]*)" title="[^"]*">精确匹配', page).group(1).replace("&amp;", "&")
        self.assertEqual(back, mixed)
        self.assertIn('name="exact" value="1"', page, "the next query is as exact")
        kinds = server.get("/?q=" + quote("算电协同") + "&kind=report").text()
        self.assertRegex(kinds, r'data-value="reference" data-count="[1-9]', "what else there is can still be chosen")

    def test_everything_is_escaped(self):
        server = Server(self)
        for target in ("/?q=" + quote("恶意标题"), "/?q=" + quote(EVIL.replace('"', "")), "/?q=" + quote(EVIL),
                       "/?view=timeline&q=" + quote(EVIL), "/?q=a&source=" + quote(EVIL), "/?q=a&sort=date&view=" + quote(EVIL),
                       "/nowhere?q=" + quote(EVIL)):
            text = server.get(target, Accept="text/html").text()
            self.assertNotIn("<script>", text, target)
            self.assertNotIn("alert(\"x", text, target)
        hit = server.search("恶意标题").json()["hits"][0]
        for target in (f"/passage/{hit['passage']}?q=" + quote("恶意标题"), f"/report/{hit['report']['id']}"):
            page = server.get(target).text()
            self.assertIn("&lt;script&gt;", page)
            self.assertNotIn("<script>", page)
            self.assertNotIn("javascript:", page)
        feed = server.get("/feed.atom?q=" + quote("恶意标题"))
        self.valid_atom(feed.body)
        self.assertEqual(ET.fromstring(feed.body).find(f"{ATOM}entry/{ATOM}title").text, EVIL)
        evil_host = server.raw(b'GET /opensearch.xml HTTP/1.1\r\nHost: a"><x\r\nConnection: close\r\n\r\n')
        self.assertNotIn(b"<x", evil_host)

    def valid_atom(self, feed):
        """By the grammar of RFC 4287, where there is a program to say so."""
        if shutil.which("xmllint"):
            schema = os.path.join(os.path.dirname(os.path.abspath(__file__)), "atom.rng")
            said = subprocess.run(["xmllint", "--noout", "--relaxng", schema, "-"], input=feed, capture_output=True)
            self.assertEqual(said.returncode, 0, said.stderr)

    def test_feed(self):
        server = Server(self, "--base-url=https://search.example.org")
        target = "/feed.atom?q=" + quote("算电协同")
        reply = server.get(target)
        self.assertEqual(reply.type, "application/atom+xml")
        self.valid_atom(reply.body)
        feed = ET.fromstring(reply.body)
        self.assertEqual(feed.tag, ATOM + "feed")
        entries = feed.findall(ATOM + "entry")
        self.assertGreater(len(entries), 2)
        ids = set()
        for element in [feed, *entries]:  # RFC 4287, 4.1.1 and 4.1.2: one id, title and updated each
            for name in ("id", "title", "updated"):
                self.assertEqual(len(element.findall(ATOM + name)), 1, name)
            ids.add(element.find(ATOM + "id").text)
            datetime.datetime.strptime(element.find(ATOM + "updated").text, "%Y-%m-%dT%H:%M:%SZ")
        self.assertEqual(len(ids), len(entries) + 1)
        self.assertTrue(all(re.fullmatch(r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", i)
                            for i in ids))
        self.assertEqual(len(feed.findall(ATOM + "author")), 1)
        self_link = next(e for e in feed.findall(ATOM + "link") if e.get("rel") == "self")
        self.assertEqual(self_link.get("href"), "https://search.example.org" + target)
        days = [e.find(ATOM + "updated").text for e in entries]
        self.assertEqual(days, sorted(days, reverse=True))
        self.nqindex("-q", "--rebuild", self.path("base"))
        again = ET.fromstring(server.get(target).body)
        self.assertEqual({e.find(ATOM + "id").text for e in [again, *again.findall(ATOM + "entry")]}, ids)
        bare = Server(self)  # told by nobody where it is seen, it goes by each request's Host
        for host in ("one.example", "two.example:8080", "one.example"):
            reply = Reply(bare.raw(f"GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode()))
            self.assertIn(f'href="http://{host}/feed.atom?q=', reply.text())
        reply = Reply(bare.raw(f"GET {target} HTTP/1.1\r\nHost: a\"b<c>\r\nConnection: close\r\n\r\n".encode()))
        self.assertNotIn("b<c>", reply.text())
        self.valid_atom(server.get("/feed.atom?q=" + quote("没有这样的词")).body)
        none = ET.fromstring(server.get("/feed.atom?q=" + quote("没有这样的词")).body)
        self.assertEqual(none.findall(ATOM + "entry"), [])

    def test_opensearch(self):
        server = Server(self)
        reply = server.get("/opensearch.xml")
        self.assertEqual(reply.type, "application/opensearchdescription+xml")
        description = ET.fromstring(reply.body)
        self.assertEqual(description.tag, OPENSEARCH + "OpenSearchDescription")
        self.assertLessEqual(len(description.find(OPENSEARCH + "ShortName").text), 16)
        self.assertTrue(description.find(OPENSEARCH + "Description").text)
        urls = {u.get("type"): u.get("template") for u in description.findall(OPENSEARCH + "Url")}
        for template in urls.values():
            self.assertTrue(template.startswith("http://archive.example/"), template)
            path = template[len("http://archive.example"):]
            target = re.sub(r"\{(\w+)\??\}", lambda m: quote("算") if m.group(1) == "searchTerms" else "", path)
            self.assertEqual(server.get(target).status, 200, target)
        page = next(u for u in description.findall(OPENSEARCH + "Url") if u.get("type") == "text/html")
        first = re.sub(r"\{startIndex\?\}", page.get("indexOffset", "1"), page.get("template")).replace("{searchTerms}", quote("算电协同"))
        self.assertEqual(re.findall(r'data-passage="(\d+)"', server.get(first[len("http://archive.example"):]).text()),
                         re.findall(r'data-passage="(\d+)"', server.get("/?q=" + quote("算电协同")).text()), "startIndex of the first is the first")
        suggestions = server.get("/suggest?q=" + quote("算"))
        self.assertEqual(suggestions.type, "application/x-suggestions+json")
        self.assertEqual(suggestions.json()[0], "算")
        self.assertIn("算电协同", suggestions.json()[1])

    def test_calendar(self):
        server = Server(self)
        for query, events in (("算电协同", True), ("没有这样的词", False)):
            reply = server.get("/timeline.ics?q=" + quote(query))
            self.assertEqual((reply.status, reply.type), (200, "text/calendar"))
            lines = reply.text().replace("\r\n ", "").split("\r\n")
            self.assertEqual((lines[0], lines[-2], lines[-1]), ("BEGIN:VCALENDAR", "END:VCALENDAR", ""))
            self.assertTrue(all(len(line.encode()) <= 75 for line in reply.text().split("\r\n")))
            inner = [line for line in lines if line.startswith("BEGIN:")][1:]
            self.assertTrue(inner, "RFC 5545, 3.6: at least one component")
            self.assertEqual("BEGIN:VEVENT" in inner, events)

    def test_check(self):
        server = Server(self, "--access-log")
        secret = "绝密草稿之独有词句"
        draft = nq.report("2026-06-20", "算电协同第二批申报", f"强化“算电协同”，推进绿色用电。{secret}。").encode()
        reply = server.get("/api/check", "POST", draft)
        self.assertEqual((reply.status, reply.headers["cache-control"]), (200, "no-store"))
        answer = reply.json()
        self.assertEqual(answer["schema"], "nqsearch.check/1")
        path = self.write("draft.md", draft)
        cli = json.loads(self.run_program("nqcheck", "--json", path, status=(0, 1)).out)
        self.assertEqual(answer["sections"], cli["sections"])
        early = server.get("/api/check?before=2026-06-02", "POST", draft).json()
        self.assertEqual(early["before"], "2026-06-02")
        for options in ("days=18", "since=2026-06-02", "kind=all", "threshold=strict", "threshold=lenient&days=30&kind=reference&since=2026-06&before=2026-06-19"):
            cli = json.loads(self.run_program("nqcheck", "--json", *("--" + o for o in options.split("&")), path, status=(0, 1)).out)
            got = server.get("/api/check?" + options, "POST", draft).json()
            cli["draft"]["path"] = got["draft"]["path"]
            self.assertEqual(got, cli, options)
        for options in ("days=-1", "days=4294967296", "since=x", "kind=x", "threshold=x"):
            self.assertEqual(server.get("/api/check?" + options, "POST", draft).json()["code"], "bad_parameter", options)
        form = ("draft=" + quote(draft.decode()).replace("%20", "+") + "&before=").encode()
        page = server.get("/check", "POST", form)
        self.assertEqual((page.status, page.type), (200, "text/html"))
        self.assertRegex(page.text(), r'class="checked (repeat|update)"')
        self.assertIn(secret, page.text())
        self.assertIn('value="strict" selected', server.get("/check", "POST", form + b"&threshold=strict").text())
        self.assertEqual(server.get("/api/check", "POST", b"").json()["code"], "no_draft")
        self.assertEqual(server.get("/check", "POST", b"draft=").status, 422)
        self.assertEqual(server.get("/api/check?before=x", "POST", draft).json()["code"], "bad_parameter")
        server.get("/check?draft=" + quote(secret))
        log = server.stop()
        self.assertIn("POST /api/check", log)
        self.assertNotIn(quote(secret), log)
        for name in os.listdir(self.dir):
            if os.path.isfile(self.path(name)) and name != "draft.md":
                with open(self.path(name), "rb") as f:
                    self.assertNotIn(secret.encode(), f.read(), name)

    def test_metrics(self):
        server = Server(self)
        for _ in range(3):
            server.search("算电协同")
        server.get("/nowhere")
        text = server.get("/metrics").text()
        values = {}
        for line in text.splitlines():
            if not line.startswith("#"):
                self.assertRegex(line, r'^nqserve_\w+(\{\w+="[^"]*"(,\w+="[^"]*")*\})? [0-9.e+-]+$')
                name, value = line.rsplit(" ", 1)
                values[name] = float(value)
        self.assertEqual(values['nqserve_requests_total{route="/api/search",code="200"}'], 3)
        self.assertEqual(values['nqserve_requests_total{route="",code="404"}'], 1)
        self.assertEqual(values["nqserve_request_duration_seconds_count"], 4)
        self.assertEqual(values['nqserve_request_duration_seconds_bucket{le="+Inf"}'], 4)
        self.assertEqual(values["nqserve_cached_total"], 2)
        self.assertEqual(server.get("/healthz").json(), {"status": "ok"})

    def test_log(self):
        server = Server(self, "--access-log")
        server.search("算电协同")
        server.raw(b"GET /\x1b[31m\"x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        log = server.stop()
        self.assertRegex(log, r'127\.0\.0\.1 - - \[[^\]]+\] "GET /api/search\?q=%E7%AE%97[%0-9A-F]+ HTTP/1\.1" 200 \d+ \d+\.\d{4}\n')
        self.assertNotIn("\x1b", log)

    def test_readers_beside_a_writer(self):
        self.beside_a_writer()

    def beside_a_writer(self, **options):
        nq.make_corpus(self.path("more"), 12, 8)
        server = Server(self, **options)
        wrong, done = [], threading.Event()

        def read():
            n = 0
            while not done.is_set() or n < 20:
                reply = server.search("算电协同", f"&x={n}")
                n += 1
                if reply.status != 200 or reply.json()["total"] < 3:
                    wrong.append(reply.body)
        readers = [threading.Thread(target=read) for _ in range(3)]
        for reader in readers:
            reader.start()
        self.nqindex("-q", self.path("more"))
        self.nqindex("-q", "--rebuild", self.path("base"), self.path("more"))
        self.nqindex("-q", "--optimize")
        done.set()
        for reader in readers:
            reader.join()
        self.assertEqual(wrong, [])
        self.assertGreater(server.search("数据").json()["total"], 0, "the new index")
        server.stop()

    def test_index_comes_and_goes(self):
        for name in list(os.listdir(self.dir)):
            if name.startswith("nq.db"):
                os.rename(self.path(name), self.path("kept-" + name))
        server = Server(self)
        for target in ("/api/search?q=a", "/healthz", "/?q=a", "/"):
            reply = server.get(target)
            self.assertEqual(reply.status, 503, target)
            self.assertTrue(reply.headers["retry-after"])
        self.assertEqual(server.get("/healthz").json()["code"], "no_index")
        self.assertIn("索引尚未建立", server.get("/?q=a").text())
        self.assertEqual(server.get("/style.css").status, 200)
        os.rename(self.path("kept-nq.db"), self.index)
        self.assertEqual(server.search("民营经济").status, 200)
        os.remove(self.index)
        self.assertEqual(server.search("民营经济").json()["code"], "no_index")
        self.write("nq.db", b"this is no index" * 1000)
        self.assertEqual(server.search("民营经济").json()["code"], "index_unreadable")
        os.remove(self.index)
        self.assertEqual(server.search("民营经济").json()["code"], "no_index")
        self.nqindex("-q", self.path("base"))
        self.assertEqual(server.search("民营经济").status, 200)
        said = server.stop().splitlines()
        self.assertEqual([line.endswith("gets 503 until it can be read") for line in said if "no index there" in line], [True, False],
                         "at the start, and once a minute")
        self.assertEqual(len([line for line in said if "not an index" in line]), 1, said)

    def test_index_is_cut_short(self):
        """As by cp in place of mv, while it is being read: no answer but a problem, and the next one is right again."""
        nq.make_corpus(self.path("more"), 12, 8)
        self.nqindex("-q", self.path("more"))
        self.nqindex("-q", "--optimize")
        with open(self.index, "rb") as f:
            whole = f.read()
        server = Server(self, "--threads=3")
        seen, done = [], threading.Event()

        def read(first):
            n = first
            while not done.is_set():
                seen.append(server.search("数据", f"&x={n}").status)
                n += 3
        readers = [threading.Thread(target=read, args=(i,)) for i in range(3)]
        for reader in readers:
            reader.start()
        for n in range(20):
            time.sleep(0.05)
            with open(self.index, "r+b") as f:
                f.truncate(len(whole) * (n % 5) // 5)
                time.sleep(0.05)
                f.seek(0)
                f.write(whole)
        done.set()
        for reader in readers:
            reader.join()
        self.assertLessEqual(set(seen), {200, 503})
        self.assertGreater(server.search("数据").json()["total"], 0)
        server.stop()

    def open_to_others(self):
        if os.getuid() != 0:
            self.skipTest("needs another user")
        os.chmod(self.dir, 0o755)
        try:
            subprocess.run([os.path.join(nq.BIN, "nqserve"), "--version"], user=65534, check=True, capture_output=True)
        except (OSError, subprocess.SubprocessError):
            self.skipTest("nobody may not run the programs here")

    def test_writer_in_a_folder_without_rights(self):
        self.open_to_others()
        self.beside_a_writer(user=65534)

    def test_outdated_index(self):
        server = Server(self)
        self.sql("DELETE FROM meta WHERE key = 'events'")
        reply = server.get("/api/timeline?q=" + quote("算电协同"))
        self.assertEqual((reply.status, reply.json()["code"]), (503, "index_outdated"))
        self.assertNotIn(self.dir, reply.text())

    def test_folder_without_rights(self):
        """A server that may not write beside the index sees what a writer does there all the same."""
        self.open_to_others()
        server = Server(self, user=65534)
        before = server.search("算电协同").json()["total"]
        for day in (11, 12, 13):
            self.write(f"base/2026-06-{day}.md", nq.report(f"2026-06-{day}", "又一天", "算电协同再提速。"))
            self.nqindex("-q", self.path("base"))
            reply = server.search("算电协同")
            before += 1
            self.assertEqual((reply.status, reply.json()["total"]), (200, before))
        server.stop()


if __name__ == "__main__":
    nq.main()
