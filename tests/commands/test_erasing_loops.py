"""Canaries: a word in a field of a loop reaches nobody who may not see it, and an erased one is nowhere."""

import io
import zipfile

import pytest
from sqlmodel import select

from storage.db import Database
from storage.files import File
from tests.canary import where
from tests.conversation import Conversation, start

SAM, JO, TOM, PRIYA = "Sam Okafor", "Jo Bell", "Tom Reed", "Priya Shah"
SAID, NOTE, REASON, PLACE, CHECKED, PROPOSED, WHY = (
    *("Canarysaid", "Canarynote", "Canaryreason", "Canaryplace", "Canarychecked", "Canaryproposed"),
    "Canarywhy",
)
OTHERS = "The parking is dear in the evening"


@pytest.fixture
def talk(db: Database) -> Conversation:
    """Monday 1 June 2020, ten o'clock: one loop with a canary in every field, and one of somebody else."""
    talk = start(db, "2020-06-01 10:00")
    talk.do(SAM, f"/yousaid add The {SAID} room was cold\nand dark group: carers theme: rooms", "#comms")
    talk.do(SAM, f"/yousaid note L1 The {NOTE} is on the drive", "#comms")
    talk.do(SAM, f"/yousaid edit L1 said: The {SAID} room is very cold", "#comms")
    talk.do(SAM, f"/yousaid cannot L1 because the {REASON} is old", "#comms")
    talk.do(SAM, f"/yousaid told L1 to: carers where: {PLACE} on: today", "#comms")
    talk.do(TOM, f"/yousaid check L1 half The {CHECKED} one is warm", "#comms")
    talk.do(SAM, f"/yousaid words L1 you-said: The {PROPOSED} room was cold we-did: We tried", "#comms")
    talk.do(PRIYA, f"/yousaid return L1 because {WHY} is unclear", "#comms")
    talk.do(JO, f"/yousaid add {OTHERS}", "#comms")
    talk.say(SAM, f"/yousaid add The {SAID} room was cold group: carers from: nowhere at all", "#comms")
    return talk


def made(talk: Conversation) -> str:
    """All that stands in the files that were made."""
    with talk.db.reading(talk.workspace.partnership_id) as session:
        found = [(file.name, bytes(file.content)) for file in session.exec(select(File)).all()]
    texts = []
    for name, content in found:
        if name.endswith(".docx"):
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                texts += [archive.read(part).decode("utf-8", "replace") for part in archive.namelist()]
        else:
            texts.append(content.decode("utf-8"))
    return "\n".join(texts)


def test_no_word_that_was_not_approved_reaches_a_document_or_a_draft(talk: Conversation) -> None:
    talk.do(SAM, "/yousaid words L1 you-said: It was cold we-did: We tried and could not")
    waiting = talk.say(JO, "/yousaid draft L1")
    talk.do(JO, "/yousaid export")
    before = made(talk)
    talk.do(PRIYA, "/yousaid approve L1 2")
    draft = talk.do(JO, "/yousaid draft L1")
    talk.do(JO, "/yousaid export")

    assert waiting.startswith("The words of L1 wait for approval")
    assert "Canary" not in waiting + draft + made(talk)
    assert "It was cold" in draft
    assert "It was cold" not in before
    assert "It was cold" in made(talk)


def test_no_held_word_reaches_a_document(talk: Conversation) -> None:
    talk.do(SAM, "/yousaid words L1 you-said: It was cold we-did: We tried and could not")
    talk.do(PRIYA, "/yousaid approve L1 2")
    talk.do(PRIYA, "/hold add mourning from today to 8 June")

    talk.do(JO, "/yousaid export")

    assert "It was cold" not in made(talk)
    assert "held by Priya Shah (mourning) until Monday 8 June" in made(talk)


def test_private_answers_are_not_posted_where_others_read(talk: Conversation) -> None:
    before = len(talk.seen)

    for line in ("/yousaid show L1", "/yousaid list all", "/yousaid approve L1", "/yousaid draft L1"):
        talk.say(SAM, line, "#comms")

    assert talk.seen[before:] == []


def test_erased_word_is_nowhere_in_the_database(talk: Conversation) -> None:
    talk.until("2020-06-10 10:00")
    kept = [word for word in (SAID, NOTE, CHECKED, PROPOSED, WHY) if where(talk.db, word)]

    talk.do(PRIYA, "/yousaid erase L1 yes")

    assert kept == [SAID, NOTE, CHECKED, PROPOSED, WHY]
    assert {word: where(talk.db, word) for word in kept} == {word: [] for word in kept}


def test_what_others_said_and_what_was_decided_stays(talk: Conversation) -> None:
    talk.do(PRIYA, "/yousaid erase L1 yes")

    shown = talk.do(SAM, "/yousaid show L1")
    assert shown.startswith("L1 (the words were erased)")
    assert f"What came of it: could not be done: the {REASON} is old" in shown
    assert OTHERS in talk.do(SAM, "/yousaid list all")
    assert talk.do(SAM, "/yousaid stats").startswith("2 things said")


def test_others_who_said_the_same_keep_their_words(talk: Conversation) -> None:
    talk.do(JO, f"/yousaid add {OTHERS} group: staff")

    talk.do(PRIYA, "/yousaid erase L2 yes")

    assert talk.do(SAM, "/yousaid show L3").startswith(f"L3 {OTHERS}")


def test_decision_that_quoted_somebody_can_be_said_anew(talk: Conversation) -> None:
    said = talk.do(PRIYA, "/yousaid erase L1 yes")
    talk.do(SAM, "/yousaid cannot L1 because the boiler is old")

    assert f"> the {REASON} is old" in said
    assert where(talk.db, REASON) == []


def test_documents_made_before_are_forgotten(talk: Conversation) -> None:
    talk.do(SAM, "/yousaid words L1 you-said: It was cold we-did: We tried and could not")
    talk.do(PRIYA, "/yousaid approve L1 2")
    talk.do(SAM, "/yousaid export")

    said = talk.do(PRIYA, "/yousaid erase L1 yes")

    assert "The documents that were made from the loops are gone from here too" in said
    assert made(talk) == ""


def test_erasing_is_asked_back_first_and_is_for_coordinators(talk: Conversation) -> None:
    asked = talk.do(PRIYA, "/yousaid erase L1")
    refused = talk.say(SAM, "/yousaid erase L1 yes")

    assert "This cannot be undone." in asked
    assert refused.startswith("/yousaid erase is for a coordinator of the partnership.")
    assert f"The {SAID} room is very cold" in talk.do(SAM, "/yousaid show L1")


def test_nothing_that_was_done_before_brings_the_words_back(talk: Conversation) -> None:
    talk.do(PRIYA, "/yousaid erase L1 yes")

    for number in range(1, 60):
        talk.say(PRIYA, f"/undo E{number}")
        assert "our fault" not in str(talk.answer.messages)

    assert where(talk.db, SAID) == []
    assert talk.do(SAM, "/yousaid show L1").startswith("L1 (the words were erased)")


def test_erasing_leaves_what_others_wrote_though_it_is_the_same(talk: Conversation) -> None:
    talk.do(PRIYA, "/partner approvers add Tom Reed")
    talk.do(JO, "/yousaid did L2 There are two new heaters on: today")
    talk.do(JO, "/yousaid words L2 we-did: There are two new heaters.")
    talk.do(TOM, "/yousaid approve L2 1")
    talk.do(SAM, "/yousaid note L1 Fellside Hospitals")
    talk.do(SAM, "/yousaid note L1 There are two new heaters")
    talk.do(SAM, f"/yousaid note L1 {OTHERS}")

    talk.do(PRIYA, "/yousaid erase L1 yes")

    assert "There are two new heaters." in talk.do(JO, "/yousaid draft L2 web")
    assert "Fellside Hospitals" in talk.do(PRIYA, "/partner organisations")
    assert f"L2 {OTHERS}" in talk.do(JO, "/yousaid show L2")


def test_what_was_taken_back_before_goes_too(talk: Conversation) -> None:
    talk.do(SAM, "/yousaid did L1 We spoke with Canarytolvex on: today")
    talk.do(SAM, "/yousaid undo")
    talk.do(TOM, "/yousaid check L1 no Canarysandol says no")
    talk.do(TOM, "/yousaid undo")

    talk.do(PRIYA, "/yousaid erase L1 yes")

    assert (where(talk.db, "Canarytolvex"), where(talk.db, "Canarysandol")) == ([], [])


def test_news_of_an_erasure_names_the_loop_alone(talk: Conversation) -> None:
    talk.do(PRIYA, "/yousaid erase L1 yes")

    (news,) = [seen.text for seen in talk.until("2020-06-02 09:00") if seen.place == f"@{SAM}"]

    assert "- Priya Shah erased the words of L1" in news.splitlines()
