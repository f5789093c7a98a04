"""What comes back from a modal in Slack, and views that show a message."""

from typing import Any

import pytest

from messages.form import Field, Option
from messages.html_forms import read_filled
from messages.message import Button, Buttons, Divider, Mention, Message, Paragraph, Table, Text
from messages.slack_forms import about_of, as_answer, as_home, read_modal
from tests.messages.slack_reader import check_view, types, words
from tests.messages.test_slack_forms import ABC, asked, modal, options, sent

LONG = tuple(Option(f"{n}" * 160, f"Long {n}") for n in range(3))


@pytest.mark.parametrize(
    "field",
    [
        Field("a", "A", value="Web"),
        Field("a", "A", "lines", value="one\ntwo"),
        Field("a", "A"),
        Field("a", "A", "choice", value="b", options=ABC),
        Field("a", "A", "choice", options=ABC),
        Field("a", "A", "choice", required=True, options=ABC),
        Field("a", "A", "choice", value="=b", options=ABC),
        Field("a", "A", "choice", value=LONG[1].value, options=LONG),
        Field("a", "A", "choices", value="a,c,new", options=ABC),
        Field("a", "A", "choices", value=f"{LONG[0].value},{LONG[2].value}", options=LONG),
        Field("a", "A", "choices", options=ABC),
        Field("a", "A", "yes_no", value="no"),
        Field("a", "A", "yes_no"),
    ],
)
def test_modal_sent_as_it_is_gives_what_stood_in_it(field: Field) -> None:
    view = modal(field, about="C5\x1e7")

    assert read_modal(sent(view)) == {"a": field.value}
    assert about_of(view) == "C5\x1e7"


def test_modal_reads_as_a_page_does() -> None:
    page = read_filled(
        [("field.a", "one\r\ntwo"), ("field.b", ""), ("field.b", "x"), ("field.b", "y"), ("field.c", "")]
    )
    fields = (
        Field("a", "A", "lines"),
        Field("b", "B", "choices", options=(Option("x", "X"), Option("y", "Y"))),
        Field("c", "C"),
    )

    view = sent(
        modal(*fields),
        a={"value": "one\r\ntwo"},
        b={"selected_options": [{"value": "x"}, {"value": "y"}]},
        c={"value": None},
    )

    assert read_modal(view) == page


def test_modal_with_more_long_values_than_it_can_carry_says_so() -> None:
    field = Field("a", "A", "choice", options=tuple(Option(f"{n:03}" * 99, f"N{n}") for n in range(30)))

    block = asked(field)

    assert len(options(field)) == 10
    assert block["hint"]["text"] == "There is more to choose than has room here: it can be typed."


@pytest.mark.parametrize(
    ("view", "filled"),
    [
        ({}, {}),
        ({"state": None, "blocks": None, "private_metadata": None}, {}),
        ({"state": {"values": []}, "blocks": "x", "private_metadata": 5}, {}),
        ({"blocks": [None, {"type": "input"}, {"type": "input", "block_id": "a"}]}, {"a": ""}),
        (
            {"state": {"values": {"a": None, "b": [], "c": {}}}},
            {"a": "", "b": "", "c": ""},
        ),
        (
            {"state": {"values": {"a": {"answer": {"type": "datepicker", "selected_date": "2026-06-01"}}}}},
            {"a": ""},
        ),
        ({"state": {"values": {"a": {"answer": {"selected_option": {"value": None}}}}}}, {"a": ""}),
        (
            {"state": {"values": {"a": {"answer": {"selected_options": [None, 5, {"value": "x"}]}}}}},
            {"a": "x"},
        ),
        ({"state": {"values": {"a": {"answer": {"value": 5}}}}}, {"a": ""}),
        ({"private_metadata": "\x1e[", "state": {"values": {"a": {"answer": {"value": "…0"}}}}}, {"a": "…0"}),
        (
            {
                "private_metadata": '\x1e["x"]',
                "state": {"values": {n: {"answer": {"selected_option": {"value": f"…{n}"}}} for n in "01²-"}},
            },
            {"0": "x", "1": "…1", "²": "…²", "-": "…-"},
        ),
    ],
)
def test_modal_that_comes_back_strange_is_read_nevertheless(
    view: dict[str, Any], filled: dict[str, str]
) -> None:
    assert read_modal(view) == filled


SAID = Message(
    (
        Paragraph((Text("Hello "), Mention(5, "Sam"))),
        Table(("Ref", "What"), (((Text("A1"),), (Text("Web"),)), ((Text("A2"),), (Text("Survey"),)))),
        Buttons((Button("Undo", "/action undo E1"),)),
    )
)


def test_answer_is_a_modal_that_shows_a_message() -> None:
    view = as_answer(SAID, {5: "U5"}, "An action of the plan, logged")

    check_view(view)
    assert (view["type"], view["title"]["text"], view["close"]["text"]) == (
        "modal",
        "An action of the plan,…",
        "Close",
    )
    assert types(view["blocks"]) == ["rich_text", "rich_text", "rich_text", "actions"]
    assert words(view["blocks"]) == "Hello <@U5>Ref: A1\nWhat: WebRef: A2\nWhat: SurveyUndo"


def test_home_shows_the_same() -> None:
    view = as_home(SAID, {5: "U5"})

    check_view(view)
    assert view == {"type": "home", "blocks": as_answer(SAID, {5: "U5"})["blocks"]}


def test_view_that_is_too_long_says_so() -> None:
    view = as_home(Message((Divider(),) * 101))

    check_view(view)
    assert (len(view["blocks"]), words(view["blocks"])) == (
        100,
        "… and more, for which there is no room here",
    )


@pytest.mark.parametrize(("message", "said"), [(Message(()), "Nothing to show."), (Message((), "Hi"), "Hi")])
def test_view_is_never_empty(message: Message, said: str) -> None:
    for view in (as_home(message), as_answer(message)):
        check_view(view)
        assert words(view["blocks"]) == said
