"""Events: who changed what, when and from where; nothing here is ever altered or taken away, but for words
that have to go (storage.erasing, the one place that changes an event).
"""

from datetime import date, datetime, time
from functools import cache
from typing import Any, ClassVar, get_args

from sqlmodel import JSON, Field, Index, SQLModel, bindparam, col, func, or_, select

from storage.asking import first, rows
from storage.db import Session, add, change, remove, straight
from storage.row import Owned, Row
from storage.standing import follows, restate, rests_on


class Event(Owned, table=True):
    """One thing that someone did. `changes` holds every row as it was before and after.

    what: a verb in the past, such as "added". about: the number of the thing, such as A12.
    undoes: the event whose changes this one took back.
    """

    __table_args__ = (Index("ix_event_about", "partnership_id", "about"),)
    kept_out_of_history: ClassVar[bool] = True
    at: datetime = Field(index=True)
    by: int | None = Field(default=None, foreign_key="person.id")
    via: str = ""
    what: str
    about: str
    note: str = ""
    changes: list[dict[str, Any]] = Field(sa_type=JSON)
    undoes: int | None = Field(default=None, foreign_key="event.id")

    @property
    def ref(self) -> str:
        return f"E{self.id}"


LOGGED = ("added", "logged")
"""By what a thing came into the plan."""


class Overtaken(Exception):
    """Something has changed since, so that this change cannot be taken back by itself."""


def record(session: Session, what: str, about: str, note: str = "", undoes: int | None = None) -> Event:
    """Write down what was done since the last event of this transaction; what follows from it is kept too."""
    changes, session.changes = session.changes, []
    restate(session, changes)
    event = Event(
        at=session.at, by=session.by, via=session.via, what=what, about=about, note=note, changes=changes,
        undoes=undoes,
    )  # fmt: skip
    return add(session, event)


def history(session: Session, about: str) -> list[Event]:
    """All that happened to one thing, oldest first."""
    return rows(session, Event, "id", about=about)


def events_since(session: Session, last: int) -> list[Event]:
    """All that was done after an event and still stands, oldest first."""
    return standing(list(session.exec(_since(), params={"last": last})))


def last_event(session: Session) -> int:
    return straight(session, Event, _latest()).scalar_one() or 0


@cache
def _since() -> Any:
    return select(Event).where(col(Event.id) > bindparam("last")).order_by(col(Event.id))


@cache
def _latest() -> Any:
    return select(func.max(Event.id))


def last_change_by(session: Session, person_id: int, letters: str) -> Event | None:
    """A person's latest change to things of one of these letters that still stands."""
    query = (
        select(Event)
        .where(
            Event.by == person_id,
            col(Event.undoes).is_(None),
            or_(*(col(Event.about).startswith(letter) for letter in letters)),
        )
        .order_by(col(Event.id).desc())
    )
    mine = (event for event in session.exec(query) if event.about[1:].isdigit())
    return next((event for event in mine if event in standing(history(session, event.about))), None)


def made_by_since(session: Session, person_id: int, last: int) -> list[Event]:
    """What a person did after an event, oldest first, but for undoing."""
    which = Event.by == person_id, col(Event.id) > last, col(Event.undoes).is_(None)
    return list(session.exec(select(Event).where(*which).order_by(col(Event.id))))


def standing(events: list[Event]) -> list[Event]:
    """Of all that happened to one thing, what was not taken back; an undo can be taken back too."""
    undone: set[int] = set()
    for event in sorted(events, key=lambda event: event.id, reverse=True):
        if event.undoes is not None and event.id not in undone:
            undone.add(event.undoes)
    return [event for event in events if event.id not in undone]


def done_with(session: Session, event: Event) -> list[Event]:
    """All that was done by the same request, oldest first."""
    return rows(session, Event, "id", via=event.via, at=event.at, by=event.by) if event.via else [event]


def event_by_id(session: Session, event_id: int) -> Event | None:
    return first(session, Event, id=event_id)


def undo(session: Session, event: Event) -> Event:
    """Take an event's changes back, the last one first.

    Only the latest change that stands can be taken back, so that everything is as it was before it.
    Raises Overtaken if it is not the latest, or a row has changed since.
    """
    if any(_builds_on(later, event) for later in standing(history(session, event.about))):
        raise Overtaken
    if rests_on(session, event.changes):
        raise Overtaken
    for done in reversed(event.changes):
        _take_back(session, done)
    session.taken_back.append(event.via)
    return record(session, "undid", event.about, note=event.what, undoes=event.id)


def _builds_on(later: Event, event: Event) -> bool:
    """Whether an event would hang in the air without an earlier one; a change and its undo cancel out."""
    if later.id <= event.id or (later.undoes is not None and later.undoes > event.id):
        return False
    return bool(later.changes) or event.what in LOGGED


def _take_back(session: Session, done: dict[str, Any]) -> None:
    kind = _tables()[done["table"]]
    row = first(session, kind, id=done["id"])
    if (row is None) != (done["after"] is None):
        raise Overtaken
    if row is None:
        add(session, kind(id=done["id"], **_typed(kind, done["before"])))
    elif _has_moved_on(row, _typed(kind, done["after"])):
        raise Overtaken
    elif done["before"] is None:
        remove(session, row)
    else:
        change(session, row, **_typed(kind, done["before"]))


def _has_moved_on(row: Row, values: dict[str, Any]) -> bool:
    """Whether somebody has changed a row since it had these values."""
    kind = type(row).__name__
    return any(getattr(row, name) != value for name, value in values.items() if not follows(kind, name))


def _tables() -> dict[str, type[Row]]:
    def below(kind: type[SQLModel]) -> list[type[SQLModel]]:
        return [kind, *(deeper for child in kind.__subclasses__() for deeper in below(child))]

    return {kind.__name__: kind for kind in below(Row)}  # type: ignore[misc]


def _typed(kind: type[Row], values: dict[str, Any]) -> dict[str, Any]:
    """Values as the columns hold them again: JSON knows no dates."""
    return {name: _as_type(kind.model_fields[name].annotation, value) for name, value in values.items()}


def _as_type(annotation: Any, value: Any) -> Any:
    kinds = {annotation, *get_args(annotation)}
    for kind in (datetime, date, time):
        if kind in kinds and isinstance(value, str):
            return kind.fromisoformat(value)
    return value
