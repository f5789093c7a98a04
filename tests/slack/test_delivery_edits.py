"""Edits of a post in Slack: the later words stay, however long the earlier ones take on their way."""

import threading

from storage import outbox
from storage.db import Database
from tests.slack.living import Life, living
from tests.slack.outgoing import MINE, kept, later, message, put, state, texts, until
from tests.slack.standin import Fault, Slack
from tests.slack.standin.web_api import Asked


class FirstIsSlow:
    """Holds the first change of a message in Slack's hands, before it is done."""

    def __init__(self, slack: Slack) -> None:
        self.came, self.may_go = threading.Event(), threading.Event()
        slack.arrivals.watch = self._hold

    def _hold(self, asked: Asked) -> None:
        if asked.method == "chat.update" and not self.came.is_set():
            self.came.set()
            self.may_go.wait(10)


def edit(life: Life, post: int, words: str) -> int:
    """Change a post's words, as soon as that can be done."""
    with life.db.writing(MINE, at=life.clock.now()) as session:
        target = outbox.post_by_id(session, post)
        assert target is not None
        found = outbox.put(session, target.address_id, words, message(words), edits=post).id
    life.running.wired.courier.call()
    return found


def test_slow_edit_does_not_undo_a_quick_one_that_came_after_it(sqlite: Database, slack: Slack) -> None:
    with living(sqlite, slack, "http") as life:
        life.slash(life.priya, "help")
        (post,) = put(life, life.comms, "first")
        slow = FirstIsSlow(slack)

        one = edit(life, post, "second")
        assert slow.came.wait(10)
        two = edit(life, post, "third")
        meanwhile = life.running.wired.app.deliver(life.clock.now())
        slow.may_go.set()
        until(life, lambda: state(sqlite, two) == "sent")

        assert (meanwhile, texts(life.open())) == (0, ["third"])
        assert state(sqlite, one) == "sent"


def test_edit_that_failed_is_tried_again_with_the_latest_words(sqlite: Database, slack: Slack) -> None:
    with living(sqlite, slack, "http") as life:
        life.slash(life.priya, "help")
        (post,) = put(life, life.comms, "first")
        slack.misbehave(Fault.ERROR_500_BEFORE, "chat.update")

        one = edit(life, post, "second")
        until(life, lambda: kept(sqlite, one).error)
        two = edit(life, post, "third")
        until(life, lambda: state(sqlite, two) == "sent")
        later(life, 60)

        assert (state(sqlite, one), texts(life.open())) == ("sent", ["third"])
