"""Errors as people see them: what is wrong, the way out, and what they typed, so that nothing is lost."""

from commands.base import CommandError, ToMend
from messages.compose import compose
from messages.message import Message

LONG_ENOUGH_TO_LOSE = 20
"""A line of so many characters is given back with the error: the chat may have thrown it away. So is all
that has several lines, as a form that was filled in.
"""


def wrong(error: CommandError, typed: str) -> Message:
    """The answer to a request that could not be carried out: of a form that is to be mended, the form."""
    if isinstance(error, ToMend):
        return error.form
    said, _, tried = error.wrong.rpartition(" Try: ")
    is_in_line = bool(tried) and tried.rstrip(".") in error.line
    typed = "" if typed == error.line else typed
    kept = typed if len(typed) >= LONG_ENOUGH_TO_LOSE or "\n" in typed else ""
    return compose("error/wrong", wrong=said if is_in_line else error.wrong, line=error.line, typed=kept)
