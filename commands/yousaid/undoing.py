"""Undoing: the last change to a loop is taken back, with all else that the same request did."""

from typing import Annotated

from commands import taking_back
from commands.base import Request, Says, verb
from messages.post import Post


@verb("/yousaid undo", opens_form=False)
def undo(
    request: Request,
    change: Annotated[
        str, Says("Which change, if not your last", "E481", "Or a loop's number: the last change to it.")
    ] = "",
) -> list[Post]:
    """Take back your last change of today to a loop, or any one by its number."""
    return taking_back.undo(request, change, "L")
