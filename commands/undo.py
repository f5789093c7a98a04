"""Undo: your last change is taken back, to whatever it was."""

from typing import Annotated

from commands.action.undoing import undo as undo_action
from commands.base import Request, Says, verb
from commands.grammar.words import number_in
from commands.yousaid.undoing import LETTERS, take_back, which
from messages.post import Post
from storage.events import Event, done_with, event_by_id, last_change_by


@verb("/undo", opens_form=False)
def undo(
    request: Request,
    change: Annotated[
        str, Says("Which change, if not your last", "E481", "Or a number, such as A12 or L12.")
    ] = "",
) -> list[Post]:
    """Take back your last change of today, or any one by its number."""
    typed = change.strip()
    event = _meant(request, typed)
    if typed[:1] in ("a", "A") or (event is not None and _is_of_actions_alone(request, event)):
        return undo_action(request, typed)
    return take_back(request, which(request, typed, LETTERS, "/action list mine"))


def _meant(request: Request, typed: str) -> Event | None:
    if not typed:
        return last_change_by(request.session, request.person.id, LETTERS)
    number = number_in(typed.lstrip("eE"))
    return None if number is None else event_by_id(request.session, number)


def _is_of_actions_alone(request: Request, event: Event) -> bool:
    return all(each.about[:1] == "A" for each in done_with(request.session, event))
