"""Who waits in Slack waits alone: pages that hang and answers that are slowed down hold up nobody else's."""

from collections.abc import Iterator

import pytest

from bot.slack.wiring import HANDS
from storage.db import Database
from tests.slack.living import Life, living
from tests.slack.outgoing import until
from tests.slack.standin import Fault, Slack
from tests.slack.standin.payloads import Actor, button
from tests.slack.watching import wait_sent


@pytest.fixture
def life(sqlite: Database, slack: Slack) -> Iterator[Life]:
    with living(sqlite, slack, "http", patience=8) as found:
        found.slash(found.priya, "action add Refresh the website")
        wait_sent(slack, sqlite)
        yield found


def ask(life: Life, line: str) -> None:
    """By a button, so that the answer comes by itself."""
    pressed = {"type": "button", "action_id": "b", "block_id": "b", "value": line}
    me = Actor(life.slack.state, life.team, life.priya)
    life.slack.deliver(button(me, life.open()[0], pressed))


def asked(life: Life, method: str) -> int:
    return sum(call.method == method for call in life.slack.arrivals.asked)


def test_pages_that_hang_hold_up_no_answer(life: Life) -> None:
    life.slack.misbehave(Fault.HANG_BEFORE, "views.publish", times=HANDS)
    for _ in range(HANDS):
        life.slack.open_home(life.team, life.priya)
    life.slack.wait_for(lambda: asked(life, "views.publish") == HANDS)
    before = len(life.private(life.priya))

    ask(life, "/action list")
    until(life, lambda: len(life.private(life.priya)) > before, patience=6)


def test_answers_that_slack_slows_down_hold_up_no_other(life: Life) -> None:
    before = len(life.private(life.priya))
    for method in ("response_url", "chat.postEphemeral"):
        life.slack.misbehave(Fault.SLOW_DOWN, method, times=HANDS, retry_after="3")
    for _ in range(HANDS):
        ask(life, "/action list")
    life.slack.wait_for(lambda: asked(life, "chat.postEphemeral") == HANDS)

    ask(life, "/help action note")
    until(life, lambda: len(life.private(life.priya)) == before + HANDS + 1)

    told = life.private(life.priya)[before:]
    assert told[0].startswith("/action note")
    assert told[1:] == [told[1]] * HANDS


def test_answer_that_slack_slows_down_twice_is_given_up(life: Life, caplog: pytest.LogCaptureFixture) -> None:
    life.slack.misbehave(Fault.SLOW_DOWN, "response_url", times=2)
    life.slack.misbehave(Fault.SLOW_DOWN, "chat.postEphemeral", times=2, retry_after="1")

    ask(life, "/action list")
    life.slack.wait_for(lambda: asked(life, "chat.postEphemeral") == 2)

    until(life, lambda: "an answer could not be given: 1 s" in caplog.text)
