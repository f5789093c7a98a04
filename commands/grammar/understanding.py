"""Understanding: how a line that is being typed is read so far, part by part."""

from dataclasses import dataclass, replace
from typing import Any

from commands.base import CommandError, Request
from commands.grammar.choices import said
from commands.grammar.kinds import text
from commands.grammar.owners import Owners
from commands.grammar.signature import Part, read, texts_of
from storage.when import When


@dataclass(frozen=True)
class Understood:
    """How the parts are read. parts: a label and the value as it is said, where that is more than what was
    typed. wrong: what is the matter, by the part's name, "" for the line as a whole. unsaid: a label, and
    what holds where nothing was said.
    """

    parts: tuple[tuple[str, str], ...]
    wrong: dict[str, str]
    unsaid: tuple[tuple[str, str], ...] = ()


def understand(parts: tuple[Part, ...], words: str, request: Request) -> Understood:
    """How the words after a verb are understood, even if some of its parts cannot be read, or are missing."""
    open_parts, wrong = tuple(replace(part, is_required=False) for part in parts), dict[str, str]()
    while True:
        try:
            values = read(open_parts, words, request)
        except CommandError as error:
            is_known = error.field in wrong or all(part.name != error.field for part in parts)
            wrong.setdefault(error.field, whole(error))
            if is_known:
                return Understood((), wrong)
            open_parts = tuple(_as_text(p) if p.name == error.field else p for p in open_parts)
            continue
        texts = texts_of(parts, words)
        found = ((part, values.get(part.parameter), texts.get(part.name, "")) for part in parts)
        shown = (
            (part.says.label, more_than_typed(part, value, typed, request)) for part, value, typed in found
        )
        unsaid = (part.says for part in parts if part.says.unsaid and part.parameter not in values)
        left = tuple((says.label, says.unsaid) for says in unsaid) if values else ()
        return Understood(tuple(pair for pair in shown if pair[1]), wrong, left)


def whole(error: CommandError) -> str:
    """What is wrong as one sentence: one that announces a line has it at its end."""
    return f"{error.wrong} {error.line}" if error.wrong.endswith(":") else error.wrong


def _as_text(part: Part) -> Part:
    """The part as one that takes any text, so that the others can be read all the same."""
    return replace(part, kind=replace(part.kind, read=text))


def more_than_typed(part: Part, value: Any, typed: str, request: Request) -> str:
    """A value as it is said; "" where that is no more than what was typed."""
    match value:
        case When():
            typed = value.text
        case Owners() if not value and part.says.unsaid:
            return part.says.unsaid
        case Owners():
            typed = ", ".join(named.text for named in value.named)
        case str() if part.kind.choices is None:
            return ""
    shown = value if isinstance(value, str) else said(value, request)
    note = part.says.note(value, request) if part.says.note and value and not isinstance(value, str) else ""
    if note:
        return f"{shown} ({note})"
    return "" if shown.casefold() == typed.strip().casefold() else shown
