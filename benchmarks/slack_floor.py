"""`python -m benchmarks.slack_floor plan.db`: what `/action add` could cost at best, written by hand.

It proves that a request is Slack's, and saves the very rows that the bot saves for it, in one transaction.
"""

import hashlib
import hmac
import json
import socket
import sqlite3
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

import uvicorn

from benchmarks.adding_rows import PRAGMAS
from benchmarks.slack_signed import FIRST, SECRET, TITLE

TABLES = ("seen", "action", "event", "actionowner", "outbox")
"""Those of which one `/action add` saves a row each."""
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]


@dataclass(frozen=True)
class Pattern:
    """How a row of a table looks: the bot's own first one, to be filled in."""

    statement: str
    values: dict[str, Any]

    def filled(self, title: str, key: str, number: int) -> tuple[Any, ...]:
        """The id is the database's own; the number is the action's."""
        return tuple(
            number if name == "number" else _filled(value, title, key) for name, value in self.values.items()
        )


def _filled(value: Any, title: str, key: str) -> Any:
    return value.replace(TITLE.format(FIRST), title).replace(FIRST, key) if isinstance(value, str) else value


class Floor:
    """An ASGI application, and its one connection."""

    def __init__(self, file: str) -> None:
        self._db = sqlite3.connect(file, isolation_level=None)
        self._db.row_factory = sqlite3.Row
        for pragma in PRAGMAS:
            self._db.execute(f"PRAGMA {pragma}")
        self._patterns = [self._pattern(table) for table in TABLES]

    def _pattern(self, table: str) -> Pattern:
        row = dict(self._db.execute(f"SELECT * FROM {table} ORDER BY id DESC LIMIT 1").fetchone())  # noqa: S608
        del row["id"]
        names, marks = ", ".join(f'"{name}"' for name in row), ", ".join("?" * len(row))
        return Pattern(f"INSERT INTO {table} ({names}) VALUES ({marks})", row)  # noqa: S608

    async def __call__(self, _scope: Any, receive: Receive, send: Send) -> None:
        headers = dict(_scope["headers"])
        raw, is_more = b"", True
        while is_more:
            piece = await receive()
            raw, is_more = raw + piece["body"], piece.get("more_body", False)
        answer = self._add(raw) if _is_proved(raw, headers) else None
        status = 200 if answer else 401
        body = json.dumps(answer).encode()
        length = (b"content-length", str(len(body)).encode())
        told = [(b"content-type", b"application/json"), length]
        await send({"type": "http.response.start", "status": status, "headers": told})
        await send({"type": "http.response.body", "body": body})

    def _add(self, raw: bytes) -> dict[str, str]:
        """On the loop itself: handing it to a thread costs more than the disk lets go meanwhile."""
        form = dict(parse_qsl(raw.decode()))
        title = form["text"].removeprefix("add ").partition(" due:")[0]
        self._db.execute("BEGIN IMMEDIATE")
        number = self._db.execute("SELECT value FROM counter WHERE letter = 'A'").fetchone()[0] + 1
        self._db.execute("UPDATE counter SET value = ? WHERE letter = 'A'", (number,))
        for pattern in self._patterns:
            self._db.execute(pattern.statement, pattern.filled(title, form["trigger_id"], number))
        self._db.execute("COMMIT")
        return {"response_type": "ephemeral", "text": f"A{number} is logged: {title}"}


def _is_proved(raw: bytes, headers: dict[bytes, bytes]) -> bool:
    signed = b"v0:" + headers[b"x-slack-request-timestamp"] + b":" + raw
    proof = "v0=" + hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest()
    return hmac.compare_digest(proof.encode(), headers[b"x-slack-signature"])


def main() -> None:
    with socket.socket(proto=socket.IPPROTO_TCP) as door:
        door.bind(("127.0.0.1", 0))
        door.listen()
        print(f"127.0.0.1:{door.getsockname()[1]}", flush=True)
        made = uvicorn.Config(Floor(sys.argv[1]), log_level="error", access_log=False, lifespan="off")
        uvicorn.Server(made).run([door])


if __name__ == "__main__":
    main()
