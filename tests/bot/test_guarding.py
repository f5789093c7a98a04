"""Guarding: what is private is refused or asked about, and is in no table and no log line afterwards."""

import logging
from dataclasses import replace
from typing import Annotated

import pytest

from bot import local
from bot.app import App
from bot.door import Heard
from commands.base import Request, Says, verb
from commands.registry import Command, Registry, Verb
from messages.message import Message, Paragraph, Text
from messages.post import HERE, Post
from storage.db import Database, add
from storage.events import record
from storage.objectives import Objective
from tests.canary import where
from tests.conversation import COMMANDS, Conversation, buttons, start

NHS, TELEPHONE = "943 476 5919", "07400 123456"
REFUSED = (
    "There is an NHS number (943 ••• ••••) in that. Such numbers are kept nowhere here, so nothing was saved."
)
TAKEN = "[NHS number taken out]"


@pytest.fixture
def talk(db: Database) -> Conversation:
    """Monday 1 June 2020, ten o'clock."""
    return start(db, "2020-06-01 10:00")


# --- NHS and National Insurance numbers -------------------------------------------------------------


def test_line_with_an_nhs_number_is_refused_and_offered_without_it(talk: Conversation) -> None:
    said = talk.say("Sam Okafor", f"/action add Ring {NHS}\nabout it due: friday", channel="#comms")

    assert said == f"{REFUSED}\n\nTry: /action add Ring {TAKEN}\nabout it due: friday"
    assert (talk.answer.is_error, talk.seen, where(talk.db, "5919")) == (True, [], [])
    assert talk.answer.kept is not None
    assert talk.answer.kept.line == "/action add Ring 943 ••• ••••\nabout it due: friday"


def test_line_that_is_offered_works(talk: Conversation) -> None:
    said = talk.say("Sam Okafor", f"action add Ring {NHS}")

    assert f"A1 is logged: Ring {TAKEN}" in talk.do("Sam Okafor", said.partition("Try: ")[2])


LINES = (
    "/action add Ring {}", "/action list {}", "{}", "{} is her number, what shall I do?", "/actoin add {}",
    "/action {}", "/nonsense {}", "/action show {}", "/action note A1 {}", "/help {}",
    "/action add x due: {}",
    "/action add x due: 1 May due: {}", "/partner people add {}", "/action undo {}",
    "Send {} to all wards please",
    "/action add x owner: {}", "/partner join {}", "/action review all A1 {}",
)  # fmt: skip


@pytest.mark.parametrize("line", LINES)
def test_number_is_in_no_answer_no_table_and_no_log(
    talk: Conversation, caplog: pytest.LogCaptureFixture, line: str
) -> None:
    caplog.set_level(logging.DEBUG)
    for who, number in (("Sam Okafor", NHS), ("Somebody New", "9434765919"), ("Priya Shah", "QQ 12 34 56 C")):
        said = talk.say(who, line.format(number), channel="#comms")

        assert talk.answer.is_error
        assert number not in said
    assert [where(talk.db, tail) for tail in ("5919", "34 56 C")] == [[], []]
    assert [tail for tail in ("5919", "34 56") if tail in caplog.text] == []


def test_stranger_with_a_number_leaves_none(talk: Conversation) -> None:
    talk.say("Kit Ash", f"9434765919 is her number {NHS}", home="elsewhere")

    assert talk.answer.is_error
    assert where(talk.db, "5919") == []
    assert where(talk.db, "refused") != []


def test_reply_for_all_keeps_no_number(talk: Conversation) -> None:
    talk.say("Sam Okafor", "/me", channel="#comms")
    heard = replace(_heard(talk, f"/action add Ring {NHS}"), is_open=True, is_shown=True)
    answer = talk.app.hear(heard, talk.clock.now())

    assert talk.app.reply(heard, answer.messages, talk.clock.now())
    assert answer.messages[0].summary == f"{REFUSED} Your own message still shows it: please delete it there."
    assert where(talk.db, "5919") == []


def _heard(talk: Conversation, line: str) -> Heard:
    return local.heard(talk.workspace, "@Sam Okafor", "#comms", "a mention", line)


def test_form_comes_back_with_the_text_cleaned_and_the_error_there(talk: Conversation) -> None:
    said = talk.fill("Sam Okafor", "action add", what=f"Ring {NHS}", due="12 June")

    assert talk.answer.is_error
    assert f"What is to be done (needed): Ring {TAKEN}" in said
    assert "Not yet: There is an NHS number (943 ••• ••••) in this. It was taken out." in said
    assert "By when: 12 June" in said
    assert (NHS in said, where(talk.db, "5919")) == (False, [])


def test_rows_of_a_form_come_back_cleaned(talk: Conversation) -> None:
    talk.do("Sam Okafor", "/action add Share stories ongoing")
    talk.until("2020-06-16 10:00")
    rows = {"review.A1.state": "changed", "review.A1.line": f"{NHS} is on it"}

    said = talk.fill("Sam Okafor", "action review all", **rows)

    assert f"{TAKEN} is on it" in said
    assert "There is an NHS number (943 ••• ••••) in this. It was taken out." in said
    assert where(talk.db, "5919") == []


def test_form_of_an_unknown_command_is_refused_too(talk: Conversation) -> None:
    said = talk.fill("Sam Okafor", "action nonsense", what=NHS, **{f"x{NHS}": "y"})

    assert said == f"{REFUSED}\n\n> You typed: /action nonsense\n> what: {TAKEN}"


# --- telephone numbers and the like -----------------------------------------------------------------


def test_telephone_number_is_stored_and_asked_about(talk: Conversation) -> None:
    said = talk.do("Sam Okafor", f"/action add Ring Jo on {TELEPHONE}", channel="#comms")

    assert said.endswith(
        "> There is a telephone number (07400 ••••••) in that. It is stored, and whoever reads the plan can"
        " see it. Keep it, or have it taken out?\n\n[Keep] /privacy keep E9\n[Clean] /privacy clean E9"
    )
    assert f"Ring Jo on {TELEPHONE}" in talk.do("Sam Okafor", "/action show A1")


def press(talk: Conversation, label: str, who: str = "Sam Okafor") -> str:
    line = next(b.line for m in talk.answer.messages for b in buttons(m) if b.label == label)
    return talk.say(who, line, is_click=True)


def test_keeping_changes_nothing(talk: Conversation) -> None:
    talk.do("Sam Okafor", f"/action add Ring Jo on {TELEPHONE}")

    assert press(talk, "Keep") == "Kept as it is: a telephone number (07400 ••••••)."
    assert f"Ring Jo on {TELEPHONE}" in talk.do("Sam Okafor", "/action show A1")


def test_cleaning_takes_it_out_everywhere(talk: Conversation) -> None:
    talk.do("Jo Bell", "/action add Ring the printer")
    talk.do("Sam Okafor", f"/action note A1 {TELEPHONE} or jo.bell@example.org, at LA1 4RP", channel="#comms")
    assert where(talk.db, TELEPHONE) == ["event.note", "outbox.message", "outbox.why", "seen.answer"]

    said = press(talk, "Clean")
    talk.beat()

    assert said.startswith(
        "Taken out, wherever the plan had it: a telephone number (07400 ••••••) and an e-mail address"
        " (j•.••••@•••••••.•••) and a postcode (L•• •••)."
    )
    assert [where(talk.db, word) for word in (TELEPHONE, "jo.bell@", "LA1 4RP")] == [[], [], []]
    posts = talk.to("#comms")
    assert [seen.shown.is_edit for seen in posts] == [False, True]
    assert posts[1].text == posts[0].text.replace(TELEPHONE, "[telephone number taken out]").replace(
        "jo.bell@example.org", "[e-mail address taken out]"
    ).replace("LA1 4RP", "[postcode taken out]")


def test_only_whoever_wrote_it_or_a_coordinator_cleans(talk: Conversation) -> None:
    talk.do("Sam Okafor", f"/action add Ring {TELEPHONE}")
    asked = talk.answer

    said = press(talk, "Clean", "Jo Bell")
    talk.answer = asked

    assert said.startswith("Only the person who wrote it, or a coordinator")
    assert press(talk, "Clean", "Priya Shah").startswith("Taken out")
    talk.answer = asked
    assert press(talk, "Clean", "Priya Shah").startswith("There is nothing private in E9 any more.")


def test_rows_are_asked_about_and_cleaned_together(talk: Conversation) -> None:
    talk.do("Sam Okafor", "/action add Share stories ongoing")
    talk.do("Sam Okafor", "/action add Keep the website fresh ongoing")
    talk.until("2020-06-16 10:00")
    rows = {f"review.A{n}.line": f"ring {TELEPHONE[:-1]}{n}" for n in (1, 2)}

    talk.fill("Sam Okafor", "action review all", **rows)
    press(talk, "Clean")

    assert where(talk.db, TELEPHONE[:-1]) == []


def test_who_lists_or_changes_something_else_is_not_asked(talk: Conversation) -> None:
    talk.do("Sam Okafor", f"/action add Ring {TELEPHONE}")

    for line in (
        f"/action list {TELEPHONE}",
        "/action show A1",
        "/action edit A1 due: friday",
        "/action done A1",
    ):
        talk.do("Sam Okafor", line)
        assert [b for m in talk.answer.messages for b in buttons(m) if b.label == "Clean"] == []


def test_link_is_not_asked_about(talk: Conversation) -> None:
    talk.do(
        "Sam Okafor", "/action add Put https://example.org/?q=jo@example.org and mailto:jo@example.org up"
    )

    assert [b for m in talk.answer.messages for b in buttons(m) if b.label == "Clean"] == []


# --- parts that say how strict they are -------------------------------------------------------------


@verb("/say so What people said", needs="member")
def so(
    request: Request,
    said: Annotated[str, Says("What people said", "Parking is dear", long=True, privacy="feedback")],
    *,
    dial_in: Annotated[str, Says("How to dial in", "01524 555123", privacy="contact")] = "",
) -> list[Post]:
    """Note what people said."""
    objective = add(request.session, Objective(number=99, title=f"{said} {dial_in}".strip()))
    record(request.session, "added", f"O{objective.number}")
    message = Message((Paragraph((Text(objective.title),)),))
    return [Post(message), Post(message, HERE)]


@pytest.fixture
def saying(talk: Conversation) -> Conversation:
    command = Command("say", "Say.", {"so": Verb("say", "so", so)}, {})
    talk.app = App(talk.db, Registry({**COMMANDS.commands, "say": command}), talk.app.platforms)
    return talk


def test_feedback_with_a_telephone_number_is_refused_and_offered_without_it(saying: Conversation) -> None:
    said = saying.say(
        "Sam Okafor", f"/say so Ring her on {TELEPHONE} dial-in: 01524 555123", channel="#comms"
    )

    assert said == (
        "There is a telephone number (07400 ••••••) in that. What people said is kept without anything that"
        " tells who they are, so nothing was saved.\n\n"
        "Try: /say so Ring her on [telephone number taken out] dial-in: 01524 555123"
    )
    assert saying.answer.kept is not None
    assert saying.answer.kept.line == "/say so Ring her on 07400 •••••• dial-in: 01524 555123"
    assert where(saying.db, TELEPHONE) == []


def test_telephone_number_to_dial_in_is_at_its_place(saying: Conversation) -> None:
    said = saying.do("Sam Okafor", "/say so Ring her dial-in: 01524 555123")

    assert said == "Ring her 01524 555123"


def test_form_of_feedback_comes_back_with_the_text_cleaned(saying: Conversation) -> None:
    said = saying.fill("Sam Okafor", "say so", said="LA1 4RP: no bus", **{"dial-in": "01524 555123"})

    assert "What people said (needed): [postcode taken out]: no bus" in said
    assert "How to dial in: 01524 555123" in said
    assert "Not yet: There is a postcode (L•• •••) in this. It was taken out." in said
    assert where(saying.db, "LA1 4RP") == []


def test_feedback_in_a_line_that_cannot_be_read_is_refused_all_the_same(saying: Conversation) -> None:
    said = saying.say("Sam Okafor", f"/say so x dial-in: 1 dial-in: 2 {TELEPHONE}")

    assert said.startswith("There is a telephone number (07400 ••••••) in that.")
    assert TELEPHONE not in said
