"""Bare lines: what a line that leaves out its command could mean, and whether it is a sentence instead."""

import re
from typing import TYPE_CHECKING, Any

from storage.actions import Action
from storage.addresses import Address
from storage.holds import Hold
from storage.loops import Loop
from storage.objectives import Objective
from storage.sources import Source

if TYPE_CHECKING:
    from commands.registry import Verb

_NUMBER = re.compile(r"[ao#]?\d+\b", re.IGNORECASE | re.ASCII)
BY_LETTER = re.compile(r"[al]\d+\b", re.IGNORECASE | re.ASCII)
NUMBERED: dict[str, Any] = {"a": Action, "l": Loop}
"""What has a number that is known by its letter, wherever it stands."""
LOOKS = {
    Hold: re.compile(r"h\d+\b", re.IGNORECASE | re.ASCII),
    **dict.fromkeys((Action, Objective, int), _NUMBER),
    Loop: re.compile(r"[l#]?\d+\b", re.IGNORECASE | re.ASCII),
    Address: re.compile(r"[#@<]|(?:me|here)\b", re.IGNORECASE),
}
"""How a part begins, by its type, where that can be told from any other words."""


def fits(verb: "Verb", words: str) -> bool:
    """Whether words may follow a verb: nothing, or what its first part looks like."""
    if first_type(verb) is Source:  # who writes "stop" or "stop sending me this" means none
        return False
    if not words or (verb.parts and first_type(verb) not in LOOKS):
        return True
    return bool(verb.parts) and bool(LOOKS[first_type(verb)].match(words))


def only_asks(line: str, verb: "Verb", words: str) -> bool:
    """Whether a line that would change something is a question, or counts things ("Drop 2 posters")."""
    is_a_count = first_type(verb) in NUMBERED.values() and words[:1].isdigit() and not _is_alone(verb, words)
    return not verb.terms.reads and (line.rstrip().endswith("?") or is_a_count)


def may_be_a_sentence(verb: "Verb", words: str) -> bool:
    """Whether the words may go on as a sentence: "Drop A4 leaflets off", "Teams add value to our work",
    "Incident report for the board".
    """
    is_said = first_type(verb) is str and (" " in verb.name or verb.parts[0].says.long)
    makes_new = is_said and not verb.terms.reads
    is_numbered = first_type(verb) in NUMBERED.values()
    return bool(words) and (makes_new or (is_numbered and not _is_alone(verb, words)))


def _is_alone(verb: "Verb", words: str) -> bool:
    """Whether no sentence goes on after a number: it is the end, or a part of the verb's own follows."""
    names = "|".join(part.name for part in verb.parts[1:]) or "-"
    return re.fullmatch(rf"[al#]?\d+(?:[.!,]*|\s+(?:{names}):.*)", words, re.I | re.A | re.S) is not None


def first_type(verb: "Verb") -> Any:
    return verb.parts[0].type if verb.parts else None


def is_a_sentence(line: str) -> bool:
    return not line.lstrip().startswith(("/", "@")) and len(line.split()) > 3
