"""Roles and teams: named seats, and who holds, leads or deputises in them over time."""

from datetime import datetime

from sqlmodel import Field, UniqueConstraint, select

from storage.asking import rows
from storage.db import Session, add, change
from storage.row import Owned


class Role(Owned, table=True):
    """A named seat, such as Head of Communications: it has a holder and a deputy, who change."""

    __table_args__ = (UniqueConstraint("partnership_id", "name"),)
    name: str
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id")


class Team(Owned, table=True):
    """A named group with a lead and a deputy; without an organisation it spans several."""

    __table_args__ = (UniqueConstraint("partnership_id", "name"),)
    name: str
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id")


Seat = Role | Team


class Tenure(Owned, table=True):
    """Who sat in a seat, as what, from which instant until which (None: still does)."""

    role_id: int | None = Field(default=None, foreign_key="role.id", index=True)
    team_id: int | None = Field(default=None, foreign_key="team.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    place: str  # "holder" of a role, "lead" of a team, "deputy" of either
    starts: datetime
    ends: datetime | None = None

    def is_on(self, moment: datetime) -> bool:
        return self.starts <= moment and (self.ends is None or moment < self.ends)


def roles(session: Session) -> list[Role]:
    return rows(session, Role, "name")


def teams(session: Session) -> list[Team]:
    return rows(session, Team, "name")


def tenures(session: Session) -> list[Tenure]:
    return rows(session, Tenure, "starts")


def first_place(seat: Seat) -> str:
    return "holder" if isinstance(seat, Role) else "lead"


def seat_someone(session: Session, seat: Seat, place: str, person_id: int) -> None:
    """From now on the place is this person's; whoever had it has had it until now."""
    if [tenure.person_id for tenure in places_of(session, seat, place) if tenure.ends is None] == [person_id]:
        return
    vacate(session, seat, place)
    role_id = seat.id if isinstance(seat, Role) else None
    team_id = seat.id if isinstance(seat, Team) else None
    add(
        session,
        Tenure(role_id=role_id, team_id=team_id, person_id=person_id, place=place, starts=session.at),
    )


def vacate(session: Session, seat: Seat, place: str) -> None:
    """From now on nobody has the place."""
    for tenure in places_of(session, seat, place):
        if tenure.ends is None:
            change(session, tenure, ends=session.at)


def places_of(session: Session, seat: Seat, place: str) -> list[Tenure]:
    column = Tenure.role_id if isinstance(seat, Role) else Tenure.team_id
    return list(session.exec(select(Tenure).where(column == seat.id, Tenure.place == place)))
