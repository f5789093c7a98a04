"""News of loops: what others did is told to who looks after one, logged it, is asked, or wrote its words."""

from jobs.turn import Turn
from storage.events import Event
from storage.loops import Loop, loop_numbered
from storage.people import Person
from storage.seats import Role, Team, first_place
from storage.wordings import wordings_of

TOLD = {
    "did", "partly", "will", "cannot", "thanked", "passed", "planned", "told", "checked", "merged", "edited",
    "noted", "approved", "sent words back", "erased", "undid", "kept", "dropped", "reopened",
}  # fmt: skip
OF_ACTIONS = {"kept", "dropped", "reopened"}
"""What became of the action that carries a loop out: its number is the first word of the note."""
OF_WORDS = {"approved", "sent words back"}


def loop_told(turn: Turn, event: Event) -> Loop | None:
    """The loop of which an event is news at this turn; None if it is not."""
    if event.what not in TOLD or not event.about[1:].isdigit():
        return None
    loop = loop_numbered(turn.session, int(event.about[1:]))
    return loop if loop is not None and _concerns(turn, event, loop) else None


def _concerns(turn: Turn, event: Event, loop: Loop) -> bool:
    person = turn.person
    if person is not None and person.id == loop.logged_by:
        return True
    if event.what in OF_WORDS and person is not None:
        return any(wording.author_id == person.id for wording in wordings_of(turn.session, loop.id))
    asked = [asking for each, asking in turn.known.askings if each.id == loop.id]
    return any(turn.hears(each) for each in asked) or _hears_as_owner(turn, event, loop)


def _hears_as_owner(turn: Turn, event: Event, loop: Loop) -> bool:
    """What somebody did with their own loop is no news to those who stand in for them."""
    thing = turn.directory.thing(loop)
    sitter = turn.directory.sitting(thing, first_place(thing)) if isinstance(thing, Role | Team) else thing
    is_own = isinstance(sitter, Person) and sitter.id == event.by
    return not is_own and turn.hears(loop)
