"""Holds: times in which nothing may go out, what goes out all the same, and what was stopped."""

from datetime import date, datetime
from functools import cache
from typing import Any, ClassVar

from sqlmodel import Field, UniqueConstraint, bindparam, col, or_, select

from storage.asking import first, rows
from storage.db import Session, add
from storage.row import Owned

INCIDENT = "incident"
"""The kind that silences what is said on schedule, too (DESIGN §3)."""


class Hold(Owned, table=True):
    """From a day to another, both included; no end means until it is lifted.

    kind: "election", "embargo", "incident" or "mourning". organisation_id: None for everybody.
    lifted_at: an instant, because an incident is over at one; who lifted it and why, with it.
    """

    __table_args__ = (UniqueConstraint("partnership_id", "number"),)
    number: int
    kind: str
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id")
    starts: date
    ends: date | None = None
    why: str = ""
    by: int = Field(foreign_key="person.id")
    noted_at: datetime
    lifted_at: datetime | None = None
    lifted_by: int | None = Field(default=None, foreign_key="person.id")
    lifted_why: str = ""

    @property
    def ref(self) -> str:
        return f"H{self.number}"

    def is_on(self, day: date) -> bool:
        """Whether it holds things up on a day, as it stands now."""
        return self.starts <= day and not self.is_over(day)

    def is_over(self, day: date) -> bool:
        return self.lifted_at is not None or (self.ends is not None and self.ends < day)


class HoldOverride(Owned, table=True):
    """One thing, such as L12, that goes out although a hold is on: who let it, and why."""

    __table_args__ = (UniqueConstraint("hold_id", "about"),)
    hold_id: int = Field(foreign_key="hold.id")
    about: str
    by: int = Field(foreign_key="person.id")
    why: str
    on: date


class HeldThing(Owned, table=True):
    """What somebody wanted to do with a thing while it was held: "draft", "export". Noted once."""

    __table_args__ = (UniqueConstraint("hold_id", "about", "what"),)
    kept_out_of_history: ClassVar[bool] = True
    hold_id: int = Field(foreign_key="hold.id")
    about: str
    what: str
    by: int | None = Field(default=None, foreign_key="person.id")
    on: date


def hold_numbered(session: Session, number: int) -> Hold | None:
    return first(session, Hold, number=number)


def holds(session: Session) -> list[Hold]:
    return rows(session, Hold, "number")


def holds_on(session: Session, day: date, *organisation_ids: int | None) -> list[Hold]:
    """What holds these organisations' things up on a day, and everybody's; oldest first."""
    asked = {"day": day, "whose": list(organisation_ids)}
    return list(session.exec(_on(), params=asked))


@cache
def _on() -> Any:
    whose = col(Hold.organisation_id)
    theirs = or_(whose.is_(None), whose.in_(bindparam("whose", expanding=True)))
    ends = or_(col(Hold.ends).is_(None), col(Hold.ends) >= bindparam("day"))
    query = select(Hold).where(theirs, col(Hold.lifted_at).is_(None), ends)
    return query.where(Hold.starts <= bindparam("day")).order_by(col(Hold.number))


def incidents(session: Session) -> list[Hold]:
    """The incidents that nobody has lifted; each may have come to its last day."""
    return list(session.exec(_incidents()))


@cache
def _incidents() -> Any:
    mine = Hold.kind == INCIDENT, col(Hold.lifted_at).is_(None)
    return select(Hold).where(*mine).order_by(col(Hold.number))


def overrides(session: Session, hold: Hold) -> list[HoldOverride]:
    return rows(session, HoldOverride, "id", hold_id=hold.id)


def override_of(session: Session, hold: Hold, about: str) -> HoldOverride | None:
    return first(session, HoldOverride, hold_id=hold.id, about=about)


def is_overridden(session: Session, hold: Hold, about: str) -> bool:
    return override_of(session, hold, about) is not None


def note_held(session: Session, hold: Hold, about: str, what: str, on: date) -> None:
    """Note that a thing was stopped, so that it is offered again when the hold ends; once for each thing."""
    if first(session, HeldThing, hold_id=hold.id, about=about, what=what) is None:
        add(session, HeldThing(hold_id=hold.id, about=about, what=what, by=session.by, on=on))


def held_things(session: Session, hold: Hold) -> list[HeldThing]:
    return rows(session, HeldThing, "id", hold_id=hold.id)
