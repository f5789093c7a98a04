"""Organisations: the members of a partnership, their bank holidays and closure days."""

from datetime import date

from sqlmodel import Field, UniqueConstraint, select

from storage.db import Session
from storage.row import Owned

DIVISIONS = {"ENG": "England", "SCT": "Scotland", "WLS": "Wales", "NIR": "Northern Ireland"}


class Organisation(Owned, table=True):
    """A trust, a council, a charity. `short` is its everyday name; `division` "" means the partnership's."""

    __table_args__ = (UniqueConstraint("partnership_id", "name"),)
    name: str
    short: str = ""
    division: str = ""

    @property
    def label(self) -> str:
        return self.short or self.name


class Closure(Owned, table=True):
    """Days on which an organisation is shut, both ends included; without one, the whole partnership."""

    organisation_id: int | None = Field(default=None, foreign_key="organisation.id")
    starts: date
    ends: date
    name: str = ""


def organisations(session: Session) -> list[Organisation]:
    return list(session.exec(select(Organisation).order_by(Organisation.name)))


def closures(session: Session) -> list[Closure]:
    return list(session.exec(select(Closure).order_by(Closure.starts)))  # type: ignore[arg-type]
