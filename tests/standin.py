"""A stand-in for a chat platform: a server on a real socket that can misbehave, and the adapter to it."""

import http.client
import json
import os
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import Enum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import quote, unquote

from bot.app import App
from bot.platform import CannotLook, OutcomeUnknown, Place, SendError
from messages.message import Message
from messages.text import as_text
from storage.db import Database
from tests.conversation import COMMANDS

LONGEST_HANG = 10.0
"""Seconds after which the server gives up whatever it was told to wait for."""
PATIENCE = 5.0
"""Seconds for a request: a busy test machine must not look like a platform that hangs."""
NO_PATIENCE = 0.5
"""Seconds for a request that is to hang."""


class Fault(Enum):
    """How one request goes wrong; "before" and "after" mean the moment at which the post is kept."""

    RESET_BEFORE = "the connection is reset, nothing is kept"
    RESET_AFTER = "the post is kept, then the connection is reset"
    HANG_BEFORE = "no answer, nothing is kept"
    HANG_AFTER = "the post is kept, and no answer comes"
    ERROR_BEFORE = "500, nothing is kept"
    ERROR_AFTER = "500, and the post is kept all the same"
    SLOW_DOWN = "429, nothing is kept"
    REFUSED = "not in this channel"
    NO_HISTORY = "501: what was posted cannot be asked"


KEPT_FIRST = {Fault.RESET_AFTER, Fault.HANG_AFTER, Fault.ERROR_AFTER}
RESETS = {Fault.RESET_BEFORE, Fault.RESET_AFTER}
HANGS = {Fault.HANG_BEFORE, Fault.HANG_AFTER}
STATUS = {
    Fault.ERROR_BEFORE: 500,
    Fault.ERROR_AFTER: 500,
    Fault.SLOW_DOWN: 429,
    Fault.REFUSED: 403,
    Fault.NO_HISTORY: 501,
}


@dataclass(frozen=True)
class Posted:
    """A post as the server keeps it. sender: which process sent it. edits: how often it was replaced."""

    place: str
    key: str
    text: str
    reference: str
    sender: str = ""
    edits: int = 0


@dataclass(frozen=True)
class Asked:
    """A request that arrived: "send", "edit" or "find", where, for which key or reference, and by whom."""

    what: str
    place: str
    key: str
    sender: str = ""


@dataclass
class _Plan:
    """A fault that waits for its request. `times`: how many requests it is for."""

    fault: Fault
    what: str
    place: str
    times: int
    retry_after: str


@dataclass
class ChatServer:
    """The posts of every place, with their keys. `watch` is called with each request as it arrives."""

    posts: list[Posted] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    watch: Callable[[Asked], None] = lambda asked: None
    _plans: list[_Plan] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._changed = threading.Condition()
        self._in_flight = 0
        self.stopping = threading.Event()
        self._http = _Listening(self)
        self.port = int(self._http.server_address[1])
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)

    @contextmanager
    def running(self) -> Iterator["ChatServer"]:
        self._thread.start()
        try:
            yield self
        finally:
            self.stopping.set()
            self._http.shutdown()
            self._http.server_close()
            self._thread.join()

    def misbehave(
        self, fault: Fault, what: str = "send", place: str = "", times: int = 1, retry_after: str = ""
    ) -> None:
        """Let the next requests of this sort go wrong; place "" means any."""
        with self._changed:
            self._plans.append(_Plan(fault, what, place, times, retry_after))

    def behave(self) -> None:
        with self._changed:
            self._plans.clear()

    def patience(self) -> float:
        """Seconds that a request is worth waiting for, as long as it is known which ones will hang."""
        with self._changed:
            hangs = any(plan.fault in HANGS and plan.times > 0 for plan in self._plans)
        return NO_PATIENCE if hangs else PATIENCE

    def keys(self) -> list[str]:
        return sorted(post.key for post in self.posts)

    def at(self, place: str) -> list[str]:
        return [post.text for post in self.posts if post.place == place]

    def settle(self) -> None:
        """Wait until every request that has been sent is dealt with, also those of a process now dead."""
        Adapter(self.port, lambda: LONGEST_HANG).find(Place("nowhere"), "settled", datetime.now(UTC))
        with self._changed:
            assert self._changed.wait_for(lambda: self._in_flight == 0, timeout=3 * LONGEST_HANG)

    # --- one request --------------------------------------------------------------------------------

    def count(self, step: int) -> None:
        with self._changed:
            self._in_flight += step
            self._changed.notify_all()

    def take_plan(self, asked: Asked) -> _Plan | None:
        with self._changed:
            self.asked.append(asked)
            for plan in self._plans:
                if plan.what == asked.what and plan.place in ("", asked.place) and plan.times > 0:
                    plan.times -= 1
                    return plan
        return None

    def carry_out(self, asked: Asked, body: dict[str, str]) -> dict[str, str] | None:
        """Keep, replace or look for a post; None if there is no such post."""
        with self._changed:
            match asked.what:
                case "send":
                    reference = f"M{len(self.posts) + 1}"
                    self.posts.append(Posted(asked.place, asked.key, body["text"], reference, asked.sender))
                    return {"reference": reference}
                case "edit":
                    return self._replace(asked, body["text"])
                case _:
                    return self._found(asked)

    def _replace(self, asked: Asked, text: str) -> dict[str, str] | None:
        for index, post in enumerate(self.posts):
            if (post.place, post.reference) == (asked.place, asked.key):
                self.posts[index] = replace(post, text=text, edits=post.edits + 1)
                return {"reference": post.reference}
        return None

    def _found(self, asked: Asked) -> dict[str, str] | None:
        found = [p.reference for p in self.posts if (p.place, p.key) == (asked.place, asked.key)]
        return {"reference": found[0]} if found else None


class _Listening(ThreadingHTTPServer):
    """Counts a request from the moment it is accepted; a client that goes away is nothing to shout about."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, chat: ChatServer) -> None:
        self.chat = chat
        super().__init__(("127.0.0.1", 0), _Answering)

    def process_request(self, request: Any, client_address: Any) -> None:
        self.chat.count(+1)
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self.chat.count(-1)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client was killed or lost its patience: that is what these tests are for."""


class _Answering(BaseHTTPRequestHandler):
    server: _Listening

    def do_POST(self) -> None:
        self._answer("send")

    def do_PUT(self) -> None:
        self._answer("edit")

    def do_GET(self) -> None:
        self._answer("find")

    def log_message(self, *_: Any) -> None:
        pass

    def _answer(self, what: str) -> None:
        chat = self.server.chat
        place, key = (unquote(piece) for piece in self.path.strip("/").split("/"))
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or "{}")
        asked = Asked(what, place, key, body.get("sender", ""))
        chat.watch(asked)
        plan = chat.take_plan(asked)
        if plan is None or plan.fault in KEPT_FIRST:
            found = chat.carry_out(asked, body)
        if plan is None:
            self._say(200 if found else 404, found or {})
        else:
            self._go_wrong(plan)

    def _go_wrong(self, plan: _Plan) -> None:
        if plan.fault in RESETS:
            self._reset()
        elif plan.fault in HANGS:
            self.server.chat.stopping.wait(LONGEST_HANG)
        else:
            self._say(STATUS[plan.fault], {"reason": plan.fault.value}, plan.retry_after)

    def _reset(self) -> None:
        """Closed with a linger of nothing, a socket says "reset" instead of "the end"."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        os.close(self.connection.detach())

    def _say(self, status: int, body: dict[str, str], retry_after: str = "") -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        if retry_after:
            self.send_header("Retry-After", retry_after)
        self.end_headers()
        self.wfile.write(content)


class Adapter:
    """The stand-in as a platform of the bot. patience: seconds that the next request may take."""

    name = "local"

    def __init__(self, port: int, patience: Callable[[], float], sender: str = "") -> None:
        self._port, self._patience, self._sender = port, patience, sender

    def send(self, place: Place, message: Message, key: str, /) -> str:
        return self._reference(*self._ask("POST", place.id, key, text=as_text(message), sender=self._sender))

    def edit(self, place: Place, reference: str, message: Message, /) -> None:
        self._reference(*self._ask("PUT", place.id, reference, text=as_text(message)))

    def find(self, place: Place, key: str, _since: datetime, /) -> str | None:
        status, body, retry_after = self._ask("GET", place.id, key)
        if status == STATUS[Fault.NO_HISTORY]:
            raise CannotLook
        return None if status == 404 else self._reference(status, body, retry_after)

    def is_ready(self, _place: Place, /) -> bool:
        return True

    def _reference(self, status: int, body: dict[str, str], retry_after: str) -> str:
        if status == 200:
            return body["reference"]
        if status == 429:
            raise SendError("too many posts", retry_after=float(retry_after or 0))
        if status >= 500:
            raise OutcomeUnknown(f"the platform answered {status}")
        raise SendError(body.get("reason", str(status)), permanent=True)

    def _ask(self, method: str, place: str, key: str, **body: str) -> tuple[int, dict[str, str], str]:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=self._patience())
        try:
            connection.connect()
        except OSError as error:
            raise SendError("the platform cannot be reached") from error
        try:
            connection.request(method, f"/{quote(place, safe='')}/{quote(key, safe='')}", json.dumps(body))
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read()), answer.headers.get("Retry-After", "")
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise OutcomeUnknown(type(error).__name__) from error
        finally:
            connection.close()


def app_on(db: Database, chat: ChatServer) -> App:
    """The bot, with the stand-in as its local platform."""
    return App(db, COMMANDS, {Adapter.name: Adapter(chat.port, chat.patience)})
