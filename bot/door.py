"""The door: whose workspace a message comes from, and which person speaks."""

from dataclasses import dataclass, replace
from datetime import datetime

from commands.grammar.words import cleaned
from storage import addresses, partnerships, people
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
    platform, team: the workspace. user, name: who speaks. channel: where, "" in direct messages.
    line: what was typed. fields: what a form was filled with, instead of a line's words.
    is_click: a button was pressed. clicked: the platform's reference of the post that it was on, "" if that
    post was a private answer.
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


@dataclass(frozen=True)
class Caller:
    """Someone known at the door."""

    partnership: Partnership
    workspace: Workspace
    person: Person
    channel: Address | None


def let_in(db: Database, heard: Heard, now: datetime) -> Caller | None:
    """The person who speaks and the place they speak in; both are met on first use.

    None if the workspace belongs to no partnership.
    """
    with db.everywhere() as session:
        caller = _known(session, heard)
        workspace = None if caller else partnerships.workspace(session, heard.platform, heard.team)
    if caller or not workspace:
        return caller
    with db.writing(workspace.partnership_id, at=now, via=heard.platform) as session:
        meet(session, workspace, heard)
        return _known(session, heard)


def _known(session: Session, heard: Heard) -> Caller | None:
    found = addresses.at_the_door(session, heard.platform, heard.team, heard.user, heard.channel)
    if found is None or (heard.channel and found[3] is None):
        return None
    return Caller(*found)


def meet(session: Session, workspace: Workspace, heard: Heard) -> None:
    """Write down a person or a chat channel that spoke for the first time.

    The first person of a partnership is its coordinator: somebody has to be.
    """
    if people.person_known_as(session, workspace.id, heard.user) is None:
        first = not people.people(session)
        person = Person(
            name=heard.name.strip() or heard.user.lstrip("@"),
            organisation_id=workspace.organisation_id,
            permission="coordinator" if first else "member",
        )
        welcome(session, workspace, person, heard.user)
    if heard.channel:
        open_channel(session, workspace, heard.channel)


def welcome(session: Session, workspace: Workspace, person: Person, user: str) -> Person:
    """A new person, as this workspace knows them, with direct messages to be spoken to in."""
    add(session, person)
    seat(session, workspace, person, user)
    record(session, "met", f"person {person.id}")
    return person


def seat(session: Session, workspace: Workspace, person: Person, user: str) -> Address:
    """Direct messages in this workspace for a person whom it knows as this user from now on."""
    add(session, Identity(person_id=person.id, workspace_id=workspace.id, external=user))
    address = Address(
        workspace_id=workspace.id, kind="person", external=user, name=person.name, person_id=person.id
    )
    open_slot(session, add(session, address), partnerships.the_partnership(session).tz)
    return address


def open_channel(session: Session, workspace: Workspace, external: str) -> Address:
    """A chat channel by its id; one that is new is met, and is the shared one if it is the first."""
    found = addresses.address_known_as(session, workspace.id, "channel", external)
    if found is not None:
        return found
    first = not any(a.kind == "channel" for a in addresses.addresses(session))
    channel = Address(
        workspace_id=workspace.id,
        kind="channel",
        external=external,
        name=external.lstrip("#"),
        is_shared=first,
    )
    open_slot(session, add(session, channel), partnerships.the_partnership(session).tz)
    record(session, "met", f"channel {channel.id}")
    return channel
