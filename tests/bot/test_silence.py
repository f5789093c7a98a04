"""What is in the outbox when an incident is called: it is not sent, and said when it is over."""

import pytest

from bot.clock import Clock
from messages.compose import compose
from messages.message import Message, Paragraph, Text
from messages.stored import to_json
from storage import outbox
from storage.addresses import addresses
from storage.db import Database, add
from storage.events import record
from storage.slots import Notice
from tests.conversation import Conversation, at, start
from tests.standin import ChatServer, Fault, app_on

PRIYA, SAM, JO = "Priya Shah", "Sam Okafor", "Jo Bell"
CALL = "/hold incident Major incident at the infirmary"
SILENCED = "Not sent: an incident silenced it. The next daily post says what is still true."


@pytest.fixture
def slow(sqlite: Database, chat: ChatServer) -> Conversation:
    """Monday 1 June, ten past nine: what Sam was to hear at nine could not be delivered yet."""
    talk = start(sqlite, "2020-06-01 08:00")
    for line in ("One due: 2 June", "Two due: 8 June"):
        talk.do(SAM, f"/action add {line}")
    talk.do(PRIYA, "/action note A1 Ring the hall first")
    talk.app = app_on(sqlite, chat)
    chat.misbehave(Fault.SLOW_DOWN, times=1_000)
    talk.until("2020-06-01 09:10")
    return talk


def daily_days(chat: ChatServer) -> list[str]:
    return [post.key.split("|")[2] for post in chat.posts if post.key.startswith("slot|")]


def test_post_that_waits_is_dropped_and_said_when_it_is_over(slow: Conversation, chat: ChatServer) -> None:
    slow.do(JO, CALL)
    chat.behave()
    slow.until("2020-06-02 12:00")

    assert [post.place for post in chat.posts] == ["#hospitals", "#council", "@Priya Shah"]
    assert SILENCED in slow.say(SAM, "/plan sent")

    slow.do(JO, "/hold lift H1")
    slow.until("2020-06-04 10:00")

    assert daily_days(chat) == ["2020-06-03"]
    said = next(post.text for post in chat.posts if post.key.startswith("slot|"))
    assert [each in said for each in ("One", "Two", "Ring the hall first")] == [True] * 3


def test_what_people_do_does_not_wait_behind_what_was_put_off(slow: Conversation, chat: ChatServer) -> None:
    slow.do(JO, CALL)
    chat.behave()
    slow.clock = Clock(at("2020-06-01 09:11"))
    put(slow, "What somebody did")
    slow.app.deliver(slow.clock.now())

    assert [post.text for post in chat.posts if post.place == "@Sam Okafor"] == ["What somebody did"]


def put(talk: Conversation, words: str) -> None:
    message = to_json(Message((Paragraph((Text(words),)),), words))
    with talk.db.writing(1, at=talk.clock.now()) as session:
        sam = next(a for a in addresses(session) if a.external == "@Sam Okafor")
        outbox.put(session, sam.id, words, message)


@pytest.mark.parametrize("fault", [Fault.RESET_BEFORE, Fault.RESET_AFTER], ids=lambda fault: fault.name)
def test_post_of_which_nothing_is_known_is_looked_for_and_not_sent(
    sqlite: Database, chat: ChatServer, fault: Fault
) -> None:
    talk = start(sqlite, "2020-06-01 08:00")
    talk.do(SAM, "/action add One due: 2 June")
    talk.app = app_on(sqlite, chat)
    talk.until("2020-06-01 08:59")
    chat.misbehave(fault, times=20)
    talk.app.beat(at("2020-06-01 09:00"))
    chat.behave()
    talk.clock = Clock(at("2020-06-01 09:00"))
    talk.do(JO, CALL)
    talk.until("2020-06-02 12:00")
    during = daily_days(chat)
    talk.do(JO, "/hold lift H1")
    talk.until("2020-06-03 12:00")

    had_come = fault is Fault.RESET_AFTER
    assert during == (["2020-06-01"] if had_come else [])
    assert daily_days(chat) == [*during, "2020-06-03"]


def test_notice_that_waits_to_be_delivered_is_dropped(slow: Conversation, chat: ChatServer) -> None:
    with slow.db.writing(1, at=slow.clock.now()) as session:
        place, message = addresses(session)[0], to_json(compose("plan/nothing"))
        until = at("2020-06-01 18:00")
        add(session, Notice(key="n", address_id=place.id, at=slow.clock.now(), until=until, message=message))
        record(session, "scheduled", "notice")
    slow.until("2020-06-01 09:12")
    slow.do(JO, CALL)
    chat.behave()
    slow.until("2020-06-01 12:00")

    assert [post.key for post in chat.posts if post.key == "n"] == []
