"""Loops in lists and numbers: filters, pages, words, and medians that were worked out by hand."""

import pytest

from storage.db import Database
from tests.commands.looping import ADD, COLD, JO, PRIYA, SAM, TOM, stands, told
from tests.conversation import Conversation, start


@pytest.fixture
def talk(db: Database) -> Conversation:
    """Monday 1 June 2020, ten o'clock."""
    return start(db, "2020-06-01 10:00")


@pytest.fixture
def many(talk: Conversation) -> Conversation:
    """One loop in each state, L1 to L7, and L8, which is checked."""
    for number, group in enumerate(("carers", "carers", "patients", "Carers"), 1):
        talk.do(SAM, f"/yousaid add Said {number} from: Healthwatch group: {group} theme: rooms")
    for number, group in enumerate(("patients", "Émigrés", "patients", "carers"), 5):
        talk.do(JO, f"/yousaid add Said {number} from: facebook group: {group} theme: Été")
    talk.do(SAM, "/yousaid ask L2 Jo")
    talk.do(SAM, "/yousaid will L3 It comes by: end of June")
    told(talk, "L3")
    talk.do(SAM, "/yousaid cannot L4 because the wall is listed")
    talk.do(JO, "/yousaid passed L5 to the bus company")
    told(talk, "L5")
    talk.do(JO, "/yousaid merge L6 into L7")
    talk.do(JO, "/yousaid thanked L8")
    told(talk, "L8")
    talk.do(SAM, "/yousaid check L8 yes")
    return talk


def listed(said: str) -> list[str]:
    """The numbers in a list, in its order."""
    return [line.removeprefix("- ").split()[0] for line in said.splitlines() if line.startswith("- ")]


@pytest.mark.parametrize(
    ("which", "found", "heading"),
    [
        ("", "L1 L2 L3 L4 L7", "5 open loops"),
        ("open", "L1 L2 L3 L4 L7", "5 open loops"),
        ("unasked", "L1 L7", "2 loops that nobody is asked about"),
        ("undecided", "L2", "1 loop not decided yet"),
        ("promised", "L3", "1 loop with a promise"),
        ("untold", "L4", "1 loop decided but not told"),
        ("unchecked", "L5", "1 loop told but not checked"),
        ("closed", "L8 L5", "2 closed loops"),
        ("merged", "L6", "1 loop merged into others"),
        ("all", "L8 L7 L6 L5 L4 L3 L2 L1", "8 loops in all"),
        ("mine", "L1 L2 L3 L4", "4 loops of yours"),
        ("my loops", "L1 L2 L3 L4", "4 loops of yours"),
        ("told", "L8 L5", "2 closed loops"),
        ("all group: carers", "L8 L4 L2 L1", "4 loops in all"),
        ("group: CARERS theme: Rooms", "L1 L2 L4", "3 open loops"),
        ("all group: émigrés", "L6", "1 loop in all"),
        ("all theme: ÉTÉ", "L8 L7 L6 L5", "4 loops in all"),
        ("from: facebook", "L7", "1 open loop"),
        ("all from: healthwatch", "L4 L3 L2 L1", "4 loops in all"),
        ("said 7", "L7", "1 loop in all with “said 7”"),
        ("untold said", "L4", "1 loop decided but not told with “said”"),
        ("100%", "", "There are no loops with “100%”."),
        (
            "unasked theme: parking",
            "",
            "There are no loops that nobody is asked about of those you asked for.",
        ),
    ],
)
def test_list_shows_those_that_are_meant(many: Conversation, which: str, found: str, heading: str) -> None:
    said = many.do(SAM, f"/yousaid list {which}")

    assert (" ".join(listed(said)), said.splitlines()[0]) == (found, heading)


def test_list_tells_who_said_it_and_where_it_stands(many: Conversation) -> None:
    assert [line for line in many.do(SAM, "/yousaid list").splitlines() if line] == [
        "5 open loops",
        "- L1 Said 1 (carers; Healthwatch): nobody is asked yet",
        "- L2 Said 2 (carers; Healthwatch): Jo Bell is asked",
        "- L3 Said 3 (patients; Healthwatch): promised by Tuesday 30 June; told",
        "- L4 Said 4 (carers; Healthwatch): could not be done; carers not told yet",
        "- L7 Said 7 (patients and Émigrés; Social media), said 2 times: nobody is asked yet",
    ]


def test_words_are_found_whatever_their_case(talk: Conversation) -> None:
    for words in ("The CAFÉ is loud", "The café is full", "The cafe is cold"):
        talk.do(SAM, f"/yousaid add {words}")

    assert listed(talk.do(SAM, "/yousaid list Café")) == ["L2", "L1"]


def test_list_is_in_pages(talk: Conversation) -> None:
    lines = "\n".join(f"Point {number}" for number in range(1, 46))
    talk.do(SAM, f"/yousaid add {lines} ref: HW theme: rooms group: carers")

    first = talk.do(SAM, "/yousaid list group: carers ref: HW")
    more = first.partition("Next page: ")[2].splitlines()[0]
    second = talk.do(SAM, more)
    third = talk.do(SAM, second.partition("Next page: ")[2].splitlines()[0])

    assert first.startswith("45 open loops, page 1 of 3")
    assert more == "/yousaid list open group: carers ref: HW page: 2"
    assert listed(first + second + third) == [f"L{number}" for number in range(1, 46)]
    assert "Next page" not in third
    assert talk.say(SAM, "/yousaid list page: 4").startswith("There are 3 pages.")


def test_numbers_are_those_of_a_hand(talk: Conversation) -> None:
    """Decided after 2, 9, 6 and 0 days; told after 3, 11 and 0. Of those said in May: 9 and 6; 11."""
    for number, day in enumerate(("1 June", "25 May", "29 May", "1 June", "1 June", "1 June"), 1):
        talk.do(SAM, f"/yousaid add Said {number} group: carers when: {day}")
    talk.do(SAM, "/yousaid ask L5 Jo")
    talk.do(SAM, "/yousaid merge L6 into L1")
    talk.do(SAM, "/yousaid thanked L4")
    told(talk, "L4")
    talk.do(JO, "/yousaid check L4 yes")
    talk.until("2020-06-03 10:00")
    talk.do(SAM, "/yousaid did L1 Heaters on: today")
    talk.do(SAM, "/yousaid cannot L2 because the wall is listed")
    talk.do(SAM, "/yousaid plan L3 Buy heaters due: end of June")
    talk.until("2020-06-04 10:00")
    told(talk, "L1")
    talk.do(SAM, "/action done A1")
    talk.until("2020-06-05 10:00")
    told(talk, "L2")

    assert [line for line in talk.do(SAM, "/yousaid stats").splitlines() if line] == [
        "6 things said",
        "Nobody asked yet: 0",
        "Not decided yet: 1",
        "Promised, and told: 0",
        "Decided, not told: 1",
        "Closed: 3",
        "Said before, and merged: 1",
        "From said to decided (median): 4 days (of 4)",
        "From said to told (median): 3 days (of 3)",
        "Done: 2",
        "Could not be done: 1",
        "Thanked: 1",
        "Asked whether they agree: 1 yes, 0 half",
    ]
    assert [line for line in talk.do(SAM, "/yousaid stats last month").splitlines() if line] == [
        "2 things said in May 2020",
        "Nobody asked yet: 0",
        "Not decided yet: 0",
        "Promised, and told: 0",
        "Decided, not told: 1",
        "Closed: 1",
        "From said to decided (median): 7.5 days (of 2)",
        "From said to told (median): 11 days (of 1)",
        "Done: 1",
        "Could not be done: 1",
    ]


def test_numbers_of_nothing_say_so(talk: Conversation) -> None:
    empty = talk.do(SAM, "/yousaid stats")
    talk.do(SAM, ADD)

    assert empty.startswith("Nothing was logged that people said.")
    assert talk.do(SAM, "/yousaid stats last month").startswith(
        "Nothing was logged that people said in that time."
    )
    assert "From said to decided (median): not known yet\n" in talk.do(SAM, "/yousaid stats")


# --- who may ----------------------------------------------------------------------------------------


def test_who_may_decide(talk: Conversation) -> None:
    """Its owner, whoever is asked, their organisations, or a coordinator."""
    talk.do(SAM, ADD)
    stranger = talk.say(JO, "/yousaid cannot L1 because I say so")
    talk.do(SAM, "/yousaid ask L1 Jo")
    talk.do(TOM, "/yousaid cannot L1 because the wall is listed")
    theirs = stands(talk)
    talk.do(TOM, "/undo")
    talk.do(PRIYA, "/yousaid thanked L1")

    assert stranger.startswith("That is for Sam Okafor, their organisation or a coordinator to say.")
    assert "Try: /yousaid note L1" in stranger
    assert (theirs, stands(talk)) == (
        "could not be done; carers not told yet",
        "thanked; carers not told yet",
    )


@pytest.mark.parametrize(
    "line", ["edit L1 theme: x", "ask L1 Jo", "merge L1 into L2", "awaiting L1 us on: friday"]
)
def test_who_may_change_it(talk: Conversation, line: str) -> None:
    """Its owner, whoever logged it, their organisations, or a coordinator; anybody adds a note."""
    talk.do(SAM, ADD)
    talk.do(SAM, "/yousaid add It is cold in there")

    refused = talk.say(JO, f"/yousaid {line}")
    talk.do(JO, "/yousaid note L1 We have the same")
    talk.do(PRIYA, f"/yousaid {line}")

    assert refused.startswith("L1 is looked after by Sam Okafor: they, their organisation or a coordinator")
    assert COLD in talk.do(JO, "/yousaid show L1")
