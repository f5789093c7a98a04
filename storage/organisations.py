"""Organisations: the members of a partnership, their bank holidays and closure days."""

from datetime import date

from sqlmodel import Field, UniqueConstraint

from storage.asking import rows
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
    return rows(session, Organisation, "name")


def closures(session: Session) -> list[Closure]:
    return rows(session, Closure, "starts")
