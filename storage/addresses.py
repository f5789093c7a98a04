"""Addresses: where a post goes: a person's direct messages, a chat channel, an e-mail."""

from functools import cache
from typing import Any

from sqlalchemy.orm import aliased
from sqlmodel import Field, UniqueConstraint, and_, bindparam, col, select

from storage.asking import by_id, first, rows
from storage.db import Session
from storage.partnerships import Partnership, Workspace
from storage.people import Identity, Person
from storage.row import Owned


class Address(Owned, table=True):
    """`kind` is "person", "channel" or "email"; `external` is the platform's own id of the place.

    A chat channel may be an organisation's own, a team's own, or the one that the whole partnership shares.
    """

    __table_args__ = (UniqueConstraint("workspace_id", "kind", "external"),)
    workspace_id: int = Field(foreign_key="workspace.id")
    kind: str
    external: str
    name: str
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id")
    team_id: int | None = Field(default=None, foreign_key="team.id")
    is_shared: bool = False

    @property
    def label(self) -> str:
        return f"#{self.name}" if self.kind == "channel" else f"@{self.name}"


def address_by_id(session: Session, address_id: int) -> Address:
    return by_id(session, Address, address_id)


def addresses(session: Session) -> list[Address]:
    return rows(session, Address, "id")


def address_of(session: Session, person_id: int) -> Address | None:
    """A person's direct messages: the oldest, however many workspaces know the person."""
    return first(session, Address, "id", person_id=person_id)


def address_known_as(session: Session, workspace_id: int, kind: str, external: str) -> Address | None:
    return first(session, Address, workspace_id=workspace_id, kind=kind, external=external)


def address_mentioned(session: Session, platform: str, team: str, channel: str) -> Address | None:
    """The chat channel that a workspace of this partnership knows by this id."""
    query = (
        select(Address)
        .join(Workspace, col(Workspace.id) == Address.workspace_id)
        .where(Workspace.platform == platform, Workspace.external == team)
        .where(Address.kind == "channel", Address.external == channel)
    )
    return session.exec(query).first()


def at_the_door(
    session: Session, platform: str, team: str, user: str, channel: str, home: str
) -> tuple[Partnership, Workspace, Person, Address | None] | None:
    """Who speaks and where, in one question, asked of everywhere: every request begins with it.

    home: the workspace that the user belongs to; another one of the same partnership will do.
    """
    asked = {"platform": platform, "team": team, "user": user, "channel": channel, "home": home}
    found = session.exec(_door(), params=asked).first()
    return None if found is None else (found[0], found[1], found[2], found[3])


def standing(session: Session, person_id: int, place_id: int) -> tuple[Person, Address, Address] | None:
    """A person with their direct messages, and a place, in one question: every request of a page begins
    with it.
    """
    found = session.exec(_standing(), params={"person": person_id, "place": place_id}).first()
    return None if found is None else (found[0], found[1], found[2])


@cache
def _standing() -> Any:
    """Built once, for building it takes longer than asking it."""
    mine = aliased(Address)
    return (
        select(Person, mine, Address)
        .join(mine, col(mine.person_id) == Person.id)
        .join(Address, col(Address.id) == bindparam("place"))
        .where(Person.id == bindparam("person"))
        .order_by(col(mine.id))
    )


@cache
def _door() -> Any:
    """Built once, for building it takes longer than asking it."""
    is_channel = and_(
        Address.workspace_id == Workspace.id,
        Address.kind == "channel",
        Address.external == bindparam("channel"),
    )
    home = aliased(Workspace)
    return (
        select(Partnership, Workspace, Person, Address)
        .join(Workspace, col(Workspace.partnership_id) == Partnership.id)
        .join(home, col(home.partnership_id) == Partnership.id)
        .join(Identity, col(Identity.workspace_id) == home.id)
        .join(Person, col(Person.id) == Identity.person_id)
        .join(Address, is_channel, isouter=True)
        .where(
            Workspace.platform == bindparam("platform"),
            Workspace.external == bindparam("team"),
            home.platform == bindparam("platform"),
            home.external == bindparam("home"),
            Identity.external == bindparam("user"),
        )
    )
