"""Outages: a database that is locked, or cut off, loses nothing and keeps nobody waiting."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager

import pytest
from sqlalchemy import Connection, create_engine, text
from sqlmodel import col, select

from bot import local
from bot.app import Answer, App
from messages.text import as_text
from storage.actions import Action
from storage.db import Database, Session, Unavailable, change
from storage.engine import open_engine
from storage.events import record
from tests.conversation import COMMANDS, Conversation, start

SLACK_WAITS = 3.0
"""Seconds in which a chat platform wants an answer."""


@contextmanager
def outside(url: str) -> Iterator[Connection]:
    """A connection that is none of ours."""
    engine = create_engine(
        url.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@contextmanager
def locked(url: str, talk: Conversation) -> Iterator[None]:
    """Someone else is writing, and takes long."""
    engine = open_engine(url).execution_options(writes=True)
    with engine.connect() as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            mine = talk.workspace.partnership_id
            connection.execute(text(f"SELECT pg_advisory_xact_lock({mine})"))
        else:
            connection.execute(text("SELECT 1"))
        yield
    engine.dispose()


def ask(talk: Conversation, line: str, key: str) -> tuple[Answer, float]:
    """The answer, and after how many seconds it came."""
    heard = local.heard(talk.workspace, "@Sam Okafor", "#comms", key, line)
    began = time.monotonic()
    answer = talk.app.hear(heard, talk.clock.now())
    return answer, time.monotonic() - began


def words(answer: Answer) -> str:
    return "\n".join(as_text(message) for message in answer.messages)


def titles(talk: Conversation) -> list[str]:
    with talk.db.reading(talk.workspace.partnership_id) as session:
        return list(session.exec(select(Action.title).order_by(col(Action.number))))


def test_locked_database_is_said_in_time_and_works_again_after(db: Database, url: str) -> None:
    talk = start(db, "2020-06-01 10:00")

    with locked(url, talk):
        busy, seconds = ask(talk, "/action add Print the posters", "one key")
        reads, _ = ask(talk, "/action list", "two")
    again, _ = ask(talk, "/action add Print the posters", "one key")

    assert seconds < SLACK_WAITS
    assert busy.is_error
    assert "busy" in words(busy)
    assert not reads.is_error
    assert "A1" in words(again)
    assert titles(talk) == ["Print the posters"]


def test_everyone_who_asks_of_a_locked_database_is_answered_in_time(db: Database, url: str) -> None:
    talk = start(db, "2020-06-01 10:00")

    with locked(url, talk), ThreadPoolExecutor(6) as threads:
        asked = [threads.submit(ask, talk, f"/action add Leaflet {n}", f"key {n}") for n in range(6)]
        answers = [each.result(30) for each in asked]

    assert [answer.is_error for answer, _ in answers] == [True] * 6
    assert max(seconds for _, seconds in answers) < SLACK_WAITS
    assert titles(talk) == []


def test_beat_on_a_locked_database_is_made_good_by_the_next(db: Database, url: str) -> None:
    talk = start(db, "2020-06-01 10:00")
    talk.do("Sam Okafor", "/action add Print the posters due: 2 June")
    talk.until("2020-06-02 08:59")

    with locked(url, talk), pytest.raises(Unavailable):
        talk.app.beat(talk.clock.now().replace(hour=8, minute=0))
    talk.until("2020-06-02 10:00")

    assert [seen.day for seen in talk.to("@Sam Okafor")] == ["2 Jun 2020"]


def test_writer_has_its_turn_from_its_first_look_and_not_from_its_first_change(
    db: Database, url: str
) -> None:
    talk, other = start(db, "2020-06-01 10:00"), Database(url)

    with writing(talk, db) as session:
        session.exec(select(Action)).all()
        with pytest.raises(Unavailable), writing(talk, other) as second:
            second.exec(select(Action)).all()
    other.close()


def writing(talk: Conversation, db: Database) -> AbstractContextManager[Session]:
    return db.writing(talk.workspace.partnership_id, at=talk.clock.now())


def cut_all(url: str) -> None:
    """End every other connection to this PostgreSQL database, as a restart of the server would."""
    with outside(url) as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )


@pytest.fixture
def talk(postgres_url: str) -> Iterator[Conversation]:
    db = Database(postgres_url)
    yield start(db, "2020-06-01 10:00")
    db.close()


def test_command_after_connections_were_cut_works(talk: Conversation, postgres_url: str) -> None:
    for number in range(3):
        cut_all(postgres_url)
        answer, _ = ask(talk, f"/action add Leaflet {number}", f"key {number}")
        assert not answer.is_error

    assert titles(talk) == ["Leaflet 0", "Leaflet 1", "Leaflet 2"]


def test_connection_cut_in_the_midst_of_writing_leaves_nothing_half_done(
    talk: Conversation, postgres_url: str
) -> None:
    ask(talk, "/action add Print the posters", "one key")

    with pytest.raises(Unavailable):
        _break_off(talk, postgres_url)
    after, _ = ask(talk, "/action add Book the hall", "two")

    assert "A2" in words(after)
    assert titles(talk) == ["Print the posters", "Book the hall"]
    assert "edited" not in talk.do("Sam Okafor", "/action show A1")


def _break_off(talk: Conversation, url: str) -> None:
    with writing(talk, talk.db) as session:
        change(session, session.exec(select(Action)).one(), title="Half")
        cut_all(url)
        record(session, "edited", "A1")


def test_server_that_is_not_there_is_said_in_time(postgres_url: str, talk: Conversation) -> None:
    nowhere = "postgresql://nobody@127.0.0.1:1/nothing"
    db = Database(nowhere)
    app = App(db, COMMANDS, {})
    heard = local.heard(talk.workspace, "@Sam Okafor", "", "key", "/action list")

    answer = app.hear(heard, talk.clock.now())

    assert "busy or out of reach" in words(answer)
    db.close()
