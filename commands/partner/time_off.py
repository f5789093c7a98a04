"""Time off: who is away and who covers, and the days on which an organisation is shut."""

from datetime import timedelta
from typing import Annotated

from commands.base import CommandError, Request, Says, verb
from commands.grammar.kinds import Span
from commands.partner.answering import listed, saved
from commands.partner.people import whose
from messages.post import Post
from messages.words import date_span, when
from storage.actions import open_actions_of
from storage.db import add, change, remove
from storage.organisations import Closure, Organisation
from storage.people import Leave, Person
from storage.seats import Role, Team

SHOWN = 5
"""Actions that an answer names; the rest are counted."""
ForWhom = Annotated[Person | None, Says("Whose, if not yours (coordinators)", "@someone")]


@verb("/partner away 3 August to 14 August", "/partner away tomorrow cover: {colleague}")
def away(
    request: Request,
    days: Annotated[Span, Says("From when to when", "3 August to 14 August", leading=("on",))],
    *,
    cover: Annotated[Person | None, Says("Who hears of your actions meanwhile", "@someone")] = None,
    for_: ForWhom = None,
) -> list[Post]:
    """Say when you are away; reminders go to your cover or the deputy, or wait until you are back."""
    person = whose(request, for_)
    if days.ends < request.today:
        raise CommandError("That is over already.", "/partner away 3 August to 14 August", "days")
    if cover is not None and cover.id == person.id:
        raise CommandError("Someone else has to cover.", field="cover")
    leave = Leave(
        person_id=person.id,
        starts=days.starts,
        ends=days.ends,
        cover_id=cover.id if cover else None,
        noted_at=request.now,
    )
    if not any(_is_same(leave, known) for known in request.directory.leaves):
        add(request.session, leave)
    covered = f"; {cover.name} covers" if cover else ""
    sentence = f"{person.name} is away {date_span(days.starts, days.ends, request.today)}{covered}."
    note = (
        ""
        if cover
        else f"Without a cover or a deputy, reminders wait until the day after.{_due(leave, request)}"
    )
    return saved(request, f"person {person.id}", sentence, back="/partner back", note=note)


def _due(leave: Leave, request: Request) -> str:
    """What its person owns, by themselves or in a seat, that is due before they are back."""
    seats = request.directory.seats_of(leave.person_id)
    found = open_actions_of(
        request.session,
        people={leave.person_id},
        roles={seat.id for seat in seats if isinstance(seat, Role)},
        teams={seat.id for seat in seats if isinstance(seat, Team)},
    )
    due = [each for each in found if each.ends and leave.starts <= each.ends <= leave.ends]
    more = f" and {len(due) - SHOWN} more" if len(due) > SHOWN else ""
    shown = ", ".join(f"{each.ref} ({when(each.when, request.today)})" for each in due[:SHOWN])
    return f" Due meanwhile: {shown}{more}." if due else ""


def _is_same(leave: Leave, known: Leave) -> bool:
    one, other = ((x.person_id, x.starts, x.ends, x.cover_id) for x in (leave, known))
    return one == other


@verb("/partner back")
def back(request: Request, *, for_: ForWhom = None) -> list[Post]:
    """Say that you are here after all: today's leave ends, or the last one you noted is taken out."""
    person = whose(request, for_)
    ahead = [x for x in request.directory.leaves if x.person_id == person.id and x.ends >= request.today]
    if not ahead:
        raise CommandError(f"No leave is noted for {person.name}.", "/partner away 3 August to 14 August")
    now = [leave for leave in ahead if leave.starts <= request.today]
    out = now or [max(ahead, key=lambda leave: leave.id)]
    ended = " or ".join(_days(leave, request) for leave in out)
    for leave in out:
        _end(request, leave)
    left = [_days(leave, request) for leave in ahead if leave not in out]
    note = f"Still noted: away {' and '.join(left)}." if left else ""
    still = "no longer" if now else "not"
    sentence = f"{person.name} is {still} away {ended}."
    return saved(request, f"person {person.id}", sentence, note=note)


def _days(leave: Leave, request: Request) -> str:
    return date_span(leave.starts, leave.ends, request.today)


def _end(request: Request, leave: Leave) -> None:
    """What has begun ended yesterday; what has not is taken out."""
    if leave.starts < request.today:
        change(request.session, leave, ends=request.today - timedelta(days=1))
    else:
        remove(request.session, leave)


@verb("/partner closures", reads=True, needs="viewer", opens_form=False)
def closures(request: Request) -> list[Post]:
    """List the days on which organisations are shut, besides bank holidays."""
    organisations = request.directory.organisations
    rows = [
        {"closure": closure, "who": organisations.get(closure.organisation_id or 0), "number": closure.id}
        for closure in request.directory.closures
        if closure.ends >= request.today
    ]
    return listed("closures", rows=rows, today=request.today)


@verb("/partner closures add 24 December to 2 January", needs="coordinator")
def closures_add(
    request: Request,
    days: Annotated[Span, Says("From when to when", "24 December to 2 January", leading=("on",))],
    *,
    at: Annotated[Organisation | None, Says("At which organisation, if not all", "County Council")] = None,
    name: Annotated[str, Says("What it is called", "Christmas closure")] = "",
) -> list[Post]:
    """Add days on which an organisation, or everyone, is shut; nothing is said there then."""
    closure = add(
        request.session,
        Closure(organisation_id=at.id if at else None, starts=days.starts, ends=days.ends, name=name[:200]),
    )
    who = at.name if at else "Everyone"
    sentence = f"{who} is shut {date_span(days.starts, days.ends, request.today)}."
    return saved(request, f"closure {closure.id}", sentence, back=f"/partner closures remove {closure.id}")


@verb("/partner closures remove 1", needs="coordinator")
def closures_remove(
    request: Request, number: Annotated[int, Says("Its number in the list of closures", "3")]
) -> list[Post]:
    """Take a closure out."""
    found = [closure for closure in request.directory.closures if closure.id == number]
    if not found:
        raise CommandError(f"There is no closure {number}.", "/partner closures")
    remove(request.session, found[0])
    return saved(request, f"closure {number}", "That closure is taken out.")
