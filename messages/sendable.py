"""Sendable: text as it can be sent to a chat platform, and as the one text that Slack reads marks in."""

import re

from messages.cutting import length, whole_end

_RARE = re.compile("[\0-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_CONTROL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LEADS_SOMEWHERE = re.compile(r"(https?://|mailto:|tel:)\S", re.IGNORECASE)
_NOT_IN_ADDRESSES = re.compile(r'[\s<>"\\^`{|}]')
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}  # the first is part of the others


def sendable(text: str) -> str:
    """A line feed for every line break; control characters and half a surrogate pair come out as U+FFFD."""
    if not _RARE.search(text):
        return text
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return _CONTROL.sub("\ufffd", whole.replace("\r\n", "\n").replace("\r", "\n"))


def is_blank(text: str) -> bool:
    return not sendable(text).strip()


def address(url: str, longest: int) -> str:
    """The address as it can be sent; "" for one of no kind that a person would follow, or too long."""
    safe = _NOT_IN_ADDRESSES.sub(lambda found: _percent(found[0]), sendable(url))
    return safe if _LEADS_SOMEWHERE.match(safe) and length(safe) <= longest else ""


def escaped(text: str, longest: int) -> str:
    """With entities for what could be a mark such as `<!channel>`; cut where it is longer than so much."""
    text = sendable(text)
    whole = _with_entities(text)
    return whole if length(whole) <= longest else _with_entities(_within(text, longest - 1) + "…")


def _with_entities(text: str) -> str:
    for character, entity in _ESCAPES.items():
        text = text.replace(character, entity)
    return text


def _within(text: str, room: int) -> str:
    """As much of a text as has room once it is escaped."""
    end = 0
    for character in text:
        room -= len(_ESCAPES.get(character, "")) or length(character)
        if room < 0:
            break
        end += 1
    return text[: whole_end(text, end) or end].rstrip()


def _percent(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode())
