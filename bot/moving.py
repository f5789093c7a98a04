"""Moving: where the clock is to go, as people say it."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from bot.clock import CannotMove, CannotRead, Past, read_move
from commands.grammar.when import NotADate, read_when
from jobs.forecast import coming
from storage.db import Session
from storage.directory import Directory
from storage.when import When

NINE = time(9)


def read_target(text: str, now: datetime, zone: ZoneInfo) -> datetime:
    """A step ("+7d"), a moment ("2026-06-08 09:00"), or a date in words, at nine.

    Raises CannotMove.
    """
    try:
        return read_move(text, now, zone)
    except CannotRead:
        pass
    local = now.astimezone(zone)
    when = _in_words(text, local)
    if when is None or when.starts is None or when.ends is None:
        raise CannotRead
    ways = (datetime.combine(day, when.time or NINE, zone) for day in (when.starts, when.ends))
    target = next((way for way in ways if way >= local), None)
    if target is None:
        raise Past
    return target.astimezone(now.tzinfo)


def next_target(session: Session, now: datetime) -> datetime:
    """When the next post is to come, if nobody does anything till then. Raises CannotMove if none is."""
    found = coming(session, Directory(session), now, most=1)
    if not found:
        raise CannotMove("Nothing is to be said in the next two months. Log an action with a date first.")
    return found[0].at.astimezone(now.tzinfo)


def _in_words(text: str, local: datetime) -> When | None:
    try:
        return read_when(text, local.date())
    except NotADate:
        return None
