"""News: what others did is told once, where it is news."""

import pytest

from storage.db import Database
from tests.conversation import Conversation, start


@pytest.fixture
def talk(sqlite: Database) -> Conversation:
    """Monday 1 June 2020, ten o'clock. The Council reads #council, and has an action for Thursday 30 July."""
    talk = start(sqlite, "2020-06-01 10:00")
    talk.do("Priya Shah", "/me", channel="#council")
    talk.do("Priya Shah", "/partner channel #council for: Council")
    talk.do("Priya Shah", "/action add Print posters owner: Council due: 30 July")
    talk.until("2020-06-02 10:00")
    return talk


def told(talk: Conversation, place: str = "#council") -> list[str]:
    """The news that come there on Wednesday, line by line."""
    seen = [each.text for each in talk.until("2020-06-03 12:00") if each.place == place]
    return [line for text in seen for line in text.split("\n- ")[1:]]


def test_what_was_posted_where_it_was_done_is_no_news_there(talk: Conversation) -> None:
    talk.do("Sam Okafor", "/action note A1 Use the blue ones", channel="#council")
    talk.do("Sam Okafor", "/action note A1 Ring first", channel="#comms")

    assert told(talk) == ["Sam Okafor added a note to A1, Print posters: Ring first"]


def test_nothing_but_that_is_no_reason_to_speak(talk: Conversation) -> None:
    talk.do("Sam Okafor", "/action note A1 Use the blue ones", channel="#council")

    assert [each.place for each in talk.until("2020-06-03 12:00") if each.place == "#council"] == []


def test_whoever_gave_it_is_told_in_direct_messages(talk: Conversation) -> None:
    talk.do("Sam Okafor", "/action note A1 Use the blue ones", channel="#council")

    assert told(talk, "@Priya Shah") == ["Sam Okafor added a note to A1, Print posters: Use the blue ones"]


def test_what_was_posted_there_and_undone_elsewhere_is_news(talk: Conversation) -> None:
    talk.do("Priya Shah", "/action edit A1 due: 31 July", channel="#council")
    talk.do("Priya Shah", "/action undo", channel="#comms")

    assert told(talk) == ["Priya Shah took back a change to A1, Print posters"]


def test_what_was_done_and_undone_elsewhere_is_no_news(talk: Conversation) -> None:
    talk.do("Sam Okafor", "/action note A1 Use the blue ones", channel="#comms")
    talk.do("Sam Okafor", "/action undo", channel="#comms")

    assert told(talk) == []


@pytest.mark.parametrize("owner", ["", " owner: Lead"])
def test_what_somebody_does_with_their_own_is_no_news_to_who_stands_in(
    talk: Conversation, owner: str
) -> None:
    talk.do("Priya Shah", "/partner roles add Lead")
    talk.do("Priya Shah", "/partner roles hold Lead to: Priya")
    talk.do("Priya Shah", "/partner roles deputy Lead to: Sam")
    talk.do("Priya Shah", f"/action add Write the speech due: 30 July{owner}")
    talk.do("Priya Shah", "/action note A2 It is for the fair")
    talk.do("Priya Shah", "/action add Book the band due: 30 July owner: Sam")
    talk.do("Priya Shah", "/partner away tomorrow cover: Sam")

    assert told(talk, "@Sam Okafor") == ["Priya Shah logged A3 for you, Book the band, Thursday 30 July"]


def test_what_somebody_was_given_comes_first_where_there_is_too_much(talk: Conversation) -> None:
    for number in range(9):
        talk.do("Sam Okafor", f"/action add Errand {number} due: 30 July")
    for number in range(9):
        talk.do("Priya Shah", f"/action note A{number + 2} There is time")
    talk.do("Priya Shah", "/action add Book the band due: 30 July owner: Sam")

    news = told(talk, "@Sam Okafor")

    assert (len(news), news[0]) == (7, "Priya Shah logged A11 for you, Book the band, Thursday 30 July")


@pytest.fixture
def promised(talk: Conversation) -> Conversation:
    """Sam looks after L1, and has promised that it is done: Jo does it, with A2."""
    talk.do("Sam Okafor", "/yousaid add The waiting room is too cold group: carers")
    talk.do("Sam Okafor", "/yousaid plan L1 Buy heaters owner: Jo Bell due: 30 July")
    talk.do("Jo Bell", "/action accept A2")
    return talk


def test_kept_promise_is_told_once_to_who_looks_after_the_loop(promised: Conversation) -> None:
    promised.until("2020-06-03 10:00")
    promised.do("Jo Bell", "/action done A2 They hang")
    promised.do("Priya Shah", "/yousaid erase L1 yes")
    seen = [s.text for s in promised.until("2020-06-04 10:00") if s.place == "@Sam Okafor"]

    assert seen[0].partition("What others did:\n\n")[2].splitlines() == [
        "- Jo Bell marked A2 done, Buy heaters (for L1): They hang",
        "- Priya Shah erased the words of L1",
    ]


def test_what_became_of_a_promise_stands_in_the_loops_history(promised: Conversation) -> None:
    promised.do("Jo Bell", "/action done A2")
    promised.do("Jo Bell", "/action reopen A2")
    promised.do("Jo Bell", "/action drop A2 because it is summer")
    history = promised.do("Sam Okafor", "/yousaid show L1").partition("History:")[2]
    undone = promised.do("Jo Bell", "/undo")
    after = promised.do("Sam Okafor", "/yousaid show L1")

    told = [line.partition(": ")[2] for line in history.splitlines() if "Jo Bell" in line]
    assert told == [
        "Jo Bell marked A2 done",
        "Jo Bell reopened A2",
        "Jo Bell dropped A2: it is summer",
    ]
    assert "A2 is as it was before. Buy heaters" in undone
    assert "Jo Bell dropped A2 (taken back)" in after
    assert "promised by Thursday 30 July" in after


def test_finished_review_is_news_of_what_it_carries_out(promised: Conversation) -> None:
    promised.do("Jo Bell", "/action edit A2 due: ongoing")
    promised.until("2020-06-03 10:00")
    promised.do("Jo Bell", "/action review A2 finished They hang")
    seen = [s.text for s in promised.until("2020-06-04 10:00") if s.place == "@Sam Okafor"]

    assert "- Jo Bell reviewed A2, Buy heaters (for L1): finished: They hang" in seen[0].splitlines()


def test_action_of_a_loop_is_undone_whatever_was_done_with_the_loop_since(promised: Conversation) -> None:
    promised.do("Jo Bell", "/action done A2")
    promised.do("Sam Okafor", "/yousaid told L1 to: carers where: their meeting on: today")
    promised.do("Priya Shah", "/yousaid erase L1 yes")

    assert promised.do("Jo Bell", "/undo").startswith("Taken back: A2 is as it was before. Buy heaters")


def test_merge_is_told_to_who_looks_after_the_other(promised: Conversation) -> None:
    promised.do("Tom Reed", "/yousaid add Heaters are missing group: young people")
    promised.do("Tom Reed", "/yousaid merge L2 into L1")
    seen = [s.text for s in promised.until("2020-06-03 10:00") if s.place == "@Sam Okafor"]

    assert "- Tom Reed merged L2, Heaters are missing into L1" in seen[0]
