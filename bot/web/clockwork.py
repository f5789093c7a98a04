"""Clockwork: moving the clock from the browser, and saying what time it is."""

from datetime import UTC, datetime, timedelta

from bot.clock import CannotMove
from bot.moving import next_target, read_target
from bot.web.look import said_day
from bot.web.room import Room
from bot.web.stream import News
from messages.words import clock
from storage import chat

LONGEST_WAY = timedelta(days=366)
"""How far the clock goes at once; a year takes a minute or so, and can be stopped on the way."""


def now_said(room: Room) -> dict[str, str | bool]:
    """The time in the partnership's zone, as people say it and as machines do."""
    local = room.clock.now().astimezone(room.zone())
    time_of_day = clock(local.time().replace(second=0))
    return {
        "long": f"{said_day(local)}, {time_of_day}",
        "brief": f"{local:%a} {local.day} {local:%b}, {time_of_day}",
        "iso": local.isoformat(timespec="minutes"),
        "is_moving": room.moving.locked(),
    }


def say_time(room: Room) -> None:
    room.stream.say(News("clock", now_said(room)))


def move(room: Room, to: str) -> str:
    """Move the clock "next", "+1d", or to a time in words, or "stop" it on its way; returns what came of it.

    Raises CannotMove.
    """
    if not room.clock_moves:
        raise CannotMove("Here the clock follows the real time, because this is a real plan.")
    if to == "stop":
        room.stopping.set()
        return ""
    if not room.moving.acquire(blocking=False):
        raise CannotMove("The clock is being moved just now. Wait till it stands still, or stop it.")
    try:
        return _move(room, _next(room) if to == "next" else read_target(to, room.clock.now(), room.zone()))
    finally:
        room.moving.release()
        say_time(room)


def _move(room: Room, target: datetime) -> str:
    if target - room.clock.now() > LONGEST_WAY:
        raise CannotMove("That is more than a year ahead. Go there in smaller steps.")
    if not room.is_sample and target > datetime.now(UTC):
        raise CannotMove("This plan is kept, and would be silent till then: its clock goes as far as today.")
    before = _revision(room)
    room.stopping.clear()
    if room.clock.move(room.app, target, is_there=lambda: _pass(room)):
        return "Stopped on the way."
    return "" if _revision(room) > before else "Nothing was to be said on the way."


def _next(room: Room) -> datetime:
    with room.reading() as session:
        return next_target(session, room.clock.now())


def _pass(room: Room) -> bool:
    """Let those who look see how the time goes by. Returns whether somebody stopped it."""
    say_time(room)
    return room.stopping.is_set()


def _revision(room: Room) -> int:
    with room.reading() as session:
        return chat.last_revision(session)
