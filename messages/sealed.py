"""Sealed values: what a user typed, wrapped so that no parser can mistake it for markup.

A value becomes a token: a private-use character, the hexadecimal of its bytes, another private-use
character. To Jinja and to Markdown that is a word like any other; after parsing it is opened again.
docs/decisions/0001-sealed-values.md says why.
"""

import re

from markupsafe import Markup

_TOKEN = re.compile("\ue000([0-9a-f]*)\ue001")


def seal(value: object) -> Markup:
    """None reads as nothing; what is composed already (Markup) passes as it is."""
    if isinstance(value, Markup):
        return value
    text = "" if value is None else str(value)
    return Markup(f"\ue000{text.encode('utf-8', 'surrogatepass').hex()}\ue001")  # noqa: S704 (hexadecimal)


def unseal(text: str) -> str:
    """The text with each token opened. Raises ValueError if a token was cut into pieces."""
    starts, ends = text.count("\ue000"), text.count("\ue001")
    if not starts and not ends:
        return text
    opened, tokens = _TOKEN.subn(_open, text)
    if starts != tokens or ends != tokens:
        raise ValueError("a value was cut or changed after it had been put into the text")
    return opened


def _open(token: re.Match[str]) -> str:
    return bytes.fromhex(token[1]).decode("utf-8", "surrogatepass")


def show_sealed(text: str) -> str:
    """The text with {{…}} for each value, as its author would know it: for what is said about errors."""
    return re.sub("\ue000[0-9a-f]*\ue001?", "{{…}}", text)
