"""Undoing: the last change is taken back."""

from typing import Annotated

from commands.base import CommandError, Request, Says, verb
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
    change: Annotated[str, Says("Which change, if not your last", "E481")] = "",
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
    if not change.strip():
        found = last_change_by(request.session, request.person.id, "A")
        if found is None:
            raise CommandError("You have changed nothing yet that could be taken back.", "/action list mine")
        if found.at.astimezone(request.partnership.tz).date() != request.today:
            when = day(found.at.astimezone(request.partnership.tz).date(), request.today)
            was = f"Your last change, to {found.about}, was on {when}"
            back = ". To take it back all the same:"
            if found.what == "added":
                back = ": it was logging it. To take it out of the plan all the same:"
            raise CommandError(was + back, f"/action undo {found.ref}")
        return found
    number = number_in(change.strip().lstrip("eE"))
    event = None if number is None else event_by_id(request.session, number)
    if event is None or not event.about.startswith("A"):
        raise CommandError(f"There is no change “{change[:20]}” to an action.", "/action undo")
    return event
