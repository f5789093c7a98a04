"""Claims: of two that want the same turn, post or notice, one gets it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from sqlmodel import select

from storage import outbox, slots
from storage.addresses import addresses
from storage.db import Database, Session, add
from storage.outbox import Outbox
from storage.row import Owned
from storage.slots import Notice, Slot
from tests.conversation import Conversation, start


def a_slot(session: Session) -> Slot:
    return slots.slots(session)[0]


def a_notice(session: Session) -> Notice:
    address, at = addresses(session)[0], session.at
    return add(session, Notice(key="call", address_id=address.id, at=at, until=at, message="{}"))


def a_post(session: Session) -> Outbox:
    return outbox.put(session, addresses(session)[0].id, "key", "{}")


def take_slot(session: Session, slot: Slot) -> bool:
    return slots.claim(session, slot, slot.next_at + timedelta(days=1))


CLAIMS = [(a_slot, take_slot), (a_notice, slots.take_notice), (a_post, outbox.claim)]


@pytest.mark.parametrize(("make", "take"), CLAIMS, ids=["slot", "notice", "post"])
def test_claim_is_given_once(
    db: Database, make: Callable[[Session], Owned], take: Callable[[Session, Owned], bool]
) -> None:
    talk = start(db, "2020-06-01 10:00")
    with writing(talk) as session:
        wanted = make(session)
        session.changes.clear()

    taken = []
    for _ in range(3):
        with writing(talk) as session:
            taken.append(take(session, wanted))

    assert taken == [True, False, False]


def test_post_that_another_marked_meanwhile_is_not_claimed(db: Database) -> None:
    talk = start(db, "2020-06-01 10:00")
    with writing(talk) as session:
        post = a_post(session)
        outbox.mark(session, post.id, "sent")
        found = session.exec(select(Outbox.state)).all()
        again = outbox.claim(session, post)

    assert (found, again) == (["sent"], False)


def writing(talk: Conversation) -> AbstractContextManager[Session]:
    return talk.db.writing(talk.workspace.partnership_id, at=talk.clock.now())
