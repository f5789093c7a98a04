"""Long answers in Slack: they come whole and in order, in pieces, each of them once, whatever fails first."""

import re
from collections.abc import Iterator

import pytest

from bot.door import Heard
from storage.db import Database
from tests.slack.living import Life, living
from tests.slack.outgoing import later, until
from tests.slack.standin import Channel, Fault, Post, Slack
from tests.slack.standin.answers import show
from tests.slack.standin.payloads import Actor, slash
from tests.slack.standin.web_api import Asked

COUNT = 45
"""Notes, which come to eight or more pieces: more than Slack takes at an address for answers."""
LONG = " and what they have said to us since we met" * 45
NUMBERS = [f"N{number}" for number in range(1, COUNT + 1)]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Life]:
    """A plan with an action of which there is much to say."""
    db = Database(str(tmp_path_factory.mktemp("long") / "plan.db"))
    db.upgrade()
    with Slack().running() as slack, living(db, slack, "http") as life:
        life.slash(life.priya, "action add Write to the volunteers")
        for number in NUMBERS:
            line = f"/action note A1 {number} Write to them{LONG}"
            heard = Heard(number, "slack", life.team.id, life.priya.id, "Priya Shah", line)
            life.running.wired.app.hear(heard, life.clock.now())
        yield life
    db.close()


@pytest.fixture
def life(shared: Life) -> Iterator[Life]:
    yield shared
    shared.slack.behave()
    shared.slack.arrivals.watch = lambda _asked: None


@pytest.fixture
def channel(life: Life, request: pytest.FixtureRequest) -> Channel:
    return life.slack.channel(life.team, request.node.name[:60], life.priya)


def listed(posts: list[Post]) -> list[str]:
    """The notes that are shown, in their order."""
    found: list[str] = []
    for post in posts:
        found += re.findall(r"(N\d+) Write to", str(post.blocks))
    return found


def fail_the_second(life: Life, channel: Channel, fault: Fault) -> None:
    """Once a first post has arrived in a channel."""
    arrived: list[str] = []

    def look(call: Asked) -> None:
        if (call.method, call.channel) == ("chat.postMessage", channel.id):
            arrived.append(call.method)
            if len(arrived) == 2:
                life.slack.misbehave(fault, channel=channel.id, retry_after="5")

    life.slack.arrivals.watch = look


@pytest.mark.parametrize(
    "fault",
    [Fault.SLOW_DOWN, Fault.ERROR_500_BEFORE, Fault.RESET_AFTER, Fault.HTML_AFTER],
    ids=lambda fault: fault.name,
)
def test_long_answer_to_a_mention_arrives_whole_when_its_second_piece_fails(
    life: Life, channel: Channel, fault: Fault
) -> None:
    fail_the_second(life, channel, fault)

    life.slack.mention(life.team, life.priya, channel, "action show A1")
    until(life, lambda: len(life.open(channel)) >= 1 + fault.is_kept_first)
    for _ in range(3):
        later(life, 60)
    until(life, lambda: len(listed(life.open(channel))) == COUNT)

    assert listed(life.open(channel)) == NUMBERS


@pytest.mark.parametrize(
    "fault", [None, Fault.SLOW_DOWN, Fault.REFUSED], ids=lambda fault: fault.name if fault else "well"
)
def test_long_answer_to_a_command_arrives_whole(life: Life, channel: Channel, fault: Fault | None) -> None:
    if fault:
        life.slack.misbehave(fault, "response_url", retry_after="1")

    life.slash(life.priya, "action show A1", channel)
    until(life, lambda: len(listed(life.slack.posts(channel))) >= COUNT)

    assert listed(life.slack.posts(channel)) == NUMBERS


def test_long_answer_is_in_order_also_when_its_acknowledgement_takes_its_time(
    life: Life, channel: Channel
) -> None:
    me = Actor(life.slack.state, life.team, life.priya)
    asked = slash(me, channel, "/comms", "action show A1")

    acknowledged = life.slack.deliver(asked)
    until(life, lambda: len(listed(life.slack.posts(channel))) > COUNT / 2)
    show(life.slack.state, acknowledged)
    again = life.slack.deliver(asked)
    until(life, lambda: len(listed(life.slack.posts(channel))) >= COUNT)

    assert listed(life.slack.posts(channel)) == NUMBERS
    assert (acknowledged.json, again.json) == ({}, {})


@pytest.mark.parametrize("fault", [Fault.RESET_AFTER, Fault.ERROR_500_BEFORE], ids=lambda fault: fault.name)
def test_piece_of_an_answer_that_may_be_missing_is_not_said_twice_but_told_of(
    life: Life, channel: Channel, fault: Fault
) -> None:
    life.slack.misbehave(fault, "response_url")

    life.slash(life.priya, "action show A1", channel)
    until(life, lambda: "please ask again" in str([post.blocks for post in life.slack.posts(channel)]))

    found = listed(life.slack.posts(channel))
    assert len(found) == len(set(found))
    assert (len(found) == COUNT) == fault.is_kept_first
