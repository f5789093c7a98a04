"""The directory: who is who in a partnership, and who hears of an owner's work on a day."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Protocol

from storage.addresses import Address, addresses
from storage.db import Session
from storage.organisations import Closure, Organisation, closures, organisations
from storage.partnerships import Partnership, the_partnership
from storage.people import Leave, Person, leaves, people
from storage.seats import Role, Seat, Team, Tenure, first_place, roles, teams, tenures
from storage.working_time import Calendar


class Owning(Protocol):
    """An owner as stored: exactly one of the four is set."""

    person_id: int | None
    role_id: int | None
    team_id: int | None
    organisation_id: int | None


OwnerThing = Person | Role | Team | Organisation


@dataclass(frozen=True)
class Hearing:
    """Where a reminder goes, and in whose place, where it is not the owner's own."""

    address: Address | None
    because: str = ""


class Directory:
    """The people, seats and organisations of one partnership, each list read when first needed."""

    def __init__(self, session: Session, known: Person | None = None) -> None:
        """known: someone who need not be looked up."""
        self._session, self._known = session, known

    @cached_property
    def partnership(self) -> Partnership:
        return the_partnership(self._session)

    @cached_property
    def people(self) -> dict[int, Person]:
        return {person.id: person for person in people(self._session)}

    @cached_property
    def organisations(self) -> dict[int, Organisation]:
        return {organisation.id: organisation for organisation in organisations(self._session)}

    @cached_property
    def roles(self) -> dict[int, Role]:
        return {role.id: role for role in roles(self._session)}

    @cached_property
    def teams(self) -> dict[int, Team]:
        return {team.id: team for team in teams(self._session)}

    @cached_property
    def tenures(self) -> list[Tenure]:
        return tenures(self._session)

    @cached_property
    def leaves(self) -> list[Leave]:
        return leaves(self._session)

    @cached_property
    def closures(self) -> list[Closure]:
        return closures(self._session)

    @cached_property
    def addresses(self) -> dict[int, Address]:
        return {address.id: address for address in addresses(self._session)}

    @cached_property
    def _calendars(self) -> dict[int | None, Calendar]:
        return {}

    def thing(self, owner: Owning) -> OwnerThing:
        """The person, role, team or organisation that an owner is."""
        if owner.person_id is not None:
            return self.person(owner.person_id)
        if owner.role_id is not None:
            return self.roles[owner.role_id]
        if owner.team_id is not None:
            return self.teams[owner.team_id]
        assert owner.organisation_id is not None
        return self.organisations[owner.organisation_id]

    def person(self, person_id: int) -> Person:
        if self._known is not None and self._known.id == person_id:
            return self._known
        return self.people[person_id]

    def organisation_of(self, thing: OwnerThing) -> Organisation | None:
        if isinstance(thing, Organisation):
            return thing
        return self.organisations.get(thing.organisation_id or 0)

    # --- working time -------------------------------------------------------------------------------

    def calendar(self, organisation_id: int | None) -> Calendar:
        """An organisation's working days; without one, the partnership's."""
        if organisation_id not in self._calendars:
            self._calendars[organisation_id] = self._make_calendar(organisation_id)
        return self._calendars[organisation_id]

    def _make_calendar(self, organisation_id: int | None) -> Calendar:
        organisation = self.organisations.get(organisation_id or 0)
        division = (organisation and organisation.division) or self.partnership.division
        closed = [c for c in self.closures if c.organisation_id in (None, organisation_id)]
        return Calendar(division, closed=tuple((c.starts, c.ends) for c in closed))  # type: ignore[arg-type]

    def calendar_of(self, thing: OwnerThing) -> Calendar:
        """The days on which an owner works: a person's own, and those of the organisation behind a seat."""
        organisation = self.organisation_of(thing)
        calendar = self.calendar(organisation.id if organisation else None)
        if isinstance(thing, Person):
            away = tuple((leave.starts, leave.ends) for leave in self.leaves if leave.person_id == thing.id)
            return calendar.but(weekdays=thing.working_weekdays, closed=away)
        return calendar

    def calendar_at(self, address: Address) -> Calendar:
        """The days on which an address may be spoken to."""
        if address.person_id is not None:
            return self.calendar_of(self.people[address.person_id])
        team = self.teams.get(address.team_id or 0)
        return self.calendar(address.organisation_id or (team.organisation_id if team else None))

    def has_left(self, address: Address) -> bool:
        """Whether it is the address of someone who has left the partnership."""
        return address.person_id is not None and not self.people[address.person_id].is_active

    # --- seats --------------------------------------------------------------------------------------

    def sitting(self, seat: Seat, place: str, day: date) -> Person | None:
        """Who is in this place of a seat on a day; people who have left sit nowhere."""
        mine = [t for t in self.tenures if t.place == place and t.is_on(day) and _is_of(t, seat)]
        person = self.people[mine[-1].person_id] if mine else None
        return person if person and person.is_active else None

    def seats_of(self, person_id: int, day: date) -> list[tuple[str, Seat]]:
        """The places in which a person sits on a day: ("holder", a role), ("lead", a team), ("deputy", …)."""
        mine = [t for t in self.tenures if t.person_id == person_id and t.is_on(day)]
        return [(t.place, self.roles[t.role_id] if t.role_id else self.teams[t.team_id or 0]) for t in mine]

    # --- who hears ----------------------------------------------------------------------------------

    def hearing(self, owner: Owning, said_for: date, today: date) -> Hearing:
        """Where what is to be said for a day goes (DESIGN §3): to today's holder, or the deputy; with no
        holder to the organisation's chat channel. A holder who is away without a deputy hears when back.
        """
        thing = self.thing(owner)
        if isinstance(thing, Organisation):
            return self._channel_for(thing, "")
        if isinstance(thing, Person):
            return self._person_hears(thing, thing, self._cover(thing, said_for), said_for)
        return self._seat_hears(thing, said_for, today)

    def _seat_hears(self, seat: Seat, said_for: date, today: date) -> Hearing:
        first = self.sitting(seat, first_place(seat), today)
        deputy = self.sitting(seat, "deputy", today)
        if first:
            return self._person_hears(first, seat, deputy or self._cover(first, said_for), said_for)
        if deputy:
            return Hearing(self._direct(deputy), f"you deputise for {seat.name}, which nobody holds just now")
        return self._channel_for(seat, f"nobody holds {seat.name} just now")

    def _person_hears(
        self, person: Person, owner: Person | Seat, stand_in: Person | None, said_for: date
    ) -> Hearing:
        address = self._direct(person)
        if address is None:
            return self._channel_for(owner, f"{person.name} cannot be reached here")
        if not stand_in or self.calendar_of(person).is_working(said_for):
            return Hearing(address)
        other = self._direct(stand_in)
        if other is None or not self.calendar_of(stand_in).is_working(said_for):
            return Hearing(address)
        return Hearing(other, f"{person.name} is not at work")

    def _cover(self, person: Person, day: date) -> Person | None:
        covers = (
            leave.cover_id
            for leave in self.leaves
            if leave.person_id == person.id and leave.starts <= day <= leave.ends
        )
        return self.people.get(next(covers, None) or 0)

    def _direct(self, person: Person) -> Address | None:
        """A person's direct messages: one address, the oldest, however many workspaces know the person."""
        if not person.is_active:
            return None
        return next((a for a in self.addresses.values() if a.person_id == person.id), None)

    def _channel_for(self, thing: OwnerThing, because: str) -> Hearing:
        """The team's channel, else the organisation's, else the shared one, else a coordinator."""
        organisation = self.organisation_of(thing)
        channels = [a for a in self.addresses.values() if a.kind == "channel"]
        own = [a for a in channels if isinstance(thing, Team) and a.team_id == thing.id]
        home = [a for a in channels if organisation and a.organisation_id == organisation.id]
        shared = [a for a in channels if a.is_shared]
        found = next(iter([*own, *home, *shared]), None)
        if found is None:
            return Hearing(self._coordinator(), because or f"{thing.name} has no chat channel yet")
        return Hearing(found, because)

    def _coordinator(self) -> Address | None:
        coordinators = (person for person in self.people.values() if person.may("coordinator"))
        return next((a for a in map(self._direct, coordinators) if a), None)

    def address_of(self, person: Person) -> Address | None:
        return self._direct(person)


def _is_of(tenure: Tenure, seat: Seat) -> bool:
    return (tenure.role_id if isinstance(seat, Role) else tenure.team_id) == seat.id
