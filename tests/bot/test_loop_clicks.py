"""From asked to checked by the buttons of daily posts and the forms that they open."""

import pytest

from storage.db import Database
from tests.conversation import Conversation, Seen, start

SAM, JO, TOM, PRIYA = "Sam Okafor", "Jo Bell", "Tom Reed", "Priya Shah"


@pytest.fixture
def talk(db: Database) -> Conversation:
    """Monday 1 June 2020: Jo is asked what comes of it that the waiting room is too cold."""
    talk = start(db, "2020-06-01 09:30")
    talk.do(SAM, "/yousaid add The waiting room is too cold group: carers asked: Jo Bell by: 12 June")
    return talk


def post_to(talk: Conversation, who: str, words: str) -> Seen:
    return next(seen for seen in reversed(talk.to(f"@{who}")) if words in seen.text)


def test_buttons_and_forms_lead_from_asked_to_checked(talk: Conversation) -> None:
    talk.until("2020-06-02 09:30")
    form = talk.click(JO, post_to(talk, JO, "asks you what comes of L1"), "We did")
    done = talk.fill(JO, "yousaid did", loop="L1", what="There are two new heaters", on="yesterday")
    talk.until("2020-06-16 09:30")
    where = talk.click(SAM, post_to(talk, SAM, "carers not told yet"), "Told them")
    told = talk.fill(
        SAM, "yousaid told", loop="L1", to="the group", where="their June meeting", on="yesterday"
    )
    talk.until("2020-08-11 09:30")
    agree = talk.click(SAM, post_to(talk, SAM, "do they agree?"), "They agree?")
    checked = talk.fill(SAM, "yousaid check", loop="L1", answer="yes", note="Much warmer, they say")

    assert form.startswith("Say that it was done, with a proof: a link, a day or an action")
    assert done.startswith("L1 is done: The waiting room is too cold")
    assert where.startswith("Record that people were told what came of it: who, where and when")
    assert told.startswith("L1 is closed: carers know what came of it.")
    assert agree.startswith("Record whether those who said it agree")
    assert checked.startswith("L1 is checked: those who said it agree.")


def test_what_is_missing_in_a_form_is_said_at_its_field_and_nothing_is_lost(talk: Conversation) -> None:
    talk.until("2020-06-02 09:30")
    talk.click(JO, post_to(talk, JO, "asks you what comes of L1"), "We did")

    wrong = talk.fill(JO, "yousaid did", loop="L1", what="There are two new heaters")

    assert "What shows that it was done?" in wrong
    assert "There are two new heaters" in wrong
    assert "Jo Bell is asked" in talk.do(SAM, "/yousaid list")


def test_words_are_approved_by_the_buttons_of_the_post(talk: Conversation) -> None:
    talk.do(PRIYA, "/partner approvers add Tom Reed")
    talk.do(JO, "/yousaid cannot L1 because the boiler is old")
    talk.do(JO, "/yousaid words L1 we-did: The boiler is too old.")
    talk.until("2020-06-02 09:30")

    look = talk.click(TOM, post_to(talk, TOM, "1 text to approve"), "Look and approve")
    approved = talk.say(TOM, "/yousaid approve L1 1", is_click=True)

    assert look.startswith("L1: words to approve, version 1")
    assert approved.startswith("L1: the words for the public are approved.")
    assert "You said: The waiting room is too cold." in talk.do(JO, "/yousaid draft L1 post")
