"""What is held, in words; and what is offered again when a hold has ended."""

from datetime import date

import pytest

from jobs.holds import held
from storage.db import Database
from storage.directory import Directory
from storage.holds import hold_numbered, note_held
from tests.conversation import Conversation, at, start
from tests.jobs.test_incident import CALL, JO, PRIYA, TOM, scheduled

TODAY = date(2020, 6, 1)


@pytest.fixture
def talk(db: Database) -> Conversation:
    return start(db, "2020-06-01 08:00")


def words(talk: Conversation, about: str = "L12", organisations: tuple[int, ...] = (1,)) -> str:
    """As they are today; "" if nothing holds it."""
    with talk.db.reading(1) as session:
        directory = Directory(session)
        today = talk.clock.now().astimezone(directory.partnership.tz).date()
        found = held(session, directory, about, organisations, today)
    return found.words if found else ""


def stop(talk: Conversation, number: int, *things: str) -> None:
    with talk.db.writing(1, at=talk.clock.now(), by=2) as session:
        hold = hold_numbered(session, number)
        assert hold is not None
        for thing in things:
            note_held(session, hold, thing, "draft", TODAY)


def test_held_says_by_whom_and_until_when(talk: Conversation) -> None:
    assert words(talk) == ""

    talk.do(PRIYA, "/hold add election until: 7 July")
    assert words(talk) == "held by Priya Shah (election) until Tuesday 7 July"

    talk.do(JO, CALL)
    assert words(talk) == "held by Jo Bell (incident) until it is lifted"


def test_hold_of_another_organisation_holds_nothing_of_ours(talk: Conversation) -> None:
    talk.do(JO, "/hold add embargo until: friday at: Council")

    assert (words(talk), words(talk, organisations=(1, 2))) == (
        "",
        "held by Jo Bell (embargo) until Friday 5 June",
    )


def test_override_lets_one_thing_out_of_one_hold(talk: Conversation) -> None:
    talk.do(PRIYA, "/hold add election until: 7 July")
    talk.do(PRIYA, "/hold add embargo until: friday")
    talk.do(PRIYA, "/hold override H1 L12 because the court asked")

    assert words(talk) == "held by Priya Shah (embargo) until Friday 5 June"
    talk.do(PRIYA, "/hold override H2 L12 because the court asked")
    assert (words(talk), bool(words(talk, "L1"))) == ("", True)
    talk.do(PRIYA, "/hold keep H1 L12")
    assert words(talk) == "held by Priya Shah (election) until Tuesday 7 July"


def test_what_is_over_or_to_come_holds_nothing(talk: Conversation) -> None:
    talk.do(PRIYA, "/hold add election from 3 June to 4 June")

    assert words(talk) == ""
    talk.until("2020-06-04 23:30")
    assert words(talk) == "held by Priya Shah (election) until Thursday 4 June"
    talk.until("2020-06-05 00:30")
    assert words(talk) == ""


def test_what_was_held_is_offered_again_when_it_has_ended(talk: Conversation) -> None:
    talk.do(JO, "/hold add election until: 3 June at: Council")
    stop(talk, 1, "L12", "L14")

    posts = talk.until("2020-06-08 10:00")

    assert scheduled(posts) == [
        ("4 Jun 2020", "@Priya Shah", "1 hold ended"),
        ("4 Jun 2020", "@Jo Bell", "1 hold ended"),
    ]
    assert (
        "The election hold for Westmere County Council ended. "
        "2 things were held: L12 and L14. They can go out now."
    ) in posts[-1].text
    shown = talk.click(JO, posts[-1], "Show")
    assert "Was held, and can go out now:\n\n- L12, draft, Monday 1 June, asked for by Sam Okafor" in shown


def test_end_of_a_hold_that_stopped_nothing_is_said_where_nobody_posted_it(talk: Conversation) -> None:
    talk.do(PRIYA, "/hold add election until: 3 June")
    talk.do(PRIYA, "/hold add embargo until: 3 June")
    talk.do(PRIYA, "/hold lift H2")

    posts = talk.until("2020-06-08 10:00")

    assert scheduled(posts) == [("4 Jun 2020", "@Priya Shah", "1 hold ended")]
    assert "The election hold for everybody ended. Nothing was held." in posts[-1].text


def test_lifted_hold_offers_what_it_stopped(talk: Conversation) -> None:
    talk.do(TOM, CALL)
    stop(talk, 1, "L12")
    talk.until("2020-06-03 16:00")
    talk.do(PRIYA, "/hold lift H1")

    posts = talk.until("2020-06-08 10:00")

    assert scheduled(posts) == [
        ("4 Jun 2020", "@Priya Shah", "1 hold ended"),
        ("4 Jun 2020", "@Tom Reed", "1 hold ended"),
    ]
    assert "The incident for everybody ended. 1 thing was held: L12. It can go out now." in posts[-1].text
    assert talk.clock.now() == at("2020-06-08 10:00")
