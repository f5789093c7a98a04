"""Lines that are nearly right: what they are understood as, and the line that is offered instead."""

import pytest

from storage.db import Database
from tests.conversation import Conversation, start


@pytest.fixture
def talk(db: Database) -> Conversation:
    """A Monday."""
    return start(db, "2020-06-01 10:00")


@pytest.mark.parametrize("words", ["due: before Christmas", "due before Christmas"])
def test_before_a_day_is_by_the_day_before_it(talk: Conversation, words: str) -> None:
    said = talk.do("Priya Shah", f"/action add Print the map {words}")

    assert "When: Thursday 24 December (you wrote “before Christmas”)" in said


def test_hint_keeps_the_word_before(talk: Conversation) -> None:
    said = talk.do("Priya Shah", "/action add Print the map before Christmas")

    assert "Did you mean a date? /action edit A1 due: before Christmas" in said
