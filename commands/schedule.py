"""Schedules: when each person and chat channel is spoken to, and about what."""

from datetime import time
from typing import Annotated

from commands.base import CommandError, Request, Says, verb
from commands.grammar.kinds import Weekdays
from jobs.forecast import coming as forecast
from jobs.holds import silences
from jobs.reminders import next_turn, parts
from messages.compose import compose
from messages.post import Post
from storage.addresses import Address
from storage.db import change
from storage.events import record
from storage.slots import USUAL_HOUR, Slot, reset_hour, slot_of, slots

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
Where = Annotated[Address, Says("Which chat channel or person", "#comms, or me")]


@verb("/schedule list", reads=True, needs="viewer", opens_form=False)
def list_(request: Request) -> list[Post]:
    """List who is spoken to when, the next first."""
    addresses = request.directory.addresses
    rows = [
        _row(request, slot, addresses[slot.address_id])
        for slot in slots(request.session)
        if not request.directory.is_out_of_use(addresses[slot.address_id])
    ]
    usual = [row for row in rows if row["is_usual"]]
    shown = [row for row in rows if not row["is_usual"] or row["address"] in _mine(request)]
    silent = silences(request.directory, request.now)
    return [Post(compose("schedule/list", rows=shown, usual=usual, today=request.today, silent=silent))]


def _mine(request: Request) -> list[Address]:
    found = request.directory.addresses.values()
    return [a for a in found if a.person_id == request.person.id or a == request.channel]


def _row(request: Request, slot: Slot, address: Address) -> dict[str, object]:
    return {
        "address": address,
        "slot": slot,
        "is_usual": not (slot.is_paused or slot.weekdays or slot.parts or slot.hour != USUAL_HOUR),
        "days": [DAYS[int(digit)] for digit in slot.weekdays or _own_weekdays(request, address)],
        "parts": slot.parts.split(",") if slot.parts else [],
        "next": next_turn(request.directory, slot, address),
        "is_silent": request.directory.silence(address, request.now) is not None,
    }


def _own_weekdays(request: Request, address: Address) -> str:
    person = request.directory.people.get(address.person_id or 0)
    return person.weekdays if person else ""


@verb("/schedule coming", reads=True, needs="viewer", opens_form=False)
def coming(request: Request) -> list[Post]:
    """Show what is said next, if nobody does anything: to you and in channels; a coordinator sees all."""
    to = _theirs_to_see(request)
    found = forecast(request.session, request.directory, request.now, to=to)
    silent = silences(request.directory, request.now)
    values = {"found": found, "today": request.today, "sees_all": to is None, "silent": silent}
    return [Post(compose("schedule/coming", **values))]


def _theirs_to_see(request: Request) -> list[Address] | None:
    """A coordinator sees what comes to all (None); others what comes to them and to the chat channels."""
    if request.person.may("coordinator"):
        return None
    found = request.directory.addresses.values()
    return [a for a in found if a.kind == "channel" or a.person_id == request.person.id]


@verb("/schedule set {channel} hour: 09:30", "/schedule set me days: Mon-Thu")
def set_(
    request: Request,
    address: Where,
    *,
    hour: Annotated[time | None, Says("At what time", "09:30")] = None,
    days: Annotated[
        Weekdays | None, Says("On which days", "Mon-Thu", "“usual” for all working days.")
    ] = None,
    parts_: Annotated[
        str,
        Says(
            "About what",
            "due, reviews",
            "“all” for everything.",
            likely=lambda _: ["all", *(part.NAME for part in parts())],
            several=True,
        ),
    ] = "",
) -> list[Post]:
    """Choose when a person or channel is spoken to, and about what."""
    slot = _slot_to_change(request, address)
    if hour is None and days is None and not parts_:
        raise CommandError("What shall I set: hour, days or parts?", "/schedule set me hour: 09:30")
    if hour is not None:
        _check_hour(hour)
        reset_hour(request.session, slot, hour, request.partnership.tz)
    if days is not None:
        change(request.session, slot, weekdays=days.digits)
    if parts_:
        change(request.session, slot, parts=_read_parts(parts_))
    return _answer(request, slot, address)


EARLIEST = time(5)


def _check_hour(hour: time) -> None:
    """Nobody is spoken to at night, when clocks also repeat or skip an hour (DESIGN §3)."""
    if hour < EARLIEST:
        raise CommandError("Nobody is spoken to between midnight and 05:00.", field="hour")


def _read_parts(text: str) -> str:
    known = {part.NAME for part in parts()}
    wanted = [word for word in text.replace(",", " ").lower().split() if word != "and"]
    if not {"all", "everything"}.isdisjoint(wanted):
        return ""
    for word in wanted:
        if word not in known:
            raise CommandError(f"“{word[:30]}” is none of {', '.join(sorted(known))}.", field="parts")
    return ",".join(wanted)


@verb("/schedule pause {channel}")
def pause(request: Request, address: Where) -> list[Post]:
    """Say nothing on schedule there until you resume it."""
    return _pause(request, address, is_paused=True)


@verb("/schedule resume {channel}")
def resume(request: Request, address: Where) -> list[Post]:
    """Speak on schedule there again."""
    return _pause(request, address, is_paused=False)


def _pause(request: Request, address: Address, *, is_paused: bool) -> list[Post]:
    slot = _slot_to_change(request, address)
    change(request.session, slot, is_paused=is_paused)
    return _answer(request, slot, address)


def _slot_to_change(request: Request, address: Address) -> Slot:
    """One's own schedule is one's own; a channel's belongs to its organisation and the coordinators."""
    slot = slot_of(request.session, address.id)
    is_own = address.person_id == request.person.id
    is_home = address.kind == "channel" and address.organisation_id == request.person.organisation_id
    if slot is None or not (is_own or is_home or request.person.may("coordinator")):
        raise CommandError(
            f"{address.label} is for its organisation or a coordinator to set.", "/schedule list"
        )
    return slot


def _answer(request: Request, slot: Slot, address: Address) -> list[Post]:
    record(request.session, "scheduled", f"address {address.id}")
    row = _row(request, slot, address)
    return [Post(compose("schedule/set", row=row, today=request.today))]
