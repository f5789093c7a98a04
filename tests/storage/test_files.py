"""Files: what was kept comes back byte for byte, to its own partnership, by a key that cannot be guessed."""

import pytest
from sqlalchemy.exc import IntegrityError

from storage import files
from storage.db import Database, add
from tests.conversation import Conversation, start

EVERY_BYTE = bytes(range(256)) * 40


@pytest.fixture
def talk(db: Database) -> Conversation:
    return start(db, "2020-06-01 10:00")


def keep(talk: Conversation, name: str = "chart.png", content: bytes = EVERY_BYTE) -> str:
    with talk.db.writing(talk.workspace.partnership_id, at=talk.clock.now()) as session:
        return files.keep(session, name, "image/png", content)


@pytest.mark.parametrize("name", ["chart.png", "مرحبا 🎉.png", "../../plan.db", 'a "b"\nc', ""])
def test_file_comes_back_as_it_was_kept(talk: Conversation, name: str) -> None:
    key = keep(talk, name)

    with talk.db.reading(talk.workspace.partnership_id) as session:
        found = files.file_called(session, key)
        assert found is not None
        assert (found.name, found.media_type, found.content, found.at) == (
            name, "image/png", EVERY_BYTE, talk.clock.now(),
        )  # fmt: skip


def test_file_of_nothing_is_a_file(talk: Conversation) -> None:
    key = keep(talk, content=b"")

    with talk.db.reading(talk.workspace.partnership_id) as session:
        found = files.file_called(session, key)
        assert found is not None
        assert found.content == b""


def test_keys_are_long_and_never_the_same(talk: Conversation) -> None:
    keys = {keep(talk) for _ in range(5)}

    assert [len(key) for key in keys] == [22] * 5


def test_key_is_given_once_in_the_whole_database(talk: Conversation) -> None:
    key = keep(talk)
    other = start(talk.db, "2020-06-01 10:00", "Marzipan", "theirs")

    with (
        pytest.raises(IntegrityError),
        talk.db.writing(other.workspace.partnership_id, at=other.clock.now()) as session,
    ):
        add(session, files.File(key=key, name="", media_type="", content=b"", at=session.at))


def test_file_of_others_is_nowhere(talk: Conversation) -> None:
    key = keep(talk)
    other = start(talk.db, "2020-06-01 10:00", "Marzipan", "theirs")

    with talk.db.reading(other.workspace.partnership_id) as session:
        assert files.file_called(session, key) is None
        assert files.file_called(session, "") is None
