"""Statements on one table, each built once and carried out without the ORM; storage.db puts the values in."""

from functools import cache, lru_cache
from typing import Any

from sqlalchemy import Insert, Table, bindparam, delete, insert, update

from storage.row import Owned, Row


def table_of(kind: type[Row]) -> Table:
    return kind.__table__  # type: ignore[attr-defined,no-any-return]


@lru_cache
def fenced(kind: type[Owned], statement: Any) -> Any:
    """A statement with the partnership's condition on its table; `mine` is the partnership's id."""
    return statement.where(table_of(kind).c.partnership_id == bindparam("mine"))


@cache
def insertion(kind: type[Row]) -> Insert:
    return insert(table_of(kind))


@cache
def rewriting(kind: type[Row], names: tuple[str, ...], is_walled: bool) -> Any:
    """An update of `this_row` in `this_partnership`: each of these columns becomes `new_` and its name."""
    table = table_of(kind)
    values = {name: bindparam(f"new_{name}", type_=table.c[name].type) for name in names}
    return update(table).where(*_this_row(table, is_walled)).values(values)


@cache
def deletion(kind: type[Row], is_walled: bool) -> Any:
    table = table_of(kind)
    return delete(table).where(*_this_row(table, is_walled))


def _this_row(table: Table, is_walled: bool) -> list[Any]:
    """The condition on one row, and the partnership's own; its table is the one that has no such column."""
    conditions = [table.c.id == bindparam("this_row")]
    if is_walled:
        conditions.append(table.c.get("partnership_id", table.c.id) == bindparam("this_partnership"))
    return conditions
