"""Who hears, where the one who should cannot: an absent coordinator, a cover who gave the work away."""

import pytest

from storage.addresses import addresses
from storage.db import Database, change
from storage.events import record
from tests.conversation import Conversation, start

PRIYA, SAM, JO, TOM = "Priya Shah", "Sam Okafor", "Jo Bell", "Tom Reed"


@pytest.fixture
def talk(sqlite: Database) -> Conversation:
    """Monday 1 June 2020, before the day's posts."""
    return start(sqlite, "2020-06-01 08:00")


def without_channels(talk: Conversation) -> None:
    """Nobody has said yet whose chat channels they are."""
    with talk.db.writing(1, at=talk.clock.now()) as session:
        for address in addresses(session):
            if address.kind == "channel":
                change(session, address, is_shared=False, organisation_id=None)
        record(session, "forgotten", "channels")


def heard(talk: Conversation, until: str, words: str) -> list[tuple[str, str]]:
    """When and where these words were said."""
    return [(seen.day, seen.place) for seen in talk.until(until) if words in seen.text]


def test_coordinator_who_is_at_work_hears_what_has_no_channel(talk: Conversation) -> None:
    without_channels(talk)
    talk.do(PRIYA, "/partner coordinators add Sam")
    talk.do(PRIYA, "/action add Clean the hall owner: Council due: 12 June")
    talk.do(PRIYA, "/partner away 2 June to 11 June")

    assert heard(talk, "2020-06-12 12:00", "Clean the hall") == [
        ("5 Jun 2020", "@Sam Okafor"),
        ("11 Jun 2020", "@Sam Okafor"),
        ("12 Jun 2020", "@Priya Shah"),
    ]


def test_coordinators_who_are_all_away_hear_when_the_first_is_back(talk: Conversation) -> None:
    without_channels(talk)
    talk.do(PRIYA, "/action add Clean the hall owner: Council due: 12 June")
    talk.do(PRIYA, "/partner away 2 June to 9 June")

    assert heard(talk, "2020-06-10 12:00", "Clean the hall") == [("10 Jun 2020", "@Priya Shah")]


def test_whoever_offers_work_is_not_asked_to_take_it_in_anothers_place(talk: Conversation) -> None:
    talk.do(JO, "/action add Draw the map owner: Sam due: 30 June")
    talk.do(SAM, "/partner away 1 June to 9 June cover: Jo Bell")

    assert heard(talk, "2020-06-10 12:00", "asks") == [("10 Jun 2020", "@Sam Okafor")]
    assert "asks" not in talk.do(JO, "/me")
