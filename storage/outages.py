"""Outages: what keeps the database from answering, told apart from what is wrong with the programme."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DatabaseError, DBAPIError, OperationalError


class Unavailable(Exception):
    """The plan is busy or out of reach just now. Nothing was saved; try again in a minute."""


class Unusable(Unavailable):
    """The database is damaged, or is none. Nothing was changed. Put back its last backup."""

    def __str__(self) -> str:
        return str(self.args[0] if self.args else self.__doc__)


@contextmanager
def told_apart() -> Iterator[None]:
    """Raise Unavailable for what is not the statement's fault, and Unusable where waiting is of no use.

    An SQLite file that is damaged fails as a DatabaseError and as none of its finer kinds.
    """
    try:
        yield
    except DBAPIError as error:
        if type(error) is DatabaseError:
            raise Unusable from error
        if isinstance(error, OperationalError) or error.connection_invalidated:
            raise Unavailable from error
        raise
