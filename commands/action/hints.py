"""Hints: what stands in a title and may have been meant as a date or an owner, with the line that sets it."""

import re
from dataclasses import dataclass
from datetime import date

from commands.base import CommandError, Request
from commands.grammar.owners import find_owner
from commands.grammar.when import NotADate, read_when
from commands.grammar.words import repaired
from storage.actions import Action
from storage.when import When

LONGEST_PHRASE = 4
"""Words at the end of a title that are tried as a date."""


@dataclass(frozen=True)
class Hint:
    """What may have been meant, and the line that sets it."""

    words: str
    line: str = ""


_MARKED = re.compile(r"\b(?:(?:by|due|on|within|until|in)\s+|(?=before\s))([^,;]{3,40})$", re.IGNORECASE)
_OWNER = re.compile(r"\bowners?\s+(?=[A-Z@])")


def hints(request: Request, action: Action) -> list[Hint]:
    """Asked back after an action was logged as it was typed; nothing is changed by them."""
    found = []
    if action.kind == "undated":
        found += _date_hint(request, action)
    elif action.when.is_late(request.today):
        found.append(
            Hint("That is past already. Another date:", f"/action edit {action.ref} due: end of June")
        )
    named = _OWNER.search(action.title)
    if named:
        line = f"/action edit {action.ref} owner: {_name_in(action.title[named.end() :], request)}"
        found.append(Hint("To name an owner, write “owner:” with a colon:", line))
    return found


def _name_in(text: str, request: Request) -> str:
    """The name that a text begins with; "me" where it is nobody's."""
    words = text.split()
    names = (" ".join(words[:n]) for n in range(min(len(words), LONGEST_PHRASE), 0, -1))
    return next((name for name in names if _is_known(name, request)), "me")


def _is_known(name: str, request: Request) -> bool:
    try:
        return find_owner(name, request) is not None
    except CommandError:
        return False  # several are called so


def _date_hint(request: Request, action: Action) -> list[Hint]:
    title = repaired(action.title)
    marked = _MARKED.search(title)
    words = title.split()
    phrases = [" ".join(words[-n:]) for n in range(min(LONGEST_PHRASE, len(words) - 1), 0, -1)]
    for phrase in ([marked[1]] if marked else []) + phrases:
        read = _read(phrase, request.today)
        if isinstance(read, When) and read.kind != "undated":
            return [Hint("Did you mean a date?", f"/action edit {action.ref} due: {phrase}")]
        if isinstance(read, NotADate) and read.instead:
            meant = read.instead[1]
            return [Hint(str(read).removesuffix(f" {meant}"), f"/action edit {action.ref} due: {meant}")]
        if isinstance(read, NotADate):
            return [Hint(str(read))]
    return []


def _read(phrase: str, today: date) -> When | NotADate | None:
    """A date, or what is wrong with something that would be one; None for other words."""
    try:
        return read_when(phrase, today)
    except NotADate as error:
        is_none = "cannot read" in str(error) or "too long" in str(error)
        return None if is_none and not error.instead else error
