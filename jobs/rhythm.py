"""The rhythm: on which days a dated action speaks, and when ongoing work is reviewed."""

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache
from itertools import count, takewhile

from storage.when import When, first_of_month, middle_of, span_of
from storage.working_time import Calendar

Steps = tuple[dt.date, ...]


def steps(when: When, calendar: Calendar, logged_on: dt.date, own: Calendar | None = None) -> Steps:
    """The days on which an action speaks, in order; none before it was logged, none where nothing is dated.

    own: the working days of whoever alone hears of it, if they are fewer: what is due on none of them is
    spoken of on the last of them before it, and not only when it is late.

    A day: 5 working days and the working day before it, on it, 1 and 5 working days after. A month, quarter
    or year: from its start, from its middle, 5 working days before its last day, 1 and 5 working days after.
    """
    if when.starts is None or when.ends is None:
        return ()
    is_day = when.kind == "day"
    last_own = (own.on_or_before(when.ends),) if own and is_day else ()
    spoken = (*_ahead(is_day, when.starts, when.ends, calendar), *last_own, *_overdue(when.ends, calendar))
    return tuple(sorted({day for day in spoken if day >= logged_on}))


def _ahead(is_day: bool, starts: dt.date, ends: dt.date, calendar: Calendar) -> Steps:
    if is_day:
        return calendar.before(ends, 5), calendar.before(ends, 1), calendar.on_or_before(ends)
    middle = middle_of(starts, ends)
    return calendar.on_or_after(starts), calendar.on_or_after(middle), calendar.before(ends, 5)


def _overdue(ends: dt.date, calendar: Calendar) -> Steps:
    return calendar.after(ends, 1), calendar.after(ends, 5)


def quieted(steps: Iterable[dt.date], until: dt.date | None, calendar: Calendar) -> Steps:
    """The steps of a snoozed or waiting action: it speaks again on the first working day from `until`."""
    if until is None:
        return tuple(steps)
    return tuple(sorted({calendar.on_or_after(until), *(day for day in steps if day >= until)}))


def latest(steps: Iterable[dt.date], since: dt.date, today: dt.date) -> dt.date | None:
    """The step to speak for now: the latest after `since` (when it last spoke), no later than today."""
    return max((day for day in steps if since < day <= today), default=None)


def silent_from(when: When, calendar: Calendar) -> dt.date | None:
    """The last step, after which an action goes on the next agenda; None where nothing is dated."""
    return None if when.ends is None else calendar.after(when.ends, 5)


@lru_cache(maxsize=1_000)
def review_days(
    calendar: Calendar,
    first: dt.date,
    last: dt.date,
    every: int = 3,
    year_starts: int = 4,
    working_days: int = 10,
) -> Steps:
    """The days from `first` to `last` on which ongoing work is reviewed.

    That is so many working days before the last day of each quarter, or of each span of `every` months
    (1, 2, 3, 4, 6 or 12, counted from the month the year starts in; ValueError otherwise).
    """
    spans = (span_of(first_of_month(first, months), every, year_starts) for months in count(step=every))
    reviews = (calendar.before(ends, working_days) for _, ends in spans)
    return tuple(day for day in takewhile(lambda day: day <= last, reviews) if day >= first)
