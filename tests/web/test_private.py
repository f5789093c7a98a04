"""Private things in the browser's chat: what is kept there of what somebody typed."""

from bot.web.talk import NOT_SAID, Outcome
from tests.canary import where
from tests.messages.browser import sent
from tests.web.serving import Served, Visitor

NHS, TELEPHONE = "943 476 5919", "07400 123456"
TAKEN = "[NHS number taken out]"


def test_line_with_a_number_is_kept_masked(served: Served, priya: Visitor) -> None:
    assert priya.say(f"/action add Ring {NHS}") == Outcome(is_error=True)
    assert priya.say(f"@commsbot action add Ring {NHS}") == Outcome(is_error=True)

    lines = [said.words for said in priya.look().messages if said.by == "Priya Shah"]
    assert lines == ["/action add Ring 943 ••• ••••", "@commsbot action add Ring 943 ••• ••••"]
    assert f"/action add Ring {TAKEN}" in priya.page.messages[1].words
    assert where(served.room.db, "5919") == []


def test_words_for_all_with_a_number_are_not_said(served: Served, priya: Visitor) -> None:
    assert priya.say(f"Do you know {NHS}?") == Outcome(is_error=True, is_lost=True, why=NOT_SAID)

    assert priya.look().messages == []
    assert where(served.room.db, "5919") == []


def test_form_with_a_number_stays_without_it(served: Served, priya: Visitor) -> None:
    priya.say("/action add")
    priya.look()

    assert priya.fill(what=f"Ring {NHS}", due="friday") == Outcome(is_error=True)

    filled = dict(sent(priya.look().messages[-1].form))
    assert (filled["field.what"], filled["field.due"]) == (f"Ring {TAKEN}", "friday")
    assert "There is an NHS number (943 ••• ••••) in this." in priya.page.messages[-1].form.text
    assert where(served.room.db, "5919") == []
    assert where(served.room.db, TAKEN) == ["chatmessage.message"]


def test_cleaning_reaches_the_chat_and_the_answer_that_was_clicked(
    served: Served, priya: Visitor, jo: Visitor
) -> None:
    priya.say(f"/action add Ring {TELEPHONE}")
    jo.told("logged A1")
    priya.look()

    assert priya.click("Clean") == Outcome()

    assert where(served.room.db, TELEPHONE) == []
    shown = [said.words for said in priya.look().messages]
    assert shown[0] == "/action add Ring [telephone number taken out]"
    assert "Taken out, wherever the plan had it: a telephone number (07400 ••••••)." in shown[1]
    assert "Ring [telephone number taken out]" in jo.look().messages[0].words


def test_keeping_makes_the_buttons_go(priya: Visitor) -> None:
    priya.say(f"/action add Ring {TELEPHONE}")
    assert {"Keep", "Clean"} <= set(priya.look().messages[1].buttons)

    assert priya.click("Keep") == Outcome()

    assert {"Keep", "Clean"} & set(priya.look().messages[1].buttons) == set()
    assert "Kept as it is: a telephone number (07400 ••••••)." in priya.page.messages[1].words
