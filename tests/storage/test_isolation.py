"""Isolation: whatever is typed, pressed or filled in, no partnership learns or changes another's things."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from sqlmodel import col, select

from commands.registry import Verb
from storage import chat, files, installs, sign_ins
from storage.addresses import addresses
from storage.db import Database
from storage.holds import holds, note_held
from storage.partnerships import Partnership
from storage.row import Owned, Row
from storage.tables import METADATA
from tests.conversation import COMMANDS, Conversation, start

SECRETS = (
    "Zanzibar", "Quagga", "Okapi", "Wombat", "Xylophone", "Numbat", "Jackdaw", "Gherkin", "Yacht", "Marzipan",
)  # fmt: skip
"""Words that only the other partnership uses."""
THEIR_PLAN = """
/partner organisations add Zanzibar Trust short: Zanzibar
/partner people add Quagga Smith at: Zanzibar
/partner roles add Okapi Lead at: Zanzibar
/partner roles hold Okapi Lead to: Quagga Smith
/partner teams add Wombat Team
/objective add Xylophone for all
/partner invite at: Zanzibar
/action add Numbat one objective: 1 owner: Okapi Lead due: 9 June
/action add Numbat two owner: Zanzibar due: June
/action add Numbat three owner: Wombat Team due: 10 June
/action add Numbat four due: ongoing
/action note A1 Jackdaw was here
/action done A2 Gherkin at https://example.org/gherkin
/action add Numbat five owner: me due: 3 June
/action waiting A5 for the Yacht until 9 June
/action done A4
/yousaid add Zanzibar is far away from: Healthwatch group: Okapi friends theme: Yacht asked: Quagga Smith
/yousaid did L1 Xylophone lessons on: today
/yousaid told L1 to: Okapi friends where: Jackdaw news on: today
/yousaid add Gherkin sandwiches are missed group: Numbat keepers
/yousaid add Marzipan is too sweet group: Wombat keepers
/yousaid cannot L3 because Quagga likes it so
/yousaid words L3 we-did: Quagga prefers it
/hold add embargo until: 30 June why: Gherkin
/hold add mourning until: 30 June why: Okapi
/hold override H2 L3 because of the Yacht
/source add Okapi walks weekly
"""
OUR_PLAN = """
/objective add Hear what people say
/partner roles add Comms Chief at: Council
/partner teams add Winter Team
/action add Mend the fence owner: Jo Bell due: 9 June
/action add Share a story due: ongoing
/yousaid add The signs are small
/yousaid add The doors are heavy
/yousaid add The clock is slow
/yousaid cannot L3 because it is old
/hold add embargo until: 30 June
"""
OURS = {
    "action": "A1", "ongoing": "A2", "offered": "A1", "done": "A1", "person": "@Jo.Bell",
    "role": "Comms Chief", "team": "Winter Team", "organisation": "Council", "objective": "1",
    "channel": "#comms", "colleague": "@Jo.Bell", "loop": "L1", "other_loop": "L2", "decided": "L3",
    "told": "L3", "waiting": "L3", "approved": "L3", "hold": "H1",
}  # fmt: skip
THEIRS = {
    "action": "A5", "ongoing": "A4", "offered": "A3", "done": "A2", "person": "@Quagga.Smith",
    "role": "Okapi Lead", "team": "Wombat Team", "organisation": "Zanzibar", "objective": "Xylophone",
    "channel": "#marzipan", "colleague": "@Quagga.Smith", "loop": "L2", "other_loop": "L1", "decided": "L3",
    "told": "L1", "waiting": "L3", "approved": "L1", "hold": "H2",
}  # fmt: skip
BY_HAND = """
/action list all
/action list owner: Okapi Lead
/yousaid list all
/yousaid list all theme: Yacht
/yousaid list Gherkin
/yousaid add Something group: Okapi friends asked: Quagga Smith
/yousaid stats
/action list organisation: Zanzibar
/action show A5
/action add Something owner: <@local:theirs:@Quagga Smith>
/action add Something owner: Quagga Smith, Wombat Team due: 9 June
/action add Something owner: Okap
/action add Something owner: Zanziba
/partner people
/partner roles
/partner teams
/partner organisations
/partner show
/partner roles hold Comms Chief to: Quagga Smith
/partner channel #marzipan for: everyone
/schedule list
/schedule set #marzipan hour: 10:00
/plan sent
/plan sent #marzipan
/plan why
/hold list
/hold show H2
/hold lift H2
/me
/help
/objective list
/source
/source expect Okapi walks every: monthly
/source rename Okapi walks to: Our walks
/source stop Okapi walks
/source add Okapi walk
"""


@pytest.fixture
def theirs(sqlite: Database) -> Conversation:
    """The other partnership: older, with words of its own in every table."""
    talk = start(sqlite, "2020-06-01 09:30", "Marzipan", "theirs")
    for line in THEIR_PLAN.strip().splitlines():
        talk.do("Priya Shah", line, channel="#marzipan")
    talk.do("Jo Bell", "/action add Numbat six owner: Hospitals due: 4 June", channel="#marzipan")
    talk.do("Sam Okafor", "/yousaid check L1 yes Numbat agrees", channel="#marzipan")
    talk.until("2020-06-03 10:00")
    _chat_in_the_browser(talk)
    return talk


def _chat_in_the_browser(talk: Conversation) -> None:
    with talk.db.writing(talk.workspace.partnership_id, at=talk.clock.now()) as session:
        place, person = next((a.id, a.person_id) for a in addresses(session) if a.person_id)
        chat.tell(session, place, "line|1", text="Gherkin is here", author_id=person)
        chat.note_read(session, person, place, 1)
        chat.set_step(session, person, 2)
        files.keep(session, "jackdaw.png", "image/png", b"Marzipan")
        sign_ins.make_link(session, person)
        note_held(session, holds(session)[0], "L3", "draft of the Numbat", talk.clock.now().date())
        installs.keep(session, talk.workspace.id, "Okapi", "commands", "U7")


@pytest.fixture
def ours(theirs: Conversation) -> Conversation:
    talk = start(theirs.db, "2020-06-03 10:00", "Fell and Bay", "ours")
    for line in OUR_PLAN.strip().splitlines():
        talk.do("Priya Shah", line, channel="#comms")
    return talk


def kinds(below: type[Owned] = Owned) -> Iterator[type[Owned]]:
    for kind in below.__subclasses__():
        yield kind
        yield from kinds(kind)


def rows(talk: Conversation) -> dict[str, list[dict[str, Any]]]:
    """Everything that a partnership has."""
    with talk.db.reading(talk.workspace.partnership_id) as session:
        tables: tuple[type[Row], ...] = (Partnership, *kinds())
        found = {k.__name__: list(session.exec(select(k).order_by(col(k.id)))) for k in tables}
        return {name: [row.model_dump() for row in several] for name, several in found.items()}


def numbers(talk: Conversation, table: str) -> list[int]:
    return [row["id"] for row in rows(talk)[table]]


def check(ours: Conversation, lines: list[str], **more: Any) -> None:
    """Type each line as a coordinator and as a member; nothing of theirs is shown to anybody."""
    for line in lines:
        for who in ("Priya Shah", "Jo Bell"):
            before = len(ours.seen)
            answer = ours.say(who, line, channel="#comms", **more)
            shown = [answer, *(seen.text for seen in ours.seen[before:])]
            told = [word for word in SECRETS if any(word in text.replace(line, "") for text in shown)]
            assert [word for word in told if word not in line] == [], (line, shown)


def verbs() -> list[Verb]:
    return [verb for command in COMMANDS.commands.values() for verb in command.verbs.values()]


def test_every_table_of_theirs_is_looked_at(theirs: Conversation) -> None:
    tables = {Partnership.__tablename__, *(kind.__tablename__ for kind in kinds())}

    assert tables == {table.name for table in METADATA.sorted_tables}
    assert {name for name, found in rows(theirs).items() if not found} <= EMPTY


EMPTY = {"Closure", "Leave", "Notice", "Fault", "Review"}
"""Tables that hold nothing of theirs."""


@pytest.mark.parametrize("things", [OURS, THEIRS], ids=["ours", "theirs"])
def test_no_verb_tells_or_changes_anything_of_theirs(
    ours: Conversation, theirs: Conversation, things: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    before = rows(theirs)

    with caplog.at_level(logging.ERROR):
        for verb in verbs():
            check(ours, [verb.line, *(example.format_map(things) for example in verb.terms.examples)])

    assert rows(theirs) == before
    assert [record.message for record in caplog.records] == []


def test_names_and_numbers_of_theirs_mean_nothing_here(ours: Conversation, theirs: Conversation) -> None:
    before = rows(theirs)
    events = [f"{undo} E{n}" for n in numbers(theirs, "Event") for undo in ("/action undo", "/undo")]
    posts = [f"/plan {verb} P{number}" for number in numbers(theirs, "Outbox") for verb in ("why", "resend")]

    check(ours, BY_HAND.strip().splitlines())
    check(ours, [*events, *posts])

    assert rows(theirs) == before


def test_numbers_of_theirs_are_refused(ours: Conversation, theirs: Conversation) -> None:
    lines = [f"{undo} E{n}" for n in numbers(theirs, "Event") for undo in ("/action undo", "/undo")]
    lines += [f"/plan why P{number}" for number in numbers(theirs, "Outbox")]

    for line in lines:
        ours.say("Priya Shah", line)
        assert ours.answer.is_error, line


def test_buttons_on_their_posts_are_refused(ours: Conversation, theirs: Conversation) -> None:
    before, clicks = rows(theirs), {seen.shown.reference for seen in theirs.seen}

    for reference in sorted(clicks):
        said = ours.say(
            "Priya Shah", "/action note A1 Hello", channel="#comms", is_click=True, clicked=reference
        )
        assert "another partnership" in said
    check(ours, ["/action done A1"], is_click=True, clicked=min(clicks))

    assert rows(theirs) == before
    assert "Hello" not in str(rows(ours)["Event"])


def test_forms_offer_nothing_of_theirs(ours: Conversation, theirs: Conversation) -> None:
    before = rows(theirs)

    for verb in verbs():
        fields = {part.name: "Okapi Lead" for part in verb.parts}
        answer = ours.fill("Priya Shah", verb.path, **fields)
        assert [word for word in SECRETS if word in answer and word != "Okapi"] == [], verb.line

    assert rows(theirs) == before
