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


@pytest.mark.parametrize("until", ["until: 12 June", "until:12 June", "till 12 June", "for: 12 June"])
def test_word_before_a_day_may_have_a_colon(talk: Conversation, until: str) -> None:
    talk.do("Sam Okafor", "/action add Print the map")

    assert "A1 keeps quiet until Friday 12 June" in talk.do("Sam Okafor", f"/action snooze A1 {until}")


def test_hint_keeps_the_word_before(talk: Conversation) -> None:
    said = talk.do("Priya Shah", "/action add Print the map before Christmas")

    assert "Did you mean a date? /action edit A1 due: before Christmas" in said


@pytest.mark.parametrize(
    ("line", "mended"),
    [
        (
            "/action add Send flu figures owner: County Council due: before 15 Jan",
            "/action add Send flu figures owner: Westmere County Council due: before 15 Jan",
        ),
        ("/action add Ring the papers owner: Bell", "/action add Ring the papers owner: Jo Bell"),
        ("/partner away next Thursday and Friday", "/partner away 11 June 2020 to 12 June 2020"),
        ("/action add Winter FAQ due: Fri 13th", "/action add Winter FAQ due: Saturday 13 June 2020"),
    ],
)
def test_line_is_offered_once_and_mended(talk: Conversation, line: str, mended: str) -> None:
    said = talk.say("Jo Bell", line)

    assert f"\n\nTry: {mended}\n" in said
    assert said.count("Try: ") == 1
    talk.do("Jo Bell", mended)


@pytest.mark.parametrize(
    "to", ["Jo Bell please", "Jo, thanks!", "to @Jo.Bell – many thanks", "Jo and Tom please"]
)
def test_please_after_a_name_is_none(talk: Conversation, to: str) -> None:
    talk.do("Priya Shah", "/action add Print the map")

    said = talk.do("Priya Shah", f"/action hand A1 {to}")

    assert said.startswith(f"A1 now belongs to Jo Bell{' and Tom Reed' if 'Tom' in to else ''}: Print")


def test_name_with_thanks_in_it_is_one(talk: Conversation) -> None:
    talk.do("Priya Shah", "/partner teams add Wall of Thanks")

    said = talk.do("Priya Shah", "/action add Print the map owner: Wall of Thanks, please")

    assert "Owner: Wall of Thanks" in said
    assert "Tom Reed covers." in talk.do("Jo Bell", "/partner away tomorrow cover: Tom please")


@pytest.mark.parametrize(
    ("who", "line", "advice"),
    [
        ("Sam Okafor", "/action hand A1 Jo Bell and please", "/partner people"),
        ("Sam Okafor", "/action hand A1 Jo Bell and Gina", "/partner roles add Gina"),
        ("Sam Okafor", "/action snooze A1 until the cows come", "/help action snooze"),
        ("Sam Okafor", "/action snooze A1 until yesterday", "/help action snooze"),
    ],
)
def test_advice_would_change_no_action(talk: Conversation, who: str, line: str, advice: str) -> None:
    """Neither a look-alike of what is no name is offered, nor an example with somebody's action in it."""
    talk.do("Priya Shah", "/partner people add Lee Park")
    talk.do("Sam Okafor", "/action add Print the map")

    said = talk.say(who, line)

    assert "Lee Park" not in said
    assert f"\n\nTry: {advice}\n" in said + "\n"


def test_undo_of_an_action_takes_back_the_last_change_to_it(talk: Conversation) -> None:
    talk.do("Sam Okafor", "/action add Print the map")
    talk.do("Sam Okafor", "/action add Ring the papers")
    talk.do("Sam Okafor", "/action done A1")
    talk.do("Sam Okafor", "/action edit A2 due: 12 June")
    talk.do("Priya Shah", "/action note A2 Ask for Lee")

    undone = talk.do("Sam Okafor", "/action undo A1")

    assert undone.startswith("Taken back: A1 is as it was before. Print the map")
    assert "2 open actions" in talk.do("Sam Okafor", "/action list")
    assert talk.say("Sam Okafor", "/action undo a2").startswith("Only the person who made a change")
    assert talk.say("Sam Okafor", "/action undo A9").startswith("There is no A9 in this plan.")


def test_undo_of_an_action_asks_back_about_another_day(talk: Conversation) -> None:
    talk.do("Sam Okafor", "/action add Print the map")
    talk.until("2020-06-02 10:00")

    said = talk.say("Sam Okafor", "/action undo A1")

    assert said.startswith(
        "The last change to A1 was on Monday 1 June: it was logging it. To take it out of the"
    )
    assert "Print the map" in talk.do("Sam Okafor", "/action list")
    talk.do("Sam Okafor", said.partition("Try: ")[2].splitlines()[0])
    assert "Print the map" not in talk.do("Sam Okafor", "/action list")
    gone = "There is no A1 in this plan any more: it was taken back."
    assert talk.say("Sam Okafor", "/action undo A1").startswith(gone)
