"""nqserve from outside: requests as they should not be, and the ends of things."""
import os
import re
import signal
import socket
import threading
import time

import nq
from nqserve import Reply, Server, quote, read_reply

CRLF = b"\r\n"


def request(line, *headers, body=b""):
    return CRLF.join([line, b"Host: a", *headers, b"", body])


class Input(nq.Case):
    def setUp(self):
        super().setUp()
        self.base()

    def alive(self, server):
        self.assertEqual(server.search("算电协同").json()["total"], 1)

    def test_malformed(self):
        """A problem with our headers, whatever it is that came; never an end of the server."""
        server = Server(self, "--timeout=2")
        good = b"/api/search?q=%E7%AE%97"
        cases = [
            b"\r\n\r\n", b"GET", b"GET\r\n\r\n", b"GET /\r\n\r\n", b"\x00" * 100, b"\xff" * 5000, os.urandom(3000),
            b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(500),  # TLS
            b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            request(b"GET " + good), request(b"GET " + good + b" HTTP/9.9"), request(b"GET " + good + b" FTP/1.1"),
            request(b"GET  " + good + b"  HTTP/1.1"), request(b"get " + good + b" HTTP/1.1"),
            request(b"GET http://other.example/ HTTP/1.1"), request(b"GET * HTTP/1.1"), request(b"OPTIONS * HTTP/1.1"),
            request(b"CONNECT a:80 HTTP/1.1"), request(b"TRACE / HTTP/1.1"), request(b"G\x00T / HTTP/1.1"),
            request(b"GET " + good + b"\x00 HTTP/1.1"), request(b"GET /\x00 HTTP/1.1"),
            request(b"GET " + good + b" HTTP/1.1", b"No colon here"), request(b"GET / HTTP/1.1", b": no name"),
            request(b"GET / HTTP/1.1", b"A\x00B: c"), request(b"GET / HTTP/1.1", b"Accept-Language: " + b"zh;q=9e999,-" * 50),
            request(b"GET / HTTP/1.1", b"If-None-Match: " + b'"' * 3000),
            request(b"GET / HTTP/1.1", b"Accept-Encoding: ,,;;q=;gzip;q=NaN,gzip;q=-1"),
            request(b"GET / HTTP/1.1", *[b"X-%d: y" % n for n in range(2000)]), request(b"GET / HTTP/1.1", b"X: " + b"y" * 100000),
            request(b"POST /api/check HTTP/1.1", b"Content-Length: -5"), request(b"POST /api/check HTTP/1.1", b"Content-Length: x"),
            request(b"POST /api/check HTTP/1.1", b"Content-Length: 99999999999999999999999"),
            request(b"POST /api/check HTTP/1.1", b"Content-Length: 3", b"Content-Length: 5", body=b"abcde"),
            request(b"POST /api/check HTTP/1.1", b"Transfer-Encoding: chunked", body=b"zz\r\nnot hex"),
            request(b"POST /api/check HTTP/1.1", b"Transfer-Encoding: gzip, chunked", b"Content-Length: 3", body=b"abc"),
            request(b"GET / HTTP/1.1", b"Content-Length: 5", body=b"abcde"),
            request(b"HEAD /nowhere HTTP/1.1"), b"GET / HTTP/1.0\r\n\r\n",
        ]
        for case in cases:
            data = server.raw(case, shut=True)
            self.assertRegex(data, rb"^HTTP/1\.1 \d{3} ", case[:60])
            reply = Reply(data)
            self.assertIn("content-security-policy", reply.headers, case[:60])
            if reply.status >= 400:
                self.assertIn(reply.type, ("application/problem+json", "text/html"), case[:60])
        self.alive(server)
        self.assertNotIn("Sanitizer", server.stop())

    def test_targets(self):
        server = Server(self)
        cases = [
            ("/../../etc/passwd", 404), ("/%2e%2e/%2e%2e/etc/passwd", 404), ("/app.js/../../nq.db", 404), ("/..%2fapp.js", 404),
            ("//", 404), ("//app.js", 404), ("/app.js/", 404), ("/API/SEARCH?q=a", 404), ("/app.js%00.html", 400),
            ("/api/report/1/..", 404), ("/api/report/1%2f", 404), ("/api/report/-1", 404), ("/api/report/", 404),
            ("/api/report/%31", 200), ("/%ff", 400), ("/%", 400), ("/%4", 400), ("/%zz", 400), ("/%u7b97", 400),
            ("/api/search?q=%", 400), ("/api/search?q=%e7%ae", 400), ("/api/search?q=%c0%ae", 400), ("/api/search?q=%ed%a0%80", 400),
            ("/api/search?q=%f5%80%80%80", 400), ("/api/search?q=a%00b", 400), ("/api/search?q=%e7%ae%97&other=%ff", 200),
            ("/api/search?q=%0d%0aSet-Cookie:%20x=1", 200), ("/api/search?q=a&q=%ff", 200), ("/api/search?&&&=&q=a&=b", 200),
            ("/api/search?q", 400), ("/api/search?Q=a", 400), ("/api/search?q=" + "%20" * 300, 400),
            ("/api/search?q=a&n=0", 200), ("/api/search?q=a&n=1e3", 400), ("/api/search?q=a&n=0x10", 400), ("/api/search?q=a&n=%EF%BC%91", 400),
            ("/api/search?q=a&offset=10000", 200), ("/api/search?q=a&offset=10001", 400),
            ("/api/search?q=a&n=18446744073709551616", 400), ("/api/search?q=a&n=18446744073709551617", 400),
            ("/api/search?q=" + "(" * 2000, (200, 400)), ("/api/search?q=" + "a+OR+" * 300 + "a", 200), ("/api/search?q=" + "%22" * 600, (200, 400)),
            ("/api/suggest?q=" + quote("算" * 600), 200), ("/api/timeline?q=" + quote("算" * 600), 200),
        ]
        for target, status in cases:
            reply = server.get(target)
            self.assertIn(reply.status, status if isinstance(status, tuple) else (status,), target[:80])
            self.assertNotIn("set-cookie", reply.headers)
            if reply.status >= 400:
                self.assertEqual(reply.type, "application/problem+json", target[:80])
                self.assertRegex(reply.json()["code"], "^[a-z_]+$")
        raw = server.raw(request(b"GET /api/search?q=\xe7\xae\x97 HTTP/1.1", b"Connection: close"))
        self.assertEqual(Reply(raw).status, 200, "UTF-8 that is not percent-encoded")
        for target in (b"/\x00", b"/api/search?q=a\x00", b"/api/search?q=a\x00&n=1", b"/api\x00/search?q=a", b"/nq-search.js\x00?x"):
            reply = Reply(server.raw(request(b"GET " + target + b" HTTP/1.1", b"Connection: close")))
            self.assertEqual((reply.status, reply.json()["code"]), (400, "bad_encoding"), target)
        two = Reply(server.raw(request(b"POST /api/check HTTP/1.1", b"Content-Length: 3", b"Content-Length: 5", body=b"abcde")))
        self.assertEqual((two.status, two.json()["code"]), (411, "length_required"), "which of the two is meant?")
        hidden = request(b"GET /api/search?q=%E7%AE%97 HTTP/1.1")
        for method in (b"GET", b"POST"):
            lengths = (b"Content-Length: 0", b"Content-Length: %d" % len(hidden))
            raw = server.raw(request(method + b" /api/check HTTP/1.1", *lengths, body=hidden))
            self.assertEqual(raw.count(b"HTTP/1.1 "), 1, "what may be a body is no request")
        self.alive(server)
        server.stop()

    def test_what_is_no_http(self):
        """Told so by the gate, each with its own code, and counted; the connection ends with it."""
        server = Server(self, "--access-log")
        wrong = [
            (b"GET / HTTP/2.0\r\n\r\n", 505, "http_version"), (b"PRI * HTTP/2.0\r\n\r\n", 505, "http_version"),
            (b"\x16\x03\x01\x02\x00", 400, "bad_request"), (b"GET /\r\n", 400, "bad_request"), (b"GET  / HTTP/1.1\r\n", 400, "bad_request"),
            (request(b"GET / HTTP/1.1", b"no colon"), 400, "bad_request"), (request(b"GET / HTTP/1.1", b" folded"), 400, "bad_request"),
            (request(b"GET / HTTP/1.1", b"A : b"), 400, "bad_request"), (request(b"GET / HTTP/1.1", b"A: b\rC: d"), 400, "bad_request"),
            (request(b"GET / HTTP/1.1", b"A: \x00"), 400, "bad_request"), (request(b"POST /api/check HTTP/1.1", b"Content-Length: 1x"), 400, "bad_request"),
            (request(b"POST /api/check HTTP/1.1", b"Content-Length:"), 400, "bad_request"),
            (request(b"POST /api/check HTTP/1.1", b"Content-Length: " + b"9" * 30), 413, "too_large"),
        ]
        for case, status, code in wrong:
            reply = Reply(server.raw(case))
            self.assertEqual((reply.status, reply.json()["code"]), (status, code), case[:60])
            self.assertEqual(reply.headers["connection"], "close")
            self.assertRegex(reply.headers["date"], r"^\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} GMT$")
        head = Reply(server.raw(b"HEAD / HTTP/3.0\r\n\r\n", shut=True))
        self.assertEqual((head.status, head.body), (505, b""))
        server.raw(b"GET /api/check?draft=%E7%AE%97 HTTP/7.0\r\n\r\n")
        self.assertRegex(server.get("/metrics").text(), r'requests_total\{route="",code="505"\} 4\n')
        log = server.stop()
        self.assertIn('"GET /api/check HTTP/1.1" 505', log)
        self.assertNotIn("draft", log)

    def test_what_comes_in_pieces(self):
        """A head is waited for, byte by byte if need be, also behind empty lines."""
        server = Server(self)
        with server.connect() as s:
            for byte in b"\r\n" + request(b"GET /healthz HTTP/1.1", b"A: b"):
                s.sendall(bytes([byte]))
            self.assertEqual(Reply(read_reply(s)).status, 200)
            s.sendall(request(b"GET /healthz HTTP/1.1", b"No colon"))  # the library's own words, from the second request on
            data = read_all(s)
            self.assertEqual((Reply(data).status, Reply(data).headers["connection"]), (400, "close"))
        server.stop()

    def test_too_much(self):
        """Addresses and headers of any size: a problem, which arrives although the client is still sending."""
        server = Server(self)
        for target in (b"/" + b"a" * (1 << 20), b"/?q=" + b"%E7" * (1 << 19), b"/?" + b"a=b&" * 100000, b"/?" + b"&" * 40000):
            reply = Reply(server.raw(request(b"GET " + target + b" HTTP/1.1", b"Connection: close")))
            self.assertEqual((reply.status, reply.json()["code"]), (414, "uri_too_long"), target[:40])
        for headers in ([b"X-%d: y" % n for n in range(2000)], [b"X: " + b"y" * 100000], [b"X: " + b"y" * 4000000]):
            reply = Reply(server.raw(request(b"GET / HTTP/1.1", *headers)))
            self.assertEqual((reply.status, reply.json()["code"]), (431, "headers_too_large"), headers[0][:40])
        most = 24 * 1024
        for n in (0, 1, 100, 300):  # the largest head that is let in is one that the library has room for
            headers = [b"Connection: close", *[b"X: "] * n]
            room = most - len(request(b"GET / HTTP/1.1", *headers)) - 64 * (n + 2)
            self.assertEqual(Reply(server.raw(request(b"GET /" + b"a" * room + b" HTTP/1.1", *headers))).status, 404)
            self.assertIn(Reply(server.raw(request(b"GET /" + b"a" * (room + 1) + b" HTTP/1.1", *headers))).status, (414, 431))
        many = server.get("/api/search?" + "&a=" * 8000 + "&q=" + quote("算电协同"))
        self.assertEqual((many.status, many.json()["total"]), (200, 1), "many parameters that fit")
        for size in (4 * 1024 * 1024 + 1, 10 ** 12):
            reply = Reply(server.raw(request(b"POST /api/check HTTP/1.1", b"Content-Length: %d" % size)))
            self.assertEqual((reply.status, reply.json()["code"]), (413, "too_large"))
        chunked = Reply(server.raw(request(b"POST /api/check HTTP/1.1", b"Transfer-Encoding: chunked", body=b"5\r\nabcde\r\n" * 100)))
        self.assertEqual((chunked.status, chunked.json()["code"]), (411, "length_required"))
        large = server.get("/api/check", "POST", nq.report("2026-06-20", "算电协同", "推进数据中心绿色用电。" * 20000).encode())
        self.assertEqual(large.status, 200)
        self.alive(server)
        server.stop()

    def test_bodies_of_any_kind(self):
        server = Server(self)
        for body in (b"\x00" * 1000, b"\xff\xfe" * 1000, os.urandom(5000), b"PK\x03\x04" + os.urandom(500), b"%PDF-1.7\n" + os.urandom(500),
                     b"{" * 5000, b"<" * 5000, b"\n" * 5000, b"\x1f\x8b\x08" + os.urandom(200), b"x"):
            reply = server.get("/api/check", "POST", body)
            self.assertIn(reply.status, (200, 422), body[:10])
        for body in (b"draft=%ff", b"draft=%", b"draft=%00", b"draft", b"&&&", b"draft=%E7"):
            self.assertIn(server.get("/check", "POST", body).status, (400, 422), body)
        self.alive(server)
        server.stop()

    def test_many_bodies(self):
        """Bodies that have not come in whole take no more memory than some do; the others are let go by and told so."""
        server = Server(self)
        size, held = 4 * 1024 * 1024, []
        for _ in range(20):
            s = server.connect()
            self.addCleanup(s.close)
            s.sendall(request(b"POST /api/check HTTP/1.1", b"Content-Length: %d" % size) + b"\n" * (size - 1))
            held.append(s)
        last = quiet = 0
        while quiet < 10:  # until the server has taken all that it takes
            now = int(re.search(r"\nnqserve_body_bytes (\d+)", server.get("/metrics").text()).group(1))
            self.assertLessEqual(now, 64 * 1024 * 1024)
            quiet = quiet + 1 if now == last and now > 0 else 0
            last = now
            time.sleep(0.05)
        self.alive(server)
        statuses = set()
        for s in held:  # one after the other, so that none waits in line
            s.sendall(b"\n")
            statuses.add(Reply(read_reply(s)).status)
        self.assertEqual(statuses, {200, 503})
        self.assertEqual(server.get("/api/check", "POST", b"\n" * size).status, 200, "there is room again")
        self.assertIn("\nnqserve_body_bytes 0\n", server.get("/metrics").text())
        reply = server.get("/healthz", body=b"x" * 100000)
        self.assertEqual(reply.status, 200, "a body that nobody asked for")
        server.stop()

    def cut_off(self, server, pieces, pause=0.3):
        """Sends the pieces slowly; seconds until the server had enough."""
        start = time.monotonic()
        with server.connect() as s:
            s.settimeout(0.01)
            for piece in pieces:
                try:
                    s.sendall(piece)
                    if s.recv(1000) == b"":
                        break
                except TimeoutError:
                    pass
                except OSError:
                    break
                time.sleep(pause)
            else:
                return None
        return time.monotonic() - start

    def test_slow_clients_are_cut_off(self):
        server = Server(self, "--timeout=1")
        endless = 200
        self.assertIsNotNone(self.cut_off(server, [b"GET / HTTP/1.1\r\n"] + [b"X: y\r\n"] * endless), "a header now and then")
        self.assertIsNotNone(self.cut_off(server, [b"G"] + [b"E"] * endless), "a byte now and then")
        head = request(b"POST /api/check HTTP/1.1", b"Content-Length: 100000")
        self.assertIsNotNone(self.cut_off(server, [head] + [b"x"] * endless), "a body that never ends")
        self.assertIsNotNone(self.cut_off(server, [b""] * endless), "nothing")
        with server.connect() as s:  # asks, and never takes the answer
            s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)
            try:
                for _ in range(400):
                    s.sendall(request(b"GET /?q=%E7%AE%97%E7%94%B5 HTTP/1.1"))
            except OSError:
                pass
            self.alive(server)
        self.assertRegex(server.get("/metrics").text(), r"nqserve_cut_off_total [1-9]")
        self.alive(server)
        server.stop()

    def test_connections(self):
        server = Server(self, "--connections=10", "--timeout=2")
        held = [server.connect() for _ in range(40)]
        for s in held:
            s.close()
        for _ in range(200):
            try:
                self.alive(server)
                break
            except AssertionError:
                time.sleep(0.1)
        self.alive(server)
        server.stop()

    def test_keep_alive_and_pipelining(self):
        server = Server(self)
        with server.connect() as s:
            for _ in range(3):
                s.sendall(request(b"GET /healthz HTTP/1.1"))
                self.assertEqual(Reply(read_reply(s)).json(), {"status": "ok"})
            s.sendall(request(b"GET /healthz HTTP/1.1") * 3 + request(b"GET /healthz HTTP/1.1", b"Connection: close"))
            data = read_all(s)
            self.assertEqual(data.count(b'{"status":"ok"}'), 4)
        server.stop()

    def test_end(self):
        """Requests at hand are answered, new connections are not taken, and the status is 0."""
        server = Server(self)
        draft = nq.report("2026-06-20", "算电协同", "推进数据中心绿色用电。").encode()
        with server.connect() as s:
            s.sendall(request(b"POST /api/check HTTP/1.1", b"Content-Length: %d" % len(draft)) + draft[:10])
            for _ in range(200):
                if "in_flight 2" in server.get("/metrics").text():
                    break
                time.sleep(0.02)
            server.process.send_signal(signal.SIGHUP)
            self.alive(server)  # as it is told by who rotates logs
            server.process.send_signal(signal.SIGTERM)
            time.sleep(0.3)
            with self.assertRaises(OSError):
                with server.connect() as other:
                    other.sendall(request(b"GET /healthz HTTP/1.1"))
                    if other.recv(100) == b"":
                        raise OSError("closed")
            s.sendall(draft[10:])
            reply = Reply(read_reply(s))
            self.assertEqual(reply.status, 200)
            self.assertEqual(reply.headers["connection"].lower(), "close")
        self.assertEqual(server.process.wait(30), 0)

    def test_many_checks(self):
        """They stand in a line; who finds it full is told so, and others are answered meanwhile."""
        server = Server(self)
        draft = nq.report("2026-06-20", "算电协同", "推进数据中心绿色用电，强化算电协同。" * 3000).encode()
        seen = []

        def check():
            seen.append(server.get("/api/check", "POST", draft).status)
        askers = [threading.Thread(target=check) for _ in range(30)]
        for asker in askers:
            asker.start()
        for _ in range(5):
            self.alive(server)
        for asker in askers:
            asker.join()
        self.assertEqual(len(seen), 30)
        self.assertLessEqual(set(seen), {200, 503})
        self.assertIn(200, seen)
        server.stop()

    def test_time_limit(self):
        """What takes longer to compute than is allowed is a problem of its own, for programs and people, and is counted; what takes
        no time is answered."""
        server = Server(self, "--time-limit=0.000001")
        query, draft = quote("算电协同"), nq.report("2026-06-20", "算电协同", "推进数据中心绿色用电。").encode()
        targets = ["search?q=" + query, "timeline?q=" + query, "topics", "topics/" + query, "suggest?q=" + query, "related/1", "passage/1", "report/1"]
        replies = [server.get("/api/" + target) for target in targets] + [server.get("/api/check", "POST", draft)]
        for reply in replies:
            self.assertEqual((reply.status, reply.json()["code"], reply.headers["retry-after"]), (503, "time_limit", "5"))
        pages = [server.get(target) for target in ("/", "/?q=" + query, "/?view=timeline&q=" + query, "/?view=topics", "/?view=topics&q=" + query,
                                                   "/passage/1", "/report/1")] + [server.get("/check", "POST", b"draft=" + quote(draft.decode()).encode())]
        for page in pages:
            self.assertEqual((page.status, page.type), (503, "text/html"))
            self.assertIn('<p class="problem">用时过长', page.text())
        self.assertEqual(server.get("/nq-search.js").status, 200)
        self.assertIn(f"nqserve_stopped_total {len(replies) + len(pages)}\n", server.get("/metrics").text())
        self.assertEqual(server.stop().count("\n"), 1, "it is no complaint")
        server = Server(self, "--time-limit=3600")
        self.alive(server)
        server.stop()

    def test_options(self):
        server = Server(self)
        taken = self.run_program("nqserve", f"--listen=127.0.0.1:{server.port}", status=2)
        self.error(taken, "cannot listen", str(server.port))
        for address in ("x", "127.0.0.1", "127.0.0.1:", ":80", "127.0.0.1:http", "::1:80", "127.0.0.1:99999", "[]:1", "no.such.host.invalid:1"):
            self.error(self.run_program("nqserve", "--listen=" + address, status=2), re.escape(address))
        for option in ("--threads=0", "--threads=x", "--connections=0", "--timeout=99999", "--time-limit=0", "--time-limit=x", "--time-limit=nan", "--time-limit=9999", "--base-url=x", "--base-url=ftp://x"):
            self.error(self.run_program("nqserve", option, status=2), option.partition("=")[0])
        self.assertEqual(self.run_program("nqserve", "extra", status=2).out, "")
        self.assertIn("--listen", self.run_program("nqserve", "--help", status=0).out)
        server.stop()


def read_all(s):
    data = b""
    while True:
        piece = s.recv(1 << 16)
        if not piece:
            return data
        data += piece


if __name__ == "__main__":
    nq.main()
