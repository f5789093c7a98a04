"""Files in Slack: they come in direct messages, once, whatever a call ends in; or it is said why not."""

import itertools
from collections.abc import Iterator

import pytest

from bot import posting
from bot.slack.bringing import NO_SCOPE
from bot.slack.calling import PERMANENT
from messages.message import Attachment, Message, Paragraph, Text
from messages.sheet import as_csv
from storage import files, outbox
from storage.db import Database
from tests.paper import CSV, DOCX, with_paper
from tests.slack.living import WAYS, Life, deliver, living
from tests.slack.outgoing import MINE, asked, kept, later, place, state, until
from tests.slack.standin import Channel, Fault, Post, Slack, User
from tests.slack.standin.slack_app import SCOPES

UNKNOWN = [f for f in Fault if f not in (Fault.SLOW_DOWN, Fault.REFUSED)]
GET, PUT, DONE = "files.getUploadURLExternal", "upload", "files.completeUploadExternal"
NUMBERS = itertools.count(1)
WORDS = b"Ref,What\r\n"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Life]:
    """One bot for these tests, which gives up a call after three seconds."""
    db = Database(str(tmp_path_factory.mktemp("files") / "plan.db"))
    db.upgrade()
    with Slack().running() as slack, living(db, slack, "http", patience=3) as life:
        life.slash(life.priya, "help")
        life.slash(life.sam, "help")
        yield life
    db.close()


@pytest.fixture
def life(shared: Life) -> Iterator[Life]:
    yield shared
    shared.slack.behave()
    shared.team.scopes |= SCOPES


@pytest.fixture
def channel(life: Life, request: pytest.FixtureRequest) -> Channel:
    """A new one for each test."""
    return life.slack.channel(life.team, request.node.name[:60], life.priya, life.sam)


def put(life: Life, where: Channel | User, *names: str, words: str = "", thread: str = "") -> list[int]:
    """Put a message with files in the outbox, and try to deliver it; returns what it became there."""
    key = f"message {next(NUMBERS)}"
    with life.db.writing(MINE, at=life.clock.now()) as session:
        said = [Paragraph((Text(words),))] if words else []
        loads = [Attachment(name, f"file:{files.keep(session, name, 'text/csv', WORDS)}") for name in names]
        address = place(session, where.team_id, where.id)
        posting.put(session, address, key, Message((*said, *loads)), thread=thread)
    keys = [key, *(f"{key}|{number}" for number in range(2, len(said) + len(loads) + 1))]
    with life.db.reading(MINE) as session:
        found = [outbox.post_with_key(session, each) for each in keys]
    life.running.wired.app.deliver(life.clock.now())
    return [post.id for post in found if post]


def shown(posts: list[Post]) -> list[tuple[str, str]]:
    """What stands in a place: words, and the titles of files."""
    return [(post.text, ", ".join(file["title"] for file in post.files)) for post in posts]


def content(life: Life, post: Post) -> bytes | None:
    return life.slack.state.uploads[post.files[0]["id"]].content


# --- where they come ------------------------------------------------------------------------------


@pytest.mark.parametrize("way", WAYS)
def test_files_somebody_asked_for_come_in_direct_messages(sqlite: Database, slack: Slack, way: str) -> None:
    with living(sqlite, slack, way) as life:
        life.running.wired.app.commands = with_paper()
        answer = life.slash(life.sam, "paper Parking")
        slack.wait_for(lambda: len(life.direct(life.sam)) == 3)

        words, paper, sheet = life.direct(life.sam)
        assert "You get them in your direct messages with me." in answer.json["text"]
        assert words.text == f"What you asked for: {DOCX} and {CSV}"
        assert shown([paper, sheet]) == [("", DOCX), ("", CSV)]
        assert content(life, sheet) == as_csv(["About"], [["Parking"]])
        assert life.open() == []


def test_files_in_a_thread_stand_in_it(life: Life, channel: Channel) -> None:
    parent = life.slack.say(life.sam, channel, "What is the plan?")

    put(life, channel, "Plan.csv", words="Here it is", thread=parent.ts)
    deliver(life.running, life.clock.now())

    said = life.slack.posts(channel)[1:]
    assert shown(said) == [("Here it is", ""), ("", "Plan.csv")]
    assert {post.thread_ts for post in said} == {parent.ts}


def test_own_file_is_no_message_to_the_bot(life: Life) -> None:
    put(life, life.sam, "Own.csv")
    deliver(life.running, life.clock.now())
    before = len(life.direct(life.sam))
    told = {
        "type": "message", "subtype": "file_share", "channel_type": "im", "text": "", "ts": "1.2",
        "channel": life.slack.state.direct(life.team, life.sam.id).id, "user": life.team.bot_user_id,
        "files": [{"id": "F1", "name": "Own.csv"}],
    }  # fmt: skip

    life.slack.event(life.team, told)
    deliver(life.running, life.clock.now())

    assert len(life.direct(life.sam)) == before


# --- once -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", UNKNOWN, ids=lambda fault: fault.name)
def test_file_of_which_nothing_is_known_is_looked_for_after_the_grace(
    life: Life, channel: Channel, fault: Fault
) -> None:
    life.slack.misbehave(fault, DONE, channel=channel.id)

    one, two = put(life, channel, f"one {fault.name}.csv", f"two {fault.name}.csv")
    later(life, 59)
    early = (state(life.db, one), state(life.db, two), asked(life, channel.id))
    later(life, 1)
    deliver(life.running, life.clock.now())

    again = [] if fault.is_kept_first else [DONE]
    assert early == ("sending", "waiting", [DONE])
    assert asked(life, channel.id) == [DONE, "conversations.history", *again, DONE]
    assert shown(life.slack.posts(channel)) == [("", f"{n} {fault.name}.csv") for n in ("one", "two")]
    assert {content(life, post) for post in life.slack.posts(channel)} == {WORDS}


@pytest.mark.parametrize("method", [GET, PUT])
@pytest.mark.parametrize(
    "fault", [Fault.RESET_BEFORE, Fault.ERROR_500_AFTER, Fault.HTML_BEFORE], ids=lambda fault: fault.name
)
def test_upload_that_fails_is_tried_again_soon(
    life: Life, channel: Channel, method: str, fault: Fault
) -> None:
    life.slack.misbehave(fault, method)

    [post] = put(life, channel, "Plan.csv")
    early = state(life.db, post)
    later(life, 10)
    later(life, 60)

    assert early == "waiting"
    assert shown(life.slack.posts(channel)) == [("", "Plan.csv")]
    assert state(life.db, post) == "sent"


def test_file_that_was_in_hand_when_the_bot_ended_comes_once(life: Life, channel: Channel) -> None:
    life.slack.misbehave(Fault.SLOW_DOWN, GET)
    [post] = put(life, channel, "Plan.csv")
    with life.db.writing(MINE, at=life.clock.now()) as session:
        outbox.mark(session, post, "sending", due_at=life.clock.now())

    life.running.wired.app.deliver(life.clock.now())
    deliver(life.running, life.clock.now())

    assert asked(life, channel.id) == [DONE]  # it was never noted, so it need not be looked for
    assert shown(life.slack.posts(channel)) == [("", "Plan.csv")]


@pytest.mark.parametrize("method", [GET, DONE])
def test_pause_that_slack_asks_for_is_kept(life: Life, channel: Channel, method: str) -> None:
    life.slack.misbehave(Fault.SLOW_DOWN, method, retry_after="30")

    [post] = put(life, channel, "Plan.csv")
    later(life, 29)
    early = (state(life.db, post), shown(life.slack.posts(channel)))
    later(life, 1)

    assert early == ("waiting", [])
    assert shown(life.slack.posts(channel)) == [("", "Plan.csv")]


def test_file_that_slack_has_lost_is_uploaded_again(life: Life, channel: Channel) -> None:
    life.slack.misbehave(Fault.REFUSED, DONE, channel=channel.id, error="file_not_found")

    put(life, channel, "Plan.csv")
    later(life, 10)

    assert shown(life.slack.posts(channel)) == [("", "Plan.csv")]


def test_history_that_cannot_be_read_leaves_it_to_a_person(life: Life, channel: Channel) -> None:
    life.team.scopes.discard("channels:history")
    life.slack.misbehave(Fault.RESET_BEFORE, DONE, channel=channel.id)
    [post] = put(life, channel, "Plan.csv")
    later(life, 60)
    before = state(life.db, post)

    life.slash(life.priya, f"plan resend P{post}")
    until(life, lambda: state(life.db, post) == "sent")

    assert before == "unknown"
    assert shown(life.slack.posts(channel)) == [("", "Plan.csv")]


# --- where they may not ---------------------------------------------------------------------------


def test_older_installation_says_what_is_missing_and_nothing_is_lost(life: Life) -> None:
    life.team.scopes.discard("files:write")
    before = len(life.direct(life.sam))

    words, file = put(life, life.sam, "Plan.csv", words="Here it is")
    deliver(life.running, life.clock.now())
    meanwhile = life.direct(life.sam)[before:]
    told = [post for post in life.direct(life.priya) if f"resend P{file}" in str(post.blocks)]
    life.team.scopes.add("files:write")
    life.slash(life.priya, f"plan resend P{file}")
    until(life, lambda: state(life.db, file) == "sent")

    assert state(life.db, words) == "sent"
    assert meanwhile[0].text == "Here it is"
    assert meanwhile[1].text.startswith(f"Plan.csv could not be given to you here. {NO_SCOPE}"[:100])
    assert f"/comms plan resend P{file}" in str(meanwhile[1].blocks)
    assert len(meanwhile) == 2
    assert len(told) == 1
    assert NO_SCOPE in str(told[0].blocks)
    assert shown(life.direct(life.sam)[-1:]) == [("", "Plan.csv")]


def test_older_installation_goes_on_with_all_else(life: Life, channel: Channel) -> None:
    life.team.scopes.discard("files:write")

    put(life, channel, "Plan.csv", words="Before")
    put(life, channel, words="After")
    deliver(life.running, life.clock.now())

    assert sorted(post.text[:8] for post in life.slack.posts(channel)) == ["After", "Before", "Plan.csv"]


@pytest.mark.parametrize("error", ["file_uploads_disabled", "storage_limit_reached", "an_error_of_tomorrow"])
def test_refusal_is_recorded_and_told_where_the_file_is_waited_for(life: Life, error: str) -> None:
    life.slack.misbehave(Fault.REFUSED, GET, error=error)

    [post] = put(life, life.sam, "Plan.csv")
    deliver(life.running, life.clock.now())

    reason = PERMANENT.get(error, f"Slack says “{error}”.")
    assert (kept(life.db, post).state, kept(life.db, post).error) == ("failed", reason)
    assert reason in str(life.direct(life.sam)[-1].blocks)


def test_channel_that_was_left_is_told_a_coordinator(life: Life) -> None:
    left = life.slack.channel(life.team, "left", life.priya, bot=False)

    [post] = put(life, left, "Plan.csv")
    deliver(life.running, life.clock.now())

    assert (kept(life.db, post).state, kept(life.db, post).error) == ("failed", PERMANENT["not_in_channel"])
    assert f"resend P{post}" in str(life.direct(life.priya)[-1].blocks)
