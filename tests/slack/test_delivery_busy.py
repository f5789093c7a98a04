"""A database that another process has locked: people are answered in time, and nothing is lost or doubled."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from time import monotonic

import pytest

from storage.actions import actions
from storage.db import Database, Unavailable
from tests.slack.living import WAYS, Life, living
from tests.slack.outgoing import MINE, later, put, state
from tests.slack.standin import How, NoAnswer, Slack, payloads


@pytest.fixture
def life(sqlite: Database, slack: Slack, request: pytest.FixtureRequest) -> Iterator[Life]:
    with living(sqlite, slack, getattr(request, "param", "http")) as found:
        found.slash(found.priya, "help")
        yield found


@contextmanager
def locked(life: Life, seconds: float | None = None) -> Iterator[None]:
    """As another process would lock it; for so long, or until the block is left."""
    other = sqlite3.connect(str(life.db.engine.url.database), isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    timer = threading.Timer(seconds or 0, lambda: other.execute("ROLLBACK"))
    if seconds:
        timer.start()
    yield
    if seconds:
        timer.join()
    else:
        other.execute("ROLLBACK")
    other.close()


def titles(life: Life) -> list[str]:
    with life.db.reading(MINE) as session:
        return [action.title for action in actions(session, "open")]


def test_command_waits_out_a_short_lock(life: Life) -> None:
    with locked(life, 0.5):
        answer = life.slash(life.priya, "action add Patience")

    assert answer.json["text"] == "A1 is logged: Patience"
    assert titles(life) == ["Patience"]


@pytest.mark.parametrize("life", WAYS, indirect=True)
def test_command_is_answered_within_three_seconds_while_the_database_is_locked(life: Life) -> None:
    since = monotonic()
    with locked(life):
        answer = life.slash(life.priya, "action add Patience")
        took = monotonic() - since
    again = life.slash(life.priya, "action add Patience")

    assert took < 3
    assert answer.json["text"].startswith("The plan is busy or out of reach just now. Nothing was changed.")
    assert "/comms action add Patience" in str(answer.json)
    assert again.json["text"] == "A1 is logged: Patience"
    assert titles(life) == ["Patience"]


@pytest.mark.parametrize("life", WAYS, indirect=True)
def test_event_is_refused_while_the_database_is_locked_and_done_once_when_it_comes_again(life: Life) -> None:
    bot = f"<@{life.team.bot_user_id}>"
    post = life.slack.say(life.priya, life.comms, f"{bot} action add Said twice")
    event = payloads.said(payloads.Actor(life.slack.state, life.team, life.priya), life.comms, post)
    delivery = payloads.event(life.slack.state, life.team, event)

    with locked(life):
        if life.slack.bot_url:
            assert life.slack.deliver(delivery).status == 503
        else:
            with pytest.raises(NoAnswer):
                life.slack.deliver(delivery, How(patience=3))
    for retry in (1, 2):
        life.slack.deliver(delivery, How(retry=retry, reason="http_error"))
    life.slack.wait_for(lambda: life.open())

    assert titles(life) == ["Said twice"]
    assert [said.thread_ts for said in life.open()] == [post.ts]


def test_post_whose_outcome_could_not_be_noted_is_not_said_twice(life: Life) -> None:
    release = threading.Event()

    def lock(asked: object) -> None:
        if getattr(asked, "method", "") == "chat.postMessage" and not release.is_set():
            stack.__enter__()
            release.set()

    stack = locked(life)
    life.slack.arrivals.watch = lock
    (post,) = put_though_it_fails(life)
    stack.__exit__(None, None, None)
    before = (state(life.db, post), life.slack.texts(life.comms)[-1])
    later(life, 60)

    assert before == ("sending", "said once")
    assert (state(life.db, post), life.slack.texts(life.comms).count("said once")) == ("sent", 1)


def put_though_it_fails(life: Life) -> list[int]:
    """Writers have their turns in order: when ours has failed, so has that of the post."""
    with suppress(Unavailable):
        put(life, life.comms, "said once")
    with pytest.raises(Unavailable), life.db.writing(MINE, at=life.clock.now()):
        pass
    return [1]
