"""The outbox: every post that is to be delivered, once, and what became of it."""

from datetime import datetime, timedelta
from functools import cache
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, TextClause
from sqlmodel import (
    Field,
    Index,
    Integer,
    UniqueConstraint,
    and_,
    bindparam,
    col,
    func,
    not_,
    or_,
    select,
    text,
    update,
)  # fmt: skip

from storage.addresses import Address
from storage.asking import first
from storage.db import Session, add
from storage.partnerships import Workspace
from storage.row import Owned

GRACE = timedelta(seconds=60)
"""As long as a request can be in flight; only after it is it known what the platform's history shows."""
LONGEST_WAIT = timedelta(minutes=15)
A_BUG = "bug "
"""Begins the error of a post that our own programme failed to send."""


class Outbox(Owned, table=True):
    """One post for one address.

    state: "waiting", "sending", "sent", "failed" (for good), "unknown" (nobody can tell) or "dropped".
    key: said to the platform too, where it can keep it, so that a post can be found again.
    why: what it says and for which reason, a line each.
    edits: the post that this one replaces in place.
    thread: the platform's reference of the message in whose thread it goes, "" for none.
    reference: what the platform calls it once it is sent; a file that was brought there has it before.
    until: after that it is worth nothing, and is dropped; None if it keeps its worth.
    since_at, since_event: of a post of the day, what its address had heard before it (storage.slots).
    """

    __table_args__ = (
        UniqueConstraint("partnership_id", "key"),
        Index(
            "ix_outbox_pending",
            "due_at",
            sqlite_where=text("state IN ('waiting', 'sending')"),
            postgresql_where=text("state IN ('waiting', 'sending')"),
        ),
    )
    kept_out_of_history: ClassVar[bool] = True
    address_id: int = Field(foreign_key="address.id", index=True)
    key: str
    message: str
    why: str = ""
    state: str = "waiting"
    attempts: int = 0
    created_at: datetime
    due_at: datetime
    sent_at: datetime | None = None
    reference: str = Field(default="", index=True)
    error: str = ""
    edits: int | None = Field(default=None, foreign_key="outbox.id")
    thread: str = ""
    until: datetime | None = None
    since_at: datetime | None = None
    since_event: int = 0

    def is_over(self, now: datetime) -> bool:
        """Whether it is worth nothing any more."""
        return self.until is not None and self.until < now

    @property
    def ref(self) -> str:
        return f"P{self.id}"


def put(
    session: Session,
    address_id: int,
    key: str,
    message: str,
    why: str = "",
    edits: int | None = None,
    thread: str = "",
    until: datetime | None = None,
) -> Outbox:
    """Put a post in the outbox, to be delivered as soon as this transaction is saved."""
    post = Outbox(
        address_id=address_id, key=key, message=message, why=why, edits=edits, thread=thread, until=until,
        created_at=session.at, due_at=session.at,
    )  # fmt: skip
    return add(session, post)


def pending(session: Session, now: datetime, most: int = 500, each: int = 20) -> list[Outbox]:
    """What is to be tried now, in all partnerships, in the order in which it was put in.

    What stands behind a post that was put off is left out, so that a place hears everything in its order.
    each: for one address at most, so that one with many does not keep the others waiting.
    """
    asked = {"now": now, "most": most, "each": each}
    return list(session.exec(_pending(), params=asked))


@cache
def _pending() -> Any:
    """Built once: a round of posting asks it twice, and building it takes longer than asking it."""
    now: Any = bindparam("now")
    put_off = (
        select(col(Outbox.address_id), func.min(Outbox.id).label("first"))
        .where(is_pending(), col(Outbox.due_at) > now, col(Outbox.edits).is_(None), not_(_is_a_bug(Outbox)))
        .group_by(col(Outbox.address_id))
        .subquery()
    )
    place = func.row_number().over(partition_by=col(Outbox.address_id), order_by=col(Outbox.id))
    first = (
        _in_reach(select(col(Outbox.id), place.label("place")))
        .join(put_off, put_off.c.address_id == Outbox.address_id, isouter=True)
        .where(is_pending(), col(Outbox.due_at) <= now)
        .where(or_(col(Outbox.edits).is_not(None), put_off.c.first.is_(None), put_off.c.first > Outbox.id))
        .subquery()
    )
    query = select(Outbox).join(first, first.c.id == col(Outbox.id))
    query = query.where(first.c.place <= bindparam("each", type_=Integer))
    return query.order_by(col(Outbox.id)).limit(bindparam("most", type_=Integer))


def next_pending(session: Session, after: datetime) -> datetime | None:
    found: datetime | None = session.exec(_next_pending(), params={"after": after}).one()
    return found


@cache
def _next_pending() -> Any:
    query = _in_reach(select(func.min(Outbox.due_at)))
    return query.where(is_pending(), col(Outbox.due_at) > bindparam("after"))


def is_held_up(session: Session, post: Outbox) -> bool:
    """Whether an earlier post to the same place has not gone out yet, at the moment when this one could.
    Edits wait only for one of the same post that is under way.
    """
    alike: ColumnElement[bool] = col(Outbox.edits).is_(None)
    if post.edits is not None:  # one under way could arrive after this, and would undo it
        under_way = and_(Outbox.state == "sending", Outbox.error == "", col(Outbox.due_at) > session.at)
        alike = and_(Outbox.edits == post.edits, under_way)
    query = select(Outbox.id).where(
        is_pending(),
        Outbox.address_id == post.address_id,
        col(Outbox.id) < post.id,
        alike,
        not_(_is_a_bug(Outbox)),
    )
    return session.exec(query).first() is not None


def _is_a_bug(post: type[Outbox]) -> ColumnElement[bool]:
    """Nobody waits for a post that a bug of ours keeps from being sent."""
    return col(post.error).startswith(A_BUG)


def _in_reach(query: Any) -> Any:
    """Of posts only those to workspaces in which the bot is let speak."""
    return (
        query.join(Address, col(Address.id) == Outbox.address_id)
        .join(Workspace, col(Workspace.id) == Address.workspace_id)
        .where(col(Workspace.stopped_at).is_(None))
    )


def is_pending() -> TextClause:
    """The condition that a post is still to be delivered, as the index on it is written."""
    return text("outbox.state IN ('waiting', 'sending')")


def drop(session: Session, post: Outbox, why: str) -> bool:
    """Give a post up that nobody has in hand; False if somebody has by now."""
    statement = (
        update(Outbox)
        .where(col(Outbox.id) == post.id, col(Outbox.state) == "waiting")
        .values(state="dropped", error=why)
        .execution_options(synchronize_session=False)
    )
    return session.execute(statement).rowcount == 1  # type: ignore[attr-defined,no-any-return]


def with_an_end(session: Session) -> list[Outbox]:
    """What waits and is worth something only for a time, which is all that is said by itself."""
    query = select(Outbox).where(Outbox.state == "waiting", is_pending(), col(Outbox.until).is_not(None))
    return list(session.exec(query.order_by(col(Outbox.id))))


def claim(session: Session, post: Outbox) -> bool:
    """Take this post in hand; False if another process has it.

    Should this process then vanish, the post is looked for after the grace.
    """
    statement = (
        update(Outbox)
        .where(col(Outbox.id) == post.id, col(Outbox.state) == post.state, col(Outbox.due_at) == post.due_at)
        .values(state="sending", attempts=post.attempts + 1, due_at=session.at + GRACE)
        .execution_options(synchronize_session=False)
    )
    return session.execute(statement).rowcount == 1  # type: ignore[attr-defined,no-any-return]


def mark(session: Session, post_id: int, state: str, **values: object) -> None:
    """Note what became of a post."""
    statement = (
        update(Outbox)
        .where(col(Outbox.id) == post_id)
        .values(state=state, **values)
        .execution_options(synchronize_session=False)
    )
    session.execute(statement)


def wait_after(attempts: int) -> timedelta:
    """How long to wait before the next attempt: 2, 4, 8 … seconds, at most a quarter of an hour."""
    return min(timedelta(seconds=2 ** min(attempts, 20)), LONGEST_WAIT)


def post_by_id(session: Session, post_id: int) -> Outbox | None:
    return first(session, Outbox, id=post_id)


def post_with_key(session: Session, key: str) -> Outbox | None:
    return session.exec(select(Outbox).where(Outbox.key == key)).first()


def post_with_reference(session: Session, reference: str) -> Outbox | None:
    """The post that a platform knows under this reference; not one of its edits."""
    query = select(Outbox).where(Outbox.reference == reference, col(Outbox.edits).is_(None))
    return session.exec(query).first()


ANSWER = "|answer "
"""Stands in the key of what somebody was answered, and did not get by itself."""


def posts_to(session: Session, address_ids: list[int], since: datetime, most: int) -> list[Outbox]:
    """What was put in for these addresses since then, latest first; of answers only what has not arrived."""
    query = (
        select(Outbox)
        .where(col(Outbox.address_id).in_(address_ids), col(Outbox.created_at) >= since)
        .where(col(Outbox.edits).is_(None))
        .where(or_(not_(col(Outbox.key).contains(ANSWER)), col(Outbox.state).in_(["failed", "unknown"])))
        .order_by(col(Outbox.id).desc())
        .limit(most)
    )
    return list(session.exec(query))


def latest_words(session: Session, post: Outbox) -> str:
    """The message as it stands now, after its last edit."""
    query = select(Outbox).where(Outbox.edits == post.id).order_by(col(Outbox.id).desc())
    last = session.exec(query).first()
    return last.message if last else post.message


def words_before(session: Session, post: Outbox, edit: Outbox) -> str:
    """The message as it stood until one of its edits."""
    query = select(Outbox).where(Outbox.edits == post.id, col(Outbox.id) < edit.id)
    last = session.exec(query.order_by(col(Outbox.id).desc())).first()
    return last.message if last else post.message


def post_in_hand(session: Session, key: str, places: list[str]) -> Outbox | None:
    """The post with this key for one of these places, by the platform's ids, if it is not known whether it
    has arrived.
    """
    query = select(Outbox).join(Address, col(Address.id) == Outbox.address_id).where(Outbox.key == key)
    mine = query.where(col(Address.external).in_(places), col(Outbox.state).in_(["sending", "unknown"]))
    return session.exec(mine).first()


def last_sent(session: Session, address_ids: list[int]) -> int:
    """The latest post that reached one of these addresses, 0 for none."""
    query = select(func.max(Outbox.id)).where(col(Outbox.address_id).in_(address_ids), Outbox.state == "sent")
    return session.exec(query).one() or 0


def counts(session: Session) -> dict[str, int]:
    """How many posts there are in each state."""
    return dict(session.exec(select(Outbox.state, func.count()).group_by(Outbox.state)).all())


def longest_wait(session: Session, now: datetime) -> float:
    """For how many seconds the oldest post has waited that can go; 0 if none does."""
    oldest = session.exec(_in_reach(select(func.min(Outbox.created_at))).where(is_pending())).one()
    return (now - oldest).total_seconds() if oldest else 0
