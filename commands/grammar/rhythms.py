"""Rhythms: how often something is expected, as people say it: "monthly", "twice a year", "never"."""

import re
from difflib import get_close_matches
from functools import cache

from commands.base import CommandError, Request
from commands.grammar.choices import Choice
from commands.grammar.words import COURTESY, repaired
from storage.sources import NEVER, RHYTHMS, Rhythm

LONGEST_ENDING = 4
"""Words of a rhythm at the end of a line: "four times a year"."""


_SPOKEN = {
    "weekly": ("every week", "once a week", "every 7 days"),
    "fortnightly": (
        *("every fortnight", "once a fortnight", "every 2 weeks", "every other week", "every second week"),
        *("2 times a month", "every 14 days"),
    ),
    "monthly": ("every month", "once a month", "every 4 weeks", "every 1 month", "12 times a year"),
    "quarterly": ("every quarter", "once a quarter", "every 3 months", "4 times a year"),
    "half-yearly": (
        *("half yearly", "halfyearly", "every half-year", "every half year", "every 6 months"),
        *("6-monthly", "6 monthly", "2 times a year", "biannually"),
    ),
    "yearly": ("annually", "every year", "once a year", "every 12 months"),
    "": (
        *("no rhythm", "none", "no", "irregular", "irregularly", "not regularly", "not expected"),
        *("now and then", "from time to time", "ad hoc", "sometimes", "occasionally"),
    ),
}
"""What else people say for each, with the words of _PLAIN put in."""
_PLAIN = {
    "each": "every", "per": "a", "an": "a", "twice": "2 times", "one": "1", "two": "2", "three": "3",
    "four": "4", "six": "6", "six-monthly": "6-monthly", "seven": "7", "twelve": "12", "annual": "yearly",
}  # fmt: skip
_ENDS_IN = re.compile(r"(?:ly|week|fortnight|month|months|weeks|quarter|year|rhythm|never)$")


def rhythm(text: str, _request: Request) -> Rhythm:
    """How often, or never. Raises CommandError with the nearest."""
    found = _read(text)
    if found is not None:
        return found
    wrong = f"“{text.strip()[:40]}” is no rhythm: they are {', '.join(RHYTHMS)} and {NEVER}."
    near = get_close_matches(_key(text), _known(), n=1, cutoff=0.75)
    if near:
        raise CommandError(wrong, instead=(text.strip(), str(_known()[near[0]])))
    raise CommandError(wrong, "monthly")


def _read(text: str) -> Rhythm | None:
    return _known().get(_key(text))


@cache
def _known() -> dict[str, Rhythm]:
    named = {NEVER: Rhythm(""), **{every: Rhythm(every) for every in RHYTHMS}}
    return named | {also: Rhythm(every) for every, others in _SPOKEN.items() for also in others}


def _key(text: str) -> str:
    words = COURTESY.sub("", repaired(text)).lower().strip(" .,;!").split()
    return " ".join(_PLAIN.get(word, word) for word in words)


def ending(text: str) -> tuple[str, Rhythm | None]:
    """A text without the rhythm that it ends in, and that: "Ward walks every month"."""
    words = [*re.finditer(r"\S+", repaired(text))]
    for mark in words[max(1, len(words) - LONGEST_ENDING) :]:
        last = text[mark.start() :]
        found = _read(last) if _ENDS_IN.search(_key(last)) else None
        if found is not None:
            return text[: mark.start()].rstrip(" ,;-–—"), found
    return text, None


def rhythms(_request: Request) -> list[Choice]:
    return [Choice(str(each), each, str(each).capitalize()) for each in map(Rhythm, (*RHYTHMS, ""))]
