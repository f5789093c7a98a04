"""Reviews of several actions at once: whatever is wrong with one, no line is lost."""

import pytest

from storage.db import Database
from tests.conversation import Conversation, start


@pytest.fixture
def talk(sqlite: Database) -> Conversation:
    """The day of a review, on which two ongoing actions wait for Sam's; A3 has a date, A4 is Jo's."""
    talk = start(sqlite, "2020-06-01 10:00")
    for line in ("Stories due: ongoing", "Briefs due: ongoing", "Print it due: 12 June"):
        talk.do("Sam Okafor", f"/action add {line}")
    talk.do("Jo Bell", "/action add Papers due: ongoing")
    talk.until("2020-06-16 10:00")
    return talk


def test_typed_reviews_answer_each(talk: Conversation) -> None:
    said = talk.do("Sam Okafor", "/action review all a1 running\n2 changed: now weekly")

    assert "- A1 Stories: running" in said
    assert "- A2 Briefs: changed: now weekly" in said


def test_typed_reviews_with_a_mistake_all_come_back_and_none_is_saved(talk: Conversation) -> None:
    line = "/action review all A1 paused\nA2 changed\nA99 running\nA4 running\nA3 running"

    said = talk.say("Sam Okafor", line)

    assert talk.answer.is_error
    assert said.startswith(
        "Nothing was saved yet.\n"
        "A2: What changed? One line is enough.\n"
        "A99: There is no A99 in this plan.\n"
        "A4: A4 belongs to Jo Bell"
    )
    assert "A3: A3 is not ongoing: it has a date, and is done when it is done." in said
    assert said.endswith("> You typed: " + line.replace("\n", "\n> "))
    assert "2 reviews" in talk.do("Sam Okafor", "/me")


@pytest.mark.parametrize(("one", "other"), [("A1", "a1"), ("A1", "1"), ("a1", "#1"), ("A1", "A1")])
def test_number_typed_twice_is_named(talk: Conversation, one: str, other: str) -> None:
    said = talk.say("Sam Okafor", f"/action review all {one} running\n{other} paused")

    assert said.startswith(
        f"Nothing was saved yet.\n{one}: {one} is there twice. Give it once.\n"
        f"{other}: {other} is there twice. Give it once."
    )


def test_number_filled_in_twice_is_named_and_both_rows_come_back(talk: Conversation) -> None:
    rows = {"review.A1.line": "now weekly", "review.a1.line": "now daily", "review.1.state": "paused"}

    said = talk.fill("Sam Okafor", "action review all", **rows)

    assert talk.answer.is_error
    assert [text in said for text in ("now weekly", "now daily", "1 Stories")] == [True] * 3
    assert said.count("is there twice. Give it once.") == 3


def test_form_with_a_mistake_comes_back_with_every_row(talk: Conversation) -> None:
    talk.do("Sam Okafor", "/action review A2 running")
    rows = {"review.A1.state": "changed", "review.A2.line": "now weekly", "review.A99.line": "no such one"}

    said = talk.fill("Sam Okafor", "action review all", **rows)

    assert "A1 Stories" in said
    assert "A2 Briefs" in said
    assert "now weekly" in said
    assert "no such one" in said
    assert "Not yet: There is no A99 in this plan." in said
