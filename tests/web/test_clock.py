"""The clock in the browser: it is moved, what is due on the way is said, and the guide leads through it."""

import threading

import pytest

from bot.clock import Clock
from bot.web.talk import Outcome
from storage.db import Database
from tests.conversation import at
from tests.messages.browser import parse
from tests.web.conftest import NOW
from tests.web.seeing import Event, up_to
from tests.web.serving import Served, Visitor, serving

WORKED = Outcome()
NOTHING = Outcome(why="Nothing was to be said on the way.")
MOVING = "The clock is being moved just now. Wait till it stands still, or stop it."
HER_ACTION = "/action add Refresh the newsletter owner: Jo Bell due: 3 June"


def is_clock(event: Event) -> bool:
    return event.kind == "clock"


def wrong(why: str) -> Outcome:
    return Outcome(is_error=True, why=why)


@pytest.mark.parametrize(
    ("to", "then"),
    [
        ("+1d", "2020-06-02T09:30"),
        ("+2h", "2020-06-01T11:30"),
        ("2020-06-08", "2020-06-08T09:00"),
        ("2020-06-08 14:15", "2020-06-08T14:15"),
        ("12 June", "2020-06-12T09:00"),
        ("next friday", "2020-06-12T09:00"),
        ("8 June at 2pm", "2020-06-08T14:00"),
        ("today at noon", "2020-06-01T12:00"),
        ("June 2020", "2020-06-30T09:00"),
    ],
)
def test_clock_is_moved_to(priya: Visitor, to: str, then: str) -> None:
    assert priya.page.now == "2020-06-01T09:30"

    assert priya.move(to) == NOTHING

    assert priya.look().now == then


@pytest.mark.parametrize(
    ("to", "why"),
    [
        ("yesterday", "That is past already; the clock only moves forward."),
        ("May 2020", "That is past already; the clock only moves forward."),
        ("today at 9am", "That is past already; the clock only moves forward."),
        ("2020-05-31", "That is past already; the clock only moves forward."),
        ("2024-01-01", "That is more than a year ahead. Go there in smaller steps."),
        ("2201-01-01", "The clock goes from the year 1970 to 2200."),
        ("+9999w", "The clock goes from the year 1970 to 2200."),
        ("", "I cannot read that as a date. Try: next Friday, 12 June, +7d, or 8 June at 2pm."),
        ("whenever", "I cannot read that as a date. Try: next Friday, 12 June, +7d, or 8 June at 2pm."),
        ("ongoing", "I cannot read that as a date. Try: next Friday, 12 June, +7d, or 8 June at 2pm."),
        ("x" * 5000, "I cannot read that as a date. Try: next Friday, 12 June, +7d, or 8 June at 2pm."),
    ],
)
def test_clock_is_not_moved_to(priya: Visitor, to: str, why: str) -> None:
    assert priya.move(to) == wrong(why)

    assert priya.look().now == "2020-06-01T09:30"


def test_what_is_due_on_the_way_is_said_in_order(served: Served, priya: Visitor) -> None:
    served.type("Priya Shah", HER_ACTION, "#council")
    with served.visit("Jo Bell") as jo:
        assert priya.move("+2d") == WORKED

        first, second = jo.look().messages
        assert [next(said.element.all("time")).text for said in (first, second)] == [
            "Tue 2 Jun, 9am",
            "Wed 3 Jun, 9am",
        ]
    assert priya.look().now == "2020-06-03T09:30"


def test_clock_goes_to_the_next_thing(served: Served, priya: Visitor) -> None:
    served.type("Priya Shah", "/action add Refresh the newsletter owner: Jo Bell due: 17 June")
    seen = []
    for _ in range(3):
        assert priya.move("next") == WORKED
        seen.append(priya.look().now)

    assert seen == [
        "2020-06-02T09:00",
        "2020-06-10T09:00",
        "2020-06-16T09:00",
    ]


def test_clock_does_not_move_where_nothing_is_to_come(priya: Visitor) -> None:
    assert priya.move("next") == wrong(
        "Nothing is to be said in the next two months. Log an action with a date first."
    )

    assert priya.look().now == "2020-06-01T09:30"


def test_time_of_what_is_said_follows_the_zone_at_once(priya: Visitor) -> None:
    priya.say("/partner zone America/New_York")
    priya.look()
    priya.say("/me")

    told = priya.told("Priya Shah: /me")

    assert 'datetime="2020-06-01T04:' in told.what["html"]
    assert 'datetime="2020-06-01T04:' in priya.client.get(priya.page.address).text


def test_clock_is_stopped_on_its_way(served: Served, priya: Visitor, jo: Visitor) -> None:
    came: list[Outcome] = []
    moving = threading.Thread(target=lambda: came.append(priya.move("+300d")))
    with jo.listening() as events:
        moving.start()
        up_to(events, lambda event: event.what.get("is_moving") is True)

        assert jo.move("stop") == WORKED
        moving.join()

        heard = up_to(events, lambda event: event.what.get("is_moving") is False)
    assert came == [Outcome(why="Stopped on the way.")]
    assert "2020-06-01" < jo.look().now < "2021-01-01"
    assert heard[-1].what["iso"][:16] == jo.page.now


def test_clock_that_stands_still_is_stopped_in_vain(priya: Visitor) -> None:
    assert priya.move("stop") == WORKED

    assert priya.move("+1d") == NOTHING


def test_everyone_sees_the_clock_move(priya: Visitor, jo: Visitor) -> None:
    with jo.listening() as events:
        assert [event.what["iso"] for event in up_to(events, is_clock)] == ["2020-06-01T09:30+01:00"]
        priya.move("12 June")

        heard = up_to(events, lambda event: event.what["iso"] == "2020-06-12T09:00+01:00")

    times = [event.what["iso"] for event in heard]
    assert times == sorted(times)
    assert len(times) > 1


def test_who_comes_back_sees_what_the_time_is(priya: Visitor, jo: Visitor) -> None:
    """They may have been away when the clock was moved."""
    priya.move("12 June")

    with jo.listening() as events:
        assert next(events).what["iso"] == "2020-06-12T09:00+01:00"


def test_clock_is_moved_by_one_at_a_time(served: Served, priya: Visitor, jo: Visitor) -> None:
    with served.room.moving:
        assert jo.move("+1d") == wrong(MOVING)
    assert jo.move("+1d") == NOTHING


def test_clock_can_be_asked_to_move_by_several(served: Served) -> None:
    """However they come, each was moved as asked or told why not, and the clock stands at their sum."""
    came: list[Outcome] = []

    def move() -> None:
        with served.visit("Jo Bell") as visitor:
            came.append(visitor.move("+1d"))

    threads = [threading.Thread(target=move) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    moved = sum(not each.is_error for each in came)
    with served.visit() as visitor:
        assert visitor.page.now == f"2020-06-0{1 + moved}T09:30"
    assert len(came) == 3


def test_clock_of_a_real_plan_is_not_moved(db: Database) -> None:
    with serving(db, Clock(at(NOW)), clock_moves=False) as served, served.visit() as priya:
        assert [form["action"] for form in priya.page.tree.all("form")].count("move") == 0
        answer = priya.post("move", [("token", priya.token), ("to", "+1d")], **{"hx-request": "true"})
        assert "follows the real time, because this is a real plan" in answer.headers["hx-trigger"]
        assert priya.look().now == "2020-06-01T09:30"


# --- what comes next --------------------------------------------------------------------------------


def happenings(visitor: Visitor) -> list[str]:
    return [item.text for item in parse(visitor.piece("coming")).all("li")]


def test_happenings_are_told_with_their_dates(served: Served, priya: Visitor, jo: Visitor) -> None:
    assert happenings(priya) == []

    served.type("Priya Shah", HER_ACTION, "#council")

    assert happenings(jo) == [
        "Tuesday 2 June at 9am to you: 1 coming up, 1 piece of news",
        "Wednesday 3 June at 9am to you: 1 due today",
        "Thursday 4 June at 9am to you: 1 late",
        "Wednesday 10 June at 9am to you: 1 late",
    ]
    assert happenings(priya) == [line.replace("to you", "to @Jo Bell") for line in happenings(jo)]
    with served.visit("Sam Okafor") as sam:
        assert happenings(sam) == []


def test_happenings_happen(served: Served, priya: Visitor) -> None:
    """The clock goes from one to the next as they were foreseen."""
    served.type("Priya Shah", HER_ACTION, "#council")
    for day in ("02", "03", "04", "10"):
        assert priya.move("next") == WORKED
        assert priya.look().now == f"2020-06-{day}T09:00"

    with served.visit("Jo Bell") as jo:
        assert len(jo.page.messages) == 4
    assert happenings(priya) == []
