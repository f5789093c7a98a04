"""Delivery: whatever a platform does, every post arrives, and arrives once (DESIGN §4)."""

import pytest

from bot.clock import Clock
from messages.message import Message, Paragraph, Text
from messages.stored import to_json
from storage import outbox
from storage.addresses import addresses
from storage.db import Database
from storage.outbox import Outbox
from tests.conversation import Conversation, at, start
from tests.standin import ChatServer, Fault, app_on

DAY = "2020-06-01"
PLACE = "#council"


@pytest.fixture
def talk(sqlite: Database, chat: ChatServer) -> Conversation:
    """A partnership on the stand-in, Monday 1 June 2020 at ten in the morning."""
    return connected(sqlite, chat)


def connected(db: Database, chat: ChatServer) -> Conversation:
    talk = start(db, f"{DAY} 10:00")
    talk.app = app_on(db, chat)
    return talk


def put(talk: Conversation, words: str, place: str = PLACE, stored: str = "") -> int:
    """A post in the outbox, whose key is its words; returns its id."""
    message = stored or to_json(Message((Paragraph((Text(words),)),), words))
    with talk.db.writing(talk.workspace.partnership_id, at=talk.clock.now()) as session:
        address = next(a for a in addresses(session) if a.external == place)
        return outbox.put(session, address.id, words, message).id


def go(talk: Conversation, time: str) -> None:
    """Beat once at a time of that day."""
    talk.clock = Clock(at(f"{DAY} {time}"))
    talk.app.beat(talk.clock.now())


def asked(chat: ChatServer) -> list[str]:
    return [request.what for request in chat.asked]


def kept(db: Database, post_id: int) -> Outbox:
    with db.reading(1) as session:
        found = outbox.post_by_id(session, post_id)
        assert found is not None
        return found


def test_post_is_saved_before_it_is_said(url: str, db: Database, chat: ChatServer) -> None:
    talk, other = connected(db, chat), Database(url)
    seen: list[tuple[str, str]] = []

    def look(_asked: object) -> None:
        with other.reading(1) as session:
            seen.extend((post.state, post.reference) for post in outbox.pending(session, talk.clock.now()))
            seen.append((kept(other, 1).state, ""))

    chat.watch = look
    talk.do("Sam Okafor", "/action add Print the posters", channel="#comms")
    other.close()

    assert seen == [("sending", "")]
    assert (kept(db, 1).state, kept(db, 1).reference) == ("sent", "M1")


def test_command_that_fails_says_nothing_to_others(talk: Conversation, chat: ChatServer) -> None:
    talk.say("Sam Okafor", "/action done A99", channel="#comms")

    assert talk.answer.is_error
    assert chat.asked == []


@pytest.mark.parametrize("fault", [Fault.RESET_BEFORE, Fault.HANG_BEFORE, Fault.ERROR_BEFORE])
def test_post_that_was_not_kept_is_sent_again_after_the_grace(
    db: Database, chat: ChatServer, fault: Fault
) -> None:
    talk = connected(db, chat)
    post = put(talk, "Hello")
    chat.misbehave(fault)

    go(talk, "10:00:00")
    go(talk, "10:00:59")
    early = (chat.at(PLACE), asked(chat), kept(db, post).state)
    go(talk, "10:01:00")

    assert early == ([], ["send"], "sending")
    assert (chat.at(PLACE), asked(chat), kept(db, post).state) == (
        ["Hello"],
        ["send", "find", "send"],
        "sent",
    )


@pytest.mark.parametrize("fault", [Fault.RESET_AFTER, Fault.HANG_AFTER, Fault.ERROR_AFTER])
def test_post_that_was_kept_is_found_by_its_key_and_not_sent_again(
    db: Database, chat: ChatServer, fault: Fault
) -> None:
    talk = connected(db, chat)
    post = put(talk, "Hello")
    chat.misbehave(fault)

    go(talk, "10:00:00")
    go(talk, "10:00:59")
    early = (asked(chat), kept(db, post).state)
    go(talk, "10:01:00")
    go(talk, "10:05:00")

    assert early == (["send"], "sending")
    assert (chat.at(PLACE), asked(chat)) == (["Hello"], ["send", "find"])
    assert (kept(db, post).state, kept(db, post).reference) == ("sent", "M1")


@pytest.mark.parametrize("fault", [Fault.SLOW_DOWN, Fault.ERROR_BEFORE, Fault.RESET_BEFORE, Fault.HANG_AFTER])
def test_post_whose_history_cannot_be_asked_just_now_is_not_sent_blindly(
    talk: Conversation, chat: ChatServer, fault: Fault
) -> None:
    put(talk, "Hello")
    chat.misbehave(Fault.RESET_AFTER)
    chat.misbehave(fault, what="find")

    for time in ("10:00", "10:01", "10:02", "10:03", "10:04"):
        go(talk, time)

    assert (chat.at(PLACE), asked(chat)) == (["Hello"], ["send", "find", "find"])


@pytest.mark.parametrize(
    ("retry_after", "too_early", "in_time"),
    [
        ("30", "10:00:29", "10:00:30"),
        ("", "10:00:01", "10:00:02"),
        ("0", "10:00:01", "10:00:02"),
        ("86400", "10:14:59", "10:15:00"),
    ],
)
def test_retry_after_is_obeyed_up_to_a_quarter_of_an_hour(
    talk: Conversation, chat: ChatServer, retry_after: str, too_early: str, in_time: str
) -> None:
    put(talk, "Hello")
    chat.misbehave(Fault.SLOW_DOWN, retry_after=retry_after)

    go(talk, "10:00:00")
    go(talk, too_early)
    early = asked(chat)
    go(talk, in_time)

    assert early == ["send"]
    assert (chat.at(PLACE), asked(chat)) == (["Hello"], ["send", "send"])


def test_waits_between_attempts_grow(talk: Conversation, chat: ChatServer) -> None:
    put(talk, "Hello")
    chat.misbehave(Fault.SLOW_DOWN, times=4)
    tried: list[str] = []
    chat.watch = lambda _asked: tried.append(f"{talk.clock.now():%M:%S}")

    talk.until("+5m")

    assert tried == ["00:00", "00:02", "00:06", "00:14", "00:30"]
    assert chat.at(PLACE) == ["Hello"]


def test_platform_that_is_down_loses_nothing(talk: Conversation, chat: ChatServer) -> None:
    post = put(talk, "Hello")
    with ChatServer().running() as gone:
        nobody = app_on(talk.db, gone)
    nobody.beat(talk.clock.now())
    while_down = (kept(talk.db, post).state, kept(talk.db, post).error)

    go(talk, "10:00:02")

    assert while_down == ("waiting", "the platform cannot be reached")
    assert chat.at(PLACE) == ["Hello"]


def test_refusal_is_shown_and_not_tried_again_until_asked(talk: Conversation, chat: ChatServer) -> None:
    post = put(talk, "Hello")
    chat.misbehave(Fault.REFUSED)
    go(talk, "10:00")
    go(talk, "11:00")

    shown = talk.do("Priya Shah", f"/plan sent {PLACE}")
    talk.say("Priya Shah", f"/plan resend P{post}")

    assert f"- P{post} Monday 1 June at 10am to #council: Hello. Failed: not in this channel" in shown
    assert (chat.at(PLACE), asked(chat)) == (["Hello"], ["send"] * 3)


def test_coordinator_is_told_once_of_what_cannot_be_posted(talk: Conversation, chat: ChatServer) -> None:
    for number in range(3):
        put(talk, f"Hello {number}")
    chat.misbehave(Fault.REFUSED, place=PLACE, times=3)

    for time in ("10:00", "11:00", "12:00"):
        go(talk, time)

    assert [told.splitlines() for told in chat.at("@Priya Shah")] == [
        [
            "Something could not be posted",
            "",
            "P1 for #council was not posted: not in this channel",
            "",
            "Once that is mended, send it again: /plan resend P1",
            "",
            "[Send it again] /plan resend P1",
        ]
    ]


def test_coordinator_is_told_again_when_it_was_mended_and_breaks_again(
    talk: Conversation, chat: ChatServer
) -> None:
    for number, fails in enumerate([True, False, True]):
        put(talk, f"Hello {number}")
        if fails:
            chat.misbehave(Fault.REFUSED, place=PLACE)
        go(talk, "10:00")

    assert len(chat.at("@Priya Shah")) == 2


def test_post_of_which_nobody_can_tell_is_shown_and_sent_again_by_hand(
    talk: Conversation, chat: ChatServer
) -> None:
    post = put(talk, "Hello")
    chat.misbehave(Fault.RESET_BEFORE)
    chat.misbehave(Fault.NO_HISTORY, what="find")
    for time in ("10:00", "10:01", "10:02", "11:00"):
        go(talk, time)
    before = (asked(chat), kept(talk.db, post).state)

    shown = talk.do("Priya Shah", f"/plan sent {PLACE}")
    talk.say("Priya Shah", f"/plan resend P{post}", is_click=True)

    assert before == (["send", "find"], "unknown")
    assert "Nobody can tell whether it arrived" in shown
    assert f"Send P{post} again" in shown
    assert (chat.at(PLACE), kept(talk.db, post).state) == (["Hello"], "sent")


def test_post_that_was_sent_cannot_be_sent_again(talk: Conversation, chat: ChatServer) -> None:
    post = put(talk, "Hello")
    go(talk, "10:00")

    talk.say("Priya Shah", f"/plan resend P{post}")

    assert talk.answer.is_error
    assert chat.at(PLACE) == ["Hello"]


@pytest.mark.parametrize("fault", [Fault.SLOW_DOWN, Fault.HANG_BEFORE, Fault.REFUSED, Fault.RESET_BEFORE])
def test_other_addresses_hear_while_one_fails(talk: Conversation, chat: ChatServer, fault: Fault) -> None:
    chat.misbehave(fault, place="#comms", times=100)
    for number in range(3):
        put(talk, f"for all {number}", "#comms")
        put(talk, f"for the council {number}")

    go(talk, "10:00")

    assert chat.at(PLACE) == ["for the council 0", "for the council 1", "for the council 2"]
    assert chat.at("#comms") == []


def test_post_that_cannot_be_read_holds_up_nobody(talk: Conversation, chat: ChatServer) -> None:
    bad = put(talk, "from a later release", stored='{"v": 99, "summary": "?", "blocks": []}')
    put(talk, "Hello")

    for time in ("10:00", "10:01", "10:02"):
        go(talk, time)

    assert chat.at(PLACE) == ["Hello"]
    assert kept(talk.db, bad).state == "sending"
    assert "bug" in kept(talk.db, bad).error


# --- posts that are replaced in place ---------------------------------------------------------------


def reminded(talk: Conversation, chat: ChatServer) -> str:
    """Sam has two actions due today and was reminded; the reference of that post."""
    for title in ("Print the posters", "Book the hall"):
        talk.do("Sam Okafor", f"/action add {title} due: 2 June")
    talk.until("2020-06-02 09:00")
    return next(post.reference for post in chat.posts if post.place == "@Sam Okafor")


def click(talk: Conversation, line: str, reference: str) -> None:
    talk.say("Sam Okafor", line, is_click=True, clicked=reference)


@pytest.mark.parametrize("fault", [None, Fault.RESET_BEFORE, Fault.HANG_AFTER, Fault.SLOW_DOWN])
def test_clicked_post_shows_what_came_of_it(
    talk: Conversation, chat: ChatServer, fault: Fault | None
) -> None:
    reference = reminded(talk, chat)
    if fault:
        chat.misbehave(fault, what="edit")

    click(talk, "/action done A1", reference)
    talk.until("+2m")

    texts = chat.at("@Sam Okafor")
    assert len(texts) == 1
    assert "Done" in texts[0] or "done" in texts[0]
    assert kept(talk.db, len(chat.posts) + 1).state == "sent"


def test_late_edit_does_not_bring_back_older_words(talk: Conversation, chat: ChatServer) -> None:
    reference = reminded(talk, chat)
    chat.misbehave(Fault.SLOW_DOWN, what="edit", retry_after="60")

    click(talk, "/action done A1", reference)
    click(talk, "/action done A2", reference)
    newest = chat.at("@Sam Okafor")
    talk.until("+2m")

    assert chat.at("@Sam Okafor") == newest


def test_platform_that_is_down_for_days_is_not_given_a_burst(sqlite: Database, chat: ChatServer) -> None:
    talk = start(sqlite, f"{DAY} 08:00")
    talk.do("Sam Okafor", "/action add One due: 2 June")
    talk.do("Sam Okafor", "/action add Two due: 3 June")
    talk.app = app_on(sqlite, chat)
    chat.misbehave(Fault.SLOW_DOWN, times=1_000)
    talk.until("2020-06-04 12:00")
    chat.behave()

    talk.until("2020-06-05 10:00")

    assert [posted.key.split("|")[-1] for posted in chat.posts] == ["2020-06-04"]
