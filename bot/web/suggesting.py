"""Suggesting: what could come next in a line, and how it is understood, before it is sent."""

from bot.web.look import render
from bot.web.room import Room, Spot
from bot.web.talk import is_for_the_bot
from commands.base import CommandError
from commands.grammar.completing import Completion, complete, complete_field

LONGEST = 3000
"""Characters up to which something is suggested; nobody types on from there."""
NOTHING = Completion(0, (), ())


def for_line(room: Room, spot: Spot, line: str) -> str:
    if not line.strip() or len(line) > LONGEST or not is_for_the_bot(spot, line):
        return _shown(NOTHING)
    with room.app.looking(spot.heard(room, "", line), room.clock.now()) as request:
        return _shown(complete(line, request))


def for_field(room: Room, spot: Spot, command: str, name: str, text: str) -> str:
    if len(text) > LONGEST:
        return _shown(NOTHING)
    with room.app.looking(spot.heard(room, "", ""), room.clock.now()) as request:
        try:
            verb = room.app.commands.verb(command)
        except CommandError:
            return _shown(NOTHING)
        return _shown(complete_field(verb, name, text, request))


def _shown(found: Completion) -> str:
    return render("suggestions", found=found)
