"""Faults: parts that could not speak, since when, and under which reference the log knows why."""

from datetime import datetime
from typing import ClassVar

from sqlmodel import Field, UniqueConstraint, col, select

from storage.asking import rows
from storage.db import Session
from storage.row import Owned

TELL_AFTER = 3
"""The coordinators are told after so many failures of one part for one address."""


class Fault(Owned, table=True):
    """A part that raised for an address. `since`: when it had last spoken, so that nothing is left out."""

    __table_args__ = (UniqueConstraint("slot_id", "part"),)
    kept_out_of_history: ClassVar[bool] = True
    slot_id: int = Field(foreign_key="slot.id", index=True)
    part: str
    since: datetime
    since_event: int = 0
    at: datetime
    failures: int = 1
    reference: str


def faults_of(session: Session, slot_id: int) -> dict[str, Fault]:
    return {fault.part: fault for fault in rows(session, Fault, slot_id=slot_id)}


def faults(session: Session) -> list[Fault]:
    return list(session.exec(select(Fault).order_by(col(Fault.at).desc())))
