"""/schedule coming: what happens next, if nobody does anything till then."""

import pytest

from storage.db import Database
from tests.conversation import Conversation, start

PRIYA, SAM, JO = "Priya Shah", "Sam Okafor", "Jo Bell"


@pytest.fixture
def talk(sqlite: Database) -> Conversation:
    """Monday 1 June 2020, ten o'clock; each has an action, and so have a channel and the end of June."""
    talk = start(sqlite, "2020-06-01 10:00")
    talk.do(SAM, "/action add Print the leaflets due: 3 June")
    talk.do(SAM, "/action add Call the printer due: 4 June")
    talk.do(JO, "/action add Walk the wards due: ongoing")
    talk.do(PRIYA, "/action add Share stories owner: Hospitals due: 9 June")
    talk.until("2020-06-02 10:00")
    return talk


def test_coordinator_sees_what_comes_to_all(talk: Conversation) -> None:
    assert talk.do(PRIYA, "/schedule coming") == (
        "What happens next, if nobody does anything till then\n\n"
        "- Wednesday 3 June at 9am to @Sam Okafor: 1 due today, 1 coming up\n"
        "- Thursday 4 June at 9am to @Sam Okafor: 1 late, 1 due today\n"
        "- Friday 5 June at 9am to @Sam Okafor: 1 late\n"
        "- Monday 8 June at 9am to #hospitals: 1 coming up\n"
        "- Tuesday 9 June at 9am to #hospitals: 1 due today\n"
        "- Wednesday 10 June at 9am to #hospitals: 1 late\n"
        "- Wednesday 10 June at 9am to @Sam Okafor: 1 late\n"
        "- Thursday 11 June at 9am to @Sam Okafor: 1 late\n\n"
        "Who is spoken to when: /schedule list"
    )


def test_others_see_what_comes_to_them_and_to_the_channels(talk: Conversation) -> None:
    assert talk.do(JO, "/schedule coming") == (
        "What happens next, if nobody does anything till then\n\n"
        "- Monday 8 June at 9am to #hospitals: 1 coming up\n"
        "- Tuesday 9 June at 9am to #hospitals: 1 due today\n"
        "- Wednesday 10 June at 9am to #hospitals: 1 late\n"
        "- Tuesday 16 June at 9am to #hospitals: 1 late\n"
        "- Tuesday 16 June at 9am to @Jo Bell: 1 review of ongoing work\n\n"
        "This is what comes to you and to the chat channels.\n\n"
        "Who is spoken to when: /schedule list"
    )


def test_first_line_is_what_then_arrives(talk: Conversation) -> None:
    talk.until("2020-06-03 08:59")
    assert "- Wednesday 3 June at 9am to @Sam Okafor: 1 due today, 1 coming up" in talk.do(
        SAM, "/schedule coming"
    )

    arrived = talk.until("2020-06-03 09:00")

    assert [(s.place, s.shown.message.summary) for s in arrived] == [
        ("@Sam Okafor", "Wednesday 3 June: 1 due today, 1 coming up")
    ]


def test_what_people_do_changes_what_comes(talk: Conversation) -> None:
    talk.do(SAM, "/action done A1")
    talk.do(SAM, "/action snooze A2 until 8 June")
    talk.do(PRIYA, "/schedule pause #hospitals")

    assert talk.do(SAM, "/schedule coming").splitlines()[2:5] == [
        "- Monday 8 June at 9am to @Sam Okafor: 1 late",
        "- Thursday 11 June at 9am to @Sam Okafor: 1 late",
        "",
    ]


def test_looking_ahead_changes_nothing(talk: Conversation) -> None:
    first = talk.do(PRIYA, "/schedule coming")

    assert talk.do(PRIYA, "/schedule coming") == first


def test_nothing_to_come_says_what_to_do(sqlite: Database) -> None:
    talk = start(sqlite, "2020-06-01 10:00")

    assert talk.do(PRIYA, "/schedule coming") == (
        "Nothing is to be said in the next two months, if nobody does anything till then.\n\n"
        "Give an action a date, and its owner is reminded of it: "
        "/action add Refresh the newsletter due: end of June\n\n"
        "What has no date yet: /action list undated"
    )
    assert talk.do(JO, "/schedule coming").startswith(
        "Nothing is to be said to you or in a chat channel in the next two months"
    )
