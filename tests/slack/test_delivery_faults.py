"""Delivery in Slack under faults: whatever a call ends in, a post arrives, once, and in its turn."""

from collections.abc import Iterator

import pytest

from storage.db import Database
from tests.slack.living import Life, living
from tests.slack.outgoing import asked, kept, later, put, state, texts, until
from tests.slack.standin import Channel, Fault, Slack

HUGE = "9" * 400
UNKNOWN = [f for f in Fault if f not in (Fault.SLOW_DOWN, Fault.REFUSED)]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Life]:
    """One bot for all of these tests. It gives up a call after three seconds: a busy machine must not look
    like Slack at fault.
    """
    db = Database(str(tmp_path_factory.mktemp("faults") / "plan.db"))
    db.upgrade()
    with Slack().running() as slack, living(db, slack, "http", patience=3, every=1) as life:
        life.slash(life.priya, "help")
        life.slash(life.sam, "help")
        yield life
    db.close()


@pytest.fixture
def life(shared: Life) -> Iterator[Life]:
    yield shared
    shared.slack.behave()
    shared.team.scopes.add("channels:history")


@pytest.fixture
def channel(life: Life, request: pytest.FixtureRequest) -> Channel:
    """A new one for each test."""
    return life.slack.channel(life.team, request.node.name[:60], life.priya, life.sam)


@pytest.mark.parametrize(
    ("retry_after", "too_early", "in_time"),
    [("30", 29, 1), ("", 1, 1), ("0", 1, 1), ("86400", 899, 1), (HUGE, 899, 1)],
)
def test_pause_that_slack_asks_for_is_kept_and_the_order_too(
    life: Life, channel: Channel, retry_after: str, too_early: float, in_time: float
) -> None:
    other = life.slack.channel(life.team, f"news{retry_after[:9]}", life.priya)
    life.slack.misbehave(Fault.SLOW_DOWN, channel=channel.id, retry_after=retry_after)
    words = [f"{n} {channel.id}" for n in (1, 2, 3)]

    put(life, channel, *words)
    put(life, other, f"meanwhile {channel.id}")
    later(life, too_early)
    early = (life.slack.texts(channel), life.slack.texts(other), asked(life, channel.id))
    later(life, in_time)
    first = life.slack.texts(channel)
    later(life, 1)
    later(life, 1)

    assert early == ([], [f"meanwhile {channel.id}"], ["chat.postMessage"])
    assert (first, life.slack.texts(channel)) == (words[:1], words)


@pytest.mark.parametrize("fault", UNKNOWN, ids=lambda fault: fault.name)
def test_post_of_which_nothing_is_known_is_looked_for_after_the_grace(
    life: Life, channel: Channel, fault: Fault
) -> None:
    life.slack.misbehave(fault, channel=channel.id)
    one, two = f"first {fault.name}", f"second {fault.name}"

    post, _ = put(life, channel, one, two)
    later(life, 59)
    early = (state(life.db, post), asked(life, channel.id))
    later(life, 1)
    later(life, 1)

    looked = ["chat.postMessage", "conversations.history"]
    again = [] if fault.is_kept_first else ["chat.postMessage"]
    assert early == ("sending", looked[:1])
    assert life.slack.texts(channel) == [one, two]
    assert asked(life, channel.id) == [*looked, *again, "chat.postMessage"]


@pytest.mark.parametrize("fault", [Fault.RESET_AFTER, Fault.ERROR_500_BEFORE], ids=lambda fault: fault.name)
def test_post_in_a_thread_is_looked_for_in_its_replies(life: Life, channel: Channel, fault: Fault) -> None:
    parent = life.slack.say(life.sam, channel, "What is the plan?")
    life.slack.misbehave(fault, channel=channel.id)

    put(life, channel, f"in a thread {fault.name}", thread=parent.ts)
    later(life, 60)

    again = [] if fault.is_kept_first else ["chat.postMessage"]
    assert asked(life, channel.id) == ["chat.postMessage", "conversations.replies", *again]
    said = [(post.text, post.thread_ts) for post in life.slack.posts(channel)]
    assert said == [("What is the plan?", ""), (f"in a thread {fault.name}", parent.ts)]


@pytest.mark.parametrize("fault", [Fault.RESET_AFTER, Fault.ERROR_500_BEFORE], ids=lambda fault: fault.name)
def test_direct_message_is_looked_for_in_its_chat(life: Life, fault: Fault) -> None:
    chat = life.slack.state.direct(life.team, life.sam.id)
    before = len(asked(life, chat.id))
    life.slack.misbehave(fault, channel=chat.id)

    put(life, life.sam, f"for Sam {fault.name}")
    later(life, 60)

    again = [] if fault.is_kept_first else ["chat.postMessage"]
    assert asked(life, chat.id)[before:] == ["chat.postMessage", "conversations.history", *again]
    assert texts(life.direct(life.sam)).count(f"for Sam {fault.name}") == 1


def test_pause_asked_for_while_looking_is_kept(life: Life, channel: Channel) -> None:
    life.slack.misbehave(Fault.RESET_AFTER, channel=channel.id)
    life.slack.misbehave(Fault.SLOW_DOWN, "conversations.history", channel=channel.id, retry_after="300")

    put(life, channel, "looked for slowly")
    later(life, 60 + 299)
    early = asked(life, channel.id)
    later(life, 1)

    assert early == ["chat.postMessage", "conversations.history"]
    assert asked(life, channel.id) == [*early, "conversations.history"]
    assert life.slack.texts(channel) == ["looked for slowly"]


@pytest.mark.parametrize("fault", [Fault.RESET_AFTER, Fault.RESET_BEFORE], ids=lambda fault: fault.name)
def test_history_that_cannot_be_read_leaves_it_to_a_person(
    life: Life, channel: Channel, fault: Fault
) -> None:
    life.team.scopes.discard("channels:history")
    life.slack.misbehave(fault, channel=channel.id)
    (post,) = put(life, channel, f"who knows {fault.name}")
    later(life, 60)
    later(life, 600)
    before = (state(life.db, post), len(asked(life, channel.id)))

    life.slash(life.priya, f"plan sent <#{channel.id}>")
    shown = life.slack.posts(life.comms)[-1]
    life.slack.click(shown, f"Send P{post} again", life.priya)
    until(life, lambda: state(life.db, post) == "sent")

    assert before == ("unknown", 2)
    assert "Nobody can tell whether it arrived" in str(shown.blocks)
    assert life.slack.texts(channel).count(f"who knows {fault.name}") == 1 + fault.is_kept_first


def test_channel_that_hangs_holds_up_nobody_else(sqlite: Database, slack: Slack) -> None:
    with living(sqlite, slack, "http", patience=5) as life:
        life.slash(life.priya, "me")
        hospitals = slack.channel(life.team, "hospitals", life.priya)
        put(life, hospitals, "Hello")
        slack.misbehave(Fault.HANG_BEFORE, channel=life.comms.id)

        [hangs] = put(life, life.comms, "This hangs")
        put(life, hospitals, "First", "Second")
        slack.wait_for(lambda: "Second" in slack.texts(hospitals))

        assert slack.texts(hospitals) == ["Hello", "First", "Second"]
        assert kept(sqlite, hangs).error == ""  # nothing has come of it yet
