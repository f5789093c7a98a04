"""Slots and notices: when each address is spoken to next, and what is due at an exact time."""

from datetime import datetime, time, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy
from sqlalchemy import Integer
from sqlmodel import Field, Index, UniqueConstraint, bindparam, col, delete, func, or_, select, update

from storage.addresses import Address
from storage.asking import rows
from storage.db import Session, add, as_utc, change, straight
from storage.row import Owned
from storage.statements import table_of
from storage.working_time import next_occurrence

USUAL_HOUR = time(9)


class Slot(Owned, table=True):
    """An address's daily time to be spoken to.

    next_at: the next instant, every calendar day; whether that day is a working day is asked then.
    last_at: the last instant at which it was this address's turn on a working day.
    last_event: the last event of the partnership at that turn; times would leave out what was saved late.
    weekdays: digits, 0 for Monday; "" means the address's working days.
    parts: names with commas; "" means all.
    """

    __table_args__ = (Index("ix_slot_due", "next_at"),)
    address_id: int = Field(foreign_key="address.id", unique=True)
    hour: time = USUAL_HOUR
    weekdays: str = ""
    parts: str = ""
    is_paused: bool = False
    next_at: datetime
    last_at: datetime
    last_event: int = 0

    def wants(self, part: str) -> bool:
        return not self.parts or part in self.parts.split(",")

    def wants_weekday(self, weekday: int) -> bool:
        return not self.weekdays or str(weekday) in self.weekdays


class Notice(Owned, table=True):
    """A post for an exact time, such as a joining link; after `until` it is worth nothing and is dropped."""

    __table_args__ = (UniqueConstraint("partnership_id", "key"), Index("ix_notice_due", "at"))
    key: str
    address_id: int = Field(foreign_key="address.id")
    at: datetime
    until: datetime
    message: str
    why: str = ""


def open_slot(session: Session, address: Address, zone: ZoneInfo) -> Slot:
    """A new address is spoken to from its next nine o'clock; what was due before today is not said."""
    midnight = session.at.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    yesterday = as_utc(midnight) - timedelta(seconds=1)
    next_at = next_occurrence(session.at, USUAL_HOUR, zone)
    return add(session, Slot(address_id=address.id, next_at=next_at, last_at=yesterday))


def slot_of(session: Session, address_id: int) -> Slot | None:
    """An address's slot, as it stands now."""
    found: Slot | None = session.exec(_afresh(), params={"address": address_id}).first()
    return found


@cache
def _afresh() -> Any:
    query = select(Slot).where(Slot.address_id == bindparam("address"))
    return query.execution_options(populate_existing=True)


def slots(session: Session) -> list[Slot]:
    return rows(session, Slot, "next_at")


def due_slots(session: Session, now: datetime, most: int = 500) -> list[Slot]:
    """Whose turn it is, in all partnerships, longest waiting first."""
    return list(session.exec(_due(), params={"now": now, "most": most}))


def due_notices(session: Session, now: datetime, most: int = 500) -> list[Notice]:
    return list(session.exec(_due_notices(), params={"now": now, "most": most}))


@cache
def _due() -> Any:
    """Built once, for building it takes longer than asking it; so are those below."""
    query = select(Slot).where(Slot.next_at <= bindparam("now"))
    return query.order_by(col(Slot.next_at), col(Slot.id)).limit(bindparam("most", type_=Integer))


@cache
def _due_notices() -> Any:
    query = select(Notice).where(Notice.at <= bindparam("now"))
    return query.order_by(col(Notice.at)).limit(bindparam("most", type_=Integer))


def claim(session: Session, slot: Slot, next_at: datetime) -> bool:
    """Take this slot's turn; False if another process had it first."""
    values = {"slot": slot.id, "due": slot.next_at, "next": next_at}
    return bool(straight(session, Slot, _claim(), **values).rowcount)


@cache
def _claim() -> Any:
    slots = table_of(Slot)
    mine = slots.c.id == bindparam("slot"), slots.c.next_at == bindparam("due")
    return update(slots).where(*mine).values(next_at=bindparam("next"))


def spoken(session: Session, address: Address, now: datetime, last_event: int) -> None:
    """Note that an address has had its turn on a working day, and how far in the events it has heard. Whoever
    is known in several workspaces has had it in all of them, should another have to be spoken to next.
    """
    straight(session, Slot, _heard(), now=now, event=last_event, **_whose(address))


def unspoken(session: Session, address: Address, at: datetime, since: datetime, since_event: int) -> None:
    """Note that nothing of what was said at a turn has arrived, so that the next one says it; since then
    the address had heard nothing.
    """
    statement = _heard().where(table_of(Slot).c.last_at == bindparam("at"))
    straight(session, Slot, statement, now=since, event=since_event, at=at, **_whose(address))


def _whose(address: Address) -> dict[str, object]:
    return {"address": address.id, "person": address.person_id}


@cache
def _heard() -> Any:
    slots, addresses = table_of(Slot), table_of(Address)
    alike = or_(addresses.c.id == bindparam("address"), addresses.c.person_id == bindparam("person"))
    own = addresses.c.partnership_id == bindparam("mine")
    mine = slots.c.address_id.in_(sqlalchemy.select(addresses.c.id).where(own, alike))
    return update(slots).where(mine).values(last_at=bindparam("now"), last_event=bindparam("event"))


def take_notice(session: Session, notice: Notice) -> bool:
    """Take a notice off the list; False if another process had it first."""
    statement = delete(Notice).where(col(Notice.id) == notice.id)
    done = session.execute(statement.execution_options(synchronize_session=False))
    return done.rowcount == 1  # type: ignore[attr-defined,no-any-return]


def next_due(session: Session, after: datetime) -> datetime | None:
    """The first instant after this one at which a slot or a notice is due."""
    dues = [session.exec(query, params={"after": after}).one() for query in _next_dues()]
    return min((due for due in dues if due is not None), default=None)


def reset_hour(session: Session, slot: Slot, hour: time, zone: ZoneInfo) -> None:
    """Move a slot to another hour. Today's turn, once had, is not had again; one not had yet is had at once
    if the new hour is past.
    """
    today, last_day = (moment.astimezone(zone).date() for moment in (session.at, slot.last_at))
    is_due_today = slot.next_at.astimezone(zone).date() == today
    next_at = next_occurrence(session.at, hour, zone)
    if next_at.astimezone(zone).date() <= last_day:
        next_at = next_occurrence(next_at, hour, zone)
    elif last_day < today < next_at.astimezone(zone).date() and is_due_today:
        next_at = session.at
    change(session, slot, hour=hour, next_at=next_at)


@cache
def _next_dues() -> Any:
    after: Any = bindparam("after")
    return tuple(select(func.min(at)).where(at > after) for at in (col(Slot.next_at), col(Notice.at)))
