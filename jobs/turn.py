"""A turn: an address is spoken to on a day, and these are the actions it could have to hear of."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from jobs.known import Known, Owned
from storage.addresses import Address
from storage.dailies import requests_told
from storage.db import Session
from storage.directory import Directory, Owning
from storage.events import Event
from storage.hearing import hearing
from storage.people import Person


@dataclass(frozen=True)
class Turn:
    """An address's turn on a day.

    now, since: aware; since is when it was last its turn: what came up after that has not been said.
    since_event: the last event of which it had heard then.
    shared: what other turns have read already, where there are several.
    """

    session: Session
    directory: Directory
    address: Address
    now: datetime
    since: datetime
    since_event: int
    shared: Known | None = None

    @cached_property
    def known(self) -> Known:
        return self.shared or Known(self.session, self.directory)

    @cached_property
    def today(self) -> date:
        return self.now.astimezone(self.directory.partnership.tz).date()

    @cached_property
    def since_day(self) -> date:
        return self.since.astimezone(self.directory.partnership.tz).date()

    @cached_property
    def person(self) -> Person | None:
        return self.directory.people.get(self.address.person_id or 0)

    @cached_property
    def events(self) -> list[Event]:
        """What was done since the last turn."""
        return self.known.events_since(self.since_event)

    @cached_property
    def told_at_once(self) -> set[str]:
        """From where the events came of which this address has been told already."""
        return requests_told(self.session, self.address.id, self.since)

    @property
    def owned(self) -> list[Owned]:
        """The open actions of which this address could have to hear, in the order of their dates."""
        return self.known.owned_at(self.address)

    def speaks_for(self, owner: Owning, said_for: date) -> str | None:
        """In whose place it is now this address's turn to hear what is said to an owner for a day, "" for
        itself; None if others hear it, or it was heard before.
        """
        found = self.known.falls_to(owner, said_for, self.address, self.now, self.since_day)
        return found.because if found else None

    def hears(self, owner: Owning) -> bool:
        """Whether this address is the one that hears of an owner's work now."""
        return hearing(self.directory, owner, self.now).address == self.address
