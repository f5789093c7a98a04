"""The database: sessions that belong to one partnership, and the one way to write."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Any, TypeVar, cast

import sqlmodel
from sqlalchemy import Engine, column, event, func, select
from sqlalchemy.orm import ORMExecuteState, make_transient_to_detached, with_loader_criteria
from sqlalchemy.orm.attributes import set_committed_value

from storage.engine import open_engine
from storage.migrations import is_current, upgrade
from storage.outages import Unavailable as Unavailable
from storage.outages import Unusable as Unusable
from storage.outages import told_apart
from storage.row import Owned, Row
from storage.statements import deletion, fenced, insertion, rewriting
from storage.turns import Turns

RowT = TypeVar("RowT", bound=Row)
TURN_MS = 1000
"""How long a writer waits for the others in its process, before it waits for those outside."""


class Session(sqlmodel.Session):
    """A transaction of one partnership: it sees that partnership's rows and writes only those.

    `partnership_id` 0 means none in particular: only the questions of the beat (which slot is due?)
    and the door (whose workspace is this?) are asked so, through `Database.everywhere`.
    """

    partnership_id: int = 0
    at: datetime
    by: int | None = None
    via: str = ""
    changes: list[dict[str, Any]]
    taken_back: list[str]
    """From where the changes came that are taken back in it."""


class Database:
    """One database, SQLite or PostgreSQL. Reading sessions run side by side; writers take turns."""

    def __init__(self, url: str) -> None:
        """url: see `storage.engine.read_url`. Raises WrongUrl."""
        self.engine: Engine = open_engine(url)
        self._writer = self.engine.execution_options(writes=True)
        self._turns = Turns()

    @contextmanager
    def reading(self, partnership_id: int) -> Iterator[Session]:
        if not partnership_id:
            raise ValueError("a session belongs to a partnership")
        with self._session(self.engine, partnership_id) as session:
            yield session

    @contextmanager
    def everywhere(self) -> Iterator[Session]:
        with self._session(self.engine, 0) as session:
            yield session

    @contextmanager
    def writing(
        self, partnership_id: int, at: datetime, by: int | None = None, via: str = ""
    ) -> Iterator[Session]:
        """One transaction, committed at the end and rolled back by any exception.

        at: the instant that is stamped on what is written, aware.
        by: the person who writes, None for a job.
        via: where it came from: the platform and the key of the request.
        """
        with self._my_turn(), self._session(self._writer, partnership_id) as session:
            session.at, session.by, session.via = at, by, via
            _queue_up(session)
            yield session
            check_recorded(session)
            session.commit()

    @contextmanager
    def _my_turn(self) -> Iterator[None]:
        """One writer at a time in this process: many threads on one SQLite file starve each other.

        Whoever waited in vain may have stood behind one that waits for another process, so both waits
        together have to stay under three seconds.
        """
        if self.engine.dialect.name == "postgresql":  # which lets partnerships write side by side
            yield
            return
        if not self._turns.take(TURN_MS / 1000):
            raise Unavailable
        try:
            yield
        finally:
            self._turns.give_back()

    @contextmanager
    def _session(self, engine: Engine, partnership_id: int) -> Iterator[Session]:
        with told_apart(), Session(engine, autoflush=False, expire_on_commit=False) as session:
            session.partnership_id, session.changes, session.taken_back = partnership_id, [], []
            yield session

    def upgrade(self) -> None:
        """Bring the database up to date; a new one gets its tables. Raises Unavailable."""
        with told_apart():
            upgrade(self.engine)

    def is_current(self) -> bool:
        """Whether it is as this version needs it. Raises Unavailable."""
        with told_apart():
            return is_current(self.engine)

    def close(self) -> None:
        self.engine.dispose()


def _queue_up(session: Session) -> None:
    """On PostgreSQL the writers of one partnership, and those that found one, take turns too, whichever
    process they are in.
    """
    if session.connection().dialect.name == "postgresql":
        session.connection().execute(select(func.pg_advisory_xact_lock(session.partnership_id)))


def check_recorded(session: Session) -> None:
    """Raises RuntimeError where something was changed and no event says so."""
    if session.changes:
        raise RuntimeError(f"changed without an event: {session.changes[0]['table']}")


@contextmanager
def apart(session: Session) -> Iterator[None]:
    """A piece of a transaction that is rolled back alone should it fail. What was read or written in it is
    not to be used after that.
    """
    try:
        with session.connection().begin_nested():
            yield
            check_recorded(session)
    finally:
        session.changes = []


def cross(session: Session, partnership_id: int) -> None:
    """Go on in another partnership, within the same transaction: the one door in the wall, for a workspace
    that moves (docs/decisions/0010-a-workspace-moves-at-once.md). What belongs to the partnership left
    behind can be neither seen nor changed from then on.
    """
    if session.changes or not session.partnership_id or not partnership_id:
        raise RuntimeError("a session goes from one partnership to another, with nothing left unrecorded")
    session.partnership_id, session.by = partnership_id, None
    _queue_up(session)


@event.listens_for(Session, "do_orm_execute")
def _wall(state: ORMExecuteState) -> None:
    """No statement leaves a session without the partnership's own condition on every table it names."""
    if not state.is_orm_statement or state.is_insert:
        raise RuntimeError(
            "a session of a partnership runs statements on its tables' classes, and no inserts"
        )
    assert isinstance(state.session, Session)
    mine = state.session.partnership_id
    if mine:
        state.statement = _walled(state.statement, mine)


@lru_cache
def _walled(statement: Any, mine: int) -> Any:
    """Statements that are built once get their condition once, too."""
    return statement.options(_only(mine))


@lru_cache
def _only(mine: int) -> Any:
    return with_loader_criteria(Row, lambda row: _belongs(row, mine), include_aliases=True)


def _belongs(row: Any, mine: int) -> Any:
    """The condition on one table; asked of the common ancestors too, which are no tables and have no columns.

    The one table without the column is the partnerships' own.
    """
    return getattr(row, "partnership_id", getattr(row, "id", column("partnership_id"))) == mine


def straight(session: Session, table: type[Owned], statement: Any, **values: Any) -> Any:
    """What every request asks or counts, in half the time: a statement on this one table, built once and
    carried out without the ORM between. The partnership's condition is put on it here.
    """
    mine = {"mine": session.partnership_id}
    return session.connection().execute(fenced(table, statement), values | mine)


@event.listens_for(Session, "before_flush")
def _no_way_past(session: Session, *_: Any) -> None:
    """What is set on a row by hand would be written without an event."""
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("rows are written by storage.db's add, change and remove")


def add(session: Session, row: RowT) -> RowT:
    """Insert a new row and give it its id; one that is put back keeps the id that it had."""
    if isinstance(row, Owned) and session.partnership_id:
        set_committed_value(row, "partnership_id", session.partnership_id)
    values = _values(row)
    had = {} if row.id is None else {"id": row.id}
    result = session.connection().execute(insertion(type(row)), values | had)
    set_committed_value(row, "id", cast("tuple[int]", result.inserted_primary_key)[0])
    make_transient_to_detached(row)
    session.add(row)
    _note(session, row, before=None, after=values)
    return row


def _values(row: Row) -> dict[str, Any]:
    return {name: getattr(row, name) for name in type(row).model_fields if name != "id"}


def change(session: Session, row: Row, **values: Any) -> None:
    """Give columns of a row new values; what stays the same is not written."""
    after = {name: value for name, value in values.items() if getattr(row, name) != value}
    if not after:
        return
    before = {name: getattr(row, name) for name in after}
    _write(session, row, after)
    _note(session, row, before, after)


def rewrite(session: Session, row: Row, **values: Any) -> None:
    """Like `change`, but history does not tell it: for what follows from other rows, and what is erased."""
    after = {name: value for name, value in values.items() if getattr(row, name) != value}
    if after:
        _write(session, row, after)


def remove(session: Session, row: Row) -> None:
    """Delete a row; the event keeps all that stood in it."""
    before = _values(row)
    _reach(session, row, deletion(type(row), bool(session.partnership_id)))
    session.expunge(row)
    _note(session, row, before, after=None)


def _write(session: Session, row: Row, after: dict[str, Any]) -> None:
    """New values for this one row, and for what the session has of it."""
    statement = rewriting(type(row), tuple(after), bool(session.partnership_id))
    _reach(session, row, statement, **{f"new_{name}": value for name, value in after.items()})
    for name, value in after.items():
        set_committed_value(row, name, value)


def _reach(session: Session, row: Row, statement: Any, **values: Any) -> None:
    """Run a statement that is to meet this one row, without the ORM between: that is twice as fast."""
    mine = {"this_partnership": session.partnership_id} if session.partnership_id else {}
    done = session.connection().execute(statement, {"this_row": row.id} | mine | values)
    if done.rowcount != 1:
        raise LookupError(f"no row {row.id} of {type(row).__name__} in this partnership")


def _note(session: Session, row: Row, before: dict[str, Any] | None, after: dict[str, Any] | None) -> None:
    if not row.kept_out_of_history:
        session.changes.append(
            {
                "table": type(row).__name__,
                "id": row.id,
                "before": before and {name: plain(value) for name, value in before.items()},
                "after": after and {name: plain(value) for name, value in after.items()},
            }
        )


def plain(value: Any) -> Any:
    """A column's value as JSON can hold it."""
    return value.isoformat() if isinstance(value, date | datetime | time) else value


def as_utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)
