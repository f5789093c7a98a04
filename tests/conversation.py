"""A conversation: people type, the clock moves, and what each of them sees is kept."""

import itertools
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot import door, local
from bot.app import Answer, App
from bot.clock import Clock, catch_up, read_move
from bot.local import Local, Shown
from commands.registry import discover
from messages.message import Button, Buttons, Message
from messages.text import as_text
from storage.db import Database, add
from storage.events import record
from storage.organisations import Organisation
from storage.partnerships import Workspace, found
from storage.people import Person

LONDON = ZoneInfo("Europe/London")
COMMANDS = discover()


def at(text: str) -> datetime:
    """A moment in London, such as "2020-05-01 09:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON).astimezone(UTC)


@dataclass(frozen=True)
class Seen:
    """A post as it arrived: when (in London), where ("#comms", "@Sam Okafor") and what it said."""

    when: datetime
    place: str
    text: str
    shown: Shown

    @property
    def day(self) -> str:
        return f"{self.when.day} {self.when:%b %Y}"


@dataclass
class Conversation:
    """One partnership on the local platform, at a virtual time."""

    db: Database
    workspace: Workspace
    clock: Clock
    seen: list[Seen] = field(default_factory=list)
    answer: Answer = field(default_factory=lambda: Answer(()))

    def __post_init__(self) -> None:
        self.app = App(self.db, COMMANDS, {local.NAME: Local(self._see)})
        self._keys = (f"{self.workspace.external}-{id(self)}-{n}" for n in itertools.count(1))

    def _see(self, shown: Shown) -> None:
        when = self.clock.now().astimezone(LONDON)
        self.seen.append(Seen(when, shown.place, as_text(shown.message), shown))

    def say(self, who: str, line: str, channel: str = "", key: str = "", **more: object) -> str:
        """Somebody types a line; returns what they alone are answered, as text."""
        heard = local.heard(self.workspace, f"@{who}", channel, key or next(self._keys), line, **more)
        self.answer = self.app.hear(heard, self.clock.now())
        self.app.deliver(self.clock.now())
        return "\n\n".join(as_text(message) for message in self.answer.messages)

    def do(self, who: str, line: str, channel: str = "") -> str:
        """Like `say`, for lines that must work."""
        said = self.say(who, line, channel)
        assert not self.answer.is_error, f"{line}: {said}"
        return said

    def fill(self, who: str, command: str, /, **fields: str) -> str:
        """Somebody sends a form."""
        return self.say(who, f"/{command}", fields=fields)

    def click(self, who: str, seen: Seen, label: str, nth: int = 0) -> str:
        """Somebody presses a button on a post that was seen."""
        button = [b for b in buttons(seen.shown.message) if b.label == label][nth]
        return self.say(who, button.line, is_click=True, clicked=seen.shown.reference)

    def until(self, to: str) -> list[Seen]:
        """Let time go by till a moment ("2020-06-01 10:00", "+7d"); returns what was seen on the way."""
        before = len(self.seen)
        self.clock.move(self.app, read_move(to, self.clock.now(), LONDON))
        return self.seen[before:]

    def beat(self) -> None:
        catch_up(self.app, self.clock.now())

    def to(self, place: str) -> list[Seen]:
        return [seen for seen in self.seen if seen.place == place]


HOW: ContextVar[Callable[[Database, Workspace, Clock], Conversation]] = ContextVar(
    "how", default=Conversation
)
"""How conversations are held: on the local platform, unless somebody wants to hear them elsewhere too."""


def buttons(message: Message) -> list[Button]:
    return [button for block in message.blocks if isinstance(block, Buttons) for button in block.buttons]


PEOPLE = {
    "Priya Shah": "Fellside Hospitals",
    "Sam Okafor": "Fellside Hospitals",
    "Jo Bell": "Westmere County Council",
    "Tom Reed": "Westmere County Council",
}
SHORT = {"Fellside Hospitals": "Hospitals", "Westmere County Council": "Council"}


def start(db: Database, when: str, name: str = "Fell and Bay", team: str = "local") -> Conversation:
    """A partnership of two organisations and four people (Priya coordinates), at a moment in London.

    Channels: #comms is everyone's, #hospitals and #council are the organisations' own.
    """
    clock = Clock(at(when))
    with db.writing(0, at=clock.now()) as session:
        found(session, name, clock.now())
        homes = {long: add(session, Organisation(name=long, short=short)) for long, short in SHORT.items()}
        home = homes["Fellside Hospitals"].id
        workspace = add(session, Workspace(platform=local.NAME, external=team, organisation_id=home))
        channels = [door.open_channel(session, workspace, c) for c in ("#comms", "#hospitals", "#council")]
        for channel, organisation in zip(channels[1:], homes.values(), strict=True):
            channel_of(session, channel, organisation)
        for person, organisation_name in PEOPLE.items():
            permission = "coordinator" if person == "Priya Shah" else "member"
            someone = Person(name=person, organisation_id=homes[organisation_name].id, permission=permission)
            door.welcome(session, workspace, someone, f"@{person}")
        record(session, "founded", "partnership")
    return HOW.get()(db, workspace, clock)


def channel_of(session: object, channel: object, organisation: Organisation) -> None:
    from storage.db import change

    change(session, channel, organisation_id=organisation.id)  # type: ignore[arg-type]
