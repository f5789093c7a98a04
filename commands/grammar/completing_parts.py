"""Completing parts: what could come next after a verb: values, dates, mentions, and its parts' names."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from commands.base import CommandError, Request
from commands.grammar.choices import Choice, fitting, mentions, said
from commands.grammar.completing_actions import fitting_actions
from commands.grammar.completing_loops import fitting_loops
from commands.grammar.owners import Owners, read_owners
from commands.grammar.signature import Part, texts_of
from commands.grammar.when import find_ending
from commands.grammar.when_words import MONTH_NAMES
from commands.grammar.words import repaired, without_leading
from commands.registry import Verb
from storage.actions import Action
from storage.addresses import Address
from storage.loops import Loop
from storage.people import Person
from storage.when import When

MOST = 8
LONGEST_PHRASE = 60  # characters of a date that is being typed
CARET = "\ue000"
"""Stands at the place where somebody types, so that the grammar says which part that is in."""

Found = tuple[int, Choice]
"""From which place of the part's text a choice takes the place of what is typed."""

_SEPARATOR = re.compile(r"[,;/&\n]\s*|\sand\s+", re.IGNORECASE)
_SEPARATORS = 4  # a name may have some of them in it
_BY = re.compile(r"(?<!\S)(?:due(?:\s+(?:by|on|before))?|by|until|till)\s+", re.IGNORECASE)
_NUMBERED = re.compile(r"[aAlL#]?\d+\s", re.ASCII)
FITTING: dict[Any, Callable[[Verb, str, Request], list[Choice]]] = {
    Action: fitting_actions,
    Loop: fitting_loops,
}
_DAY = re.compile(r"(\d{1,2}(?:st|nd|rd|th)?)\s+([a-z]*)", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True)
class Candidate:
    """What could take the place of the line from `start` on."""

    start: int
    text: str
    label: str
    hint: str = ""


@dataclass(frozen=True)
class Typed:
    """The part that is being typed, None beside all parts; its text so far; and the texts of the others."""

    part: Part | None
    text: str
    given: dict[str, str]

    @property
    def word(self) -> str:
        return last_word(self.text)

    @property
    def before(self) -> str:
        """The part's text before the word that is being typed."""
        return self.text[: len(self.text) - len(self.word)].strip()


def last_word(text: str) -> str:
    """The word that a text ends in the middle of, "" after a space."""
    return "" if not text or text[-1].isspace() else text.split()[-1]


def typed_in(parts: tuple[Part, ...], words: str) -> Typed:
    """Where in the parts somebody is who has typed these words after the verb."""
    try:
        texts = texts_of(parts, words + CARET)
    except CommandError:
        return _beside(parts, words)
    name = list(texts)[-1]
    part = next(part for part in parts if part.name == name)
    return Typed(part, texts.pop(name).removesuffix(CARET), texts)


def _beside(parts: tuple[Part, ...], words: str) -> Typed:
    """No part takes the last word; it may be the beginning of a part's name, unless it is wrong before it."""
    word = last_word(words)
    try:
        return Typed(None, word, texts_of(parts, words[: len(words) - len(word)]))
    except CommandError:
        return Typed(None, word, {part.name: "" for part in parts})


def in_parts(verb: Verb, line: str, words: str, typed: Typed, request: Request) -> list[Candidate]:
    """What could come next in a line of which these words stand after the verb."""
    start = len(line) - len(typed.text)
    values = list(islice(_values(verb, words, typed, request), MOST))
    endings = [] if values else list(islice(_endings(verb.parts, typed, request), MOST))
    names = _names(verb.parts, typed, len(line), request) if not (values and typed.word) else []
    return [_candidate(start, found) for found in values + endings] + names


def _candidate(start: int, found: Found) -> Candidate:
    offset, choice = found
    return Candidate(start + offset, f"{choice.text} ", choice.label, choice.hint)


def in_field(verb: Verb, part: Part, text: str, request: Request) -> list[Candidate]:
    """What could stand in one field of a form."""
    start = len(text) - len(text.lstrip())
    found = choices_for(verb, part, text[start:], request, is_line=False)
    return [Candidate(start + offset, c.text, c.label, c.hint) for offset, c in islice(found, MOST)]


# --- values -----------------------------------------------------------------------------------------


def _values(verb: Verb, words: str, typed: Typed, request: Request) -> Iterator[Found]:
    """The values of the part that is being typed which the whole line is then read to have."""
    if typed.part is None:
        return
    before = words[: len(words) - len(typed.text)]
    for offset, choice in choices_for(verb, typed.part, typed.text, request):
        if _is_read(verb.parts, typed, f"{before}{typed.text[:offset]}{choice.text}", choice, request):
            yield offset, choice


def _is_read(parts: tuple[Part, ...], typed: Typed, words: str, choice: Choice, request: Request) -> bool:
    """Whether words that end in a choice are read so: a name may have "for:" in it, or end in "by June"."""
    assert typed.part is not None
    try:
        text = texts_of(parts, words).get(typed.part.name, "")
    except CommandError:
        return False
    if without_leading(text, typed.part.says.leading) != text or not text.endswith(choice.text):
        return False
    return _dated(parts, typed) is None or find_ending(repaired(text), request.today) is None


def choices_for(
    verb: Verb, part: Part, text: str, request: Request, *, is_line: bool = True
) -> Iterable[Found]:
    """The choices for a part of which this much is typed; best first.

    is_line: a mention counts in any text of a line, but not in that of a form.
    """
    if last_word(text).startswith("@") and (part.type in (Owners, Person, Address) or is_line):
        return _mentions(part, text, request)
    if part.type is Owners:
        return _owners(part, text, request)
    if part.says.likely is not None:
        return _likely(list(part.says.likely(request)), part, text)
    if part.kind.phrases:
        return ((0, choice) for choice in _phrases(part, text, request))
    if _is_finished(part, text, request):
        return []
    if part.type in FITTING:
        return [] if _NUMBERED.match(text) else [(0, c) for c in FITTING[part.type](verb, text, request)]
    return [(0, choice) for choice in fitting(part.kind.choices(request) if part.kind.choices else (), text)]


def _likely(words: list[str], part: Part, text: str) -> list[Found]:
    """Words that begin as the text does; where there may be several, as its last word does."""
    typed = text.lower()
    found = [word for word in words if word.startswith(typed)]
    if found or not part.says.several:
        return [(0, Choice(word, word, word)) for word in found]
    last = last_word(text)
    taken = typed[: len(text) - len(last)].replace(",", " ").split()
    if not set(taken) <= set(words):
        return []
    left = [word for word in words if word not in taken and word.startswith(last.lower())]
    return [(len(text) - len(last), Choice(word, word, word)) for word in left]


def value_of(part: Part, text: str, request: Request) -> Any:
    """What a part's text means, None if it means nothing."""
    try:
        return part.kind.read(without_leading(text.strip(), part.says.leading), request)
    except CommandError:
        return None


def _is_finished(part: Part, text: str, request: Request) -> bool:
    return bool(text.strip()) and text[-1].isspace() and value_of(part, text, request) is not None


def _owners(part: Part, text: str, request: Request) -> list[Found]:
    """Of several owners the last one. A name may have "and" in it, so the longest beginning counts."""
    assert part.kind.choices is not None
    choices = part.kind.choices(request)
    starts = [mark.end() for mark in _SEPARATOR.finditer(text)][-_SEPARATORS:]
    for start in (0, *starts):
        query = text[start:]
        named = _named_before(text[:start], request)
        found = [c for c in fitting(choices, query) if c.value not in named] if named is not None else []
        if found:
            return [] if _is_finished(part, query, request) else [(start, choice) for choice in found]
    return []


def _named_before(text: str, request: Request) -> list[Any] | None:
    try:
        return list(read_owners(text, request).things)
    except CommandError:
        return None


def _mentions(part: Part, text: str, request: Request) -> list[Found]:
    """People by "@" and the beginning of any of their names."""
    word = last_word(text)
    start = len(text) - len(word)
    is_alone = part.type in (Person, Address)
    if (start and is_alone) or not (part.type in (str, Owners) or is_alone):
        return []
    return [(start, choice) for choice in fitting(mentions(request), word)]


# --- dates, days and hours --------------------------------------------------------------------------


def _phrases(part: Part, text: str, request: Request) -> Iterator[Choice]:
    """What is typed, if it can be read; then what people often write that begins so, each as understood."""
    if len(text) > LONGEST_PHRASE or _is_finished(part, text, request):
        return
    typed = " ".join(repaired(text).split())
    key = f" {typed.lower()}"
    months = _DAY.fullmatch(typed) or _DAY.fullmatch(f"{typed} ")
    coming = MONTH_NAMES[request.today.month - 1 :] + MONTH_NAMES[: request.today.month - 1]
    likely = [f"{months[1]} {month}" for month in coming] if months else []
    begun = [phrase for phrase in (*part.kind.phrases, *likely) if key in f" {phrase.lower()}"]
    begun.sort(key=lambda phrase: not phrase.lower().startswith(typed.lower()))
    several: dict[str, str] = {}
    for phrase in [*([text.strip()] if typed else []), *begun]:
        several.setdefault(phrase.lower(), phrase)
    for phrase in several.values():
        value = value_of(part, phrase, request)
        if value is not None:
            understood = said(value, request)
            yield Choice(phrase, value, phrase, understood if understood.lower() != phrase.lower() else "")


def _dated(parts: tuple[Part, ...], typed: Typed) -> Part | None:
    """The part that a date at the end of the text would be."""
    open_ones = (part for part in parts if part.name not in typed.given and part is not typed.part)
    return next((part for part in open_ones if part.type is When and part.says.endings), None)


def _endings(parts: tuple[Part, ...], typed: Typed, request: Request) -> Iterator[Found]:
    """Dates after "by" at the end of a text."""
    due = _dated(parts, typed)
    marks = list(_BY.finditer(typed.text, max(0, len(typed.text) - LONGEST_PHRASE)))
    if due is None or not marks or not typed.text[: marks[-1].start()].strip():
        return
    start = marks[-1].end()
    for choice in _phrases(due, typed.text[start:], request):
        found = find_ending(repaired(typed.text[:start] + choice.text), request.today)
        if found and (found[1].starts, found[1].ends) == (choice.value.starts, choice.value.ends):
            yield start, choice


# --- the names of parts -----------------------------------------------------------------------------


def _names(parts: tuple[Part, ...], typed: Typed, end: int, request: Request) -> list[Candidate]:
    """The parts not named yet, those that cannot be done without first; none while a text that has to come
    before them is missing.
    """
    ended = _ended(parts, typed, request)
    if not _may_begin(parts, typed) or (ended and typed.part and typed.part.is_named):
        return []
    taken = {*typed.given, ended and ended.name, typed.part and typed.part.name}
    unused = [part for part in parts if part.is_named and part.name not in taken]
    word = typed.word.lower()
    return [
        Candidate(end - len(word), f"{part.name}: ", f"{part.name}:", _hint(part))
        for part in sorted(unused, key=lambda part: not part.is_required)
        if any(name.startswith(word) for name in (part.name, *part.says.also))
    ]


def _ended(parts: tuple[Part, ...], typed: Typed, request: Request) -> Part | None:
    """The part that a date at the end of the text is: after the last named part it has to stay at the end."""
    due = _dated(parts, typed)
    return due if due and find_ending(repaired(typed.before), request.today) else None


def _may_begin(parts: tuple[Part, ...], typed: Typed) -> bool:
    part = typed.part
    if part is not None and not typed.before and (part.is_required or part.is_named):
        return False
    others = [other for other in parts if other.is_required and not other.is_named and other != part]
    return all(typed.given.get(other.name, "").strip() for other in others)


def _hint(part: Part) -> str:
    return f"{part.says.label}, such as {part.says.example}" if part.says.example else part.says.label
