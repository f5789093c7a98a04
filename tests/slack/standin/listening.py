"""The fake Slack's ear: Web API, response_urls and page of consent on one port, and faults as planned."""

import http.client
import json
import os
import socket
import struct
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, assert_never
from urllib.parse import parse_qs

from tests.slack.standin import consent, file_methods, response_urls
from tests.slack.standin.arrivals import Arrivals
from tests.slack.standin.faults import Course, Fault, Plan, course, status
from tests.slack.standin.sockets import Sockets
from tests.slack.standin.state import Json
from tests.slack.standin.web_api import Asked, answer, read

LONGEST_HANG = 5.0
"""Seconds after which the server gives up whatever it was told to wait for, and whoever says nothing."""
PAGE = b"<!doctype html><title>Sign in</title><p>Please accept the terms of this network."


class Listening(ThreadingHTTPServer):
    """Counts a request from the moment it is accepted; a client that goes away is nothing to shout about."""

    daemon_threads = False
    request_queue_size = 64

    def __init__(self, arrivals: Arrivals, sockets: Sockets) -> None:
        self.arrivals, self.state, self.sockets = arrivals, arrivals.state, sockets
        self.stopping = threading.Event()
        self._changed = threading.Condition()
        self._in_flight = 0
        self._crashes: list[BaseException] = []
        super().__init__(("127.0.0.1", 0), _Answering)
        self._thread = threading.Thread(target=self.serve_forever, args=(0.02,), name="fake-slack-http")

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """End what hangs, and wait for all that was begun."""
        self.stopping.set()
        self.shutdown()
        self.server_close()
        self._thread.join()
        for crash in self._crashes:
            raise crash

    def settle(self) -> None:
        """Wait until all is dealt with that was sent before, also by a process now dead."""
        # Connections are accepted in turn: once this one is, so are those before it.
        connection = http.client.HTTPConnection(
            "127.0.0.1", int(self.server_address[1]), timeout=LONGEST_HANG
        )
        connection.request("GET", "/settled")
        connection.getresponse().read()
        connection.close()
        with self._changed:
            assert self._changed.wait_for(lambda: self._in_flight == 0, timeout=2 * LONGEST_HANG)

    def process_request(self, request: Any, client_address: Any) -> None:
        self._count(+1)
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._count(-1)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is what these tests are for; anything else is told at the end."""
        crash = sys.exception()
        if crash is not None and not isinstance(crash, OSError):
            self._crashes.append(crash)

    def _count(self, step: int) -> None:
        with self._changed:
            self._in_flight += step
            self._changed.notify_all()


class _Answering(BaseHTTPRequestHandler):
    server: Listening
    timeout = LONGEST_HANG

    def do_GET(self) -> None:
        path, _, query = self.path.partition("?")
        if path.startswith("/api/"):
            self._web_api(path, query)
        elif path == "/oauth/v2/authorize":
            code, where = consent.authorize(self.server.state, query)
            self._say(code, where.encode(), {"Location": where} if code == 302 else {}, "text/html")
        else:
            self._say(404, b"", {})

    def do_POST(self) -> None:
        path, _, query = self.path.partition("?")
        if path.startswith("/api/"):
            self._web_api(path, query)
        elif path.startswith("/response/"):
            self._response_url(path.removeprefix("/response/"))
        elif path.startswith(file_methods.PATH):
            self._upload(path.removeprefix(file_methods.PATH))
        else:
            self._say(404, b"", {})

    def log_message(self, *_: Any) -> None:
        pass

    def _web_api(self, path: str, query: str) -> None:
        state, method = self.server.state, path.removeprefix("/api/")
        kind, who = self.headers.get("Content-Type", ""), self.headers.get("Authorization", "")
        asked = read(state, method, who, kind, self._body(), query)
        plan = self.server.arrivals.arrived(asked)
        if plan is None or plan.fault.is_kept_first:
            found, more = answer(state, asked, self.server.sockets.ticket)
        else:
            found, more = _error(plan), {}
        self._tell(plan, 200, found, more)

    def _response_url(self, url_id: str) -> None:
        state, body = self.server.state, self._body()
        is_form = "json" not in self.headers.get("Content-Type", "")
        given = json.loads(parse_qs(body.decode())["payload"][0] if is_form else body)
        url = state.response_urls.get(url_id)
        plan = self.server.arrivals.arrived(
            Asked("response_url", given | {"channel": url.channel if url else ""})
        )
        if plan is None or plan.fault.is_kept_first:
            code, found = response_urls.carry_out(state, url_id, given)
        else:
            code, found = 200, _error(plan)
        self._tell(plan, code, found, {})

    def _upload(self, file_id: str) -> None:
        """Of a file: things can go wrong in it as in the method "upload"."""
        state, content = self.server.state, self._body()
        plan = self.server.arrivals.arrived(Asked("upload", {"file": file_id}))
        if plan is None or plan.fault.is_kept_first:
            code, said = file_methods.arrived(state, file_id, content)
        else:
            code, said = 200, b""
        if plan is None:
            self._say(code, said, {}, "text/plain")
        else:
            self._go_wrong(plan, said)

    def _body(self) -> bytes:
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def _tell(self, plan: Plan | None, code: int, found: Json, headers: dict[str, str]) -> None:
        content = json.dumps(found).encode()
        if plan is None:
            self._say(code, content, headers)
        else:
            self._go_wrong(plan, content)

    def _go_wrong(self, plan: Plan, content: bytes) -> None:
        half = content[: len(content) // 2]
        match course(plan.fault):
            case Course.STATUS:
                failed = status(plan.fault) >= 500
                retry = {"Retry-After": plan.retry_after} if plan.retry_after else {}
                self._say(status(plan.fault), b"upstream error" if failed else content, retry)
            case Course.HTML:
                self._say(200, PAGE, {}, "text/html")
            case Course.BROKEN_JSON:
                self._say(200, half, {})
            case Course.CUT_SHORT:
                self._say(200, half, {}, length=len(content))
            case Course.RESET:
                self._reset()
            case Course.HANG:
                self.server.stopping.wait(LONGEST_HANG)
                self._reset()
            case never:
                assert_never(never)

    def _reset(self) -> None:
        """Closed with a linger of nothing, a socket says "reset" instead of "the end"."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        os.close(self.connection.detach())

    def _say(
        self,
        code: int,
        content: bytes,
        headers: dict[str, str],
        kind: str = "application/json; charset=utf-8",
        length: int = -1,
    ) -> None:
        self.send_response(code)
        own = {"Content-Type": kind, "Content-Length": str(len(content) if length < 0 else length)}
        for name, value in (own | headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)


def _error(plan: Plan) -> Json:
    return {"ok": False, "error": "ratelimited" if plan.fault is Fault.SLOW_DOWN else plan.error}
