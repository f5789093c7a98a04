"""Known: the plan as it stands, each thing read once, when first needed, for all turns of one transaction."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from jobs.public import is_current
from jobs.rhythm import Steps, quieted, steps
from storage.actions import Action, ActionOwner, action_numbered, actions, open_actions_of, owners_of
from storage.addresses import Address
from storage.db import Session
from storage.directory import Directory, OwnerThing, Owning
from storage.events import Event, events_since
from storage.finding import current_askings, waiting_loops
from storage.hearing import Hearing, falls_to
from storage.holds import Hold, holds
from storage.loops import Asking, Loop, loops_among
from storage.offers import Offer, offers_of, waiting_offers
from storage.people import Person
from storage.seats import Role, Team, first_place
from storage.standing import facts_of_all
from storage.wordings import Wording, answered_wordings, waiting_wordings


@dataclass(frozen=True)
class Owned:
    """An open action with its owners whose part is not done; the first leads."""

    action: Action
    owners: tuple[ActionOwner, ...]


@dataclass(frozen=True)
class Case:
    """An action, open or settled, with its owners and supporters, and everyone it was ever offered to."""

    action: Action
    owners: list[ActionOwner]
    offers: list[Offer]


LastTurn = Callable[[Address, datetime], datetime]


class Known:
    """What turns go by. Several may share it: one after the other in time, and nothing written between."""

    def __init__(self, session: Session, directory: Directory, last_turn: LastTurn | None = None) -> None:
        """last_turn: when an address had its last turn before a moment; without it, as the plan has it."""
        self._session, self.directory = session, directory
        self._last_turn = last_turn or directory.last_turn
        self._owned: dict[int, list[Owned]] = {}
        self._events: dict[int, list[Event]] = {}
        self._cases: dict[int, Case | None] = {}
        self._steps: dict[int, Steps] = {}
        self._loops: dict[date, list[Loop]] = {}

    @cached_property
    def offers(self) -> list[Offer]:
        """The offers that wait for an answer."""
        return waiting_offers(self._session)

    @cached_property
    def askings(self) -> list[tuple[Loop, Asking]]:
        """What somebody is asked to decide."""
        return current_askings(self._session)

    @cached_property
    def wordings(self) -> list[Wording]:
        """The words for the public that wait for an approval, and still say what came of it."""
        found = waiting_wordings(self._session)
        loops = loops_among(self._session, {wording.loop_id for wording in found})
        facts = {each.loop.id: each for each in facts_of_all(self._session, list(loops.values()))}
        return [wording for wording in found if is_current(facts[wording.loop_id], wording)]

    @cached_property
    def answered_wordings(self) -> dict[int, date]:
        """When the last words for a loop that is not told yet were approved or sent back."""
        return answered_wordings(self._session)

    def loops(self, told_by: date) -> list[Loop]:
        """The loops on which something is to be done. told_by: when those were told that may be checked."""
        if told_by not in self._loops:
            self._loops[told_by] = waiting_loops(self._session, told_by)
        return self._loops[told_by]

    @cached_property
    def holds(self) -> list[Hold]:
        return holds(self._session)

    def events_since(self, last: int) -> list[Event]:
        if last not in self._events:
            self._events[last] = events_since(self._session, last)
        return self._events[last]

    def case(self, number: int) -> Case | None:
        """The action with a number; None if it is no longer in the plan."""
        if number not in self._cases:
            self._cases[number] = self._case(number)
        return self._cases[number]

    def _case(self, number: int) -> Case | None:
        action = action_numbered(self._session, number)
        if action is None:
            return None
        owners = owners_of(self._session, [action.id])[action.id]
        return Case(action, owners, offers_of(self._session, action.id))

    def steps(self, action: Action, owner: ActionOwner) -> Steps:
        """The days on which an action speaks to an owner, by the working days of their organisation, and by
        their own where nobody stands in for them.
        """
        if owner.id not in self._steps:
            thing = self.directory.thing(owner)
            calendar, alone = self.directory.organisations_calendar(thing), self._alone(thing)
            own = replace(calendar, weekdays=alone.working_weekdays) if alone else None
            spoken = steps(action.when, calendar, action.logged_on, own)
            self._steps[owner.id] = quieted(spoken, action.quiet_until, calendar)
        return self._steps[owner.id]

    def _alone(self, thing: OwnerThing) -> Person | None:
        """The one person who hears of an owner's work on the days on which they work."""
        if isinstance(thing, Role | Team) and not self.directory.sitting(thing, "deputy"):
            return self.directory.sitting(thing, first_place(thing))
        return thing if isinstance(thing, Person) else None

    # --- who hears of what --------------------------------------------------------------------------

    def owned_at(self, address: Address) -> list[Owned]:
        """The open actions of which an address could have to hear, in the order of their dates: a person's
        own, those of their seats and of those they cover; a channel and a coordinator may have to hear of
        anything that nobody else can be told of.
        """
        person = self.directory.people.get(address.person_id or 0)
        if person is None or person.may("coordinator"):
            return self._open
        if person.id not in self._owned:
            self._owned[person.id] = self._with_owners(self._own(person))
        return self._owned[person.id]

    @cached_property
    def _open(self) -> list[Owned]:
        return self._with_owners(actions(self._session, "open"))

    def people_of(self, person: Person) -> set[int]:
        """Whose work a person may have to hear of: their own, and that of those whom they cover."""
        covered = {leave.person_id for leave in self.directory.leaves if leave.cover_id == person.id}
        return {person.id} | covered

    def _own(self, person: Person) -> list[Action]:
        people = self.people_of(person)
        seats = [seat for each in people for seat in self.directory.seats_of(each)]
        return open_actions_of(
            self._session,
            people=people,
            roles={seat.id for seat in seats if isinstance(seat, Role)},
            teams={seat.id for seat in seats if not isinstance(seat, Role)},
        )

    def _with_owners(self, found: list[Action]) -> list[Owned]:
        owners = owners_of(self._session, [action.id for action in found])
        return [
            Owned(action, tuple(o for o in owners[action.id] if o.part == "owner" and o.done_on is None))
            for action in found
        ]

    def falls_to(
        self, owner: Owning, said_for: date, asker: Address, now: datetime, since: date
    ) -> Hearing | None:
        """See storage.hearing. since: the day of the asker's last turn."""
        zone = self.directory.partnership.tz

        def had_by(address: Address) -> date:
            if address == asker:
                return since
            return self._last_turn(address, now).astimezone(zone).date()

        return falls_to(self.directory, owner, said_for, asker, now, had_by)
