"""Counters: the next number of each kind, given out once."""

from functools import cache
from typing import Any, ClassVar

from sqlmodel import UniqueConstraint, bindparam, col, update

from storage.db import Session, add, straight
from storage.row import Owned


class Counter(Owned, table=True):
    """The last number given for a letter, such as A for actions."""

    __table_args__ = (UniqueConstraint("partnership_id", "letter"),)
    kept_out_of_history: ClassVar[bool] = True
    letter: str
    value: int = 0


def next_number(session: Session, letter: str) -> int:
    """The next number of this letter; a transaction that is rolled back gives it back."""
    number = straight(session, Counter, _count_up(), wanted=letter).scalar_one_or_none()
    if number is None:
        number = add(session, Counter(letter=letter, value=1)).value
    return int(number)


@cache
def _count_up() -> Any:
    """Built once, for building it takes longer than carrying it out."""
    return (
        update(Counter)
        .where(col(Counter.letter) == bindparam("wanted"))
        .values(value=Counter.value + 1)
        .returning(col(Counter.value))
    )
