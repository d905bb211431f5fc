"""A running nqserve for tests, and HTTP as bytes: requests that no library would send."""
import json
import os
import re
import signal
import socket
import subprocess
import time
import urllib.parse

import nq


class Reply:
    """What came back: status, headers (names in lower case; the last of several), body."""

    def __init__(self, data, method="GET"):
        head, _, self.body = data.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        self.status = int(re.match(r"HTTP/1\.[01] (\d{3})", lines[0]).group(1))
        self.headers = {}
        for line in lines[1:]:
            name, _, value = line.partition(":")
            self.headers[name.lower()] = value.strip()

    @property
    def type(self):
        return self.headers.get("content-type", "").partition(";")[0]

    def json(self):
        return json.loads(self.body)

    def text(self):
        return self.body.decode("utf-8")


class Server:
    def __init__(self, case, *args, env=None, user=None):
        self.case = case
        self.log = case.path("serve.log")
        with open(self.log, "wb") as err:
            self.process = subprocess.Popen([os.path.join(nq.BIN, "nqserve"), "-i", case.index, "--listen=127.0.0.1:0", *args],
                                            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=err,
                                            env=dict(os.environ, **case.env, **(env or {})), user=user)
        case.addCleanup(self.kill)
        self.port = self.find_port()

    def find_port(self):
        for _ in range(600):
            match = re.search(r"http://127\.0\.0\.1:(\d+)/", self.said())
            if match:
                return int(match.group(1))
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        raise AssertionError("nqserve does not start: " + self.said())

    def said(self):
        with open(self.log, encoding="utf-8") as f:
            return f.read()

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()

    def stop(self):
        """Ends it as systemd would; what it said must be no sanitizer's report."""
        self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(60)
        self.case.assertEqual(status, 0, self.said()[-3000:])
        return self.said()

    def connect(self):
        return socket.create_connection(("127.0.0.1", self.port), timeout=60)

    def raw(self, data, shut=False):
        """Sends bytes, and returns all that comes back until the server closes or a whole answer is there."""
        with self.connect() as s:
            try:
                s.sendall(data)
                if shut:
                    s.shutdown(socket.SHUT_WR)
            except OSError:
                pass  # it had enough
            return read_reply(s)

    def get(self, target, method="GET", body=None, **headers):
        lines = [f"{method} {target} HTTP/1.1", "Host: archive.example", "Connection: close"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        if body is not None:
            lines.append(f"Content-Length: {len(body)}")
        data = "\r\n".join(lines).encode("utf-8") + b"\r\n\r\n" + (body or b"")
        reply = self.raw(data)
        self.case.assertTrue(reply, f"no answer to {method} {target[:100]}")
        return Reply(reply, method)

    def search(self, query, more="", **headers):
        return self.get("/api/search?q=" + quote(query) + more, **headers)


def read_reply(s):
    data = b""
    try:
        while True:
            piece = s.recv(1 << 16)
            if not piece:
                break
            data += piece
            head, end, body = data.partition(b"\r\n\r\n")
            length = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
            if end and length and len(body) >= int(length.group(1)) and b"onnection: close" not in head:
                break
    except OSError:
        pass
    return data


def quote(text):
    return urllib.parse.quote(text, safe="")
