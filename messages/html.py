"""The HTML form of a message: a piece of a web page, in which nothing that a person typed becomes markup."""

import re
from typing import assert_never

from markupsafe import Markup, escape

from messages.form import Form
from messages.html_forms import as_form
from messages.html_page import NOWHERE, element, joined, sent_along, words
from messages.html_page import Frame as Frame
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
from messages.words import kind

_WEB = re.compile("https?://", re.IGNORECASE)
_WRITE = re.compile("(mailto|tel):", re.IGNORECASE)
_RARE = re.compile("[\r\0\ud800-\udfff]")


def as_html(message: Message, frame: Frame = NOWHERE) -> Markup:
    """The blocks one after another, with nothing between them and nothing around them.

    A NUL and half a surrogate pair, which no page can hold, come out as U+FFFD.
    """
    blocks = joined(*(_html(block, frame.inside(n)) for n, block in enumerate(message.blocks, 1)))
    return Markup(_RARE.sub(_sendable, blocks))  # noqa: S704 (escaped by element)


def _sendable(rare: re.Match[str]) -> str:
    """A browser reads a carriage return as a line feed, unless it is written as a reference."""
    return "&#13;" if rare[0] == "\r" else "\ufffd"


def _html(block: Block, frame: Frame) -> Markup:
    match block:
        case Heading():
            return words(f"h{frame.level}", block.text)
        case Paragraph():
            return words("p", _spans(block.spans))
        case List():
            return _list(block)
        case Facts():
            return element("dl", *(_fact(label, spans) for label, spans in block.rows), class_="facts")
        case Table():
            return _table(block)
        case Note():
            return words("p", _spans(block.spans), also="note")
        case Divider():
            return element("hr")
        case Buttons():
            return _buttons(block, frame)
        case Image():
            return _image(block, frame)
        case Attachment():
            return _attachment(block, frame)
        case Form():
            return as_form(block, frame)
        case _:
            assert_never(block)


def _spans(spans: Spans) -> Markup:
    return joined(*map(_span, spans))


def _span(span: Span) -> Markup:
    match span:
        case Text():
            return _text(span)
        case Link():
            return _link(span.text or span.url, span.url)
        case Mention():
            return element("bdi", f"@{span.name}", class_="mention")
        case Break():
            return element("br")
        case CommandLine():
            return element("code", span.line, class_="line", dir="auto")
        case _:
            assert_never(span)


def _text(span: Text) -> Markup:
    inside = element("em", span.value, dir="auto") if span.italic else escape(span.value)
    return element("strong", inside, dir="auto") if span.bold else inside


def _link(text: str, url: str) -> Markup:
    """Where the address is of no kind that a person would follow, its words."""
    if _WEB.match(url):
        return element("a", text, href=url, target="_blank", rel="noopener noreferrer", dir="auto")
    return element("a", text, href=url, dir="auto") if _WRITE.match(url) else escape(text)


def _list(block: List) -> Markup:
    items = (words("li", _spans(item)) for item in block.items)
    if not block.ordered:
        return element("ul", *items)
    return element("ol", *items, start=str(block.first) if block.first != 1 else None)


def _fact(label: str, spans: Spans) -> Markup:
    return element("div", words("dt", label), words("dd", _spans(spans)))


def _table(table: Table) -> Markup:
    """It can be scrolled where it is too wide, by keyboard too."""
    header = element("tr", *map(_heading, table.header))
    rows = (element("tr", *_cells(row)) for row in table.rows)
    inside = element("table", element("thead", header), element("tbody", *rows))
    name = ", ".join(filter(None, table.header))
    return element("div", inside, class_="table", role="group", tabindex="0", aria_label=f"Table: {name}")


def _heading(text: str) -> Markup:
    """Without words it is none: a screen reader would announce an empty heading."""
    return words("th", text, scope="col") if text else words("td")


def _cells(row: tuple[Spans, ...]) -> list[Markup]:
    """The first cell names its row, if there is anything else in it."""
    cells = [words("td", _spans(cell)) for cell in row]
    if len(row) > 1 and plain(row[0]):
        cells[0] = words("th", _spans(row[0]), scope="row")
    return cells


def _buttons(block: Buttons, frame: Frame) -> Markup:
    if not frame.click:
        return Markup("")
    buttons = (
        words("button", each.label, type="submit", name="line", value=each.line) for each in block.buttons
    )
    return element("form", sent_along(frame), *buttons, class_="buttons", method="post", action=frame.click)


def _image(image: Image, frame: Frame) -> Markup:
    """A picture from elsewhere is not fetched: the reader's visit would be known there."""
    own = frame.file(image.url)
    if not own:
        return words("p", _link(f"Picture: {image.alt}", image.url))
    return element("figure", element("img", src=own, alt=image.alt, loading="lazy"))


def _attachment(file: Attachment, frame: Frame) -> Markup:
    own, name = frame.file(file.url), file.name or "File"
    if not own:
        return words("p", _link(name, file.url))
    what = kind(name)
    said = (element("bdi", name), f" ({what})") if what else (name,)
    return element("p", words("a", *said, also="attachment", href=own, download=""))
