"""The signature: one function's parameters as the parts that people type, fill in and read about."""

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from commands.base import CommandError, Missing, Request, Says, check_fits
from commands.grammar.kinds import KINDS, Filled, Kind, choice
from commands.grammar.owners import Named, Owners, find_mentions
from commands.grammar.private import CONTACT, NEVER, find, named
from commands.grammar.rhythms import ending as rhythm_ending
from commands.grammar.when import NotADate, check_ending, find_ending, read_when
from commands.grammar.words import repaired, split, without_leading
from storage.sources import Rhythm
from storage.when import When

LONGEST_VALUE = 2000
"""Characters in a name, a date, a list of owners: more than any has, and few enough to be read at once."""
ON = "on"
_ON = re.compile(r"(?<!\S)on\s+(?=\S)", re.IGNORECASE)
_LEADS_ON = re.compile(r"\b(?:about|and|at|for|from|of|or|to|via|with)$", re.IGNORECASE)


@dataclass(frozen=True)
class Part:
    """One part of a verb: `name` as typed, `parameter` as the function calls it."""

    name: str
    parameter: str
    kind: Kind
    says: Says
    type: Any
    is_named: bool
    is_required: bool


def parts_of(function: Callable[..., Any]) -> tuple[Part, ...]:
    """The parts of a verb, from its signature; the first parameter is the request."""
    hints = get_type_hints(function, include_extras=True)
    parameters = list(inspect.signature(function).parameters.values())[1:]
    return tuple(_part(parameter, hints[parameter.name]) for parameter in parameters)


def _part(parameter: inspect.Parameter, hint: Any) -> Part:
    kind, *notes = get_args(hint)
    says = next(note for note in notes if isinstance(note, Says))
    bare = _without_none(kind)
    return Part(
        name=parameter.name.rstrip("_").replace("_", "-"),
        parameter=parameter.name,
        kind=choice(get_args(bare)) if get_origin(bare) is Literal else KINDS[bare],
        says=says,
        type=bare,
        is_named=parameter.kind is inspect.Parameter.KEYWORD_ONLY,
        is_required=parameter.default is inspect.Parameter.empty,
    )


def _without_none(kind: Any) -> Any:
    if get_origin(kind) in (Union, UnionType):
        return next(option for option in get_args(kind) if option is not type(None))
    return kind


def read(parts: tuple[Part, ...], line: str, request: Request) -> dict[str, Any]:
    """A typed line as the function's arguments. Raises CommandError about the part that is wrong."""
    return _with_endings(parts, texts_of(parts, line), request)


def texts_of(parts: tuple[Part, ...], line: str) -> dict[str, str]:
    """A typed line as the text of each part in its order, before anything is understood of it."""
    named = [part for part in parts if part.is_named or _begins_with_names(parts, line)]
    names = {name: part.name for part in named for name in (part.name, *part.says.also)}
    taken = split(line, names)
    if taken.twice:
        raise CommandError(f"“{taken.twice}:” is there twice. Give it once.", field=taken.twice)
    return _positions([part for part in parts if not part.is_named], taken.head) | taken.named


def _begins_with_names(parts: tuple[Part, ...], line: str) -> bool:
    """A line as forms show it names even the parts that need no name: "what: … due: …"."""
    names = (name for part in parts for name in (part.name, *part.says.also))
    return repaired(line).lstrip().lower().startswith(tuple(f"{name}:" for name in names))


def _positions(parts: list[Part], head: str) -> dict[str, str]:
    """The words before the first named part, dealt out to the parts that have a place of their own."""
    texts: dict[str, str] = {}
    for index, part in enumerate(parts):
        head = without_leading(head.strip(), part.says.leading)
        if part.kind.words and (index + 1 < len(parts) or part.type is int):
            first, head = [*head.split(maxsplit=1), "", ""][:2]
            texts[part.name] = first
        else:
            texts[part.name], head = head, ""
    if head.strip():
        raise CommandError(f"I do not know what to do with “{head.strip()[:60]}”.")
    return {name: text for name, text in texts.items() if text}


def _with_endings(parts: tuple[Part, ...], texts: dict[str, str], request: Request) -> dict[str, Any]:
    """Natural endings first ("… by Friday", a mention), then every part's text as its value."""
    values: dict[str, Any] = {}
    for part in sorted(parts, key=lambda part: part.type is not When):  # a mention may stand before the date
        if part.says.endings and part.name not in texts:
            for name in _where_endings_stand(parts, texts, part):
                texts[name], found = _ending(part, texts[name], request)
                values |= {part.parameter: found} if found else {}
    return values | convert([part for part in parts if part.parameter not in values], texts, request)


def _where_endings_stand(parts: tuple[Part, ...], texts: dict[str, str], ending: Part) -> list[str]:
    """The text that has no name; and for a date the last part of the line ("owner: Sam by Friday"). For a
    rhythm, what is said first, text or not.
    """
    if ending.type is Rhythm:
        return [parts[0].name] if parts[0].name in texts else []
    main = [part.name for part in parts if part.type is str and not part.is_named and part.name in texts]
    last = [name for name in list(texts)[-1:] if ending.type is When and name not in main]
    return main + last


def _ending(part: Part, text: str, request: Request) -> tuple[str, Any]:
    if part.type is When and part.name == ON:
        return _on_a_day(text, request)
    if part.type is Rhythm:
        return rhythm_ending(text)
    if part.type is When:
        found = find_ending(repaired(text), request.today, year_starts=request.partnership.year_starts)
        if found is None:
            _check_ending(part, text, request)
            return text, None
        return text[: len(found[0])].rstrip(" ,;-"), found[1]
    return _mentions(text, request)


def _on_a_day(text: str, request: Request) -> tuple[str, When | None]:
    """A text that ends in "on 12 June", for a part called "on"."""
    for mark in reversed(list(_ON.finditer(repaired(text)))):
        try:
            found = read_when(repaired(text[mark.end() :]), request.today)
        except NotADate:
            continue
        return text[: mark.start()].rstrip(" ,;-"), found
    return text, None


def _check_ending(part: Part, text: str, request: Request) -> None:
    try:
        check_ending(repaired(text), request.today)
    except NotADate as error:
        said = f"{error}. If that belongs to the title, put it in quotation marks"
        raise CommandError(f"{said}.", field=part.name, instead=error.instead) from error


def _mentions(text: str, request: Request) -> tuple[str, Owners | None]:
    """People mentioned in a text: at its ends they are taken out, inside it their names take their place; so
    they do where it would end in the air without ("a poster for @Sam").
    """
    named: list[Named] = []
    for start, end, person in reversed(find_mentions(text, request)):
        named.insert(0, Named(text[start:end], person))
        before, after = text[:start].strip(), text[end:].strip()
        is_part = before and (after or _LEADS_ON.search(before))
        text = f"{text[:start]}{person.name if is_part else ''}{text[end:]}".strip()
    return text, Owners(tuple(named)) if named else None


def convert(parts: list[Part], texts: dict[str, str], request: Request) -> dict[str, Any]:
    """Each part's text as its value; what is empty is left to the function's default."""
    values = {}
    for part in parts:
        text = texts.get(part.name, "").strip()
        if text:
            values[part.parameter] = _read_one(part, text, request)
        elif part.is_required:
            raise Missing(f"What is missing: {part.says.label.lower()}.", field=part.name)
    return values


def check_is_not_private(part: Part, text: str) -> None:
    """Raises CommandError; the words of people hold nothing that tells who they are."""
    found = find(text, CONTACT + NEVER) if part.says.privacy == "feedback" else find(text, NEVER)
    if found:
        raise CommandError(f"There is {named(text, found)} in that: it is not stored.", field=part.name)


def _read_one(part: Part, text: str, request: Request) -> Any:
    if len(text) > LONGEST_VALUE and part.type not in (str, Filled):
        raise CommandError(f"That is too long for “{part.says.label}”.", field=part.name)
    if part.says.most:
        check_fits(text, part.says.most, part.name, "Say it shorter.")
    check_is_not_private(part, text)
    try:
        return part.kind.read(without_leading(text, part.says.leading), request)
    except CommandError as error:
        line = error.line if error.line.startswith("/") else ""
        raise CommandError(error.wrong, line, part.name, error.instead) from error
