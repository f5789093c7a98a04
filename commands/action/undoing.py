"""Undoing: the last change to an action is taken back."""

from typing import Annotated

from commands.base import Request, Says, verb
from commands.taking_back import take_back, which
from messages.post import Post


@verb("/action undo", opens_form=False)
def undo(
    request: Request,
    change: Annotated[
        str, Says("Which change, if not your last", "E481", "Or an action's number: the last change to it.")
    ] = "",
) -> list[Post]:
    """Take back your last change of today to an action, or any one by its number."""
    return take_back(request, which(request, change, "A"))
