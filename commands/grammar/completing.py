"""Completing: what could come next in a line as somebody types it, and how it is understood so far."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from commands.base import CommandError, Request
from commands.grammar.completing_parts import CARET, MOST, Candidate, in_field, in_parts, typed_in
from commands.grammar.signature import convert
from commands.grammar.understanding import more_than_typed, understand, whole
from commands.registry import UMBRELLA, Command, Verb

BOT = "@commsbot"
MOST_VERBS = 40
"""More than any command has: who does not know what there is has to see all of it."""

_BEFORE_COMMAND = re.compile(rf"\s*/?\s*(?:(?:{UMBRELLA}|{BOT})\s+/?\s*)?", re.IGNORECASE)
_COMMAND = re.compile(r"\S+\s+")


@dataclass(frozen=True)
class Suggestion:
    """One thing that could come next. text: what takes the place of the line from `start` to its end.
    label: what is shown. hint: what it is.
    """

    text: str
    label: str
    hint: str = ""


@dataclass(frozen=True)
class Completion:
    """What could come next, best first, and what has been understood.

    understood: a part's label and its value, where that says more than what was typed.
    wrong: what is the matter with a part that is finished or leads nowhere.
    """

    start: int
    suggestions: tuple[Suggestion, ...]
    understood: tuple[tuple[str, str], ...] = ()
    wrong: str = ""
    unsaid: tuple[tuple[str, str], ...] = ()


def complete(line: str, request: Request) -> Completion:
    """What could come next at the end of a line that is being typed. Only reads, and never raises."""
    begins = _begins(line)
    if not re.search(r"\s", line[begins:]):
        return _completion(line, list(_commands(line, begins, request)), most=MOST_VERBS)
    verbs = list(_verbs(line, begins, request))
    try:
        verb, words = _verb_in(line, request)
    except CommandError as error:
        is_being_typed = bool(verbs) or _is_at_verb(line, begins, request)
        wrong = "" if is_being_typed else error.wrong
        return _completion(line, verbs, wrong=wrong, most=MOST_VERBS)
    return _in_verb(verb, line, words.removesuffix(CARET), verbs, request)


def _verb_in(line: str, request: Request) -> tuple[Verb, str]:
    """The verb of a line that may go on, or that is whole: "done A9". Raises CommandError."""
    found: tuple[Verb, str]
    try:
        found = request.commands.find(line + CARET)
    except CommandError:
        found = request.commands.find(line)
    return found


def complete_field(verb: Verb, name: str, text: str, request: Request) -> Completion:
    """What could stand in one field of a form, and how what is typed there is understood."""
    part = next((part for part in verb.parts if part.name == name), None)
    if part is None:
        return Completion(len(text), ())
    found = in_field(verb, part, text, request)
    try:
        values = convert([part], {name: text}, request)
    except CommandError as error:
        return _completion(text, found, wrong=whole(error) if text.strip() and not found else "")
    shown = more_than_typed(part, values.get(part.parameter, ""), text, request)
    return _completion(text, found, ((part.says.label, shown),) if shown else ())


def _begins(line: str) -> int:
    """Where the command stands: after the slash, and after what may stand before any command."""
    before = _BEFORE_COMMAND.match(line)
    return before.end() if before else 0


def _completion(
    line: str,
    found: list[Candidate],
    understood: tuple[tuple[str, str], ...] = (),
    wrong: str = "",
    most: int = MOST,
) -> Completion:
    """The best of what was found, all from the one place where the earliest of them begins."""
    best = found[:most]
    start = min((candidate.start for candidate in best), default=len(line))
    suggestions = [Suggestion(f"{line[start : c.start]}{c.text}", c.label, c.hint) for c in best]
    return Completion(start, tuple(suggestions), understood, wrong)


def _in_verb(verb: Verb, line: str, words: str, verbs: list[Candidate], request: Request) -> Completion:
    typed = typed_in(verb.parts, words)
    found = [*verbs, *in_parts(verb, line, words, typed, request)]
    understood = understand(verb.parts, words, request)
    being_typed = typed.part.name if typed.part else None
    wrong = [said for name, said in understood.wrong.items() if name not in ("", being_typed) or not found]
    completion = _completion(line, found, understood.parts, next(iter(wrong), ""))
    return replace(completion, unsaid=understood.unsaid)


# --- commands and verbs -----------------------------------------------------------------------------


def _commands(line: str, begins: int, request: Request) -> Iterator[Candidate]:
    """Commands that begin as typed, and what may stand before them; then verbs without their command."""
    if not line.strip():
        return
    typed, slash = line[begins:].lower(), "/" if line[begins - 1 : begins] == "/" else ""
    start = begins - len(slash)
    commands = [command for command in request.commands.commands.values() if _usable(command, request)]
    for command in commands:
        if command.name.startswith(typed):
            yield Candidate(start, f"{slash}{command.name} ", f"/{command.name}", command.purpose)
    if typed and not line[:begins].strip(" /"):
        for before in (UMBRELLA, BOT):
            if before.startswith(typed):
                yield Candidate(start, f"{slash}{before} ", f"{slash}{before}", "before any command")
    for command in commands if typed else ():
        for verb in _called(command, typed, request):
            yield Candidate(start, f"{slash}{verb.path} ", verb.line, verb.purpose)


def _usable(command: Command, request: Request) -> list[Verb]:
    """The verbs of a command that somebody may use."""
    return [verb for verb in command.verbs.values() if request.person.may(verb.terms.needs)]


def _called(command: Command, typed: str, request: Request) -> list[Verb]:
    """Verbs of which the name, or another word for it, begins as typed; longer ones once it is whole."""
    meant = {name for word, name in command.also.items() if typed and word.startswith(typed)}
    verbs = [verb for verb in _usable(command, request) if verb.name]
    begun = [verb for verb in verbs if verb.name.startswith(typed)]
    first = [v for v in begun if not any(v.name.startswith(f"{other.name} ") for other in begun)]
    return first + [verb for verb in verbs if verb.name in meant and verb not in begun]


def _verbs(line: str, begins: int, request: Request) -> Iterator[Candidate]:
    """The verbs that a line after its command may still become."""
    command, start = _command(line, begins, request)
    if command is None:
        return
    after = line[start:]
    typed = " ".join(after.lower().split()) + (" " if after.strip() and after[-1].isspace() else "")
    for verb in _called(command, typed, request):
        yield Candidate(start, f"{verb.name} ", verb.line, verb.purpose)


def _is_at_verb(line: str, begins: int, request: Request) -> bool:
    """Whether the word after a command that there is is being typed, or is still to come."""
    command, start = _command(line, begins, request)
    return command is not None and not _COMMAND.match(line, start)


def _command(line: str, begins: int, request: Request) -> tuple[Command | None, int]:
    """The command of a line, and where the words after it begin."""
    name = _COMMAND.match(line, begins)
    if name is None:
        return None, len(line)
    return request.commands.commands.get(name.group().strip().lower()), name.end()
