"""The neutral message: what the bot says, before any platform has a say in how it looks.

To add a kind of block, write its class here and add it to `Block`; mypy then names every renderer
that has forgotten it, because each ends its `match` with `assert_never`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TypeAlias, assert_never

from messages.form import Form

LONGEST_LINE = 2000
"""Characters in a button's command line: the smallest limit among the platforms (Slack's button value)."""


@dataclass(frozen=True, slots=True)
class Text:
    """Words exactly as they were typed, line breaks included."""

    value: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """`url` has one of the schemes http, https, mailto and tel when a template made the link."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Mention:
    """`person` is the id of a person; the renderer looks up who that is on its platform."""

    person: int
    name: str


@dataclass(frozen=True, slots=True)
class Break:
    """A new line inside a paragraph."""


@dataclass(frozen=True, slots=True)
class CommandLine:
    """A command for people to type, such as "/action list"; where there is a box, it can be put there."""

    line: str


Span: TypeAlias = Text | Link | Mention | Break | CommandLine
Spans: TypeAlias = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    spans: Spans


@dataclass(frozen=True, slots=True)
class List:
    """`first` is the number of the first item, where they are numbered."""

    items: tuple[Spans, ...]
    ordered: bool = False
    first: int = 1


@dataclass(frozen=True, slots=True)
class Facts:
    """Pairs of a label and what it says, such as "When" and "Friday 12 June"."""

    rows: tuple[tuple[str, Spans], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Every row has as many cells as the header."""

    header: tuple[str, ...]
    rows: tuple[tuple[Spans, ...], ...]


@dataclass(frozen=True, slots=True)
class Note:
    """Small print: who did what, where this comes from, what happens next."""

    spans: Spans


@dataclass(frozen=True, slots=True)
class Divider:
    """A line across the message."""


@dataclass(frozen=True, slots=True)
class Button:
    """A click sends `line`, a command such as "/action done A12", in the clicker's name."""

    label: str
    line: str

    def __post_init__(self) -> None:
        if not self.label.strip():
            raise ValueError("a button needs a label")
        if len(self.line) > LONGEST_LINE:
            raise ValueError(f"a button's line has at most {LONGEST_LINE:,} characters")


@dataclass(frozen=True, slots=True)
class Buttons:
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Image:
    """`url` is a web address, or "file:KEY" for a file the bot keeps; `alt` says what is to be seen."""

    url: str
    alt: str

    def __post_init__(self) -> None:
        if not self.alt.strip():
            raise ValueError("an image needs words for those who cannot see it")


@dataclass(frozen=True, slots=True)
class Attachment:
    """`url` is "file:KEY" for a file the bot keeps, or a web address."""

    name: str
    url: str

    @property
    def key(self) -> str:
        """Of a file that the bot keeps; "" for a web address."""
        return self.url.removeprefix("file:") if self.url.startswith("file:") else ""


Block: TypeAlias = (
    Heading | Paragraph | List | Facts | Table | Note | Divider | Buttons | Image | Attachment | Form
)


@dataclass(frozen=True, slots=True)
class Message:
    """`summary` is sent with every message as plain text: screen readers and notifications read it.
    Left empty, it is taken from the first heading or paragraph, or else the first block with words.
    """

    blocks: tuple[Block, ...]
    summary: str = ""

    def __post_init__(self) -> None:
        if not self.summary:
            object.__setattr__(self, "summary", _summary(self.blocks))


def plain(spans: Iterable[Span]) -> str:
    """The words alone: links by their text, people as @Name."""
    return "".join(map(_words_of_span, spans))


def answered(message: Message, line: str, outcome: str) -> Message:
    """The message after a click: the buttons that held the one with this line give way to the outcome."""
    note = Note((Text(outcome),))
    return replace(message, blocks=tuple(note if _offers(block, line) else block for block in message.blocks))


def unanswered(message: Message, before: Message, after: Message) -> Message:
    """The message without what one click made of it: where that changed a block, it is as before."""
    if not len(message.blocks) == len(before.blocks) == len(after.blocks):
        return message
    each = zip(message.blocks, before.blocks, after.blocks, strict=True)
    return replace(message, blocks=tuple(now if old == new else old for now, old, new in each))


def retyped(message: Message, how: Callable[[str], str]) -> Message:
    """The message with the commands that stand in it to be typed as they are typed on a platform."""
    blocks = tuple(_retyped(block, how) for block in message.blocks)
    return message if blocks == message.blocks else replace(message, blocks=blocks)


def _retyped(block: Block, how: Callable[[str], str]) -> Block:
    def each(spans: Spans) -> Spans:
        return tuple(CommandLine(how(s.line)) if isinstance(s, CommandLine) else s for s in spans)

    match block:
        case Paragraph() | Note():
            return replace(block, spans=each(block.spans))
        case List():
            return replace(block, items=tuple(map(each, block.items)))
        case Facts():
            return replace(block, rows=tuple((label, each(spans)) for label, spans in block.rows))
        case Table():
            return replace(block, rows=tuple(tuple(map(each, row)) for row in block.rows))
        case Heading() | Divider() | Buttons() | Image() | Attachment() | Form():
            return block
        case _:
            assert_never(block)


def _offers(block: Block, line: str) -> bool:
    return isinstance(block, Buttons) and any(button.line == line for button in block.buttons)


def _words_of_span(span: Span) -> str:
    match span:
        case Text():
            return span.value
        case Link():
            return span.text
        case Mention():
            return f"@{span.name}"
        case Break():
            return "\n"
        case CommandLine():
            return span.line
        case _:
            assert_never(span)


def _summary(blocks: tuple[Block, ...]) -> str:
    leading = filter(None, (_words(block) for block in blocks if isinstance(block, Heading | Paragraph)))
    return next(leading, "") or next(filter(None, map(_words, blocks)), "")


def _words(block: Block) -> str:
    match block:
        case Heading():
            return block.text
        case Paragraph() | Note():
            return plain(block.spans)
        case List():
            return ", ".join(map(plain, block.items))
        case Facts():
            return ", ".join(f"{label}: {plain(spans)}" for label, spans in block.rows)
        case Table():
            return ", ".join(block.header)
        case Image():
            return block.alt
        case Attachment():
            return block.name
        case Form():
            return block.title
        case Buttons():
            return ", ".join(button.label for button in block.buttons)
        case Divider():
            return ""
        case _:
            assert_never(block)
