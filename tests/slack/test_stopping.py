"""Stopping: what was heard is answered, what is on its way arrives once, and the programme ends in time."""

import http.client
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path
from time import monotonic

import pytest

from storage import outbox
from storage.actions import actions
from tests.slack.outgoing import message, place
from tests.slack.processes import Process, Scenery, scenery
from tests.slack.standin import Slack
from tests.slack.standin.web_api import Asked

BEGINNINGS = [b"", b"P", b"POST /slack/events HTTP/1.1\r\nHost: bot\r\nContent-Length: 900\r\n\r\ntext="]
SLOW = ("chat.postMessage", "response_url", "users.info")


@pytest.fixture
def scene(slack: Slack, sqlite_url: str, tmp_path: Path) -> Iterator[Scenery]:
    found = scenery(slack, sqlite_url, tmp_path)
    yield found
    found.db.close()


class Gate:
    """Holds calls of some methods in Slack's hands. came: which there were."""

    def __init__(self, slack: Slack, *methods: str) -> None:
        self._methods, self._open = methods, threading.Event()
        self.came: set[str] = set()
        self._slack = slack
        slack.arrivals.watch = self._hold

    def _hold(self, asked: Asked) -> None:
        if asked.method in self._methods:
            with self._slack.state.changed:
                self.came.add(asked.method)
                self._slack.state.changed.notify_all()
            self._open.wait(30)

    def wait(self) -> None:
        self._slack.wait_for(lambda: self.came == set(self._methods))

    def open(self) -> None:
        self._open.set()


def leave(scene: Scenery, words: str) -> int:
    """A post that waits in the outbox."""
    with scene.db.writing(scene.partnership(), at=scene.clock.now()) as session:
        address = place(session, scene.team.id, scene.comms.id)
        return outbox.put(session, address, words, message(words)).id


def state(scene: Scenery, post: int) -> str:
    with scene.db.reading(scene.partnership()) as session:
        found = outbox.post_by_id(session, post)
    assert found is not None
    return found.state


def is_finishing(bot: Process) -> bool:
    assert bot.popen.stdout is not None
    return "finishes what is in hand" in bot.popen.stdout.readline()


def test_clients_that_hang_keep_nobody_waiting(scene: Scenery) -> None:
    bot = scene.begin()
    scene.slash(bot, "help")
    port = int(bot.url.split(":")[2].partition("/")[0])
    took = []

    with ExitStack() as stack:
        hung = [stack.enter_context(socket.create_connection(("127.0.0.1", port))) for _ in range(32)]
        for number, client in enumerate(hung):
            client.sendall(BEGINNINGS[number % len(BEGINNINGS)])
        for number in range(5):
            for client in hung[1::3]:
                with suppress(OSError):
                    client.sendall(b"x")  # a byte now and then; some are refused by now
            since = monotonic()
            scene.slash(bot, f"action add Number {number}")
            took.append(monotonic() - since)
        bot.stop()
        status, seconds = bot.end()

    assert max(took) < 1
    assert (status, seconds < 10) == (0, True)


def test_what_is_in_hand_is_finished_before_the_end(scene: Scenery) -> None:
    bot = scene.begin()
    answer = scene.slash(bot, "action add Book the hall", user=scene.priya)
    private = scene.slack.posts(scene.comms)
    scene.slack.wait_for(lambda: len([p for p in scene.slack.posts(scene.comms) if not p.ephemeral_to]) == 1)
    post = leave(scene, "on its way")
    gate = Gate(scene.slack, *SLOW)

    with ThreadPoolExecutor() as others:
        shown = next(each for each in private if each.ephemeral_to)
        scene.slack.click(shown, "Undo", scene.priya)
        asked = others.submit(scene.slash, bot, "action add Print the posters", None, scene.sam)
        gate.wait()
        bot.stop()
        assert is_finishing(bot)
        bot.stop()
        gate.open()
        answered = asked.result()
        status, seconds = bot.end()
    scene.slack.settle()

    with scene.db.reading(scene.partnership()) as session:
        titles = [action.title for action in actions(session, "open")]
    assert answer.status == 200
    assert (status, seconds < 10) == (0, True)
    assert answered.json["text"] == "A2 is logged: Print the posters"
    assert titles == ["Print the posters"]
    assert len(scene.slack.state.url_posts) == 1
    assert (scene.slack.texts(scene.comms).count("on its way"), state(scene, post)) == (1, "sent")


def test_slack_that_hangs_for_ever_does_not_keep_the_bot_from_ending(scene: Scenery) -> None:
    bot = scene.begin()
    scene.slash(bot, "help")
    post = leave(scene, "on its way")
    gate = Gate(scene.slack, "chat.postMessage")
    scene.slash(bot, "help")
    gate.wait()

    bot.stop()
    status, seconds = bot.end()
    left = state(scene, post)
    gate.open()  # Slack takes it after all
    scene.slack.settle()
    with scene.db.writing(scene.partnership(), at=scene.clock.now()) as session:
        outbox.mark(session, post, "sending", due_at=scene.clock.now())  # as if the grace were over
    again = scene.begin()
    scene.slash(again, "help")
    scene.slack.wait_for(lambda: any(a.method == "conversations.history" for a in scene.slack.arrivals.asked))
    again.stop()
    ended = again.end()[0]

    assert (status, seconds < 10, left, ended) == (0, True, "sending", 0)
    assert (scene.slack.texts(scene.comms).count("on its way"), state(scene, post)) == (1, "sent")


def test_bot_that_has_stopped_takes_nothing_in(scene: Scenery) -> None:
    bot = scene.begin()
    scene.slash(bot, "help")
    bot.stop()
    bot.end()

    with pytest.raises((ConnectionRefusedError, http.client.HTTPException)):
        http.client.HTTPConnection("127.0.0.1", int(bot.url.split(":")[2].partition("/")[0])).connect()
