"""Working days, and local times that come exactly once a day."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from storage.working_time import ENGLAND, Calendar, Division, bank_holidays, next_occurrence

LONDON = ZoneInfo("Europe/London")
ZONES = sorted(available_timezones())
days = st.dates(date(2000, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("division", "day", "working"),
    [
        ("ENG", date(2020, 5, 8), False),
        ("ENG", date(2020, 12, 28), False),
        ("ENG", date(2026, 12, 28), False),
        ("ENG", date(2026, 12, 27), False),
        ("SCT", date(2026, 1, 2), False),
        ("ENG", date(2026, 1, 2), True),
        ("SCT", date(2026, 4, 6), True),
        ("WLS", date(2026, 4, 6), False),
        ("NIR", date(2026, 3, 17), False),
        ("ENG", date(2026, 3, 17), True),
        (None, date(2026, 12, 25), True),
        (None, date(2026, 12, 26), False),
    ],
)
def test_calendar_keeps_the_bank_holidays_of_its_part_of_the_country(
    division: Division | None, day: date, working: bool
) -> None:
    assert Calendar(division).is_working(day) == working


def test_calendar_closes_for_both_ends_of_a_closure() -> None:
    calendar = Calendar(closed=((date(2026, 6, 8), date(2026, 6, 10)),))

    assert calendar.on_or_after(date(2026, 6, 8)) == date(2026, 6, 11)
    assert calendar.on_or_before(date(2026, 6, 10)) == date(2026, 6, 5)


def test_calendar_counts_working_days_strictly_before_and_after() -> None:
    holiday = date(2020, 5, 8)

    assert [ENGLAND.before(holiday, k) for k in (1, 5)] == [date(2020, 5, 7), date(2020, 5, 1)]
    assert [ENGLAND.after(holiday, k) for k in (1, 5)] == [date(2020, 5, 11), date(2020, 5, 15)]


@given(days, st.integers(1, 30))
def test_calendar_comes_back_to_a_working_day(day: date, k: int) -> None:
    start = ENGLAND.on_or_after(day)

    assert ENGLAND.before(ENGLAND.after(start, k), k) == start


def test_calendar_of_a_person_is_narrower() -> None:
    leave = (date(2026, 6, 15), date(2026, 6, 19))
    person = ENGLAND.but(weekdays={0, 1, 6}, closed=[leave])

    assert person == Calendar("ENG", frozenset({0, 1}), (leave,))
    assert person.on_or_after(date(2026, 6, 10)) == date(2026, 6, 22)


def test_calendar_without_a_working_weekday_says_so() -> None:
    with pytest.raises(ValueError, match="a week without working days"):
        ENGLAND.but(weekdays=()).on_or_after(date(2026, 6, 10))


def test_calendar_closed_for_longer_than_a_year_counts_as_if_it_were_not() -> None:
    closed = ENGLAND.but(closed=[(date(2026, 6, 1), date(2028, 6, 1))])

    assert not closed.is_working(date(2026, 6, 10))
    assert closed.on_or_after(date(2026, 6, 13)) == date(2026, 6, 15)


@pytest.mark.parametrize("k", [0, -1])
def test_calendar_counts_from_one(k: int) -> None:
    with pytest.raises(ValueError, match="counted from 1"):
        ENGLAND.after(date(2026, 6, 10), k)


def test_bank_holidays_are_loaded_once_a_year() -> None:
    assert bank_holidays("ENG", 2026) is bank_holidays("ENG", 2026)


@pytest.mark.parametrize(
    ("zone", "after", "at", "expected"),
    [
        ("Europe/London", "2026-01-05 09:00", time(9), "2026-01-06 09:00"),
        ("Europe/London", "2026-01-05 08:59", time(9), "2026-01-05 09:00"),
        ("Europe/London", "2026-03-28 09:00", time(9), "2026-03-29 08:00"),
        # 01:30 does not exist on 29 March and comes twice on 25 October
        ("Europe/London", "2026-03-28 12:00", time(1, 30), "2026-03-29 01:00"),
        ("Europe/London", "2026-03-29 01:00", time(1, 30), "2026-03-30 00:30"),
        ("Europe/London", "2026-10-24 12:00", time(1, 30), "2026-10-25 00:30"),
        ("Europe/London", "2026-10-25 00:30", time(1, 30), "2026-10-26 01:30"),
        # midnight does not exist on the day Cuba's clocks go forward
        ("America/Havana", "2026-03-07 12:00", time(0), "2026-03-08 05:00"),
        # a gap of half an hour, and one that ends at midnight
        ("Australia/Lord_Howe", "2026-10-03 00:00", time(2, 10), "2026-10-03 15:30"),
        ("America/Nuuk", "2026-03-28 12:00", time(23, 30), "2026-03-29 01:00"),
        # Samoa had no 30 December 2011
        ("Pacific/Apia", "2011-12-29 19:00", time(9), "2011-12-30 19:00"),
    ],
)
def test_next_occurrence_keeps_local_time(zone: str, after: str, at: time, expected: str) -> None:
    found = next_occurrence(_utc(after), at, ZoneInfo(zone))

    assert found == _utc(expected)
    assert found.tzinfo is UTC


def test_next_occurrence_refuses_an_instant_without_a_zone() -> None:
    with pytest.raises(ValueError, match="needs a zone"):
        next_occurrence(datetime(2026, 1, 5), time(9), LONDON)  # noqa: DTZ001


@settings(deadline=None, max_examples=150)
@given(
    st.sampled_from(ZONES),
    st.integers(1970, 2037),
    st.sampled_from(
        [time(0), time(0, 30), time(1, 30), time(2, 30), time(9), time(23, 30), time(23, 59, 59)]
    ),
)
@example("Europe/London", 2026, time(1, 30))
@example("America/Nuuk", 2026, time(23, 30))
@example("Pacific/Apia", 2011, time(9))
@example("Pacific/Kwajalein", 1993, time(0))
@example("Africa/El_Aaiun", 2030, time(2, 30))
def test_next_occurrence_comes_once_for_each_local_date(zone_name: str, year: int, at: time) -> None:
    zone = ZoneInfo(zone_name)
    instant, found = datetime(year, 1, 1, tzinfo=UTC), []
    while instant.year == year:
        instant = next_occurrence(instant, at, zone)
        found.append(instant)

    dates = [_meant(instant, at, zone) for instant in found]

    assert found == sorted(set(found))
    assert dates == [day for day in _dates_between(dates[0], dates[-1]) if _was_there(day, zone)]
    assert {instant.astimezone(zone).fold for instant in found} == {0}


def _utc(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+00:00")


def _meant(instant: datetime, at: time, zone: ZoneInfo) -> date:
    """The local date an occurrence stands for: the one that has `at` now, or had it in the gap just ended."""
    local = instant.astimezone(zone).replace(tzinfo=None)
    before = (instant - timedelta(seconds=1)).astimezone(zone).replace(tzinfo=None)
    possible = {day for day in (before.date(), local.date()) if before < datetime.combine(day, at) <= local}
    assert len(possible) == 1, (zone, instant)
    return possible.pop()


def _dates_between(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _was_there(day: date, zone: ZoneInfo) -> bool:
    """Whether any hour of a zone's clocks fell on a date."""
    noon = datetime.combine(day, time(12), tzinfo=UTC)
    return any((noon + timedelta(hours=h)).astimezone(zone).date() == day for h in range(-30, 31))
