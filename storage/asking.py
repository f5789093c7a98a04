"""Asking: the questions that are the same of every table, each built once."""

from functools import cache
from typing import Any, TypeVar

from sqlmodel import bindparam, select

from storage.db import Session
from storage.row import Row

RowT = TypeVar("RowT", bound=Row)


def by_id(session: Session, table: type[RowT], row_id: int) -> RowT:
    """The row with this id, which is known to be there."""
    return _asked(session, table, (), id=row_id).one()  # type: ignore[no-any-return]


def rows(session: Session, table: type[RowT], *order: str, **equal: object) -> list[RowT]:
    """All rows, in the order of these columns; with `equal`, those alone whose columns have these values."""
    return list(_asked(session, table, order, **equal))


def first(session: Session, table: type[RowT], *order: str, **equal: object) -> RowT | None:
    return _asked(session, table, order, **equal).first()  # type: ignore[no-any-return]


def _asked(session: Session, table: type[RowT], order: tuple[str, ...], **equal: object) -> Any:
    return session.exec(_question(table, order, tuple(equal)), params=equal)


@cache
def _question(table: type[Row], order: tuple[str, ...], names: tuple[str, ...]) -> Any:
    """Built once, for building it takes longer than asking it."""
    which = [getattr(table, name) == bindparam(name) for name in names]
    return select(table).where(*which).order_by(*(getattr(table, name) for name in order))
