"""Sockets: the connection to Slack breaks, falls silent or is taken away, and everything is heard once."""

import threading
from collections.abc import Iterator

import httpx
import pytest

from bot.slack.calling import PATIENCE
from bot.slack.sockets import Pulse, wait_after
from storage.actions import actions
from storage.db import Database
from tests.slack.living import QUICK, Life, living
from tests.slack.outgoing import MINE, until
from tests.slack.standin import Fault, How, NoAnswer, Slack, payloads
from tests.slack.standin.web_api import Asked


@pytest.fixture
def life(sqlite: Database, slack: Slack) -> Iterator[Life]:
    with living(sqlite, slack, "socket", pulse=QUICK) as found:
        found.slash(found.priya, "help")
        yield found


def titles(life: Life) -> list[str]:
    with life.db.reading(MINE) as session:
        return [action.title for action in actions(session, "open")]


def add(life: Life, title: str) -> None:
    life.slash(life.priya, f"action add {title}")


def is_ready(life: Life) -> bool:
    return httpx.get(f"http://127.0.0.1:{life.running.port}/readyz", trust_env=False).status_code == 200


def open_calls(life: Life) -> int:
    return sum(call.method == "apps.connections.open" for call in life.slack.arrivals.asked)


def test_dropped_connection_is_replaced(life: Life) -> None:
    life.slack.sockets.drop_all()
    life.slack.sockets.wait_opened(2)

    add(life, "After the drop")

    assert titles(life) == ["After the drop"]


def test_politely_closed_connection_is_replaced(life: Life) -> None:
    life.slack.sockets.connections[0].close()
    life.slack.sockets.wait_opened(2)

    add(life, "After the close")

    assert titles(life) == ["After the close"]


def test_connection_that_falls_silent_is_replaced(life: Life) -> None:
    silent = life.slack.sockets.connections[0]
    silent.go_half_open()
    life.slack.sockets.wait_opened(2, patience=20)

    fresh = next(each for each in life.slack.sockets.connections if each is not silent)
    life.slack.slash(
        life.team, life.priya, life.comms, "/comms", "action add Heard again", How(connection=fresh)
    )

    assert titles(life) == ["Heard again"]


def test_dead_connection_is_found_and_replaced_within_half_a_minute() -> None:
    """At worst the last answer is seen a look late, and the silence too; then one call that takes all the
    time it may.
    """
    usual = Pulse()

    assert usual.silence > 2 * usual.ping + usual.look
    assert usual.silence > 4 * usual.ping  # of which the SDK itself takes a connection for dead
    assert usual.look + usual.silence + usual.look + PATIENCE <= 30


@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
def test_slack_may_ask_for_another_connection(life: Life, reason: str) -> None:
    old = life.slack.sockets.connections[0]

    old.disconnect(reason)
    life.slack.sockets.wait_opened(2)
    until(life, lambda: old not in life.slack.sockets.connections)
    add(life, "On the new one")

    assert titles(life) == ["On the new one"]
    assert len(life.slack.sockets.connections) == 1


def test_envelope_that_comes_twice_has_one_effect_and_the_same_answer(life: Life) -> None:
    first = life.slash(life.priya, "action add Once only")
    second = life.slack.again(first)

    assert titles(life) == ["Once only"]
    assert second.json == first.json


def test_event_whose_acknowledgement_is_lost_comes_again_and_has_one_effect(life: Life) -> None:
    connection = life.slack.sockets.connections[0]
    news = life.slack.channel(life.team, "news", life.priya)
    post = life.slack.say(life.priya, news, f"<@{life.team.bot_user_id}> action add Said once")
    event = payloads.said(payloads.Actor(life.slack.state, life.team, life.priya), news, post)
    delivery = payloads.event(life.slack.state, life.team, event)

    def cut(call: Asked) -> None:
        if call.method == "conversations.info":  # the bot has heard it, and asks where it is
            connection.drop()

    life.slack.arrivals.watch = cut
    with pytest.raises(NoAnswer):
        life.slack.deliver(delivery, How(connection=connection, patience=0.5))
    life.slack.sockets.wait_opened(2)
    life.slack.deliver(delivery, How(retry=1, reason="timeout"))
    life.slack.wait_for(lambda: life.open(news))

    assert titles(life) == ["Said once"]
    assert [said.thread_ts for said in life.open(news)] == [post.ts]


@pytest.mark.parametrize(
    ("fault", "more"),
    [
        (Fault.SLOW_DOWN, {"retry_after": "1"}),
        (Fault.ERROR_500_BEFORE, {}),
        (Fault.REFUSED, {"error": "invalid_auth"}),
        (Fault.HTML_BEFORE, {}),
        (Fault.RESET_AFTER, {}),
    ],
    ids=lambda given: getattr(given, "name", None),
)
def test_connecting_is_tried_until_it_works(life: Life, fault: Fault, more: dict[str, str]) -> None:
    life.slack.misbehave(fault, "apps.connections.open", times=2, **more)
    life.slack.sockets.drop_all()
    life.slack.sockets.wait_opened(2, patience=8)

    add(life, "Healed")

    assert titles(life) == ["Healed"]
    assert open_calls(life) == 4


def test_attempts_to_connect_grow_rarer_up_to_a_minute() -> None:
    assert [wait_after(failures, 0, look=2) for failures in (1, 2, 3, 4, 5, 6, 5000)] == [
        2, 4, 8, 16, 32, 60, 60,
    ]  # fmt: skip
    assert [wait_after(1, asked, look=2) for asked in (0.5, 20, 86400)] == [2, 20, 60]


def test_many_connections_leave_no_threads_behind(life: Life) -> None:
    def drop(times: int) -> None:
        for _ in range(times):
            opened = life.slack.sockets.opened
            life.slack.sockets.drop_all()
            life.slack.sockets.wait_opened(opened + 1)
            until(life, lambda: is_ready(life))

    def ours() -> int:
        return sum("fake-slack" not in each.name and "process_request" not in each.name for each in threads())

    def threads() -> list[threading.Thread]:
        return threading.enumerate()

    drop(2)
    until(life, lambda: not any(each.name == "socket-closing" for each in threads()))
    before = ours()
    drop(8)
    until(life, lambda: not any(each.name == "socket-closing" for each in threads()))

    assert ours() <= before + 1
