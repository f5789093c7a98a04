"""What is said by itself about loops: to whoever looks after one, and to whoever is asked."""

import pytest

from storage.db import Database
from tests.conversation import Conversation, start

SAM, JO, TOM, PRIYA = "Sam Okafor", "Jo Bell", "Tom Reed", "Priya Shah"


@pytest.fixture
def talk(sqlite: Database) -> Conversation:
    """Monday 1 June 2020, ten o'clock."""
    return start(sqlite, "2020-06-01 10:00")


@pytest.fixture
def everywhere(db: Database) -> Conversation:
    """The same on each kind of database."""
    return start(db, "2020-06-01 10:00")


def heard(talk: Conversation, who: str, ref: str) -> list[tuple[str, str]]:
    """The days on which somebody heard of a loop, with the line that says where it stands."""
    posts = [seen for seen in talk.to(f"@{who}") if f"{ref} " in seen.text or f"of {ref}" in seen.text]
    return [(seen.day, _line(seen.text, ref)) for seen in posts]


def _line(text: str, ref: str) -> str:
    lines = text.splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith(f"{ref} ") or f"of {ref}" in line)
    return lines[at + 1] if lines[at].startswith(f"{ref} ") else lines[at]


def test_loop_is_spoken_of_twice_in_each_state_and_then_falls_silent(talk: Conversation) -> None:
    talk.do(SAM, "/yousaid add The waiting room is too cold group: carers", "#comms")

    talk.until("2020-07-06 10:00")

    said = "Said by carers, Monday 1 June; nobody is asked yet"
    assert heard(talk, SAM, "L1") == [("8 Jun 2020", said), ("15 Jun 2020", said)]


def test_undecided_loop_is_spoken_of_after_a_month(talk: Conversation) -> None:
    talk.do(SAM, "/yousaid add The waiting room is too cold group: carers asked: Jo Bell", "#comms")

    talk.until("2020-07-20 10:00")

    said = "Said by carers, Monday 1 June; Jo Bell is asked"
    assert heard(talk, SAM, "L1") == [("1 Jul 2020", said), ("8 Jul 2020", said)]


def test_undecided_loop_is_spoken_of_when_its_day_has_passed(talk: Conversation) -> None:
    talk.do(SAM, "/yousaid add It is cold group: carers asked: Jo Bell by: 12 June", "#comms")

    talk.until("2020-07-06 10:00")

    said = "Said by carers, Monday 1 June; Jo Bell is asked, by Friday 12 June"
    assert heard(talk, SAM, "L1") == [("15 Jun 2020", said), ("22 Jun 2020", said)]


def test_whoever_is_asked_hears_at_once_and_before_the_day(everywhere: Conversation) -> None:
    talk = everywhere
    talk.do(SAM, "/yousaid add It is cold group: carers asked: Jo Bell by: 12 June", "#comms")
    talk.do(SAM, "/yousaid add It is dark group: carers asked: Jo Bell", "#comms")

    talk.until("2020-07-01 10:00")

    days = [day for day, _ in heard(talk, JO, "L1")]
    assert days == ["2 Jun 2020", "11 Jun 2020"]
    assert [day for day, _ in heard(talk, JO, "L2")] == ["2 Jun 2020", "15 Jun 2020"]


def test_awaited_forum_keeps_it_quiet_till_its_day(talk: Conversation) -> None:
    talk.do(SAM, "/yousaid add It is cold group: carers", "#comms")
    talk.do(SAM, "/yousaid awaiting L1 the engagement group on 30 June")

    talk.until("2020-07-05 10:00")

    met = "Said by carers, Monday 1 June; the engagement group met on Tuesday 30 June: what was decided?"
    assert heard(talk, SAM, "L1") == [("1 Jul 2020", met)]


def test_promise_is_asked_for_when_its_day_has_passed(talk: Conversation) -> None:
    talk.do(SAM, "/yousaid add It is cold group: carers")
    talk.do(SAM, "/yousaid will L1 New heaters are ordered by: 30 June")
    talk.do(SAM, "/yousaid told L1 to: carers where: their meeting on: today")

    talk.until("2020-07-05 10:00")

    late = "Said by carers, Monday 1 June; promised by Tuesday 30 June (the day has passed); told"
    assert heard(talk, SAM, "L1") == [("1 Jul 2020", late)]


def test_decided_and_untold_loop_is_late_after_a_fortnight(talk: Conversation) -> None:
    talk.do(SAM, "/yousaid add It is cold group: carers")
    talk.do(SAM, "/yousaid cannot L1 because the boiler is old")
    talk.do(SAM, "/yousaid told L1 to: the public where: website on: today")

    talk.until("2020-07-06 10:00")

    late = "Said by carers, Monday 1 June; could not be done; carers not told yet"
    assert heard(talk, SAM, "L1") == [("15 Jun 2020", late), ("22 Jun 2020", late)]


def test_told_loop_is_to_be_checked_after_eight_weeks(talk: Conversation) -> None:
    talk.do(SAM, "/yousaid add It is cold group: carers asked: Jo Bell")
    talk.do(JO, "/yousaid did L1 There are two heaters on: today")
    talk.do(SAM, "/yousaid told L1 to: carers where: their meeting on: today")

    talk.until("2020-08-20 10:00")
    talk.do(SAM, "/yousaid check L1 yes")
    talk.until("2020-09-10 10:00")

    asked = "Said by carers, Monday 1 June; told on Monday 1 June: do they agree?"
    assert heard(talk, SAM, "L1") == [("27 Jul 2020", asked), ("3 Aug 2020", asked)]


def test_whoever_said_what_was_done_is_told_that_a_colleague_checks(talk: Conversation) -> None:
    talk.do(SAM, "/yousaid add It is cold group: carers")
    talk.do(SAM, "/yousaid cannot L1 because the boiler is old")
    talk.do(SAM, "/yousaid told L1 to: carers where: their meeting on: today")

    talk.until("2020-07-28 10:00")

    asked = "Said by carers, Monday 1 June; told on Monday 1 June: do they agree?"
    own = f"{asked} You said what came of it, so a colleague asks them and answers"
    assert heard(talk, SAM, "L1") == [("27 Jul 2020", own)]


def test_loop_and_action_come_in_one_post(everywhere: Conversation) -> None:
    talk = everywhere
    talk.do(SAM, "/yousaid add It is cold group: carers")
    talk.do(SAM, "/action add Print the posters due: 8 June")

    talk.until("2020-06-08 10:00")

    posts = [seen.text for seen in talk.to(f"@{SAM}") if seen.day == "8 Jun 2020"]
    assert len(posts) == 1
    assert posts[0].startswith("Monday 8 June: 1 due today, 1 loop to move on")


def test_cover_hears_of_a_loop_whose_owner_is_away(everywhere: Conversation) -> None:
    talk = everywhere
    talk.do(SAM, "/yousaid add It is cold group: carers")
    talk.do(SAM, "/partner away 5 to 12 June cover: Priya Shah")

    talk.until("2020-06-10 10:00")

    said = (
        "Said by carers, Monday 1 June; nobody is asked yet. You hear of it because Sam Okafor is not at work"
    )
    assert heard(talk, PRIYA, "L1") == [("8 Jun 2020", said)]
    assert heard(talk, SAM, "L1") == []


def test_what_is_foretold_is_what_comes(talk: Conversation) -> None:
    talk.do(SAM, "/yousaid add It is cold group: carers asked: Jo Bell by: 12 June")
    foretold = talk.do(SAM, "/schedule coming")

    came = talk.until("2020-07-01 10:00")

    mine = [f"{seen.when:%-d %B}" for seen in came if seen.place == f"@{SAM}"]
    assert mine == ["15 June", "22 June"]
    assert all(day in foretold for day in mine)


def test_me_shows_what_one_looks_after_and_what_one_is_asked(everywhere: Conversation) -> None:
    talk = everywhere
    talk.do(SAM, "/yousaid add It is cold group: carers asked: Jo Bell by: 12 June")

    assert talk.do(SAM, "/me").splitlines() == [
        "Sam Okafor: 1 loop",
        "",
        "What people said, and you look after",
        "",
        "- L1 It is cold (carers): Jo Bell is asked, by Friday 12 June",
    ]
    assert "Sam Okafor asks you what comes of L1, by Friday 12 June: It is cold (carers)" in talk.do(
        JO, "/me"
    )


def test_loop_that_comes_to_stand_otherwise_later_is_spoken_of_from_then(talk: Conversation) -> None:
    talk.do(SAM, "/yousaid add It is cold group: carers")
    talk.do(SAM, "/yousaid cannot L1 because the boiler is old")
    talk.do(SAM, "/yousaid told L1 to: carers where: their meeting on: today")
    talk.until("2020-07-20 10:00")
    talk.do(JO, "/yousaid add It is cold in there group: young people")
    talk.do(JO, "/yousaid merge L2 into L1")

    talk.until("2020-08-20 10:00")

    late = "Said by carers and young people, Monday 1 June; could not be done; young people not told yet"
    assert heard(talk, SAM, "L1") == [("3 Aug 2020", late), ("10 Aug 2020", late)]


def test_nobody_is_asked_whether_they_agree_that_they_were_thanked(talk: Conversation) -> None:
    talk.do(SAM, "/yousaid add Thank you for the signs group: carers")
    talk.do(SAM, "/yousaid thanked L1")
    talk.do(SAM, "/yousaid told L1 to: carers where: their meeting on: today")

    talk.until("2020-08-10 10:00")

    assert heard(talk, SAM, "L1") == []
