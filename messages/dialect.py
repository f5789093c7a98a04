"""The dialect: how the Markdown of a template becomes the blocks of a message (see docs/messages.md).

Whether something is a link, a mention or a button is read from what the template's author wrote;
only then are the sealed values opened. So no value can make itself one of these, and what was parsed
serves every message with the same markup, whatever its values.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import takewhile
from typing import TypeAlias

from markdown_it import MarkdownIt
from markdown_it.token import Token

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
from messages.sealed import Values, number, show_sealed, unseal

Piece: TypeAlias = Span | Button | Image | Attachment

_RULES = ["table", "blockquote", "hr", "list", "heading", "paragraph"]
_RULES += ["newline", "escape", "emphasis", "link", "image", "entity", "backticks"]
_MARKUP = re.compile(r"[\\*_`\[!&\n]")
_WEB = re.compile(r"https?:", re.IGNORECASE)
_LINK = re.compile(r"(https?|mailto|tel):", re.IGNORECASE)
_SUMMARY = "summary:"
_LONGEST_KEPT = 2_000  # characters: long messages are rare, and hardly ever built alike


def read(markdown: str, name: str) -> Message:
    """Raises ValueError, naming the template and the line, for what has no place in a message.
    Lines are counted in what the template rendered to.
    """
    markup, values = number(markdown)
    tokens = iter(_parsed(markup) if len(markup) <= _LONGEST_KEPT else _parser().parse(markup))
    blocks: list[Block] = []
    summary = ""
    for token in tokens:
        try:
            inside = _inside(token, tokens)
            if not blocks and _is_summary(inside):
                summary = plain(_spans(inside, values)).removeprefix(_SUMMARY).strip(" ")
            else:
                blocks.extend(_blocks(token, inside, values))
        except ValueError as problem:
            raise ValueError(_where(name, token, markup, problem)) from problem
    return Message(tuple(blocks), summary)


class _Parser(MarkdownIt):
    """Links are kept as written: which of them are allowed is decided here, when values are open."""

    def normalizeLink(self, url: str) -> str:  # noqa: N802 (the parser's name)
        return url

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802 (the parser's name)
        return link

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802 (the parser's name)
        return True


@cache
def _parser() -> MarkdownIt:
    return _Parser("zero").enable(_RULES).disable(["inline", "text_join"])


@lru_cache(256)
def _parsed(markup: str) -> list[Token]:
    return _parser().parse(markup)


@lru_cache(1024)
def _parsed_line(markup: str) -> list[Token]:
    tokens: list[Token] = []
    parser = _parser()
    parser.inline.parse(markup, parser, {}, tokens)
    return tokens


def _where(name: str, token: Token, markup: str, problem: ValueError) -> str:
    line = token.map[0] if token.map else 0
    written = show_sealed(markup.split("\n")[line].strip())
    return f"{name}.md, line {line + 1}: {problem}: {written}"


def _inside(token: Token, tokens: Iterator[Token]) -> list[Token]:
    if token.nesting != 1:
        return []
    return list(takewhile(lambda each: each.level > token.level, tokens))


def _is_summary(inside: list[Token]) -> bool:
    return len(inside) == 1 and inside[0].content.startswith(_SUMMARY)


def _blocks(token: Token, inside: list[Token], values: Values) -> Iterable[Block]:
    match token.type:
        case "heading_open":
            return (Heading(plain(_spans(inside, values))),)
        case "paragraph_open":
            return _paragraph(_read_line(inside[0], values))
        case "bullet_list_open" | "ordered_list_open":
            items = tuple(_spans(item, values) for item in _split(inside, "list_item_open"))
            return (List(items, ordered=token.type == "ordered_list_open"),)
        case "blockquote_open":
            return tuple(Note(_spans(part, values)) for part in _split(inside, "paragraph_open"))
        case "table_open":
            return _table(inside, values)
        case _:
            return (Divider(),)


def _paragraph(pieces: list[Piece]) -> tuple[Block, ...]:
    things = [piece for piece in pieces if not isinstance(piece, Break) and not _is_blank(piece)]
    buttons = tuple(thing for thing in things if isinstance(thing, Button))
    if buttons and len(buttons) == len(things):
        return (Buttons(buttons),)
    files = tuple(thing for thing in things if isinstance(thing, Image | Attachment))
    if files and len(files) == len(things):
        return files
    spans = _only_spans(pieces)
    return (Paragraph(spans),) if spans else ()


def _is_blank(piece: Piece) -> bool:
    return isinstance(piece, Text) and not piece.value.strip(" ")


def _table(inside: list[Token], values: Values) -> tuple[Block, ...]:
    rows = [tuple(_spans(cell, values) for cell in _cells(row)) for row in _split(inside, "tr_open")]
    header = tuple(map(plain, rows[0]))
    if len(header) == 2 and not any(header):
        facts = tuple((plain(label), value) for label, value in rows[1:])
        return (Facts(facts),) if facts else ()
    return (Table(header, tuple(rows[1:])),)


def _cells(row: list[Token]) -> list[list[Token]]:
    return [[token] for token in row if token.type == "inline"]


def _split(tokens: list[Token], opening: str) -> list[list[Token]]:
    """The contents of each part that begins with this token. Raises ValueError for anything outside."""
    parts: list[list[Token]] = []
    rest = iter(tokens)
    for token in rest:
        if token.type == opening:
            parts.append(_inside(token, rest))
        elif token.type not in _FRAME:
            raise ValueError("a note holds only paragraphs")
    return parts


_FRAME = ("thead_open", "thead_close", "tbody_open", "tbody_close")


def _spans(tokens: list[Token], values: Values) -> Spans:
    """The one run of words in these tokens. Raises ValueError where there is more than that."""
    extra = {token.type for token in tokens} - {"inline", "paragraph_open", "paragraph_close"}
    lines = [token for token in tokens if token.type == "inline"]
    if extra or len(lines) > 1:
        raise ValueError("one paragraph of words is all that fits here")
    return _only_spans(_read_line(lines[0], values)) if lines else ()


def _only_spans(pieces: list[Piece]) -> Spans:
    spans = tuple(piece for piece in pieces if not isinstance(piece, Button | Image | Attachment))
    if len(spans) < len(pieces):
        raise ValueError("a button, an image or an attachment stands in a paragraph of its own")
    return spans


def _read_line(line: Token, values: Values) -> list[Piece]:
    """Most lines have no markup at all: those skip the slower half of the parser."""
    if not _MARKUP.search(line.content):
        words = unseal(line.content, values)
        return [Text(words)] if words else []
    return _pieces(_parsed_line(line.content), values)


def _pieces(tokens: Iterable[Token], values: Values) -> list[Piece]:
    pieces: list[Piece] = []
    bold = italic = 0
    rest = iter(tokens)
    for token in rest:
        match token.type:
            case "text" | "text_special":
                _add_text(pieces, _words(token, values), bold > 0, italic > 0)
            case "softbreak":
                _add_text(pieces, " ", bold > 0, italic > 0)
            case "hardbreak":
                pieces.append(Break())
            case "code_inline":
                pieces.append(CommandLine(unseal(token.content, values)))
            case "strong_open" | "strong_close":
                bold += token.nesting
            case "em_open" | "em_close":
                italic += token.nesting
            case "link_open":
                label = list(takewhile(lambda each: each.type != "link_close", rest))
                pieces.extend(_link(str(token.attrs["href"]), label, values))
            case _:
                alt = plain(_words_only(token.children or [], values))
                pieces.append(_image(str(token.attrs["src"]), alt, values))
    return pieces


def _words(token: Token, values: Values) -> str:
    if "](" in token.content:
        raise ValueError("a link with a space in its target needs < and > around the target")
    return unseal(token.content, values)


def _add_text(pieces: list[Piece], value: str, bold: bool, italic: bool) -> None:
    last = pieces[-1] if pieces else None
    if isinstance(last, Text) and (last.bold, last.italic) == (bold, italic):
        pieces[-1] = Text(last.value + value, bold, italic)
    elif value:
        pieces.append(Text(value, bold, italic))


def _words_only(tokens: list[Token], values: Values) -> Spans:
    return _only_spans(_pieces(tokens, values))


def _link(target: str, label: list[Token], values: Values) -> Iterable[Piece]:
    """What a link is depends on how its target begins in the template, before values are opened."""
    spans = _words_only(label, values)
    words = plain(spans)
    if target.startswith("/"):
        return (Button(words, unseal(target, values)),)
    if target.startswith("person:"):
        at = bool(label) and label[0].content.startswith("@")
        return (Mention(_person(target, values), words[1:] if at else words),)
    if target.startswith("file:"):
        return (Attachment(words, unseal(target, values)),)
    url = unseal(target, values)
    return (Link(words or url, url),) if _LINK.match(url) else spans


def _person(target: str, values: Values) -> int:
    digits = unseal(target.removeprefix("person:"), values)
    if not digits.isdecimal():
        raise ValueError("a mention needs the number of a person")
    return int(digits)


def _image(target: str, alt: str, values: Values) -> Piece:
    url = unseal(target, values)
    return Image(url, alt) if target.startswith("file:") or _WEB.match(url) else Text(alt)
