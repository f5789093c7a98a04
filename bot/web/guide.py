"""The guide: five steps through a first visit, each done by doing it."""

from contextlib import suppress
from dataclasses import dataclass

from bot.web.room import Room, Spot
from bot.web.stream import News
from commands.base import CommandError
from storage import chat
from storage.actions import actions, open_actions_of
from storage.addresses import addresses

LAST = 5


@dataclass(frozen=True)
class Step:
    """One step; its words are in the template.

    line: what can be put in the box for it. paths: the verbs that do it; without any, moving the clock does.
    """

    line: str = ""
    paths: tuple[str, ...] = ()


STEPS = {
    1: Step("/action add Refresh the newsletter owner: me due: in 2 working days", ("action add",)),
    2: Step("/me", ("me", "action list")),
    3: Step("/action show", ("action done",)),
    4: Step(),
    5: Step("/plan why", ("plan why",)),
}
WATCHED = {path for step in STEPS.values() for path in step.paths}


def step_of(room: Room, spot: Spot) -> int:
    """Where a person is in the guide; 0 for one who has left it, or is no newcomer here."""
    with room.reading() as session:
        found = chat.guide_of(session, spot.person.id)
    return found.step if found else 1


def leave_out(room: Room, person_id: int) -> None:
    """Whoever is somebody else for a while has been shown round before."""
    with room.writing(by=person_id) as session:
        if chat.guide_of(session, person_id) is None:
            chat.set_step(session, person_id, 0)


def go_to(room: Room, spot: Spot, step: int) -> None:
    with room.writing(by=spot.person.id) as session:
        chat.set_step(session, spot.person.id, step)
    room.stream.say(News("guide", {}, only_for=spot.person.id))


def notice_line(room: Room, spot: Spot, line: str) -> None:
    """A line that worked may be what the step asked for."""
    with suppress(CommandError):
        path = room.app.commands.find(line)[0].path
        step = step_of(room, spot) if path in WATCHED else 0
        if step in STEPS and path in STEPS[step].paths:
            go_to(room, spot, step + 1)


def notice_clock(room: Room, spot: Spot, before: int) -> None:
    """Time has gone by: somebody who was reminded since a revision has come a step further."""
    if step_of(room, spot) != 4:
        return
    with room.reading() as session:
        news = chat.messages_since(session, before, most=2000)
        mine = {place.id for place in addresses(session) if place.person_id == spot.person.id}
    if any(said.address_id in mine and said.author_id is None for said in news):
        go_to(room, spot, 5)


def line_of(room: Room, spot: Spot, step: int) -> str:
    """What can be put in the box for a step: about an action that is there."""
    line = STEPS[step].line if step in STEPS else ""
    if line != "/action show":
        return line
    with room.reading() as session:
        mine, found = open_actions_of(session, {spot.person.id}, set(), set()), actions(session, "open")
    mine, found = ([action for action in some if action.kind != "ongoing"] for some in (mine, found))
    latest = max((action.id for action in mine), default=0)  # just logged: the next step reminds of it
    older = [action for action in mine or found if action.id != latest] or mine
    return f"{line} {older[0].ref}" if older else ""
