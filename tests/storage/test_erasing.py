"""Erasing: a word that has to go is nowhere afterwards, and what others said stays."""

import json
from datetime import timedelta

import pytest
from sqlmodel import select

from messages.message import Message, Paragraph, Text
from messages.stored import from_json, to_json
from storage import chat, outbox
from storage.actions import Action
from storage.addresses import addresses
from storage.db import Database, add, change
from storage.erasing import ERASED, GONE, erase, replace
from storage.events import Event, record
from storage.outbox import Outbox
from storage.seen import Seen
from storage.slots import Notice, due_notices
from tests.canary import where
from tests.conversation import Conversation, start

LONG = (
    "The Zebra crossing “outside” the ward\nis hard to find, and nobody at the desk knew\n\nSo we were late"
)
OTHERS = "Refresh the newsletter"
OWN = {("Action", 1), *(("Event", number) for number in range(1, 50))}
"""The first action, and all that is done in these tests."""


@pytest.fixture
def talk(db: Database) -> Conversation:
    """Monday 1 June 2020, ten o'clock."""
    return start(db, "2020-06-01 10:00")


def say_again(talk: Conversation, text: str) -> None:
    """In the chat of the browser, and as a notice, which the local platform alone has not."""
    message = to_json(Message((Paragraph((Text(f"A1 {text[:60]}"),)),)))
    mine = talk.workspace.partnership_id
    with talk.db.writing(mine, at=talk.clock.now()) as session:
        place = addresses(session)[0].id
        chat.tell(session, place, "line|typed", text=f"/action add {text}")
        chat.tell(session, place, "answer|line|typed|1", message=message)
        chat.tell(session, place, "line|other", text=f"/action add {OTHERS}")
        later = talk.clock.now() + timedelta(days=2)
        add(session, Notice(key="n", address_id=place, at=later, until=later, message=message, why=text))
        record(session, "noticed", "address 1")


def take(talk: Conversation, refs: set[str], texts: list[str]) -> None:
    """As a command would: the row is blanked, that is recorded, and then the words are erased."""
    with talk.db.writing(talk.workspace.partnership_id, at=talk.clock.now()) as session:
        for action in session.exec(select(Action)).all():
            if action.ref in refs:
                change(session, action, title="")
                record(session, "erased", action.ref)
        erase(session, refs, texts)


def count(talk: Conversation, kind: type[Event] | type[Outbox] | type[Seen] | type[chat.ChatMessage]) -> int:
    with talk.db.reading(talk.workspace.partnership_id) as session:
        return len(session.exec(select(kind)).all())


def can_all_be_read(talk: Conversation) -> bool:
    """Whether all that is stored as a message is still one."""
    with talk.db.reading(talk.workspace.partnership_id) as session:
        stored = [post.message for post in session.exec(select(Outbox))]
        stored += [said.message for said in session.exec(select(chat.ChatMessage)) if said.message]
        stored += [each for seen in session.exec(select(Seen)) for each in json.loads(seen.answer)]
    return all(from_json(each).blocks for each in stored)


# --- words for words --------------------------------------------------------------------------------


def test_replaced_word_is_nowhere_and_the_new_one_everywhere(talk: Conversation) -> None:
    old = "‘Zebra’  Heysham"
    talk.do("Sam Okafor", f"/action add Ask {old}, please", channel="#comms")
    talk.do("Sam Okafor", f"/action note A1 I asked {old}", channel="#comms")
    talk.do("Sam Okafor", f"/action edit A1 title: Call {old}")
    say_again(talk, f"Ask {old}")
    before = where(talk.db, "Zebra")

    with talk.db.writing(talk.workspace.partnership_id, at=talk.clock.now()) as session:
        replace(session, {old: "[name taken out]"}, OWN)

    held = {
        "action.title", "event.changes", "event.note", "outbox.message", "outbox.why", "seen.answer",
        "chatmessage.text", "chatmessage.message", "notice.message", "notice.why",
    }  # fmt: skip
    assert set(before) == held
    assert where(talk.db, "Zebra") == []
    assert set(where(talk.db, "[name taken out]")) == held
    assert can_all_be_read(talk)
    assert "Call [name taken out]" in talk.do("Sam Okafor", "/action show A1")


def test_word_is_replaced_as_a_whole_word_and_in_this_partnership_alone(db: Database) -> None:
    ours = start(db, "2020-06-01 10:00")
    theirs = start(db, "2020-06-01 10:00", "Marzipan", "other")
    for talk in (ours, theirs):
        talk.do("Sam Okafor", "/action add Ask jo@example.org, not bojo@example.org")

    with db.writing(ours.workspace.partnership_id, at=ours.clock.now()) as session:
        replace(session, {"jo@example.org": "[taken out]"}, OWN)

    assert "Ask [taken out], not bojo@example.org" in ours.do("Sam Okafor", "/action show A1")
    assert "Ask jo@example.org, not bojo@example.org" in theirs.do("Sam Okafor", "/action show A1")


def test_change_can_be_taken_back_after_a_word_in_it_was_replaced(talk: Conversation) -> None:
    talk.do("Sam Okafor", "/action add Ask Zebra")
    talk.do("Sam Okafor", "/action edit A1 title: Ask Zebra and Jo")

    with talk.db.writing(talk.workspace.partnership_id, at=talk.clock.now()) as session:
        replace(session, {"Zebra": "[taken out]"}, OWN)
    talk.do("Sam Okafor", "/action undo")

    assert "Ask [taken out]\n" in talk.do("Sam Okafor", "/action show A1")
    assert where(talk.db, "Zebra") == []


# --- a thing's words --------------------------------------------------------------------------------


def test_erased_words_are_nowhere_in_the_database(talk: Conversation) -> None:
    talk.do("Sam Okafor", f"/action add {LONG}", channel="#comms")
    talk.do("Sam Okafor", "/action note A1 Zebra again", channel="#comms")
    talk.do("Jo Bell", "/action list")
    talk.until("2020-06-02 10:00")
    say_again(talk, LONG)
    assert where(talk.db, "Zebra")

    take(talk, {"A1"}, [LONG])

    assert where(talk.db, "Zebra") == []
    assert where(talk.db, "nobody at the desk") == []
    assert can_all_be_read(talk)


def test_chat_shows_the_erased_version_of_what_was_posted(talk: Conversation) -> None:
    talk.do("Sam Okafor", f"/action add {LONG}", channel="#comms")
    posted = talk.to("#comms")[0]

    take(talk, {"A1"}, [LONG])
    talk.beat()

    assert [(seen.shown.is_edit, seen.text) for seen in talk.to("#comms")[1:]] == [(True, ERASED)]
    assert talk.to("#comms")[1].shown.reference == posted.shown.reference


def test_words_of_others_stay(talk: Conversation) -> None:
    talk.do("Sam Okafor", f"/action add {LONG}")
    for n in range(2, 13):
        talk.do("Sam Okafor", f"/action add {OTHERS} {n}", channel="#comms")
    say_again(talk, LONG)
    before = {kind: count(talk, kind) for kind in (Event, Seen, chat.ChatMessage)}

    take(talk, {"A1"}, [LONG])

    with talk.db.reading(talk.workspace.partnership_id) as session:
        posts = [post for post in session.exec(select(Outbox)) if OTHERS in post.message]
        said = sorted(s.text for s in session.exec(select(chat.ChatMessage)) if s.text)
        gone = [seen.key for seen in session.exec(select(Seen)) if ERASED in seen.answer]
    assert (len(posts), said, len(gone)) == (11, [f"/action add {OTHERS}", ERASED], 1)
    before[Event] += 1
    assert {kind: count(talk, kind) for kind in before} == before


def test_short_text_goes_with_its_request_and_its_number_and_is_left_to_others(talk: Conversation) -> None:
    talk.do("Sam Okafor", "/action add Parking", channel="#comms")
    talk.do("Jo Bell", "/action add Sort out the Parking for all", channel="#comms")

    take(talk, {"A1"}, ["Parking"])

    with talk.db.reading(talk.workspace.partnership_id) as session:
        posts = session.exec(select(Outbox).order_by("id")).all()
    assert [post.message == GONE for post in posts] == [True, False, True]
    assert "Sort out the Parking for all" in talk.do("Jo Bell", "/action show A2")


def test_posts_of_one_thing_are_told_from_those_of_another_with_a_longer_number(talk: Conversation) -> None:
    for n in range(1, 13):
        talk.do("Sam Okafor", f"/action add Thing number {n}", channel="#comms")

    take(talk, {"A1"}, ["Thing number 1"])

    with talk.db.reading(talk.workspace.partnership_id) as session:
        posts = session.exec(select(Outbox).order_by("id")).all()
    assert [post.id for post in posts if post.message == GONE and post.edits is None] == [posts[0].id]


def test_erased_change_can_be_taken_back_without_its_words(talk: Conversation) -> None:
    talk.do("Sam Okafor", f"/action add {LONG}")
    talk.do("Sam Okafor", f"/action edit A1 title: {LONG} indeed")
    take(talk, {"A1"}, [LONG, f"{LONG} indeed"])

    for n in range(1, count(talk, Event) + 1):
        said = talk.say("Priya Shah", f"/action undo E{n}")
        assert "our fault" not in said

    assert where(talk.db, "Zebra") == []


def test_waiting_post_of_the_day_is_dropped_and_the_rest_is_said_at_the_next_turn(talk: Conversation) -> None:
    talk.do("Sam Okafor", f"/action add {LONG} due: 9 June")
    talk.do("Sam Okafor", f"/action add {OTHERS} due: 9 June")
    talk.app.platforms = {}  # nothing can be posted for now
    talk.until("2020-06-02 10:00")
    assert where(talk.db, OTHERS)

    take(talk, {"A1"}, [LONG])
    with talk.db.reading(talk.workspace.partnership_id) as session:
        states = {p.key.partition("|")[0]: (p.state, p.error) for p in session.exec(select(Outbox))}
    talk.app.platforms = Conversation(talk.db, talk.workspace, talk.clock, talk.seen).app.platforms
    arrived = [seen.text for seen in talk.until("2020-06-03 10:00") if seen.place == "@Sam Okafor"]

    assert states == {"slot": ("dropped", "what it said was erased before it was delivered.")}
    assert len(arrived) == 1
    assert OTHERS in arrived[0]
    assert where(talk.db, "Zebra") == []


def test_notice_of_what_is_erased_is_not_given(talk: Conversation) -> None:
    talk.do("Sam Okafor", f"/action add {LONG}")
    say_again(talk, LONG)

    take(talk, {"A1"}, [LONG])

    with talk.db.everywhere() as session:
        assert due_notices(session, talk.clock.now() + timedelta(days=9)) == []


def test_erased_message_is_one_paragraph() -> None:
    assert to_json(Message((Paragraph((Text(ERASED),)),))) == GONE


def test_post_is_found_again_by_its_reference(talk: Conversation) -> None:
    talk.do("Sam Okafor", f"/action add {LONG}", channel="#comms")
    take(talk, {"A1"}, [LONG])
    take(talk, {"A1"}, [LONG])

    with talk.db.reading(talk.workspace.partnership_id) as session:
        [post] = session.exec(select(Outbox).where(Outbox.state == "sent")).all()
        edits = session.exec(select(Outbox).where(Outbox.edits == post.id)).all()
        assert (outbox.latest_words(session, post), len(edits)) == (GONE, 1)
