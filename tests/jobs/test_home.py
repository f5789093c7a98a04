"""Home: what somebody finds on their page, whatever their day looks like."""

from datetime import date

import pytest

from bot import door, local
from jobs.home import home
from messages.message import Message
from messages.slack_forms import as_home
from messages.text import as_text
from storage.actions import Action, ActionOwner
from storage.db import Database, add
from storage.directory import Directory
from storage.events import record
from storage.partnerships import Workspace, found
from storage.people import Person, people
from tests.conversation import Conversation, at, start
from tests.messages.slack_reader import check_view, words

SAM, JO, PRIYA = "Sam Okafor", "Jo Bell", "Priya Shah"


@pytest.fixture
def talk(sqlite: Database) -> Conversation:
    """Monday 1 June 2020, eight o'clock."""
    return start(sqlite, "2020-06-01 08:00")


def page_of(talk: Conversation, name: str) -> Message:
    with talk.db.reading(talk.workspace.partnership_id) as session:
        person = next(person for person in people(session) if person.name == name)
        return home(session, Directory(session), person, talk.clock.now())


def lines_of(talk: Conversation, name: str) -> list[str]:
    return [line for line in as_text(page_of(talk, name)).splitlines() if line]


def section(lines: list[str], heading: str, until: str) -> list[str]:
    return lines[lines.index(heading) + 1 : lines.index(until)]


def test_page_of_somebody_new_says_what_to_do_first(talk: Conversation) -> None:
    talk.do(PRIYA, "/action add Print the map owner: Priya")

    said = as_text(page_of(talk, SAM))

    assert "Nothing waits on you today, Sam Okafor." in said
    assert "You own no action yet. Log one: /action add Refresh the newsletter due: end of June" in said


def test_what_is_late_and_due_comes_before_what_is_only_owned(talk: Conversation) -> None:
    for line in (
        "Print the map due: 29 May 2020",
        "Count the chairs due: 1 June",
        "Tell stories due: ongoing",
    ):
        talk.do(SAM, f"/action add {line}")

    lines = lines_of(talk, SAM)

    assert section(lines, "Late", "What else you own") == [
        "A1 Print the map",
        "Was due Friday 29 May",
        "[Done] /action done A1",
        "[Snooze] /action snooze A1",
        "[Note] /action note A1",
        "Due within ten working days",
        "A2 Count the chairs",
        "Due Monday 1 June",
        "[Done] /action done A2",
        "[Snooze] /action snooze A2",
        "[Note] /action note A2",
    ]
    assert [line.split()[1] for line in section(lines, "What else you own", "What happens next")] == ["A3"]


def test_what_presses_is_shown_for_the_first_few_and_counted(talk: Conversation) -> None:
    for number in range(12):
        talk.do(SAM, f"/action add Number {number} due: 1 June")

    lines = lines_of(talk, SAM)

    assert sum(line.startswith("[Done]") for line in lines) == 8
    assert "And 4 more: /me" in lines


def test_offers_and_reviews_are_asked_on_the_page(talk: Conversation) -> None:
    talk.do(SAM, "/action add Film a message owner: Jo Bell")

    assert "[Accept]" in as_text(page_of(talk, JO))


def test_what_is_owned_stands_by_plan_under_its_objective(talk: Conversation) -> None:
    talk.do(PRIYA, "/objective add Hear people")
    talk.do(PRIYA, "/objective add Tell people")
    talk.do(SAM, "/action add Print the map objective: 2")
    talk.do(SAM, "/action add Ask the wards objective: 1")
    talk.do(SAM, "/action add Buy paper")

    found = section(lines_of(talk, SAM), "All that you own", "What happens next")

    assert [line if not line.startswith("-") else line.split()[1] for line in found] == [
        "1. Hear people",
        "A2",
        "2. Tell people",
        "A1",
        "Toward no objective",
        "A3",
    ]


def test_what_was_sent_is_shown_with_its_reason(talk: Conversation) -> None:
    talk.do(SAM, "/action add Print the map due: 2 June")
    talk.until("2020-06-02 10:00")

    lines = lines_of(talk, SAM)

    assert lines[lines.index("What was sent to you") + 1].startswith(
        "- Tuesday 2 June: 1 due today. Why: A1: due Tuesday 2 June; spoken of on the day. /plan why P2"
    )


def test_what_happens_next_names_the_day_and_the_place(talk: Conversation) -> None:
    talk.do(SAM, "/action add Print the map due: 12 June")

    found = section(lines_of(talk, SAM), "What happens next", "What was sent to you")

    assert [line.partition(":")[2].strip() for line in found] == [
        "what is due is said to you here, if there is anything",
        "what is due is said in #hospitals, if there is anything",
    ]


def test_paused_reminders_are_said_to_be_so(talk: Conversation) -> None:
    talk.do(SAM, "/schedule pause me")
    talk.do(SAM, "/schedule pause #hospitals")

    assert "Nothing is said to you by itself." in as_text(page_of(talk, SAM))


def test_coordinator_of_a_plan_that_is_not_set_up_is_shown_the_first_steps(sqlite: Database) -> None:
    with sqlite.writing(0, at=at("2020-06-01 10:00")) as session:
        found(session, "Fell and Bay", session.at)
        workspace = add(session, Workspace(platform=local.NAME, external="local"))
        for name, permission in ((PRIYA, "coordinator"), (SAM, "member")):
            door.welcome(session, workspace, Person(name=name, permission=permission), f"@{name}")
        record(session, "founded", "partnership")
        directory = Directory(session)
        pages = {
            person.name: as_text(home(session, directory, person, session.at)) for person in people(session)
        }

    assert "To begin with" in pages[PRIYA]
    assert "/invite @Commsbot" in pages[PRIYA]
    assert "Does another workspace have the plan already?" in pages[PRIYA]
    assert "To begin with" not in pages[SAM]


def test_steps_that_were_taken_are_marked_and_gone_when_all_are(talk: Conversation) -> None:
    before = as_text(page_of(talk, PRIYA))
    talk.do(SAM, "/action add Print the map")

    assert "Done: Say which organisations share the plan" in before
    assert "- Log the first action" in before
    assert "To begin with" not in as_text(page_of(talk, PRIYA))


def test_page_of_somebody_who_has_left_can_still_be_made(talk: Conversation) -> None:
    talk.do(PRIYA, "/action add Print the map owner: Sam due: 29 May 2020")
    talk.do(PRIYA, "/partner people leave Sam Okafor")

    assert as_text(page_of(talk, SAM)).startswith("Fell and Bay")


def test_page_with_three_hundred_actions_has_room_and_says_what_is_left_out(talk: Conversation) -> None:
    for number in range(1, 8):
        talk.do(PRIYA, f"/objective add Objective {number}")
    with talk.db.writing(talk.workspace.partnership_id, at=talk.clock.now()) as session:
        sam = next(person for person in people(session) if person.name == SAM)
        for number in range(1, 301):
            objective_id = 1 + number % 7
            action = Action(
                number=number, title=f"Action {number}", objective_id=objective_id, giver_id=sam.id,
                logged_on=date(2020, 6, 1),
            )  # fmt: skip
            mine = ActionOwner(
                action_id=add(session, action).id, position=0, person_id=sam.id, since=session.at
            )
            add(session, mine)
        record(session, "added", "A300")
    page = page_of(talk, SAM)

    view = as_home(page)

    check_view(view)
    assert len(view["blocks"]) <= 100
    assert "more: /action list mine" in words(view["blocks"])
