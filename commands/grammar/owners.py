"""Owners: names as people type them, and whom or what in the partnership they mean."""

import re
from collections import defaultdict
from dataclasses import dataclass
from difflib import get_close_matches

from commands.base import CommandError, Request
from commands.grammar.when import NotADate, read_when
from commands.grammar.words import COURTESY, MENTION, TOKEN, repaired
from storage.addresses import address_mentioned
from storage.db import Session
from storage.directory import Directory, OwnerThing
from storage.organisations import Organisation
from storage.people import Person, person_mentioned
from storage.seats import Role, Team


@dataclass(frozen=True)
class Named:
    """One owner: what was written, and what it means."""

    text: str
    thing: OwnerThing


@dataclass(frozen=True)
class Owners:
    """Several owners in the order in which they were named."""

    named: tuple[Named, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.named)

    @property
    def things(self) -> list[OwnerThing]:
        return [named.thing for named in self.named]


NOBODY = Owners()
NONE_OF_THEM = ("nobody", "no one", "none", "-")
ME = ("me", "myself", "i")
LONGEST_NAME = 16
"""Words in the longest name that is looked for."""

NEAR, SURELY = 0.55, 0.8
"""How near a name has to be, of 1, to be named, and so that a line is offered with it."""
NEAR_IN_ONE_WORD = 0.75
"""The same for a name of one word: the shorter it is, the more there is that looks like it."""

LISTS: dict[type, str] = {Person: "people", Role: "roles", Team: "teams", Organisation: "organisations"}
"""The verb of /partner that lists each."""

_CAPITAL = r"[^\W\d_a-z][\w'’.-]*"
_LIKE_A_NAME = re.compile(rf"{_CAPITAL}(?: (?:{_CAPITAL}|of|and|for|the|de|van)){{0,5}}")
_BY = re.compile(r"(?:due|by|until|till)\b:?\s+(?=\S)", re.IGNORECASE)
_WORD = re.compile(r"[,;/&\n]|[^\s,;/&]+")
_BETWEEN = {",", ";", "/", "&", "\n", "and"}


def read_owners(text: str, request: Request) -> Owners:
    """Owners from a list of mentions, people, roles, teams and organisations.

    A name may contain "and": from the left, the longest known name wins. "nobody" is an empty list. A
    "please" or "thanks" after a name is none.
    Raises CommandError for a name that nobody has, or that several have.
    """
    if key_of(text) in NONE_OF_THEM:
        return NOBODY
    words = list(_WORD.finditer(repaired(text)))
    named: list[Named] = []
    since: int | None = None
    while words:
        if words[0].group().lower() in _BETWEEN:
            words, since = words[1:], None
            continue
        since = words[0].start() if since is None else since
        thing, length = _longest_known(text, words, since, request)
        name = text[words[0].start() : words[length - 1].end()]
        if not any(known.thing == thing for known in named):
            named.append(Named(name, thing))
        if COURTESY.fullmatch(text, words[length - 1].end()):
            break
        is_whole = key_of(name) == key_of(thing.name)
        words, since = words[length:], None if is_whole else since
    return Owners(tuple(named))


def _longest_known(
    text: str, words: list[re.Match[str]], since: int, request: Request
) -> tuple[OwnerThing, int]:
    """The thing whose name stands first, and of how many words that is. since: where the words begin that no
    comma parts from it: "Sam Okaffor" is nearly a name, of which "Sam" alone is one too.
    """
    for length in range(min(len(words), LONGEST_NAME), 0, -1):
        thing = find_owner(text[words[0].start() : words[length - 1].end()], request)
        if thing is not None:
            return thing, length
    until = next((i for i, word in enumerate(words) if word.group().lower() in _BETWEEN), len(words))
    alone, whole = (text[start : words[until - 1].end()] for start in (words[0].start(), since))
    raise unknown(whole if get_close_matches(key_of(whole), _known(request), 1, SURELY) else alone, request)


def find_owner(text: str, request: Request) -> OwnerThing | None:
    """The one thing with this name, None if there is none. Raises CommandError if several have it."""
    name = text.strip()
    if name.startswith("<@"):
        return mentioned(name, request)
    if key_of(name) in ME:
        return request.person
    found = _known(request).get(key_of(name), [])
    if len(found) > 1:
        raise CommandError(f"“{name}” could be {_choice(found)}. Which one? Write the full name.")
    return found[0] if found else None


def mentioned(token: str, request: Request) -> Person | None:
    """The person behind a platform's own mention, `<@platform:team:user>`, if this partnership has them."""
    found = TOKEN.fullmatch(token)
    return person_mentioned(request.session, found[2], found[3], found[4]) if found else None


def spoken(text: str, session: Session) -> str:
    """A text in which people and chat channels that were mentioned stand by their names."""

    def name(token: re.Match[str]) -> str:
        if token[1] == "#":
            channel = address_mentioned(session, *token.groups()[1:])
            return channel.label if channel else "#channel"
        person = person_mentioned(session, *token.groups()[1:])
        return f"@{person.name}" if person else "@someone"

    return TOKEN.sub(name, text) if "<" in text else text


def _known(request: Request) -> dict[str, list[OwnerThing]]:
    """Everything that can own, by every way to write its name; looked up once in a request."""
    if not request.known_names:
        request.known_names.update(_index(request.directory))
    return request.known_names


def _index(directory: Directory) -> dict[str, list[OwnerThing]]:
    """A thing's own names come before what else a seat is called, and both before first names."""
    people = [person for person in directory.people.values() if person.is_active]
    seats: list[Role | Team] = [*directory.roles.values(), *directory.teams.values()]
    things: list[OwnerThing] = [*people, *seats, *directory.organisations.values()]
    own = [(key_of(name), thing) for thing in things for name in _own_names(thing)]
    other = [(key, seat) for seat in seats for key in _other_keys(seat, directory.organisation_of(seat))]
    first = [(key_of(person.name).split(" ")[0], person) for person in people]
    known: dict[str, list[OwnerThing]] = {}
    for names in (own, other, first):
        called: dict[str, list[OwnerThing]] = defaultdict(list)
        for key, thing in dict.fromkeys(names):
            called[key].append(thing)
        known = {**called, **known}
    return known


def _own_names(thing: OwnerThing) -> list[str]:
    """A mention has no hyphens and dots of its own: "@Anna-Marie.Lee" is Anna-Marie Lee too."""
    if isinstance(thing, Person):
        return [thing.name, f"@{thing.name}"]
    return [thing.name, thing.label] if isinstance(thing, Organisation) else [thing.name]


def _other_keys(seat: Role | Team, home: Organisation | None) -> list[str]:
    """A seat's name with its organisation's name before it, and without."""
    if home is None:
        return []
    key, prefixes = key_of(seat.name), [key_of(home.label), key_of(home.name)]
    return [f"{p} {key}" for p in prefixes] + [key.removeprefix(f"{p} ") for p in prefixes]


def key_of(name: str) -> str:
    """A name without what people leave out or write in several ways."""
    plain = repaired(name).lower().lstrip("@").replace("&", " and ")
    if name.strip().startswith("@"):
        plain = re.sub(r"[._-]", " ", plain)
    plain = re.sub(r"\bcomms\b", "communications", re.sub(r"\s+", " ", plain))
    return plain.strip(" .").removeprefix("the ")


def _choice(things: list[OwnerThing]) -> str:
    kinds = {Person: "a person", Role: "a role", Team: "a team", Organisation: "an organisation"}
    return " or ".join(f"{thing.name} ({kinds[type(thing)]})" for thing in things)


def unknown(name: str, request: Request, kind: type[OwnerThing] | None = None) -> CommandError:
    """The error for a name that nobody has: the nearest ones, and how a new one comes in. kind: of what it
    should have been the name.
    """
    name = spoken(name, request.session)
    date = _BY.match(name)
    if date is not None:
        return _no_date(name[date.end() :], request)
    short = name.strip() if len(name) <= 60 else name.strip()[:59] + "…"
    known = {
        key: things[0].name
        for key, things in _known(request).items()
        if isinstance(things[0], kind or object)
    }
    near, surely = _near(key_of(short), known)
    said = f"Nobody and nothing here is called “{short}”."
    if near:
        instead = (short, surely) if surely else None
        return CommandError(f"{said} Did you mean {' or '.join(near)}?", instead=instead)
    is_coordinator = request.person.may("coordinator")
    if (kind is Organisation and not is_coordinator) or not _LIKE_A_NAME.fullmatch(short):
        return CommandError(f"{said} Who there is:", f"/partner {LISTS[kind or Person]}")
    added = LISTS[kind] if kind else "people" if is_coordinator else "roles"
    way = (
        "An organisation can be added first, for example:"
        if kind is Organisation
        else "Whoever is in this chat can be mentioned with @; "
        "others, roles and teams are added first, such as:"
    )
    return CommandError(f"{said} {way}", f"/partner {added} add {short}")


def _near(key: str, known: dict[str, str]) -> tuple[list[str], str]:
    """The names that are like this one, the likeliest first, and the one that is surely meant: it is hardly
    another, or the only one that these words are a part of. known: each key's name.
    """
    longer = [name for name in dict.fromkeys(known.values()) if f" {key} " in f" {key_of(name)} "]
    surely = [known[alike] for alike in get_close_matches(key, known, 1, SURELY)] or longer
    alike = get_close_matches(key, [other for other in known if " " in other], 3, NEAR)
    alike += get_close_matches(key, [other for other in known if " " not in other], 3, NEAR_IN_ONE_WORD)
    near = list(dict.fromkeys([*surely, *longer, *(known[other] for other in alike)]))
    return near[:3], surely[0] if len(surely) == 1 else ""


def _no_date(text: str, request: Request) -> CommandError:
    """The error for what follows "by" among names: more likely a date than a name."""
    try:
        read_when(text, request.today)
    except NotADate as error:
        return CommandError(str(error), instead=error.instead)
    return CommandError(f"“{text}” is a date: write it last, or after “due:”.")


def find_mentions(text: str, request: Request) -> list[tuple[int, int, Person]]:
    """Every mention of a known person in a text: where it begins and ends, and who it is."""
    found: list[tuple[int, int, Person]] = []
    for mark in MENTION.finditer(text):
        name = mark.group().rstrip(".")
        thing = find_owner(name, request)
        if isinstance(thing, Person):
            found.append((mark.start(), mark.start() + len(name), thing))
    return found
