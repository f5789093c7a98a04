"""A turn: an address is spoken to on a day, and these are the actions it could have to hear of."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from storage.actions import Action, ActionOwner, actions, open_actions_of, owners_of
from storage.addresses import Address
from storage.db import Session
from storage.directory import Directory, Owning
from storage.events import Event, events_since
from storage.hearing import first_heard, hearing
from storage.people import Person
from storage.seats import Role


@dataclass(frozen=True)
class Owned:
    """An open action with its owners whose part is not done; the first leads."""

    action: Action
    owners: tuple[ActionOwner, ...]


@dataclass(frozen=True)
class Turn:
    """An address's turn on a day.

    now, since: aware; since is when it was last its turn: what came up after that has not been said.
    since_event: the last event of which it had heard then.
    """

    session: Session
    directory: Directory
    address: Address
    now: datetime
    since: datetime
    since_event: int

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
        return events_since(self.session, self.since_event)

    @cached_property
    def owned(self) -> list[Owned]:
        """The open actions of which this address could have to hear, in the order of their dates."""
        found = self._candidates()
        owners = owners_of(self.session, [action.id for action in found])
        return [
            Owned(action, tuple(o for o in owners[action.id] if o.part == "owner" and o.done_on is None))
            for action in found
        ]

    def _candidates(self) -> list[Action]:
        """A person's own, those of their seats and of those they cover; a channel and a coordinator may
        have to hear of anything that nobody else can be told of.
        """
        person = self.person
        if person is None or person.may("coordinator"):
            return actions(self.session, "open")
        covered = {leave.person_id for leave in self.directory.leaves if leave.cover_id == person.id}
        people = {person.id} | covered
        seats = [seat for each in people for seat in self.directory.seats_of(each)]
        return open_actions_of(
            self.session,
            people=people,
            roles={seat.id for seat in seats if isinstance(seat, Role)},
            teams={seat.id for seat in seats if not isinstance(seat, Role)},
        )

    def speaks_for(self, owner: Owning, said_for: date) -> str | None:
        """In whose place it is now this address's turn to hear what is said to an owner for a day, "" for
        itself; None if others hear it, or it was heard before.
        """
        first = first_heard(self.directory, owner, said_for, self.address, self.now)
        if first is None or first[1].address != self.address:
            return None
        return first[1].because if self.since_day < first[0] else None

    def hears(self, owner: Owning) -> bool:
        """Whether this address is the one that hears of an owner's work now."""
        return hearing(self.directory, owner, self.now).address == self.address
