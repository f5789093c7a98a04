"""Words: a typed line taken apart into its text and its named parts."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest

REPAIRS = str.maketrans("‘’‚‛“”„‟–—−：，\u00a0\u2007\u202f", "''''\"\"\"\"---:,   ")
"""What phones and word processors insert, one character for one, so that places stay the same."""

MENTION = re.compile(r"<@[^>\s]+>|(?<![\w@])@[\w][\w.'-]*")
TOKEN = re.compile(r"<([@#])(\w+):([^\s:<>]+):([^<>]+)>")
"""How a platform's own mention of a person or a chat channel stands in a line: <@platform:team:id>."""

COURTESY = re.compile(r"(?:[\s,.;!–—-]+(?:please|many thanks|thanks|thank you|cheers))+[\s.!]*$", re.I)
"""What may follow a date or a name and is no part of it."""


def cleaned(text: str) -> str:
    """What may be stored: without control characters (line breaks stay) and broken half-characters."""
    if text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))


def number_in(text: str) -> int | None:
    """A number in plain figures; None for all else, and for more figures than any number here has."""
    found = re.fullmatch(r"[0-9]{1,9}", text.strip())
    return int(found.group()) if found else None


def repaired(text: str) -> str:
    """The text as it is read: plain quotes, dashes and spaces. As long as the text itself."""
    return text.translate(REPAIRS)


@dataclass(frozen=True)
class Split:
    """A line taken apart: what stands before the first part, and each part's text as it was typed."""

    head: str
    named: dict[str, str]
    twice: str = ""


def split(text: str, names: dict[str, str]) -> Split:
    """Take a line apart at `name:`.

    names: every way to type a part -> the part's name. Other words with a colon stay in the text.
    """
    if not names:
        return Split(text.strip(), {})
    marks = list(_pattern(tuple(names)).finditer(repaired(text)))
    head = text[: marks[0].start()].rstrip(" \n\t,;") if marks else text
    named: dict[str, str] = {}
    for mark, following in zip_longest(marks, marks[1:]):
        name = names[mark.group(1).lower()]
        if name in named:
            return Split(head.strip(), named, twice=name)
        named[name] = text[mark.end() : following.start() if following else len(text)].strip().rstrip(",")
    return Split(head.strip(), named)


@cache
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(rf"(?:(?<=\s)|^)({'|'.join(map(re.escape, longest_first))}):", re.IGNORECASE)


def without_leading(text: str, words: tuple[str, ...]) -> str:
    """The text without a first word that means nothing here, such as "to" before a name."""
    first, _, rest = text.partition(" ")
    return rest.strip() if rest and repaired(first).lower().rstrip(":") in words else text
