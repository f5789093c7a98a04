"""Completing: whatever suggestions are chosen, the line means what was shown."""

import random
from dataclasses import replace
from datetime import time
from typing import Any

import pytest

from commands.base import Request
from commands.grammar.choices import said
from commands.grammar.completing import Completion, Suggestion, complete, complete_field
from commands.grammar.completing_parts import typed_in
from commands.grammar.kinds import Filled, Span, Weekdays
from commands.grammar.owners import Owners
from commands.grammar.signature import Part, convert, read
from commands.grammar.when_past import Past
from commands.registry import Verb
from storage.actions import Action
from storage.addresses import Address
from storage.db import Database
from storage.loops import Level, Loop
from storage.objectives import Objective
from storage.organisations import Organisation
from storage.people import Person
from storage.seats import Role, Team
from storage.sources import Rhythm, Source
from storage.when import When
from tests.commands.composer import LINES, asking, chosen, talk
from tests.commands.test_every_command import VERBS, named
from tests.conversation import COMMANDS, Conversation, start

__all__ = ["talk"]


# --- every suggestion means what was shown ----------------------------------------------------------


def open_parts(verb: Verb) -> tuple[Part, ...]:
    return tuple(replace(part, is_required=False) for part in verb.parts)


def is_shown(value: Any, suggestion: Suggestion, request: Request) -> bool:
    """Whether a value is the thing whose label was shown, or the date that was given as its hint."""
    match value:
        case Owners():
            return value.things[-1].name == suggestion.label
        case Person() | Role() | Team() | Organisation() | Source():
            return value.name == suggestion.label
        case Action() | Loop():
            return suggestion.label.startswith(f"{value.ref} ")
        case Objective():
            return suggestion.label.startswith(f"{value.number}: ")
        case Address():
            return suggestion.label in (value.label, value.name)
        case When() | time() | Span() | Weekdays() | Past():
            return said(value, request) == (suggestion.hint or suggestion.label)
        case Level() | Rhythm():
            return str(value).capitalize() == suggestion.label
    return str(value) == suggestion.label


def check_choice(line: str, after: str, suggestion: Suggestion, request: Request) -> None:
    """The chosen line is read as the suggestion said."""
    found, words = COMMANDS.find(after)
    if suggestion.label.startswith("/"):
        assert (found.line, words) == (suggestion.label, ""), after
        return
    values = read(open_parts(found), words, request)
    if suggestion.text.endswith(": "):
        assert typed_in(found.parts, f"{words} ").part == named_part(found, suggestion.label), after
    elif suggestion.text.strip().rpartition(" ")[2].startswith("@"):
        assert suggestion.label in str(values) or suggestion.text.strip() in str(values), after
    else:
        part = part_typed(line)
        assert part is not None
        if part.says.likely is not None:
            assert values[part.parameter].endswith(suggestion.label), after
            return
        is_ending = part.type is str and part.kind.choices is None
        value = (
            next(v for v in values.values() if isinstance(v, When)) if is_ending else values[part.parameter]
        )
        assert is_shown(value, suggestion, request), after


def named_part(verb: Verb, label: str) -> Part:
    return next(part for part in verb.parts if f"{part.name}:" == label)


def part_typed(line: str) -> Part | None:
    """The part in which somebody is who has typed this line."""
    verb, words = COMMANDS.find(f"{line}|")
    return typed_in(verb.parts, words.removesuffix("|")).part


def walk(talk: Conversation, verb: Verb, pick: random.Random | None) -> str:
    """The line that comes of always taking the first suggestion, or any; words are typed where due."""
    line = f"{verb.line} "
    for _ in range(14):
        with asking(talk) as request:
            completion = complete(line, request)
            if completion.suggestions:
                suggestion = pick.choice(completion.suggestions) if pick else completion.suggestions[0]
                after = chosen(line, completion, suggestion)
                check_choice(line, after, suggestion, request)
                line = after
                continue
        part = part_typed(line)
        if part is None or part.type not in FREE or not line.endswith((f"{verb.line} ", ": ")):
            break
        line += FREE[part.type]
    return line


FREE: dict[Any, str] = {str: "Robin Vale by ", int: "2 ", Filled: "A3 running "}


@pytest.mark.parametrize("verb", VERBS, ids=named)
def test_first_suggestions_make_a_line_that_is_heard(talk: Conversation, verb: Verb) -> None:
    line = walk(talk, verb, None)
    with asking(talk) as request:
        assert complete(line, request).wrong == "", line


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("verb", VERBS, ids=named)
def test_any_suggestions_make_a_line_that_means_what_was_shown(
    talk: Conversation, verb: Verb, seed: int
) -> None:
    walk(talk, verb, random.Random(f"{verb.path} {seed}"))


@pytest.mark.parametrize("verb", VERBS, ids=named)
def test_lines_of_suggestions_are_no_bugs(sqlite: Database, verb: Verb) -> None:
    talk = start(sqlite, "2020-06-01 10:00")
    for line in LINES.strip().splitlines():
        talk.do("Priya Shah", line)

    for seed in range(2):
        said = talk.say("Priya Shah", walk(talk, verb, random.Random(seed)))

        assert said
        assert "our fault" not in said


@pytest.mark.parametrize("verb", VERBS, ids=named)
def test_field_takes_what_is_offered_for_it(talk: Conversation, verb: Verb) -> None:
    with asking(talk) as request:
        for part in verb.parts:
            for typed in ("", "a", "t", "2"):
                found = complete_field(verb, part.name, typed, request)
                for suggestion in found.suggestions:
                    text = chosen(typed, found, suggestion)
                    (value,) = convert([part], {part.name: text}, request).values()
                    is_likely = part.says.likely is not None and value == suggestion.label
                    assert is_likely or is_shown(value, suggestion, request), f"{part.name}: {text}"


def test_field_is_understood_and_told_what_is_wrong(talk: Conversation) -> None:
    add = COMMANDS.verb("action add")
    with asking(talk) as request:
        assert complete_field(add, "due", "end of june", request).understood == (
            ("By when", "Tuesday 30 June"),
        )
        assert complete_field(add, "due", "31 June", request).wrong == (
            "31 June does not exist: June has 30 days. Try: 30 June"
        )
        assert complete_field(add, "what", "Ask @Pri", request) == Completion(8, ())
        assert complete_field(add, "nothing", "x", request) == Completion(1, ())
        assert complete_field(add, "owner", "Sam Okafor, pri", request).suggestions == (
            Suggestion("Priya Shah", "Priya Shah", "you"),
        )
