"""The registry: what is in the folder is a command, and is read when it is first asked for."""

import subprocess
import sys
from pathlib import Path

import pytest

from commands.base import CommandError
from commands.registry import discover

LOADED = """
import sys
from commands.registry import discover
registry = discover()
registry.find("/me")
print(*sorted(name for name in sys.modules if name in ("commands.me", "commands.partner", "alembic")))
"""


def test_command_is_read_when_it_is_first_asked_for() -> None:
    root = Path(__file__).parents[2]
    ran = subprocess.run([sys.executable, "-c", LOADED], cwd=root, capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["commands.me"]


def refusal(line: str) -> CommandError:
    with pytest.raises(CommandError) as error:
        discover().find(line)
    return error.value


@pytest.mark.parametrize("name", ["base", "errors", "grammar", "registry", "when"])
def test_file_without_verbs_is_no_command(name: str) -> None:
    registry = discover()
    assert name not in registry.commands
    with pytest.raises(CommandError, match="I do not know"):
        registry.find(f"/{name} add")


def test_commands_are_listed_by_name() -> None:
    commands = discover().commands
    assert [commands[name].name for name in commands] == list(commands)
    assert len(commands) == len(list(commands))


def test_shortcuts_are_verbs_that_take_a_text() -> None:
    found = {
        verb.terms.shortcut: (verb.path, verb.takes and verb.takes.name) for verb in discover().shortcuts()
    }

    assert found == {
        "Log as action": ("action add", "what"),
        "Add to an action": ("action note", "text"),
        "Log what people said": ("yousaid add", "what"),
        "Add to what people said": ("yousaid note", "text"),
    }


@pytest.mark.parametrize(
    ("line", "path", "words"),
    [
        ("done A9", "action done", "A9"),
        ("Undo", "undo", ""),
        ("/yousaid L4", "yousaid show", "L4"),
        ("/action a9", "action show", "a9"),
        ("/comms undo E5", "undo", "E5"),
        ("@commsbot show A9", "action show", "A9"),
        ("edit A9 due: 12 June", "action edit", "A9 due: 12 June"),
        ("note A9 text: Ring first", "action note", "A9 text: Ring first"),
        ("not ours A9", "action not ours", "A9"),
        ("list mine", "action list", "mine"),
        ("Away 3 August to 14 August", "partner away", "3 August to 14 August"),
        ("set me hour: 09:30", "schedule set", "me hour: 09:30"),
        ("why?", "plan why", ""),
        ("me", "me", ""),
    ],
)
def test_command_may_be_left_out_where_it_is_clear(line: str, path: str, words: str) -> None:
    verb, after = discover().find(line)

    assert (verb.path, after) == (path, words)


@pytest.mark.parametrize(
    ("line", "wrong", "instead"),
    [
        (
            "add Photos",
            "I do not know “add”. Did you mean “action add” or “yousaid add” or “hold add”?",
            "/action add Photos",
        ),
        ("edit 2 title: Photos", "Did you mean “action edit” or “objective edit”?", "/action edit 2"),
        (
            "list",
            "Did you mean “action list” or “yousaid list” or “hold list”?",
            "/action list",
        ),
        (
            "done A9 The posters are up",
            "I do not know “done”. Did you mean “action done”?",
            "/action done A9 The posters are up",
        ),
        ("close A9", "I do not know “close”. Did you mean “action done”?", "/action done A9"),
        ("done by Friday then", "I do not know what to do with that.", "/action add done by Friday then"),
        (
            "Done 3 posters: all hung up",
            "I do not know what to do with that.",
            "/action add Done 3 posters: all hung up",
        ),
        ("Drop A6 size: no", "Did you mean “action drop”?", "/action drop A6 size: no"),
        (
            "Teams add value to our work",
            "Did you mean “partner teams add”?",
            "/partner teams add value to our work",
        ),
        ("Set up a stall", "I do not know what to do with that.", "/action add Set up a stall"),
        ("Sent the leaflet out", "I do not know what to do with that.", "/action add Sent the leaflet out"),
    ],
)
def test_command_that_was_left_out_is_asked_back_where_it_is_not_clear(
    line: str, wrong: str, instead: str
) -> None:
    said = refusal(line)

    assert wrong in said.wrong
    assert said.line.startswith(instead)


@pytest.mark.parametrize(
    ("line", "wrong", "instead"),
    [
        (
            "/action Send the flyer by Friday",
            "/action has no “Send”. Did you mean “add”?",
            "/action add Send the flyer by Friday",
        ),
        (
            "/action Update the website\nby Friday",
            "/action has no “Update”. Did you mean “add”?",
            "/action add Update the website by Friday",
        ),
        ("/action Hang posters in wards", "Did you mean “add”?", "/action add Hang posters in wards"),
        ("/objective Hear from young people", "Did you mean “add”?", "/objective add Hear from young people"),
        ("/action update A9 due: 12 June", "Did you mean “edit”?", "/action edit A9 due: 12 June"),
        ("/action lsit mine and late", "Did you mean “list”?", "/action list mine and late"),
        ("/action send it", "/action has no “send”.", "/help action"),
        ("/partner send the flyer out", "/partner has no “send”.", "/help partner"),
        ("plant", "I do not know “plant”. Did you mean “plan”?", "/plan"),
        ("send", "I do not know “send”.", "/help"),
    ],
)
def test_sentence_after_a_command_is_what_it_could_add_and_no_verb_far_from_it(
    line: str, wrong: str, instead: str
) -> None:
    said = refusal(line)

    assert wrong in said.wrong
    assert said.line == instead


@pytest.mark.parametrize(
    ("line", "wrong", "instead"),
    [
        ("how do I log something?", "I cannot answer questions", "/help"),
        ("How do I change my due date?", "I cannot answer questions", "/help"),
        ("@commsbot what’s due this week?", "“help” shows which; this shows what waits on you:", "/me"),
        ("/comms what's mine?", "this shows what waits on you:", "/me"),
        ("Which are\nmy actions ?!", "this shows what waits on you:", "/me"),
        ("/action what is going on?", "/action has no “what”.", "/help action"),
        ("Hi", "Always glad to help.", "/help"),
        ("thanks!", "Always glad to help.", "/help"),
        ("@commsbot thank you very much", "Always glad to help.", "/help"),
        ("Thank all the volunteers", "To log it:", "/action add Thank all the volunteers"),
        ("Thanks to all by 12 June", "To log it:", "/action add Thanks to all by 12 June"),
        ("show me what is due?", "this shows what waits on you:", "/me"),
        ("close A9?", "Did you mean “action done”?", "/action done A9?"),
        ("I'm on leave next Thursday", "To note when you are away:", "/partner away next Thursday"),
        ("I’ll be out of the office\non Friday.", "you are away:", "/partner away Friday"),
        ("@commsbot annual leave 10 to 14 June", "you are away:", "/partner away 10 to 14 June"),
        ("I am off sick", "To note when you are away:", "/partner away today"),
        ("On holiday leaflets we agree", "To log it:", "/action add On holiday leaflets we agree"),
        ("I am off the list of speakers", "To log it:", "/action add I am off the list of speakers"),
        ("I'm away the week of 8 June", "you are away:", "/partner away the week of 8 June"),
    ],
)
def test_question_greeting_or_leave_is_shown_the_way_and_is_nothing_to_log(
    line: str, wrong: str, instead: str
) -> None:
    said = refusal(line)

    assert wrong in said.wrong
    assert said.line == instead
