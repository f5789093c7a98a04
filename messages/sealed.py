"""Sealed values: what a user typed, wrapped so that no parser can mistake it for markup.

A value becomes a token: a private-use character, the hexadecimal of its bytes, another private-use
character. To Jinja and to Markdown that is a word like any other; after parsing it is opened again.
For parsing it is given a number instead, so that the same template is parsed once.
docs/decisions/0001-sealed-values.md says why.
"""

import re
from typing import TypeAlias

from markupsafe import Markup

Values: TypeAlias = tuple[str, ...]
"""The sealed values of one text, in the order in which they stand in it."""

_TOKEN = re.compile("\ue000([0-9a-f]*)\ue001")


def seal(value: object) -> Markup:
    """None reads as nothing; what is composed already (Markup) passes as it is."""
    if isinstance(value, Markup):
        return value
    text = "" if value is None else str(value)
    return Markup(f"\ue000{text.encode('utf-8', 'surrogatepass').hex()}\ue001")  # noqa: S704 (hexadecimal)


def number(text: str) -> tuple[str, Values]:
    """The text with a number in each token, counted from 0, and what each of them held."""
    pieces = _TOKEN.split(text)
    numbered = (f"\ue000{n}\ue001{after}" for n, after in enumerate(pieces[2::2]))
    return "".join([pieces[0], *numbered]), tuple(pieces[1::2])


def unseal(text: str, values: Values) -> str:
    """A piece of a numbered text with each token opened. Raises ValueError if one was cut into pieces."""
    starts, ends = text.count("\ue000"), text.count("\ue001")
    if not starts and not ends:
        return text
    pieces = _TOKEN.split(text)
    if not starts == ends == len(pieces) // 2:
        raise ValueError("a value was cut or changed after it had been put into the text")
    pieces[1::2] = [_open(values[int(n)]) for n in pieces[1::2]]
    return "".join(pieces)


def _open(value: str) -> str:
    return bytes.fromhex(value).decode("utf-8", "surrogatepass")


def show_sealed(text: str) -> str:
    """The text with {{…}} for each value, as its author would know it: for what is said about errors."""
    return re.sub("\ue000[0-9a-f]*\ue001?", "{{…}}", text)
