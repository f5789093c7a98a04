"""Completing loops: which one is meant by a number, or by a word of what was said."""

from commands.base import Request
from commands.grammar.choices import LONGEST_LABEL, Choice
from commands.grammar.words import cleaned
from commands.registry import Verb
from messages.words import short
from storage.finding import Wanted, find_loops, loops_numbered_like
from storage.loops import STATES, Loop

ENOUGH = 8
STAND = {
    "unasked": "nobody is asked yet",
    "undecided": "not decided yet",
    "promised": "promised",
    "untold": "decided, not told yet",
    "closed": "closed",
    "merged": "merged into another",
}
SUITS = {"{decided}": ("untold",), "{told}": ("closed",)}
"""What an example names -> the states that suit its verb."""
UNDECIDED = ("unasked", "undecided", "promised")


def fitting_loops(verb: Verb, typed: str, request: Request) -> list[Choice]:
    """The loops that a verb could be about, of which the number or any word begins as typed; those that suit
    the verb first, the newest on top.
    """
    examples = " ".join(verb.terms.examples)
    first = next((states for name, states in SUITS.items() if name in examples), UNDECIDED)
    rest = tuple(state for state in STATES if state not in first)
    found: dict[int, Loop] = {}
    for states in (first, rest):
        if len(found) < ENOUGH:
            found |= {loop.id: loop for loop in _fitting(request, states, typed.strip())}
    return [_choice(loop) for loop in list(found.values())[:ENOUGH]]


def _fitting(request: Request, states: tuple[str, ...], typed: str) -> list[Loop]:
    digits = typed.lstrip("lL#")
    if typed and digits.isascii() and digits.isdigit():
        return loops_numbered_like(request.session, states, digits, ENOUGH)
    said = "" if typed.lower() == "l" else cleaned(typed)  # no database takes half a character
    return find_loops(request.session, Wanted(states, said=said), 1, ENOUGH, is_newest_first=True)[1]


def _choice(loop: Loop) -> Choice:
    return Choice(loop.ref, loop, f"{loop.ref} {short(loop.words, LONGEST_LABEL)}", STAND[loop.state])
