"""An incident: nothing is said on schedule while it is on; then nothing is lost, and nothing said twice."""

from datetime import timedelta

from storage.db import Database
from tests.conversation import Seen, at, start
from tests.jobs.test_forecast import PLAN, arriving, as_posts, foretold, live, put_notice
from tests.plan import seed
from tests.plan.seed import COORDINATOR

PRIYA, SAM, JO, TOM = "Priya Shah", "Sam Okafor", "Jo Bell", "Tom Reed"
CALL = "/hold incident Major incident at the infirmary"
A_WEEK = timedelta(days=7)


def scheduled(posts: list[Seen]) -> list[tuple[str, str, str]]:
    """What was said by itself: the day, where, and the summary without the day."""
    said = [seen for seen in posts if seen.shown.reference.startswith("slot|")]
    return [(seen.day, seen.place, seen.shown.message.summary.partition(": ")[2]) for seen in said]


# --- from Monday at ten to Wednesday at four ---------------------------------------------------------


def test_nothing_is_said_on_schedule_till_it_is_lifted_and_then_all_that_is_due_once(db: Database) -> None:
    talk = start(db, "2020-06-01 08:00")
    talk.do(SAM, "/action add Print the map due: 2 June")
    talk.do(SAM, "/action add Ring the hall due: 3 June")
    talk.do(JO, "/action add Film the open day due: 10 June")
    talk.do(PRIYA, "/action add Share the news owner: Hospitals due: 4 June")
    talk.until("2020-06-01 10:00")
    talk.do(JO, CALL)
    talk.do(SAM, "/action add Write it up owner: Jo Bell due: 11 June")

    assert foretold(talk, A_WEEK) == []
    assert scheduled(talk.until("2020-06-03 16:00")) == []

    talk.do(JO, "/hold lift H1")
    found = as_posts(foretold(talk, A_WEEK))

    assert scheduled(talk.until("2020-06-04 12:00")) == [
        ("4 Jun 2020", "#hospitals", "1 due today"),
        ("4 Jun 2020", "@Sam Okafor", "2 late, 1 coming up"),
        ("4 Jun 2020", "@Jo Bell", "1 coming up, 1 offer to answer"),
    ]
    assert found[:3] == [
        (s.when, s.place, s.shown.message.summary.partition(": ")[2]) for s in talk.seen[-3:]
    ]
    assert found[3:] == arriving(talk, timedelta(days=6, hours=4))


def test_whole_plan_is_silent_and_then_as_it_was_foretold(sqlite: Database) -> None:
    talk = seed.start(sqlite, "2020-05-01 08:00")
    seed.log_all(talk)
    talk.until("2020-06-15 08:00")
    before = as_posts(foretold(talk, timedelta(days=2)))
    talk.do("Eve Stone", CALL)

    assert before
    assert foretold(talk) == []
    assert scheduled(talk.until("2020-06-17 16:00")) == []

    talk.do(COORDINATOR, "/hold lift H1")
    found = as_posts(foretold(talk))
    arrived = arriving(talk)

    assert found == arrived
    first_day = [(place, says) for when, place, says in arrived if when.date().isoformat() == "2020-06-18"]
    assert {place for _, place, _ in before} == {place for place, _ in first_day}
    assert len(first_day) == len(dict(first_day))


def test_incident_with_a_last_day_ends_by_itself_as_foretold(db: Database) -> None:
    talk = live(start(db, "2020-06-01 08:00"), PLAN)
    talk.until("2020-06-01 10:00")
    talk.do(SAM, f"{CALL} until: 3 June")

    found = as_posts(foretold(talk, A_WEEK))

    assert found[0][0] == at("2020-06-04 09:00")
    assert found == arriving(talk, A_WEEK)


def test_incident_at_one_organisation_silences_its_channel_and_its_people(sqlite: Database) -> None:
    talk = live(start(sqlite, "2020-06-01 08:00"), PLAN)
    talk.until("2020-06-01 08:30")
    talk.do(SAM, f"{CALL} at: Hospitals")

    found = as_posts(foretold(talk, A_WEEK))

    assert {place for _, place, _ in found} == {"#council", "@Jo Bell", "@Tom Reed"}
    assert found == arriving(talk, A_WEEK)


def test_incident_that_is_over_before_the_hour_changes_nothing(sqlite: Database) -> None:
    talk = live(start(sqlite, "2020-06-01 07:00"), PLAN)
    found = as_posts(foretold(talk, A_WEEK))
    talk.do(JO, CALL)
    talk.do(JO, "/hold lift H1")
    del talk.seen[:]

    assert found == arriving(talk, A_WEEK)


def test_answers_and_what_people_do_still_go_out(sqlite: Database) -> None:
    talk = start(sqlite, "2020-06-01 10:00")
    talk.do(JO, CALL)

    said = talk.say(SAM, "/action add Ring the press due: 2 June", channel="#hospitals")

    assert said.startswith("A1 is logged")
    assert talk.seen[-1].place == "#hospitals"
    assert "A1" in talk.do(SAM, "/me")


# --- notices ----------------------------------------------------------------------------------------


def test_notice_is_not_given_and_what_is_still_of_use_comes_when_it_is_over(sqlite: Database) -> None:
    talk = start(sqlite, "2020-06-01 08:00")
    put_notice(talk, "over by then", "2020-06-01 10:00", "2020-06-01 10:30")
    put_notice(talk, "of use till noon", "2020-06-01 10:05", "2020-06-01 12:00")
    talk.do(JO, CALL)

    assert foretold(talk, A_WEEK) == []
    assert talk.until("2020-06-01 11:00") == []

    talk.do(JO, "/hold lift H1")
    talk.beat()

    assert [seen.shown.reference for seen in talk.seen if "till noon" in seen.shown.reference] != []
    assert [seen for seen in talk.seen if "over by then" in seen.shown.reference] == []
