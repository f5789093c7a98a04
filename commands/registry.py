"""The registry: every command in this folder, and the one that a line of text means."""

import importlib
import pkgutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, cached_property
from types import FunctionType, ModuleType

import commands
from commands.base import CommandError, Function, Terms
from commands.grammar.bare import (
    BY_LETTER,
    NUMBERED,
    first_type,
    fits,
    is_a_sentence,
    may_be_a_sentence,
    only_asks,
)
from commands.grammar.signature import Part, parts_of
from commands.grammar.talk import check_is_no_talk, is_question

UMBRELLA = "comms"
DAILY = ("action", "yousaid")
"""What is meant most often, so it is named first; and of how many one is asked which is meant."""
MOST = 3
FIRST = "action"
"""The command that is meant where several show what is asked for: "list mine"."""
LOGS = "action add"
"""What somebody means who writes a sentence to the bot."""


@dataclass(frozen=True)
class Verb:
    """One thing that a command does. `name` is as typed, "" for a command that does only one thing."""

    command: str
    name: str
    function: Function

    @property
    def terms(self) -> Terms:
        return self.function.terms  # type: ignore[attr-defined,no-any-return]

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        return parts_of(self.function)

    @property
    def path(self) -> str:
        return f"{self.command} {self.name}".strip()

    @property
    def line(self) -> str:
        return f"/{self.path}"

    @property
    def takes(self) -> Part | None:
        """The part that a message's text is put in, where the verb is chosen for one."""
        return next((part for part in self.parts if part.type is str and part.says.long), None)

    @property
    def purpose(self) -> str:
        return (self.function.__doc__ or "").strip().split("\n")[0]


@dataclass(frozen=True)
class Command:
    """A command and its verbs, in the order in which its file tells them.

    also: other words that people try -> the verb that does it, to be asked back. alone: the verb that the
    command without any word opens, "" where it is asked back.
    """

    name: str
    purpose: str
    verbs: dict[str, Verb]
    also: dict[str, str]
    alone: str = ""


class Folder(Mapping[str, Command]):
    """Every command in this folder by name. A file is read when its command is first asked for, so that
    starting takes no longer the more there are.
    """

    def __init__(self) -> None:
        self._names = [module.name for module in pkgutil.iter_modules(commands.__path__)]

    def __getitem__(self, name: str) -> Command:
        if name not in self._names or not _command(name).verbs:
            raise KeyError(name)
        return _command(name)

    def __iter__(self) -> Iterator[str]:
        return (name for name in self._names if _command(name).verbs)

    def __len__(self) -> int:
        return len(list(iter(self)))


class Registry:
    """All commands by name."""

    def __init__(self, found: Mapping[str, Command]) -> None:
        self.commands = found

    def verb(self, path: str) -> Verb:
        """The verb with this path, such as "action add". Raises CommandError with the nearest one."""
        found, rest = self.find(path)
        if rest:
            raise CommandError(f"There is no “{rest}” in {found.line}.", f"/help {found.command}")
        return found

    def find(self, line: str) -> tuple[Verb, str]:
        """The verb that a line begins with, and the words after it, as they were typed."""
        name, rest = first_word(line.lstrip().removeprefix("/"))
        if name.lower() in (UMBRELLA, "@commsbot"):
            name, rest = first_word(rest)
        command = self.commands.get(name.lower().removeprefix("/").strip("?") or "help")
        if command is None or (name.endswith("?") and name[0] != "/" and _changes(command)):
            return self._without_command(line, name, rest)
        return self._verb_of(command, rest)

    def _without_command(self, line: str, name: str, rest: str) -> tuple[Verb, str]:
        """The one verb that a line fits which leaves out the command: "done A9" is "action done A9". With an
        action's number it is one that takes that. Raises CommandError where several could be meant, or none,
        and where the words may be a sentence: A4 is a size of paper too.
        """
        begun = (_begun(command, f"{name.removeprefix('/')} {rest}") for command in self.commands.values())
        found = [each for each in begun if each and fits(*each) and not only_asks(line, *each)]
        if BY_LETTER.match(rest):
            found = [each for each in found if first_type(each[0]) is NUMBERED[rest[0].lower()]]
        if rest and all(each[0].terms.reads for each in found):
            found = [each for each in found if each[0].command == FIRST] or found
        if len(found) == 1 and not may_be_a_sentence(*found[0]):
            return found[0]
        if not found and not (self.meant(name) and BY_LETTER.match(rest)):
            check_is_no_talk(f"{name} {rest}".strip())
        if is_a_sentence(line) and not found:
            raise CommandError("I do not know what to do with that. To log it:", _line(LOGS, line))
        found.sort(key=lambda each: each[0].command not in DAILY)
        meant = [verb.path for verb, _ in found][:MOST] or [self.meant(name) or _nearest(name, self.commands)]
        after = found[0][1] if found else rest
        wrong = f"I do not know “{_short(name)}”.{_or(*meant)}"
        raise CommandError(wrong, _line(meant[0], after) or "/help")

    def shortcuts(self) -> list[Verb]:
        """The verbs that can be chosen for a message, of which they take the text."""
        verbs = (verb for command in self.commands.values() for verb in command.verbs.values())
        return [verb for verb in verbs if verb.terms.shortcut]

    def meant(self, word: str) -> str:
        """The path of the verb that people mean who leave out its command: "done" is "action done"."""
        for command in self.commands.values():
            verb = command.also.get(word.lower(), word.lower())
            if verb in command.verbs and verb:
                return f"{command.name} {verb}"
        return ""

    def _verb_of(self, command: Command, rest: str) -> tuple[Verb, str]:
        one, after_one = first_word(rest)
        if one.lower() == "help" and "help" not in command.verbs and "help" in self.commands:
            return self.commands["help"].verbs[""], f"{command.name} {after_one}"
        begun = _begun(command, rest)
        if begun or "" in command.verbs:
            return begun or (command.verbs[""], rest)
        if "show" in command.verbs and BY_LETTER.fullmatch(rest.strip()):
            return command.verbs["show"], rest
        if not one and command.alone:
            return command.verbs[command.alone], ""
        if not one:
            raise CommandError(f"What shall I do? {_verbs(command)}", f"/help {command.name}")
        meant, after = command.also.get(one.lower()) or _nearest(one, command.verbs), after_one
        if _is_text_for(command, rest) and not (meant and fits(command.verbs[meant], after_one)):
            meant, after = "add", rest
        line = _line(f"{command.name} {meant}", after) if meant else f"/help {command.name}"
        raise CommandError(f"/{command.name} has no “{_short(one)}”.{_or(meant)}", line)


def _changes(command: Command) -> bool:
    """Whether the command alone changes something."""
    return "" in command.verbs and not command.verbs[""].terms.reads


def _begun(command: Command, words: str) -> tuple[Verb, str] | None:
    """The verb of a command that these words begin with, the longest first, and the words after it."""
    one, after_one = first_word(words)
    two, after_two = first_word(after_one)
    for name, after in ((f"{one} {two}".lower(), after_two), (one.lower().strip("?"), after_one)):
        if name in command.verbs and name:
            return command.verbs[name], after
    return None


def _is_text_for(command: Command, words: str) -> bool:
    """Whether words where a verb should be may be the text of what is to be added; a question is not."""
    add = command.verbs.get("add")
    takes_it = add is not None and add.takes is not None
    return takes_it and len(words.split()) > 2 and not is_question(words)


def _or(*meant: str) -> str:
    said = " or ".join(f"“{path}”" for path in meant if path)
    return f" Did you mean {said}?" if said else ""


def _line(path: str, rest: str) -> str:
    return f"/{path} {' '.join(rest.split())[:200]}".strip() if path else ""


def _verbs(command: Command) -> str:
    """What it can do, by the first word of each: “roles” for “roles add” and “roles hold” too."""
    words = dict.fromkeys(name.partition(" ")[0] for name in command.verbs)
    return f"/{command.name} can: {', '.join(words)}."


def first_word(text: str) -> tuple[str, str]:
    """The first word, and all that follows it as it was typed."""
    first, rest = [*text.strip().split(maxsplit=1), "", ""][:2]
    return first, rest


def _nearest(word: str, names: Iterable[str]) -> str:
    """The name that is most like a word, "" if none is."""
    found = get_close_matches(word.lower(), [name for name in names if name], n=1, cutoff=0.7)
    return found[0] if found else ""


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"


def discover() -> Registry:
    """The registry of this folder; a file that is put in it is a command."""
    return Registry(Folder())


@cache
def _command(name: str) -> Command:
    package = importlib.import_module(f"commands.{name}")
    verbs = {verb.name: verb for module in _files(package) for verb in _verbs_in(name, module)}
    also: dict[str, str] = getattr(package, "ALSO", {})
    purpose = (package.__doc__ or "").strip().split("\n")[0]
    return Command(name, purpose, verbs, also, getattr(package, "ALONE", ""))


def _files(package: ModuleType) -> tuple[ModuleType, ...]:
    """A command's files: itself, or those that its folder names, in the order in which help tells them."""
    return getattr(package, "FILES", (package,))


def _verbs_in(command: str, module: ModuleType) -> list[Verb]:
    functions = [
        value
        for value in vars(module).values()
        if isinstance(value, FunctionType) and hasattr(value, "terms") and value.__module__ == module.__name__
    ]
    return [Verb(command, _typed(function.__name__, command), function) for function in functions]


def _typed(function_name: str, command: str) -> str:
    """`roles_add` is typed "roles add"; a function named like its command is the command itself."""
    name = function_name.rstrip("_")
    return "" if name == command else name.replace("_", " ")
