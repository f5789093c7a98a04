"""The guide: five steps through a first visit, each done by doing it."""

from bot.clock import Clock
from bot.web.talk import Outcome
from storage.db import Database
from tests.conversation import at
from tests.web.conftest import NOW
from tests.web.seeing import Event, up_to
from tests.web.serving import Served, Visitor, serving

WORKED = Outcome()


def is_clock(event: Event) -> bool:
    return event.kind == "clock"


def line_of(visitor: Visitor) -> str:
    """What the guide offers to put in the box."""
    return next(visitor.page.named("guide").all("code")).text


def step(visitor: Visitor) -> str:
    """Which step one is at, as a reader reads it."""
    return visitor.look().step.partition("of")[0].strip()


def test_guide_leads_through_a_first_visit(served: Served) -> None:
    with served.visit("Jo Bell", "#comms") as jo:
        assert step(jo) == "Step 1"
        jo.say("Hello")
        assert step(jo) == "Step 1"

        assert jo.say(line_of(jo)) == WORKED
        assert step(jo) == "Step 2"

        assert jo.say(line_of(jo)) == WORKED
        assert step(jo) == "Step 3"

        assert jo.say(line_of(jo)) == WORKED
        jo.look()
        assert jo.click("Done") == WORKED
        assert step(jo) == "Step 4"

        served.type("Jo Bell", "/action add Something else owner: me due: tomorrow", "#comms")
        assert jo.move("next") == WORKED
        assert step(jo) == "Step 5"

        assert jo.say(line_of(jo)) == WORKED
        assert jo.look().step == "That is all there is to it"

        jo.step(0)
        assert jo.look().step == ""


def test_guide_stays_where_a_line_went_wrong(jo: Visitor) -> None:
    jo.say("/action add Refresh the newsletter due: the 99th")

    assert step(jo) == "Step 1"


def test_guide_counts_what_was_filled_in(jo: Visitor) -> None:
    jo.say("/action add")
    jo.look()
    assert step(jo) == "Step 1"
    jo.fill(what="")
    assert step(jo) == "Step 1"

    jo.fill(what="Refresh the newsletter")

    assert step(jo) == "Step 2"


def test_guide_is_skipped_and_comes_back(jo: Visitor) -> None:
    jo.say("/action add Refresh the newsletter")
    jo.step(0)
    assert jo.look().step == ""
    jo.say("/me")
    assert jo.look().step == ""

    jo.step(1)

    assert step(jo) == "Step 1"


def test_guide_is_everyones_own(priya: Visitor, jo: Visitor) -> None:
    jo.say("/action add Refresh the newsletter")

    assert (step(jo), step(priya)) == ("Step 2", "Step 1")


def test_guide_tells_the_page_to_look_again(jo: Visitor) -> None:
    with jo.listening() as events:
        up_to(events, is_clock)
        jo.say("/action add Refresh the newsletter")

        assert up_to(events, lambda event: event.kind == "guide")[-1].what == {}
    assert "Step 2" in jo.piece("guide")


def test_guide_goes_no_further_than_its_end(jo: Visitor) -> None:
    jo.step(99)

    assert jo.look().step == "That is all there is to it"


def test_guide_of_the_sample_can_be_followed(db: Database) -> None:
    """Every line that it offers works on the sample as it is."""
    empty = Database(f"{db.engine.url.database}-sample")
    empty.upgrade()
    with serving(empty, Clock(at(NOW)), is_sample=True) as served, served.visit("Priya Shah") as priya:
        for number in (1, 2, 3, 5):
            priya.step(number)
            priya.look()
            if line := next(priya.page.named("guide").all("code"), None):
                assert not priya.say(line.text).is_error, line.text
    empty.close()
