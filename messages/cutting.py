"""Cutting: how long a text is, and where it can be parted so that both halves can still be read."""

import re
import unicodedata

_ZWJ = "\u200d"
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)]*\s+")


def length(text: str) -> int:
    """UTF-16 units, the most that any platform counts: an emoji is two."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def shortened(text: str, longest: int) -> str:
    """The text, cut at a word and marked with … where it is longer than so many units."""
    if length(text) <= longest:
        return text
    end = whole_end(text, end_within(text, longest - 1)) or end_within(text, longest - 1)
    word = text.rfind(" ", 0, end + 1)
    return text[: word if word > end // 2 else end].rstrip() + "…"


def good_end(text: str, room: int) -> int:
    """Where to part a text so that its beginning has at most so many units: after a line break, a sentence
    or a word, if that leaves no more than half of the room empty. 0 where nothing whole fits.
    """
    end = end_within(text, room)
    if end == len(text):
        return end
    line = text.rfind("\n", 0, end) + 1
    sentence = max((found.end() for found in _SENTENCE_END.finditer(text, 0, end)), default=0)
    word = text.rfind(" ", 0, end) + 1
    good = (each for each in (line, sentence, word) if each > end // 2 and _may_part(text, each))
    return next(good, 0) or whole_end(text, end)


def end_within(text: str, room: int) -> int:
    """The index up to which the text has at most so many units."""
    end = min(len(text), max(room, 0))
    while end and (over := length(text[:end]) - room) > 0:
        end -= (over + 1) // 2
    return end


def whole_end(text: str, end: int) -> int:
    """The last place up to this one that parts no character as people see it; 0 if there is none."""
    while end and not _may_part(text, end):
        end -= 1
    return end


def _may_part(text: str, at: int) -> bool:
    """Not in a pair of surrogates or line break, nor before or after what joins: marks, selectors, ZWJ."""
    if at <= 0 or at >= len(text):
        return True
    before, after = text[at - 1], text[at]
    if after.isascii():
        return before + after != "\r\n" and before != _ZWJ
    if "\udc00" <= after <= "\udfff":
        return not "\ud800" <= before <= "\udbff"
    if _is_letter_of_a_flag(after):
        return _letters_of_flags_before(text, at) % 2 == 0
    return before != _ZWJ and not _joins(after)


def _joins(character: str) -> bool:
    """Marks, selectors of variants, skin tones, and the tags in the flags of England and Scotland."""
    return (
        character == _ZWJ
        or unicodedata.category(character).startswith("M")
        or "\U0001f3fb" <= character <= "\U0001f3ff"
        or "\U000e0020" <= character <= "\U000e007f"
    )


def _is_letter_of_a_flag(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _letters_of_flags_before(text: str, at: int) -> int:
    start = at
    while start and _is_letter_of_a_flag(text[start - 1]):
        start -= 1
    return at - start
