"""Undoing: the last change to a loop is taken back, with all else that the same request did."""

from typing import Annotated

from commands.base import CommandError, Request, Says, verb
from commands.grammar.feedback import loop as read_loop
from commands.grammar.words import number_in
from messages.compose import compose
from messages.post import HERE, Post
from messages.words import day
from storage import events
from storage.actions import action_numbered
from storage.asking import first
from storage.events import Event, Overtaken, event_by_id, last_change_by
from storage.loops import loop_numbered
from storage.wordings import Wording

LETTERS = "AL"


@verb("/yousaid undo", opens_form=False)
def undo(
    request: Request,
    change: Annotated[
        str, Says("Which change, if not your last", "E481", "Or a loop's number: the last change to it.")
    ] = "",
) -> list[Post]:
    """Take back your last change of today to a loop, or any one by its number."""
    return take_back(request, which(request, change.strip(), "L", "/yousaid list"))


def which(request: Request, typed: str, letters: str, otherwise: str) -> Event:
    """The change that is meant: by its number, the last to a loop, or one's own last. Raises CommandError."""
    if not typed:
        found = last_change_by(request.session, request.person.id, letters)
        if found is None:
            raise CommandError("You have changed nothing yet that could be taken back.", otherwise)
        return _of_today(request, found, f"Your last change, to {found.about},")
    if typed[0] in "lL" and typed[1:2].isdigit():
        ref = read_loop(typed, request).ref
        last = [e for e in events.standing(events.history(request.session, ref)) if e.undoes is None]
        if not last:
            raise CommandError(f"Nothing was done to {ref} that could be taken back.", f"/yousaid show {ref}")
        return _of_today(request, last[-1], f"The last change to {ref}")
    number = number_in(typed.lstrip("eE"))
    event = None if number is None else event_by_id(request.session, number)
    if event is None or event.about[:1] not in letters:
        raise CommandError(f"There is no change “{typed[:20]}” that could be taken back.", otherwise)
    return event


def _of_today(request: Request, found: Event, named: str) -> Event:
    """The change, which nobody chose by its number: an older one is asked back."""
    on = found.at.astimezone(request.partnership.tz).date()
    if on == request.today:
        return found
    raise CommandError(
        f"{named} was on {day(on, request.today)}. To take it back all the same:",
        f"/yousaid undo {found.ref}",
    )


def take_back(request: Request, event: Event) -> list[Post]:
    """Take back all that the request did of which this is a part. Raises CommandError."""
    if event not in events.standing(events.history(request.session, event.about)):
        raise CommandError(
            f"That change to {event.about} was taken back already.", f"/yousaid show {event.about}"
        )
    if event.by != request.person.id and not request.person.may("coordinator"):
        raise CommandError("Only the person who made a change, or a coordinator, can take it back.")
    _check_may(request, event)
    together = [each for each in events.done_with(request.session, event) if _can_go(request, each)]
    _check_is_there(request, event)
    try:
        done = [events.undo(request.session, each) for each in reversed(together)]
    except Overtaken:
        raise CommandError(
            f"{event.about} has been changed since, or something rests on it, so this change alone cannot be "
            "taken back. Look at its history, and edit it as it should be.",
            f"/yousaid show {event.about}",
        ) from None
    values = {
        "event": event,
        "undo": done[0],
        "refs": [each.about for each in together],
        "loop": loop_numbered(request.session, int(event.about[1:])) if event.about[0] == "L" else None,
        "is_gone": event.what in ("logged", "added") and not _is_there(request, event),
        "person": request.person,
    }
    return [Post(compose("yousaid/undone", **values)), Post(compose("yousaid/undone_said", **values), HERE)]


def _check_may(request: Request, event: Event) -> None:
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


def _is_there(request: Request, event: Event) -> bool:
    find = loop_numbered if event.about[0] == "L" else action_numbered
    return find(request.session, int(event.about[1:])) is not None


def _can_go(request: Request, event: Event) -> bool:
    """Whether it is a change to a loop or an action that still stands; a new source stays."""
    is_ours = event.about[:1] in LETTERS and event.about[1:].isdigit()
    return is_ours and event in events.standing(events.history(request.session, event.about))


def _check_is_there(request: Request, event: Event) -> None:
    """What was erased does not come back."""
    if any(each.what == "erased" for each in events.history(request.session, event.about)):
        raise CommandError(
            f"The words of {event.about} were erased for good; what was done before cannot be taken back.",
            "/yousaid list",
        )
