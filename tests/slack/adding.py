"""What the tests of adding Commsbot to a workspace share: the pages, really served, somebody with a browser,
and a Slack that can fail.
"""

import json
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import httpx
import uvicorn
from starlette.applications import Starlette

from bot.slack.exchange import Offer
from bot.slack.install import routes
from bot.slack.installs import Installs
from bot.slack.seal import Seal, new_key
from storage import partnerships
from storage.db import Database

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
TOKEN = "-".join(("xoxb", "1", "Bay"))
"""Put together here, so that nothing in this file looks like a token."""
GIVEN: dict[str, Any] = {
    "ok": True, "access_token": TOKEN, "token_type": "bot", "scope": "commands,chat:write", "app_id": "A1",
    "bot_user_id": "UBOT", "team": {"id": "T1", "name": "Fell & Bay"}, "enterprise": None,
    "authed_user": {"id": "U7"}, "is_enterprise_install": False,
}  # fmt: skip
SECRETS = ("code-1", "hush", TOKEN)


@dataclass
class Slack:
    """What it answers when it is asked for a token. `resets`: it answers nothing."""

    answer: object = field(default_factory=lambda: GIVEN)
    status: int = 200
    resets: bool = False
    asked: list[tuple[str, dict[str, str], str]] = field(default_factory=list)

    @contextmanager
    def running(self) -> Iterator[str]:
        server = ThreadingHTTPServer(("127.0.0.1", 0), type("Answering", (Answering,), {"slack": self}))
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/api/"
        finally:
            server.shutdown()
            thread.join()
            server.server_close()


class Answering(BaseHTTPRequestHandler):
    slack: Slack

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        self.slack.asked.append((self.path, dict(parse_qsl(body)), self.headers["authorization"]))
        if self.slack.resets:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            return
        answer = self.slack.answer
        content = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        self.send_response(self.slack.status)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@dataclass
class Pages:
    """The pages as they are served, with the Slack they ask, and the time."""

    origin: str
    db: Database
    slack: Slack
    installs: Installs
    now: datetime = NOW

    @contextmanager
    def browser(self) -> Iterator["Browser"]:
        with httpx.Client(base_url=self.origin, timeout=15, trust_env=False) as client:
            yield Browser(client)

    def plans(self) -> list[str]:
        with self.db.everywhere() as session:
            found = [each.partnership_id for each in partnerships.workspaces(session)]
        names = []
        for each in found:
            with self.db.reading(each) as session:
                names.append(partnerships.the_partnership(session).name)
        return names


@dataclass
class Browser:
    client: httpx.Client

    def go(self) -> str:
        """Press the button. Returns the state that Slack is given."""
        answer = self.client.get("/slack/install/go")
        assert answer.status_code == 302
        return parse_qs(urlsplit(answer.headers["location"]).query)["state"][0]

    def back(self, state: str, **query: str) -> httpx.Response:
        values = {"code": "code-1"} | query | {"state": state}
        return self.client.get("/slack/oauth_redirect?" + urlencode(values))


@contextmanager
def served(db: Database, api: str, url: str = "") -> Iterator[Pages]:
    """Serve the pages. url: where people are told to reach them, if not here."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        origin = f"http://127.0.0.1:{door.getsockname()[1]}"
        found = Pages(origin, db, Slack(), Installs(db, Seal(new_key()), lambda: found.now))
        offer = Offer("id 1", "hush", ("commands", "chat:write"), url or origin, api)
        site = Starlette(routes=routes(offer, found.installs, lambda: found.now))
        config = uvicorn.Config(site, log_config=None, access_log=False, ws="none", lifespan="off")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([door],))
        thread.start()
        try:
            httpx.get(f"{origin}/static/icon.svg", timeout=15, trust_env=False).raise_for_status()
            yield found
        finally:
            server.should_exit = True
            thread.join()
