"""Seen: the requests that were carried out, with the answer given, so that none is carried out twice."""

from datetime import datetime
from typing import ClassVar

from sqlmodel import Field, UniqueConstraint, select

from storage.db import Session, add
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
    return session.exec(select(Seen.answer).where(Seen.key == key)).first()


def remember(session: Session, key: str, answer: str) -> None:
    add(session, Seen(key=key, at=session.at, answer=answer))
