"""Everything that Slack delivers more than once has one effect, one reply, and is posted once."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from typing import Any

import pytest

from bot.slack.wiring import HANDS
from storage.db import Database
from tests.slack.living import WAYS, Life, living
from tests.slack.standin import Answer, Delivery, How, Slack, View
from tests.slack.standin.filling import state_values
from tests.slack.standin.payloads import Actor, button, event, said, shortcut, slash, submission
from tests.slack.watching import events, wait_sent

Make = Callable[[Life], Delivery]


@pytest.fixture(params=WAYS)
def life(request: pytest.FixtureRequest, sqlite: Database, slack: Slack) -> Iterator[Life]:
    with living(sqlite, slack, request.param) as found:
        found.slash(found.priya, "action add Refresh the website")
        found.slash(found.sam, "help")
        wait_sent(slack, sqlite)
        yield found


def me(life: Life) -> Actor:
    return Actor(life.slack.state, life.team, life.priya)


def a_command(life: Life) -> Delivery:
    return slash(me(life), life.comms, "/comms", "action note A1 Printed")


def a_button(life: Life) -> Delivery:
    pressed = {"type": "button", "action_id": "b", "block_id": "b", "value": "/action done A1"}
    return button(me(life), life.open()[0], pressed)


def a_form(life: Life) -> Delivery:
    view = form(life)
    return submission(me(life), view, state_values(view.given["blocks"], {"what": "Film the open day"}))


def form(life: Life) -> View:
    """The form of a command, opened."""
    life.slash(life.priya, "action add")
    return next(v for v in reversed(life.slack.state.views.values()) if v.how == "open")


def a_mention(life: Life) -> Delivery:
    words = life.slack.say(life.priya, life.comms, f"<@{life.team.bot_user_id}> action note A1 Printed")
    return event(life.slack.state, life.team, said(me(life), life.comms, words))


def a_direct_message(life: Life) -> Delivery:
    channel = life.slack.state.direct(life.team, life.priya.id)
    words = life.slack.say(life.priya, channel, "action note A1 Printed")
    return event(life.slack.state, life.team, said(me(life), channel, words))


def a_question(life: Life) -> Delivery:
    pressed = {"type": "button", "action_id": "b", "block_id": "b", "value": "/action list"}
    return button(me(life), life.open()[0], pressed)


CHANGES = {f.__name__: f for f in (a_command, a_button, a_form, a_mention, a_direct_message)}


def seen(life: Life) -> list[tuple[str, str, str]]:
    """All that the bot has said, where, and to whom alone."""
    wait_told(life)
    wait_sent(life.slack, life.db)
    return [(p.channel, p.ephemeral_to, p.text) for p in life.slack.state.posts if p.bot_id]


def wait_told(life: Life) -> None:
    """Until all hands that give private answers are free."""
    free = Barrier(HANDS + 1)
    for _ in range(HANDS):
        life.running.wired.later.submit(free.wait)
    free.wait(10)


def changes(life: Life) -> int:
    return len(events(life.db, life.team))


@pytest.mark.parametrize("make", CHANGES.values(), ids=list(CHANGES))
def test_same_again_has_one_effect(life: Life, make: Make) -> None:
    delivery = make(life)
    before = changes(life)
    first = life.slack.deliver(delivery)
    said_once, done_once = seen(life), changes(life)

    same = life.slack.again(first)
    retried = life.slack.deliver(delivery, How(retry=1))

    assert done_once > before
    assert [(a.status, a.json) for a in (same, retried)] == [(first.status, first.json)] * 2
    assert (seen(life), changes(life)) == (said_once, done_once)


@pytest.mark.parametrize("make", CHANGES.values(), ids=list(CHANGES))
def test_same_at_the_same_time_has_one_effect(life: Life, make: Make) -> None:
    delivery = make(life)
    before, said_before = changes(life), len(seen(life))

    with ThreadPoolExecutor(4) as hands:
        answers: list[Answer] = list(hands.map(life.slack.deliver, [delivery] * 4))

    assert [(a.status, a.json) for a in answers] == [(200, answers[0].json)] * 4
    wait_sent(life.slack, life.db)
    assert changes(life) == before + 1
    assert len(seen(life)) - said_before <= 1


def test_late_repetition_undoes_nothing_that_came_since(life: Life) -> None:
    done = life.slack.deliver(a_button(life))
    life.slash(life.priya, "action reopen A1")
    life.slash(life.priya, "action note A1 Not yet")
    before = seen(life), changes(life)

    life.slack.again(done)

    assert (seen(life), changes(life)) == before


def test_repetitions_in_another_order_have_one_effect(life: Life) -> None:
    one, two = a_command(life), a_mention(life)
    life.slack.deliver(two)
    life.slack.deliver(one)
    before = seen(life), changes(life)

    for delivery in (one, two, two, one):
        life.slack.deliver(delivery)

    assert (seen(life), changes(life)) == before


def test_private_answer_to_a_button_is_given_once(life: Life) -> None:
    question, other = a_question(life), replace(a_question(life))
    before = len(life.private(life.priya))

    for delivery in (question, question, other):
        life.slack.deliver(delivery)

    life.slack.wait_for(lambda: len(life.private(life.priya)) == before + 2)


def test_shortcut_that_comes_twice_opens_one_form(life: Life) -> None:
    words = life.slack.say(life.sam, life.comms, "Parking again")
    chosen = shortcut(me(life), words, "action add")
    before = seen(life)

    for _ in range(2):
        life.slack.deliver(chosen)

    assert [v.how for v in life.slack.state.views.values()] == ["open"]
    assert seen(life) == before


def test_command_with_a_form_that_comes_twice_opens_one(life: Life) -> None:
    asked = slash(me(life), life.comms, "/comms", "action add")

    answers: list[Any] = [life.slack.deliver(asked).json for _ in range(2)]

    assert answers == [{}, {}]
    assert [v.how for v in life.slack.state.views.values()] == ["open"]
