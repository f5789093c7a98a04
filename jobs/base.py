"""What a job is given and gives: a turn to speak, and what is said in it."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Protocol

from messages.message import Message
from storage.addresses import Address
from storage.db import Session
from storage.directory import Directory
from storage.people import Person


@dataclass(frozen=True)
class Turn:
    """An address's turn on a day.

    now, since: aware; since is when it was last its turn: what came up after that has not been said.
    """

    session: Session
    directory: Directory
    address: Address
    now: datetime
    since: datetime

    @cached_property
    def today(self) -> date:
        return self.now.astimezone(self.directory.partnership.tz).date()

    @cached_property
    def since_day(self) -> date:
        return self.since.astimezone(self.directory.partnership.tz).date()

    @cached_property
    def person(self) -> Person | None:
        return self.directory.people.get(self.address.person_id or 0)


@dataclass(frozen=True)
class Said:
    """What one part has to say. `reasons`: a line each, for whoever asks why they got it."""

    message: Message
    reasons: tuple[str, ...]


class SpeakingPart(Protocol):
    """A file in jobs/parts: what one thing has to say, and how urgent it is (0 comes first).

    say: to an address whose turn it is. waiting: all of it that waits on a person now, for /me.
    """

    NAME: str
    URGENCY: int

    def say(self, turn: Turn) -> Said | None: ...

    def waiting(self, turn: Turn) -> Message | None: ...
