"""The forecast: what is foretold is what then arrives, if nobody does anything."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from bot import sample
from bot.clock import Clock
from jobs.forecast import Happening, coming
from jobs.parts import due
from messages.compose import compose
from messages.stored import to_json
from storage.addresses import addresses
from storage.db import Database, add
from storage.directory import Directory
from storage.events import record
from storage.faults import faults
from storage.partnerships import workspace
from storage.slots import Notice
from tests.conversation import COMMANDS, LONDON, Conversation, Seen, at, start
from tests.plan import seed

PRIYA, SAM, JO, TOM = "Priya Shah", "Sam Okafor", "Jo Bell", "Tom Reed"
A_WEEK, THREE_WEEKS, SIXTY_DAYS = (timedelta(days=days) for days in (7, 21, 60))
Post = tuple[datetime, str, str]
Deeds = tuple[tuple[str, str], ...]

PLAN: Deeds = (
    (PRIYA, "/partner roles add Comms Lead at: Hospitals"),
    (PRIYA, "/partner roles hold Comms Lead to: Sam Okafor"),
    (PRIYA, "/partner roles deputy Comms Lead to: Priya Shah"),
    (PRIYA, "/partner roles add Press Officer at: Council"),
    (PRIYA, "/partner teams add Winter Team"),
    (PRIYA, "/partner teams lead Winter Team to: Tom Reed"),
    (PRIYA, "/action add Refresh the newsletter owner: Comms Lead due: 12 June"),
    (PRIYA, "/action add Draft the posters owner: Winter Team, Jo Bell with: Sam due: June"),
    (PRIYA, "/action add Meet the papers owner: Press Officer due: 3 July"),
    (PRIYA, "/action add Share stories owner: Hospitals due: ongoing"),
    (JO, "/action add Walk the wards due: ongoing, review monthly"),
    (PRIYA, "/action add Plan the open day owner: Jo Bell due: July"),
    (SAM, "/action add Print the leaflets owner: me due: 1 June"),
    (PRIYA, "/action add Choose a name owner: Tom Reed"),
)

LIVES: dict[str, Deeds] = {
    "leave": (
        (SAM, "/partner away 8 June to 12 June cover: Tom"),
        (SAM, "/partner away 15 June to 19 June"),
        (PRIYA, "/partner away 16 June to 26 June"),
    ),
    "part of the week": ((TOM, "/partner days Mon-Wed"), (SAM, "/partner days Tue, Thu")),
    "paused slots, and some parts alone": (
        (SAM, "/schedule pause me"),
        (PRIYA, "/schedule pause #hospitals"),
        (JO, "/schedule set me parts: reviews, news"),
    ),
    "hours and days that differ": (
        (PRIYA, "/schedule set Sam hour: 08:30"),
        (PRIYA, "/schedule set me hour: 16:00"),
        (PRIYA, "/schedule set #council hour: 07:30 days: Mon, Thu"),
        (SAM, "/partner away 8 June to 12 June"),
    ),
    "closed days, and the bank holidays of others": (
        (PRIYA, "/partner closures add 15 June to 17 June"),
        (PRIYA, "/partner closures add 12 June at: Hospitals"),
        (PRIYA, "/partner holidays Northern Ireland"),
    ),
    "snoozed and waiting": (
        (SAM, "/action snooze A1 until 24 June"),
        (JO, "/action waiting A2 for the printer until 30 June"),
        (JO, "/action snooze A5 until 29 June"),
    ),
    "people who left, and a seat handed over": (
        (PRIYA, "/partner roles hand Comms Lead to: Tom Reed"),
        (PRIYA, "/partner roles hold Press Officer to: Jo Bell"),
        (TOM, "/action add Ask the choir owner: Jo Bell"),
        (PRIYA, "/partner people leave Tom Reed"),
        (JO, "/action note A9 They would love to"),
    ),
    "offers": (
        (JO, "/action add Lend us a van owner: Comms Lead due: 26 June"),
        (SAM, "/action add Film the lobby owner: Council"),
        (JO, "/action add Paint the lobby owner: Comms Lead due: 19 June"),
        (SAM, "/action decline A11 because it is rented"),
    ),
    "reviews early and on other days": (
        (JO, "/action review A5 running"),
        (PRIYA, "/partner reviews 5"),
        (PRIYA, "/partner year February"),
    ),
    "done, dropped and undone": (
        (SAM, "/action done A1"),
        (JO, "/action done A2"),
        (PRIYA, "/action drop A3 because the papers closed"),
        (PRIYA, "/action undo"),
    ),
    "another zone": ((PRIYA, "/partner zone Pacific/Auckland"),),
}


def live(talk: Conversation, deeds: Deeds) -> Conversation:
    for who, line in deeds:
        talk.do(who, line)
    return talk


def foretold(talk: Conversation, within: timedelta = SIXTY_DAYS, most: int = 10_000) -> list[Happening]:
    with talk.db.reading(talk.workspace.partnership_id) as session:
        return coming(session, Directory(session), talk.clock.now(), most, within)


def as_posts(found: list[Happening]) -> list[Post]:
    return [(h.at.astimezone(LONDON), h.address.label, h.says) for h in found]


def arriving(talk: Conversation, within: timedelta = SIXTY_DAYS) -> list[Post]:
    """What really arrives by itself when the clock is moved."""
    to = (talk.clock.now() + within).astimezone(LONDON)
    return [(seen.when, seen.place, _says(seen)) for seen in talk.until(f"{to:%Y-%m-%d %H:%M}")]


def _says(seen: Seen) -> str:
    """The summary; a daily post's begins with the day."""
    summary = seen.shown.message.summary
    return summary.partition(": ")[2] if seen.shown.reference.startswith("slot|") else summary


# --- exactly what arrives ---------------------------------------------------------------------------


def of_the_sample(db: Database) -> Conversation:
    now = at("2026-06-10 10:00")
    sample.load(db, COMMANDS, now)
    with db.everywhere() as session:
        found = workspace(session, "local", sample.TEAM)
    assert found is not None
    return Conversation(db, found, Clock(now))


def of_the_plan(db: Database) -> Conversation:
    talk = seed.start(db)
    seed.log_all(talk)
    return talk


@pytest.mark.parametrize(("begin", "count"), [(of_the_sample, 40), (of_the_plan, 18)])
def test_what_is_foretold_is_what_arrives(
    sqlite: Database, begin: Callable[[Database], Conversation], count: int
) -> None:
    talk = begin(sqlite)

    found = as_posts(foretold(talk))

    assert found == arriving(talk)
    assert len(found) == count


@pytest.mark.parametrize("life", LIVES)
def test_what_is_foretold_arrives_whatever_people_did(sqlite: Database, life: str) -> None:
    talk = live(start(sqlite, "2020-06-01 08:00"), PLAN)
    talk.until("2020-06-03 10:00")
    live(talk, LIVES[life])

    found = as_posts(foretold(talk, THREE_WEEKS))

    assert found == arriving(talk, THREE_WEEKS)
    assert found


@pytest.mark.parametrize("number", range(3))
def test_what_is_foretold_arrives_after_days_in_which_much_happened(sqlite: Database, number: int) -> None:
    chance = random.Random(number)
    talk = live(start(sqlite, "2020-06-01 08:00"), PLAN)
    for who, line in chance.sample([deed for deeds in LIVES.values() for deed in deeds], 12):
        talk.say(who, line)
        talk.until(f"+{chance.randrange(24)}h")

    found = as_posts(foretold(talk, THREE_WEEKS))

    assert found == arriving(talk, THREE_WEEKS)
    assert found


def test_what_is_foretold_arrives_on_every_database(db: Database) -> None:
    talk = live(start(db, "2020-06-01 08:00"), PLAN)

    found = as_posts(foretold(talk, A_WEEK))

    assert found == arriving(talk, A_WEEK)
    assert found


def test_what_is_overdue_is_foretold_for_now_and_a_missed_day_is_dropped(sqlite: Database) -> None:
    talk = live(start(sqlite, "2020-06-01 08:00"), PLAN)
    for now in ("2020-06-01 10:30", "2020-06-03 08:00"):
        talk.clock = Clock(at(now))  # nothing beat since eight

        found = as_posts(foretold(talk, A_WEEK))

        assert found[0][0] == at("2020-06-01 10:30" if "10:30" in now else "2020-06-03 09:00")
    assert found == arriving(talk, A_WEEK)


def test_hour_moved_to_one_that_is_past_is_foretold_for_now(sqlite: Database) -> None:
    talk = live(start(sqlite, "2020-06-01 08:00"), PLAN)
    talk.clock = Clock(at("2020-06-01 08:30"))
    talk.do(TOM, "/schedule set me hour: 08:00")

    found = as_posts(foretold(talk, A_WEEK))

    assert found[0][:2] == (at("2020-06-01 08:30"), "@Tom Reed")
    assert found == arriving(talk, A_WEEK)


def test_what_a_part_could_not_say_is_foretold_for_the_next_turn(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk = live(start(sqlite, "2020-06-01 08:00"), PLAN)
    with monkeypatch.context() as broken:
        broken.setattr(due, "say", lambda turn: 1 // 0)
        talk.until("2020-06-01 10:00")
    with talk.db.reading(talk.workspace.partnership_id) as session:
        assert {fault.part for fault in faults(session)} == {"due"}

    found = as_posts(foretold(talk, A_WEEK))

    assert ("2020-06-02", "@Sam Okafor") in {(f"{when:%Y-%m-%d}", place) for when, place, _ in found}
    assert found == arriving(talk, A_WEEK)


# --- notices ----------------------------------------------------------------------------------------


def put_notice(talk: Conversation, key: str, when: str, until: str) -> None:
    with talk.db.writing(talk.workspace.partnership_id, at=talk.clock.now()) as session:
        place = addresses(session)[0]
        message = to_json(compose("plan/nothing"))
        notice = Notice(key=key, address_id=place.id, at=at(when), until=at(until), message=message)
        add(session, notice)
        record(session, "scheduled", "notice")


def test_notices_are_foretold_for_their_time_unless_their_use_has_passed(sqlite: Database) -> None:
    talk = live(start(sqlite, "2020-06-01 08:00"), PLAN)
    put_notice(talk, "past", "2020-06-01 07:00", "2020-06-01 07:30")
    put_notice(talk, "of now", "2020-06-01 07:45", "2020-06-01 08:30")
    put_notice(talk, "with the posts", "2020-06-01 09:00", "2020-06-01 09:10")
    put_notice(talk, "later", "2020-06-06 18:20", "2020-06-06 18:30")

    found = as_posts(foretold(talk, A_WEEK))

    noticed = [when for when, place, _ in found if place == "#comms"]
    assert noticed == [at("2020-06-01 08:00"), at("2020-06-01 09:00"), at("2020-06-06 18:20")]
    assert found == arriving(talk, A_WEEK)


# --- how much, where, in whose time -----------------------------------------------------------------


def test_no_more_than_asked_for_and_no_further_ahead(sqlite: Database) -> None:
    talk = live(start(sqlite, "2020-06-01 08:00"), PLAN)
    everything = foretold(talk)

    assert foretold(talk, most=3) == everything[:3]
    assert foretold(talk, most=0) == []
    last = everything[5].at
    within = last - talk.clock.now()
    assert foretold(talk, within) == [h for h in everything if h.at <= last]
    assert foretold(talk, within - timedelta(seconds=1)) == [h for h in everything if h.at < last]


def test_only_the_addresses_asked_for(sqlite: Database) -> None:
    talk = live(start(sqlite, "2020-06-01 08:00"), PLAN)
    put_notice(talk, "to #comms", "2020-06-06 18:20", "2020-06-06 18:30")
    everything = foretold(talk)

    with talk.db.reading(talk.workspace.partnership_id) as session:
        to = [address for address in addresses(session) if address.label in ("@Jo Bell", "#hospitals")]
        found = coming(session, Directory(session), talk.clock.now(), 10_000, SIXTY_DAYS, to)

    assert found == [h for h in everything if h.address.label in ("@Jo Bell", "#hospitals")]
    assert {h.address.label for h in found} == {"@Jo Bell", "#hospitals"}


def test_time_is_the_partnerships(sqlite: Database) -> None:
    talk = live(start(sqlite, "2020-06-01 08:00"), PLAN)
    talk.do(PRIYA, "/partner zone Pacific/Auckland")

    assert {f"{h.at:%H:%M %Z}" for h in foretold(talk)[1:]} == {"09:00 NZST"}


def test_clocks_that_change_leave_nine_at_nine(sqlite: Database) -> None:
    talk = start(sqlite, "2020-10-19 10:00")
    talk.do(SAM, "/action add Sweep the leaves due: 27 October")  # the clocks change on the 25th

    found = foretold(talk)

    assert [f"{h.at:%d %b %H:%M %Z}" for h in found] == [
        "20 Oct 09:00 BST",
        "26 Oct 09:00 GMT",
        "27 Oct 09:00 GMT",
        "28 Oct 09:00 GMT",
        "03 Nov 09:00 GMT",
    ]
    assert [h.says for h in found] == [*["1 coming up"] * 2, "1 due today", *["1 late"] * 2]


def test_empty_plan_has_nothing_to_come(sqlite: Database) -> None:
    assert foretold(start(sqlite, "2020-06-01 08:00")) == []


def test_another_partnerships_posts_are_not_foretold(sqlite: Database) -> None:
    mine = live(start(sqlite, "2020-06-01 08:00"), PLAN)
    alone = as_posts(foretold(mine))
    theirs = live(start(sqlite, "2020-06-01 08:00", "Another", "other"), PLAN[-2:-1])
    put_notice(theirs, "theirs", "2020-06-06 18:20", "2020-06-06 18:30")

    assert as_posts(foretold(mine)) == alone
    assert len(as_posts(foretold(theirs))) < len(alone)
