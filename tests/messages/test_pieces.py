"""Pieces: what is too much for one message comes in several, whole and in order."""

import timeit
from collections.abc import Iterable, Iterator
from dataclasses import replace

import pytest

from messages.form import Field, Form
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
    Spans,
    Table,
    Text,
    plain,
)
from messages.pieces import split
from messages.slack import as_slack
from messages.text import as_text
from tests.messages.slack_reader import check_payload

FAMILY = "\U0001f469\u200d\U0001f469\u200d\U0001f467"
DONE = Buttons((Button("Done", "/action done A1"),))


def spans(value: str) -> tuple[Text]:
    return (Text(value),)


def words(blocks: Iterable[Block]) -> str:
    """All words, without the headers of tables, which are said again when a table goes on."""
    return "".join(each for block in blocks for each in _words(block))


def _words(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield block.text
        case Paragraph() | Note():
            yield plain(block.spans)
        case List():
            yield from map(plain, block.items)
        case Facts():
            yield from (label + plain(value) for label, value in block.rows)
        case Table():
            yield from (plain(cell) for row in block.rows for cell in row)
        case Buttons():
            yield from (button.label + button.line for button in block.buttons)
        case _:
            yield repr(block)


def pieces(*blocks: Block) -> list[Message]:
    """Checked: Slack takes each, and together they are the whole."""
    message = Message(blocks, "Summary")
    found = list(split(message))
    for piece in found:
        check_payload(as_slack(piece))
    assert words(block for piece in found for block in piece.blocks) == words(blocks)
    return found


REMINDER = Message(
    (
        Heading("Monday 1 June: 3 due"),
        *(
            block
            for n in range(5)
            for block in (
                Paragraph((Text(f"A{n}", bold=True), Text(" Refresh the newsletter"), Break(), Text("Due"))),
                Buttons(
                    tuple(Button(label, f"/action {label} A{n}") for label in ("Done", "Snooze", "Note"))
                ),
            )
        ),
    )
)


@pytest.mark.parametrize(
    "message",
    [
        Message(()),
        REMINDER,
        Message((Divider(),) * 45),
        Message((List((spans("a" * 100),) * 100),)),
        Message((Paragraph(spans("a" * 12_000)),)),
        Message((Table(("A",), ((spans("b"),),) * 99),)),
        Message((Form("F", "c", tuple(Field(f"f{n}", "Q" * 999) for n in range(99))),)),
    ],
)
def test_message_that_fits_is_itself(message: Message) -> None:
    assert [piece is message for piece in split(message)] == [True]
    check_payload(as_slack(message))


def test_message_that_fits_is_known_at_once() -> None:
    fastest = min(timeit.repeat(lambda: split(REMINDER), number=200, repeat=5)) / 200

    assert fastest < 200e-6  # seconds; about 20e-6 where nothing else runs


@pytest.mark.parametrize(
    ("blocks", "number"),
    [
        ((Divider(),) * 46, 2),
        ((Divider(),) * 90, 2),
        ((Paragraph(spans("a" * 12_001)),), 2),
        ((Paragraph(spans("a" * 250)),) * 40, 2),
        ((Paragraph(spans("word " * 8000)),), 4),
        ((Heading("a" * 13_000),), 2),
        ((Note(spans("a" * 13_000)),), 2),
        ((List((spans("a" * 5000),) * 3),), 2),
        ((List((spans("a" * 50),) * 300, ordered=True),), 2),
        ((Facts((("a", spans("b" * 100)),) * 130),), 2),
        ((Facts((("a" * 3001, spans("b" * 10_000)),)),), 2),
        ((Table(("A",), ((spans("b"),),) * 100),), 2),
        ((Table(("A", "B"), ((spans("b" * 500), spans("c" * 500)),) * 20),), 3),
        ((Table(("A",), ((spans("b"),),)),) * 3, 3),
        ((Buttons((Button("a", "/" + "b" * 1999),) * 12),), 3),
        (
            (Attachment("a", "https://a.example/" + "b" * 2900), Image("https://a.example/", "c" * 1999)) * 3,
            2,
        ),
    ],
)
def test_message_that_is_too_much_is_split(blocks: tuple[Block, ...], number: int) -> None:
    assert len(pieces(*blocks)) == number


def test_later_pieces_say_which_they_are() -> None:
    found = pieces(*(Divider(),) * 100)

    assert [piece.summary for piece in found] == ["Summary", "Summary (2 of 3)", "Summary (3 of 3)"]


def test_later_pieces_repeat_no_long_summary() -> None:
    found = split(Message((Divider(),) * 46, "word " * 500))

    assert len(found[0].summary) == 2500
    assert found[1].summary == "word " * 59 + "word… (2 of 2)"


def test_numbers_of_a_list_go_on() -> None:
    found = pieces(List((spans("a" * 50),) * 300, ordered=True))

    numbered = [line for piece in found for line in as_text(piece).split("\n") if line]
    assert [line.partition(".")[0] for line in numbered] == [str(n) for n in range(1, 301)]


def test_rest_of_a_long_item_is_no_item_of_its_own() -> None:
    found = pieces(Divider(), List((spans("a"), spans("b" * 20_000), spans("c")), ordered=True))

    lists = [block for piece in found for block in piece.blocks if isinstance(block, List)]
    assert [(block.first, len(block.items)) for block in lists] == [(1, 1), (2, 1), (3, 1)]


def test_table_that_goes_on_begins_with_its_header() -> None:
    found = pieces(Table(("Ref", "What"), ((spans("A1"), spans("Web")),) * 250))

    tables = [block for piece in found for block in piece.blocks if isinstance(block, Table)]
    assert [(block.header, len(block.rows)) for block in tables] == [
        (("Ref", "What"), 99),
        (("Ref", "What"), 99),
        (("Ref", "What"), 52),
    ]


def test_table_that_is_too_wide_is_told_in_lines() -> None:
    wide = Table(tuple(f"H{n}" for n in range(21)), (tuple(spans(f"c{n}") for n in range(21)),) * 50)

    found = split(Message((wide,), "Wide"))

    facts = Facts(tuple((f"H{n}", spans(f"c{n}")) for n in range(21)))
    assert [block for piece in found for block in piece.blocks] == [facts] * 50


@pytest.mark.parametrize(
    "table",
    [
        Table(("A", "B"), ((spans("a"), spans("b" * 1001)),)),
        Table(("A" * 1001,), ((spans("a"),),)),
        Table(("A" * 900,) * 4, ((spans("a"),) * 4,)),
        Table(("A",) * 4, ((spans("a" * 900),) * 4,)),
    ],
)
def test_table_with_long_cells_is_told_in_lines(table: Table) -> None:
    assert {block["type"] for block in as_slack(Message((table,))).blocks} == {"rich_text"}


@pytest.mark.parametrize("before", [Paragraph(spans("a")), Heading("a")])
def test_buttons_stay_with_what_they_are_about(before: Block) -> None:
    found = pieces(*(Divider(),) * 44, before, DONE)

    assert [len(piece.blocks) for piece in found] == [44, 2]


def test_heading_stays_with_what_follows() -> None:
    found = pieces(*(Divider(),) * 44, Heading("a"), Paragraph(spans("b")), DONE)

    assert [len(piece.blocks) for piece in found] == [44, 3]


def test_styles_and_line_breaks_survive_a_cut() -> None:
    bold = Text("word " * 5000, bold=True)

    found = pieces(Paragraph((bold, Break(), Text("end"))))

    cut = [
        span
        for piece in found
        for block in piece.blocks
        if isinstance(block, Paragraph)
        for span in block.spans
    ]
    assert {span.bold for span in cut[:-2] if isinstance(span, Text)} == {True}
    assert cut[-2:] == [Break(), Text("end")]


@pytest.mark.parametrize(
    "whole", [Link("b" * 900, "https://a.example"), Mention(5, "b" * 900), CommandLine("/" + "b" * 900)]
)
def test_links_mentions_and_commands_are_never_cut(whole: Link | Mention | CommandLine) -> None:
    line: Spans = (Text("a" * 500), whole) * 15

    found = pieces(Paragraph(line), List((line,)), Note(line))

    kept = [
        span
        for piece in found
        for block in piece.blocks
        for item in (block.items if isinstance(block, List) else [getattr(block, "spans", ())])
        for span in item
        if not isinstance(span, Text)
    ]
    assert kept == [whole] * 45


def test_command_longer_than_a_block_is_words() -> None:
    found = pieces(Note((Text("You typed: "), CommandLine("/" + "a" * 20_000))))

    assert {
        type(span) for piece in found for block in piece.blocks for span in getattr(block, "spans", ())
    } == {Text}


@pytest.mark.parametrize(
    "character", [FAMILY, "\U0001f1ec\U0001f1e7", "e\u0301", "\U0001f600", "\ud83d\ude00"]
)
def test_no_character_is_cut(character: str) -> None:
    found = pieces(Paragraph(spans("a" + character * 9000)))

    texts = [plain(block.spans) for piece in found for block in piece.blocks if isinstance(block, Paragraph)]
    assert {text.replace(character, "") for text in texts} == {"a", ""}


def test_marks_without_end_are_cut_nevertheless() -> None:
    assert len(pieces(Paragraph(spans("a" + "\u0301" * 13_000)))) == 2


def test_split_pieces_fit() -> None:
    long = replace(REMINDER, blocks=REMINDER.blocks * 20)

    found = split(long)

    assert [split(piece) for piece in found] == [(piece,) for piece in found]
