"""The dates that actions end in, and the endings that are none. Today is Wednesday 10 June 2026."""

from datetime import date
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commands.grammar.when import find_ending, read_when
from storage.when import When

TODAY = date(2026, 6, 10)


@pytest.mark.parametrize(
    ("text", "before", "ending", "when"),
    [
        ("Refresh the newsletter by Friday", "Refresh the newsletter", "by Friday", "friday"),
        ("Refresh the newsletter, by Friday.", "Refresh the newsletter", "by Friday.", "friday"),
        ("Ring Jo due 12 June", "Ring Jo", "due 12 June", "12 june"),
        ("Ring Jo, due: 12 June", "Ring Jo", "due: 12 June", "12 june"),
        ("Ring Jo due before Christmas", "Ring Jo", "due before Christmas", "24/12"),
        ("Ring Jo due on or before 12 June", "Ring Jo", "due on or before 12 June", "12 june"),
        ("Ring Jo due by the end of June", "Ring Jo", "due by the end of June", "end of june"),
        ("Put posters up by the door by Friday", "Put posters up by the door", "by Friday", "friday"),
        ("Keep the page up until 12 June", "Keep the page up", "until 12 June", "12 june"),
        ("Two\nlines – kept’ by\nnoon Thursday", "Two\nlines – kept’", "by\nnoon Thursday", "noon thursday"),
        ("Write the plan by 2027", "Write the plan", "by 2027", "2027"),
        ("Book it by 5 working days before 12 June", "Book it", "by 5 working days before 12 June", "5/6/26"),
        ("by Friday", "", "by Friday", "friday"),
        ("Print more posters by Friday, thanks", "Print more posters", "by Friday, thanks", "friday"),
        (
            "Book it due 12 June please – many thanks!",
            "Book it",
            "due 12 June please – many thanks!",
            "12 june",
        ),
    ],
)
def test_ending_is_found_and_the_rest_left_untouched(text: str, before: str, ending: str, when: str) -> None:
    found = find_ending(text, TODAY)
    expected = read_when(when, TODAY)

    assert found is not None
    assert found[0::2] == (before, ending)
    assert (found[1].kind, found[1].ends, found[1].time) == (expected.kind, expected.ends, expected.time)


@pytest.mark.parametrize(
    ("text", "before", "every"),
    [
        ("Send the newsletter every month", "Send the newsletter", 1),
        ("Talk to every team, every 6 months", "Talk to every team", 6),
        ("Share good news, ongoing", "Share good news", None),
        ("Share good news ongoing", "Share good news", None),
        ("Share good news ongoing, review monthly", "Share good news", 1),
        ("Share good news – ongoing, reviewed every 6 months", "Share good news", 6),
        ("Share good news, review monthly", "Share good news", 1),
    ],
)
def test_ending_may_be_a_rhythm(text: str, before: str, every: int | None) -> None:
    found = find_ending(text, TODAY)
    ending = text[len(before) :].lstrip(" ,–")

    assert found == (before, When.ongoing(every, ending), ending)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "stand by Morecambe",
            "Put posters up by the door",
            "The work is ongoing",
            "Support the ongoing",
            "Friday",
            "",
        ),
        *("Shorten the wait by 3 weeks", "Cut print by 2000", "Cut print by 12", "due", "by", "by by"),
        *(
            "Pay what is due",
            "Talk to every team",
            "Meet every Friday",
            "Review every leaflet",
            "standby Friday",
        ),
        *("Approved by none", "by Friday we will know", "Post-review every leaf", "🎉 by 🎉"),
        *("Print the map before Christmas", "Think before Friday"),
        *("Write a card to say thanks", "Write by Friday to say thanks", "Stand by, please"),
    ],
)
def test_ending_that_is_no_date_stays_in_the_text(text: str) -> None:
    assert find_ending(text, TODAY) is None


@pytest.mark.parametrize(
    "text",
    [
        *('Write "to be done by Friday"', "Write “to be done by Friday”", "Write ”to be done by Friday”"),
        *("Write 'to be done by Friday'", "Write ‘to be done by Friday’", "‘to be done by Friday’."),
        *(
            "Print 'the carers' story by Friday'",
            'Print the sign ("back by Friday")',
            "Print ‘I’m off by Friday’",
        ),
        *('Write "share news, ongoing"', "Write “we meet every month”", "Write “she said ‘back by Friday’”"),
    ],
)
def test_ending_inside_quotation_marks_is_none(text: str) -> None:
    assert find_ending(text, TODAY) is None


@pytest.mark.parametrize(
    ("before", "ending"),
    [
        *(('Print "the poster"', "by Friday"), ("Print ‘the poster’", "by Friday")),
        *(("Finish the carers' story", "by Friday"), ("Please don't stop", "by Friday")),
        *(("Print the '90s poster", "by Friday"), ('Print a 12" x 8" poster', "by Friday")),
        *(('Print "be back by noon"', "by Friday"), ("Print 'the poster'", "due in 3 weeks' time")),
        *(("Ring the carers’ lead", "due in 3 weeks’ time"), ('Print "the poster"', 'by "Friday"')),
        *(('Print "the poster', "by Friday"), ("Print the “poster”", "by 12 June ’26")),
    ],
)
def test_ending_after_quotation_marks_is_found(before: str, ending: str) -> None:
    found = find_ending(f"{before} {ending}", TODAY)

    assert found is not None
    assert found[0::2] == (before, ending)


@settings(deadline=None)
@given(st.text(max_size=60), st.sampled_from([" by Friday", ", due 12 June ", " every month", ", ongoing"]))
def test_ending_leaves_the_beginning_as_it_was(text: str, ending: str) -> None:
    found = find_ending(text + ending, TODAY)

    assert found is not None
    assert (text + ending).startswith(found[0])
    assert (text + ending).rstrip().endswith(found[2])


def test_ending_is_found_in_a_long_text_at_once() -> None:
    text = "by every door " * 3_000
    started = perf_counter()
    found = find_ending(f"{text}by Friday", TODAY)

    assert found is not None
    assert found[0] == text.rstrip()
    assert perf_counter() - started < 0.1
