"""Undoing: the last change is taken back."""

from typing import Annotated

from commands.base import CommandError, Request, Says, verb
from commands.grammar.kinds import action
from commands.grammar.words import number_in
from messages.compose import compose
from messages.post import HERE, Post
from messages.words import day
from storage import events
from storage.actions import action_numbered
from storage.events import Event, Overtaken, event_by_id, last_change_by


@verb("/action undo", opens_form=False)
def undo(
    request: Request,
    change: Annotated[
        str, Says("Which change, if not your last", "E481", "Or an action's number: the last change to it.")
    ] = "",
) -> list[Post]:
    """Take back your last change of today to an action, or any one by its number."""
    event = _which(request, change)
    if event not in events.standing(events.history(request.session, event.about)):
        raise CommandError(
            f"That change to {event.about} was taken back already.", f"/action show {event.about}"
        )
    if event.by != request.person.id and not request.person.may("coordinator"):
        raise CommandError("Only the person who made a change, or a coordinator, can take it back.")
    try:
        done = events.undo(request.session, event)
    except Overtaken:
        raise CommandError(
            f"{event.about} has been changed since, so this change alone cannot be taken back. "
            "Look at its history, and edit it as it should be.",
            f"/action show {event.about}",
        ) from None
    values = {
        "event": event,
        "undo": done,
        "person": request.person,
        "action": action_numbered(request.session, int(event.about[1:])),
    }
    return [Post(compose("action/undone", **values)), Post(compose("action/undone_said", **values), HERE)]


def _which(request: Request, change: str) -> Event:
    typed = change.strip()
    if not typed:
        found = last_change_by(request.session, request.person.id, "A")
        if found is None:
            raise CommandError("You have changed nothing yet that could be taken back.", "/action list mine")
        return _of_today(request, found, f"Your last change, to {found.about},")
    if typed[0] in "aA" and typed[1:2].isdigit():
        ref = action(typed, request).ref
        last = [e for e in events.standing(events.history(request.session, ref)) if e.undoes is None]
        if not last:
            raise CommandError(f"Nothing was done to {ref} that could be taken back.", f"/action show {ref}")
        return _of_today(request, last[-1], f"The last change to {ref}")
    number = number_in(typed.lstrip("eE"))
    event = None if number is None else event_by_id(request.session, number)
    if event is None or not event.about.startswith("A"):
        raise CommandError(f"There is no change “{change[:20]}” to an action.", "/action undo")
    return event


def _of_today(request: Request, found: Event, named: str) -> Event:
    """The change, which nobody chose by its number: an older one is asked back."""
    on = found.at.astimezone(request.partnership.tz).date()
    if on == request.today:
        return found
    back = ". To take it back all the same:"
    if found.what == "added":
        back = ": it was logging it. To take it out of the plan all the same:"
    raise CommandError(f"{named} was on {day(on, request.today)}{back}", f"/action undo {found.ref}")
