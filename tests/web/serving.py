"""The browser chat as it is really served, on a socket, and visitors who behave as browsers do."""

import itertools
import json
import socket
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urljoin

import httpx
import uvicorn

from bot import local
from bot.clock import Clock
from bot.web.guard import new_key
from bot.web.room import Room
from bot.web.serve import open_room
from bot.web.site import site
from bot.web.talk import Outcome
from messages.stored import from_json
from storage import chat, sign_ins
from storage.addresses import addresses
from storage.db import Database
from storage.people import people
from tests.messages.browser import Element, sent
from tests.web.seeing import Event, Page, Pairs, Said, events_in, put, up_to

PATIENCE = 10.0
"""Seconds in which an answer, or the next news of a stream, has to be there; a stream is never silent longer
than its heartbeat, so it has to be less than that.
"""


@dataclass
class Served:
    """A room that is open, with its address."""

    room: Room
    origin: str

    def __post_init__(self) -> None:
        self._keys = itertools.count(1)

    def person(self, name: str) -> int:
        with self.room.reading() as session:
            return next(person.id for person in people(session) if person.name == name)

    def place(self, name: str) -> int:
        """The id of a place by "#comms" or "@Sam Okafor"."""
        with self.room.reading() as session:
            return next(place.id for place in addresses(session) if place.external == name)

    def link(self, name: str) -> str:
        """The address of a new sign-in link."""
        whom = self.person(name)
        with self.room.writing(by=whom) as session:
            return f"{self.origin}/sign-in/{sign_ins.make_link(session, whom)}"

    def type(self, who: str, line: str, channel: str = "") -> None:
        """A line that was typed elsewhere than on the page, and has to work; all that came of it is said."""
        key = f"typed-{next(self._keys)}"
        answer = self.room.app.hear(
            local.heard(self.room.workspace, f"@{who}", channel, key, line), self.room.clock.now()
        )
        assert not answer.is_error, answer
        self.room.app.deliver(self.room.clock.now())

    def all_said(self) -> list[tuple[str, str]]:
        """Who said what in the whole chat, in order, once all that is on its way is there.

        The courier is sent home for that: from now on it is only here that posts go out.
        """
        self.room.courier.stop()
        self.room.app.deliver(self.room.clock.now())
        with self.room.reading() as session:
            names = {person.id: person.name for person in people(session)}
            return [
                (names.get(said.author_id or 0, "Commsbot"), said.text or from_json(said.message).summary)
                for said in sorted(chat.messages_since(session, 0), key=lambda said: said.id)
            ]

    @contextmanager
    def visit(self, name: str = "Priya Shah", place: str = "") -> Iterator["Visitor"]:
        """Somebody with a browser of their own, in a place: their direct messages, if none is named.

        Where people sign in, they come by a new link.
        """
        with httpx.Client(base_url=self.origin, timeout=PATIENCE, trust_env=False) as client:
            visitor = Visitor(client, self, name)
            if self.room.signs_in:
                visitor.sign_in(self.link(name))
            visitor.go(place)
            yield visitor


@contextmanager
def locked(plan: Path) -> Iterator[None]:
    """Another programme writes to the same database, and takes its time."""
    with closing(sqlite3.connect(plan, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def serving(
    db: Database, clock: Clock, *, is_sample: bool = False, clock_moves: bool = True, signs_in: bool = False
) -> Iterator[Served]:
    """Serve the partnership that is in a database, or a sample put in it, until the block is left."""
    room = open_room(db, clock, is_sample=is_sample, clock_moves=clock_moves, signs_in=signs_in)
    with socket.create_server(("127.0.0.1", 0)) as door:
        origin = f"http://127.0.0.1:{door.getsockname()[1]}"
        server = uvicorn.Server(
            uvicorn.Config(
                site(room, frozenset({origin})),
                log_config=None,
                access_log=False,
                server_header=False,
                ws="none",
                lifespan="on",
                timeout_graceful_shutdown=1,
            )
        )
        thread = threading.Thread(target=server.run, args=([door],))
        thread.start()
        try:
            httpx.get(f"{origin}/static/icon.svg", timeout=PATIENCE, trust_env=False).raise_for_status()
            yield Served(room, origin)
        finally:
            server.should_exit = True
            thread.join()


@dataclass
class Visitor:
    """Somebody with a browser. page: what they see, as of when it was loaded last."""

    client: httpx.Client
    served: Served
    name: str
    page: Page = field(init=False)

    @property
    def person(self) -> int:
        return self.served.person(self.name)

    @property
    def token(self) -> str:
        return self.page.body["data-token"]

    def sign_in(self, link: str) -> None:
        self.client.get(link).raise_for_status()
        assert self.client.post(link, headers={"origin": self.served.origin}).status_code == 303

    # --- looking ----------------------------------------------------------------------------------------

    def address(self, place: str = "", name: str = "") -> str:
        """The address of a place, as this person has it."""
        return f"/as/{self.person}/in/{self.served.place(place or f'@{self.name}')}/{name}"

    def go(self, place: str = "", thread: int = 0) -> Page:
        return self._load(self.address(place) + (f"?thread={thread}" if thread else ""))

    def look(self) -> Page:
        """Load the page again."""
        return self._load(self.page.address)

    def _load(self, address: str) -> Page:
        answer = self.client.get(address)
        answer.raise_for_status()
        self.page = Page(str(answer.url), answer.text)
        return self.page

    def piece(self, name: str) -> str:
        """A piece of the page that comes later, such as "coming" or "earlier?before=9"."""
        answer = self.client.get(urljoin(self.page.address, name))
        answer.raise_for_status()
        return answer.text

    # --- doing ------------------------------------------------------------------------------------------

    def post(self, action: str, pairs: Pairs, **headers: str) -> httpx.Response:
        """Send names and values to where a form on the page leads."""
        content = urlencode([(name, value.encode("utf-8", "replace")) for name, value in pairs])
        told = {"origin": self.served.origin, "content-type": "application/x-www-form-urlencoded"}
        return self.client.post(
            urljoin(self.page.address, action),
            content=content,
            headers=told | headers,
            follow_redirects=False,
        )

    def send(self, form: Element, pairs: Pairs) -> Outcome:
        answer = self.post(form["action"], pairs, **{"hx-request": "true"})
        assert answer.status_code == 204, (answer.status_code, answer.text)
        return Outcome(**json.loads(answer.headers["hx-trigger"])["outcome"])

    def say(self, line: str, key: str = "") -> Outcome:
        """Type a line in the box and send it; every line has a key of its own, as the page gives it."""
        form = self.page.composer
        return self.send(form, put(sent(form), line=line, key=key or new_key()))

    def click(self, label: str, said: Said | None = None) -> Outcome:
        """Press a button of a message; of the last on the page that has it, if no other is meant."""
        found = said or [each for each in self.page.messages if label in each.buttons][-1]
        form = found.buttons_form(label)
        return self.send(form, sent(form, label))

    def fill(self, said: Said | None = None, button: str = "", /, **fields: str) -> Outcome:
        """Send a form with these answers, the others as they stand; the last form, if no other is meant."""
        found = said or [each for each in self.page.messages if each.has_form][-1]
        pairs = sent(found.form, button)
        return self.send(found.form, put(pairs, **{f"field.{name}": text for name, text in fields.items()}))

    def move(self, to: str) -> Outcome:
        form = self.page.form("move")
        return self.send(form, put(sent(form), to=to))

    def step(self, number: int) -> Outcome:
        form = self.page.form("step")
        return self.send(form, put(sent(form), step=str(number)))

    def read(self, up_to: int) -> None:
        answer = self.post("read", [("token", self.token), ("up_to", str(up_to))])
        assert answer.status_code == 204

    # --- hearing ----------------------------------------------------------------------------------------

    @contextmanager
    def listening(self, after: int | None = None) -> Iterator[Iterator[Event]]:
        """The events of the stream, from what the page has on, or after a number heard last."""
        since = {"last-event-id": str(after)} if after is not None else {}
        address = urljoin(self.page.address, f"stream?after={self.page.revision}")
        with self.client.stream("GET", address, headers=since) as answer:
            assert answer.headers["content-type"].startswith("text/event-stream")
            yield events_in(answer.iter_lines())

    def hear(self, is_it: Callable[[Event], bool]) -> list[Event]:
        """What is told from when the page was loaded, up to the event that is waited for."""
        with self.listening() as events:
            return up_to(events, is_it)

    def told(self, words: str) -> Event:
        """Wait until something with these words in it is told."""
        return self.hear(lambda event: words in event.what.get("aloud", "") + event.what.get("html", ""))[-1]
