"""Hearing: who is told of an owner's work, and when: holder, deputy or chat channel (DESIGN §3)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from storage.addresses import Address
from storage.directory import Directory, OwnerThing, Owning
from storage.organisations import Organisation
from storage.people import Person
from storage.seats import Seat, first_place
from storage.slots import USUAL_HOUR

LONGEST_ABSENCE = 366
"""Days for which something waits until somebody is back."""
HANDS_A_DAY = 4
"""Addresses that are asked whether they hear on a day, each at its own hour."""


HadBy = Callable[[Address], date]
"""The day on which an address last had its turn."""


@dataclass(frozen=True)
class Hearing:
    """Where it goes, and in whose place, where it is not the owner's own."""

    address: Address | None
    because: str = ""


def falls_to(
    directory: Directory, owner: Owning, said_for: date, asker: Address, now: datetime, had_by: HadBy
) -> Hearing | None:
    """Whether it falls to the asker, whose turn it is, to hear what is said to an owner for a day, and in
    whose place. None if others hear it today, or somebody has heard it.

    It was heard on the first day since then on which somebody at work was to hear it and had their turn, that
    day or later: a day on which nothing ran was heard by nobody. Each day is judged by what was known at the
    hour of whoever hears: who held the seat, who was away. So whoever takes over hears what others have not.
    """
    today = now.astimezone(directory.partnership.tz).date()
    ago = (today - said_for).days
    found = _heard_on(directory, owner, today, asker)
    if found is None or found.address != asker or not 0 <= ago <= LONGEST_ABSENCE:
        return None
    for day in (said_for + timedelta(days=n) for n in range(ago)):
        before = _heard_on(directory, owner, day, asker)
        if before is not None and before.address is not None and had_by(before.address) >= day:
            return None
    return None if had_by(asker) >= today else found


def _heard_on(directory: Directory, owner: Owning, day: date, asker: Address) -> Hearing | None:
    """Who hears on a day, at their own hour. Whoever is named at the asker's hour may have lost the seat by
    their own; then nobody has heard, and it is said on the next day.
    """
    address: Address | None = asker
    for _ in range(HANDS_A_DAY):
        moment = _turn_of(directory, address, day)
        found = hearing(directory, owner, moment)
        if found.address is None or found.address == address:
            is_there = found.address is None or _is_at_work(directory, found.address, moment)
            return found if is_there else None
        address = found.address
    return None


def _turn_of(directory: Directory, address: Address | None, day: date) -> datetime:
    hour = directory.hours.get(address.id, USUAL_HOUR) if address else USUAL_HOUR
    return datetime.combine(day, hour, directory.partnership.tz)


def hearing(directory: Directory, owner: Owning, moment: datetime) -> Hearing:
    """Who hears of an owner's work at a moment, at work or not."""
    thing = directory.thing(owner)
    if isinstance(thing, Organisation):
        return _channel(directory, thing, "", moment)
    if isinstance(thing, Person):
        return _person(directory, thing, thing, None, moment)
    return _seat(directory, thing, moment)


def _seat(directory: Directory, seat: Seat, moment: datetime) -> Hearing:
    first = directory.sitting(seat, first_place(seat), moment)
    deputy = directory.sitting(seat, "deputy", moment)
    if first:
        return _person(directory, first, seat, deputy, moment)
    if deputy:
        why = f"you deputise for {seat.name}, which nobody holds just now"
        return Hearing(directory.address_of(deputy, moment), why)
    return _channel(directory, seat, f"nobody holds {seat.name} just now", moment)


def _person(
    directory: Directory, person: Person, owner: Person | Seat, deputy: Person | None, moment: datetime
) -> Hearing:
    """The person; who is not at work is stood in for by the deputy or a cover, if one of them is."""
    address = directory.address_of(person, moment)
    if address is None:
        return _channel(directory, owner, f"{person.name} cannot be reached here", moment)
    if _works(directory, person, moment):
        return Hearing(address)
    for other in (deputy, *_covers(directory, person, moment)):
        if other and _works(directory, other, moment) and (reached := directory.address_of(other, moment)):
            return Hearing(reached, f"{person.name} is not at work")
    return Hearing(address)


def _covers(directory: Directory, person: Person, moment: datetime) -> list[Person]:
    """Who covers for a person, the one named last first."""
    day = moment.date()
    leaves = [
        leave
        for leave in directory.leaves
        if leave.person_id == person.id and leave.starts <= day <= leave.ends and leave.noted_at < moment
    ]
    return [directory.people[leave.cover_id] for leave in reversed(leaves) if leave.cover_id]


def _works(directory: Directory, person: Person, moment: datetime) -> bool:
    return directory.calendar_of(person, moment).is_working(moment.date())


def _is_at_work(directory: Directory, address: Address, moment: datetime) -> bool:
    if address.person_id is not None:
        return _works(directory, directory.people[address.person_id], moment)
    return directory.calendar_at(address).is_working(moment.date())


def _channel(directory: Directory, thing: OwnerThing, because: str, moment: datetime) -> Hearing:
    """The chat channel of an owner; a partnership without one is told through a coordinator."""
    channel = directory.channel_of(thing)
    if channel is not None:
        return Hearing(channel, because)
    return Hearing(_coordinator(directory, moment), because or f"{thing.name} has no chat channel yet")


def _coordinator(directory: Directory, moment: datetime) -> Address | None:
    """Where the first coordinator who is at work can be reached, or the first, if none is."""
    found = [person for person in directory.people.values() if person.may("coordinator")]
    found.sort(key=lambda person: not _works(directory, person, moment))
    return next((a for person in found if (a := directory.address_of(person, moment))), None)
