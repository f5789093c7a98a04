"""All that is said in a lively week of the sample can be sent to Slack."""

from bot import local
from bot.clock import Clock
from bot.sample import TEAM, load
from messages.form import Form
from messages.message import Message
from messages.pieces import split
from messages.slack import as_slack
from messages.slack_forms import as_answer, as_home, as_modal, errors_of, read_modal
from storage.db import Database
from storage.partnerships import workspace
from tests.conversation import COMMANDS, Conversation, at
from tests.messages.slack_reader import check_payload, check_view, words

LINES = """
/help
/help action
/help action add
/action list
/action add
/action add due: friday
/action add Stand by Morecambe due: friday owner: Jo Bell
/action show A1
/action edit A1
/action note A1 Talked it over <!channel>
/action snooze A1
/action snooze A2 until: next friday
/action waiting A1 for: the board until: next friday
/action hand A4 Jo Bell
/action accept A11
/action done A9 printed
/action reopen A9
/action drop A7 not needed
/action review
/action review all
/action review A5 running
/action list all
/action list waiting
/objective list
/partner show
/partner people
/partner roles
/partner teams
/partner organisations
/partner closures
/partner coordinators
/schedule list
/schedule coming
/schedule set me hour: 09:30
/plan sent
/plan why
/me
/nonsense
/action dune A1
"""


def lively(db: Database) -> list[Message]:
    """Every message that somebody saw."""
    load(db, COMMANDS, at("2026-06-15 08:00"))
    with db.everywhere() as session:
        found = workspace(session, local.NAME, TEAM)
    assert found is not None
    talk = Conversation(db, found, Clock(at("2026-06-15 08:00")))
    talk.until("2026-06-16 12:00")
    answers: list[Message] = []
    for line in LINES.strip().splitlines():
        talk.say("Priya Shah", line, "#comms")
        answers += talk.answer.messages
    talk.fill("Priya Shah", "action add", what="", due="someday")
    answers += talk.answer.messages
    talk.until("+9d")
    return answers + [seen.shown.message for seen in talk.seen]


def test_slack_takes_all_that_the_sample_says(sqlite: Database) -> None:
    said = lively(sqlite)

    assert len(said) > 60
    for message in said:
        assert split(message) == (message,)
        check_payload(as_slack(message))
        check_view(as_answer(message))
        check_view(as_home(message))


def test_slack_opens_the_forms_of_the_sample(sqlite: Database) -> None:
    forms = [
        message for message in lively(sqlite) if any(isinstance(block, Form) for block in message.blocks)
    ]

    assert len(forms) > 4
    for message in forms:
        view = as_modal(message)
        check_view(view)
        assert set(errors_of(message)) <= set(read_modal(view))
    assert words(as_modal(forms[-1])["blocks"][0]).startswith("Nothing is saved yet.")
