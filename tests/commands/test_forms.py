"""Forms: whatever is wrong, all that was filled in comes back, in characters that can be stored."""

from collections.abc import Iterator

import pytest

from bot.door import Heard
from commands.grammar.words import number_in
from messages.form import Field, Form, Option
from storage.db import Database
from tests.conversation import Conversation, start
from tests.storage.test_outages import locked


@pytest.fixture
def talk(sqlite: Database) -> Conversation:
    """Monday 1 June 2020, ten o'clock."""
    return start(sqlite, "2020-06-01 10:00")


@pytest.fixture
def busy(sqlite: Database, sqlite_url: str) -> Iterator[Conversation]:
    """A conversation while somebody else is writing for long."""
    talk = start(sqlite, "2020-06-01 10:00")
    with locked(sqlite_url, talk):
        yield talk


def test_form_without_what_is_needed_comes_back_with_the_error_there(talk: Conversation) -> None:
    said = talk.fill("Sam Okafor", "action add", what=" ", due="12 June")

    assert talk.answer.is_error
    assert "Not yet: Please fill this in." in said
    assert "By when: 12 June" in said


def test_form_with_an_error_of_no_field_gives_all_of_it_back(talk: Conversation) -> None:
    talk.do("Jo Bell", "/action add Print it")
    said = talk.fill("Sam Okafor", "action edit", action="A1", title="Print it\nall", due="12 June")

    assert said.startswith("A1 belongs to Jo Bell")
    assert said.endswith("> You typed: /action edit\n> action: A1\n> title: Print it\n> all\n> due: 12 June")


def test_form_sent_while_the_plan_is_busy_comes_back(busy: Conversation) -> None:
    said = busy.fill("Sam Okafor", "action add", what="Print it", due="")

    assert said.startswith("The plan is busy or out of reach just now. Nothing was changed.")
    assert said.endswith("> You typed: /action add\n> what: Print it")


def test_title_too_long_in_a_form_is_told_at_its_field(talk: Conversation) -> None:
    talk.do("Sam Okafor", "/action add Print it")

    said = talk.fill("Sam Okafor", "action edit", action="A1", title="x" * 2001)

    assert "Not yet: That is 2,001 characters; an action's title may have 2,000." in said


def test_form_with_a_mistake_changes_nothing_even_where_all_else_is_right(talk: Conversation) -> None:
    said = talk.fill("Sam Okafor", "schedule set", address="me", hour="14:00", parts="nonsense")

    assert "Not yet: “nonsense” is none of" in said
    assert "At what time: 14:00" in said
    assert "14:00" not in talk.do("Sam Okafor", "/schedule list")


def test_what_is_filled_in_is_cleaned_as_lines_are(talk: Conversation) -> None:
    assert "A1 is logged: ab" in talk.fill("Sam Okafor", "action add", what="a\x00\ud800b")


def test_people_and_channels_are_met_by_cleaned_names(talk: Conversation) -> None:
    for user, name in (("@U1", "Ro\x00bin"), ("@U2", " ")):
        heard = Heard(f"key {user}", "local", "local", user, name, "/me", channel="#pr\x1bess")
        assert not talk.app.hear(heard, talk.clock.now()).is_error

    people = talk.do("Sam Okafor", "/partner people")
    assert "- Robin, Hospitals" in people
    assert "- U2, Hospitals" in people
    assert "press is everyone's" in talk.do("Priya Shah", "/partner channel #press for: everyone")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12),
        (" 007 ", 7),
        ("999999999", 999_999_999),
        ("1234567890", None),
        ("²", None),
        ("٣", None),
        ("", None),
        ("-1", None),
        ("9" * 5000, None),
    ],
)
def test_number_is_plain_figures_and_not_too_many(text: str, number: int | None) -> None:
    assert number_in(text) == number


@pytest.mark.parametrize("number", ["²", "٣", "9" * 5000, "1" * 10])
@pytest.mark.parametrize(
    "line",
    [
        "plan why P{}",
        "plan resend P{}",
        "action undo E{}",
        "action show A{}",
        "action list page: {}",
        "objective add x number: {}",
        "objective edit {} title: x",
        "action add x objective: {}",
        "partner reviews {}",
        "action snooze A1 {} days",
        "action add x due: in {} weeks",
        "action add x due: {} June",
        "action add x due: June {}",
        "partner away {} to 10 June",
    ],
)
def test_figures_that_are_no_number_are_a_mistake_and_no_bug(
    talk: Conversation, line: str, number: str
) -> None:
    said = talk.say("Priya Shah", "/" + line.format(number))

    assert "our fault" not in said


def test_number_of_nothing_is_said(talk: Conversation) -> None:
    assert talk.say("Priya Shah", "/plan why P²").startswith("There is no post “P²”.")
    assert talk.say("Priya Shah", "/action undo E²").startswith(
        "There is no change “E²” that could be taken back."
    )


def test_form_offers_things_as_people_know_them(talk: Conversation) -> None:
    talk.do("Priya Shah", "/objective add Help people choose")
    talk.do("Priya Shah", "/partner roles add Comms Lead")
    talk.do("Priya Shah", "/partner roles hold Comms Lead to: Jo Bell")
    talk.do("Priya Shah", "/partner people leave Tom Reed")

    assert _offered(talk, "/action add", "objective") == (Option("1", "1: Help people choose"),)
    assert _offered(talk, "/partner roles hold", "role") == (Option("Comms Lead", "Comms Lead (Jo Bell)"),)
    assert _offered(talk, "/partner roles hold", "to") == tuple(
        Option(name, name) for name in ("Priya Shah", "Sam Okafor", "Jo Bell")
    )


def _offered(talk: Conversation, line: str, field: str) -> tuple[Option, ...]:
    """What the form of a verb offers to choose from for a field."""
    talk.say("Priya Shah", line)
    (form,) = (block for block in talk.answer.messages[0].blocks if isinstance(block, Form))
    return next(own.options for own in form.fields if isinstance(own, Field) and own.name == field)


def test_form_tells_at_once_all_that_is_wrong_in_it_each_at_its_field(talk: Conversation) -> None:
    said = talk.fill("Sam Okafor", "action add", what="", owner="Zork", due="someday")

    assert [line for line in said.splitlines() if line.startswith("  Not yet: ")] == [
        "  Not yet: Please fill this in.",
        "  Not yet: Nobody and nothing here is called “Zork”. Whoever is in this chat can be mentioned"
        " with @; others, roles and teams are added first, such as: /partner roles add Zork",
        "  Not yet: I cannot read ‘someday’ as a date. Try: 12 June, end of June, Q2, ongoing",
    ]
