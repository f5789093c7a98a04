"""Help: what can be done, with examples that work when pasted."""

import re
from typing import Annotated

from commands.base import CommandError, Request, Says, verb
from commands.registry import Command, Registry, Verb
from messages.compose import compose
from messages.post import Post
from storage.actions import Action, actions
from storage.objectives import objectives
from storage.offers import waiting_offers


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
    return Post(compose("help/verb", verb=verb, parts=parts, examples=examples(verb, request)))


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


def examples(verb: Verb, request: Request, words: str = "") -> list[str]:
    """A verb's examples, with numbers and names that this partnership has; words: what was typed, of which
    an action's number is kept.
    """
    typed = re.match(r"[aA]\d{1,6}\b", words.strip(), flags=re.ASCII)
    known = _Known(request, typed.group().upper() if typed else "")
    return [example.format_map(known) for example in verb.terms.examples]


class _Known(dict[str, str]):
    """What the places in an example stand for, looked up when an example has that place."""

    def __init__(self, request: Request, action: str) -> None:
        super().__init__(dict.fromkeys(("action", "ongoing", "offered", "done"), action) if action else {})
        self._request = request

    def __missing__(self, place: str) -> str:
        return str(getattr(self, f"_{place}")())

    def _action(self) -> str:
        return self._open(lambda action: action.kind != "ongoing")

    def _ongoing(self) -> str:
        return self._open(lambda action: action.kind == "ongoing")

    def _done(self) -> str:
        return next((action.ref for action in actions(self._request.session, "done", "dropped")), "A1")

    def _offered(self) -> str:
        offers = waiting_offers(self._request.session)
        found = [
            a.ref for a in actions(self._request.session, "open") if any(o.action_id == a.id for o in offers)
        ]
        return (found or ["A1"])[0]

    def _open(self, fits: object) -> str:
        found = actions(self._request.session, "open")
        chosen: list[Action] = [action for action in found if fits(action)] or found  # type: ignore[operator]
        mine = [action for action in chosen if action.giver_id == self._request.person.id] or chosen
        return mine[0].ref if mine else "A1"

    def _person(self) -> str:
        others = [
            p for p in self._request.directory.people.values() if p != self._request.person and p.is_active
        ]
        return f"@{(others or [self._request.person])[0].name.replace(' ', '.')}"

    def _role(self) -> str:
        return next((role.name for role in self._request.directory.roles.values()), "me")

    def _team(self) -> str:
        return next((team.name for team in self._request.directory.teams.values()), "me")

    def _organisation(self) -> str:
        return next((o.label for o in self._request.directory.organisations.values()), "County Council")

    def _objective(self) -> str:
        return next((str(objective.number) for objective in objectives(self._request.session)), "1")

    def _channel(self) -> str:
        found = (a.label for a in self._request.directory.addresses.values() if a.kind == "channel")
        return next(found, "#comms")
