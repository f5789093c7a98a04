"""Owners: names as people type them, and whom or what in the partnership they mean."""

import re
from dataclasses import dataclass
from difflib import get_close_matches

from commands.base import CommandError, Request
from commands.grammar.words import MENTION, repaired
from storage.directory import OwnerThing
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


NOBODY = Owners()

_BETWEEN = re.compile(r"\s*(?:[,;/\n]|\s&\s|\s+and\s+)\s*", re.IGNORECASE)


def read_owners(text: str, request: Request) -> Owners:
    """Owners from a list of mentions, people, roles, teams and organisations.

    A name may contain "and" or a comma: the longest known name wins. Raises CommandError for a name
    that nobody has, or that several have.
    """
    pieces = _pieces(text)
    named: list[Named] = []
    while pieces:
        taken = _longest_known(pieces, request)
        if not any(known.thing == taken[0].thing for known in named):
            named.append(taken[0])
        pieces = pieces[taken[1] :]
    return Owners(tuple(named))


def _pieces(text: str) -> list[tuple[str, str]]:
    """The words between separators, each with the separator that follows it."""
    pieces, start = [], 0
    for between in _BETWEEN.finditer(repaired(text)):
        pieces.append((text[start : between.start()], text[between.start() : between.end()]))
        start = between.end()
    pieces.append((text[start:], ""))
    return [piece for piece in pieces if piece[0].strip()]


def _longest_known(pieces: list[tuple[str, str]], request: Request) -> tuple[Named, int]:
    for length in range(min(len(pieces), 6), 0, -1):
        text = "".join(a + b for a, b in pieces[: length - 1]) + pieces[length - 1][0]
        thing = find_owner(text, request)
        if thing is not None:
            return Named(text.strip(), thing), length
    raise unknown(pieces[0][0].strip(), request)


def find_owner(text: str, request: Request) -> OwnerThing | None:
    """The one thing with this name, None if there is none. Raises CommandError if several have it."""
    name = text.strip()
    if name.startswith("<@"):
        return mentioned(name, request)
    if key_of(name) in ("me", "myself", "i"):
        return request.person
    found = _named(key_of(name), request)
    if len(found) > 1:
        raise CommandError(f"“{name}” could be {_choice(found)}. Which one? Write the full name.")
    return found[0] if found else None


def mentioned(token: str, request: Request) -> Person | None:
    """The person behind a platform's own mention, `<@platform:team:user>`, if this partnership has them."""
    platform, _, rest = token.strip("<@>").partition(":")
    team, _, user = rest.partition(":")
    return person_mentioned(request.session, platform, team, user)


def _named(key: str, request: Request) -> list[OwnerThing]:
    directory = request.directory
    things: list[OwnerThing] = [
        *(person for person in directory.people.values() if person.is_active),
        *directory.roles.values(),
        *directory.teams.values(),
        *directory.organisations.values(),
    ]
    exact = [thing for thing in things if key in _keys(thing)]
    first_names: list[OwnerThing] = [
        t for t in things if isinstance(t, Person) and key == key_of(t.name).split(" ")[0]
    ]
    return exact or first_names


def _keys(thing: OwnerThing) -> set[str]:
    if isinstance(thing, Organisation):
        return {key_of(thing.name), key_of(thing.label)}
    return {key_of(thing.name)}


def key_of(name: str) -> str:
    """A name without what people leave out or write in several ways."""
    plain = repaired(name).lower().lstrip("@").replace("&", " and ")
    if name.startswith("@"):
        plain = re.sub(r"[._-]", " ", plain)
    return re.sub(r"\s+", " ", plain).strip(" .").removeprefix("the ")


def _choice(things: list[OwnerThing]) -> str:
    kinds = {Person: "person", Role: "role", Team: "team", Organisation: "organisation"}
    return " or ".join(
        f"{thing.name} (a {kinds[type(thing)]})".replace("a org", "an org") for thing in things
    )


def unknown(name: str, request: Request) -> CommandError:
    """The error for a name that nobody has: the nearest ones, and how a new one comes in."""
    short = name if len(name) <= 60 else name[:59] + "…"
    directory = request.directory
    known = {
        key_of(thing.name): thing.name
        for group in (directory.people, directory.roles, directory.teams, directory.organisations)
        for thing in group.values()
    }
    near = [known[key] for key in get_close_matches(key_of(name)[:80], known, n=2, cutoff=0.55)]
    said = f"Nobody and nothing here is called “{short}”."
    if near:
        said += f" Did you mean {' or '.join(near)}?"
    return CommandError(f"{said} A role or team can be added first:", f"/partner roles add {short}")


def find_mentions(text: str, request: Request) -> list[tuple[int, int, Person]]:
    """Every mention of a known person in a text: where it begins and ends, and who it is."""
    found: list[tuple[int, int, Person]] = []
    for mark in MENTION.finditer(text):
        start, end = mark.span()
        thing = find_owner(text[start:end].rstrip("."), request)
        if isinstance(thing, Person):
            found.append((start, end - (mark.group()[-1] == "."), thing))
    return found
