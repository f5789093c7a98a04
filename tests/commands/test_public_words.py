"""Words for the public: written by one, approved by another, frozen, held, drafted and exported."""

import csv
import io
from zipfile import ZipFile

import pytest
from sqlmodel import select

from storage.db import Database
from storage.files import File
from storage.wordings import Wording
from tests.conversation import Conversation, buttons, start

SAM, JO, TOM, PRIYA = "Sam Okafor", "Jo Bell", "Tom Reed", "Priya Shah"


@pytest.fixture
def talk(db: Database) -> Conversation:
    """Monday 1 June 2020: a loop of the hospitals is decided; Priya may approve for them."""
    talk = start(db, "2020-06-01 10:00")
    talk.do(SAM, "/yousaid add The waiting room is too cold group: carers")
    talk.do(SAM, "/yousaid did L1 Two heaters of type X7 were put in on: 30 May")
    return talk


def files(talk: Conversation) -> dict[str, bytes]:
    with talk.db.reading(talk.workspace.partnership_id) as session:
        return {file.name: bytes(file.content) for file in session.exec(select(File)).all()}


def wordings(talk: Conversation) -> list[tuple[int, str, str]]:
    with talk.db.reading(talk.workspace.partnership_id) as session:
        found = session.exec(select(Wording).order_by(Wording.version)).all()  # type: ignore[arg-type]
        return [(each.version, each.state, each.we_did) for each in found]


def test_nothing_is_public_that_was_not_approved(talk: Conversation) -> None:
    first = talk.say(SAM, "/yousaid draft L1")
    talk.do(SAM, "/yousaid words L1 we-did: It is warm now.")
    then = talk.say(SAM, "/yousaid draft L1")
    talk.do(PRIYA, "/yousaid approve L1 1")
    at_last = talk.do(SAM, "/yousaid draft L1 newsletter")

    assert first.startswith("No words of L1 are approved for what came of it.")
    assert then.startswith("The words of L1 wait for approval; until then nothing can be published.")
    assert "You said: The waiting room is too cold. We did: It is warm now." in at_last
    assert "Approved by Priya Shah on Monday 1 June." in at_last


def test_author_never_approves_their_own_words(talk: Conversation) -> None:
    talk.do(PRIYA, "/yousaid words L1 we-did: It is warm now.")

    said = talk.say(PRIYA, "/yousaid approve L1 1")

    assert said.startswith("You wrote these words, so somebody else approves them, and there is none yet.")


def test_the_same_words_sent_in_by_somebody_else_stay_their_authors(talk: Conversation) -> None:
    words = "/yousaid words L1 you-said: It is cold. we-did: It is warm now."
    talk.do(PRIYA, words)
    talk.do(SAM, words)

    said = talk.say(PRIYA, "/yousaid approve L1 2")

    assert said.startswith("You wrote these words, so somebody else approves them, and there is none yet.")


def test_words_that_were_taken_back_and_are_sent_in_by_somebody_else_are_no_others(
    talk: Conversation,
) -> None:
    words = "/yousaid words L1 we-did: It is warm now"
    talk.do(PRIYA, words)
    talk.do(PRIYA, "/undo")
    talk.do(SAM, f"{words.upper().replace('/YOUSAID WORDS', '/yousaid words')} .")

    assert talk.say(PRIYA, "/yousaid approve L1 2").startswith("You wrote these words")


def test_whoever_changes_the_post_alone_does_not_approve_it(talk: Conversation) -> None:
    talk.do(PRIYA, "/partner approvers add @Sam.Okafor")
    talk.do(SAM, "/yousaid words L1 we-did: It is warm now.")
    talk.do(PRIYA, "/yousaid words L1 post: All is well.")

    for who in (PRIYA, SAM):
        assert talk.say(who, "/yousaid approve L1 2").startswith("You wrote these words")


def test_new_answer_says_what_was_told_before_and_offers_no_drafts(talk: Conversation) -> None:
    talk.do(SAM, "/yousaid words L1 we-did: It is warm now")
    talk.do(PRIYA, "/yousaid approve L1 1")
    talk.do(SAM, "/yousaid told L1 to: the public where: website on: today")
    before = talk.do(SAM, "/yousaid show L1")

    said = talk.do(SAM, "/yousaid cannot L1 because the boiler broke again")

    told = "> Told before, of what was said then: the public (website, Monday 1 June)."
    assert (told in said, "[Drafts to copy]" in before) == (True, True)
    assert "[Drafts to copy]" not in talk.do(SAM, "/yousaid show L1")


def test_draft_says_that_newer_words_wait(talk: Conversation) -> None:
    talk.do(SAM, "/yousaid words L1 we-did: It is warm now")
    talk.do(PRIYA, "/yousaid approve L1 1")
    talk.do(SAM, "/yousaid words L1 we-did: It is warm in winter too")

    assert "Newer words wait for approval: /yousaid approve L1" in talk.do(SAM, "/yousaid draft L1")


def test_approver_is_of_the_organisation_that_did_it(talk: Conversation) -> None:
    talk.do(PRIYA, "/partner approvers add Jo Bell")
    talk.do(SAM, "/yousaid words L1 we-did: It is warm now.")

    theirs = talk.say(JO, "/yousaid approve L1 1")
    member = talk.say(TOM, "/yousaid approve L1 1")

    assert theirs.startswith("An approver of Fellside Hospitals approves these words: Priya Shah.")
    assert member.startswith("An approver of Fellside Hospitals approves these words: Priya Shah.")


def test_approver_sees_it_just_as_it_will_appear(talk: Conversation) -> None:
    talk.do(SAM, "/yousaid words L1 we-did: It is warm now.")
    seen = talk.do(PRIYA, "/yousaid approve L1")
    talk.do(PRIYA, "/yousaid approve L1 1")
    draft = talk.do(SAM, "/yousaid draft L1")

    shown, drafted = (
        text.partition("On a web page")[2].partition("Reading age")[0] for text in (seen, draft)
    )
    assert (
        shown
        == drafted
        == (
            "\n\nYou said\nThe waiting room is too cold.\n\nWe did\nIt is warm now.\n\n"
            "In a newsletter\n\nYou said: The waiting room is too cold. We did: It is warm now.\n\n"
            "As a post (63 of 280 characters)\n\n"
            "You said: The waiting room is too cold.\nWe did: It is warm now.\n\n"
        )
    )


def test_approver_rewords_without_touching_what_was_recorded(talk: Conversation) -> None:
    talk.do(SAM, "/yousaid words L1 we-did: Heaters X7.")
    form = talk.do(PRIYA, "/yousaid reword L1")
    unseen = talk.say(PRIYA, "/yousaid reword L1 we-did: It is warm.")
    talk.fill(PRIYA, "yousaid reword", loop="L1", version="1", **{"we-did": "It is warm now."})

    assert "What came of it, as the public reads it: Heaters X7." in form
    assert unseen.startswith("Which version? What you have not seen is not approved.")
    assert wordings(talk) == [(1, "withdrawn", "Heaters X7."), (2, "approved", "It is warm now.")]
    assert "What came of it: done: Two heaters of type X7 were put in" in talk.do(SAM, "/yousaid show L1")
    assert "It is warm now." in talk.do(SAM, "/yousaid draft L1")


def test_post_of_its_own_is_left_out_with_a_word_when_the_answer_changes(talk: Conversation) -> None:
    talk.do(SAM, "/yousaid words L1 post: Warm at last!")
    same = talk.do(SAM, "/yousaid words L1 you-said: The waiting room is too cold")
    again = talk.do(SAM, "/yousaid words L1 we-did: It is hot now.")
    later = talk.do(SAM, "/yousaid words L1 we-did: It is warm now.")
    talk.do(SAM, "/yousaid words L1 post: Warm at last!")
    reworded = talk.do(PRIYA, "/yousaid reword L1 5 we-did: It is cosy now.")

    left_out = "The post that was written for the words before is left out"
    assert left_out not in same
    assert "Warm at last!" in same
    assert left_out in again
    assert left_out not in later
    assert left_out in reworded
    assert "As a post (63 of 280 characters)\n\nYou said: The waiting room is too cold.\n" in reworded
    assert "We did: It is cosy now." in reworded


def test_late_click_approves_nothing_that_was_not_seen(talk: Conversation) -> None:
    talk.do(SAM, "/yousaid words L1 we-did: It is warm now.")
    talk.do(SAM, "/yousaid words L1 we-did: It is hot now.")

    said = talk.say(PRIYA, "/yousaid approve L1 1")

    assert said.startswith("Version 1 of L1 is not the one that waits: there are newer words.")
    assert wordings(talk) == [(1, "withdrawn", "It is warm now."), (2, "waiting", "It is hot now.")]


def test_later_words_need_approval_again_and_the_approved_ones_stay(talk: Conversation) -> None:
    talk.do(SAM, "/yousaid words L1 we-did: It is warm now.")
    talk.do(PRIYA, "/yousaid approve L1 1")
    talk.do(SAM, "/yousaid words L1 we-did: It is cosy now.")
    talk.do(SAM, "/yousaid edit L1 said: It is freezing")

    draft = talk.do(SAM, "/yousaid draft L1")

    assert "It is warm now." in draft
    assert "cosy" not in draft
    assert "freezing" not in draft
    assert wordings(talk) == [(1, "approved", "It is warm now."), (2, "waiting", "It is cosy now.")]


def test_new_outcome_has_no_approved_words(talk: Conversation) -> None:
    talk.do(SAM, "/yousaid words L1 we-did: It is warm now.")
    talk.do(PRIYA, "/yousaid approve L1 1")
    talk.do(SAM, "/yousaid partly L1 One of them broke on: today")

    assert talk.say(SAM, "/yousaid draft L1").startswith("No words of L1 are approved for what came of it.")


def test_kept_promise_needs_other_words(talk: Conversation) -> None:
    talk.do(SAM, "/yousaid add The signs are small group: carers")
    talk.do(SAM, "/yousaid plan L2 Put up bigger signs due: end of June")
    talk.do(SAM, "/yousaid words L2 we-did: Bigger signs come in June.")
    talk.do(PRIYA, "/yousaid approve L2 1")
    promised = talk.do(SAM, "/yousaid draft L2 post")
    talk.do(SAM, "/action done A1")

    assert "We will: Bigger signs come in June." in promised
    assert talk.say(SAM, "/yousaid draft L2").startswith("No words of L2 are approved for what came of it.")


def test_words_that_are_sent_back_come_with_why(talk: Conversation) -> None:
    talk.do(SAM, "/yousaid words L1 we-did: It is warm now.")
    talk.do(PRIYA, "/yousaid return L1 because the carers want the date")

    talk.until("2020-06-03 10:00")

    heard = "\n".join(seen.text for seen in talk.to(f"@{SAM}"))
    assert "Priya Shah sent back the words for the public about L1" in heard
    assert "the carers want the date" in heard
    assert wordings(talk) == [(1, "sent back", "It is warm now.")]


def test_approver_is_asked_at_once_and_after_two_and_five_working_days(talk: Conversation) -> None:
    talk.do(SAM, "/yousaid words L1 we-did: It is warm now.")

    talk.until("2020-07-01 10:00")

    asked = [seen.day for seen in talk.to(f"@{PRIYA}") if "1 text to approve" in seen.text]
    assert asked == ["2 Jun 2020", "3 Jun 2020", "8 Jun 2020"]


def test_owner_is_left_in_peace_while_words_wait(talk: Conversation) -> None:
    talk.until("2020-06-12 10:00")
    talk.do(SAM, "/yousaid words L1 we-did: It is warm now.")

    talk.until("2020-06-18 10:00")
    while_waiting = [seen.day for seen in talk.to(f"@{SAM}") if "not told yet" in seen.text]
    talk.do(PRIYA, "/yousaid approve L1 1")
    talk.until("2020-08-01 10:00")

    after = [seen.day for seen in talk.to(f"@{SAM}") if "not told yet" in seen.text]
    assert (while_waiting, after) == ([], ["19 Jun 2020", "26 Jun 2020"])


def test_coordinator_hears_that_nobody_can_approve(talk: Conversation) -> None:
    talk.do(SAM, "/yousaid add Buses are late group: carers asked: Jo Bell")
    talk.do(JO, "/yousaid cannot L2 because the road is closed")
    said = talk.do(JO, "/yousaid words L2 we-did: The road is closed.")

    talk.until("2020-06-02 10:00")

    assert "Nobody can approve it yet: an approver at Westmere County Council" in said
    heard = talk.to(f"@{PRIYA}")[-1].text
    assert "nobody at Westmere County Council can approve them: /partner approvers add @someone" in heard


def test_post_that_is_too_long_is_asked_for(talk: Conversation) -> None:
    long = "We moved the chairs and put in heaters. " * 8

    said = talk.say(SAM, f"/yousaid words L1 we-did: {long}")
    talk.do(SAM, f"/yousaid words L1 we-did: {long} post: The waiting room is warm now.")

    assert said.startswith("Made from the two, the post has 367 characters; 280 fit.")
    assert "(29 of 280 characters)" in talk.do(PRIYA, "/yousaid approve L1")


def test_long_sentences_and_the_reading_age_are_shown(talk: Conversation) -> None:
    long = "We have " + "really " * 24 + "tried."

    said = talk.do(SAM, f"/yousaid words L1 we-did: {long} post: We tried.")

    assert "Sentences of more than 25 words:" in said
    assert f"- {long}" in said
    assert "Reading age: about" in said


# --- holds ------------------------------------------------------------------------------------------


def test_hold_stops_drafts_and_says_by_whom_and_until_when(talk: Conversation) -> None:
    talk.do(SAM, "/yousaid words L1 we-did: It is warm now.")
    talk.do(PRIYA, "/yousaid approve L1 1")
    talk.do(PRIYA, "/hold add election from today to 8 June")
    held = talk.do(SAM, "/yousaid draft L1")
    talk.do(PRIYA, "/hold override H1 L1 because it is about safety")
    out = talk.do(SAM, "/yousaid draft L1")

    assert held.startswith(
        "L1 cannot be published now: it is held by Priya Shah (election) until Monday 8 June."
    )
    assert "warm" not in held
    assert "It is warm now." in out


def test_what_was_held_is_offered_again_when_the_hold_ends(talk: Conversation) -> None:
    talk.do(SAM, "/yousaid words L1 we-did: It is warm now.")
    talk.do(PRIYA, "/yousaid approve L1 1")
    talk.do(PRIYA, "/hold add election from today to 8 June")
    talk.do(SAM, "/yousaid draft L1")

    talk.until("2020-06-10 10:00")

    assert any(
        "L1" in seen.text and "hold" in seen.text for seen in talk.to(f"@{PRIYA}") if seen.when.day == 9
    )


# --- documents --------------------------------------------------------------------------------------


def documents(talk: Conversation) -> tuple[str, list[dict[str, str]]]:
    """The words of the Word document, and the rows of the sheet."""
    made = files(talk)
    word = next(content for name, content in made.items() if name.endswith(".docx"))
    sheet = next(content for name, content in made.items() if name.endswith(".csv"))
    with ZipFile(io.BytesIO(word)) as archive:
        words = archive.read("word/document.xml").decode("utf-8")
    return words, list(csv.DictReader(io.StringIO(sheet.decode("utf-8-sig"))))


def test_export_holds_what_was_approved_and_counts_the_rest(talk: Conversation) -> None:
    talk.do(SAM, "/yousaid words L1 we-did: It is warm now.")
    talk.do(PRIYA, "/yousaid approve L1 1")
    talk.do(SAM, "/yousaid told L1 to: carers where: their meeting on: today")
    talk.do(SAM, "/yousaid add =HYPERLINK sums are hard group: =carers")
    talk.until("2020-07-03 10:00")

    said = talk.do(SAM, "/yousaid export last quarter")

    words, rows = documents(talk)
    assert said.startswith("What people said in Q1 2020/21, and what came of it: Word document (")
    assert "It is warm now." in words
    assert "HYPERLINK" not in words
    assert [(r["Number"], r["Stands"], r["What came of it"], r["Words"]) for r in rows] == [
        ("L1", "Closed", "It is warm now.", "approved"),
        ("L2", "Not asked yet", "", "not approved for publication"),
    ]
    assert rows[0]["Told on"] == "2020-06-01"
    assert rows[1]["Said by"] == ""


def test_export_of_a_time_in_which_nothing_was_said_says_so(talk: Conversation) -> None:
    assert talk.say(SAM, "/yousaid export May 2019").startswith(
        "Nothing that was said in May 2019 is logged."
    )


# --- what was found by those who tried to get round it ----------------------------------------------


def test_number_of_a_version_is_not_given_twice(talk: Conversation) -> None:
    talk.do(SAM, "/yousaid words L1 we-did: Two heaters.")
    talk.do(SAM, "/yousaid undo")
    talk.do(SAM, "/yousaid words L1 we-did: Never seen words.")

    assert talk.say(PRIYA, "/yousaid approve L1 1").startswith("Version 1 of L1 is not the one that waits")
    assert wordings(talk) == [(2, "waiting", "Never seen words.")]


def test_author_cannot_bring_an_approval_back(talk: Conversation) -> None:
    talk.do(PRIYA, "/partner approvers add Sam Okafor")
    talk.do(PRIYA, "/yousaid words L1 we-did: It is warm now.")
    talk.do(SAM, "/yousaid approve L1 1")
    talk.do(SAM, "/yousaid undo")
    again = next(b.line for b in buttons(talk.answer.messages[0]) if b.label == "Undo the undo")

    said = talk.say(PRIYA, again)

    assert said.startswith("That is for an approver who did not write the words.")
    assert talk.say(SAM, "/yousaid draft L1").startswith("The words of L1 wait for approval")


def test_words_that_nothing_is_about_any_more_are_asked_of_nobody(talk: Conversation) -> None:
    talk.do(SAM, "/yousaid words L1 we-did: It is warm now.")
    talk.do(SAM, "/yousaid cannot L1 because the heaters broke")

    asked = talk.do(PRIYA, "/me")
    talk.until("2020-07-01 10:00")

    assert asked.startswith("Nothing waits on you, Priya Shah.")
    assert wordings(talk) == [(1, "withdrawn", "It is warm now.")]
    spoken = [seen.day for seen in talk.to(f"@{SAM}") if "carers not told yet" in seen.text]
    assert spoken == ["15 Jun 2020", "22 Jun 2020"]


def test_loop_whose_words_wait_stands_in_me(talk: Conversation) -> None:
    talk.do(SAM, "/yousaid words L1 we-did: It is warm now.")

    assert "- L1 The waiting room is too cold (carers): done; carers not told yet" in talk.do(SAM, "/me")


def test_peace_ends_when_the_approvers_were_asked_for_the_last_time(talk: Conversation) -> None:
    talk.do(SAM, "/yousaid words L1 we-did: It is warm now.")

    talk.until("2020-08-01 10:00")

    spoken = [seen.day for seen in talk.to(f"@{SAM}") if "carers not told yet" in seen.text]
    assert spoken == ["15 Jun 2020", "22 Jun 2020"]


def test_telling_the_public_says_what_is_to_be_thought_of(talk: Conversation) -> None:
    bare = talk.do(SAM, "/yousaid told L1 to: the public where: website on: today")
    talk.do(PRIYA, "/hold add election from today to 8 June")
    held = talk.do(SAM, "/yousaid told L1 to: the public where: poster on: today")

    assert "No words for the public were approved for this." in bare
    assert "On that day it was held by Priya Shah (election) until Monday 8 June." in held


def test_show_says_how_the_words_for_the_public_stand(talk: Conversation) -> None:
    talk.do(SAM, "/yousaid words L1 we-did: It is warm now.")
    waiting = talk.do(SAM, "/yousaid show L1")
    talk.do(PRIYA, "/yousaid return L1 because the date is missing")
    back = talk.do(SAM, "/yousaid show L1")

    assert "Words, version 1: by Sam Okafor, waiting for approval: It is warm now." in waiting
    assert "Words, version 1: sent back by Priya Shah: the date is missing: It is warm now." in back
