"""The home tab in Slack: opened, pressed in, and shown anew."""

from collections.abc import Iterator
from typing import Any

import pytest

from storage.db import Database
from tests.messages.slack_reader import words
from tests.slack.checking import check_shown
from tests.slack.living import WAYS, Life, living
from tests.slack.standin import Slack, View
from tests.slack.standin.payloads import event


@pytest.fixture(params=WAYS)
def life(request: pytest.FixtureRequest, sqlite: Database, slack: Slack) -> Iterator[Life]:
    with living(sqlite, slack, request.param) as found:
        yield found


def shown(life: Life) -> str:
    """What stands on Priya's page."""
    view = life.slack.home(life.team, life.priya)
    return words(view.given["blocks"]) if view else ""


def opened(life: Life) -> View:
    life.slack.open_home(life.team, life.priya)
    life.slack.wait_for(lambda: life.slack.home(life.team, life.priya))
    view = life.slack.home(life.team, life.priya)
    assert view is not None
    return view


def modals(life: Life) -> list[View]:
    return [view for view in life.slack.state.views.values() if view.how == "open"]


def test_page_is_shown_when_it_is_opened(life: Life) -> None:
    view = opened(life)

    check_shown(view.given, set(life.slack.state.users))
    assert shown(life).startswith("Fell and Bay")
    assert "/comms partner organisations add" in shown(life)


def test_form_that_is_sent_from_the_page_and_taken_back_brings_it_up_to_date(life: Life) -> None:
    view = opened(life)
    life.slack.click(view, "Log an action", life.priya)
    life.slack.wait_for(lambda: modals(life))

    life.slack.submit(modals(life)[0].id, life.priya, {"what": "Print the map", "due": "1 June"})

    life.slack.wait_for(lambda: "Print the map" in shown(life))
    life.slack.click(modals(life)[0], "Undo", life.priya)
    life.slack.wait_for(lambda: "Print the map" not in shown(life))


def test_page_in_a_workspace_that_has_no_plan_says_so(life: Life) -> None:
    told: dict[str, Any] = {"type": "app_home_opened", "user": life.priya.id, "channel": "D1", "tab": "home"}
    other = life.slack.workspace("Elsewhere")
    stranger = life.slack.user(other, "Robin Lee")

    answer = life.slack.deliver(event(life.slack.state, other, told | {"user": stranger.id}))

    assert answer.status == 200
    assert life.slack.home(other, stranger) is None
