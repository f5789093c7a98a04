"""Reviews: ongoing actions, looked at together once a quarter or in the month of their own rhythm."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from jobs.base import Said
from jobs.known import Owned
from jobs.plan import lines
from jobs.rhythm import review_days
from jobs.turn import Turn
from messages.compose import compose
from messages.message import Message
from storage.actions import Action, actions, owners_of
from storage.db import Session
from storage.directory import Directory
from storage.hearing import hearing
from storage.people import Person
from storage.reviews import reviews_of

NAME, URGENCY = "reviews", 20
SHOWN = 20
YEAR = timedelta(days=370)
EARLY = timedelta(days=10)
"""An answer given so long before a review counts for it."""


def say(turn: Turn) -> Said | None:
    found = [
        owned.action for owned in turn.owned if owned.action.kind == "ongoing" and _is_asked(turn, owned)
    ]
    waiting = _unanswered(turn.session, turn.directory, found, turn.today)
    if not waiting:
        return None
    message = compose(
        "parts/reviews", lines=_lines(turn, waiting[:SHOWN]), total=len(waiting), today=turn.today
    )
    return Said(message, tuple(f"{a.ref}: ongoing, and its review is due" for a in waiting))


def _is_asked(turn: Turn, owned: Owned) -> bool:
    """Whether the last review day that came is now for this address to hear of; the first owner answers."""
    if owned.action.is_quiet(turn.today):
        return False
    last = _last_day(turn.directory, owned.action, turn.today)
    return last is not None and any(turn.speaks_for(o, last) is not None for o in owned.owners[:1])


def _last_day(directory: Directory, action: Action, today: date) -> date | None:
    """The last day that came on which an action was to be reviewed, if it was logged by then."""
    days = _rhythm(directory, action.every, today - YEAR, today)
    return days[-1] if days and days[-1] >= action.logged_on else None


def _days(directory: Directory, action: Action, first: date, last: date) -> tuple[date, ...]:
    """The days between two, both included, on which an action is to be reviewed, after it was logged."""
    return tuple(d for d in _rhythm(directory, action.every, first, last) if d >= action.logged_on)


def _rhythm(directory: Directory, every: int | None, first: date, last: date) -> tuple[date, ...]:
    return review_days(
        directory.calendar(None),
        first,
        last,
        every=every or 3,
        year_starts=directory.partnership.year_starts,
        working_days=directory.partnership.review_days,
    )


def review_day(directory: Directory, action: Action, today: date, answered: Collection[date] = ()) -> date:
    """The review that an answer given today is for: the last that came up; or the one to come, if that is
    near and the last has its answer, or if none came up yet.
    """
    past = _days(directory, action, today - YEAR, today)
    coming = _days(directory, action, today + timedelta(days=1), today + YEAR)
    is_early = bool(past and coming) and past[-1] in answered and coming[0] - today <= EARLY
    return coming[0] if is_early or not past else past[-1]


def due_for(session: Session, directory: Directory, person: Person, now: datetime) -> list[Action]:
    """The ongoing actions that this person answers for and whose last review is not answered."""
    today = now.astimezone(directory.partnership.tz).date()
    found = [action for action in actions(session, "open") if action.kind == "ongoing"]
    owners = owners_of(session, [action.id for action in found])
    address = directory.address_of(person)
    came_up = [
        action
        for action in found
        if address is not None
        and hearing(directory, owners[action.id][0], now).address == address
        and _last_day(directory, action, today)
    ]
    return _unanswered(session, directory, came_up, today)


def _unanswered(session: Session, directory: Directory, found: list[Action], today: date) -> list[Action]:
    answered = reviews_of(session, [action.id for action in found]) if found else {}
    return [
        action
        for action in found
        if not any(r.review_on == review_day(directory, action, today) for r in answered[action.id])
    ]


def _lines(turn: Turn, found: list[Action]) -> object:
    return lines(turn.session, turn.directory, found, turn.today)


def waiting(turn: Turn) -> Message | None:
    """The reviews that wait for this person, and the ongoing work they are about."""
    if turn.person is None:
        return None
    found = due_for(turn.session, turn.directory, turn.person, turn.now)
    if not found:
        return None
    return compose("parts/reviews", lines=_lines(turn, found[:SHOWN]), total=len(found), today=turn.today)
