"""Days that are over, as people name them."""

from datetime import date

import pytest

from commands.grammar.when import NotADate
from commands.grammar.when_past import Past, read_past

TODAY = date(2020, 7, 1)
"""A Wednesday."""


def day(text: str) -> date:
    found = read_past(text, TODAY)
    assert found.starts == found.ends
    return found.ends


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("today", date(2020, 7, 1)),
        ("this morning", date(2020, 7, 1)),
        ("yesterday", date(2020, 6, 30)),
        ("last night", date(2020, 6, 30)),
        ("Friday", date(2020, 6, 26)),
        ("on Friday", date(2020, 6, 26)),
        ("last Friday", date(2020, 6, 26)),
        ("Wednesday", date(2020, 7, 1)),
        ("3 June", date(2020, 6, 3)),
        ("12/6", date(2020, 6, 12)),
        ("31 December", date(2019, 12, 31)),
        ("3 days ago", date(2020, 6, 28)),
        ("12 June 2019", date(2019, 6, 12)),
    ],
)
def test_a_day_is_the_last_of_its_name(text: str, meant: date) -> None:
    assert day(text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("last week", Past(date(2020, 6, 22), date(2020, 6, 28), "the week of 22 June")),
        ("in May", Past(date(2020, 5, 1), date(2020, 5, 31), "May 2020")),
        ("June", Past(date(2020, 6, 1), date(2020, 6, 30), "June 2020")),
        ("last month", Past(date(2020, 6, 1), date(2020, 6, 30), "June 2020")),
        ("this month", Past(date(2020, 7, 1), date(2020, 7, 1), "July 2020")),
        ("spring 2020", Past(date(2020, 3, 1), date(2020, 5, 31), "March to May 2020")),
        ("last quarter", Past(date(2020, 4, 1), date(2020, 6, 30), "Q1 2020/21")),
        ("Q4 2019/20", Past(date(2020, 1, 1), date(2020, 3, 31), "Q4 2019/20")),
        ("last year", Past(date(2019, 4, 1), date(2020, 3, 31), "2019/20")),
    ],
)
def test_a_longer_time_has_a_name_and_ends_today_at_the_latest(text: str, meant: Past) -> None:
    assert read_past(text, TODAY) == meant


@pytest.mark.parametrize("text", ["tomorrow", "2 July", "12 August", "June 2021", "in 3 weeks"])
def test_what_is_to_come_is_refused(text: str) -> None:
    with pytest.raises(NotADate, match="still to come"):
        read_past(text, TODAY)


@pytest.mark.parametrize("text", ["ongoing", "whenever", ""])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(NotADate):
        read_past(text, TODAY)
