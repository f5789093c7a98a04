"""The Slack form of a message: Block Kit, in which nothing that a person typed becomes markup or a ping.

Words stand in rich text, whose elements are typed, or in plain text; never in Slack's own Markdown.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, assert_never

from slack_sdk.models import blocks as kit
from slack_sdk.models.blocks import RichTextElementParts as Parts

from messages import slack_limits as limits
from messages.cutting import length, shortened
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
    Spans,
    Table,
    Text,
    plain,
)
from messages.sendable import address, escaped, is_blank, sendable
from messages.slack_drawn import drawn
from messages.small import shown

NOBODY: Final[Mapping[int, str]] = MappingProxyType({})

_PICTURE = re.compile(r"https://[^\s/]", re.IGNORECASE)
_SILENT = "A message from Commsbot"


@dataclass(frozen=True, slots=True)
class Payload:
    """What chat.postMessage is given: screen readers and notifications read `text`."""

    text: str
    blocks: list[dict[str, Any]]


def as_slack(message: Message, users: Mapping[int, str] = NOBODY) -> Payload:
    """A message that fits, see messages.pieces.split.

    users: the Slack user ids of people who are in this workspace; others are mentioned by name.
    """
    blocks = list(kit_blocks(message.blocks, users))
    spoken = _SILENT if is_blank(message.summary) else message.summary
    blocks = blocks or [_section([_text(shortened(spoken, limits.RICH))])]
    return Payload(escaped(spoken, limits.TOP_TEXT), [drawn(block) for block in blocks])


def kit_blocks(
    blocks: Iterable[Block], users: Mapping[int, str], tables: int = limits.TABLES
) -> Iterator[kit.Block]:
    """Slack's blocks; of what has no words there are none. tables: what is above this is told in lines."""
    each = list(shown(blocks, tables))
    labels = Counter(button.label for block in each if isinstance(block, Buttons) for button in block.buttons)
    for number, block in enumerate(each, 1):
        if isinstance(block, Buttons):
            yield from _buttons(block, number, labels)
        else:
            yield from _blocks(block, users)


def plain_text(text: str) -> kit.PlainTextObject:
    """Without emoji: `:name:` stays what was typed."""
    return kit.PlainTextObject(text=sendable(text), emoji=False)


def small_print(text: str) -> kit.ContextBlock:
    return kit.ContextBlock(elements=[plain_text(text)])


def bold_line(text: str, *, is_heading: bool = False) -> kit.Block:
    """Words that stand out, at most as many as a block holds."""
    if is_heading and length(text) <= limits.HEADER:
        return kit.HeaderBlock(text=plain_text(text))
    return _section([_text(shortened(text, limits.RICH), bold=True)])


def _blocks(block: Block, users: Mapping[int, str]) -> Iterator[kit.Block]:
    match block:
        case Heading():
            if not is_blank(block.text):
                yield bold_line(block.text, is_heading=True)
        case Paragraph():
            yield from _paragraph(block.spans, users)
        case List():
            yield from _list(block, users)
        case Facts():
            yield from _paragraph(tuple(_facts(block)), users)
        case Table():
            yield from _table(block, users)
        case Note():
            yield from _note(block.spans, users)
        case Divider():
            yield kit.DividerBlock()
        case Image():
            yield from _image(block)
        case Attachment():
            yield from _attachment(block)
        case Buttons() | Form():
            raise TypeError("buttons need to know of each other, and a form is shown in words")
        case _:
            assert_never(block)


def _paragraph(spans: Spans, users: Mapping[int, str]) -> Iterator[kit.Block]:
    if _has_words(spans):
        yield _section(_elements(spans, users))


def _list(block: List, users: Mapping[int, str]) -> Iterator[kit.Block]:
    if not any(map(_has_words, block.items)):
        return
    items = [kit.RichTextSectionElement(elements=_never_empty(item, users)) for item in block.items]
    offset = max(block.first - 1, 0) if block.ordered else 0
    style = "ordered" if block.ordered else "bullet"
    yield kit.RichTextBlock(
        elements=[kit.RichTextListElement(elements=items, style=style, offset=offset or None)]
    )


def _facts(block: Facts) -> Iterator[Span]:
    """A line each, because columns are too narrow on a phone."""
    for number, (label, spans) in enumerate(block.rows):
        if number:
            yield Break()
        if label:
            yield Text(f"{label}: ", bold=True)
        yield from spans


def _table(block: Table, users: Mapping[int, str]) -> Iterator[kit.Block]:
    if not block.header:
        return
    header = [_cell((Text(text, bold=True),), users) for text in block.header]
    rows = ([_cell(cell, users) for cell in row] for row in block.rows)
    wrapped = [kit.TableBlockColumnSettings(is_wrapped=True) for _ in block.header]
    yield kit.TableBlock(rows=[header, *rows], column_settings=wrapped)


def _cell(spans: Spans, users: Mapping[int, str]) -> kit.RawTextObject | kit.RichTextBlock:
    if not _has_words(spans):
        return kit.RawTextObject(text=" ")
    if all(isinstance(span, Text) and not span.bold and not span.italic for span in spans):
        return kit.RawTextObject(text=sendable(plain(spans)))
    return _section(_elements(spans, users))


def _note(spans: Spans, users: Mapping[int, str]) -> Iterator[kit.Block]:
    """Small print holds nothing but words; where there is more, a quotation stands back too."""
    if not _has_words(spans):
        return
    if any(isinstance(span, Link | CommandLine) or _user(span, users) for span in spans):
        quote = kit.RichTextQuoteElement(elements=_elements(spans, users))
        yield kit.RichTextBlock(elements=[quote])
    else:
        yield small_print(plain(spans))


def _buttons(block: Buttons, number: int, labels: Counter[str]) -> Iterator[kit.Block]:
    """Of several with one label a screen reader is told which is which."""
    buttons: list[kit.InteractiveElement] = [
        kit.ButtonElement(
            text=plain_text(shortened(button.label, limits.BUTTON_LABEL)),
            action_id=f"line.{number}.{n}",
            value=sendable(button.line),
            accessibility_label=_distinct(button) if labels[button.label] > 1 else None,
        )
        for n, button in enumerate(block.buttons, 1)
    ]
    for start in range(0, len(buttons), limits.BUTTONS):
        yield kit.ActionsBlock(elements=buttons[start : start + limits.BUTTONS])


def _distinct(button: Button) -> str:
    return sendable(shortened(f"{button.label}: {button.line.lstrip('/')}", limits.BUTTON_LABEL))


def _image(image: Image) -> Iterator[kit.Block]:
    alt, url = sendable(shortened(image.alt, limits.ALT)), address(image.url, limits.URL)
    if url and _PICTURE.match(url):
        yield kit.ImageBlock(image_url=url, alt_text=alt)
    else:
        yield _section([_link(f"Picture: {alt}", image.url)])


def _attachment(file: Attachment) -> Iterator[kit.Block]:
    name = "File" if is_blank(file.name) else shortened(file.name, limits.NAME)
    is_linked = bool(address(file.url, limits.URL))
    yield _section([_link(name if is_linked else f"File: {name}", file.url)])


def _section(elements: list[kit.RichTextElement]) -> kit.RichTextBlock:
    return kit.RichTextBlock(elements=[kit.RichTextSectionElement(elements=elements)])


def _has_words(spans: Spans) -> bool:
    return not is_blank(plain(spans)) or any(isinstance(span, Link) for span in spans)


def _never_empty(spans: Spans, users: Mapping[int, str]) -> list[kit.RichTextElement]:
    return _elements(spans, users) or [Parts.Text(text=" ")]


def _elements(spans: Spans, users: Mapping[int, str]) -> list[kit.RichTextElement]:
    """Nothing stands for a text without a character in it, which Slack refuses."""
    return [element for span in spans if (element := _element(span, users)) is not None]


def _element(span: Span, users: Mapping[int, str]) -> kit.RichTextElement | None:
    match span:
        case Text():
            return _text(span.value, bold=span.bold, italic=span.italic) if span.value else None
        case Link():
            return _link(span.text, span.url) if span.text or span.url else None
        case Mention():
            user = _user(span, users)
            return Parts.User(user_id=user) if user else _text(f"@{span.name}")
        case Break():
            return Parts.Text(text="\n")
        case CommandLine():
            return _text(span.line, code=True) if span.line else None
        case _:
            assert_never(span)


def _user(span: Span, users: Mapping[int, str]) -> str:
    return users.get(span.person, "") if isinstance(span, Mention) else ""


def _text(text: str, **styles: bool) -> kit.RichTextElement:
    chosen = {name: True for name, is_so in styles.items() if is_so}
    return Parts.Text(text=sendable(text), style=Parts.TextStyle(**chosen) if chosen else None)


def _link(text: str, url: str) -> kit.RichTextElement:
    """Where the address is of no kind that a person would follow, its words."""
    safe = address(url, limits.URL)
    if not safe:
        return _text(text or url)
    return Parts.Link(url=safe, text=None if is_blank(text) else sendable(text))
