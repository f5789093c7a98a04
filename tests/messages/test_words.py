"""Dates, times, lists and numbers as people say them."""

import datetime as dt
from dataclasses import dataclass
from datetime import date, datetime, time

import pytest

from messages import words

TODAY = date(2026, 6, 10)


@dataclass(frozen=True)
class Due:
    kind: str
    starts: date | None = None
    ends: date | None = None
    time: dt.time | None = None
    every: int | None = None


FRIDAY = date(2026, 6, 12)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (FRIDAY, "Friday 12 June"),
        (date(2026, 1, 1), "Thursday 1 January"),
        (date(2027, 6, 12), "Saturday 12 June 2027"),
        (date(2025, 12, 31), "Wednesday 31 December 2025"),
    ],
)
def test_day_has_its_year_only_where_it_is_another(day: date, expected: str) -> None:
    assert words.day(day, TODAY) == expected


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        (Due("day", FRIDAY, FRIDAY), "Friday 12 June"),
        (Due("day", FRIDAY, FRIDAY, time(12)), "Friday 12 June at noon"),
        (Due("day", FRIDAY, FRIDAY, time(17)), "Friday 12 June at 5pm"),
        (Due("day", FRIDAY, FRIDAY, time(14, 30)), "Friday 12 June at 2.30pm"),
        (Due("day", FRIDAY, FRIDAY, time(0)), "Friday 12 June at midnight"),
        (Due("month", date(2020, 6, 1), date(2020, 6, 30)), "June 2020"),
        (Due("month", date(2026, 6, 1), date(2026, 6, 30)), "June 2026"),
        (Due("quarter", date(2026, 4, 1), date(2026, 6, 30)), "April to June 2026"),
        (Due("quarter", date(2026, 12, 1), date(2027, 2, 28)), "December 2026 to February 2027"),
        (Due("year", date(2026, 4, 1), date(2027, 3, 31)), "2026/27"),
        (Due("year", date(2026, 1, 1), date(2026, 12, 31)), "2026"),
        (Due("ongoing"), "ongoing"),
        (Due("ongoing", every=1), "ongoing, reviewed every month"),
        (Due("ongoing", every=3), "ongoing, reviewed every quarter"),
        (Due("ongoing", every=6), "ongoing, reviewed every 6 months"),
        (Due("ongoing", every=12), "ongoing, reviewed every year"),
        (Due("undated"), "no date yet"),
    ],
)
def test_when_is_said_as_people_say_it(due: Due, expected: str) -> None:
    assert words.when(due, TODAY) == expected


@pytest.mark.parametrize(
    ("hour", "minute", "expected"),
    [
        (0, 0, "midnight"),
        (0, 5, "12.05am"),
        (9, 5, "9.05am"),
        (11, 59, "11.59am"),
        (12, 0, "noon"),
        (12, 30, "12.30pm"),
        (23, 0, "11pm"),
    ],
)
def test_clock_has_twelve_hours(hour: int, minute: int, expected: str) -> None:
    assert words.clock(time(hour, minute)) == expected


def test_moment_is_a_day_and_a_time() -> None:
    assert words.moment(datetime(2026, 6, 12, 9, 5), TODAY) == "Friday 12 June at 9.05am"  # noqa: DTZ001


@pytest.mark.parametrize(
    ("starts", "ends", "expected"),
    [
        (FRIDAY, FRIDAY, "Friday 12 June"),
        (FRIDAY, date(2026, 6, 14), "12 to 14 June"),
        (FRIDAY, date(2026, 7, 2), "12 June to 2 July"),
        (date(2027, 6, 12), date(2027, 6, 14), "12 to 14 June 2027"),
        (date(2027, 6, 12), date(2027, 7, 2), "12 June to 2 July 2027"),
        (date(2026, 12, 28), date(2027, 1, 3), "28 December 2026 to 3 January 2027"),
        (FRIDAY, date(2027, 6, 12), "12 June 2026 to 12 June 2027"),
        (FRIDAY, None, "from Friday 12 June"),
    ],
)
def test_date_span_says_no_more_than_it_must(starts: date, ends: date | None, expected: str) -> None:
    assert words.date_span(starts, ends, TODAY) == expected


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ([], ""),
        (["Bury"], "Bury"),
        (["Bury", "Leeds"], "Bury and Leeds"),
        (["Bury", "Leeds", 3], "Bury, Leeds and 3"),
    ],
)
def test_listed_joins_with_and(items: list[object], expected: str) -> None:
    assert words.listed(iter(items)) == expected


@pytest.mark.parametrize(
    ("n", "plural", "expected"),
    [
        (0, None, "no actions"),
        (1, None, "1 action"),
        (3, None, "3 actions"),
        (1200, None, "1,200 actions"),
        (2, "pieces of work", "2 pieces of work"),
    ],
)
def test_count_has_a_plural(n: int, plural: str | None, expected: str) -> None:
    assert words.count(n, "action", plural) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Plan.DOCX", "Word document"), ("a.b.csv", "CSV file for a spreadsheet"), ("docx", ""), ("a.exe", "")],
)
def test_kind_is_said_by_the_end_of_a_name(name: str, expected: str) -> None:
    assert words.kind(name) == expected


@pytest.mark.parametrize(
    ("of", "expected"),
    [(0, "1 KB"), (37_120, "37 KB"), (999_499, "999 KB"), (999_500, "1.0 MB"), (1_234_567, "1.2 MB")],
)
def test_size_is_rounded(of: int, expected: str) -> None:
    assert words.size(of) == expected


def test_filters_are_named_for_templates() -> None:
    assert sorted(words.FILTERS) == [
        *("count", "day", "kind", "listed", "moment", "short", "size", "span", "when"),
    ]
