"""Help: what can be done, with examples that work when pasted."""

import re
from collections.abc import Callable
from typing import Annotated

from commands.base import CommandError, Request, Says, verb
from commands.registry import Command, Registry, Verb
from messages.compose import compose
from messages.post import Post
from storage.actions import Action, actions
from storage.finding import Wanted, find_loops
from storage.holds import holds
from storage.loops import loop_by_id
from storage.objectives import objectives
from storage.offers import waiting_offers
from storage.people import Person
from storage.wordings import approved_among, waiting_wordings


@verb("/help", "/help action", "/help action add", reads=True, needs="viewer", opens_form=False)
def help_(
    request: Request,
    what: Annotated[
        str,
        Says(
            "Which command",
            "action",
            leading=("with", "on", "for"),
            likely=lambda request: _all(request.commands),
        ),
    ] = "",
) -> list[Post]:
    """Show what can be done, or how one command is used."""
    registry: Registry = request.commands
    words = what.lower().lstrip("/").split()
    if not words:
        return [Post(compose("help/all", commands=list(registry.commands.values())))]
    command = registry.commands.get(words[0])
    if command is None:
        words = registry.meant(words[0]).split()
        command = registry.commands.get(words[0]) if words else None
    if command is None:
        raise CommandError(f"There is no command “{what[:40]}”.", "/help")
    name = " ".join(words[1:])
    if name in command.verbs and (name or len(command.verbs) == 1):
        return [_one(command.verbs[name], request)]
    return [_several(command, request)]


def _all(registry: Registry) -> list[str]:
    """Every command, then each with its verbs, as they are typed."""
    verbs = (verb for command in registry.commands.values() for verb in command.verbs.values() if verb.name)
    return [*registry.commands, *(verb.path for verb in verbs)]


def _one(verb: Verb, request: Request) -> Post:
    parts = [
        {
            "name": part.name if part.is_named else "",
            "label": part.says.label,
            "hint": part.says.hint,
            "example": part.says.example,
            "is_required": part.is_required,
        }
        for part in verb.parts
    ]
    filled = _filled(verb, request)
    works = [line for line, lacking in filled if not lacking]
    first = [] if works else [FIRST[place] for place in filled[0][1]]
    lines = works or [line for line, _ in filled]
    return Post(compose("help/verb", verb=verb, parts=parts, examples=lines, first=first))


def _several(command: Command, request: Request) -> Post:
    verbs = [
        {
            "line": verb.line,
            "purpose": verb.purpose,
            "example": next(iter(examples(verb, request)), verb.line),
        }
        for verb in command.verbs.values()
    ]
    return Post(compose("help/command", command=command, verbs=verbs))


FIRST = {
    "action": ("an action", "/action add Refresh the newsletter"),
    "ongoing": ("an action that is ongoing", "/action add Share patient stories ongoing"),
    "done": ("an action that is done or dropped", "/help action done"),
    "offered": ("an action that was offered to your organisation", "/help action hand"),
    "loop": ("something that people said", "/yousaid add The waiting room is too cold"),
    "other_loop": ("something else that people said", "/yousaid add It is cold in the waiting room"),
    "decided": ("a loop that is decided and not told", "/help yousaid did"),
    "told": ("a loop that is told", "/help yousaid told"),
    "waiting": ("words that wait for your approval", "/help yousaid words"),
    "approved": ("words that were approved", "/help yousaid approve"),
    "objective": ("an objective", "/objective add Close the feedback loop"),
    "role": ("a role", "/partner roles add Comms Lead"),
    "team": ("a team", "/partner teams add Winter Campaign Team"),
    "organisation": ("an organisation", "/partner organisations add County Council"),
    "colleague": ("another person", "/partner people add Robin Vale"),
    "hold": ("a hold", "/hold add election from 1 April to 7 May"),
    "channel": ("a chat channel that I was invited to", ""),
}
"""What an example may need that a new plan has not got, and the line with which it comes there."""


def examples(verb: Verb, request: Request, words: str = "") -> list[str]:
    """A verb's examples, with numbers and names that this partnership has; those that need what it has not
    got are left out. words: what was typed, of which an action's number is kept.
    """
    return [line for line, lacking in _filled(verb, request, words) if not lacking]


def _filled(verb: Verb, request: Request, words: str = "") -> list[tuple[str, tuple[str, ...]]]:
    """A verb's examples, each with what the partnership has not got of what it needs."""
    typed = re.match(r"[aAlL]\d{1,6}\b", words.strip(), flags=re.ASCII)
    number, found = typed.group().upper() if typed else "", []
    for example in verb.terms.examples:
        known = _Known(request, number)
        found.append((example.format_map(known), tuple(known.lacking)))
    return found


NUMBERED = ("action", "ongoing", "done", "offered", "loop", "decided", "told", "waiting", "approved")
STAND_INS = (
    dict.fromkeys(NUMBERED[:4], "A1")
    | dict.fromkeys(NUMBERED[4:], "L1")
    | {
        "other_loop": "L2",
        "objective": "1",
        "role": "Comms Lead",
        "team": "Winter Campaign Team",
        "organisation": "County Council",
        "colleague": "@Robin.Vale",
        "hold": "H1",
        "channel": "#comms",
    }
)
"""What is shown where the partnership has none: what the lines of FIRST bring."""


class _Known(dict[str, str]):
    """What the places in an example stand for, looked up when an example has that place."""

    def __init__(self, request: Request, number: str) -> None:
        super().__init__(dict.fromkeys(NUMBERED, number) if number else {})
        self._request = request
        self.lacking: list[str] = []

    def __missing__(self, place: str) -> str:
        found = getattr(self, f"_{place}")()
        if not found:
            self.lacking.append(place)
        return str(found or STAND_INS[place])

    def _action(self) -> str:
        return self._open(lambda action: action.kind != "ongoing") or self._open(lambda _action: True)

    def _ongoing(self) -> str:
        return self._open(lambda action: action.kind == "ongoing")

    def _done(self) -> str:
        return next((action.ref for action in actions(self._request.session, "done", "dropped")), "")

    def _offered(self) -> str:
        offered = {offer.action_id for offer in waiting_offers(self._request.session)}
        return self._open(lambda action: action.id in offered)

    def _open(self, fits: Callable[[Action], bool]) -> str:
        chosen = [action for action in actions(self._request.session, "open") if fits(action)]
        mine = [action for action in chosen if action.giver_id == self._request.person.id] or chosen
        return mine[0].ref if mine else ""

    def _loop(self) -> str:
        return self._loops("unasked", "undecided")

    def _other_loop(self) -> str:
        return self._loops("unasked", "undecided", nth=1)

    def _decided(self) -> str:
        return self._loops("untold")

    def _told(self) -> str:
        return self._loops("closed")

    def _waiting(self) -> str:
        me = self._request.person
        waiting = waiting_wordings(self._request.session)
        loop_id = next((wording.loop_id for wording in waiting if wording.may_be_approved_by(me)), None)
        return loop_by_id(self._request.session, loop_id).ref if loop_id else ""

    def _approved(self) -> str:
        found = find_loops(self._request.session, Wanted(("untold", "closed")), 1, 50, is_newest_first=True)[
            1
        ]
        words = approved_among(self._request.session, [loop.id for loop in found])
        return next((loop.ref for loop in found if loop.id in words), "")

    def _loops(self, *states: str, nth: int = 0) -> str:
        found = find_loops(self._request.session, Wanted(states), 1, nth + 1, is_newest_first=False)[1]
        return found[nth].ref if len(found) > nth else ""

    def _person(self) -> str:
        return self._colleague() or _mention(self._request.person)

    def _colleague(self) -> str:
        people = self._request.directory.people.values()
        return next((_mention(p) for p in people if p != self._request.person and p.is_active), "")

    def _role(self) -> str:
        return next((role.name for role in self._request.directory.roles.values()), "")

    def _team(self) -> str:
        return next((team.name for team in self._request.directory.teams.values()), "")

    def _organisation(self) -> str:
        return next((o.label for o in self._request.directory.organisations.values()), "")

    def _objective(self) -> str:
        return next((str(objective.number) for objective in objectives(self._request.session)), "")

    def _hold(self) -> str:
        today = self._request.today
        return next((h.ref for h in holds(self._request.session) if not h.is_over(today)), "")

    def _channel(self) -> str:
        found = (a.label for a in self._request.directory.addresses.values() if a.kind == "channel")
        return next(found, "")


def _mention(person: Person) -> str:
    return f"@{person.name.replace(' ', '.')}"
