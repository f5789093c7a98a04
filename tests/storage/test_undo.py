"""Undo: every kind of change to an action can be taken back, and then all is as it was before."""

from typing import Any

import pytest
from sqlmodel import select

from storage.actions import Action, ActionOwner
from storage.db import Database
from storage.offers import Offer
from storage.reviews import Review
from storage.row import Owned
from tests.conversation import Conversation, start

SET_UP = """
Priya Shah: /objective add Hear what people say
Priya Shah: /objective add Say what came of it
Priya Shah: /partner roles add Comms Chief at: Hospitals
Priya Shah: /partner roles hold Comms Chief to: Sam Okafor
Sam Okafor: /action add Print the posters due: 12 June
Sam Okafor: /action add Share a story ongoing
Sam Okafor: /action add Write it up owner: Comms Chief, Priya Shah with: Jo Bell due: June objective: 1
Jo Bell: /action add Film at the entrance owner: Hospitals due: 24 June
Sam Okafor: /action add Old news
Sam Okafor: /action done A5 It was short
"""
CHANGES = """
Sam Okafor: /action add Book the hall owner: Comms Chief with: Jo Bell due: 9 June objective: 2
Sam Okafor: /action add Ask the council owner: Council
Sam Okafor: /action edit A1 title: Print the banners
Sam Okafor: /action edit A1 due: end of July
Sam Okafor: /action edit A1 due: ongoing
Sam Okafor: /action edit A1 owner: Priya Shah
Sam Okafor: /action edit A3 owner: Sam Okafor with: Tom Reed due: Q4 objective: 2
Sam Okafor: /action note A1 The printer is closed
Sam Okafor: /action done A1
Sam Okafor: /action done A1 All of them are up
Sam Okafor: /action done A3
Sam Okafor: /action drop A1 because it rained
Sam Okafor: /action reopen A5
Sam Okafor: /action snooze A1 until next friday
Sam Okafor: /action waiting A1 for the printer until 12 June
Sam Okafor: /action hand A1 to Priya Shah
Sam Okafor: /action hand A3 to Council
Sam Okafor: /action accept A4
Sam Okafor: /action decline A4 We have no camera
Sam Okafor: /action not ours A4
Sam Okafor: /action review A2 running
Sam Okafor: /action review A2 changed: every month now
Sam Okafor: /action review A2 paused
Sam Okafor: /action review A2 finished
""".strip().splitlines()


def settled(db: Database) -> Conversation:
    talk = start(db, "2020-06-15 10:00")
    for line in SET_UP.strip().splitlines():
        talk.do(*line.split(": ", 1))
    return talk


def stands(talk: Conversation) -> list[list[dict[str, Any]]]:
    """The plan as it stands; a row that was put back has a new id."""
    with talk.db.reading(talk.workspace.partnership_id) as session:
        kinds: tuple[type[Owned], ...] = (Action, ActionOwner, Offer, Review)
        dumped = [[row.model_dump(exclude={"id"}) for row in session.exec(select(kind))] for kind in kinds]
        return [sorted(rows, key=str) for rows in dumped]


@pytest.mark.parametrize("line", CHANGES)
def test_change_is_taken_back(sqlite: Database, line: str) -> None:
    _undo_one(settled(sqlite), line)


def test_changes_are_taken_back_on_postgresql_too(postgres_url: str) -> None:
    db = Database(postgres_url)
    talk = settled(db)

    for line in CHANGES:
        _undo_one(talk, line)

    db.close()


def _undo_one(talk: Conversation, line: str) -> None:
    before = stands(talk)

    talk.do(*line.split(": ", 1))
    changed = stands(talk)
    said = talk.do("Sam Okafor", "/action undo")

    assert changed != before or "/action note" in line
    assert stands(talk) == before, said


def test_change_is_taken_back_once(sqlite: Database) -> None:
    talk = settled(sqlite)
    said = talk.do("Sam Okafor", "/action done A1")
    event = next(word for word in said.split() if word.startswith("E") and word[1:].isdigit())

    talk.do("Sam Okafor", f"/action undo {event}")
    again = talk.say("Sam Okafor", f"/action undo {event}")

    assert talk.answer.is_error
    assert "taken back already" in again


def test_change_that_was_overtaken_is_left_alone(sqlite: Database) -> None:
    talk = settled(sqlite)
    said = talk.do("Sam Okafor", "/action edit A1 title: One")
    event = next(word for word in said.split() if word.startswith("E") and word[1:].isdigit())
    talk.do("Sam Okafor", "/action edit A1 title: Two")
    before = stands(talk)

    talk.say("Sam Okafor", f"/action undo {event}")

    assert talk.answer.is_error
    assert stands(talk) == before


def test_undo_after_undo_takes_back_the_change_before(sqlite: Database) -> None:
    talk = settled(sqlite)
    before = stands(talk)
    talk.do("Sam Okafor", "/action edit A1 title: One")
    talk.do("Sam Okafor", "/action edit A1 due: July")

    talk.do("Sam Okafor", "/action undo")
    talk.do("Sam Okafor", "/action undo")

    assert stands(talk) == before
