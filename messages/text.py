"""The text form of a message: for logs, the terminal and tests. What a person typed stands in it as it is."""

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import assert_never

from messages.form import Field, Form, Rows
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
)

_NEW_LINE = re.compile("\r\n|[\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_TOGETHER = (Note, Buttons, Image, Attachment)


def as_text(message: Message) -> str:
    """Lines of any length, without a line break at the end."""
    blocks = message.blocks
    if not blocks:
        return ""
    rest = (_gap(above, below) + _text(below) for above, below in pairwise(blocks))
    return _text(blocks[0]) + "".join(rest)


def _gap(above: Block, below: Block) -> str:
    belong = type(above) is type(below) and isinstance(below, _TOGETHER)
    return "\n" if belong else "\n\n"


def _text(block: Block) -> str:
    match block:
        case Heading():
            return _one_line(block.text)
        case Paragraph():
            return _words(block.spans)
        case List():
            return "\n".join(
                (f"{number}. " if block.ordered else "- ") + _flat(item)
                for number, item in enumerate(block.items, block.first)
            )
        case Facts():
            return "\n".join(f"{_one_line(label)}: {_flat(spans)}" for label, spans in block.rows)
        case Table():
            return _table(
                [list(map(_one_line, block.header)), *(list(map(_flat, row)) for row in block.rows)]
            )
        case Note():
            return "> " + _words(block.spans).replace("\n", "\n> ")
        case Divider():
            return "-" * 40
        case Buttons():
            return "\n".join(f"[{_one_line(each.label)}] {each.line}" for each in block.buttons)
        case Image():
            return f"Picture: {_one_line(block.alt)} ({block.url})"
        case Attachment():
            return f"File: {_one_line(block.name)}"
        case Form():
            return _form(block)
        case _:
            assert_never(block)


def _words(spans: Iterable[Span]) -> str:
    return "".join(map(_span, spans))


def _flat(spans: Spans) -> str:
    return _one_line(_words(spans))


def _one_line(text: str) -> str:
    return _NEW_LINE.sub(" ", text)


def _span(span: Span) -> str:
    match span:
        case Text():
            return span.value
        case Link():
            return span.url if span.text == span.url else f"{span.text} <{span.url}>"
        case Mention():
            return f"@{span.name}"
        case Break():
            return "\n"
        case CommandLine():
            return span.line
        case _:
            assert_never(span)


def _table(rows: list[list[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    header, *body = ("  ".join([*map(str.ljust, row[:-1], widths), row[-1]]) for row in rows)
    return "\n".join([header, "  ".join("-" * width for width in widths), *body])


def _form(form: Form) -> str:
    asked = [line for field in form.fields for line in _question(field)]
    line = " ".join([f"/{form.command}", *filter(None, map(_answer, form.fields))])
    return "\n".join([_one_line(form.title), *asked, f"To answer here, type a line such as: {line}"])


def _answer(field: Field | Rows) -> str:
    """A field as it can be typed, if it has to be; of several rows the first, with its first answer."""
    if isinstance(field, Field):
        if not field.required and not field.value:
            return ""
        return f"{field.name}: {_one_line(field.value) or field.example or '…'}"
    first = [option.value for own in field.fields for option in own.options]
    return " ".join([*(row.key for row in field.rows[:1]), *first[:1]])


def _question(field: Field | Rows) -> list[str]:
    if isinstance(field, Field):
        return _field(field)
    lines = [f"{field.label}:"]
    for row in field.rows:
        lines.append(f"  {_one_line(row.label)}")
        lines += [f"    {line}" for own in field.filled(row) for line in _field(own)]
    return lines


def _field(field: Field) -> list[str]:
    needed = " (needed)" if field.required else ""
    lines = [f"{field.label}{needed}: {field.value}".rstrip(" ")]
    if field.hint:
        lines.append(f"  {field.hint}")
    if field.example:
        lines.append(f"  Such as: {field.example}")
    if field.options:
        lines.append("  One of: " + ", ".join(option.label for option in field.options))
    if field.error:
        lines.append(f"  Not yet: {field.error}")
    return lines
