"""Seen: the requests that were carried out, with the answer given, so that none is carried out twice."""

from datetime import datetime
from functools import cache
from typing import Any, ClassVar, cast

from sqlmodel import Field, UniqueConstraint, bindparam, select

from storage.db import Session, add, straight
from storage.row import Owned


class Seen(Owned, table=True):
    """A request's key, and the answer it got, as stored messages."""

    __table_args__ = (UniqueConstraint("partnership_id", "key"),)
    kept_out_of_history: ClassVar[bool] = True
    key: str
    at: datetime = Field(index=True)
    answer: str


def answer_to(session: Session, key: str) -> str | None:
    """The answer that a request with this key got, None if it is new."""
    return cast("str | None", straight(session, Seen, _answer(), asked=key).scalar_one_or_none())


@cache
def _answer() -> Any:
    """Built once, for building it takes longer than asking it."""
    return select(Seen.answer).where(Seen.key == bindparam("asked"))


def remember(session: Session, key: str, answer: str) -> None:
    add(session, Seen(key=key, at=session.at, answer=answer))
