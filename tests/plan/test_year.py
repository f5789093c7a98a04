"""A year of the 2020 plan: who got which message on which day."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.db import Database
from storage.working_time import ENGLAND
from tests.conversation import Conversation, Seen, buttons
from tests.plan import seed
from tests.plan.seed import COORDINATOR

ADA, BEN, CLEO, DEV, EVE, FLO = (
    "@Ada Lane",
    "@Ben Moss",
    "@Cleo Park",
    "@Dev Rao",
    "@Eve Stone",
    "@Flo Tate",
)
REVIEWS = ["16 Jun 2020", "16 Sep 2020", "15 Dec 2020", "17 Mar 2021"]


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Conversation]:
    """The whole plan typed on 1 May 2020, a day-dated action beside it, and a year without answers."""
    path: Path = tmp_path_factory.mktemp("year") / "plan.db"
    db = Database(str(path))
    db.upgrade()
    talk = seed.start(db, "2020-05-01 08:00")
    seed.log_all(talk)
    talk.do(COORDINATOR, "/action add Mark the anniversary owner: Ada Lane due: 8 May 2020")
    talk.until("2021-05-01 08:00")
    yield talk
    db.close()


def is_scheduled(seen: Seen) -> bool:
    return seen.shown.reference.startswith("slot|")


def speaks_of(seen: Seen, ref: str) -> bool:
    """Whether a post reminds of an action: it has a Done button for it."""
    return any(button.line == f"/action done {ref}" for button in buttons(seen.shown.message))


def reminded(posts: list[Seen], ref: str) -> list[tuple[str, str]]:
    return [(seen.day, seen.place) for seen in posts if speaks_of(seen, ref)]


def reviewed(posts: list[Seen], ref: str) -> list[tuple[str, str]]:
    asks = [s for s in posts if any(b.line == "/action review" for b in buttons(s.shown.message))]
    return [(seen.day, seen.place) for seen in asks if f"- {ref} " in seen.text]


def test_month_dated_action_speaks_on_the_days_of_the_oracle(year: Conversation) -> None:
    assert reminded(year.seen, "A5") == [
        ("3 Aug 2020", ADA),
        ("17 Aug 2020", ADA),
        ("24 Aug 2020", ADA),
        ("1 Sep 2020", ADA),
        ("7 Sep 2020", ADA),
    ]


def test_action_due_on_a_bank_holiday_speaks_on_the_working_days_around_it(year: Conversation) -> None:
    assert reminded(year.seen, "A23") == [
        ("1 May 2020", ADA),
        ("7 May 2020", ADA),
        ("11 May 2020", ADA),
        ("15 May 2020", ADA),
    ]


def test_two_actions_of_one_month_are_one_post(year: Conversation) -> None:
    days = ["1 Jun 2020", "15 Jun 2020", "23 Jun 2020", "1 Jul 2020", "7 Jul 2020"]

    assert reminded(year.seen, "A3") == [(day, ADA) for day in days]
    assert reminded(year.seen, "A4") == [(day, ADA) for day in days]
    assert [seen.day for seen in year.to(ADA) if speaks_of(seen, "A3") and speaks_of(seen, "A4")] == days


def test_jointly_owned_action_reaches_each_owner_or_the_channel_of_a_seat_nobody_holds(
    year: Conversation,
) -> None:
    days = ["1 Sep 2020", "15 Sep 2020", "23 Sep 2020", "1 Oct 2020", "7 Oct 2020"]

    assert reminded(year.seen, "A12") == [(day, place) for day in days for place in ("#ccg", DEV)]
    first = next(seen for seen in year.to("#ccg") if speaks_of(seen, "A12"))
    assert "nobody holds Governing Body Lay Member for Engagement just now" in first.text


def test_ongoing_actions_are_reviewed_together_once_a_quarter(year: Conversation) -> None:
    expected = {
        FLO: "A1 A2", BEN: "A6", DEV: "A7", ADA: "A8 A9", EVE: "A10", "#bhcp": "A20",
        CLEO: "A11 A13 A14 A15 A16 A17 A18 A19 A21 A22",
    }  # fmt: skip

    for place, refs in expected.items():
        for ref in refs.split():
            assert reviewed(year.seen, ref) == [(day, place) for day in REVIEWS]
            assert reminded(year.seen, ref) == []


def test_everything_said_by_itself_in_the_year(year: Conversation) -> None:
    reviews = [(day, place) for day in REVIEWS for place in ("#bhcp", ADA, BEN, CLEO, DEV, EVE, FLO)]
    first_day = [("1 May 2020", place) for place in ("#ccg", "#bhcp", ADA, BEN, CLEO, DEV, EVE, FLO)]
    ada = "7 May,11 May,15 May,1 Jun,15 Jun,23 Jun,1 Jul,7 Jul,3 Aug,17 Aug,24 Aug,1 Sep,7 Sep"
    joint = "1 Sep,15 Sep,23 Sep,1 Oct,7 Oct"
    reminders = [
        *((f"{day} 2020", ADA) for day in ada.split(",")),
        *((f"{day} 2020", place) for day in joint.split(",") for place in ("#ccg", DEV)),
    ]

    assert Counter((s.day, s.place) for s in year.seen if is_scheduled(s)) == Counter(
        set(first_day + reviews + reminders)
    )


def test_nobody_and_no_channel_gets_two_scheduled_posts_in_a_day(year: Conversation) -> None:
    a_day = Counter((seen.when.date(), seen.place) for seen in year.seen if is_scheduled(seen))

    assert set(a_day.values()) == {1}


def test_nothing_is_posted_outside_working_days_or_away_from_nine(year: Conversation) -> None:
    scheduled = [seen for seen in year.seen if is_scheduled(seen)]

    assert [seen for seen in scheduled if not ENGLAND.is_working(seen.when.date())] == []
    assert {f"{seen.when:%H:%M}" for seen in scheduled} == {"09:00"}


def test_late_work_falls_silent_and_goes_on_the_agenda(year: Conversation) -> None:
    said = year.do(COORDINATOR, "/action list agenda")

    listed = [line.split()[1] for line in said.splitlines() if line.startswith("- A")]
    assert listed == ["A23", "A3", "A4", "A5", "A12"]


def test_the_owners_are_read_as_the_plan_gives_them(year: Conversation) -> None:
    said = year.do(COORDINATOR, "/action show A19")

    assert (
        "Owner: Head of Communications and Engagement (Cleo Park), Lead for Internal Communications " in said
    )
    assert "(Eve Stone) and Corporate Support Group (nobody just now)" in said
