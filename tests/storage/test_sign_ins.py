"""Sign-in links: one good one a person, known by its hash alone, until it is taken back."""

from contextlib import AbstractContextManager

import pytest
from sqlmodel import col, select

from storage import sign_ins
from storage.db import Database, Session
from storage.sign_ins import SignIn
from tests.conversation import Conversation, start

SAM, JO = 2, 3
"""As they are numbered in a database of their own."""


@pytest.fixture
def talk(db: Database) -> Conversation:
    return start(db, "2020-06-01 10:00")


def writing(talk: Conversation) -> AbstractContextManager[Session]:
    return talk.db.writing(talk.workspace.partnership_id, at=talk.clock.now())


def whose(session: Session, secret: str) -> int | None:
    found = sign_ins.link_with(session, secret)
    return found.person_id if found else None


def test_link_is_found_by_its_secret(talk: Conversation) -> None:
    with writing(talk) as session:
        secrets = {person: sign_ins.make_link(session, person) for person in (SAM, JO)}

    with writing(talk) as session:
        assert {person: whose(session, secret) for person, secret in secrets.items()} == {SAM: SAM, JO: JO}
        for wrong in ("", "x", secrets[SAM][:-1], secrets[SAM] + "x", secrets[SAM].swapcase(), "\ud800"):
            assert whose(session, wrong) is None


def test_link_is_kept_as_a_hash(talk: Conversation) -> None:
    with writing(talk) as session:
        secret = sign_ins.make_link(session, SAM)
        (row,) = session.exec(select(SignIn))

    assert len(secret) == 43
    assert len(row.secret_hash) == 64
    assert secret not in str(row.model_dump())
    assert (row.person_id, row.made_at, row.used_at, row.revoked_at) == (SAM, talk.clock.now(), None, None)


def test_hash_of_a_link_opens_nothing(talk: Conversation) -> None:
    with writing(talk) as session:
        sign_ins.make_link(session, SAM)
        (row,) = session.exec(select(SignIn))

        assert whose(session, row.secret_hash) is None


def test_new_link_ends_the_one_before(talk: Conversation) -> None:
    with writing(talk) as session:
        old, others = sign_ins.make_link(session, SAM), sign_ins.make_link(session, JO)
        new = sign_ins.make_link(session, SAM)

    with writing(talk) as session:
        assert [whose(session, secret) for secret in (old, new, others)] == [None, SAM, JO]
        assert sorted(link.person_id for link in sign_ins.links(session)) == [SAM, JO]
        every = session.exec(select(SignIn).order_by(col(SignIn.id))).all()
        assert [link.revoked_at for link in every] == [talk.clock.now(), None, None]


def test_links_are_taken_back(talk: Conversation) -> None:
    with writing(talk) as session:
        secret, others = sign_ins.make_link(session, SAM), sign_ins.make_link(session, JO)
        for _ in range(2):
            sign_ins.revoke_links(session, SAM)

    with writing(talk) as session:
        assert [whose(session, each) for each in (secret, others)] == [None, JO]
        assert [link.person_id for link in sign_ins.links(session)] == [JO]


def test_use_of_a_link_is_noted(talk: Conversation) -> None:
    with writing(talk) as session:
        secret = sign_ins.make_link(session, SAM)
    talk.clock.move(talk.app, talk.clock.now().replace(hour=12))

    with writing(talk) as session:
        found = sign_ins.link_with(session, secret)
        assert found is not None
        sign_ins.note_used(session, found)

    with writing(talk) as session:
        assert [link.used_at for link in sign_ins.links(session)] == [talk.clock.now()]


def test_links_of_others_are_nothing_here(talk: Conversation) -> None:
    other = start(talk.db, "2020-06-01 10:00", "Marzipan", "theirs")
    with writing(talk) as session:
        secret = sign_ins.make_link(session, SAM)

    with writing(other) as session:
        assert whose(session, secret) is None
        assert sign_ins.links(session) == []
        sign_ins.revoke_links(session, SAM)

    with writing(talk) as session:
        assert whose(session, secret) == SAM
