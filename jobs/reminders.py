"""Reminders: an address's one post of the day, made of what every part has to say."""

import importlib
import pkgutil
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache

import jobs.parts
from jobs.base import Said, SpeakingPart
from jobs.turn import Turn
from messages.compose import compose, join
from messages.message import Message
from storage.addresses import Address
from storage.db import Session
from storage.directory import Directory
from storage.faults import Fault
from storage.people import Person
from storage.slots import Slot
from storage.working_time import Calendar, next_occurrence

A_YEAR = 366


@cache
def parts() -> tuple[SpeakingPart, ...]:
    """Every part in jobs/parts, the most urgent first."""
    names = [module.name for module in pkgutil.iter_modules(jobs.parts.__path__)]
    found = [importlib.import_module(f"jobs.parts.{name}") for name in names]
    return tuple(sorted(found, key=lambda part: part.URGENCY))


def wanted(slot: Slot) -> list[SpeakingPart]:
    return [part for part in parts() if slot.wants(part.NAME)]


def since_last_success(turn: Turn, fault: Fault | None) -> Turn:
    """The turn as a part has it that failed before: it may say what it could not say then."""
    return replace(turn, since=fault.since, since_event=fault.since_event) if fault else turn


def post(turn: Turn, said: list[Said]) -> Message:
    """One post: what it is about, then the parts in their order."""
    counted = [part.message.summary for part in said]
    heading = compose("daily/heading", today=turn.today, parts=counted, person=turn.person)
    return join(heading, *(part.message for part in said))


def why(said: list[Said]) -> str:
    """Everything that a post says and for which reason, a line each."""
    return "\n".join(reason for part in said for reason in part.reasons)


def everything_waiting(
    session: Session, directory: Directory, person: Person, now: datetime
) -> Message | None:
    """All that waits on a person, whether or not today is a day to be spoken to; None if nothing does."""
    turn = turn_of(session, directory, person, now)
    if turn is None:
        return None
    found = [message for part in parts() if (message := part.waiting(turn))]
    if not found:
        return None
    heading = compose("me/heading", person=person, parts=[message.summary for message in found])
    return join(heading, *found)


def turn_of(session: Session, directory: Directory, person: Person, now: datetime) -> Turn | None:
    """A person's turn as it would be now; None for whoever cannot be spoken to."""
    address = directory.address_of(person)
    return Turn(session, directory, address, now, since=now, since_event=0) if address else None


def is_turn(directory: Directory, slot: Slot, address: Address, now: datetime) -> bool:
    """Whether it is now an address's turn: on the day that was due, a working day, and for the first time;
    while an incident silences it, it is not, and the next turn says what this one would have.
    """
    today = now.astimezone(directory.partnership.tz).date()
    is_todays = slot.next_at.astimezone(directory.partnership.tz).date() == today
    had_it = utc_day(slot.last_at) >= utc_day(now)
    is_kept = slot.is_paused or had_it or not is_todays or directory.is_out_of_use(address)
    if is_kept or directory.silence(address, now):
        return False
    return _speaks_on(directory.calendar_at(address), slot, today)


def utc_day(moment: datetime) -> date:
    """Days are told apart by UTC: by local time there could be two of the same when the zone is changed."""
    return moment.astimezone(UTC).date()


def _speaks_on(calendar: Calendar, slot: Slot, day: date) -> bool:
    return calendar.is_working(day) and slot.wants_weekday(day.weekday())


def next_turn(directory: Directory, slot: Slot, address: Address) -> datetime | None:
    """When an address is spoken to next, in the partnership's time, if there is anything to say; None if
    its days leave nothing within a year, or nobody knows how long an incident silences it.
    """
    zone = directory.partnership.tz
    calendar, at = directory.calendar_at(address), slot.next_at
    for _ in range(A_YEAR):
        incident = directory.silence(address, at)
        if incident and incident.ends is None:
            return None
        if not incident and _speaks_on(calendar, slot, at.astimezone(zone).date()):
            return at.astimezone(zone)
        at = next_occurrence(at, slot.hour, zone)
    return None
