"""The rhythm: when a dated action speaks, and when ongoing work is reviewed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.rhythm import latest, quieted, review_days, silent_from, steps
from storage.when import ONGOING, UNDATED, When
from storage.working_time import ENGLAND, Calendar

LONG_AGO = date(2019, 1, 1)
AUGUST = When.month(2020, 8, "August 2020")
BANK_HOLIDAY = When.day(date(2020, 5, 8), "Friday 8 May")
AUGUST_STEPS = (
    date(2020, 8, 3),
    date(2020, 8, 17),
    date(2020, 8, 24),
    date(2020, 9, 1),
    date(2020, 9, 7),
)


def test_month_speaks_on_the_days_of_the_oracle() -> None:
    assert steps(AUGUST, ENGLAND, LONG_AGO) == AUGUST_STEPS


def test_bank_holiday_speaks_on_the_days_of_the_oracle() -> None:
    expected = (date(2020, 5, 1), date(2020, 5, 7), date(2020, 5, 11), date(2020, 5, 15))

    assert steps(BANK_HOLIDAY, ENGLAND, LONG_AGO) == expected


def test_day_speaks_five_times() -> None:
    expected = (
        *(date(2026, 6, 5), date(2026, 6, 11), date(2026, 6, 12)),
        *(date(2026, 6, 15), date(2026, 6, 19)),
    )

    assert steps(When.day(date(2026, 6, 12)), ENGLAND, LONG_AGO) == expected


@pytest.mark.parametrize(
    ("logged_on", "first"),
    [
        (date(2026, 6, 5), date(2026, 6, 5)),
        (date(2026, 6, 8), date(2026, 6, 11)),
        (date(2026, 6, 12), date(2026, 6, 12)),
        (date(2026, 6, 13), date(2026, 6, 15)),
    ],
)
def test_day_is_silent_before_it_was_logged(logged_on: date, first: date) -> None:
    assert steps(When.day(date(2026, 6, 12)), ENGLAND, logged_on)[0] == first


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (
            When.quarter(date(2026, 4, 1), date(2026, 6, 30)),
            (date(2026, 4, 1), date(2026, 5, 15), date(2026, 6, 23), date(2026, 7, 1), date(2026, 7, 7)),
        ),
        (
            When.year(date(2026, 4, 1), date(2027, 3, 31)),
            (date(2026, 4, 1), date(2026, 10, 1), date(2027, 3, 22), date(2027, 4, 1), date(2027, 4, 7)),
        ),
        (ONGOING, ()),
        (UNDATED, ()),
    ],
)
def test_longer_times_speak_at_their_start_middle_and_end(when: When, expected: tuple[date, ...]) -> None:
    assert steps(when, ENGLAND, LONG_AGO) == expected


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.dates(date(2020, 1, 1), date(2030, 12, 31)))
def test_steps_are_working_days_in_order_from_the_day_logged(due: date, logged_on: date) -> None:
    found = steps(When.day(due), ENGLAND, logged_on)

    assert list(found) == sorted(set(found))
    assert all(ENGLAND.is_working(day) and day >= logged_on for day in found)


@pytest.mark.parametrize(
    ("until", "expected"),
    [
        (None, AUGUST_STEPS),
        (date(2020, 8, 17), AUGUST_STEPS[1:]),
        (date(2020, 8, 22), AUGUST_STEPS[2:]),
        (date(2020, 8, 25), (date(2020, 8, 25), *AUGUST_STEPS[3:])),
        (date(2020, 8, 29), AUGUST_STEPS[3:]),
        (date(2020, 9, 19), (date(2020, 9, 21),)),
    ],
)
def test_quieted_action_speaks_from_the_first_working_day(
    until: date | None, expected: tuple[date, ...]
) -> None:
    assert quieted(AUGUST_STEPS, until, ENGLAND) == expected


@pytest.mark.parametrize(
    ("since", "today", "expected"),
    [
        (date(2020, 8, 2), date(2020, 8, 3), date(2020, 8, 3)),
        (date(2020, 8, 3), date(2020, 8, 3), None),
        (date(2020, 8, 3), date(2020, 8, 16), None),
        (date(2020, 8, 2), date(2020, 8, 31), date(2020, 8, 24)),
        (date(2020, 9, 7), date(2021, 1, 1), None),
    ],
)
def test_latest_step_is_the_only_one_said(since: date, today: date, expected: date | None) -> None:
    assert latest(AUGUST_STEPS, since, today) == expected


def test_action_is_silent_after_its_last_step() -> None:
    found = [silent_from(when, ENGLAND) for when in (AUGUST, BANK_HOLIDAY, ONGOING, UNDATED)]

    assert found == [date(2020, 9, 7), date(2020, 5, 15), None, None]


def test_reviews_are_on_the_days_of_the_oracle() -> None:
    expected = (date(2020, 6, 16), date(2020, 9, 16), date(2020, 12, 15), date(2021, 3, 17))

    assert review_days(ENGLAND, date(2020, 4, 1), date(2021, 3, 31)) == expected


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2020, 6, 16), date(2020, 6, 16), (date(2020, 6, 16),)),
        (date(2020, 6, 17), date(2020, 9, 15), ()),
        (date(2020, 7, 1), date(2020, 6, 1), ()),
    ],
)
def test_reviews_include_both_days_asked_for(first: date, last: date, expected: tuple[date, ...]) -> None:
    assert review_days(ENGLAND, first, last) == expected


@pytest.mark.parametrize(
    ("every", "year_starts", "expected"),
    [
        (6, 4, (date(2020, 9, 16), date(2021, 3, 17))),
        (12, 4, (date(2021, 3, 17),)),
        (12, 1, (date(2020, 12, 15),)),
        (4, 4, (date(2020, 7, 17), date(2020, 11, 16), date(2021, 3, 17))),
    ],
)
def test_reviews_follow_the_year(every: int, year_starts: int, expected: tuple[date, ...]) -> None:
    found = review_days(ENGLAND, date(2020, 4, 1), date(2021, 3, 31), every, year_starts)

    assert found == expected


def test_reviews_every_month_come_once_a_month() -> None:
    found = review_days(Calendar(), date(2026, 1, 1), date(2026, 12, 31), every=1)

    assert [day.month for day in found] == list(range(1, 13))


def test_reviews_can_be_moved() -> None:
    found = review_days(Calendar(), date(2026, 4, 1), date(2026, 6, 30), working_days=1)

    assert found == (date(2026, 6, 29),)


def test_reviews_refuse_a_rhythm_that_does_not_divide_the_year() -> None:
    with pytest.raises(ValueError, match="5 months"):
        review_days(ENGLAND, date(2020, 4, 1), date(2021, 3, 31), every=5)
