"""The door: whose workspace a message comes from, and which person speaks."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import NoReturn

from commands.base import CommandError
from commands.grammar.words import cleaned
from storage import addresses, partnerships, people, seen
from storage.addresses import Address
from storage.db import Database, Session, add
from storage.events import record
from storage.partnerships import Partnership, Workspace
from storage.people import Identity, Person
from storage.slots import open_slot


@dataclass(frozen=True)
class Heard:
    """What a platform heard.

    key: names this very request, so that a second delivery of it is known.
    platform, team: the workspace. user, name: who speaks; home: the workspace that they belong to, "" for
    this one. channel: where, "" in direct messages. thread: the message in whose thread, "" for none.
    line: what was typed. fields: what a form was filled with, instead of a line's words.
    is_click: a button was pressed. clicked: the platform's reference of the post that it was on, "" if that
    post was a private answer. clicked_key: the key that was kept with that post. is_open: all who are there
    see the answer. shown_at: since when what was pressed or sent has been there to be seen, if that is known.
    is_shown: the platform goes on showing what was typed, so that only whoever typed it can take it away.
    """

    key: str
    platform: str
    team: str
    user: str
    name: str
    line: str
    channel: str = ""
    fields: dict[str, str] | None = None
    is_click: bool = False
    clicked: str = ""
    home: str = ""
    thread: str = ""
    clicked_key: str = ""
    is_open: bool = False
    shown_at: datetime | None = None
    is_shown: bool = False

    def cleaned(self) -> "Heard":
        """The same in characters that can be stored, wherever a person typed something."""
        fields = self.fields and {cleaned(name): cleaned(text) for name, text in self.fields.items()}
        user, name, channel = cleaned(self.user), cleaned(self.name), cleaned(self.channel)
        return replace(self, user=user, name=name, channel=channel, line=cleaned(self.line), fields=fields)

    @property
    def typed(self) -> str:
        """All that was typed or filled in, to be given back with an error."""
        filled = [f"{name}: {text}" for name, text in (self.fields or {}).items() if text.strip()]
        return "\n".join([self.line, *filled])

    @property
    def filled_key(self) -> str:
        """Names this very request with these very words, for a form can be sent again with others."""
        words = sha256(json.dumps(self.fields, sort_keys=True).encode()).hexdigest()[:16]
        return f"filled {words} {self.key}"


@dataclass(frozen=True)
class Introduction:
    """What a platform knows of somebody who is not known here yet, and of the chat channel they speak in.

    name: "" where it cannot be told. zone: such as "Europe/London". home: the workspace that they belong to,
    "" where it is the one that the platform has told already. is_between: people of workspaces that have no
    part in the partnership may read along in the channel.
    """

    name: str = ""
    zone: str = ""
    is_guest: bool = False
    channel: str = ""
    home: str = ""
    is_between: bool = False


NOBODY = Introduction()
Introduce = Callable[[Heard], Introduction]


def by_name(heard: Heard) -> Introduction:
    """Where a platform tells no more than it has told already."""
    return Introduction(heard.name.strip() or heard.user.lstrip("@"), channel=heard.channel.lstrip("#"))


class Stranger(CommandError):
    """Someone from a workspace that has no part in the plan of the one where they speak."""


@dataclass(frozen=True)
class Caller:
    """Someone known at the door."""

    partnership: Partnership
    workspace: Workspace
    person: Person
    channel: Address | None


def let_in(db: Database, heard: Heard, now: datetime, introduce: Introduce = by_name) -> Caller | None:
    """The person who speaks and the place they speak in; both are met on first use.

    None if the workspace belongs to no partnership. Raises Stranger for someone of a workspace that has no
    part in this partnership; that is recorded.
    """
    with db.everywhere() as session:
        caller = _known(session, heard)
        workspace = None if caller else partnerships.workspace(session, heard.platform, heard.team)
        home = workspace
        if heard.home and not caller:
            home = partnerships.workspace(session, heard.platform, heard.home)
    if caller or not workspace:
        return caller
    if home is None or home.partnership_id != workspace.partnership_id:
        _refuse(db, heard, workspace, now)
    introduction = introduce(heard)
    if introduction.home not in ("", heard.home or heard.team):
        return let_in(db, replace(heard, home=introduction.home), now, introduce)
    with db.writing(workspace.partnership_id, at=now, via=heard.platform) as session:
        meet(session, home, heard.user, introduction)
        if heard.channel:
            between = introduction.is_between
            open_channel(session, workspace, heard.channel, introduction.channel, is_between=between)
        return _known(session, heard)


def _known(session: Session, heard: Heard) -> Caller | None:
    home = heard.home or heard.team
    found = addresses.at_the_door(session, heard.platform, heard.team, heard.user, heard.channel, home)
    if found is None or (heard.channel and found[3] is None):
        return None
    return Caller(*found)


def _refuse(db: Database, heard: Heard, workspace: Workspace, now: datetime) -> NoReturn:
    key = f"refused {heard.key}"
    with db.writing(workspace.partnership_id, at=now, via=f"{heard.platform} {heard.key}") as session:
        if seen.answer_to(session, key) is None:
            record(session, "refused", f"user {heard.home}:{heard.user}", note=heard.line.partition(" ")[0])
            seen.remember(session, key, "[]")
    raise Stranger(
        "This plan belongs to organisations that your workspace is not one of, so nothing was done. Ask one"
        " of them to do it for you, or to invite your workspace: a coordinator there types /partner invite."
    )


def meet(session: Session, workspace: Workspace, user: str, who: Introduction) -> Person:
    """The person whom a workspace knows as this user; one of whom it is the first is written down.

    The first person of a partnership who is no guest is its coordinator: somebody has to be.
    """
    known = people.person_known_as(session, workspace.id, user)
    if known is not None:
        return known
    name = cleaned(who.name).strip() or user
    person = None if who.is_guest else _written_down(session, workspace, name)
    if person is not None:
        seat(session, workspace, person, user, who)
        record(session, "met", f"person {person.id}")
        return person
    nobody_yet = not any(known.may("coordinator") for known in people.people(session))
    permission = "coordinator" if nobody_yet and not who.is_guest else "member"
    person = Person(name=name, organisation_id=workspace.organisation_id, permission=permission)
    return welcome(session, workspace, person, user, who)


def _written_down(session: Session, workspace: Workspace, name: str) -> Person | None:
    """Someone of the workspace's organisation whom no chat knew so far, and who is no more than a member."""
    reachable = {identity.person_id for identity in people.identities(session)}
    found = [
        person
        for person in people.people_called(session, name)
        if person.is_active
        and person.id not in reachable
        and person.organisation_id == workspace.organisation_id
        and not person.may("approver")
    ]
    return found[0] if len(found) == 1 else None


def welcome(
    session: Session, workspace: Workspace, person: Person, user: str, who: Introduction = NOBODY
) -> Person:
    """A new person, as this workspace knows them, with direct messages to be spoken to in."""
    add(session, person)
    seat(session, workspace, person, user, who)
    record(session, "met", f"person {person.id}")
    return person


def seat(
    session: Session, workspace: Workspace, person: Person, user: str, who: Introduction = NOBODY
) -> Address:
    """Direct messages in this workspace for a person whom it knows as this user from now on."""
    add(
        session,
        Identity(
            person_id=person.id,
            workspace_id=workspace.id,
            external=user,
            name=cleaned(who.name),
            zone=who.zone,
            is_guest=who.is_guest,
        ),
    )
    address = Address(
        workspace_id=workspace.id, kind="person", external=user, name=person.name, person_id=person.id
    )
    open_slot(session, add(session, address), partnerships.the_partnership(session).tz)
    return address


def open_channel(
    session: Session, workspace: Workspace, external: str, name: str = "", *, is_between: bool = False
) -> Address:
    """A chat channel by its id; one that is new is met, and is everyone's if it is the first in which only
    people of this workspace are.
    """
    found = addresses.address_known_as(session, workspace.id, "channel", external)
    if found is not None:
        return found
    first = not is_between and not any(a.is_shared for a in addresses.addresses(session))
    channel = Address(
        workspace_id=workspace.id,
        kind="channel",
        external=external,
        name=cleaned(name) or external.lstrip("#"),
        is_shared=first,
    )
    open_slot(session, add(session, channel), partnerships.the_partnership(session).tz)
    record(session, "met", f"channel {channel.id}")
    return channel
