"""Weights: how much of a chat message a block takes up (the smallest room among the platforms: Slack's)."""

from collections.abc import Iterable
from typing import NamedTuple, assert_never

from messages import slack_limits as limits
from messages.asked import in_words
from messages.cutting import length
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
    Note,
    Paragraph,
    Span,
    Table,
    Text,
)


class Weight(NamedTuple):
    """Blocks as Slack counts them, characters, tables."""

    blocks: int = 0
    words: int = 0
    tables: int = 0

    def with_(self, other: "Weight") -> "Weight":
        return Weight(self[0] + other[0], self[1] + other[1], self[2] + other[2])

    @property
    def fits(self) -> bool:
        """Whether one message can hold so much."""
        blocks, words, tables = self
        return (
            blocks <= limits.BLOCKS
            and words <= limits.WORDS
            and words + blocks * limits.TAKEN_BY_BLOCK <= limits.ROOM
            and tables <= limits.TABLES
        )


def weigh(block: Block) -> Weight:
    match block:
        case Heading():
            return Weight(1, length(block.text))
        case Paragraph() | Note():
            return Weight(1, weigh_spans(block.spans))
        case List():
            return Weight(1, sum(map(weigh_item, block.items)))
        case Facts():
            return Weight(1, sum(length(label) + 3 + weigh_spans(spans) for label, spans in block.rows))
        case Table():
            rows = sum(weigh_spans(cell) for row in block.rows for cell in row)
            return Weight(1, sum(map(length, block.header)) + rows, 1)
        case Divider():
            return Weight(1)
        case Buttons():
            blocks = -(-len(block.buttons) // limits.BUTTONS)
            return Weight(blocks, sum(map(weigh_button, block.buttons)))
        case Image():
            return Weight(1, _at_most(block.alt, limits.ALT) + _at_most(block.url, limits.URL) + 10)
        case Attachment():
            return Weight(1, _at_most(block.name, limits.NAME) + _at_most(block.url, limits.URL) + 10)
        case Form():
            return total(map(weigh, in_words(block)))
        case _:
            assert_never(block)


def total(weights: Iterable[Weight]) -> Weight:
    each = tuple(weights)
    return Weight(*(sum(column) for column in zip(*each, strict=True)))


def weigh_spans(spans: Iterable[Span]) -> int:
    return sum(map(weigh_span, spans))


def weigh_item(spans: Iterable[Span]) -> int:
    """Of a list; one without words takes room too."""
    return weigh_spans(spans) + 1


def weigh_span(span: Span) -> int:
    match span:
        case Text():
            return length(span.value)
        case Link():
            return length(span.text) + length(span.url)
        case Mention():
            return length(span.name) + 1
        case Break():
            return 1
        case CommandLine():
            return length(span.line)
        case _:
            assert_never(span)


def weigh_button(button: Button) -> int:
    return _at_most(button.label, limits.BUTTON_LABEL) + length(button.line)


def _at_most(text: str, longest: int) -> int:
    """Longer ones are not shown whole."""
    return min(length(text), longest)
