"""Dailies: an address's one post of the day, in the outbox."""

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import bindparam, col, select, update

from storage import outbox, slots
from storage.addresses import Address
from storage.db import Session, straight
from storage.outbox import Outbox, is_pending

KEY = "slot|"
"""Begins the key of every piece of it."""
WAITING = ("waiting", "sending")


def key_of(address: Address, day: object) -> str:
    """The key of the first piece; those after it have a number more."""
    return f"{KEY}{address.id}|{day}"


def is_waiting(session: Session, address_id: int) -> bool:
    """Whether an address's post of an earlier day has not been delivered yet."""
    return straight(session, Outbox, _waiting(), address=address_id).first() is not None


@cache
def _waiting() -> Any:
    mine = Outbox.address_id == bindparam("address"), col(Outbox.key).startswith(KEY)
    return select(Outbox.id).where(*mine, is_pending()).limit(1)


def keep(session: Session, address: Address, until: datetime, since: datetime, since_event: int) -> None:
    """Note of the post that was put in just now until when it is of worth, and what its address had heard
    before, should it not arrive by then.
    """
    kept = {"until": until, "since_at": since, "since_event": since_event}
    _set(session, address, col(Outbox.created_at) == session.at, **kept)


def keep_all(session: Session, address: Address) -> None:
    """What waits for an address goes out, however late."""
    _set(session, address, col(Outbox.state).in_(WAITING), until=None)


def _set(session: Session, address: Address, which: ColumnElement[bool], **values: object) -> None:
    mine = col(Outbox.address_id) == address.id, col(Outbox.key).startswith(KEY)
    statement = update(Outbox).where(*mine, which).values(**values)
    session.execute(statement.execution_options(synchronize_session=False))


def undelivered(session: Session, address: Address, now: datetime | None = None) -> list[Outbox]:
    """The pieces of an address's post of an earlier day, or without a time of any day, if nothing of it has
    gone out, and nobody has it in hand. One that goes out however late is none of them.
    """
    posts = [p for p in session.exec(_untouched(), params={"address": address.id}) if p.until is not None]
    posts = [p for p in posts if now is None or p.is_over(now)]
    is_whole = bool(posts) and posts[0].key.count("|") == key_of(address, "").count("|")
    return [post for post in posts if post.created_at == posts[0].created_at] if is_whole else []


@cache
def _untouched() -> Any:
    mine = Outbox.address_id == bindparam("address"), col(Outbox.key).startswith(KEY)
    return select(Outbox).where(*mine, Outbox.state == "waiting").order_by(col(Outbox.id))


def give_up(session: Session, address: Address, posts: list[Outbox], why: str) -> bool:
    """Drop an address's post of the day, of which these are the pieces: the next one will say what is still
    true. False if there is none.
    """
    if not posts or posts[0].since_at is None or not outbox.drop(session, posts[0], why):
        return False
    for post in posts:  # those after the first have waited for it
        key = f"{post.key}|dropped {post.id}"  # should the clock be set back, there is another of that day
        outbox.mark(session, post.id, "dropped", error=why, key=key)
    slots.unspoken(session, address, posts[0].created_at, posts[0].since_at, posts[0].since_event)
    return True


def waiting_with(session: Session, post: Outbox) -> list[Outbox]:
    """All pieces of the post of the day of which this one waits, if nothing of it has gone out and nobody has
    it in hand.
    """
    mine = Outbox.address_id == post.address_id, Outbox.created_at == post.created_at
    query = select(Outbox).where(*mine, col(Outbox.key).startswith(KEY), col(Outbox.edits).is_(None))
    pieces = list(session.exec(query.order_by(col(Outbox.id))))
    return pieces if all(piece.state == "waiting" for piece in pieces) else []


def requests_told(session: Session, address_id: int, since: datetime) -> set[str]:
    """Of which requests an address was told at once, since then, so that its post of the day need not:
    platform and key, as events have them.
    """
    query = select(Outbox.key).where(
        Outbox.address_id == address_id,
        col(Outbox.created_at) >= since,
        col(Outbox.edits).is_(None),
        col(Outbox.state).in_(["waiting", "sending", "sent"]),
    )
    return {key.rpartition("|")[0].replace("|", " ", 1) for key in session.exec(query) if "|" in key}
