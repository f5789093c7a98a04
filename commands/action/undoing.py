"""Undoing: the last change to an action is taken back."""

from typing import Annotated

from commands import taking_back
from commands.base import Request, Says, verb
from messages.post import Post


@verb("/action undo", opens_form=False)
def undo(
    request: Request,
    change: Annotated[
        str, Says("Which change, if not your last", "E481", "Or an action's number: the last change to it.")
    ] = "",
) -> list[Post]:
    """Take back your last change of today to an action, or any one by its number."""
    return taking_back.undo(request, change, "A")
