"""Choices: what a part can be chosen from, and how its value is said to people."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from commands.base import CommandError, Request
from commands.grammar.owners import ME, Owners, key_of, read_owners
from commands.grammar.spans import Span
from commands.grammar.weekdays import Weekdays
from commands.grammar.when_past import Past
from jobs.holds import for_whom, noun
from messages import words
from storage.actions import Action
from storage.addresses import Address
from storage.directory import OwnerThing
from storage.holds import Hold
from storage.holds import holds as all_holds
from storage.loops import Level, Loop
from storage.objectives import Objective, objectives
from storage.organisations import Organisation
from storage.people import Person
from storage.seats import Role, Team, first_place
from storage.sources import Rhythm, Source
from storage.when import When

LONGEST_LABEL = 60


@dataclass(frozen=True)
class Choice:
    """One value that can be chosen.

    text: what is typed for it. value: what it means. label: what is shown. hint: what it is.
    also: what else it is found by.
    """

    text: str
    value: Any
    label: str
    hint: str = ""
    also: str = ""

    def rank(self, key: str) -> int | None:
        """How well the choice fits a beginning, made a key: 0 is best, None is not at all."""
        label = key_of(self.label)
        if key and key in self.also.lower().split():
            return 0
        if label.startswith(key):
            return 1
        return 2 if f" {key}" in f" {label} {self.also.lower()}" else None


def fitting(choices: Iterable[Choice], typed: str) -> list[Choice]:
    """The choices of which any word begins as typed; those that begin so themselves come first."""
    key = key_of(typed)
    ranked = [(rank, choice) for choice in choices if (rank := choice.rank(key)) is not None]
    return [choice for _, choice in sorted(ranked, key=lambda pair: pair[0])]


# --- owners -----------------------------------------------------------------------------------------


def people(request: Request) -> list[Choice]:
    return _named(request, request.directory.people.values())


def roles(request: Request) -> list[Choice]:
    return _named(request, request.directory.roles.values())


def teams(request: Request) -> list[Choice]:
    return _named(request, request.directory.teams.values())


def organisations(request: Request) -> list[Choice]:
    return _named(request, request.directory.organisations.values())


def owners(request: Request) -> list[Choice]:
    """All that can own an action."""
    directory = request.directory
    seats: list[Role | Team] = [*directory.roles.values(), *directory.teams.values()]
    return _named(request, [*directory.people.values(), *seats, *directory.organisations.values()])


def _named(request: Request, things: Iterable[OwnerThing]) -> list[Choice]:
    """These by their names: oneself first, then one's own organisation's. Who has left cannot be chosen,
    nor what its name does not lead to, because something else is called so too.
    """
    near = sorted(things, key=lambda thing: _distance(request, thing))
    return [_owner(request, thing) for thing in near if _is_called(request, thing.name, thing)]


def _distance(request: Request, thing: OwnerThing) -> int:
    if isinstance(thing, Person) and thing.id == request.person.id:
        return 0
    home = request.directory.organisation_of(thing)
    return 1 if home and home.id == request.person.organisation_id else 2


def _is_called(request: Request, text: str, thing: OwnerThing) -> bool:
    try:
        return read_owners(text, request).things == [thing]
    except CommandError:
        return False


def _owner(request: Request, thing: OwnerThing) -> Choice:
    also = thing.short if isinstance(thing, Organisation) else ""
    if isinstance(thing, Person) and thing.id == request.person.id:
        also = " ".join(ME)
    return Choice(thing.name, thing, thing.name, _what(request, thing), also=also)


def _what(request: Request, thing: OwnerThing) -> str:
    match thing:
        case Person():
            home = request.directory.organisation_of(thing)
            return "you" if thing.id == request.person.id else home.name if home else ""
        case Organisation():
            return f"an organisation, {thing.short} for short" if thing.short else "an organisation"
    sitter = request.directory.sitting(thing, first_place(thing))
    noun, verb = ("role", "held") if isinstance(thing, Role) else ("team", "led")
    return f"a {noun}, {verb} by {sitter.name if sitter else 'nobody'}"


def mentions(request: Request) -> list[Choice]:
    """People as a text mentions them: "@Sam.Okafor"."""
    found = [(choice, "@" + choice.text.replace(" ", ".")) for choice in people(request)]
    return [
        Choice(text, choice.value, choice.label, choice.hint)
        for choice, text in found
        if _is_called(request, text, choice.value)
    ]


# --- objectives, holds, chat channels, time zones ----------------------------------------------------------


def aims(request: Request) -> list[Choice]:
    return [Choice(str(o.number), o, _said_objective(o, request)) for o in objectives(request.session)]


def holds(request: Request) -> list[Choice]:
    """The holds that are on or to come, and those that are over, latest first."""
    found = sorted(all_holds(request.session), key=lambda hold: (hold.is_over(request.today), -hold.number))
    return [Choice(hold.ref, hold, said(hold, request)) for hold in found]


def places(request: Request) -> list[Choice]:
    """Chat channels, the one asked in first, then the direct messages of people who are here."""
    latest_first = list(reversed(request.directory.addresses.values()))
    near_last = sorted(latest_first, key=lambda a: a.workspace_id == request.workspace_id)
    near = {a.name.lower(): a for a in near_last if a.kind == "channel"}
    direct = {a.person_id: a for a in latest_first if a.kind == "person"}
    channels = sorted(near.values(), key=lambda a: a.id)
    channels.sort(key=lambda a: a != request.channel)
    chats = [(choice, direct.get(choice.value.id)) for choice in people(request)]
    return [
        *(Choice(a.label, a, a.label, "a chat channel", a.name) for a in channels),
        *(Choice(choice.text, a, choice.label, "direct messages") for choice, a in chats if a),
    ]


@cache
def zones() -> dict[str, str]:
    """Every time zone by its name in small letters."""
    return {name.lower(): name for name in sorted(available_timezones())}


def zone_choices(_request: Request) -> list[Choice]:
    found = sorted(zones().values(), key=lambda name: not name.startswith("Europe/London"))
    return [Choice(name, name, name, also=name.replace("/", " ").replace("_", " ")) for name in found]


# --- how a value is said ----------------------------------------------------------------------------


def said(value: Any, request: Request) -> str:
    """A value in words that show how it was understood; "" for what is only words or a number."""
    match value:
        case When():
            return words.when(value, request.today)
        case Span():
            return words.date_span(value.starts, value.ends, request.today)
        case date():
            return words.day(value, request.today)
        case time():
            return words.clock(value)
        case Owners():
            return ", ".join(said(thing, request) for thing in value.things) or "nobody"
        case Role() | Team():
            sitter = request.directory.sitting(value, first_place(value))
            return f"{value.name} ({sitter.name if sitter else 'nobody just now'})"
        case Person() | Organisation():
            return value.name
        case Action():
            return f"{value.ref} {words.short(value.title, LONGEST_LABEL)}"
        case Objective():
            return _said_objective(value, request)
        case Hold():
            return f"{value.ref} {noun(value)} for {for_whom(request.directory, value)}"
        case Address():
            return value.label
        case Loop():
            return f"{value.ref} {words.short(value.words, LONGEST_LABEL)}"
        case Source():
            return value.name
        case Past():
            return value.label or words.day(value.ends, request.today)
        case ZoneInfo():
            return value.key
        case Weekdays() | Level() | Rhythm():
            return str(value)
    return ""


def _said_objective(objective: Objective, _request: Request) -> str:
    return f"{objective.number}: {words.short(objective.title, LONGEST_LABEL)}"


Choices = Callable[[Request], list[Choice]]
