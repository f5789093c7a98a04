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


def no_number(text: str, letter: str, noun: str, otherwise: str) -> CommandError:
    """What stands in the place of a number; or behind one, without the name that a part has before it."""
    first, _, rest = text.strip().partition(" ")
    if rest and numeral(first, letter) is not None:
        short = rest.strip()[:40]
        wrong = f"What is “{short}”? Put the name of the part before it, such as to: or said:."
        return CommandError(wrong, otherwise.partition(" ")[0].replace("/", "/help "))
    return CommandError(f"“{text.strip()[:40]}” is no {noun}'s number: they look like {letter}12.", otherwise)


def missing(request: Request, ref: str, otherwise: str) -> CommandError:
    """What was taken back can be brought back. otherwise: the line that is offered for one that never was."""
    events = history(request.session, ref)
    if events and events[-1].undoes is not None:
        wrong = f"There is no {ref} in this plan any more: it was taken back. To bring it back:"
        return CommandError(wrong, f"/undo {events[-1].ref}")
    return CommandError(f"There is no {ref} in this plan.", otherwise)
