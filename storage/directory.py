"""The directory: who is who in a partnership, where each can be reached, and when each works."""

from dataclasses import replace
from datetime import UTC, datetime, time
from functools import cached_property
from typing import Protocol

from storage.addresses import Address, addresses
from storage.db import Session
from storage.holds import Hold, incidents
from storage.organisations import Closure, Organisation, closures, organisations
from storage.partnerships import Partnership, Workspace, the_partnership, workspaces
from storage.people import Leave, Person, leaves, people
from storage.seats import Role, Seat, Team, Tenure, roles, teams, tenures
from storage.slots import Slot, slots
from storage.working_time import Calendar


class Owning(Protocol):
    """An owner as stored: exactly one of the four is set."""

    person_id: int | None
    role_id: int | None
    team_id: int | None
    organisation_id: int | None


OwnerThing = Person | Role | Team | Organisation
LONG_AGO = datetime(1900, 1, 1, tzinfo=UTC)
"""Before anything was said; it is a day in every time zone."""


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
    def hours(self) -> dict[int, time]:
        """At which hour each address is spoken to."""
        return {slot.address_id: slot.hour for slot in self._slots.values()}

    def last_turn(self, address: Address, _now: datetime) -> datetime:
        """When an address had its last turn, as it stands when this is first asked; long ago without one."""
        slot = self._slots.get(address.id)
        return slot.last_at if slot else LONG_AGO

    @cached_property
    def _slots(self) -> dict[int, Slot]:
        return {slot.address_id: slot for slot in slots(self._session)}

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

    def organisations_calendar(self, thing: OwnerThing) -> Calendar:
        """The working days of the organisation behind an owner."""
        organisation = self.organisation_of(thing)
        return self.calendar(organisation.id if organisation else None)

    def calendar_of(self, person: Person, known_at: datetime | None = None) -> Calendar:
        """The days on which a person works, by the leave that is noted, or was at a moment."""
        away = tuple(
            (leave.starts, leave.ends)
            for leave in self.leaves
            if leave.person_id == person.id and (known_at is None or leave.noted_at < known_at)
        )
        calendar = self.organisations_calendar(person)
        return replace(calendar, weekdays=person.working_weekdays, closed=calendar.closed + away)

    def calendar_at(self, address: Address) -> Calendar:
        """The days on which an address may be spoken to."""
        if address.person_id is not None:
            return self.calendar_of(self.people[address.person_id])
        return self.calendar(self.home_at(address))

    def home_at(self, address: Address) -> int | None:
        """The organisation that is spoken to at an address; None for what belongs to several."""
        if address.person_id is not None:
            return self.people[address.person_id].organisation_id
        team = self.teams.get(address.team_id or 0)
        return address.organisation_id or (team.organisation_id if team else None)

    def silence(self, address: Address, moment: datetime) -> Hold | None:
        """The incident because of which nothing is said there on schedule at a moment, as is known now."""
        day = moment.astimezone(self.partnership.tz).date() if self.incidents else None
        on = (hold for hold in self.incidents if day and hold.is_on(day) and hold.noted_at <= moment)
        return next((hold for hold in on if self.is_at(address, hold.organisation_id)), None)

    def is_at(self, address: Address, organisation_id: int | None) -> bool:
        """Whether an organisation is spoken to there; None stands for everybody."""
        return organisation_id is None or self.home_at(address) == organisation_id

    @cached_property
    def incidents(self) -> list[Hold]:
        return incidents(self._session)

    def is_out_of_use(self, address: Address) -> bool:
        """Whether it is the address of someone who has left the partnership, or is spoken to at another."""
        person = self.people.get(address.person_id or 0)
        return person is not None and self.address_of(person) != address

    # --- seats --------------------------------------------------------------------------------------

    def sitting(self, seat: Seat, place: str, moment: datetime | None = None) -> Person | None:
        """Who is in this place of a seat, now or at a moment; people who have left sit nowhere."""
        mine = [t for t in self.tenures if t.place == place and _is_of(t, seat) and _is_on(t, moment)]
        person = self.people[mine[-1].person_id] if mine else None
        return person if person and person.is_here(moment) else None

    def seats_of(self, person_id: int) -> list[Seat]:
        """The seats in which a person sits now, in whichever place."""
        mine = [t for t in self.tenures if t.person_id == person_id and t.ends is None]
        return [self.roles[t.role_id] if t.role_id else self.teams[t.team_id or 0] for t in mine]

    # --- addresses ----------------------------------------------------------------------------------

    def address_of(self, person: Person, moment: datetime | None = None) -> Address | None:
        """A person's direct messages, now or at a moment: one address, however many workspaces know the
        person. It is the oldest, or while nothing is posted there, the oldest in which something is.
        """
        if not person.is_here(moment):
            return None
        mine = [a for a in self.addresses.values() if a.person_id == person.id]
        if len(mine) > 1:
            mine = [a for a in mine if not self._workspaces[a.workspace_id].has_left]
            heard = [a for a in mine if not self._workspaces[a.workspace_id].was_stopped(moment)]
            mine = heard or mine
        return next(iter(mine), None)

    @cached_property
    def _workspaces(self) -> dict[int, Workspace]:
        return {workspace.id: workspace for workspace in workspaces(self._session)}

    def channel_of(self, thing: OwnerThing) -> Address | None:
        """The team's chat channel, else the organisation's, else the shared one."""
        organisation = self.organisation_of(thing)
        channels = [a for a in self.addresses.values() if a.kind == "channel"]
        own = [a for a in channels if isinstance(thing, Team) and a.team_id == thing.id]
        home = [a for a in channels if organisation and a.organisation_id == organisation.id]
        return next(iter([*own, *home, *(a for a in channels if a.is_shared)]), None)


def _is_of(tenure: Tenure, seat: Seat) -> bool:
    return (tenure.role_id if isinstance(seat, Role) else tenure.team_id) == seat.id


def _is_on(tenure: Tenure, moment: datetime | None) -> bool:
    return tenure.ends is None if moment is None else tenure.is_on(moment)
