"""Working time: which days are working days for whom, and when a local time comes round."""

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from itertools import count
from typing import Literal
from zoneinfo import ZoneInfo

Division = Literal["ENG", "SCT", "WLS", "NIR"]
MONDAY_TO_FRIDAY = frozenset(range(5))
LONGEST_CLOSURE = 400  # days
ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Calendar:
    """The working days of an organisation or a person.

    `division` says whose bank holidays are kept (None: nobody's); `weekdays` counts from 0, Monday;
    `closed` holds closure days and leave as (first, last), both included.
    Where nothing is working for 400 days, closures and leave count for nothing: somebody is there by then.
    """

    division: Division | None = None
    weekdays: frozenset[int] = MONDAY_TO_FRIDAY
    closed: tuple[tuple[dt.date, dt.date], ...] = ()

    def is_working(self, day: dt.date) -> bool:
        if day.weekday() not in self.weekdays:
            return False
        if self.division is not None and day in bank_holidays(self.division, day.year):
            return False
        return not any(first <= day <= last for first, last in self.closed)

    def on_or_after(self, day: dt.date) -> dt.date:
        return self._first_working(day, ONE_DAY)

    def on_or_before(self, day: dt.date) -> dt.date:
        return self._first_working(day, -ONE_DAY)

    def after(self, day: dt.date, k: int) -> dt.date:
        """The k-th working day (k counts from 1) strictly after a day."""
        return self._kth_working(day, k, ONE_DAY)

    def before(self, day: dt.date, k: int) -> dt.date:
        """The k-th working day (k counts from 1) strictly before a day."""
        return self._kth_working(day, k, -ONE_DAY)

    def but(
        self, weekdays: Iterable[int] | None = None, closed: Iterable[tuple[dt.date, dt.date]] = ()
    ) -> "Calendar":
        """A narrower calendar for a person: fewer weekdays, and their leave besides."""
        kept = self.weekdays if weekdays is None else self.weekdays & frozenset(weekdays)
        return replace(self, weekdays=kept, closed=self.closed + tuple(closed))

    def _kth_working(self, day: dt.date, k: int, step: dt.timedelta) -> dt.date:
        if k < 1:
            raise ValueError(f"working days are counted from 1, not from {k}")
        for _ in range(k):
            day = self._first_working(day + step, step)
        return day

    def _first_working(self, day: dt.date, step: dt.timedelta) -> dt.date:
        for closed in (self.closed, ()):
            found, calendar = day, replace(self, closed=closed)
            for _ in range(LONGEST_CLOSURE):
                if calendar.is_working(found):
                    return found
                found += step
        raise ValueError(f"a week without working days: {sorted(self.weekdays)}")


ENGLAND = Calendar("ENG")


@cache
def bank_holidays(division: Division, year: int) -> frozenset[dt.date]:
    """The bank holidays of one part of the United Kingdom in one year, substitute days included."""
    import holidays  # takes half a second to load

    return frozenset(holidays.country_holidays("GB", subdiv=division, years=year))


def next_occurrence(after: dt.datetime, at: dt.time, zone: ZoneInfo) -> dt.datetime:
    """The first instant strictly after `after` at which the clock on the wall says `at`; aware, in UTC.

    It comes exactly once for each local date: a time which the clocks skip becomes the first instant after
    the gap, a time they repeat is the first of the two, and a date a zone leaves out altogether has none.
    Raises ValueError for an `after` without a zone.
    """
    if after.tzinfo is None:
        raise ValueError("an instant needs a zone")
    today = after.astimezone(zone).date()
    days = (today + dt.timedelta(days=n) for n in count())
    found = (_instant(day, at, zone) for day in days if _exists(day, zone))
    return next(instant for instant in found if instant > after)


def _exists(day: dt.date, zone: ZoneInfo) -> bool:
    """False for a date that was left out when a zone crossed the date line, as Samoa's 30 December 2011."""
    return _instant(day, dt.time(), zone) < _instant(day + ONE_DAY, dt.time(), zone)


def _instant(day: dt.date, at: dt.time, zone: ZoneInfo) -> dt.datetime:
    local = dt.datetime.combine(day, at.replace(tzinfo=None, fold=0), tzinfo=zone)
    instant = local.astimezone(dt.UTC)
    skipped = instant.astimezone(zone).replace(tzinfo=None, fold=0) != local.replace(tzinfo=None)
    return _end_of_gap(local, zone) if skipped else instant


def _end_of_gap(local: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """The instant at which the clocks moved past a local time that does not exist."""
    # Inside a gap, fold=1 reckons with the new offset and so lands before the change, fold=0 after it.
    before = local.replace(fold=1, microsecond=0).astimezone(dt.UTC)
    seconds = range(int((local.astimezone(dt.UTC) - before).total_seconds()) + 1)
    offset = local.replace(fold=1).utcoffset()
    moved = bisect_left(
        seconds, True, key=lambda s: (before + dt.timedelta(seconds=s)).astimezone(zone).utcoffset() == offset
    )
    return before + dt.timedelta(seconds=moved)
