"""Who hears when people change, are away, or work part of the week, in the 2020 plan."""

import pytest

from storage.db import Database
from tests.conversation import Conversation, start
from tests.plan import seed
from tests.plan.seed import COORDINATOR
from tests.plan.test_year import reminded, speaks_of

ROLE = "Communications and Engagement Lead for Engagement"


@pytest.fixture
def plan(sqlite: Database) -> Conversation:
    """The partnership of the plan on 1 May 2020, with one month-dated action of a role (A1, June)."""
    talk = seed.start(sqlite)
    talk.do(COORDINATOR, f"/action add Set up you said, we did owner: {ROLE} due: June 2020")
    return talk


def test_role_that_changes_hands_takes_every_reminder_along(plan: Conversation) -> None:
    plan.until("2020-06-17 10:00")
    plan.do(COORDINATOR, f"/partner roles hand {ROLE} to: Dev Rao")
    plan.until("2020-07-31 10:00")

    assert reminded(plan.seen, "A1") == [
        ("1 Jun 2020", "@Ada Lane"),
        ("15 Jun 2020", "@Ada Lane"),
        ("23 Jun 2020", "@Dev Rao"),
        ("1 Jul 2020", "@Dev Rao"),
        ("7 Jul 2020", "@Dev Rao"),
    ]
    assert f"Owner: {ROLE} (Dev Rao)" in plan.do(COORDINATOR, "/action show A1")


def test_role_nobody_holds_is_heard_of_by_the_deputy_then_the_channel(plan: Conversation) -> None:
    plan.do(COORDINATOR, f"/partner roles vacate {ROLE}")
    plan.until("2020-06-10 10:00")
    plan.do(COORDINATOR, "/partner people leave Ben Moss")
    plan.until("2020-06-30 10:00")

    assert reminded(plan.seen, "A1") == [
        ("1 Jun 2020", "@Ben Moss"),
        ("15 Jun 2020", "#ccg"),
        ("23 Jun 2020", "#ccg"),
    ]
    told = next(seen for seen in plan.to("#ccg") if speaks_of(seen, "A1"))
    assert f"nobody holds {ROLE} just now" in told.text


def test_deputy_hears_while_the_holder_is_away(plan: Conversation) -> None:
    plan.do("Ada Lane", "/partner away 10 June to 30 June")
    plan.until("2020-07-31 10:00")

    assert reminded(plan.seen, "A1") == [
        ("1 Jun 2020", "@Ada Lane"),
        ("15 Jun 2020", "@Ben Moss"),
        ("23 Jun 2020", "@Ben Moss"),
        ("1 Jul 2020", "@Ada Lane"),
        ("7 Jul 2020", "@Ada Lane"),
    ]
    assert "Ada Lane is not at work" in plan.to("@Ben Moss")[-1].text


def test_person_away_without_a_deputy_hears_the_latest_when_back(plan: Conversation) -> None:
    plan.do(COORDINATOR, "/action add Write the annual report owner: Cleo Park due: June 2020")
    plan.do("Cleo Park", "/partner away 12 June to 25 June")
    plan.until("2020-06-30 10:00")

    assert reminded(plan.seen, "A2") == [("1 Jun 2020", "@Cleo Park"), ("26 Jun 2020", "@Cleo Park")]


def test_person_away_with_a_cover_is_covered(plan: Conversation) -> None:
    plan.do(COORDINATOR, "/action add Write the annual report owner: Cleo Park due: June 2020")
    plan.do("Cleo Park", "/partner away 12 June to 25 June cover: Dev Rao")
    plan.until("2020-06-30 10:00")

    assert reminded(plan.seen, "A2") == [
        ("1 Jun 2020", "@Cleo Park"),
        ("15 Jun 2020", "@Dev Rao"),
        ("23 Jun 2020", "@Dev Rao"),
    ]


def test_who_works_monday_to_wednesday_hears_on_their_days_before_and_after(plan: Conversation) -> None:
    plan.do("Hal West", "/partner days Mon-Wed")
    plan.do("Hal West", "/action add Print the posters due: 12 June 2020")
    plan.until("2020-07-31 10:00")

    assert reminded(plan.seen, "A2") == [
        ("8 Jun 2020", "@Hal West"),  # for Friday 5 June, five working days before
        ("10 Jun 2020", "@Hal West"),  # the last of their days before Friday 12 June
        ("15 Jun 2020", "@Hal West"),  # the working day after; the day itself was a Friday
        ("22 Jun 2020", "@Hal West"),  # for Friday 19 June, five working days after
    ]


def test_bank_holiday_and_closure_are_left_in_peace(plan: Conversation) -> None:
    plan.do(COORDINATOR, "/partner closures add 22 June to 24 June at: CCG name: Moving house")
    plan.until("2020-06-30 10:00")

    assert reminded(plan.seen, "A1") == [
        ("1 Jun 2020", "@Ada Lane"),
        ("15 Jun 2020", "@Ada Lane"),
        ("18 Jun 2020", "@Ada Lane"),  # five working days before 30 June, when 22 to 24 June are none
    ]


def test_offered_action_stays_with_the_giver_until_it_is_accepted(plan: Conversation) -> None:
    said = plan.do("Gus Vine", f"/action add Film a message at the clinic owner: {ROLE} due: 30 June 2020")
    plan.until("2020-05-12 10:00")
    offers = [(s.day, s.place) for s in plan.seen if "asks" in s.text and "A2" in s.text]
    plan.do("Ada Lane", "/action accept A2")
    plan.until("2020-06-24 10:00")

    assert "it stays with you until they accept" in said
    assert offers == [("1 May 2020", "@Ada Lane"), ("6 May 2020", "@Ada Lane")]
    assert "Ada Lane accepted A2" in plan.to("@Gus Vine")[-1].text
    assert reminded(plan.seen, "A2") == [("23 Jun 2020", "@Ada Lane")]


def test_unanswered_offer_goes_on_the_agenda_and_is_chased_with_the_giver(
    plan: Conversation,
) -> None:
    plan.do("Gus Vine", f"/action add Film a message at the clinic owner: {ROLE} due: 15 May 2020")
    plan.until("2020-05-06 10:00")
    before = plan.do(COORDINATOR, "/action list agenda")
    plan.until("2020-05-11 10:00")

    assert "A2" not in before
    assert "A2" in plan.do(COORDINATOR, "/action list agenda")
    assert reminded(plan.seen, "A2") == [("7 May 2020", "@Gus Vine")]


def test_declined_offer_tells_the_giver_why(plan: Conversation) -> None:
    plan.do("Gus Vine", f"/action add Film a message at the clinic owner: {ROLE} due: 30 June 2020")
    plan.until("2020-05-04 10:00")
    plan.do("Ada Lane", "/action decline A2 because nobody is free before July")
    plan.until("2020-05-05 10:00")

    assert "Ada Lane declined A2, Film a message at the clinic: nobody is free before July" in (
        plan.to("@Gus Vine")[-1].text
    )
    assert "Owner: Gus Vine" in plan.do("Gus Vine", "/action show A2")


def test_reminder_shows_who_did_what_after_a_click(sqlite: Database) -> None:
    talk = start(sqlite, "2020-06-01 08:00")
    talk.do("Priya Shah", "/action add Refresh the newsletter owner: Sam Okafor due: 2 June 2020")
    talk.until("2020-06-01 10:00")
    reminder = talk.to("@Sam Okafor")[-1]

    talk.click("Sam Okafor", reminder, "Done")

    changed = talk.to("@Sam Okafor")[-1]
    assert changed.shown.is_edit
    assert "> Sam Okafor marked A1 done" in changed.text
    assert buttons_left(changed.text) == 0
    told = talk.until("2020-06-30 10:00")
    assert [(seen.day, seen.place) for seen in told] == [("2 Jun 2020", "@Priya Shah")]  # who gave it


def buttons_left(text: str) -> int:
    return sum(line.startswith("[") for line in text.splitlines())
