"""Kinds: how the text of a part becomes a date, an action, a person, and what a form offers for it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from zoneinfo import ZoneInfo

from commands.base import CommandError, Request
from commands.grammar import choices, feedback, weekdays
from commands.grammar.choices import Choice, Choices
from commands.grammar.feedback import Web
from commands.grammar.numbers import missing, no_number, numeral
from commands.grammar.owners import LISTS, Owners, find_owner, read_owners, spoken, unknown
from commands.grammar.rhythms import rhythm, rhythms
from commands.grammar.spans import Span as Span
from commands.grammar.spans import read_span
from commands.grammar.weekdays import Weekdays as Weekdays
from commands.grammar.when import NotADate, read_when
from commands.grammar.when_past import Past
from commands.grammar.when_words import MONTH_NAMES, WEEKDAY_NAMES
from commands.grammar.words import COURTESY, TOKEN, number_in, repaired
from messages.form import Kind as FieldKind
from storage.actions import Action, action_numbered
from storage.addresses import Address, address_mentioned
from storage.holds import Hold, hold_numbered
from storage.loops import Level, Loop
from storage.objectives import Objective, objective_numbered
from storage.organisations import Organisation
from storage.people import Person
from storage.seats import Role, Team
from storage.sources import Rhythm, Source
from storage.when import When
from storage.working_time import ENGLAND, Calendar


@dataclass(frozen=True)
class Kind:
    """One kind of part.

    read: the text as typed, and who asks -> the value; raises CommandError.
    words: how many words it takes when something follows it; 0 means as many as there are.
    choices: all that it can be, where that can be listed. phrases: what people often write, where it cannot.
    """

    read: Callable[[str, Request], Any]
    field: FieldKind = "text"
    words: int = 0
    choices: Choices | None = None
    phrases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Filled:
    """Rows of a form, as they were given: each row's key and its fields; or typed lines, each "KEY what is
    said" in field "". A key may be there twice.
    """

    rows: tuple[tuple[str, dict[str, str]], ...]
    is_typed: bool = False


def when(text: str, request: Request) -> When:
    """By when. Words that introduce a date are read over."""
    words = re.sub(r"^(until|till|to|from|for)\b:?\s*", "", repaired(text).strip(), flags=re.IGNORECASE)
    year_starts, calendar = request.partnership.year_starts, _calendar(words, request)
    try:
        return read_when(words, request.today, year_starts=year_starts, calendar=calendar)
    except NotADate as error:
        raise CommandError(str(error), instead=error.instead) from error


def _calendar(text: str, request: Request) -> Calendar:
    """What counts the working days of a text: only a text with some is worth asking for."""
    is_asked = "working" in text.lower() or "business" in text.lower()
    return request.directory.calendar(request.person.organisation_id) if is_asked else ENGLAND


def day(text: str, request: Request) -> date:
    """One day; of a longer time its first."""
    found = when(text, request)
    if found.starts is None:
        raise CommandError(f"“{text}” is no day.", "12 June")
    return found.starts if found.kind != "day" or found.ends is None else found.ends


def span(text: str, request: Request) -> Span:
    """From one day to another, such as "3 to 10 June", or a single day, month or week."""
    year_starts, calendar = request.partnership.year_starts, _calendar(text, request)
    try:
        return read_span(text, request.today, year_starts=year_starts, calendar=calendar)
    except NotADate as error:
        raise CommandError(str(error), instead=error.instead) from error


def hour(text: str, _request: Request) -> time:
    """A time of day: 9, 9am, 9.30, 14:15, noon."""
    plain = repaired(text).strip().lower()
    found = re.fullmatch(r"(?:at )?(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?", {"noon": "12"}.get(plain, plain))
    if found:
        hours = int(found[1]) % 12 + (12 if found[3] == "pm" else 0) if found[3] else int(found[1])
        if hours < 24 and int(found[2] or 0) < 60:
            return time(hours, int(found[2] or 0))
    raise CommandError(f"I cannot read “{text}” as a time of day.", "09:30")


def number(text: str, _request: Request) -> int:
    found = number_in(text)
    if found is None:
        raise CommandError(f"“{_short(text)}” is no number.", "3")
    return found


def filled(text: str, _request: Request) -> Filled:
    """One row a line, the key first: "A3 running"."""
    lines = [[*line.split(maxsplit=1), ""] for line in text.splitlines() if line.strip()]
    return Filled(tuple((key, {"": said.strip()}) for key, said, *_ in lines), is_typed=True)


def action(text: str, request: Request) -> Action:
    """An action by its number, A12 or 12."""
    found = numeral(text, "A")
    if found is None:
        raise no_number(text, "A", "action", "/action list")
    action = action_numbered(request.session, found)
    if action is None:
        raise missing(request, f"A{found}", "/action list all")
    return action


def objective(text: str, request: Request) -> Objective:
    """An objective by its number, 2 or O2, or by a word of its title that only it has."""
    plain = repaired(text).strip()
    found = re.fullmatch(r"(?:objective\s*|[oO#])?(\d{1,9})", plain, flags=re.ASCII | re.IGNORECASE)
    objective = objective_numbered(request.session, int(found[1])) if found else None
    if objective is None:
        raise CommandError(f"There is no objective “{_short(text)}”.", "/objective list")
    return objective


def hold(text: str, request: Request) -> Hold:
    """A hold by its number, H3 or 3."""
    found = numeral(text, "H")
    hold = None if found is None else hold_numbered(request.session, found)
    if hold is None:
        raise CommandError(f"There is no hold “{_short(text)}”.", "/hold list")
    return hold


class Ref(str):
    """The number of a thing of any kind, such as L12."""

    __slots__ = ()


def ref(text: str, _request: Request) -> Ref:
    found = re.fullmatch(r"([a-gi-zA-GI-Z])\s?(\d{1,9})[.:,!]*", repaired(text).strip(), flags=re.ASCII)
    if not found:
        raise CommandError(f"“{_short(text)}” is no number of a thing: they look like L12.", "/hold list")
    return Ref(f"{found[1].upper()}{int(found[2])}")


def owner_of(kind: type, noun: str) -> Callable[[str, Request], Any]:
    """A reader for one person, role, team or organisation, and for nothing else."""

    def read(text: str, request: Request) -> Any:
        found = find_owner(text, request) or find_owner(COURTESY.sub("", text), request)
        if found is None:
            raise unknown(text.strip(), request, kind if kind is Organisation else None)
        if not isinstance(found, kind):
            raise CommandError(f"“{_short(text)}” is no {noun}.", f"/partner {LISTS[kind]}")
        return found

    return read


def channel(text: str, request: Request) -> Address:
    """A chat channel by its name, or a person's direct messages; "here" for the channel asked in."""
    name = repaired(text).strip()
    if name.lower() in ("here", "this channel") and request.channel:
        return request.channel
    token = TOKEN.fullmatch(name)
    mentioned = address_mentioned(request.session, *token.groups()[1:]) if token else None
    if mentioned is not None:
        return mentioned
    everywhere = sorted(request.directory.addresses.values(), key=lambda a: _is_elsewhere(a, request))
    found = [a for a in everywhere if a.kind == "channel" and a.name.lower() == name.lstrip("#").lower()]
    if not found and not name.startswith("#"):
        person = find_owner(name, request)
        found = [a for a in everywhere if isinstance(person, Person) and a.person_id == person.id]
    if not found:
        raise CommandError(
            f"I am in no chat channel “{_short(text)}”, and no person is called so.", "/schedule list"
        )
    return found[0]


def _is_elsewhere(address: Address, request: Request) -> bool:
    """Whether it is a chat channel of another workspace: of two with one name, the near one is meant."""
    return address.kind == "channel" and address.workspace_id != request.workspace_id


def zone(text: str, _request: Request) -> ZoneInfo:
    name = text.strip().replace(" ", "_")
    found = choices.zones().get(name.lower())
    if found is None:
        raise CommandError(f"I know no time zone “{_short(text)}”.", "/partner zone Europe/London")
    return ZoneInfo(found)


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"


def text(text: str, request: Request) -> str:
    return spoken(text, request.session)


DAYS = ("today", "tomorrow", "friday", "next friday", "in 2 weeks", "end of the month", "end of next month")
LONGER = ("end of the quarter", "ongoing", "ongoing, review monthly", "next month", "year end")
NAMED = (*WEEKDAY_NAMES, *(f"end of {month}" for month in MONTH_NAMES), *MONTH_NAMES, "Christmas", "Easter")
SPANS = ("today", "tomorrow", "next week", "this week", "for 2 weeks", "next Monday to Friday", "next month")
OVER = ("today", "yesterday", "last Friday", "last week", "last month", "last quarter")
HOURS = ("09:00", "09:30", "08:30", "10:00", "noon", "14:00", "16:00")

KINDS: dict[Any, Kind] = {
    str: Kind(text),
    int: Kind(number, "number", words=1),
    When: Kind(when, "when", phrases=DAYS + LONGER + NAMED),
    date: Kind(day, "when", phrases=DAYS + NAMED),
    time: Kind(hour, phrases=HOURS),
    Span: Kind(span, phrases=SPANS),
    Weekdays: Kind(weekdays.weekdays, phrases=weekdays.EXAMPLES),
    ZoneInfo: Kind(zone, choices=choices.zone_choices),
    Filled: Kind(filled),
    Action: Kind(action, words=1),
    Loop: Kind(feedback.loop, words=1),
    Source: Kind(feedback.source, "choice", choices=feedback.source_choices),
    Rhythm: Kind(rhythm, "choice", choices=rhythms),
    Level: Kind(feedback.level, "choice", choices=feedback.levels),
    Past: Kind(feedback.past, phrases=OVER),
    Web: Kind(feedback.web, words=1),
    Objective: Kind(objective, "choice", words=1, choices=choices.aims),
    Hold: Kind(hold, "choice", words=1, choices=choices.holds),
    Ref: Kind(ref, words=1),
    Owners: Kind(read_owners, choices=choices.owners),
    Person: Kind(owner_of(Person, "person"), "choice", choices=choices.people),
    Role: Kind(owner_of(Role, "role"), "choice", choices=choices.roles),
    Team: Kind(owner_of(Team, "team"), "choice", choices=choices.teams),
    Organisation: Kind(owner_of(Organisation, "organisation"), "choice", choices=choices.organisations),
    Address: Kind(channel, choices=choices.places),
}


def choice(options: tuple[str, ...]) -> Kind:
    """One of a few words; the beginning of one is enough."""

    def read(text: str, _request: Request) -> str:
        word = repaired(text).strip().lower()
        found = [option for option in options if word and option.lower().startswith(word)]
        if word in options:
            return word
        if len(found) != 1:
            none = (
                f"neither {' nor '.join(options)}" if len(options) == 2 else f"none of {', '.join(options)}"
            )
            raise CommandError(f"“{_short(text)}” is {none}.", options[0])
        return found[0]

    offered = [Choice(option, option, option) for option in options]
    return Kind(read, "choice", words=1, choices=lambda _request: offered)
