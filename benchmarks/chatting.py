"""Chatting: how long somebody in the browser waits for an answer, alone and among others."""

import http.client
import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import monotonic, perf_counter, sleep
from urllib.parse import urlencode, urlsplit

from benchmarks.figure import Figure
from bot import local
from bot.app import App
from bot.sample import load
from commands.registry import discover
from storage.db import Database

NOW = datetime(2026, 6, 1, 10, tzinfo=UTC)
LINES = 40
"""Lines that each person types."""
PEOPLE = 10
"""In the sample; of twenty, two each are the same person in two browsers."""
PAUSE = 1.0
"""Seconds from one line to the next of somebody who types much faster than people do."""


def figures(folder: Path) -> Iterator[Figure]:
    command = _in_process(folder / "command.db")
    with _served(folder / "chat.db") as address:
        weight, first = _first_page(address)
        yield Figure("first page of the chat", weight, "kB", 150)
        yield Figure("the page and what it needs, from the server", first * 1000, "ms", 500)
        _talk(address, people=1, lines=5, pause=0)
        for people, pause in ((1, 0.0), (20, PAUSE), (20, 0.0)):
            waits, taken = _talk(address, people, LINES, pause)
            how = "a line a second each" if pause else "the next as soon as answered"
            more = (
                f"p50 {median(waits) * 1000:.0f} ms, {median(waits) / command:.1f} times the command;"
                f" {len(waits) / taken:.0f} a second"
            )
            what = f"type to answer, {people} at once, {how}"
            yield Figure(what, _p99(waits) * 1000, "ms p99", 100, more=more)


def _p99(waits: list[float]) -> float:
    return sorted(waits)[int(len(waits) * 0.99)]


def _in_process(file: Path) -> float:
    """Seconds for the same command without a browser, the median."""
    db = Database(str(file))
    db.upgrade()
    commands = discover()
    load(db, commands, NOW)
    app = App(db, commands, {local.NAME: local.Local(lambda _shown: None)})
    workspace = local.settle_in(db, "local", NOW)
    taken = []
    for number in range(LINES):
        start = perf_counter()
        line = f"/action add Refresh the newsletter number {number} due: end of June"
        app.hear(local.heard(workspace, "@Sam Okafor", "", f"key-{number}", line), NOW)
        taken.append(perf_counter() - start)
    db.close()
    return median(taken)


@contextmanager
def _served(file: Path) -> Iterator[str]:
    """The chat as people start it, in a process of its own, on a sample that it is given."""
    db = Database(str(file))
    db.upgrade()
    load(db, discover(), NOW)
    db.close()
    line = [sys.executable, "-m", "bot", "try", "--no-browser", "--db", str(file), "--at", NOW.isoformat()]
    with subprocess.Popen(line, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield process.stdout.readline().split()[-1]
        process.terminate()


def _first_page(address: str) -> tuple[float, float]:
    """Kilobytes of the page and all that it names, and the seconds to fetch them one after another."""
    start, weight = perf_counter(), 0
    page = _get(address, "/as/2/in/1/")
    fetched, names = 0, re.findall(r'(?:src|href)="(/static/[^"]+)"', page)
    while fetched < len(names):
        piece = _get(address, names[fetched])
        weight += len(piece.encode())
        names += [f"/static/{name}" for name in re.findall(r'from "\./([^"]+)"', piece)]
        names, fetched = list(dict.fromkeys(names)), fetched + 1
    return (weight + len(page.encode())) / 1000, perf_counter() - start


def _get(address: str, path: str) -> str:
    connection = _connect(address)
    connection.request("GET", path)
    return connection.getresponse().read().decode()


def _connect(address: str) -> http.client.HTTPConnection:
    return http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)


@dataclass
class Typist:
    """Somebody with a page open: types lines into their direct messages, and waits for each answer."""

    address: str
    number: int
    waits: list[float] = field(default_factory=list)

    def arrive(self) -> None:
        person = self.number % PEOPLE + 1
        place = urlsplit(self._located(f"/as/{person}/")).path
        self.here, self.post = place, _connect(self.address)
        self.post.request("GET", place)
        answer = self.post.getresponse()
        page = answer.read().decode()
        cookie = (answer.getheader("set-cookie") or "").partition(";")[0]
        token, revision = _data(page, "token"), _data(page, "revision")
        self.headers = {"Cookie": cookie, "HX-Request": "true", "X-Token": token}
        self.listening = _connect(self.address)
        self.listening.request("GET", f"{place}stream?after={revision}", headers=self.headers)
        self.stream = self.listening.getresponse()

    def _located(self, path: str) -> str:
        connection = _connect(self.address)
        connection.request("GET", path)
        return connection.getresponse().getheader("location") or ""

    def type(self, lines: int, pause: float) -> None:
        for number in range(lines):
            title = f"Refresh the newsletter {self.number}-{number}-{monotonic():.6f}"
            start = perf_counter()
            self._say(f"/action add {title} due: end of June")
            self._await(title)
            self.waits.append(perf_counter() - start)
            sleep(max(0.0, pause - self.waits[-1]))
        self.listening.close()

    def _say(self, line: str) -> None:
        body = urlencode({"line": line, "key": line})
        self.post.request("POST", f"{self.here}say", body, self.headers)
        answer = self.post.getresponse()
        answer.read()
        if json.loads(answer.getheader("hx-trigger") or '{"outcome": {"is_error": 1}}')["outcome"][
            "is_error"
        ]:
            raise RuntimeError(f"it was not said: {answer.status}")

    def _await(self, title: str) -> None:
        """Read on until the answer is there; the line itself, which was typed, comes before it."""
        for line in iter(self.stream.readline, b""):
            if title.encode() in line and b"is logged" in line:
                return
        raise RuntimeError("the stream ended")


def _data(page: str, name: str) -> str:
    found = re.search(rf'data-{name}="(\w+)"', page)
    assert found is not None
    return found[1]


def _talk(address: str, people: int, lines: int, pause: float) -> tuple[list[float], float]:
    """How long each answer took to come, and how long all of it took, in seconds."""
    typists = [Typist(address, number) for number in range(people)]
    for typist in typists:
        typist.arrive()
    threads = [threading.Thread(target=typist.type, args=(lines, pause)) for typist in typists]
    start = perf_counter()
    for number, thread in enumerate(threads):
        thread.start()
        sleep(pause / len(threads) if number < len(threads) - 1 else 0)
    for thread in threads:
        thread.join()
    waits = [wait for typist in typists for wait in typist.waits]
    if len(waits) != people * lines:
        raise RuntimeError("somebody was not answered")
    return waits, perf_counter() - start
