"""Weekdays: the days of the week on which somebody works or is spoken to."""

import re
from dataclasses import dataclass

from commands.base import CommandError, Request
from commands.grammar.words import repaired
from messages.words import WEEKDAYS, listed

EXAMPLES = ("Mon-Thu", "Mon-Wed", "Tue-Fri", "Mon, Wed and Fri", "usual", "every day")

_SHORT = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True)
class Weekdays:
    """Days of the week as digits, 0 for Monday; "" for the usual ones."""

    digits: str

    def __str__(self) -> str:
        return listed(WEEKDAYS[int(digit)] for digit in self.digits) or "the usual days"


def weekdays(text: str, _request: Request) -> Weekdays:
    """Days of the week: "Mon-Wed", "Monday, Tuesday and Friday", "every day", "usual"."""
    plain = repaired(text).lower().strip()
    if plain in ("usual", "normal", "default", "working days"):
        return Weekdays("")
    if plain in ("every day", "daily", "all"):
        return Weekdays("0123456")
    digits: set[int] = set()
    for piece in re.split(r"\s*(?:,|/|\band\b|&|\s)\s*", re.sub(r"\s*(?:-|\bto\b)\s*", "-", plain)):
        ends = [_weekday(end, text) for end in piece.split("-") if end]
        if ends:
            digits.update((ends[0] + step) % 7 for step in range((ends[-1] - ends[0]) % 7 + 1))
    if not digits:
        raise CommandError(f"I cannot read “{text}” as days of the week.", "Mon-Wed")
    return Weekdays("".join(str(digit) for digit in sorted(digits)))


def _weekday(word: str, text: str) -> int:
    if word[:3] not in _SHORT or not word.isalpha():
        raise CommandError(f"I cannot read “{text}” as days of the week.", "Mon-Wed")
    return _SHORT.index(word[:3])
