"""The Slack form, one example for each kind of block, and what stands beside the blocks."""

from typing import Any

import pytest

from messages.form import Field, Form, Option, Row, Rows
from messages.message import (
    Attachment,
    Block,
    Break,
    Button,
    Buttons,
    CommandLine,
    Divider,
    Facts,
    Heading,
    Image,
    Link,
    List,
    Mention,
    Message,
    Note,
    Paragraph,
    Span,
    Table,
    Text,
)
from messages.slack import Payload, as_slack
from tests.messages.slack_reader import check_payload, parts, types, words

FAMILY = "\U0001f469\u200d\U0001f467"


def spans(value: str) -> tuple[Text]:
    return (Text(value),)


def text(value: str, **style: bool) -> dict[str, Any]:
    return {"type": "text", "text": value} | ({"style": style} if style else {})


def plain(value: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": value, "emoji": False}


def section(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text_section", "elements": list(elements)}


def rich(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text", "elements": list(elements)}


def listed(style: str, *items: str, **more: int) -> dict[str, Any]:
    elements = [section(text(item)) for item in items]
    return rich({"type": "rich_text_list", "style": style, "elements": elements, **more})


def button(action: str, label: str, line: str, **more: str) -> dict[str, Any]:
    return {"type": "button", "action_id": action, "text": plain(label), "value": line, **more}


def blocks(*given: Block, users: dict[int, str] | None = None) -> list[dict[str, Any]]:
    payload = as_slack(Message(given), users or {})
    check_payload(payload)
    return payload.blocks


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (Heading("*A* :b:"), {"type": "header", "text": plain("*A* :b:")}),
        (Heading("A" * 151), rich(section(text("A" * 151, bold=True)))),
        (Paragraph(spans("a <!channel>")), rich(section(text("a <!channel>")))),
        (List((spans("a"), ())), listed("bullet", "a", " ")),
        (List((spans("a"),), ordered=True), listed("ordered", "a")),
        (List((spans("a"),), ordered=True, first=3), listed("ordered", "a", offset=2)),
        (
            Facts((("When", spans("12 June")), ("Owner", spans("Jo")))),
            rich(
                section(
                    text("When: ", bold=True),
                    text("12 June"),
                    text("\n"),
                    text("Owner: ", bold=True),
                    text("Jo"),
                )
            ),
        ),
        (Note(spans("*a*")), {"type": "context", "elements": [plain("*a*")]}),
        (
            Note((Text("Try "), CommandLine("/me"))),
            rich({"type": "rich_text_quote", "elements": [text("Try "), text("/me", code=True)]}),
        ),
        (Note((Mention(5, "Sam"),)), {"type": "context", "elements": [plain("@Sam")]}),
        (Divider(), {"type": "divider"}),
        (
            Buttons((Button("Done", "/action done A1"), Button("Note", "/action note A1"))),
            {
                "type": "actions",
                "elements": [
                    button("line.1.1", "Done", "/action done A1"),
                    button("line.1.2", "Note", "/action note A1"),
                ],
            },
        ),
        (
            Image("https://a.example/chart.png", "A chart"),
            {"type": "image", "image_url": "https://a.example/chart.png", "alt_text": "A chart"},
        ),
        (Image("file:1", "A chart"), rich(section(text("Picture: A chart")))),
        (
            Image("http://a.example", "A chart"),
            rich(section({"type": "link", "url": "http://a.example", "text": "Picture: A chart"})),
        ),
        (Attachment("Minutes", "file:1"), rich(section(text("File: Minutes")))),
        (
            Attachment("", "https://a.example"),
            rich(section({"type": "link", "url": "https://a.example", "text": "File"})),
        ),
    ],
)
def test_slack_of_block(block: Block, expected: dict[str, Any]) -> None:
    assert blocks(block) == [expected]


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        (Text("a", bold=True, italic=True), text("a", bold=True, italic=True)),
        (Break(), text("\n")),
        (CommandLine("/me"), text("/me", code=True)),
        (Mention(5, "Sam"), {"type": "user", "user_id": "U5"}),
        (Mention(6, "Jo <!here>"), text("@Jo <!here>")),
        (
            Link("it", "https://a.example/?a&b"),
            {"type": "link", "url": "https://a.example/?a&b", "text": "it"},
        ),
        (Link(" ", "tel:01"), {"type": "link", "url": "tel:01"}),
        (
            Link("it", "https://a.example/a <b>"),
            {"type": "link", "url": "https://a.example/a%20%3Cb%3E", "text": "it"},
        ),
        (Link("it", "javascript:alert(1)"), text("it")),
        (Link("", "slack://channel"), text("slack://channel")),
        (Link("it", "https://"), text("it")),
        (Link("it", "https://a.example/" + "a" * 3000), text("it")),
        (Text("a\r\nb\0\x1bc\ud83d\ude00\ud83d"), text("a\nb\ufffd\ufffdc\U0001f600\ufffd")),
    ],
)
def test_slack_of_span(span: Span, expected: dict[str, Any]) -> None:
    assert blocks(Paragraph((Text("."), span)), users={5: "U5"}) == [rich(section(text("."), expected))]


def test_slack_note_that_mentions_somebody_here_reaches_them() -> None:
    (quote,) = blocks(Note((Text("For "), Mention(5, "Sam"))), users={5: "U5"})

    assert quote["elements"] == [
        {"type": "rich_text_quote", "elements": [text("For "), {"type": "user", "user_id": "U5"}]}
    ]


def test_slack_table_has_a_bold_header_and_no_empty_cell() -> None:
    (table,) = blocks(Table(("Ref", ""), ((spans("A1"), (Text("Web", bold=True),)), ((), spans("")))))

    blank = {"type": "raw_text", "text": " "}
    assert table["rows"] == [
        [rich(section(text("Ref", bold=True))), blank],
        [{"type": "raw_text", "text": "A1"}, rich(section(text("Web", bold=True)))],
        [blank, blank],
    ]


@pytest.mark.parametrize(
    "empty",
    [
        Heading(" "),
        Paragraph(()),
        Paragraph(spans("\n")),
        List(()),
        List(((), spans(" "))),
        Facts(()),
        Table((), ()),
        Note(()),
        Buttons(()),
    ],
)
def test_slack_has_no_block_without_words(empty: Block) -> None:
    assert types(blocks(empty, Divider())) == ["divider"]


@pytest.mark.parametrize("message", [Message(()), Message((Paragraph(()),)), Message((), " \n")])
def test_slack_message_is_never_empty(message: Message) -> None:
    said = "A message from Commsbot"

    assert as_slack(message) == Payload(said, [rich(section(text(said)))])


def test_slack_second_table_stands_in_lines() -> None:
    table = Table(("Ref", "What"), ((spans("A1"), spans("Web")),))

    assert types(blocks(table, table)) == ["table", "rich_text"]


def test_slack_buttons_have_ids_of_their_own_and_short_labels() -> None:
    many = Buttons(tuple(Button(f"Show {'every ' * n}thing", f"/action show A{n}") for n in range(30)))

    found = blocks(Paragraph(spans("a")), many, many)

    assert types(found) == ["rich_text", *["actions"] * 4]
    ids = [part["action_id"] for part in parts(found) if "action_id" in part]
    assert (ids[0], ids[24], ids[25], ids[-1]) == ("line.2.1", "line.2.25", "line.3.1", "line.5.5")
    assert found[2]["elements"][-1]["text"]["text"] == "Show" + " every" * 11 + "…"


def test_slack_buttons_with_one_label_can_be_told_apart_by_ear() -> None:
    found = blocks(
        *(Buttons((Button("Done", f"/action done A{n}"), Button(f"Show {n}", "/me"))) for n in (1, 2))
    )

    told = [element.get("accessibility_label") for block in found for element in block["elements"]]
    assert told == ["Done: action done A1", None, "Done: action done A2", None]


def test_slack_form_in_a_message_asks_and_opens() -> None:
    fields = (
        Field("what", "What", required=True, value="Web", error="Too short."),
        Field("due", "When"),
        Rows("r", "R", (Field("state", "State"),), (Row("A3", "A3 Web", (("state", "running"),)),)),
    )

    found = blocks(Form("Log an action", "action add", fields))

    assert words(found[:2]) == "Log an action" + "What (needed) Not yet: Too short." + "When" + "A3 Web"
    assert found[2]["elements"] == [button("line.3.1", "Fill in", "fill in /action add what: Web A3 running")]


def test_slack_form_with_more_than_a_button_holds_opens_empty() -> None:
    found = blocks(Form("Log", "action add", (Field("what", "What", value="a" * 2000),)))

    assert found[-1]["elements"][0]["value"] == "fill in /action add"


def test_slack_form_of_very_many_questions_shows_the_first() -> None:
    options = (Option("a", "A"),)
    form = Form(
        "Log", "c", tuple(Field(f"f{n}", f"Question {n} " + "why " * 99, options=options) for n in range(99))
    )

    assert words(blocks(form)[1]).endswith("… and 79 more")


@pytest.mark.parametrize(
    ("summary", "said"),
    [
        ("A & <!channel> <@U1>", "A &amp; &lt;!channel&gt; &lt;@U1&gt;"),
        ("&" * 601, "&amp;" * 599 + "…"),
        ("a" * 3001, "a" * 2999 + "…"),
        ("a" * 3000, "a" * 3000),
        ("a" + FAMILY * 700, "a" + FAMILY * 599 + "…"),
        ("a" * 2998 + "e\u0301\u0301", "a" * 2998 + "…"),
        ("a\0b", "a\ufffdb"),
    ],
)
def test_slack_text_beside_the_blocks_is_escaped_and_cut_between_characters(summary: str, said: str) -> None:
    payload = as_slack(Message((Divider(),), summary))

    check_payload(payload)
    assert payload.text == said
