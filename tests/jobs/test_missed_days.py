"""Missed days: what was to be said on a day on which nothing ran is said to whoever hears next."""

from datetime import datetime, timedelta

import pytest

from bot.clock import Clock
from jobs.forecast import coming
from storage.db import Database
from storage.directory import Directory
from tests.conversation import Conversation, at, start

PRIYA, SAM = "Priya Shah", "Sam Okafor"
DUE = "/action add Print the map due: 12 June"
"""Spoken of on Friday 5, Thursday 11 and Friday 12 June."""


@pytest.fixture
def talk(sqlite: Database) -> Conversation:
    return start(sqlite, "2020-06-01 08:00")


def stand_still(talk: Conversation, since: str, until: str) -> None:
    """Nothing runs between these moments."""
    talk.until(since)
    talk.clock = Clock(at(until))


def heard(talk: Conversation, until: str) -> list[tuple[str, str]]:
    """When and where the action is spoken of; it was foretold."""
    foretold = spoken_of_soon(talk)
    seen = talk.until(until)
    told = [(post.day, post.place) for post in seen if "Print the map" in post.text]
    arrived = [(post.when, post.place) for post in seen if post.shown.reference.startswith("slot|")]
    assert [each for each in foretold if each[0] <= at(until)] == arrived
    return told


def spoken_of_soon(talk: Conversation) -> list[tuple[datetime, str]]:
    with talk.db.reading(1) as session:
        found = coming(session, Directory(session), talk.clock.now(), 100, timedelta(days=30))
    return [(each.at, each.address.external) for each in found]


def test_owner_who_is_there_hears_the_day_after(talk: Conversation) -> None:
    talk.do(SAM, DUE)
    stand_still(talk, "2020-06-05 08:00", "2020-06-06 08:00")

    assert heard(talk, "2020-06-09 12:00") == [("8 Jun 2020", "@Sam Okafor")]


def test_cover_hears_what_the_owner_has_not(talk: Conversation) -> None:
    talk.do(SAM, DUE)
    stand_still(talk, "2020-06-05 08:00", "2020-06-06 08:00")
    talk.do(SAM, "/partner away 8 June to 9 June cover: Jo Bell")

    assert heard(talk, "2020-06-11 12:00") == [("8 Jun 2020", "@Jo Bell"), ("11 Jun 2020", "@Sam Okafor")]


def test_cover_does_not_hear_again_what_the_owner_has_heard(talk: Conversation) -> None:
    talk.do(SAM, DUE)
    talk.until("2020-06-05 10:00")
    talk.do(SAM, "/partner away 8 June to 9 June cover: Jo Bell")

    assert heard(talk, "2020-06-11 12:00") == [("11 Jun 2020", "@Sam Okafor")]


def test_who_takes_over_a_role_hears_what_the_holder_before_has_not(talk: Conversation) -> None:
    for line in ("roles add Comms Lead at: Hospitals", "roles hold Comms Lead to: Sam Okafor"):
        talk.do(PRIYA, f"/partner {line}")
    talk.do(PRIYA, f"{DUE} owner: Comms Lead")
    stand_still(talk, "2020-06-05 08:00", "2020-06-06 08:00")
    talk.do(PRIYA, "/partner people leave Sam Okafor")
    talk.do(PRIYA, "/partner roles hold Comms Lead to: Jo Bell")

    assert heard(talk, "2020-06-09 12:00") == [("8 Jun 2020", "@Jo Bell")]


def test_channel_hears_what_somebody_has_not_who_has_left(talk: Conversation) -> None:
    talk.do(SAM, DUE)
    stand_still(talk, "2020-06-05 08:00", "2020-06-06 08:00")
    talk.do(PRIYA, "/partner people leave Sam Okafor")

    assert heard(talk, "2020-06-09 12:00") == [("8 Jun 2020", "#hospitals")]


def test_cover_hears_what_waits_for_the_owners_own_day_of_the_week(talk: Conversation) -> None:
    talk.do(SAM, "/schedule set me days: Monday")
    talk.do(SAM, DUE)
    talk.until("2020-06-06 10:00")
    talk.do(SAM, "/partner away 8 June to 12 June cover: Jo Bell")

    assert heard(talk, "2020-06-15 12:00") == [
        ("8 Jun 2020", "@Jo Bell"),
        ("11 Jun 2020", "@Jo Bell"),
        ("12 Jun 2020", "@Jo Bell"),
        ("15 Jun 2020", "@Sam Okafor"),
    ]


def test_cover_hears_what_somebody_has_not_who_is_never_spoken_to(talk: Conversation) -> None:
    talk.do(SAM, DUE)
    with talk.db.engine.begin() as connection:
        connection.exec_driver_sql(
            "DELETE FROM slot WHERE address_id = (SELECT id FROM address WHERE external = '@Sam Okafor')"
        )
    talk.until("2020-06-06 10:00")
    talk.do(SAM, "/partner away 8 June to 9 June cover: Jo Bell")

    assert heard(talk, "2020-06-09 12:00") == [("8 Jun 2020", "@Jo Bell")]
