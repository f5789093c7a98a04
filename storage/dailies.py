"""Dailies: an address's one post of the day, in the outbox."""

from datetime import datetime

from sqlmodel import col, select

from storage.db import Session
from storage.outbox import Outbox, is_pending

KEY = "slot|"
"""Begins the key of every piece of it."""


def is_waiting(session: Session, address_id: int) -> bool:
    """Whether an address's post of an earlier day has not been delivered yet."""
    query = select(Outbox.id).where(
        Outbox.address_id == address_id, is_pending(), col(Outbox.key).startswith(KEY)
    )
    return session.exec(query).first() is not None


def posts(session: Session, address_id: int, at: datetime) -> list[Outbox]:
    """The pieces of the post that an address's turn at an instant came to."""
    query = select(Outbox).where(
        Outbox.address_id == address_id, Outbox.created_at == at, col(Outbox.key).startswith(KEY)
    )
    return list(session.exec(query.order_by(col(Outbox.id))))
