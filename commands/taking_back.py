"""Taking back: which change an undo means, whether it can be taken back, and what is told of it."""

import re

from commands.base import CommandError, Request
from commands.grammar.feedback import loop as read_loop
from commands.grammar.kinds import action as read_action
from commands.grammar.words import number_in
from messages.compose import compose
from messages.post import HERE, Post
from messages.words import day
from storage import events
from storage.actions import action_numbered
from storage.asking import first
from storage.events import LOGGED, Event, Overtaken, event_by_id, last_change_by
from storage.loops import loop_numbered
from storage.wordings import Wording

LETTERS = "AL"
"""Of what can be undone: actions and loops."""
_REF = re.compile(rf"[{LETTERS}]\d+")
LISTS = {"A": "/action list mine", "L": "/yousaid list"}
SHOWS = {"A": "/action show", "L": "/yousaid show"}


# --- which change -----------------------------------------------------------------------------------


def undo(request: Request, typed: str, letters: str = LETTERS) -> list[Post]:
    """What `/undo` and its like do. letters: of the things that are spoken of. Raises CommandError."""
    event = _which(request, typed, letters)
    is_named = typed.strip().upper() == event.about
    alone = is_named and event.what == "logged"
    return _take_back(request, event, [event] if alone else _together(request, event))


def _which(request: Request, typed: str, letters: str) -> Event:
    """The change that is meant: by its number, the last to a thing, or one's own last."""
    typed = typed.strip()
    if not typed:
        return _own_last(request, letters)
    if typed[0].upper() in letters and typed[1:2].isdigit():
        return _last_to(request, typed)
    number = number_in(typed.lstrip("eE"))
    event = None if number is None else event_by_id(request.session, number)
    if event is None or event.about[:1] not in letters:
        raise CommandError(f"There is no change “{typed[:20]}” that could be taken back.", LISTS[letters[0]])
    return event


def _own_last(request: Request, letters: str) -> Event:
    found = last_change_by(request.session, request.person.id, letters)
    if letters == LETTERS:  # who names neither actions nor loops means the last of all
        _check_is_last(request, found)
    if found is None:
        raise CommandError("You have changed nothing yet that could be taken back.", LISTS[letters[0]])
    return _of_today(request, found, f"Your last change, to {found.about},")


def _check_is_last(request: Request, found: Event | None) -> None:
    """Who has set a hold or a schedule since means that, which is taken back otherwise."""
    later = events.made_by_since(request.session, request.person.id, found.id if found else 0)
    if not any(event.changes and not _REF.fullmatch(event.about) for event in later):
        return
    wrong = (
        "The last that you changed was no action and no loop. What it answered says how that is taken back."
    )
    if found is None:
        raise CommandError(wrong, "/help undo")
    before = f"The last of those was a change to {found.about}; to take that back:"
    raise CommandError(f"{wrong} {before}", f"/undo {found.ref}")


def _last_to(request: Request, typed: str) -> Event:
    """The last change that stands, to an action or a loop."""
    ref = (read_action if typed[0] in "aA" else read_loop)(typed, request).ref
    last = [e for e in events.standing(events.history(request.session, ref)) if e.undoes is None]
    if not last:
        raise CommandError(f"Nothing was done to {ref} that could be taken back.", _show(ref))
    return _of_today(request, last[-1], f"The last change to {ref}")


def _of_today(request: Request, found: Event, named: str) -> Event:
    """The change, which nobody chose by its number: an older one is asked back."""
    on = found.at.astimezone(request.partnership.tz).date()
    if on == request.today:
        return found
    back = ". To take it back all the same:"
    if found.what in LOGGED:
        back = ": it was logging it. To take it out of the plan all the same:"
    raise CommandError(f"{named} was on {day(on, request.today)}{back}", f"/undo {found.ref}")


def _show(ref: str) -> str:
    return f"{SHOWS[ref[0]]} {ref}"


# --- taking it back ---------------------------------------------------------------------------------


def _take_back(request: Request, event: Event, together: list[Event]) -> list[Post]:
    """Take a change back, and what goes with it. together: those and the change itself, oldest first."""
    for each in (event, *together):
        _check_may(request, each)
    done = [_undone(request, each) for each in reversed(together)]
    titles = {each.about: _title(request, each.about) for each in together}
    values = {
        "event": event,
        "is_back": event.undoes is not None,
        "undo": done[0],
        "gone": [ref for ref, title in titles.items() if title is None],
        "left": {ref: title for ref, title in titles.items() if title is not None},
        "person": request.person,
    }
    return [Post(compose("undo/undone", **values)), Post(compose("undo/undone_said", **values), HERE)]


def _undone(request: Request, event: Event) -> Event:
    try:
        return events.undo(request.session, event)
    except Overtaken:
        raise CommandError(
            f"{event.about} has been changed since, or something rests on it, so this change alone cannot be "
            "taken back. Look at its history, and edit it as it should be.",
            _show(event.about),
        ) from None


def _title(request: Request, ref: str) -> str | None:
    """What an action or a loop is about; None if it is no longer in the plan."""
    if ref[0] == "L":
        loop = loop_numbered(request.session, int(ref[1:]))
        return loop.words if loop else None
    action = action_numbered(request.session, int(ref[1:]))
    return action.title if action else None


def _together(request: Request, event: Event) -> list[Event]:
    """A change, and what goes with it: a promise and its action, a report; of several actions each is taken
    back alone.
    """
    done = events.done_with(request.session, event)
    if all(each.about[0] == "A" for each in done):
        return [event]
    return [each for each in done if _can_go(request, each)]


def _can_go(request: Request, event: Event) -> bool:
    """Whether it is a change to a loop or an action that still stands; a new source stays."""
    return _REF.fullmatch(event.about) is not None and _stands(request, event)


def _stands(request: Request, event: Event) -> bool:
    return event in events.standing(events.history(request.session, event.about))


# --- whether it may be ------------------------------------------------------------------------------


def _check_may(request: Request, event: Event) -> None:
    """Raises CommandError, also for what was erased: that does not come back."""
    if not _stands(request, event):
        raise CommandError(f"That change to {event.about} was taken back already.", _show(event.about))
    if event.by != request.person.id and not request.person.may("coordinator"):
        raise CommandError("Only the person who made a change, or a coordinator, can take it back.")
    _check_permission(request, event)
    if any(e.what == "erased" and e.id >= event.id for e in events.history(request.session, event.about)):
        raise CommandError(
            f"The words of {event.about} were erased for good; what was done before cannot be taken back.",
            LISTS[event.about[0]],
        )


def _check_permission(request: Request, event: Event) -> None:
    """What takes a permission is taken back, and brought back, by those who have it."""
    root = event
    while root.undoes is not None and (undone := event_by_id(request.session, root.undoes)) is not None:
        root = undone
    if root.what == "overrode" and not request.person.may("coordinator"):
        raise CommandError("That is for a coordinator to take back.", "/partner coordinators")
    made = [each["id"] for each in root.changes if each["table"] == "Wording"]
    if root.what == "approved" and not all(_may_approve(request, each) for each in made):
        raise CommandError("That is for an approver who did not write the words.", "/partner approvers")


def _may_approve(request: Request, wording_id: int) -> bool:
    wording = first(request.session, Wording, id=wording_id)
    return wording is not None and wording.may_be_approved_by(request.person)
