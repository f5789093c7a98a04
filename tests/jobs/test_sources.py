"""Sources: once a month everyone's channel hears who has gone quiet, and what several say."""

import re
from datetime import timedelta

import pytest

from bot.clock import Clock
from jobs.forecast import coming
from storage.addresses import addresses
from storage.db import Database, change
from storage.directory import Directory
from storage.events import record
from tests.conversation import LONDON, Conversation, Seen, at, start

PRIYA, SAM = "Priya Shah", "Sam Okafor"
QUIET = "Healthwatch: quiet for"


@pytest.fixture
def talk(sqlite: Database) -> Conversation:
    return begun(sqlite)


def begun(db: Database, when: str = "2020-04-06 10:00") -> Conversation:
    """Healthwatch is expected every week; it said something on Monday 6 April 2020, or when this begins."""
    talk = start(db, when)
    talk.do(SAM, "/source expect Healthwatch weekly")
    talk.do(SAM, "/yousaid add It is cold from: Healthwatch")
    return talk


def heard(talk: Conversation, until: str) -> list[Seen]:
    """The posts that speak of it, as they were foretold."""
    within = at(until) - talk.clock.now()
    with talk.db.reading(talk.workspace.partnership_id) as session:
        found = coming(session, Directory(session), talk.clock.now(), 100, within)
    seen = talk.until(until)
    assert [(h.at.astimezone(LONDON), h.address.label) for h in found] == [(s.when, s.place) for s in seen]
    return [each for each in seen if QUIET in each.text]


def days(seen: list[Seen]) -> list[tuple[str, str]]:
    return [(each.day, each.place) for each in seen]


def without_a_shared_channel(talk: Conversation) -> None:
    with talk.db.writing(talk.workspace.partnership_id, at=talk.clock.now()) as session:
        for address in addresses(session):
            change(session, address, is_shared=False)
        record(session, "set", "addresses")


def test_everyones_channel_hears_on_the_first_working_day_of_the_month(db: Database) -> None:
    talk = begun(db)
    found = heard(talk, "2020-06-03 10:00")

    assert days(found) == [("1 May 2020", "#comms"), ("1 Jun 2020", "#comms")]
    assert found[0].text == (
        "Friday 1 May: 1 quiet source\n\n"
        "Sources that have gone quiet\n\n"
        "- Healthwatch: quiet for 25 days; expected weekly, last on Monday 6 April\n\n"
        "> Quiet is when nothing came for a source's own rhythm and a third. To change how often one is "
        "expected: /source expect Healthwatch every: quarterly"
    )


def test_first_working_day_may_be_later(sqlite: Database) -> None:
    talk = begun(sqlite, "2020-07-02 10:00")
    talk.do(PRIYA, "/partner closures add 31 August to 1 September")

    assert days(heard(talk, "2020-09-04 10:00")) == [("3 Aug 2020", "#comms"), ("2 Sep 2020", "#comms")]


def test_missed_day_is_said_at_the_next_turn_once(talk: Conversation) -> None:
    talk.until("2020-04-30 10:00")
    talk.clock = Clock(at("2020-05-05 11:00"))

    assert days(heard(talk, "2020-05-15 10:00")) == [("6 May 2020", "#comms")]


def test_day_of_the_week_that_a_channel_chose_is_waited_for(talk: Conversation) -> None:
    talk.do(PRIYA, "/schedule set #comms days: Tue")

    assert days(heard(talk, "2020-05-15 10:00")) == [("5 May 2020", "#comms")]


def test_coordinators_hear_where_no_channel_is_everyones(talk: Conversation) -> None:
    without_a_shared_channel(talk)
    talk.do(PRIYA, "/partner coordinators add @Jo.Bell")
    talk.do(PRIYA, "/partner away 1 May to 4 May")

    found = heard(talk, "2020-05-15 10:00")

    assert days(found) == [("1 May 2020", "@Jo Bell"), ("5 May 2020", "@Priya Shah")]


def test_nothing_to_say_is_not_said(talk: Conversation) -> None:
    talk.until("2020-04-30 10:00")
    talk.do(SAM, "/yousaid add It is dark from: Healthwatch")

    assert heard(talk, "2020-05-15 10:00") == []
    assert talk.to("#comms") == []


def test_channel_that_wants_other_parts_hears_nothing(talk: Conversation) -> None:
    talk.do(PRIYA, "/schedule set #comms parts: due, news")

    assert heard(talk, "2020-05-15 10:00") == []


def test_schedule_may_name_it(talk: Conversation) -> None:
    talk.do(PRIYA, "/schedule set #comms parts: sources")

    assert days(heard(talk, "2020-05-15 10:00")) == [("1 May 2020", "#comms")]


def test_groups_and_themes_are_told_too(db: Database) -> None:
    talk = begun(db)
    talk.do(SAM, "/source stop Healthwatch")
    talk.do(SAM, "/yousaid add It is far group: Carers when: 6 January")
    for source in ("PALS", "Facebook", "Press"):
        talk.do(SAM, f"/yousaid add It is far from: {source} theme: Travel")

    seen = talk.until("2020-05-01 10:00")

    assert [each.text for each in seen if each.place == "#comms"] == [
        "Friday 1 May: 1 group not heard from, 1 theme from several sources\n\n"
        "Groups not heard from\n\n"
        "- Carers: nothing for 116 days, last on Monday 6 January\n\n"
        "> These said something in the past year, but nothing for as long as usually lies between and a "
        "third more, and for more than 90 days.\n\n"
        "Themes heard from three or more sources in the past 90 days\n\n"
        "- Travel: Complaints and concerns; Local media; Social media"
    ]


def test_seven_of_a_kind_are_told_and_the_rest_counted_with_its_reasons(talk: Conversation) -> None:
    for number in range(1, 10):
        talk.do(SAM, f"/source add Ward {number} weekly")

    said = heard(talk, "2020-05-02 10:00")[0].text
    sent = re.findall(r"P\d+", talk.do(PRIYA, "/plan sent #comms"))
    why = talk.do(PRIYA, f"/plan why {sent[0]}")

    assert said.startswith("Friday 1 May: 10 quiet sources")
    assert said.count("quiet for") == 7
    assert "And 3 more: /source list" in said
    assert "Ward 9: expected weekly, and nothing came for 25 days" in why


def test_nothing_waits_on_anybody(talk: Conversation) -> None:
    talk.until("2020-05-02 10:00")

    assert QUIET not in talk.do(PRIYA, "/me")


def test_nothing_is_said_twice_within_a_month_whatever_runs(talk: Conversation) -> None:
    posts: list[Seen] = []
    for _ in range(40):
        talk.clock = Clock(talk.clock.now() + timedelta(hours=31))
        posts += talk.until("+1h")

    assert [each.when.month for each in posts if QUIET in each.text] == [5]
