"""What every command inherits: it has usage, its examples work, and nothing typed breaks it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.clock import Clock
from bot.local import settle_in
from commands.registry import Verb
from storage.db import Database
from storage.partnerships import Workspace
from tests.conversation import COMMANDS, Conversation, at, start
from tests.databases import copied, opened

NOW = "2020-06-01 10:00"

VERBS = [verb for command in COMMANDS.commands.values() for verb in command.verbs.values()]
HOSTILE = (
    "40,000 " + "x" * 40_000,
    "🎉🎉🎉",
    "مرحبا بالعالم",
    "a\x00b\x1b[31m",
    "“curly” ‘quotes’ — and dashes",
    "<!channel> <!here> <@U123>",
    "[x](http://example.org) **bold** `code`",
    "{{ 7*7 }} {% raw %}",
    "A99999999999999999999",
    "31 June",
    "\ud800 half a character",
    "' OR 1=1; --",
    "--- to @Priya Shah",
    "owner: due: with: title: at: to: for: until:",
)


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Workspace]:
    """A partnership with one of everything that an example may name, to be copied for each test."""
    path = tmp_path_factory.mktemp("furnished") / "plan.db"
    db = Database(str(path))
    db.upgrade()
    talk = start(db, NOW)
    for line in (
        "/partner roles add Comms Lead at: Hospitals",
        "/partner roles hold Comms Lead to: Priya Shah",
        "/partner teams add Winter Team",
        "/partner closures add 1 July at: Council",
        "/objective add Close the feedback loop",
        "/action add Refresh the website",
        "/action add Film the open day due: 19 June",
        "/action add Share stories ongoing",
        "/action add Old news",
        "/action done A4",
        "/partner people add Robin Vale",
        "/partner people leave Robin Vale",
        "/yousaid add The waiting room is too cold from: Healthwatch group: carers",
        "/yousaid add Letters are hard to read group: young people",
        "/yousaid add Thank you for the new signs group: carers",
        "/yousaid add It is cold in the waiting room",
        "/hold add embargo until: friday",
        "/hold override H1 L12 because it is safe",
    ):
        talk.do("Priya Shah", line)
    for line in (
        "/yousaid cannot L2 because the letters come from elsewhere",
        "/yousaid thanked L3",
        "/yousaid told L3 to: carers where: their meeting on: today",
        "/yousaid words L2 we-did: The letters come from elsewhere",
        "/yousaid words L3 we-did: They were glad",
    ):
        talk.do("Sam Okafor", line)
    talk.do("Priya Shah", "/yousaid approve L3 1")
    talk.do("Jo Bell", "/action add Lend us a van owner: Hospitals")
    db.close()
    return path, talk.workspace


@pytest.fixture
def talk(furnished: tuple[Path, Workspace]) -> Iterator[Conversation]:
    path, workspace = furnished
    db = opened(str(copied(path)))
    yield Conversation(db, workspace, Clock(at(NOW)))
    db.close()


@pytest.fixture
def alone(sqlite: Database) -> Conversation:
    """A plan that has just begun, with nobody in it yet."""
    clock = Clock(at(NOW))
    return Conversation(sqlite, settle_in(sqlite, "local", clock.now()), clock)


def named(verb: Verb) -> str:
    return verb.path


@pytest.mark.parametrize("verb", VERBS, ids=named)
def test_command_has_usage(talk: Conversation, verb: Verb) -> None:
    said = talk.do("Tom Reed", f"/help {verb.path}")

    assert verb.purpose in said
    assert verb.line in said


TAKEN = {"/partner people add Robin Vale": "/partner people add Kit Ash"}
NOTHING_TO_DO = {
    "partner workspaces remove": "No workspace here is called “Lakeside Hospice”.",
    "partner join": "No invitation has the code “7K2M-9QXT-4WPC”.",
    "plan resend": "There is no post “P1”.",
    "action review rest": "No review is waiting for you",
    "partner back": "No leave is noted for Priya Shah",
    "hold override": "L12 may go out already.",
    "privacy keep": "There is nothing private in E1 any more.",
    "privacy clean": "There is nothing private in E1 any more.",
}


EXAMPLES = [(verb, number) for verb in VERBS for number in range(len(verb.terms.examples))]


@pytest.mark.parametrize(("verb", "number"), EXAMPLES, ids=[f"{v.path} {n}" for v, n in EXAMPLES])
def test_examples_in_help_work_when_pasted(talk: Conversation, verb: Verb, number: int) -> None:
    listed = talk.do("Priya Shah", f"/help {verb.path}").partition("Examples that you can paste:")[2]
    line = [line.removeprefix("- ") for line in listed.splitlines() if line.startswith("- /")][number]

    said = talk.say("Priya Shah", TAKEN.get(line, line))

    assert NOTHING_TO_DO.get(verb.path, "") in said
    assert talk.answer.is_error == (verb.path in NOTHING_TO_DO), f"{line}: {said}"


BY_ITSELF = (
    *("partner workspaces remove", "partner join", "partner people return", "partner back"),
    *("partner closures remove", "plan resend", "action review rest", "action undo", "undo", "yousaid undo"),
    "hold keep",
    *("privacy keep", "privacy clean"),
)
"""About what has happened before; that there is none is the right answer."""


@pytest.mark.parametrize("verb", [verb for verb in VERBS if verb.path not in BY_ITSELF], ids=named)
def test_examples_in_help_work_on_a_new_plan_after_what_help_says_comes_first(
    alone: Conversation, verb: Verb
) -> None:
    said = alone.do("Priya Shah", f"/help {verb.path}")
    for needed in re.findall(r"^> First there has to be .*: (/.*)$", said, re.MULTILINE):
        if not needed.startswith("/help"):
            alone.do("Priya Shah", needed)

    if "> First there has to be a chat channel" not in said and ": /help" not in said:
        alone.do("Priya Shah", re.findall(r"^- (/.*)$", said, re.MULTILINE)[0])


@pytest.mark.parametrize("verb", VERBS, ids=named)
def test_command_answers_empty_input(talk: Conversation, verb: Verb) -> None:
    said = talk.say("Priya Shah", verb.line)

    assert said
    assert "our fault" not in said
    if talk.answer.is_error:
        assert "Try: /" in said


@pytest.mark.parametrize("verb", VERBS, ids=named)
def test_nothing_typed_breaks_it_or_is_lost(talk: Conversation, verb: Verb) -> None:
    numbers = [f"A1 {hostile}" for hostile in HOSTILE]

    for hostile in (*HOSTILE, *numbers):
        said = talk.say("Priya Shah", f"{verb.line} {hostile}")

        assert said
        assert "our fault" not in said, hostile
        if talk.answer.is_error and "40,000" not in hostile:
            assert "Try: /" in said


@pytest.mark.parametrize("verb", VERBS, ids=named)
def test_a_form_filled_with_anything_is_answered(talk: Conversation, verb: Verb) -> None:
    for hostile in HOSTILE:
        fields = dict.fromkeys([part.name for part in verb.parts], hostile)
        said = talk.fill("Priya Shah", verb.path, **fields)

        assert said
        assert "our fault" not in said, hostile


@pytest.mark.parametrize("verb", [v for v in VERBS if v.terms.needs == "coordinator"], ids=named)
def test_command_of_coordinators_is_refused_to_others(talk: Conversation, verb: Verb) -> None:
    said = talk.say("Sam Okafor", verb.terms.examples[0])

    assert said.startswith(f"{verb.line} is for a coordinator")


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("/actoin list", "I do not know “actoin”. Did you mean “action”?"),
        (
            "Send the leaflet to all wards",
            "I do not know what to do with that. To log it:\n\nTry: /action add Send",
        ),
        ("/action lsit mine", "/action has no “lsit”. Did you mean “list”?\n\nTry: /action list mine"),
        ("/action", "What shall I do? /action can: add,"),
        (
            "/partner",
            "What shall I do? /partner can: show, coordinators, approvers, rename, organisations, holidays, "
            "channel, workspaces, invite, join, roles, teams, people, days, link, away, back, closures, "
            "zone, year, reviews.\n\nTry: /help partner",
        ),
        ("/action show A99", "There is no A99 in this plan."),
        ("/action show twelve", "“twelve” is no action's number: they look like A12."),
        ("/action add Print it due: 31 June", "31 June does not exist: June has 30 days."),
        ("/action add Print it owner: Nobody Known", "Nobody and nothing here is called “Nobody Known”."),
        ("/action add Print it due: 1 July due: 2 July", "“due:” is there twice. Give it once."),
        ("/action done A1 A2 A3", "One at a time, please; each can have a line on what changed."),
        ("/help nonsense", "There is no command “nonsense”."),
        ("/partner days Funday", "I cannot read “Funday” as days of the week."),
        ("/schedule set #nowhere hour: 9", "I am in no chat channel “#nowhere”, and no person is called so."),
        ("/schedule set me hour: 25", "I cannot read “25” as a time of day."),
        ("/schedule set me hour: 01:30", "Nobody is spoken to between midnight and 05:00."),
    ],
)
def test_what_is_wrong_is_said_with_a_line_that_works(talk: Conversation, typed: str, answer: str) -> None:
    said = talk.say("Priya Shah", typed)

    assert said.startswith(answer)
    assert "Try: /" in said
