"""Clockwork: moving the clock from the browser, and saying what time it is."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.clock import CannotMove, TooFar, read_move
from bot.web.look import said_day
from bot.web.room import Room
from bot.web.stream import News
from commands.grammar.when import NotADate, read_when
from messages.words import clock
from storage import chat
from storage.when import When

NINE = time(9)
LONGEST_WAIT = timedelta(days=400)
LONGEST_WAY = timedelta(days=3 * 366)
"""How far the clock goes at once: a year takes some seconds."""


def now_said(room: Room) -> dict[str, str]:
    """The time in the partnership's zone, as people say it and as machines do."""
    local = room.clock.now().astimezone(room.zone())
    time_of_day = clock(local.time().replace(second=0))
    return {
        "long": f"{said_day(local)}, {time_of_day}",
        "brief": f"{local:%a} {local.day} {local:%b} {local.year}, {time_of_day}",
        "iso": local.isoformat(timespec="minutes"),
    }


def say_time(room: Room) -> None:
    room.stream.say(News("clock", now_said(room)))


def move(room: Room, to: str) -> str:
    """Move the clock "next", "+1d", or to a time in words; returns what came of it.

    Raises CannotMove.
    """
    if not room.clock_moves:
        raise CannotMove("Here the clock follows the real time, because this is a real plan.")
    if not room.moving.acquire(blocking=False):
        raise CannotMove("The clock is being moved just now. Wait till it stands still.")
    try:
        return _move_to_next(room) if to == "next" else _move_to(room, to)
    finally:
        room.moving.release()
        say_time(room)


def _move_to(room: Room, to: str) -> str:
    now = room.clock.now()
    target = read_target(to, now, room.zone())
    if target - now > LONGEST_WAY:
        raise CannotMove("That is more than three years ahead. Go there in smaller steps.")
    before = _revision(room)
    room.clock.move(room.app, target, is_there=lambda: _pass(room))
    return "" if _revision(room) > before else "Nothing was to be said on the way."


def _move_to_next(room: Room) -> str:
    before, latest = _revision(room), room.clock.now() + LONGEST_WAIT
    start = room.clock.now()
    if room.clock.move(room.app, latest, is_there=lambda: not _pass(room) and _revision(room) > before):
        return ""
    since = said_day(start.astimezone(room.zone()))
    return f"Nothing happened from {since} to now. Log an action with a date first."


def _pass(room: Room) -> bool:
    """Let those who look see how the time goes by. Returns False: it is not there yet."""
    say_time(room)
    return False


def _revision(room: Room) -> int:
    with room.reading() as session:
        return chat.last_revision(session)


def read_target(text: str, now: datetime, zone: ZoneInfo) -> datetime:
    """Where to: as the console has it ("+7d", "2026-06-08 09:00"), or a date in words, at nine.

    Raises CannotMove.
    """
    try:
        return read_move(text, now, zone)
    except TooFar:
        raise
    except CannotMove as error:
        when = _in_words(text, now.astimezone(zone))
        if when is None or when.starts is None or when.ends is None:
            raise _cannot(error) from None
    local = now.astimezone(zone)
    ways = (datetime.combine(day, when.time or NINE, zone) for day in (when.starts, when.ends))
    target = next((way for way in ways if way >= local), None)
    if target is None:
        raise CannotMove("That is past already; the clock only moves forward.")
    return target.astimezone(now.tzinfo)


def _in_words(text: str, local: datetime) -> When | None:
    try:
        return read_when(text, local.date())
    except NotADate:
        return None


def _cannot(error: CannotMove) -> CannotMove:
    if str(error).startswith("I cannot read"):
        return CannotMove("I cannot read that as a date. Try: next Friday, 12 June, +7d, or 8 June at 2pm.")
    return error
