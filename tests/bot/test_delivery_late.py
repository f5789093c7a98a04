"""Posts that could not be delivered in time: what is over is dropped, and what is still true is said."""

import pytest

from bot.clock import Clock
from messages.message import Message, Paragraph, Text
from messages.stored import to_json
from storage import outbox
from storage.addresses import addresses
from storage.db import Database, add
from storage.events import record
from storage.outbox import Outbox
from storage.slots import Notice
from tests.conversation import Conversation, at, start
from tests.standin import ChatServer, Fault, app_on

SAM = "@Sam Okafor"
DROPPED = (
    "Not sent: its day was over before it could be delivered. The next daily post says what is still true."
)


@pytest.fixture
def talk(sqlite: Database, chat: ChatServer) -> Conversation:
    """On Monday 1 June at eight; Sam has something to hear every day until Thursday."""
    talk = start(sqlite, "2020-06-01 08:00")
    for day in ("One due: 2 June", "Two due: 3 June", "Three due: 12 June"):
        talk.do("Sam Okafor", f"/action add {day}")
    talk.do("Priya Shah", "/action note A1 Ring the hall first")
    talk.app = app_on(sqlite, chat)
    return talk


def dailies(talk: Conversation) -> list[tuple[str, str]]:
    """Sam's daily posts, by their day, and what became of them."""
    with talk.db.reading(1) as session:
        sam = next(a for a in addresses(session) if a.external == SAM)
        posts = outbox.posts_to(session, [sam.id], at("2020-06-01 00:00"), 100)
    return [(p.key.split("|")[2], p.state) for p in reversed(posts) if p.key.startswith("slot|")]


def days(chat: ChatServer) -> list[str]:
    """Of the daily posts that have arrived at Sam's."""
    return [post.key.split("|")[2] for post in chat.posts if (post.place, post.key[:5]) == (SAM, "slot|")]


def latest(chat: ChatServer) -> str:
    return next(post.text for post in reversed(chat.posts) if post.place == SAM)


def put(talk: Conversation, words: str) -> int:
    message = to_json(Message((Paragraph((Text(words),)),), words))
    with talk.db.writing(1, at=talk.clock.now()) as session:
        sam = next(a for a in addresses(session) if a.external == SAM)
        return outbox.put(session, sam.id, words, message).id


def kept(talk: Conversation, post_id: int) -> Outbox:
    with talk.db.reading(1) as session:
        found = outbox.post_by_id(session, post_id)
    assert found is not None
    return found


def test_platform_that_is_back_after_days_is_given_the_post_of_that_day(
    talk: Conversation, chat: ChatServer
) -> None:
    chat.misbehave(Fault.SLOW_DOWN, times=1_000)
    talk.until("2020-06-03 12:00")
    chat.behave()
    talk.until("2020-06-03 20:00")

    assert dailies(talk) == [("2020-06-01", "dropped"), ("2020-06-02", "dropped"), ("2020-06-03", "sent")]
    assert days(chat) == ["2020-06-03"]
    assert [each in latest(chat) for each in ("One", "Two", "Ring the hall first")] == [True] * 3


def test_bot_that_was_down_for_two_weeks_says_what_is_still_true(
    talk: Conversation, chat: ChatServer
) -> None:
    chat.misbehave(Fault.SLOW_DOWN, times=1_000)
    talk.until("2020-06-01 10:00")
    change = put(talk, "A change that somebody made")
    chat.behave()
    talk.clock = Clock(at("2020-06-15 08:00"))
    talk.app.beat(talk.clock.now())
    at_once = [post.text for post in chat.posts if post.place == SAM]
    talk.until("2020-06-15 10:00")

    assert at_once == ["A change that somebody made"]
    assert kept(talk, change).state == "sent"
    assert dailies(talk) == [("2020-06-01", "dropped"), ("2020-06-15", "sent")]
    assert [each in latest(chat) for each in ("One", "Two", "Three", "Ring the hall")] == [True] * 4


def test_plan_sent_says_that_it_was_dropped_and_why(talk: Conversation, chat: ChatServer) -> None:
    chat.misbehave(Fault.SLOW_DOWN, times=1_000)
    talk.until("2020-06-02 12:00")
    chat.behave()
    talk.until("2020-06-02 20:00")

    shown = talk.say("Sam Okafor", "/plan sent")
    assert shown.count(DROPPED) == 1
    assert "resend" not in shown


@pytest.mark.parametrize("fault", [Fault.RESET_BEFORE, Fault.RESET_AFTER], ids=lambda fault: fault.name)
def test_post_of_which_nothing_is_known_is_looked_for_before_it_is_dropped(
    talk: Conversation, chat: ChatServer, fault: Fault
) -> None:
    talk.until("2020-06-01 08:59")
    chat.misbehave(fault, times=20)
    talk.app.beat(at("2020-06-01 09:00"))
    chat.behave()
    before = dailies(talk)
    talk.clock = Clock(at("2020-06-02 08:00"))
    talk.until("2020-06-02 12:00")

    has_come = fault is Fault.RESET_AFTER
    assert before == [("2020-06-01", "sending")]
    assert dailies(talk) == [("2020-06-01", "sent" if has_come else "dropped"), ("2020-06-02", "sent")]
    assert days(chat) == (["2020-06-01"] if has_come else []) + ["2020-06-02"]
    assert ("Ring the hall first" in latest(chat)) != has_come


def test_dropped_post_of_a_friday_waits_for_monday(talk: Conversation, chat: ChatServer) -> None:
    talk.until("2020-06-05 08:59")
    chat.misbehave(Fault.SLOW_DOWN, times=1_000)
    talk.until("2020-06-06 12:00")
    chat.behave()
    before = days(chat)
    talk.until("2020-06-07 20:00")
    weekend = days(chat)
    talk.until("2020-06-08 12:00")

    assert weekend == before
    assert dailies(talk)[-2:] == [("2020-06-05", "dropped"), ("2020-06-08", "sent")]
    assert "Three" in latest(chat)


def test_daily_post_of_which_a_piece_has_come_is_said_to_its_end(
    talk: Conversation, chat: ChatServer
) -> None:
    chat.misbehave(Fault.SLOW_DOWN, times=1_000)
    talk.until("2020-06-01 10:00")
    chat.behave()
    with talk.db.writing(1, at=at("2020-06-01 09:00")) as session:
        first = next(p for p in outbox.pending(session, at("2020-06-01 23:00")) if p.key.startswith("slot|"))
        outbox.put(session, first.address_id, f"{first.key}|2", first.message, until=first.until)
        outbox.mark(session, first.id, "sent", reference="M0")

    talk.clock = Clock(at("2020-06-02 08:00"))
    talk.until("2020-06-02 08:30")

    assert dailies(talk) == [("2020-06-01", "sent"), ("2020-06-01", "sent")]


def test_notice_that_cannot_be_delivered_in_time_is_dropped(talk: Conversation, chat: ChatServer) -> None:
    message = to_json(Message((Paragraph((Text("Join now"),)),), "Join now"))
    with talk.db.writing(1, at=talk.clock.now()) as session:
        sam = next(a for a in addresses(session) if a.external == SAM)
        add(session, Notice(
            key="call", address_id=sam.id, at=at("2020-06-01 08:10"), until=at("2020-06-01 08:20"),
            message=message,
        ))  # fmt: skip
        record(session, "planned", "notice")
    chat.misbehave(Fault.SLOW_DOWN, times=1_000)
    talk.until("2020-06-01 08:15")
    chat.behave()
    talk.clock = Clock(at("2020-06-01 08:40"))
    talk.app.beat(talk.clock.now())

    with talk.db.reading(1) as session:
        notice = outbox.post_with_key(session, "call")
    assert notice is not None
    assert (notice.state, notice.error) == ("dropped", "it could not be delivered in time.")
    assert [post.text for post in chat.posts] == []


def test_post_that_is_sent_again_by_hand_goes_out_on_a_later_day(
    talk: Conversation, chat: ChatServer
) -> None:
    chat.misbehave(Fault.REFUSED, times=1_000)
    talk.until("2020-06-01 10:00")
    chat.behave()
    [(_, state)] = dailies(talk)
    talk.clock = Clock(at("2020-06-06 10:00"))
    with talk.db.reading(1) as session:
        sam = next(a for a in addresses(session) if a.external == SAM)
        post = outbox.post_with_key(session, f"slot|{sam.id}|2020-06-01")
    assert post is not None
    talk.say("Priya Shah", f"/plan resend {post.ref}")
    talk.app.deliver(talk.clock.now())

    assert (state, dailies(talk)) == ("failed", [("2020-06-01", "sent")])


def test_day_is_over_at_midnight_where_the_partnership_is(talk: Conversation, chat: ChatServer) -> None:
    talk.until("2020-06-05 08:59")
    chat.misbehave(Fault.SLOW_DOWN, times=1_000)
    talk.until("2020-06-05 23:50")
    chat.behave()
    before = days(chat)

    talk.clock = Clock(at("2020-06-06 00:05"))
    talk.until("2020-06-06 08:00")

    assert (days(chat), dailies(talk)[-1]) == (before, ("2020-06-05", "dropped"))


def test_clock_that_is_set_back_after_a_post_was_dropped_has_that_day_once_more(
    talk: Conversation, chat: ChatServer
) -> None:
    chat.misbehave(Fault.SLOW_DOWN, times=1_000)
    talk.until("2020-06-02 08:30")
    chat.behave()
    talk.until("2020-06-02 08:40")
    talk.clock = Clock(at("2020-06-01 10:00"))
    talk.do("Sam Okafor", "/schedule set me hour: 14:00")

    talk.until("2020-06-01 15:00")

    assert dailies(talk) == [("2020-06-01", "dropped"), ("2020-06-01", "sent")]


def test_bug_with_one_post_holds_up_that_one_alone(talk: Conversation, chat: ChatServer) -> None:
    with talk.db.engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER broken BEFORE UPDATE ON outbox WHEN OLD.key = 'broken'"
            " BEGIN SELECT RAISE(ABORT, 'broken'); END"
        )
    talk.do("Priya Shah", "/action add Hers due: 2 June")
    put(talk, "broken")

    talk.until("2020-06-01 10:00")

    assert [post.place for post in chat.posts] == ["@Priya Shah"]
    assert dailies(talk) == [("2020-06-01", "waiting")]


def test_cover_hears_what_could_not_be_delivered_to_the_owner(talk: Conversation, chat: ChatServer) -> None:
    talk.until("2020-06-05 08:00")
    chat.misbehave(Fault.SLOW_DOWN, times=1_000)
    talk.until("2020-06-06 08:00")
    chat.behave()
    talk.do("Sam Okafor", "/partner away 8 June to 9 June cover: Jo Bell")

    talk.until("2020-06-11 12:00")

    told = [post.place for post in chat.posts if "A3" in post.text and post.place.startswith("@")]
    assert told == ["@Jo Bell", "@Sam Okafor"]
