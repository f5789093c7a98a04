"""Rhythms: how often something is expected, as people say it, alone and at the end of a line."""

from typing import Any

import pytest

from commands.base import CommandError
from commands.grammar.rhythms import ending, rhythm
from storage.sources import RHYTHMS, Rhythm

NOBODY: Any = None
SAID = {
    "weekly": ("weekly", "every week", "each week", "once a week", "Once per week", "every seven days"),
    "fortnightly": ("fortnightly", "every fortnight", "every two weeks", "every other week", "twice a month"),
    "monthly": ("monthly", "every month", "once a month", "each month", "Monthly, please", "12 times a year"),
    "quarterly": ("quarterly", "every quarter", "once a quarter", "every 3 months", "four times a year"),
    "half-yearly": (
        *("half-yearly", "half yearly", "twice a year", "two times a year", "every six months"),
        *("six-monthly", "every half-year", "half–yearly"),
    ),
    "yearly": ("yearly", "annually", "annual", "every year", "once a year", "every 12 months."),
    "": ("never", "no rhythm", "none", "not regularly", "irregular", "now and then", "ad hoc"),
}


@pytest.mark.parametrize("every", SAID)
def test_rhythm_is_read_as_people_say_it(every: str) -> None:
    assert [(text, rhythm(text, NOBODY)) for text in SAID[every]] == [
        (text, Rhythm(every)) for text in SAID[every]
    ]


def test_every_rhythm_is_read() -> None:
    assert set(SAID) == {*RHYTHMS, ""}
    assert [str(rhythm(each, NOBODY)) for each in (*RHYTHMS, "never")] == [*RHYTHMS, "never"]


@pytest.mark.parametrize(
    ("text", "instead"),
    [("montly", ("montly", "monthly")), ("every moth", ("every moth", "monthly")), ("every decade", None)],
)
def test_what_is_no_rhythm_is_asked_back(text: str, instead: tuple[str, str] | None) -> None:
    with pytest.raises(CommandError) as error:
        rhythm(text, NOBODY)

    assert error.value.wrong == (
        f"“{text}” is no rhythm: they are weekly, fortnightly, monthly, quarterly, half-yearly, yearly and "
        "never."
    )
    assert error.value.instead == instead


@pytest.mark.parametrize(
    ("text", "rest", "every"),
    [
        ("Ward walks every month", "Ward walks", "monthly"),
        ("Ward walks, twice a year", "Ward walks", "half-yearly"),
        ("Ward walks four times a year", "Ward walks", "quarterly"),
        ("Ward walks – monthly, please", "Ward walks", "monthly"),
        ("Healthwatch never", "Healthwatch", ""),
        ("Healthwatch no rhythm", "Healthwatch", ""),
    ],
)
def test_rhythm_at_the_end_is_found(text: str, rest: str, every: str) -> None:
    assert ending(text) == (rest, Rhythm(every))


@pytest.mark.parametrize(
    "text", ["Ward walks", "monthly", "every month", "Monthly walks", "People who say no", "Family", ""]
)
def test_text_without_a_rhythm_at_its_end_stays_as_it_is(text: str) -> None:
    assert ending(text) == (text, None)
