"""Counters: the next number of each kind, given out once."""

from typing import ClassVar

from sqlmodel import UniqueConstraint, col, update

from storage.db import Session, add
from storage.row import Owned


class Counter(Owned, table=True):
    """The last number given for a letter, such as A for actions."""

    __table_args__ = (UniqueConstraint("partnership_id", "letter"),)
    kept_out_of_history: ClassVar[bool] = True
    letter: str
    value: int = 0


def next_number(session: Session, letter: str) -> int:
    """The next number of this letter; a transaction that is rolled back gives it back."""
    statement = (
        update(Counter)
        .where(col(Counter.letter) == letter)
        .values(value=Counter.value + 1)
        .returning(col(Counter.value))
        .execution_options(synchronize_session=False)
    )
    number = session.execute(statement).scalar_one_or_none()
    if number is None:
        number = add(session, Counter(letter=letter, value=1)).value
    return int(number)
