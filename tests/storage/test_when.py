"""By when: what is late, what comes first, and the quarters of a year."""

from collections.abc import Callable
from datetime import date, time

import pytest

from storage.when import ONGOING, UNDATED, Span, When, middle_of, quarter_of, span_of, year_of

JUNE = When.month(2020, 6, "June 2020")
QUARTER = When.quarter(date(2020, 4, 1), date(2020, 6, 30))
YEAR = When.year(date(2020, 4, 1), date(2021, 3, 31))


@pytest.mark.parametrize(
    ("when", "today", "late"),
    [
        (When.day(date(2020, 6, 12)), date(2020, 6, 12), False),
        (When.day(date(2020, 6, 12)), date(2020, 6, 13), True),
        (JUNE, date(2020, 6, 30), False),
        (JUNE, date(2020, 7, 1), True),
        (QUARTER, date(2020, 6, 30), False),
        (QUARTER, date(2020, 7, 1), True),
        (YEAR, date(2021, 3, 31), False),
        (YEAR, date(2021, 4, 1), True),
        (ONGOING, date.max, False),
        (UNDATED, date.max, False),
    ],
)
def test_when_is_late_only_after_its_last_day(when: When, today: date, late: bool) -> None:
    assert when.is_late(today) == late


def test_when_is_dated_unless_ongoing_or_undated() -> None:
    assert [w.is_dated for w in (JUNE, QUARTER, YEAR, ONGOING, UNDATED)] == [True, True, True, False, False]


def test_when_sorts_by_last_day_then_undated_then_ongoing() -> None:
    noon = When.day(date(2020, 6, 30), time=time(12))

    found = sorted([ONGOING, UNDATED, YEAR, JUNE, noon], key=lambda when: when.sort_key)

    assert found == [noon, JUNE, YEAR, UNDATED, ONGOING]


def test_when_month_knows_its_days() -> None:
    assert When.month(2024, 2) == When("month", "", date(2024, 2, 1), date(2024, 2, 29))


@pytest.mark.parametrize(
    "make",
    [
        lambda: When("day", "12 June"),
        lambda: When("month", "June", date(2020, 6, 30), date(2020, 6, 1)),
        lambda: When("undated", "", date(2020, 6, 1), date(2020, 6, 30)),
        lambda: When("day", "12 June", date(2020, 6, 12), None),
        lambda: When.ongoing(5),
        lambda: When("undated", "", every=1),
    ],
)
def test_when_refuses_a_kind_its_days_contradict(make: Callable[[], When]) -> None:
    with pytest.raises(ValueError, match=r"."):
        make()


@pytest.mark.parametrize(
    ("day", "year_starts", "expected"),
    [
        (date(2026, 4, 1), 4, Span(date(2026, 4, 1), date(2026, 6, 30), "Q1 2026/27")),
        (date(2027, 3, 31), 4, Span(date(2027, 1, 1), date(2027, 3, 31), "Q4 2026/27")),
        (date(2026, 4, 1), 1, Span(date(2026, 4, 1), date(2026, 6, 30), "Q2 2026")),
        (date(2026, 1, 15), 12, Span(date(2025, 12, 1), date(2026, 2, 28), "Q1 2025/26")),
        (date(1999, 8, 31), 9, Span(date(1999, 6, 1), date(1999, 8, 31), "Q4 1998/99")),
    ],
)
def test_quarter_follows_the_month_the_year_starts_in(day: date, year_starts: int, expected: Span) -> None:
    assert quarter_of(day, year_starts) == expected


@pytest.mark.parametrize(
    ("day", "year_starts", "expected"),
    [
        (date(2027, 3, 31), 4, Span(date(2026, 4, 1), date(2027, 3, 31), "2026/27")),
        (date(1999, 4, 1), 4, Span(date(1999, 4, 1), date(2000, 3, 31), "1999/00")),
        (date(2026, 12, 31), 1, Span(date(2026, 1, 1), date(2026, 12, 31), "2026")),
    ],
)
def test_year_follows_the_month_it_starts_in(day: date, year_starts: int, expected: Span) -> None:
    assert year_of(day, year_starts) == expected


def test_span_refuses_what_does_not_divide_a_year() -> None:
    with pytest.raises(ValueError, match="spans of 5 months"):
        span_of(date(2026, 6, 10), 5)


@pytest.mark.parametrize(
    ("starts", "ends", "middle"),
    [
        (date(2020, 8, 1), date(2020, 8, 31), date(2020, 8, 15)),
        (date(2020, 4, 1), date(2020, 6, 30), date(2020, 5, 15)),
        (date(2020, 4, 1), date(2021, 3, 31), date(2020, 10, 1)),
        (date(2020, 11, 1), date(2021, 2, 28), date(2021, 1, 1)),
    ],
)
def test_middle_is_of_the_middle_month_or_the_second_half(starts: date, ends: date, middle: date) -> None:
    assert middle_of(starts, ends) == middle
