"""Chat: what is said in the bot's own chat in the browser, who has read how far, and who was shown round."""

from datetime import datetime
from functools import cache
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, desc
from sqlmodel import Field, Index, UniqueConstraint, bindparam, col, func, or_, select

from storage.addresses import Address
from storage.counters import next_number
from storage.db import Session, add, change
from storage.row import Owned

ANSWER = "answer|"
"""Begins the key of what the bot answered to the asker; a post has the key that it has in the outbox."""


class ChatMessage(Owned, table=True):
    """One message in a place of the chat.

    only_for: the person who alone sees it, None for everyone there. author_id: None is the bot.
    text: what a person typed. message: what the bot said, in its stored form.
    thread_of: the message that it is a reply to.
    revision: rises over the whole chat with every message and every change of one.
    """

    __table_args__ = (
        UniqueConstraint("partnership_id", "key"),
        Index("ix_chatmessage_place", "address_id", "id"),
        Index("ix_chatmessage_revision", "partnership_id", "revision"),
    )
    kept_out_of_history: ClassVar[bool] = True
    address_id: int = Field(foreign_key="address.id")
    only_for: int | None = Field(default=None, foreign_key="person.id")
    author_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    thread_of: int | None = Field(default=None, foreign_key="chatmessage.id", index=True)
    key: str
    text: str = ""
    message: str = ""
    at: datetime
    revision: int
    is_changed: bool = False

    @property
    def is_answer(self) -> bool:
        return self.key.startswith(ANSWER)

    def is_seen_by(self, person_id: int) -> bool:
        """Whether it is this person's to see, of those who may look at its place."""
        return self.only_for in (None, person_id)


class ChatRead(Owned, table=True):
    """How far a person has read in a place: up to the message with this id."""

    __table_args__ = (UniqueConstraint("person_id", "address_id"),)
    kept_out_of_history: ClassVar[bool] = True
    person_id: int = Field(foreign_key="person.id")
    address_id: int = Field(foreign_key="address.id")
    up_to: int = 0


class ChatGuide(Owned, table=True):
    """How far a person has come in the first visit: the step they are at, 0 once it is over."""

    kept_out_of_history: ClassVar[bool] = True
    person_id: int = Field(foreign_key="person.id", unique=True)
    step: int = 1


# --- messages ---------------------------------------------------------------------------------------


def tell(session: Session, address_id: int, key: str, **what: Any) -> ChatMessage | None:
    """Put a message in its place; None if one with this key is there already."""
    if message_with_key(session, key) is not None:
        return None
    revision = next_number(session, "chat")
    said = ChatMessage(address_id=address_id, key=key, at=session.at, revision=revision, **what)
    return add(session, said)


def retell(session: Session, said: ChatMessage, **what: Any) -> None:
    """Change a message in its place."""
    change(session, said, revision=next_number(session, "chat"), is_changed=True, **what)


def touch(session: Session, said: ChatMessage) -> None:
    """Have a message shown anew, for something about it has changed."""
    change(session, said, revision=next_number(session, "chat"))


def message_with_key(session: Session, key: str) -> ChatMessage | None:
    found: ChatMessage | None = session.exec(_with_key(), params={"asked": key}).first()
    return found


@cache
def _with_key() -> Any:
    """Built once, for building it takes longer than asking it."""
    return select(ChatMessage).where(ChatMessage.key == bindparam("asked"))


def message_by_id(session: Session, message_id: int) -> ChatMessage | None:
    return session.exec(select(ChatMessage).where(ChatMessage.id == message_id)).first()


def messages_in(
    session: Session, address_id: int, person_id: int, before: int | None, most: int
) -> list[ChatMessage]:
    """The last messages that a person sees in a place, oldest first, without the replies in threads.

    before: only those older than the message with this id.
    """
    query = select(ChatMessage).where(
        ChatMessage.address_id == address_id, _seen_by(person_id), col(ChatMessage.thread_of).is_(None)
    )
    if before is not None:
        query = query.where(ChatMessage.id < before)
    return list(session.exec(query.order_by(desc(col(ChatMessage.id))).limit(most)))[::-1]


def replies_to(session: Session, message_id: int, person_id: int) -> list[ChatMessage]:
    query = select(ChatMessage).where(ChatMessage.thread_of == message_id, _seen_by(person_id))
    return list(session.exec(query.order_by(col(ChatMessage.id))))


def reply_counts(session: Session, message_ids: list[int]) -> dict[int, int]:
    """How many replies that everyone sees there are to each of these messages that has any."""
    if not message_ids:
        return {}
    query = (
        select(ChatMessage.thread_of, func.count())
        .where(col(ChatMessage.thread_of).in_(message_ids), col(ChatMessage.only_for).is_(None))
        .group_by(col(ChatMessage.thread_of))
    )
    return {thread_of: count for thread_of, count in session.exec(query) if thread_of is not None}


def messages_since(session: Session, revision: int, most: int = 500) -> list[ChatMessage]:
    """What was said or changed after this revision, in its order, whoever may see it."""
    query = select(ChatMessage).where(ChatMessage.revision > revision)
    return list(session.exec(query.order_by(col(ChatMessage.revision)).limit(most)))


def shows_file(session: Session, key: str, person_id: int) -> bool:
    """Whether a person sees a message that names the file with this key, in a chat channel or in their own
    direct messages.
    """
    query = (
        select(ChatMessage.id)
        .join(Address, col(Address.id) == ChatMessage.address_id)
        .where(col(ChatMessage.message).contains(f'"file:{key}"', autoescape=True), _seen_by(person_id))
        .where(or_(Address.kind == "channel", Address.person_id == person_id))
    )
    return session.exec(query.limit(1)).first() is not None


def own_lines(session: Session, person_id: int, most: int) -> list[str]:
    """What a person typed last, latest first."""
    query = select(ChatMessage.text).where(ChatMessage.author_id == person_id)
    return list(session.exec(query.order_by(desc(col(ChatMessage.id))).limit(most)))


def last_message(session: Session) -> int:
    return session.exec(select(func.max(ChatMessage.id))).one() or 0


def last_revision(session: Session) -> int:
    return session.exec(select(func.max(ChatMessage.revision))).one() or 0


def _seen_by(person_id: int) -> ColumnElement[bool]:
    return or_(col(ChatMessage.only_for).is_(None), col(ChatMessage.only_for) == person_id)


# --- reading ----------------------------------------------------------------------------------------


def unread(session: Session, person_id: int, address_ids: list[int]) -> dict[int, int]:
    """How many messages of others a person has not read in each of these places that has any."""
    read = (
        select(func.max(ChatRead.up_to))
        .where(ChatRead.person_id == person_id, ChatRead.address_id == ChatMessage.address_id)
        .correlate(ChatMessage)
        .scalar_subquery()
    )
    query = (
        select(ChatMessage.address_id, func.count())
        .where(col(ChatMessage.address_id).in_(address_ids), _seen_by(person_id), _by_others(person_id))
        .where(ChatMessage.id > func.coalesce(read, 0))
        .group_by(col(ChatMessage.address_id))
    )
    return dict(session.exec(query).all())


def _by_others(person_id: int) -> ColumnElement[bool]:
    """An answer that only the asker sees came while they looked; it is no news to them."""
    others = or_(col(ChatMessage.author_id).is_(None), col(ChatMessage.author_id) != person_id)
    return others & col(ChatMessage.only_for).is_(None)


def note_read(session: Session, person_id: int, address_id: int, up_to: int) -> None:
    """A person has read a place up to the message with this id; never less far than before."""
    query = select(ChatRead).where(ChatRead.person_id == person_id, ChatRead.address_id == address_id)
    found = session.exec(query).first()
    if found is None:
        add(session, ChatRead(person_id=person_id, address_id=address_id, up_to=up_to))
    elif found.up_to < up_to:
        change(session, found, up_to=up_to)


# --- the first visit --------------------------------------------------------------------------------


def guide_of(session: Session, person_id: int) -> ChatGuide | None:
    found: ChatGuide | None = session.exec(_guide(), params={"person": person_id}).first()
    return found


@cache
def _guide() -> Any:
    return select(ChatGuide).where(ChatGuide.person_id == bindparam("person"))


def set_step(session: Session, person_id: int, step: int) -> None:
    found = guide_of(session, person_id)
    if found is None:
        add(session, ChatGuide(person_id=person_id, step=step))
    else:
        change(session, found, step=step)
