"""Turns: many are had in one transaction, and one that fails keeps nobody else from theirs."""

from collections import Counter

import pytest

from bot import door
from storage.addresses import addresses
from storage.db import Database
from storage.events import record
from storage.people import Person
from tests.conversation import Conversation, start

NAMES = [f"Ana {letter}. Lake" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXY"]
EVERYONE = {f"@{name}" for name in NAMES}
FAILS = {
    "sqlite": "CREATE TRIGGER fails BEFORE INSERT ON outbox WHEN NEW.address_id = {0}"
    " BEGIN SELECT RAISE(ABORT, 'it fails'); END",
    "postgresql": "CREATE FUNCTION fails() RETURNS trigger AS 'BEGIN RAISE ''no''; END' LANGUAGE plpgsql;"
    " CREATE TRIGGER fails BEFORE INSERT ON outbox FOR EACH ROW WHEN (NEW.address_id = {0})"
    " EXECUTE FUNCTION fails()",
}
MENDED = {"sqlite": "DROP TRIGGER fails", "postgresql": "DROP TRIGGER fails ON outbox"}


@pytest.fixture
def talk(db: Database) -> Conversation:
    """Monday 1 June at eight, before the posts of the day: each of many people has something due today."""
    talk = start(db, "2020-06-01 08:00")
    with db.writing(1, at=talk.clock.now()) as session:
        for name in NAMES:
            someone = Person(name=name, organisation_id=1, permission="member")
            door.welcome(session, talk.workspace, someone, f"@{name}")
        record(session, "welcomed", "people")
    for number, name in enumerate(NAMES):
        talk.do(name, f"/action add Print map {number} due: 1 June")
    return talk


def run(db: Database, statements: dict[str, str], address: int = 0) -> None:
    with db.engine.begin() as connection:
        connection.exec_driver_sql(statements[db.engine.dialect.name].format(address))


def address_of(talk: Conversation, place: str) -> int:
    with talk.db.reading(1) as session:
        return next(address.id for address in addresses(session) if address.external == place)


def said(talk: Conversation) -> Counter[str]:
    """How often the posts of the day came to each place."""
    return Counter(seen.place for seen in talk.seen if "Print map" in seen.text)


def test_everyone_hears_once_of_their_own(talk: Conversation) -> None:
    talk.until("2020-06-01 12:00")

    heard = {seen.place: seen.text for seen in talk.seen}
    assert said(talk) == dict.fromkeys(EVERYONE, 1)
    assert [f"Print map {number}" in heard[f"@{name}"] for number, name in enumerate(NAMES)] == [True] * 25
    assert [text.count("Print map") for text in heard.values()] == [1] * 25


@pytest.mark.parametrize("whose", [NAMES[0], NAMES[3], NAMES[24]])
def test_turn_that_fails_is_had_when_it_is_mended_and_keeps_nobody_waiting(
    talk: Conversation, whose: str
) -> None:
    run(talk.db, FAILS, address_of(talk, f"@{whose}"))
    talk.until("2020-06-01 09:00")
    meanwhile = said(talk)
    talk.beat()
    run(talk.db, MENDED)

    talk.beat()
    talk.until("2020-06-01 12:00")

    assert meanwhile == dict.fromkeys(EVERYONE - {f"@{whose}"}, 1)
    assert said(talk) == dict.fromkeys(EVERYONE, 1)


def test_part_that_fails_silences_no_other_and_is_heard_once_it_is_mended(
    talk: Conversation,
) -> None:
    talk.do(NAMES[0], "/yousaid add The room is cold asked: Jo Bell", "#comms")
    talk.do("Priya Shah", "/action add Count chairs owner: Jo Bell due: 1 June")
    run(talk.db, dict.fromkeys(FAILS, "ALTER TABLE source RENAME TO elsewhere"))

    (meanwhile,) = [seen.text for seen in talk.until("2020-06-01 12:00") if seen.place == "@Jo Bell"]
    others = said(talk)
    run(talk.db, dict.fromkeys(FAILS, "ALTER TABLE elsewhere RENAME TO source"))
    (then,) = [seen.text for seen in talk.until("2020-06-02 12:00") if seen.place == "@Jo Bell"]

    assert ("Count chairs" in meanwhile, "The room is cold" in meanwhile) == (True, False)
    assert "The room is cold" in then
    assert others == dict.fromkeys(EVERYONE, 1)
