"""News of loops: what others did is told to who looks after one, logged it, is asked, or wrote its words."""

from jobs.turn import Turn
from storage.actions import Action
from storage.events import Event
from storage.loops import Loop, loop_by_id, loop_numbered
from storage.people import Person
from storage.seats import Role, Team, first_place
from storage.standing import loops_carried_by
from storage.wordings import wordings_of

TOLD = {
    "did", "partly", "will", "cannot", "thanked", "passed", "planned", "told", "checked", "merged", "edited",
    "noted", "approved", "sent words back", "erased", "undid",
}  # fmt: skip
OF_WORDS = {"approved", "sent words back"}
SETTLING = {"done", "dropped", "reopened"}


def loop_told(turn: Turn, event: Event) -> Loop | None:
    """The loop of which an event is news at this turn; None if it is not."""
    if event.what not in TOLD or not event.about[1:].isdigit():
        return None
    loop = loop_numbered(turn.session, int(event.about[1:]))
    if loop is None:
        return None
    both = [loop]
    if event.what == "merged" and loop.merged_into_id is not None:
        both.append(loop_by_id(turn.session, loop.merged_into_id))
    return loop if any(_concerns(turn, event, each) for each in both) else None


def loops_carried(turn: Turn, event: Event, action: Action) -> list[Loop]:
    """The loops that an action carries out, or proves done, for which its event is news at this turn."""
    if not settles(event) and event.what != "undid":
        return []
    return [loop for loop in loops_carried_by(turn.session, action) if _concerns(turn, event, loop)]


def settles(event: Event) -> bool:
    """Whether an event of an action is one of what it carries out, too."""
    return event.what in SETTLING or (event.what == "reviewed" and event.note.startswith("finished"))


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
