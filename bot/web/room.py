"""The room: one chat with its app and its clock, and the spot in it where somebody stands."""

import threading
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from bot import local
from bot.app import App
from bot.clock import Clock
from bot.courier import Courier
from bot.door import Heard
from bot.web.stream import Stream
from storage import chat
from storage.addresses import Address, addresses, standing
from storage.db import Database, Session
from storage.partnerships import Workspace
from storage.people import Person


@dataclass(frozen=True)
class Room:
    """clock_moves: whether people may move the clock, as they may on a sample but not on a real plan.
    moving: held while the clock is on its way; stopping: set by whoever wants it to stop there.
    is_sample: whether all of it is thrown away. origin: the address that people are told, "" for their own.
    signs_in: whether people come in by links of their own; otherwise anyone may be anyone.
    mark: tells this chat from others that a browser may have seen at the same address.
    """

    app: App
    workspace: Workspace
    clock: Clock
    stream: Stream
    courier: Courier
    clock_moves: bool = True
    signs_in: bool = False
    is_sample: bool = True
    origin: str = ""
    mark: str = ""
    moving: threading.Lock = field(default_factory=threading.Lock)
    stopping: threading.Event = field(default_factory=threading.Event)

    @property
    def db(self) -> Database:
        return self.app.db

    def reading(self) -> AbstractContextManager[Session]:
        return self.db.reading(self.workspace.partnership_id)

    def writing(self, by: int | None = None) -> AbstractContextManager[Session]:
        return self.db.writing(self.workspace.partnership_id, at=self.clock.now(), by=by, via="browser")

    def zone(self) -> ZoneInfo:
        return local.zone(self.db, self.workspace)


@dataclass(frozen=True)
class Spot:
    """Where somebody stands: who they are, in which place, perhaps in the thread of a message."""

    person: Person
    user: str
    place: Address
    thread: int | None = None

    @property
    def channel(self) -> str:
        return self.place.external if self.place.kind == "channel" else ""

    def heard(self, room: Room, key: str, line: str, **more: object) -> Heard:
        return local.heard(room.workspace, self.user, self.channel, key, line, **more)


class NotHere(Exception):
    """There is no such place, or it is not this person's to see."""


def spot(session: Session, person_id: int, place_id: int, thread: int | None = None) -> Spot:
    """Raises NotHere."""
    found = standing(session, person_id, place_id)
    if found is None or not found[0].is_active or not _may_look(found[0], found[2]):
        raise NotHere
    person, mine, place = found
    if thread is not None and not _is_head(chat.message_by_id(session, thread), place):
        raise NotHere
    return Spot(person, mine.external, place, thread)


def places_of(session: Session, person: Person) -> list[Address]:
    """The chat channels by name, the shared ones first, and then the person's direct messages."""
    found = [place for place in addresses(session) if _may_look(person, place)]
    return sorted(found, key=lambda place: (place.kind != "channel", not place.is_shared, place.name.lower()))


def _is_head(said: chat.ChatMessage | None, place: Address) -> bool:
    """Whether a thread can hang on a message: one that everyone in a channel sees, and no reply itself."""
    if said is None or place.kind != "channel" or said.address_id != place.id:
        return False
    return said.only_for is None and said.thread_of is None


def _may_look(person: Person, place: Address) -> bool:
    return place.kind == "channel" or place.person_id == person.id
