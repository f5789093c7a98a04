"""Errors as people see them: what is wrong, the way out, and what they typed, so that nothing is lost."""

from commands.base import CommandError
from messages.compose import compose
from messages.message import Message

LONG_ENOUGH_TO_LOSE = 20
"""A line of so many characters is given back with the error: the chat may have thrown it away."""


def wrong(error: CommandError, typed: str) -> Message:
    kept = typed if len(typed) >= LONG_ENOUGH_TO_LOSE else ""
    return compose("error/wrong", wrong=error.wrong, line=error.line, typed=kept)
