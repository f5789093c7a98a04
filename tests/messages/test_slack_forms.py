"""Forms in Slack: what a modal asks, what comes back, and views that show a message."""

from typing import Any

import pytest

from messages.form import Field, Form, Kind, Option, Row, Rows
from messages.message import Divider, Message
from messages.slack_forms import as_modal, errors_of, read_modal
from tests.messages.slack_reader import check_view, parts, types, words

ABC = tuple(Option(value, value.upper()) for value in "abc")
UNSET = Option("=", "Not set")


def form(*fields: Field | Rows, title: str = "Log an action", submit: str = "Save") -> Message:
    return Message((Form(title, "action add", fields, submit),))


def modal(*fields: Field | Rows, about: str = "") -> dict[str, Any]:
    view = as_modal(form(*fields), about)
    check_view(view)
    return view


def asked(field: Field) -> dict[str, Any]:
    """The input block of one field."""
    (block,) = [block for block in modal(field)["blocks"] if block["type"] == "input"]
    return dict(block)


def options(field: Field) -> list[Option]:
    return [
        Option(option["value"], option["text"]["text"])
        for part in parts(asked(field)["element"])
        for option in part.get("options", ())
    ]


def sent(view: dict[str, Any], **values: Any) -> dict[str, Any]:
    """The view as Slack sends it back: with what was chosen at first, or else with these values."""
    state = {
        block["block_id"]: {"any": _initial(block["element"])}
        for block in view["blocks"]
        if "element" in block
    }
    state |= {name: {"any": value} for name, value in values.items()}
    return view | {"state": {"values": state}}


def _initial(element: dict[str, Any]) -> dict[str, Any]:
    takes_several = element["type"] in ("checkboxes", "multi_static_select")
    return {
        "type": element["type"],
        "value": element.get("initial_value"),
        "selected_option": element.get("initial_option"),
        "selected_options": element.get("initial_options", []) if takes_several else None,
    }


def test_modal_is_named_after_its_form() -> None:
    view = modal(Field("what", "What is to be done", required=True), about="C5")

    assert view == {
        "type": "modal",
        "callback_id": "action add",
        "private_metadata": "C5",
        "title": {"type": "plain_text", "text": "Log an action", "emoji": False},
        "submit": {"type": "plain_text", "text": "Save", "emoji": False},
        "close": {"type": "plain_text", "text": "Cancel", "emoji": False},
        "blocks": [
            {
                "type": "input",
                "block_id": "what",
                "label": {"type": "plain_text", "text": "What is to be done", "emoji": False},
                "optional": False,
                "element": {
                    "type": "plain_text_input",
                    "action_id": "answer.what",
                    "multiline": False,
                    "max_length": 3000,
                },
            }
        ],
    }


def test_modal_with_a_long_title_and_no_command_has_a_title() -> None:
    view = as_modal(Message((Form("What people said, and more of it", "", ()),)))

    assert view["title"]["text"] == "Commsbot"


def test_modal_with_a_long_title_says_it_whole() -> None:
    view = as_modal(
        form(Field("a", "A"), title="Change an action's words, owners and date", submit="Save it " * 9)
    )

    check_view(view)
    assert (view["title"]["text"], view["submit"]["text"]) == (
        "Action add",
        "Save it Save it Save it…",
    )
    assert words(view["blocks"][0]) == "Change an action's words, owners and date"


def test_modal_of_a_form_without_words_or_questions_is_valid() -> None:
    view = as_modal(form(title=" ", submit=""))

    check_view(view)
    assert (view["title"]["text"], view["submit"]["text"]) == ("Commsbot", "Save")


def test_modal_needs_a_form() -> None:
    with pytest.raises(ValueError, match="this message has no form"):
        as_modal(Message((Divider(),)))


@pytest.mark.parametrize(
    ("field", "hint"),
    [
        (Field("a", "A"), ""),
        (Field("a", "A", hint="One line.", example="Web"), "One line.\nSuch as: Web"),
        (Field("a", "A", "when"), "A date in words, such as: friday, 12 June, end of June, ongoing"),
        (Field("a", "A", "when", example="12 June"), "Such as: 12 June"),
    ],
)
def test_modal_says_what_a_field_wants(field: Field, hint: str) -> None:
    assert asked(field).get("hint", {}).get("text", "") == hint


@pytest.mark.parametrize(
    ("kind", "value", "multiline"),
    [
        ("text", "one", False),
        ("text", "one\ntwo", True),
        ("lines", "one", True),
        ("when", "friday", False),
        ("number", "5", False),
        ("choice", "no options", False),
        ("choices", "none,either", False),
    ],
)
def test_modal_has_a_box_to_type_in(kind: Kind, value: str, multiline: bool) -> None:
    element = asked(Field("a", "A", kind, value=value))["element"]

    assert (element["type"], element["initial_value"], element["multiline"]) == (
        "plain_text_input",
        value,
        multiline,
    )


def test_modal_says_that_a_value_is_cut() -> None:
    block = asked(Field("a", "A", "lines", value="a" * 2998 + "e\u0301\u0301" + "b" * 999))

    assert block["element"]["initial_value"] == "a" * 2998
    assert block["hint"]["text"] == (
        "Only the first 2,998 of 4,000 characters have room here. If you send this, the rest is lost."
    )


@pytest.mark.parametrize(
    ("field", "element", "offered"),
    [
        (Field("a", "A", "choice", required=True, options=ABC), "radio_buttons", [*ABC]),
        (Field("a", "A", "choice", options=ABC), "radio_buttons", [UNSET, *ABC]),
        (
            Field("a", "A", "choice", value="new", options=ABC),
            "radio_buttons",
            [UNSET, *ABC, Option("new", "new")],
        ),
        (Field("a", "A", "choice", options=(Option("", "None"),)), "radio_buttons", [Option("=", "None")]),
        (Field("a", "A", "choices", options=ABC), "checkboxes", [*ABC]),
        (
            Field("a", "A", "yes_no", required=True),
            "radio_buttons",
            [Option("yes", "Yes"), Option("no", "No")],
        ),
        (
            Field("a", "A", "yes_no"),
            "radio_buttons",
            [Option("=", "Not answered"), Option("yes", "Yes"), Option("no", "No")],
        ),
        (
            Field("a", "A", "choice", required=True, options=(Option("=x", "X " * 99), Option("…1", ""))),
            "radio_buttons",
            [Option("==x", "X " * 36 + "X…"), Option("=…1", "…1")],
        ),
    ],
)
def test_modal_offers_what_there_is_to_choose(field: Field, element: str, offered: list[Option]) -> None:
    assert (asked(field)["element"]["type"], options(field)) == (element, offered)


@pytest.mark.parametrize(
    ("kind", "number", "element", "groups"),
    [
        ("choice", 4, "radio_buttons", []),
        ("choice", 5, "static_select", []),
        ("choice", 100, "static_select", []),
        ("choice", 101, "static_select", ["1 to 100", "101 to 101"]),
        ("choices", 10, "checkboxes", []),
        ("choices", 11, "multi_static_select", []),
        ("choices", 250, "multi_static_select", ["1 to 100", "101 to 200", "201 to 250"]),
    ],
)
def test_modal_of_many_options_has_a_menu(kind: Kind, number: int, element: str, groups: list[str]) -> None:
    many = tuple(Option(f"v{n}", f"Option {n}") for n in range(number))
    field = Field("a", "A", kind, required=True, value="v1", options=many)

    found = asked(field)["element"]

    assert found["type"] == element
    assert [group["label"]["text"] for group in found.get("option_groups", [])] == groups
    assert options(field) == list(many)
    assert read_modal(sent(modal(field))) == {"a": "v1"}


FIELDS = (Field("state", "State", "choice", options=ABC), Field("line", "What changed"))


def review(number: int) -> Rows:
    rows = tuple(Row(f"A{n}", f"A{n} Website", (("state", "b"),)) for n in range(number))
    return Rows("review", "Your actions", FIELDS, rows)


def test_modal_asks_about_each_row() -> None:
    view = modal(review(2))

    assert types(view["blocks"]) == ["header", *["rich_text", "input", "input"] * 2]
    assert read_modal(sent(view)) == {
        "review.A0.state": "b",
        "review.A0.line": "",
        "review.A1.state": "b",
        "review.A1.line": "",
    }


def test_modal_with_more_rows_than_room_says_how_many_are_left() -> None:
    blocks = modal(review(40))["blocks"]

    assert (len(blocks), words(blocks[-1])) == (98, "… and 8 more; send these first")


def test_modal_that_is_just_full_leaves_nothing_out() -> None:
    blocks = modal(review(33))["blocks"]

    assert (len(blocks), blocks[-1]["block_id"]) == (100, "review.A32.line")


def test_modal_with_errors_says_them_above_their_fields() -> None:
    row = Row("A3", "A3 Web", errors=(("line", "What changed?"),))
    message = form(Field("a", "A"), Field("b", "B", error="Too <short>."), Rows("r", "R", FIELDS, (row,)))

    view = as_modal(message)

    check_view(view)
    assert [words(block) for block in view["blocks"] if block["type"] in ("section", "context")] == [
        "Nothing is saved yet. Please look again where it says “Not yet”.",
        "Not yet: Too <short>.",
        "Not yet: What changed?",
    ]
    assert errors_of(message) == {"b": "Too <short>.", "r.A3.line": "What changed?"}


def test_form_without_errors_has_none() -> None:
    assert errors_of(form(*FIELDS)) == {}
