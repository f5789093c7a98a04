"""Small: a block as several that a chat message can show, each with no more in it than one may have."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TypeVar, assert_never

from messages import slack_limits as limits
from messages.asked import in_words
from messages.cutting import end_within, good_end, length
from messages.form import Form
from messages.message import (
    Attachment,
    Block,
    Buttons,
    Divider,
    Facts,
    Heading,
    Image,
    List,
    Note,
    Paragraph,
    Span,
    Spans,
    Table,
    Text,
    plain,
)
from messages.weights import weigh, weigh_button, weigh_item, weigh_span, weigh_spans

_Each = TypeVar("_Each")


def shown(blocks: Iterable[Block], tables: int = limits.TABLES) -> Iterator[Block]:
    """The blocks for a place that takes no forms and only so many tables: the others in words."""
    for block in blocks:
        for small in in_words(block) if isinstance(block, Form) else in_small(block):
            if not isinstance(small, Table):
                yield small
            elif tables:
                tables -= 1
                yield small
            else:
                yield from _in_lines(small)


def in_small(block: Block) -> tuple[Block, ...]:
    """The block itself, if it is small enough."""
    match block:
        case Heading() | Paragraph() | Note() | List() | Facts() if weigh(block).words <= limits.RICH:
            return (block,)
        case Heading():
            return _paragraphs((Text(block.text, bold=True),))
        case Paragraph():
            return _paragraphs(block.spans)
        case Note():
            return tuple(map(Note, cut(block.spans)))
        case List():
            return tuple(_list(block))
        case Facts():
            return tuple(_facts(block))
        case Table():
            return tuple(_table(block))
        case Buttons():
            rows = _grouped(block.buttons, weigh_button, limits.WORDS // 2, limits.BUTTONS)
            return tuple(map(Buttons, rows))
        case Divider() | Image() | Attachment() | Form():
            return (block,)
        case _:
            assert_never(block)


def cut(spans: Spans, longest: int = limits.RICH) -> list[Spans]:
    """The spans in runs that have at most so many characters."""
    runs: list[list[Span]] = [[]]
    room = longest
    for span in spans:
        rest = span if weigh_span(span) <= longest else _as_text(span)
        while (weight := weigh_span(rest)) > room:
            if isinstance(rest, Text):
                end = good_end(rest.value, room) or (0 if runs[-1] else end_within(rest.value, room))
                runs[-1] += [replace(rest, value=rest.value[:end])] if end else []
                rest = replace(rest, value=rest.value[end:])
            runs.append([])
            room = longest
        runs[-1].append(rest)
        room -= weight
    return [tuple(run) for run in runs if run]


def _as_text(span: Span) -> Text:
    """What is too long to be a link, a mention or a command is words."""
    return span if isinstance(span, Text) else Text(plain((span,)))


def _paragraphs(spans: Spans) -> tuple[Block, ...]:
    return tuple(map(Paragraph, cut(spans)))


def _list(block: List) -> Iterator[Block]:
    """What is left of an item that is too long follows as a paragraph, so that it is no item of its own."""
    number = block.first
    for items in _grouped(block.items, weigh_item, limits.RICH):
        first, *rest = cut(items[0]) or [()]
        yield replace(block, items=items if not rest else (first,), first=number)
        yield from map(Paragraph, rest)
        number += len(items)


def _facts(block: Facts) -> Iterator[Block]:
    for rows in _grouped(block.rows, _weigh_fact, limits.RICH):
        if _weigh_fact(rows[0]) <= limits.RICH:
            yield Facts(rows)
        else:
            label, spans = rows[0]
            yield from _paragraphs((Text(label, bold=True),))
            yield from _paragraphs(spans)


def _weigh_fact(row: tuple[str, Spans]) -> int:
    return length(row[0]) + 3 + weigh_spans(row[1])


def _table(block: Table) -> Iterator[Block]:
    header = sum(map(length, block.header))
    if _is_for_lines(block, header):
        yield from _in_lines(block)
    elif not block.rows:
        yield block
    else:
        for rows in _grouped(block.rows, _weigh_row, limits.TABLE - header, limits.ROWS - 1):
            yield block if len(rows) == len(block.rows) else Table(block.header, rows)


def _is_for_lines(block: Table, header: int) -> bool:
    cells = (weigh_spans(cell) for row in block.rows for cell in row)
    return (
        len(block.header) > limits.COLUMNS
        or header > limits.TABLE_ROW
        or max(map(length, block.header), default=0) > limits.CELL
        or max(cells, default=0) > limits.CELL
        or max(map(_weigh_row, block.rows), default=0) > limits.TABLE_ROW
    )


def _weigh_row(row: tuple[Spans, ...]) -> int:
    return sum(map(weigh_spans, row))


def _in_lines(block: Table) -> Iterator[Block]:
    """Each row as facts about one thing; of a table without rows its header."""
    if not block.rows:
        yield from in_small(Paragraph((Text(", ".join(block.header), bold=True),)))
    for row in block.rows:
        yield from in_small(Facts(tuple(zip(block.header, row, strict=True))))


def _grouped(
    series: tuple[_Each, ...], weigh_one: Callable[[_Each], int], longest: int, most: int = 10_000
) -> Iterator[tuple[_Each, ...]]:
    """In runs that weigh at most so much; what weighs more by itself is a run of its own."""
    run: list[_Each] = []
    weight = 0
    for each in series:
        if run and (weight + weigh_one(each) > longest or len(run) == most):
            yield tuple(run)
            run, weight = [], 0
        run.append(each)
        weight += weigh_one(each)
    if run:
        yield tuple(run)
