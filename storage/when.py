"""When: by when something is due, as it was written and as it sorts."""

import datetime as dt
from calendar import monthrange
from dataclasses import dataclass
from typing import Literal, NamedTuple, Self

Kind = Literal["day", "month", "quarter", "year", "ongoing", "undated"]
OPEN_ENDED: frozenset[Kind] = frozenset({"ongoing", "undated"})
REVIEW_MONTHS = (1, 2, 3, 4, 6, 12)


class Span(NamedTuple):
    """Whole months: the first day, the last day, and the label people know them by ("Q1 2026/27")."""

    starts: dt.date
    ends: dt.date
    label: str


@dataclass(frozen=True)
class When:
    """By when. `text` is what was written; `starts` and `ends` are the first and the last day, both included.

    A season or any other span of months is of kind "quarter". `every` is the number of months between the
    reviews of ongoing work; None is with the quarter. Raises ValueError if the kind and the days disagree.
    """

    kind: Kind
    text: str
    starts: dt.date | None = None
    ends: dt.date | None = None
    time: dt.time | None = None
    every: int | None = None

    def __post_init__(self) -> None:
        dated = self.starts is not None and self.ends is not None and self.starts <= self.ends
        open_ended = self.starts is None and self.ends is None
        if not (open_ended if self.kind in OPEN_ENDED else dated):
            raise ValueError(f"{self.kind} does not go with the days {self.starts} to {self.ends}")
        if self.every is not None and (self.kind != "ongoing" or self.every not in REVIEW_MONTHS):
            raise ValueError(f"{self.kind} work cannot be reviewed every {self.every} months")

    @classmethod
    def day(cls, day: dt.date, text: str = "", time: dt.time | None = None) -> Self:
        return cls("day", text, day, day, time)

    @classmethod
    def month(cls, year: int, month: int, text: str = "") -> Self:
        first = dt.date(year, month, 1)
        return cls("month", text, first, last_of_month(first))

    @classmethod
    def quarter(cls, starts: dt.date, ends: dt.date, text: str = "") -> Self:
        return cls("quarter", text, starts, ends)

    @classmethod
    def year(cls, starts: dt.date, ends: dt.date, text: str = "") -> Self:
        return cls("year", text, starts, ends)

    @classmethod
    def ongoing(cls, every: int | None = None, text: str = "ongoing") -> Self:
        return cls("ongoing", text, every=every)

    @property
    def is_dated(self) -> bool:
        return self.ends is not None

    def is_late(self, today: dt.date) -> bool:
        """A day is late the day after, a month, quarter or year after its last day, the rest never."""
        return self.ends is not None and today > self.ends

    @property
    def sort_key(self) -> tuple[int, dt.date, dt.time]:
        """Dated by their last day (earlier times first), then undated, then ongoing."""
        if self.ends is not None:
            return (0, self.ends, self.time or dt.time.max)
        return (1 if self.kind == "undated" else 2, dt.date.max, dt.time.max)


UNDATED = When("undated", "")
ONGOING = When.ongoing()


def first_of_month(day: dt.date, months: int = 0) -> dt.date:
    """The first day of the month which is so many months after (or before) the day's."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, 1)


def last_of_month(day: dt.date, months: int = 0) -> dt.date:
    """The last day of the month which is so many months after (or before) the day's."""
    first = first_of_month(day, months)
    return first.replace(day=monthrange(first.year, first.month)[1])


def middle_of(starts: dt.date, ends: dt.date) -> dt.date:
    """The middle of whole months: the 15th of the middle one, or the 1st of the second half."""
    months = (ends.year - starts.year) * 12 + ends.month - starts.month + 1
    half, odd = divmod(months, 2)
    return first_of_month(starts, half).replace(day=15 if odd else 1)


def span_of(day: dt.date, months: int, year_starts: int = 4) -> tuple[dt.date, dt.date]:
    """First and last day of the 1, 2, 3, 4, 6 or 12 months around a day, counted from the year's start."""
    if months not in REVIEW_MONTHS:
        raise ValueError(f"a year does not divide into spans of {months} months")
    into_span = (day.month - year_starts) % 12 % months
    return first_of_month(day, -into_span), last_of_month(day, months - 1 - into_span)


def quarter_of(day: dt.date, year_starts: int = 4) -> Span:
    """The quarter around a day, as "Q1 2026/27", or "Q1 2026" where the year starts in January."""
    starts, ends = span_of(day, 3, year_starts)
    number = (starts.month - year_starts) % 12 // 3 + 1
    return Span(starts, ends, f"Q{number} {year_of(day, year_starts).label}")


def year_of(day: dt.date, year_starts: int = 4) -> Span:
    """The partnership's year around a day, as "2026/27", or "2026" where the year starts in January."""
    starts, ends = span_of(day, 12, year_starts)
    label = f"{starts.year}" if year_starts == 1 else f"{starts.year}/{ends.year % 100:02d}"
    return Span(starts, ends, label)
