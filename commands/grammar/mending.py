"""Mending: the line that is offered where one is wrong, best of all the same with what was probably meant."""

import re

from commands.base import CommandError, Request
from commands.grammar.signature import Part, read
from commands.grammar.words import repaired
from commands.registry import Verb
from storage.actions import Action
from storage.holds import Hold
from storage.loops import Loop
from storage.sources import Source

MOST = 4
"""Names that are mended in one line."""


def advice(verb: Verb, words: str, error: CommandError, request: Request) -> str:
    """The line mended, or else one that works; help rather than an example that would change an action."""
    is_about_one = not verb.terms.reads and any(
        part.type in (Action, Hold, Loop, Source) for part in verb.parts[:1]
    )
    otherwise = f"/help {verb.path}" if is_about_one else example(verb, request, words)
    return mended(verb, words, error, request) or otherwise


def completed(verb: Verb, words: str, part_name: str, request: Request) -> str:
    """What was typed with an example of the part that is missing; "" where that cannot be read either."""
    part = next((part for part in verb.parts if part.name == part_name and part.is_named), None)
    if part is None or not words.strip():
        return ""
    line = f"{words.strip()} {part.name}: {part.says.example}"
    try:
        read(verb.parts, line, request)
    except CommandError:
        return ""
    return f"{verb.line} {line}"


def example(verb: Verb, request: Request, words: str) -> str:
    """One line that works, for an error to show."""
    from commands.help import examples  # help is a command itself, and knows the registry

    return next(iter(examples(verb, request, words)), f"/help {verb.path}")


def mended(verb: Verb, words: str, error: CommandError, request: Request) -> str:
    """The whole line; "" where it is not known what was meant, or that would be wrong too."""
    for _ in range(MOST):
        words = _with_what_was_meant(verb.parts, words, error)
        if not words:
            return ""
        try:
            read(verb.parts, words, request)
        except CommandError as again:
            error = again
        else:
            return f"{verb.line} {words}"
    return ""


def _with_what_was_meant(parts: tuple[Part, ...], words: str, error: CommandError) -> str:
    """Only in the part that is wrong: elsewhere the same words may be right."""
    if error.instead is None:
        return ""
    typed, meant = error.instead
    part = next((part for part in parts if part.name == error.field), None)
    names = "|".join(map(re.escape, (part.name, *part.says.also))) if part else ""
    named = re.search(rf"(?:(?<=\s)|^)(?:{names}):", repaired(words), re.IGNORECASE) if part else None
    whole = re.compile(rf"(?<!\w){re.escape(typed)}(?!\w)", re.IGNORECASE)
    found = whole.search(words, named.end() if named else 0)
    return f"{words[: found.start()]}{meant}{words[found.end() :]}".strip() if found else ""
