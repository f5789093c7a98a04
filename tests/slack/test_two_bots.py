"""Two bots on one database: each post is said once, also when one of them is killed in the middle."""

import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage import outbox
from storage.outbox import Outbox
from tests.slack.outgoing import message, place
from tests.slack.processes import Scenery, scenery
from tests.slack.standin import Channel, Slack
from tests.slack.standin.web_api import Asked

PLACES, EACH = 6, 3


@pytest.fixture
def scene(slack: Slack, postgres_url: str, tmp_path: Path) -> Iterator[Scenery]:
    found = scenery(slack, postgres_url, tmp_path)
    yield found
    found.db.close()


def burst(scene: Scenery) -> list[Channel]:
    """Posts for several places, a few for each."""
    places = [scene.slack.channel(scene.team, f"place-{n}", scene.priya) for n in range(PLACES)]
    with scene.db.writing(scene.partnership(), at=scene.clock.now()) as session:
        for channel in places:
            address = place(session, channel.team_id, channel.id)
            for number in range(EACH):
                words = f"{number} for {channel.name}"
                outbox.put(session, address, words, message(words))
    return places


def said(scene: Scenery, places: list[Channel]) -> int:
    return sum(len(scene.slack.posts(channel)) for channel in places)


def in_hand(scene: Scenery) -> list[Outbox]:
    with scene.db.reading(scene.partnership()) as session:
        found = [outbox.post_by_id(session, number) for number in range(1, 60)]
    return [post for post in found if post is not None and post.state == "sending"]


def expected(places: list[Channel]) -> list[list[str]]:
    return [[f"{number} for {channel.name}" for number in range(EACH)] for channel in places]


def test_two_bots_share_a_burst_and_each_post_is_said_once(scene: Scenery) -> None:
    one, two = scene.begin(), scene.begin()
    scene.slash(one, "help")
    places = burst(scene)

    for bot in (one, two):
        scene.slash(bot, "help")
    scene.slack.wait_for(lambda: said(scene, places) == PLACES * EACH, patience=15)
    for bot in (one, two):
        bot.stop()
    ends = [bot.end()[0] for bot in (one, two)]

    assert [scene.slack.texts(channel) for channel in places] == expected(places)
    assert ends == [0, 0]


def test_bot_that_is_killed_in_a_burst_is_taken_over_from(scene: Scenery) -> None:
    one, two = scene.begin(), scene.begin()
    scene.slash(one, "help")
    places = burst(scene)
    caught, released, seen = threading.Event(), threading.Event(), Counter[str]()

    def hold(call: Asked) -> None:
        """The fifth post is in Slack's hands when the bot that sent it dies."""
        if call.method == "chat.postMessage":
            seen["posts"] += 1
            if seen["posts"] == 5:
                caught.set()
                released.wait(15)

    scene.slack.arrivals.watch = hold
    scene.slash(one, "help")
    assert caught.wait(15)
    one.kill()
    released.set()
    scene.slack.settle()
    left = [post.id for post in in_hand(scene)]
    with scene.db.writing(scene.partnership(), at=scene.clock.now()) as session:
        for post in left:  # as if the grace were over, which is a minute
            outbox.mark(session, post, "sending", due_at=scene.clock.now())
    scene.slash(two, "help")
    scene.slack.wait_for(lambda: said(scene, places) == PLACES * EACH, patience=15)
    two.stop()

    assert two.end()[0] == 0
    assert left != []
    assert [scene.slack.texts(channel) for channel in places] == expected(places)
