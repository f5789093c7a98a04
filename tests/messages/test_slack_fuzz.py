"""Whatever people type, Slack is told to show it exactly, to ping nobody, and never more than it takes."""

import random
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from messages.form import Form
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
from messages.pieces import split
from messages.slack import as_slack, kit_blocks
from messages.slack_drawn import drawn
from messages.slack_forms import as_answer, as_home, as_modal, errors_of, read_modal
from tests.messages.slack_reader import check_payload, check_view, parts
from tests.messages.test_fuzz import HOSTILE, any_value
from tests.messages.test_html_fuzz import IN_HTML
from tests.messages.test_html_fuzz import message as page_message
from tests.messages.test_pieces import words
from tests.messages.test_stored import BLOCKS, several

USERS = {7: "U7"}
IN_SLACK = [
    "<!channel> <!here> <!everyone> <!subteam^S1>",
    "@channel @here @everyone",
    "<@U1> <#C1> <https://evil.example|good>",
    "*bold* _italic_ ~struck~ `code` ```block```",
    ":name: :+1::skin-tone-3:",
    "payload payload={",
    "&lt;!channel&gt; &amp;",
    "\U0001f469\u200d\U0001f469\u200d\U0001f467 \U0001f1ec\U0001f1e7 e\u0301",
    "\u202eright to left\u2066",
    "\0 \x1b \ud800 \r\n",
]
TYPED = st.one_of(
    st.text(max_size=30),
    st.text(st.characters(), max_size=30),
    st.sampled_from([*HOSTILE, *IN_HTML, *IN_SLACK]),
)


def message(typed: str) -> Message:
    """Every block with this text wherever a person's can stand, but for a form."""
    spans = (
        Text(f"Before {typed}"),
        Text(typed + ".", bold=True),
        Break(),
        Link(f"L{typed}", f"https://a.example/?q={typed}."),
        Link(f"L{typed}", f"javascript:{typed}"),
        Mention(5, typed),
        Mention(7, typed),
        CommandLine(f"/{typed}"),
    )
    word = (Text(f"W{typed}"),)
    return Message(
        (
            Heading(f"H{typed}"),
            Paragraph(spans),
            List((spans, word), ordered=True),
            Facts(((f"F{typed}", word),)),
            Table((f"T{typed}", "B"), ((word, spans),)),
            Note(word),
            Note(spans),
            Buttons((Button(f"D{typed}", f"/action note {typed}"),)),
            Image("https://a.example/1", f"A {typed}"),
            Image("file:1", f"A {typed}"),
            Attachment(f"N{typed}", "file:1"),
            Attachment(f"N{typed}", "mailto:a@b.example"),
        ),
        f"S{typed}",
    )


def shown(text: str) -> str:
    """As Slack is told it: one kind of line break, and what nobody can send as U+FFFD."""
    whole = re.sub("\ud83d\ude00", "\U0001f600", text).replace("\r\n", "\n").replace("\r", "\n")
    return re.sub("[\0-\x08\x0b-\x1f\x7f\ud800-\udfff]", "\ufffd", whole)


def exchanged(node: Any, change: Callable[[str], str]) -> Any:
    if isinstance(node, dict):
        return {name: exchanged(value, change) for name, value in node.items() if name != "url"}
    if isinstance(node, list):
        return [exchanged(each, change) for each in node]
    return change(node) if isinstance(node, str) else node


def check_shows(typed: str) -> None:
    """The blocks are those of a harmless word, with what was typed in its place; so is the text."""
    payload, harmless = as_slack(message(typed), USERS), as_slack(message("Harmless"), USERS)

    check_payload(payload)
    whole = shown(typed)
    changed = exchanged(harmless.blocks, lambda text: text.replace("Harmless", whole))
    assert exchanged(payload.blocks, lambda text: text) == changed
    spoken = payload.text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert spoken == shown(f"S{typed}")
    users = {part["user_id"] for part in parts(payload.blocks) if part.get("type") == "user"}
    assert users == {"U7"}


@pytest.mark.parametrize("typed", [each for each in (*HOSTILE, *IN_HTML, *IN_SLACK) if len(each) < 60])
def test_slack_shows_hostile_words_as_words(typed: str) -> None:
    check_shows(typed)


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_slack_shows_any_words_as_words(typed: str) -> None:
    check_shows(typed)


@pytest.mark.parametrize(
    "typed", [*HOSTILE, *IN_HTML, *IN_SLACK, "a" * 40_000, "\U0001f469\u200d\U0001f467" * 9000]
)
def test_slack_takes_every_piece_and_view_of_hostile_words(typed: str) -> None:
    typed = typed.replace(",", ";")
    whole = Message(
        (*message(typed[:1500]).blocks, Paragraph((Text(typed),)), *page_message(typed[:200]).blocks)
    )

    check_all(whole)
    view = as_modal(whole)
    check_view(view)
    assert sorted(errors_of(whole)) == sorted(read_modal(view))


def check_all(whole: Message) -> None:
    """Whole, in pieces, and as the views of Slack."""
    pieces = split(whole)
    for piece in pieces:
        check_payload(as_slack(piece, USERS))
        assert len(split(piece)) == 1
    check_view(as_answer(whole, USERS, whole.summary))
    check_view(as_home(whole, USERS))


def even(block: Block) -> Block:
    """A table with as many cells in each row as in the header."""
    if not isinstance(block, Table):
        return block
    return Table(block.header, tuple((*row, *[()] * 99)[: len(block.header)] for row in block.rows))


@settings(deadline=None)
@given(st.builds(Message, several(BLOCKS.map(even)), TYPED))
def test_slack_takes_any_message(whole: Message) -> None:
    check_all(whole)
    for form in (block for block in whole.blocks if isinstance(block, Form)):
        assert 1 <= len(as_modal(Message((form,)))["blocks"]) <= 100


@settings(deadline=None)
@given(st.builds(Message, several(BLOCKS.map(even)), TYPED))
def test_slack_is_told_what_the_sdk_would_tell_it(whole: Message) -> None:
    for piece in split(whole):
        blocks = list(kit_blocks(piece.blocks, USERS))
        assert [drawn(block) for block in blocks] == [block.to_dict() for block in blocks]


@given(TYPED, TYPED)
@example("\ud83d", "\ude00")
def test_slack_text_never_opens_a_mark(one: str, other: str) -> None:
    payload = as_slack(Message((Divider(),), (one + "&<>" + other) * 60))

    check_payload(payload)
    assert re.sub("&(amp|lt|gt);", "", payload.text).count("&") == 0


def any_spans(chance: random.Random) -> tuple[Span, ...]:
    """From a word to more than a message holds."""
    text = any_value(chance) * chance.choice([1, 1, 1, 20, 400])
    kinds: list[Span] = [
        Text(text),
        Text(f"{text} ", bold=True),
        Link(text[:500], "https://a.example/"),
        Mention(7, text[:100]),
        CommandLine(text[:200]),
        Break(),
    ]
    return tuple(chance.choices(kinds, weights=[5, 3, 1, 1, 1, 2], k=chance.randrange(1, 5)))


def any_block(chance: random.Random) -> Block:
    spans, other = any_spans(chance), any_spans(chance)
    cell = (Text(any_value(chance)),)
    kinds: list[Block] = [
        Heading(any_value(chance) * chance.choice([1, 9, 400])),
        Paragraph(spans),
        Note(spans),
        List((spans, other, cell) * chance.choice([1, 9]), ordered=chance.choice([True, False])),
        Facts((("Label", spans), ("", other))),
        Table(("A", "B"), ((cell, cell),) * chance.choice([0, 3, 150])),
        Buttons((Button("Done", "/action done A1"),) * chance.choice([1, 30])),
        Divider(),
    ]
    return chance.choice(kinds)


@pytest.mark.parametrize("share", range(4))
def test_pieces_of_any_message_are_the_whole(share: int) -> None:
    chance = random.Random(share)
    for _ in range(60):
        whole = Message(tuple(any_block(chance) for _ in range(chance.randrange(1, 30))), "Summary")
        pieces = split(whole)
        for piece in pieces:
            check_payload(as_slack(piece, USERS))
        assert words(block for piece in pieces for block in piece.blocks) == words(whole.blocks)
