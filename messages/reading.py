"""Reading: how easy a text is to read: the age from which it can be read, and sentences that are too long."""

import re
from functools import cache
from typing import Any

LONGEST_SENTENCE = 25
"""Words; longer ones are marked."""
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?]+|\n|$)")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")


def sentences(text: str) -> list[str]:
    """The sentences of a text; a line break ends one too."""
    found = (match.group().strip() for match in _SENTENCE.finditer(text))
    return [sentence for sentence in found if _WORD.search(sentence)]


def long_sentences(text: str) -> list[str]:
    """Those with more words than people take in at once."""
    return [each for each in sentences(text) if len(each.split()) > LONGEST_SENTENCE]


def reading_age(text: str) -> int | None:
    """From which age on a text can be read, by Flesch and Kincaid's grade of 1975 and the five years before
    school; None for no words. Rough for less than a hundred words.
    """
    words = _WORD.findall(text)
    if not words:
        return None
    syllables = sum(map(_syllables, words))
    grade = 0.39 * len(words) / len(sentences(text)) + 11.8 * syllables / len(words) - 15.59
    return max(5, round(grade + 5))


def _syllables(word: str) -> int:
    """As many as there are places to part a word, and one."""
    return len(_dictionary().positions(word.lower())) + 1


@cache
def _dictionary() -> Any:
    import pyphen  # takes a while to load, and few messages need it

    return pyphen.Pyphen(lang="en_GB", left=1, right=1)
