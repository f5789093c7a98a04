"""Cutting: texts are parted between characters as people see them, at a good place if there is one."""

import pytest

from messages.cutting import end_within, good_end, length, shortened, whole_end

FAMILY = "\U0001f469\u200d\U0001f469\u200d\U0001f467"
SCOTLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"
WHOLE = [
    "e\u0301\u0323",
    FAMILY,
    SCOTLAND,
    "\U0001f1ec\U0001f1e7",
    "\U0001f44d\U0001f3fd",
    "1\ufe0f\u20e3",
    "\ud83d\ude00",
    "\r\n",
    "\u0915\u093f",
]


@pytest.mark.parametrize("character", WHOLE)
def test_cutting_parts_no_character(character: str) -> None:
    text = f"a{character}{character}b"

    places = {whole_end(text, end) for end in range(len(text) + 1)}

    assert places == {0, 1, 1 + len(character), 1 + 2 * len(character), len(text)}


def test_cutting_parts_no_pair_of_flags() -> None:
    flags = "\U0001f1ec\U0001f1e7\U0001f1eb\U0001f1f7\U0001f1ee\U0001f1ea"

    assert [whole_end(flags, end) for end in range(7)] == [0, 0, 2, 2, 4, 4, 6]


@pytest.mark.parametrize(
    ("text", "room", "beginning"),
    [
        ("short", 9, "short"),
        ("One. Two\nthree four", 14, "One. Two\n"),
        ("One, two. Three four", 18, "One, two. "),
        ("One “two.” Three", 14, "One “two.” "),
        ("One two three", 9, "One two "),
        ("A.\n" + "b" * 20, 20, "A.\n" + "b" * 17),
        ("nowhere", 4, "nowh"),
        ("ab" + FAMILY, 6, "ab"),
        (FAMILY, 4, ""),
        ("a \u0301b", 3, "a \u0301"),
        ("", 5, ""),
    ],
)
def test_cutting_prefers_lines_then_sentences_then_words(text: str, room: int, beginning: str) -> None:
    assert text[: good_end(text, room)] == beginning


@pytest.mark.parametrize(
    ("text", "longest", "expected"),
    [
        ("as it is", 8, "as it is"),
        ("cut at a word", 10, "cut at a…"),
        ("uncuttable", 5, "uncu…"),
        (FAMILY * 2, 12, FAMILY + "…"),
        ("e" + "\u0301" * 9, 5, "e\u0301\u0301\u0301…"),
    ],
)
def test_shortened_text_says_so(text: str, longest: int, expected: str) -> None:
    assert shortened(text, longest) == expected


def test_length_counts_an_emoji_as_two() -> None:
    assert (length("abc"), length("é\U0001f600"), length("\ud800")) == (3, 3, 1)
    assert [end_within("a\U0001f600b", room) for room in range(-1, 6)] == [0, 0, 1, 1, 2, 3, 3]
