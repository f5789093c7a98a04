"""Quiet: when sources and groups count as not heard from, by the day, and which themes several raise."""

from datetime import date, timedelta

import pytest
from sqlalchemy import event

from jobs.sources import soundings
from storage.db import Database
from storage.quiet import Heard, QuietGroup, heard_from, quiet_groups, shared_themes
from storage.sources import RHYTHMS, Source, sources
from tests.conversation import Conversation, start

SAM, TODAY = "Sam Okafor", date(2020, 6, 1)


@pytest.fixture
def talk(db: Database) -> Conversation:
    """Monday 1 June 2020, ten o'clock."""
    return start(db, "2020-06-01 10:00")


def log(talk: Conversation, more: str, days_ago: int = 0) -> None:
    day = TODAY - timedelta(days=days_ago)
    talk.do(SAM, f"/yousaid add It is cold {more} when: {day.day} {day:%B %Y}")


# --- sources ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("every", "last_day"),
    [
        ("weekly", 9), ("fortnightly", 18), ("monthly", 40), ("quarterly", 121), ("half-yearly", 242),
        ("yearly", 486),
    ],
)  # fmt: skip
def test_source_is_quiet_the_day_after_its_rhythm_and_a_third(every: str, last_day: int) -> None:
    source = Source(name="Healthwatch", every=every, since=date(2000, 1, 1))
    heard_on = date(2020, 1, 1)

    assert not source.is_quiet(heard_on, heard_on + timedelta(days=last_day))
    assert source.is_quiet(heard_on, heard_on + timedelta(days=last_day + 1))


def test_rhythms_are_all_looked_at() -> None:
    assert list(RHYTHMS) == ["weekly", "fortnightly", "monthly", "quarterly", "half-yearly", "yearly"]


def test_wait_begins_when_a_source_is_expected() -> None:
    source = Source(name="Healthwatch", every="monthly", since=date(2020, 5, 1))

    for heard_on in (None, date(2019, 1, 1)):
        assert not source.is_quiet(heard_on, date(2020, 6, 10))
        assert source.is_quiet(heard_on, date(2020, 6, 11))


def test_what_is_not_expected_is_never_quiet() -> None:
    long_after = date(2030, 1, 1)

    assert not Source(name="Press", since=TODAY).is_quiet(TODAY, long_after)
    assert not Source(name="Press", every="weekly", since=TODAY, stopped_on=TODAY).is_quiet(TODAY, long_after)


def test_source_was_heard_when_something_was_last_said_and_merged_things_count(talk: Conversation) -> None:
    for days_ago in (366, 365, 20, 10):
        log(talk, "from: Healthwatch", days_ago)
    log(talk, "from: Press", 400)
    log(talk, "group: carers")
    talk.do(SAM, "/yousaid merge L4 into L3")

    with talk.db.reading(talk.workspace.partnership_id) as session:
        names = {source.id: source.name for source in sources(session)}
        found = {names[id_]: heard for id_, heard in heard_from(session, TODAY).items()}

    assert found == {
        "Healthwatch": Heard(TODAY - timedelta(days=10), 3),
        "Local media": Heard(TODAY - timedelta(days=400), 0),
    }


# --- groups -----------------------------------------------------------------------------------------


def groups(talk: Conversation, days_later: int = 0) -> list[QuietGroup]:
    with talk.db.reading(talk.workspace.partnership_id) as session:
        return quiet_groups(session, TODAY + timedelta(days=days_later))


def test_group_that_spoke_once_is_quiet_after_ninety_days(talk: Conversation) -> None:
    log(talk, "group: carers")

    assert groups(talk, 90) == []
    assert groups(talk, 91) == [QuietGroup("carers", TODAY, 91, None)]
    assert len(groups(talk, 365)) == 1
    assert groups(talk, 366) == []


def test_group_is_quiet_after_its_usual_distance_and_a_third(talk: Conversation) -> None:
    for days_ago in (210, 90, 0, 0):  # 120 and 90 days between: 105 in the middle, and a third: 140
        log(talk, "group: carers", days_ago)

    assert groups(talk, 140) == []
    assert groups(talk, 141) == [QuietGroup("carers", TODAY, 141, 105)]


def test_group_that_speaks_often_has_ninety_days_too(talk: Conversation) -> None:
    for days_ago in (20, 10, 0):
        log(talk, "group: carers", days_ago)

    assert groups(talk, 90) == []
    assert groups(talk, 91) == [QuietGroup("carers", TODAY, 91, 10)]


def test_longest_quiet_group_comes_first_and_capital_letters_make_no_other(talk: Conversation) -> None:
    log(talk, "group: patients", 100)
    log(talk, "group: Carers", 120)
    log(talk, "group: young people", 100)
    log(talk, "group: YOUNG PEOPLE")

    assert [(group.name, group.days) for group in groups(talk)] == [("Carers", 120), ("patients", 100)]


# --- themes -----------------------------------------------------------------------------------------


def themes(talk: Conversation) -> dict[str, list[str]]:
    with talk.db.reading(talk.workspace.partnership_id) as session:
        names = {source.id: source.name for source in sources(session)}
        return {t.theme: [names[i] for i in t.source_ids] for t in shared_themes(session, TODAY)}


def test_theme_is_shared_when_three_sources_raise_it(talk: Conversation) -> None:
    for source in ("Healthwatch", "Healthwatch", "Press"):
        log(talk, f"from: {source} theme: Travel")
    log(talk, "theme: Travel")
    two = themes(talk)
    log(talk, "from: Facebook theme: TRAVEL")

    assert two == {}
    assert themes(talk) == {"Travel": ["Healthwatch", "Local media", "Social media"]}


def test_ninety_days_count(talk: Conversation) -> None:
    for source, days_ago in (("Healthwatch", 90), ("Press", 0), ("Facebook", 91)):
        log(talk, f"from: {source} theme: Travel", days_ago)
    two = themes(talk)
    log(talk, "from: PALS theme: Travel", 90)

    assert two == {}
    assert list(themes(talk)) == ["Travel"]


def test_merged_things_count_for_the_theme_they_were_merged_into(talk: Conversation) -> None:
    log(talk, "from: Healthwatch theme: Travel")
    log(talk, "from: Press theme: Buses")
    log(talk, "from: Facebook")
    before = themes(talk)
    talk.do(SAM, "/yousaid merge L2 into L1")
    talk.do(SAM, "/yousaid merge L3 into L1")

    assert before == {}
    assert themes(talk) == {"Travel": ["Healthwatch", "Local media", "Social media"]}


def test_merged_things_keep_their_theme_where_the_other_has_none(talk: Conversation) -> None:
    log(talk, "from: Healthwatch")
    for source in ("Press", "Facebook", "PALS"):
        log(talk, f"from: {source} theme: Travel")
    for number in (2, 3, 4):
        talk.do(SAM, f"/yousaid merge L{number} into L1")

    assert list(themes(talk)) == ["Travel"]


def test_theme_of_most_sources_comes_first(talk: Conversation) -> None:
    for theme, names in (("Buses", ("Press", "MP", "FOI")), ("Signs", ("Press", "MP", "FOI", "PALS"))):
        for source in names:
            log(talk, f"from: {source} theme: {theme}")

    assert list(themes(talk)) == ["Signs", "Buses"]


# --- all at once ------------------------------------------------------------------------------------


def asked(talk: Conversation) -> int:
    """How many questions the database is asked for all of it."""
    count = 0

    def counted(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        nonlocal count
        count += statement.startswith("SELECT")

    event.listen(talk.db.engine, "before_cursor_execute", counted)
    try:
        with talk.db.reading(talk.workspace.partnership_id) as session:
            soundings(session, TODAY)
    finally:
        event.remove(talk.db.engine, "before_cursor_execute", counted)
    return count


def test_number_of_questions_does_not_grow(talk: Conversation) -> None:
    few = asked(talk)
    for source in ("Healthwatch", "Press", "Facebook", "PALS", "MP", "FOI"):
        for theme in ("Travel", "Signs", "Buses"):
            log(talk, f"from: {source} theme: {theme} group: people of {source}", 100)

    assert (few, asked(talk)) == (4, 4)
