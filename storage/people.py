"""People: who they are, where they work, when they work, and what they may do."""

from datetime import date, datetime

from sqlmodel import Field, UniqueConstraint, case, col, select

from storage.asking import by_id, first, rows
from storage.db import Session
from storage.partnerships import Workspace
from storage.row import Owned

PERMISSIONS = ("viewer", "member", "approver", "coordinator")
"""From least to most; each may do what those before it may."""


class Person(Owned, table=True):
    """Someone in an organisation. `weekdays` are digits, 0 for Monday; "" means Monday to Friday."""

    name: str
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id")
    permission: str = "member"
    weekdays: str = ""
    left_at: datetime | None = None

    @property
    def is_active(self) -> bool:
        return self.left_at is None

    def is_here(self, moment: datetime | None) -> bool:
        """Whether this person had not left at a moment, or has not by now."""
        return self.left_at is None or (moment is not None and moment < self.left_at)

    def may(self, permission: str) -> bool:
        return PERMISSIONS.index(self.permission) >= PERMISSIONS.index(permission)

    def may_approve_for(self, organisation_id: int | None) -> bool:
        """Whether this person is an approver of an organisation's public words (DESIGN §8)."""
        return self.is_active and self.may("approver") and self.organisation_id == organisation_id

    @property
    def working_weekdays(self) -> frozenset[int]:
        return frozenset(int(digit) for digit in self.weekdays or "01234")


class Identity(Owned, table=True):
    """A person as one workspace knows them: by which name, in which time zone, and whether as a guest."""

    __table_args__ = (UniqueConstraint("workspace_id", "external"),)
    person_id: int = Field(foreign_key="person.id", index=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    external: str
    name: str = ""
    zone: str = ""
    is_guest: bool = False


class Leave(Owned, table=True):
    """Days on which a person is away, both ends included, and who covers, if anyone does.

    noted_at: when it was noted; what was said before that, was said.
    """

    person_id: int = Field(foreign_key="person.id", index=True)
    starts: date
    ends: date
    cover_id: int | None = Field(default=None, foreign_key="person.id")
    noted_at: datetime


def people(session: Session) -> list[Person]:
    return rows(session, Person, "name")


def first_of(people: list[Person]) -> Person | None:
    """Who comes first of those who are here: the coordinator, or whoever, that was there first."""
    here = [person for person in people if person.is_active]
    return min(here, key=lambda person: (not person.may("coordinator"), person.id), default=None)


def leaves(session: Session) -> list[Leave]:
    return rows(session, Leave, "starts")


def person_known_as(session: Session, workspace_id: int, external: str) -> Person | None:
    query = (
        select(Person)
        .join(Identity, Identity.person_id == Person.id)  # type: ignore[arg-type]
        .where(Identity.workspace_id == workspace_id, Identity.external == external)
    )
    return session.exec(query).first()


def person_by_id(session: Session, person_id: int) -> Person:
    return by_id(session, Person, person_id)


def identities(session: Session) -> list[Identity]:
    return rows(session, Identity)


def identity(session: Session, workspace_id: int, external: str) -> Identity | None:
    return first(session, Identity, workspace_id=workspace_id, external=external)


def identity_of(session: Session, workspace_id: int, person_id: int) -> Identity | None:
    return first(session, Identity, workspace_id=workspace_id, person_id=person_id)


def users_in(session: Session, workspace_id: int) -> dict[int, str]:
    """By which user a workspace knows each person whom it knows."""
    query = select(Identity.person_id, Identity.external).where(Identity.workspace_id == workspace_id)
    return dict(session.exec(query).all())


def person_mentioned(session: Session, platform: str, team: str, user: str) -> Person | None:
    """The person whom a workspace of this partnership knows as this user; where that one does not, another:
    in a shared channel people of several are mentioned.
    """
    query = (
        select(Person)
        .join(Identity, Identity.person_id == Person.id)  # type: ignore[arg-type]
        .join(Workspace, Workspace.id == Identity.workspace_id)  # type: ignore[arg-type]
        .where(Workspace.platform == platform, Identity.external == user)
        .order_by(case((col(Workspace.external) == team, 0), else_=1))
    )
    return session.exec(query).first()


def people_called(session: Session, name: str) -> list[Person]:
    return rows(session, Person, name=name)
