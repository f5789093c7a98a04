"""Numbers: how A12, L12 and H12 are typed, and what is said of one that is not in the plan."""

import re

from commands.base import CommandError, Request
from commands.grammar.words import repaired
from storage.events import history


def numeral(text: str, letter: str) -> int | None:
    """12, in "A12", "a12", "#12" or "12"; None for all else. letter: of what is meant, such as "A"."""
    pattern = rf"[{letter.lower()}{letter}#]?\s?(\d{{1,9}})[.:,!]*"
    found = re.fullmatch(pattern, repaired(text).strip(), flags=re.ASCII)
    return int(found[1]) if found else None


def missing(request: Request, ref: str, otherwise: str) -> CommandError:
    """What was taken back can be brought back. otherwise: the line that is offered for one that never was."""
    events = history(request.session, ref)
    if events and events[-1].undoes is not None:
        wrong = f"There is no {ref} in this plan any more: it was taken back. To bring it back:"
        return CommandError(wrong, f"/undo {events[-1].ref}")
    return CommandError(f"There is no {ref} in this plan.", otherwise)
