"""The Word document: headings, lists and tables that are such, and what a person typed exactly as it was."""

import re
import struct
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from itertools import zip_longest
from typing import Any, assert_never

import pytest
from docx import Document
from docx.document import Document as Doc
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table as Grid
from hypothesis import given, settings
from hypothesis import strategies as st

from messages.compose import compose
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
    Span,
    Spans,
    Table,
    Text,
)
from messages.word import MOST_COLUMNS, as_word
from tests.messages.test_fuzz import HOSTILE

MADE = datetime(2026, 7, 1, 9, tzinfo=UTC)
PLAN = Link("the plan", "https://www.example.org/plan")


def words(text: str) -> Spans:
    return (Text(text),)


def opened(*blocks: Block, **more: Any) -> Doc:
    return Document(BytesIO(as_word(Message(blocks), MADE, **more)))


def styled(document: Doc) -> list[tuple[str, str]]:
    return [(p.style.name if p.style else "", p.text) for p in document.paragraphs]


def elements(document: Doc, tag: str) -> list[Any]:
    return list(document.element.iter(qn(tag)))


# --- what it is made of ---------------------------------------------------------------------------


def test_first_heading_is_the_title_and_the_others_stand_below_it() -> None:
    document = opened(Heading("You said, we did"), Paragraph(words("In June.")), Heading("Parking"))

    assert styled(document) == [
        ("Heading 1", "You said, we did"),
        ("Normal", "In June."),
        ("Heading 2", "Parking"),
    ]
    about = document.core_properties
    assert (about.title, about.author, about.last_modified_by) == (
        "You said, we did",
        "Commsbot",
        "Commsbot",
    )
    assert (about.comments, about.language, about.created, about.modified) == ("", "en-GB", MADE, MADE)


def test_what_is_for_the_chat_alone_is_left_out() -> None:
    buttons = Buttons((Button("Done", "/action done A1"),))
    form = Form("Add", "action add", (Field("what", "What"),))

    assert styled(opened(Paragraph(words("One")), buttons, form)) == [("Normal", "One")]


def test_spans_are_words_and_links_lead_somewhere() -> None:
    spans = (
        *(Text("Bold", bold=True), Text(" slanted", italic=True), Text(" as "), Mention(5, "Sam Okafor")),
        *(Break(), CommandLine("/action list"), Text(" in "), PLAN),
    )

    document = opened(Paragraph(spans))

    [paragraph] = document.paragraphs
    assert paragraph.text == "Bold slanted as Sam Okafor\n/action list in the plan"
    assert [(run.text, run.bold, run.italic) for run in paragraph.runs[:2]] == [
        ("Bold", True, None),
        (" slanted", None, True),
    ]
    assert [(link.text, link.url) for link in paragraph.hyperlinks] == [(PLAN.text, PLAN.url)]


@pytest.mark.parametrize(
    ("url", "leads"),
    [
        ("https://a.example/a b?x=<1>", "https://a.example/a%20b?x=%3C1%3E"),
        ("mailto:team@a.example", "mailto:team@a.example"),
        ("tel:+441524 65944", "tel:+441524%2065944"),
        ("https://[", None),
        ("https://a.example:port/", None),
        ("https:///nowhere", None),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("\\\\evil.example\\share", None),
    ],
)
def test_link_leads_where_a_person_would_follow_or_is_words(url: str, leads: str | None) -> None:
    [paragraph] = opened(Paragraph((Link("Here", url),))).paragraphs

    assert paragraph.text == "Here"
    assert [link.url for link in paragraph.hyperlinks] == ([leads] if leads else [])


def test_lists_are_lists_and_each_counts_by_itself() -> None:
    one, two = (List((words("a"), words("b")), ordered=True, first=first) for first in (1, 7))

    document = opened(List((words("x"), words("y"))), one, two)

    assert styled(document) == [
        *(("List Bullet", text) for text in ("x", "y")),
        *(("List Number", text) for text in ("a", "b", "a", "b")),
    ]
    lists = [p._p.pPr.numPr.numId.val for p in document.paragraphs[2:]]  # type: ignore[union-attr]
    assert lists[0] == lists[1] != lists[2] == lists[3]
    numbering: Any = document.part.numbering_part.element
    starts = [
        [start.get(qn("w:val")) for start in numbering.num_having_numId(number).iter(qn("w:startOverride"))]
        for number in (lists[0], lists[2])
    ]
    assert starts == [["1"], ["7"]]


def test_facts_are_a_table_whose_first_column_is_its_heading() -> None:
    document = opened(Facts((("When", words("Friday")), ("Who", words("Sam")))))

    [grid] = document.tables
    assert [[cell.text for cell in row.cells] for row in grid.rows] == [["When", "Friday"], ["Who", "Sam"]]
    [look] = elements(document, "w:tblLook")
    assert (look.get(qn("w:firstColumn")), look.get(qn("w:firstRow"))) == ("1", "0")
    assert elements(document, "w:tblHeader") == []


def test_header_of_a_table_stands_again_on_the_next_page() -> None:
    document = opened(Table(("Ref", "What"), ((words("L1"), words("Parking " * 30)),)))

    [grid] = document.tables
    assert [[cell.text for cell in row.cells] for row in grid.rows] == [
        ["Ref", "What"],
        ["L1", "Parking " * 30],
    ]
    [header] = elements(document, "w:tblHeader")
    assert header.getparent().getparent() is grid._tbl.tr_lst[0]
    narrow, wide = (column.width for column in grid.columns)
    assert narrow is not None
    assert wide is not None
    assert narrow * 4 < wide
    assert len(elements(document, "w:cantSplit")) == 2


def test_table_that_word_has_no_room_for_is_told_in_lines() -> None:
    many = MOST_COLUMNS + 1
    table = Table(tuple(f"H{n}" for n in range(many)), (tuple(words(f"c{n}") for n in range(many)),))

    document = opened(table, Table((), ((),)))

    assert document.tables == []
    assert styled(document) == [("List Bullet", "; ".join(f"H{n}: c{n}" for n in range(many)))]


def test_long_table_is_written_soon() -> None:
    rows = tuple((words(f"L{n}"), words("x" * 200), words("told")) for n in range(600))

    [grid] = opened(Table(("Ref", "What", "State"), rows)).tables

    assert len(grid._tbl.tr_lst) == 601


def test_small_print_line_and_file() -> None:
    document = opened(Note(words("By Sam")), Divider(), Attachment("Plan.pdf", "file:abc"))

    assert styled(document) == [("Note", "By Sam"), ("Normal", ""), ("Normal", "File: Plan.pdf")]
    assert len(elements(document, "w:pBdr")) == 1


# --- pictures -------------------------------------------------------------------------------------


def png(width: int, height: int) -> bytes:
    """A grey picture, at 72 dots to the inch."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x80" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize(("width", "height", "shown"), [(72, 36, Cm(2.54)), (2000, 500, Cm(16.6))])
def test_picture_is_shown_with_words_for_those_who_cannot_see_it(width: int, height: int, shown: int) -> None:
    document = opened(Image("file:k", 'A "chart" <1>'), pictures={"file:k": png(width, height)})

    [picture] = document.inline_shapes
    assert (picture.width, round(picture.width / picture.height, 2)) == (shown, width / height)
    assert [prop.get("descr") for prop in elements(document, "wp:docPr")] == ['A "chart" <1>']


@pytest.mark.parametrize("content", [b"", b"no picture", png(5, 5)[:20], b"\xff\xd8\xff\xe0\0", b"BM" * 9])
def test_picture_that_is_none_is_told_in_words(content: bytes) -> None:
    document = opened(Image("file:k", "A chart"), pictures={"file:k": content})

    assert styled(document) == [("Normal", "Picture: A chart")]
    assert styled(opened(Image("https://a.example/x.png", "A chart"))) == [("Normal", "Picture: A chart")]


# --- the page -------------------------------------------------------------------------------------


def test_page_is_readable() -> None:
    document = opened(Heading("Minutes"))

    section = document.sections[0]
    assert [round(side / Cm(0.1)) for side in (section.page_width or 0, section.page_height or 0)] == [
        210,
        297,
    ]
    assert section.footer.paragraphs[0].text == "Page 1 of 1"
    body: Any = document.styles["Normal"]
    assert (body.font.name, body.font.size) == ("Arial", Pt(11))
    fonts = document.styles["Heading 1"].element.rPr.rFonts
    assert sorted(set(fonts.attrib.values())) == ["Arial"]
    assert {lang.get(qn("w:val")) for lang in document.styles.element.iter(qn("w:lang"))} == {"en-GB"}


# --- what people typed ----------------------------------------------------------------------------

TYPED = st.text(max_size=20) | st.sampled_from(HOSTILE) | st.text("\r\n\t\v\f\x1c\x85\u2028 a", max_size=8)
SPANS: st.SearchStrategy[Any] = st.lists(
    st.builds(Text, TYPED, st.booleans(), st.booleans())
    | st.builds(Link, TYPED, TYPED | TYPED.map("https://a.example/".__add__))
    | st.builds(Mention, st.integers(1, 9), TYPED)
    | st.builds(Break)
    | st.builds(CommandLine, TYPED),
    max_size=4,
).map(tuple)


def row_of(columns: int) -> st.SearchStrategy[Any]:
    return st.lists(SPANS, min_size=columns, max_size=columns).map(tuple)


TABLES: st.SearchStrategy[Any] = st.integers(1, 3).flatmap(
    lambda n: st.builds(
        Table,
        st.lists(TYPED, min_size=n, max_size=n).map(tuple),
        st.lists(row_of(n), max_size=3).map(tuple),
    )
)
BLOCKS: st.SearchStrategy[Any] = (
    st.builds(Heading, TYPED)
    | st.builds(Paragraph, SPANS)
    | st.builds(Note, SPANS)
    | st.builds(List, st.lists(SPANS, max_size=3).map(tuple), st.booleans(), st.integers(-3, 10**6))
    | st.builds(Facts, st.lists(st.tuples(TYPED, SPANS), max_size=3).map(tuple))
    | TABLES
    | st.builds(Divider)
    | st.builds(Image, TYPED, TYPED.map("a".__add__))
    | st.builds(Attachment, TYPED, TYPED)
)


def typed(text: str) -> str:
    """As it was typed, but for control characters; every line break is the same."""
    lines = re.sub("\r\n|[\r\v\f]", "\n", text)
    return "".join(each for each in lines if each in "\t\n" or (each >= " " and each not in "\ufffe\uffff"))


def said(spans: Spans) -> str:
    return typed("".join(map(span_said, spans)).replace("\0", ""))


def span_said(span: Span) -> str:
    match span:
        case Text():
            return typed(span.value)
        case Link():
            return typed(span.text or span.url)
        case Mention():
            return typed(span.name)
        case Break():
            return "\n"
        case CommandLine():
            return typed(span.line)
        case _:
            assert_never(span)


def expected(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield typed(block.text)
        case Paragraph() | Note():
            yield said(block.spans)
        case List():
            yield from map(said, block.items)
        case Facts():
            yield from (cell for label, spans in block.rows for cell in (typed(label), said(spans)))
            yield from [""] * bool(block.rows)
        case Table():
            yield from (typed(text) for text in block.header)
            yield from (said(cell) for row in block.rows for cell in row)
            yield ""
        case Divider():
            yield ""
        case Image():
            yield f"Picture: {typed(block.alt)}"
        case Attachment():
            yield f"File: {typed(block.name or 'File')}"
        case Buttons() | Form():
            pass
        case _:
            assert_never(block)


def read(document: Doc) -> Iterator[str]:
    for part in document.iter_inner_content():
        if isinstance(part, Grid):
            yield from (cell.text for cell in part._cells)
        else:
            yield part.text


@settings(deadline=None, max_examples=60)
@given(st.lists(BLOCKS, max_size=10))
def test_what_was_typed_comes_out_as_it_went_in(blocks: list[Block]) -> None:
    written = list(read(opened(*blocks)))

    wanted = [line for block in blocks for line in expected(block)]
    assert [pair for pair in zip_longest(written, wanted) if pair[0] != pair[1]] == []


def test_composed_message_becomes_a_document() -> None:
    document = Document(BytesIO(as_word(compose("help/all", commands=[]))))

    assert document.core_properties.title == "What I can do"
