"""The chat that is kept: messages in their order, who sees them, how far was read, and the first visit."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager

import pytest

from storage import chat
from storage.addresses import addresses
from storage.chat import ChatMessage
from storage.db import Database, Session
from tests.conversation import Conversation, start

PRIYA, SAM, JO = 1, 2, 3
"""As they are numbered in a database of their own."""


@pytest.fixture
def talk(db: Database) -> Conversation:
    return start(db, "2020-06-01 10:00")


@pytest.fixture
def theirs(talk: Conversation) -> Conversation:
    """Another partnership in the same database, with a message, a mark and a step of its own."""
    other = start(talk.db, "2020-06-01 10:00", "Marzipan", "theirs")
    with writing(other) as session:
        place, person = places(session)["#comms"], other_person(session)
        said = say(session, "k", place, text="Zanzibar", author_id=person)
        chat.note_read(session, person, place, said.id)
        chat.set_step(session, person, 4)
    return other


def writing(talk: Conversation) -> AbstractContextManager[Session]:
    return talk.db.writing(talk.workspace.partnership_id, at=talk.clock.now())


def reading(talk: Conversation) -> AbstractContextManager[Session]:
    return talk.db.reading(talk.workspace.partnership_id)


def places(session: Session) -> dict[str, int]:
    return {place.external: place.id for place in addresses(session)}


def other_person(session: Session) -> int:
    return next(place.person_id for place in addresses(session) if place.person_id) or 0


def say(session: Session, key: str, place: int, **what: object) -> ChatMessage:
    said = chat.tell(session, place, key, **what)
    assert said is not None
    return said


def texts(found: list[ChatMessage]) -> list[str]:
    return [said.text for said in found]


# --- messages ---------------------------------------------------------------------------------------


def test_message_is_kept_as_it_was_said(talk: Conversation) -> None:
    with writing(talk) as session:
        place = places(session)["#comms"]
        made = say(session, "k", place, text="Hello\n  all \U0001f389", author_id=SAM)

    with reading(talk) as session:
        found = chat.message_by_id(session, made.id)
        assert found is not None
        assert found.model_dump() == made.model_dump()
        assert (found.text, found.at, found.revision, found.is_changed, found.is_answer) == (
            "Hello\n  all \U0001f389", talk.clock.now(), 1, False, False,
        )  # fmt: skip


def test_key_is_told_once(talk: Conversation) -> None:
    with writing(talk) as session:
        place = places(session)["#comms"]
        say(session, "k", place, text="First")
        assert chat.tell(session, place, "k", text="Second") is None

    with reading(talk) as session:
        assert texts(chat.messages_since(session, 0)) == ["First"]
        assert chat.last_revision(session) == 1


def test_message_is_found_by_its_key(talk: Conversation) -> None:
    with writing(talk) as session:
        made = say(session, "answer|k|1", places(session)["#comms"])

    with reading(talk) as session:
        assert chat.message_with_key(session, "answer|k|1") == made
        assert chat.message_with_key(session, "k") is None
        assert made.is_answer


def test_revisions_rise_with_every_message_and_change(talk: Conversation) -> None:
    with writing(talk) as session:
        place = places(session)["#comms"]
        first, second = say(session, "a", place), say(session, "b", place)
        chat.retell(session, first, message="{}")
        chat.touch(session, second)
        say(session, "c", place)

    with reading(talk) as session:
        found = chat.messages_since(session, 0)
        assert [(said.key, said.revision, said.is_changed) for said in found] == [
            ("a", 3, True),
            ("b", 4, False),
            ("c", 5, False),
        ]
        assert [said.key for said in chat.messages_since(session, 3)] == ["b", "c"]
        assert [said.key for said in chat.messages_since(session, 0, most=2)] == ["a", "b"]
        assert chat.messages_since(session, 5) == []
        assert (chat.last_revision(session), chat.last_message(session)) == (5, found[-1].id)


def test_revisions_of_many_at_once_have_no_gap(talk: Conversation) -> None:
    """Whoever has heard up to a number has missed nothing before it."""

    def tell(number: int) -> None:
        with writing(talk) as session:
            chat.tell(session, places(session)["#comms"], f"k{number}", text=str(number))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(tell, range(20)))

    with reading(talk) as session:
        found = chat.messages_since(session, 0)
    assert [said.revision for said in found] == list(range(1, 21))
    assert sorted(texts(found), key=int) == [str(number) for number in range(20)]


def test_empty_chat_has_nothing(talk: Conversation) -> None:
    with reading(talk) as session:
        assert (chat.last_message(session), chat.last_revision(session)) == (0, 0)
        assert chat.messages_since(session, 0) == []
        assert chat.message_by_id(session, 1) is None
        assert chat.reply_counts(session, []) == {}
        assert chat.unread(session, SAM, []) == {}


def test_place_shows_what_a_person_may_see_of_it(talk: Conversation) -> None:
    with writing(talk) as session:
        here, there = places(session)["#comms"], places(session)["#council"]
        head = say(session, "a", here, text="For all")
        say(session, "b", here, text="For Sam", only_for=SAM)
        say(session, "c", there, text="Elsewhere")
        say(session, "d", here, text="In a thread", thread_of=head.id)

    with reading(talk) as session:
        assert texts(chat.messages_in(session, here, SAM, None, 10)) == ["For all", "For Sam"]
        assert texts(chat.messages_in(session, here, JO, None, 10)) == ["For all"]
        assert texts(chat.messages_in(session, there, JO, None, 10)) == ["Elsewhere"]


def test_place_is_read_backwards_in_pieces(talk: Conversation) -> None:
    with writing(talk) as session:
        place = places(session)["#comms"]
        made = [say(session, str(number), place, text=str(number)) for number in range(7)]

    with reading(talk) as session:
        assert texts(chat.messages_in(session, place, SAM, None, 3)) == ["4", "5", "6"]
        assert texts(chat.messages_in(session, place, SAM, made[4].id, 3)) == ["1", "2", "3"]
        assert texts(chat.messages_in(session, place, SAM, made[1].id, 3)) == ["0"]
        assert texts(chat.messages_in(session, place, SAM, made[0].id, 3)) == []
        assert texts(chat.messages_in(session, place, SAM, 0, 3)) == []


def test_thread_shows_and_counts_replies(talk: Conversation) -> None:
    with writing(talk) as session:
        place = places(session)["#comms"]
        head, other = say(session, "a", place), say(session, "b", place)
        for number in range(3):
            say(session, f"r{number}", place, text=f"Reply {number}", thread_of=head.id)
        say(session, "s", place, text="For Sam", thread_of=head.id, only_for=SAM)

    with reading(talk) as session:
        assert texts(chat.replies_to(session, head.id, JO)) == ["Reply 0", "Reply 1", "Reply 2"]
        assert texts(chat.replies_to(session, head.id, SAM))[3:] == ["For Sam"]
        assert chat.reply_counts(session, [head.id, other.id]) == {head.id: 3}


def test_own_lines_are_a_persons_own_latest_first(talk: Conversation) -> None:
    with writing(talk) as session:
        here, there = places(session)["#comms"], places(session)["#council"]
        for number, (place, author) in enumerate([(here, SAM), (there, SAM), (here, JO), (here, None)]):
            say(session, str(number), place, text=f"Line {number}", author_id=author)

    with reading(talk) as session:
        assert chat.own_lines(session, SAM, 10) == ["Line 1", "Line 0"]
        assert chat.own_lines(session, SAM, 1) == ["Line 1"]
        assert chat.own_lines(session, PRIYA, 10) == []


# --- reading ----------------------------------------------------------------------------------------


def test_unread_is_what_others_said_to_all_since(talk: Conversation) -> None:
    with writing(talk) as session:
        here, there = places(session)["#comms"], places(session)["#council"]
        made = [say(session, str(number), here, author_id=JO) for number in range(3)]
        say(session, "mine", here, author_id=SAM)
        say(session, "alone", here, only_for=SAM)
        say(session, "jo's", here, only_for=JO)
        say(session, "bot", there)

    with writing(talk) as session:
        assert chat.unread(session, SAM, [here, there]) == {here: 3, there: 1}
        assert chat.unread(session, SAM, [there]) == {there: 1}
        assert chat.unread(session, JO, [here, there]) == {here: 1, there: 1}

        chat.note_read(session, SAM, here, made[1].id)
        assert chat.unread(session, SAM, [here, there]) == {here: 1, there: 1}
        assert chat.unread(session, PRIYA, [here, there]) == {here: 4, there: 1}


def test_reading_never_goes_back(talk: Conversation) -> None:
    with writing(talk) as session:
        place = places(session)["#comms"]
        made = [say(session, str(number), place, author_id=JO) for number in range(3)]
        for said in (made[1], made[0], made[1]):
            chat.note_read(session, SAM, place, said.id)

        assert chat.unread(session, SAM, [place]) == {place: 1}


# --- the first visit --------------------------------------------------------------------------------


def test_step_is_kept_for_each_person(talk: Conversation) -> None:
    with writing(talk) as session:
        assert chat.guide_of(session, SAM) is None
        for step in (2, 3):
            chat.set_step(session, SAM, step)
        chat.set_step(session, JO, 0)

    with reading(talk) as session:
        steps = {person: chat.guide_of(session, person) for person in (PRIYA, SAM, JO)}
        assert {person: found and found.step for person, found in steps.items()} == {
            PRIYA: None, SAM: 3, JO: 0,
        }  # fmt: skip


# --- whose it is ------------------------------------------------------------------------------------


def test_chat_of_others_is_not_seen(talk: Conversation, theirs: Conversation) -> None:
    with reading(theirs) as session:
        (said,) = chat.messages_since(session, 0)
        place, person = said.address_id, said.author_id or 0

    with reading(talk) as session:
        assert chat.message_by_id(session, said.id) is None
        assert chat.message_with_key(session, "k") is None
        assert chat.messages_since(session, 0) == []
        assert chat.messages_in(session, place, person, None, 10) == []
        assert chat.replies_to(session, said.id, person) == []
        assert chat.own_lines(session, person, 10) == []
        assert chat.unread(session, PRIYA, [place]) == {}
        assert chat.guide_of(session, person) is None
        assert (chat.last_message(session), chat.last_revision(session)) == (0, 0)


def test_chat_of_others_is_not_changed(talk: Conversation, theirs: Conversation) -> None:
    with reading(theirs) as session:
        (said,) = chat.messages_since(session, 0)

    with pytest.raises(LookupError), writing(talk) as session:
        chat.retell(session, said, text="Ours now")

    with reading(theirs) as session:
        assert texts(chat.messages_since(session, 0)) == ["Zanzibar"]


def test_same_key_and_revision_may_be_in_two_partnerships(talk: Conversation, theirs: Conversation) -> None:
    with writing(talk) as session:
        said = say(session, "k", places(session)["#comms"], text="Ours")

    assert said.revision == 1
    with reading(theirs) as session:
        assert [(each.text, each.revision) for each in chat.messages_since(session, 0)] == [("Zanzibar", 1)]
