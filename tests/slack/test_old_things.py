"""Old things in Slack: buttons and forms that outlived what they are about, and channels that are no more."""

from collections.abc import Iterator

import pytest

from storage.db import Database
from tests.messages.slack_reader import words
from tests.slack.living import Life, living
from tests.slack.standin import Slack, View
from tests.slack.standin.payloads import Actor, button, slash
from tests.slack.watching import wait_sent

LATE = 4.0
"""Seconds, after which nothing can be opened any more."""


@pytest.fixture
def life(sqlite: Database, slack: Slack) -> Iterator[Life]:
    with living(sqlite, slack, "http") as found:
        found.slash(found.priya, "action add Refresh the website")
        wait_sent(slack, sqlite)
        yield found


def press(life: Life, value: str) -> str:
    """What the presser alone is told."""
    before = len(life.private(life.priya))
    actor = Actor(life.slack.state, life.team, life.priya)
    told = button(
        actor, life.open()[0], {"type": "button", "action_id": "b", "block_id": "b", "value": value}
    )
    assert life.slack.deliver(told).status == 200
    life.slack.wait_for(lambda: len(life.private(life.priya)) > before)
    return life.private(life.priya)[-1]


def modals(life: Life) -> list[View]:
    return [view for view in life.slack.state.views.values() if view.how == "open"]


def test_button_from_before_an_upgrade_is_answered(life: Life) -> None:
    assert press(life, "/frobnicate A1").startswith("I do not know")
    assert press(life, "/action frobnicate A1").startswith("/action has no")


def test_button_on_a_post_that_is_not_kept_changes_nothing(life: Life) -> None:
    life.open()[0].ts = "1.000001"

    assert press(life, "/action done A1").startswith("That button is on a post")
    assert press(life, "/action note A1 Printed").startswith("That button is on a post")


def test_command_whose_form_comes_too_late_has_a_button_for_it(life: Life) -> None:
    actor = Actor(life.slack.state, life.team, life.priya)
    asked = slash(actor, life.comms, "/comms", "action add")
    life.slack.clock.forward(LATE)

    answer = life.slack.deliver(asked)

    assert (answer.json["response_type"], modals(life)) == ("ephemeral", [])
    assert "Fill in" in str(answer.json["blocks"])


def test_button_of_a_form_that_comes_too_late_opens_it_when_pressed_again(life: Life) -> None:
    asked = Actor(life.slack.state, life.team, life.priya)
    pressed = {"type": "button", "action_id": "b", "block_id": "b", "value": "/action add"}
    told = button(asked, life.open()[0], pressed)
    life.slack.clock.forward(LATE)
    before = len(life.private(life.priya))

    life.slack.deliver(told)

    life.slack.wait_for(lambda: len(life.private(life.priya)) > before)
    offered = [p for p in life.slack.posts(life.comms) if p.ephemeral_to][-1]
    assert modals(life) == []
    life.slack.click(offered, "Fill in", life.priya)
    [view] = modals(life)
    life.slack.submit(view.id, life.priya, {"what": "Film the open day"})
    wait_sent(life.slack, life.db)
    assert life.open()[-1].text.startswith("Priya Shah logged A2, Film the open day")


def test_form_for_an_action_that_is_gone_says_so(life: Life) -> None:
    life.slash(life.priya, "action add Film the open day")
    life.slash(life.priya, "action note")
    [view] = modals(life)
    life.slash(life.priya, "action undo A2")

    sent = life.slack.submit(view.id, life.priya, {"action": "A2", "text": "Printed"})

    assert sent.action in ("errors", "update")
    assert "A2" in (str(sent.errors) + words(sent.view.given["blocks"] if sent.view else []))


@pytest.mark.parametrize("trouble", ["archived", "thrown out"])
def test_channel_that_is_no_more_is_told_a_coordinator_once(life: Life, trouble: str) -> None:
    if trouble == "archived":
        life.comms.is_archived = True
    else:
        life.comms.members.discard(life.team.bot_user_id)

    for what in ("Film the open day", "Ring the wards"):
        life.slash(life.sam, f"action add {what}")
        wait_sent(life.slack, life.db)

    [told] = life.direct(life.priya)
    assert "resend" in words(told.blocks)
    life.comms.is_archived = False
    life.comms.members.add(life.team.bot_user_id)
    life.slack.click(told, "Send it again", life.priya)
    wait_sent(life.slack, life.db)
    assert life.open()[-1].text.startswith("Sam Okafor logged A2, Film the open day")
