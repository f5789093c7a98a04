"""Undoing: the last change to a loop is taken back, with all else that the same request did."""

from typing import Annotated

from commands.base import Request, Says, verb
from commands.taking_back import take_back, which
from messages.post import Post


@verb("/yousaid undo", opens_form=False)
def undo(
    request: Request,
    change: Annotated[
        str, Says("Which change, if not your last", "E481", "Or a loop's number: the last change to it.")
    ] = "",
) -> list[Post]:
    """Take back your last change of today to a loop, or any one by its number."""
    return take_back(request, which(request, change, "L"))
