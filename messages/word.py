"""The Word form of a message: a document with real headings, lists and tables, for reading and printing.

Whoever needs it imports it when it is needed: the library behind it takes a seventh of a second to load.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from types import MappingProxyType
from typing import Any, Final, assert_never
from urllib.parse import urlsplit

from docx.document import Document as Doc
from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt
from docx.table import Table as Grid
from docx.text.paragraph import Paragraph as Para
from docx.text.run import Run

from messages.form import Form
from messages.message import (
    Attachment,
    Block,
    Break,
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
    plain,
)
from messages.sendable import address
from messages.word_grid import cells_of, draw_lines, repeat_first, shade
from messages.word_page import LINK, NOTE, WIDTH, element, new_document

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
NO_PICTURES: Final[Mapping[str, bytes]] = MappingProxyType({})
MOST_COLUMNS = 63
"""That Word allows in a table; what is beyond them is told in lines."""
LONGEST_ADDRESS = 2000
_LABELS = Cm(4.6)
_NARROWEST, _WIDEST = 9, 48
"""Characters in a cell beyond which its column becomes no narrower or wider beside the others."""
_NO_PICTURE = (UnrecognizedImageError, InvalidImageStreamError, UnexpectedEndOfFileError, ZeroDivisionError)
_NEW_LINE = re.compile("\r\n|[\r\v\f]")
_NOT_IN_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_word(
    message: Message, made: datetime | None = None, pictures: Mapping[str, bytes] = NO_PICTURES
) -> bytes:
    """A .docx. Buttons and forms are left out: paper cannot be pressed.

    made: when, aware, as the document says of itself. pictures: what is in a file, by the `url` of an image.
    Control characters that no document can hold are left out too.
    """
    title = next((block.text for block in message.blocks if isinstance(block, Heading)), message.summary)
    document = new_document(" ".join(_writable(title).split()), made)
    writing = _Writing(document, pictures)
    for block in message.blocks:
        writing.write(block)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


@dataclass
class _Writing:
    """A document that is being written. has_title: whether its first heading stands there."""

    document: Doc
    pictures: Mapping[str, bytes]
    has_title: bool = False

    def write(self, block: Block) -> None:
        match block:
            case Heading():
                self._paragraph((Text(block.text),), "Heading 2" if self.has_title else "Heading 1")
                self.has_title = True
            case Paragraph():
                self._paragraph(block.spans)
            case List():
                self._list(block)
            case Facts():
                self._facts(block)
            case Table():
                self._table(block)
            case Note():
                self._paragraph(block.spans, NOTE)
            case Divider():
                self._divider()
            case Image():
                self._image(block)
            case Attachment():
                self._paragraph((Text("File: "), Link(block.name or "File", block.url)))
            case Buttons() | Form():
                pass
            case _:
                assert_never(block)

    def _paragraph(self, spans: Spans, style: str = "Normal") -> Para:
        paragraph = self.document.add_paragraph(style=style)
        _fill(paragraph, spans)
        return paragraph

    def _list(self, block: List) -> None:
        style = "List Number" if block.ordered else "List Bullet"
        items = [self._paragraph(item, style) for item in block.items]
        if block.ordered and items:
            self._count_from(block.first, items)
        if items:
            items[-1].paragraph_format.space_after = Pt(8)

    def _count_from(self, first: int, items: list[Para]) -> None:
        """Word would go on with the numbers of the list before."""
        style: Any = self.document.styles["List Number"]
        numbering: Any = self.document.part.numbering_part.element
        usual = numbering.num_having_numId(style.element.pPr.numPr.numId.val)
        own = numbering.add_num(usual.abstractNumId.val)
        own.add_lvlOverride(ilvl=0).add_startOverride(max(first, 0))
        for item in items:
            numbered: Any = item._p.get_or_add_pPr().get_or_add_numPr()
            numbered.get_or_add_ilvl().val, numbered.get_or_add_numId().val = 0, own.numId

    def _facts(self, block: Facts) -> None:
        if block.rows:
            grid = self._grid(len(block.rows), (_LABELS, Length(WIDTH - _LABELS)), firstColumn="1")
            for row, (label, spans) in zip(cells_of(grid), block.rows, strict=True):
                _fill(row[0].paragraphs[0], (Text(label, bold=True),))
                _fill(row[1].paragraphs[0], spans)
            self._gap()

    def _table(self, block: Table) -> None:
        columns = len(block.header)
        if columns > MOST_COLUMNS:
            self._list(_in_lines(block))
        elif columns:
            grid = self._grid(1 + len(block.rows), _widths(block), firstRow="1")
            header, *rows = cells_of(grid)
            repeat_first(grid)
            for cell, text in zip(header, block.header, strict=True):
                shade(cell)
                _fill(cell.paragraphs[0], (Text(text, bold=True),))
            for row, cells in zip(rows, block.rows, strict=True):
                for cell, spans in zip(row, cells, strict=True):
                    _fill(cell.paragraphs[0], spans)
            self._gap()

    def _grid(self, rows: int, widths: Iterable[Length], **look: str) -> Grid:
        """look: what of it is a heading, as a screen reader is told."""
        widths = list(widths)
        grid: Grid = self.document.add_table(rows, len(widths))
        grid.autofit = False
        for column, width in zip(grid.columns, widths, strict=True):
            column.width = width
        draw_lines(grid, look)
        for row in grid._tbl.tr_lst:
            row.get_or_add_trPr().append(element("w:cantSplit"))
            for cell, width in zip(row.tc_lst, widths, strict=True):
                cell.width = width
                Para(cell.p_lst[0], grid).paragraph_format.space_after = Pt(0)
        return grid

    def _gap(self) -> None:
        """Between a table and what follows, for two tables would become one."""
        after = self.document.add_paragraph().paragraph_format
        after.space_after, after.line_spacing = Pt(0), Pt(8)

    def _divider(self) -> None:
        lines = OxmlElement("w:pBdr")
        lines.append(element("w:bottom", val="single", sz="6", space="1", color="A0A0A0"))
        self.document.add_paragraph()._p.get_or_add_pPr().insert_element_before(
            lines, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
        )

    def _image(self, image: Image) -> None:
        """Larger than the page it is made smaller; where it cannot be shown, its words are."""
        content = self.pictures.get(image.url)
        if content is None or not self._shows(image, content):
            self._paragraph((Link(f"Picture: {image.alt}", image.url),))

    def _shows(self, image: Image, content: bytes) -> bool:
        paragraph = self.document.add_paragraph()
        try:
            picture = paragraph.add_run().add_picture(BytesIO(content))
        except _NO_PICTURE:
            paragraph._p.getparent().remove(paragraph._p)
            return False
        if picture.width > WIDTH:
            picture.height, picture.width = Length(picture.height * WIDTH // picture.width), WIDTH
        picture._inline.docPr.set("descr", _writable(image.alt))
        return True


def _fill(paragraph: Para, spans: Spans) -> None:
    for span in spans:
        _add(paragraph, span)


def _add(paragraph: Para, span: Span) -> None:
    match span:
        case Text():
            run = paragraph.add_run(_writable(span.value))
            run.bold, run.italic = span.bold or None, span.italic or None
        case Link():
            _link(paragraph, span)
        case Mention():
            paragraph.add_run(_writable(span.name))
        case Break():
            paragraph.add_run().add_break()
        case CommandLine():
            paragraph.add_run(_writable(span.line))
        case _:
            assert_never(span)


def _link(paragraph: Para, link: Link) -> None:
    """Where the address is of no kind that a person would follow, its words."""
    words, url = _writable(link.text or link.url), _followed(link.url)
    if not url:
        paragraph.add_run(words)
        return
    made = OxmlElement("w:hyperlink")
    made.set(qn("r:id"), paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run = OxmlElement("w:r")
    made.append(run)
    paragraph._p.append(made)
    Run(run, paragraph).text = words
    Run(run, paragraph).style = LINK


def _followed(url: str) -> str:
    """An address that Word takes: at one that is none, it would refuse the whole document."""
    safe = address(_writable(url), LONGEST_ADDRESS)
    try:
        parts = urlsplit(safe)
        is_whole = parts.scheme.lower() in ("mailto", "tel") or bool(parts.hostname and parts.port != 0)
    except ValueError:
        return ""
    return safe if is_whole else ""


def _writable(text: str) -> str:
    """A line feed for every line break; without what XML has no place for."""
    return _NOT_IN_XML.sub("", _NEW_LINE.sub("\n", text))


def _widths(table: Table) -> list[Length]:
    """A column with long texts gets more room than one with a number in it."""
    columns = zip(table.header, *(map(plain, row) for row in table.rows), strict=True)
    needs = [max(_NARROWEST, min(_WIDEST, max(map(len, column)))) for column in columns]
    return [Length(WIDTH * need // sum(needs)) for need in needs]


def _in_lines(table: Table) -> List:
    """A row as an item, with the heading before each of its cells."""
    rows = (zip(table.header, row, strict=True) for row in table.rows)
    return List(tuple((Text("; ".join(f"{label}: {plain(cell)}" for label, cell in row)),) for row in rows))
