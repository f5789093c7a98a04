"""Undo: your last change is taken back, to whatever it was."""

from typing import Annotated

from commands import taking_back
from commands.base import Request, Says, verb
from messages.post import Post


@verb("/undo", opens_form=False)
def undo(
    request: Request,
    change: Annotated[
        str, Says("Which change, if not your last", "E481", "Or a number, such as A12 or L12.")
    ] = "",
) -> list[Post]:
    """Take back your last change of today, or any one by its number."""
    return taking_back.undo(request, change)
