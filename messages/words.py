"""Words: dates, times, lists and numbers as people say them."""

import datetime as dt
import re
from collections.abc import Callable, Iterable
from typing import Protocol

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
RHYTHMS = {1: "every month", 3: "every quarter", 12: "every year"}


class Due(Protocol):
    """Whatever says by when: a kind, first and last day, perhaps a time, perhaps months between reviews."""

    @property
    def kind(self) -> str: ...
    @property
    def starts(self) -> dt.date | None: ...
    @property
    def ends(self) -> dt.date | None: ...
    @property
    def time(self) -> dt.time | None: ...
    @property
    def every(self) -> int | None: ...


def day(d: dt.date, today: dt.date) -> str:
    """As "Friday 12 June", with the year where it is not this one."""
    return f"{WEEKDAYS[d.weekday()]} {_date(d, today.year)}"


def clock(time: dt.time) -> str:
    """As "5pm", "2.30pm", "noon", "midnight"; whole minutes."""
    if (time.hour, time.minute) in ((0, 0), (12, 0)):
        return "noon" if time.hour else "midnight"
    minutes = f".{time.minute:02d}" if time.minute else ""
    return f"{time.hour % 12 or 12}{minutes}{'am' if time.hour < 12 else 'pm'}"


def moment(local: dt.datetime, today: dt.date) -> str:
    """As "Friday 12 June at 9.05am"; the caller gives local time."""
    return f"{day(local.date(), today)} at {clock(local.time())}"


def when(due: Due, today: dt.date) -> str:
    """By when: a day, a month, some months, a year, "ongoing" with its reviews, or "no date yet"."""
    if due.starts is None or due.ends is None:
        return _ongoing(due.every) if due.kind == "ongoing" else "no date yet"
    if due.kind == "day":
        return day(due.ends, today) + (f" at {clock(due.time)}" if due.time else "")
    return (_year if due.kind == "year" else _months)(due.starts, due.ends)


def date_span(starts: dt.date, ends: dt.date | None, today: dt.date) -> str:
    """As "12 to 14 June", "28 June to 2 July"; one day is "Friday 12 June", no end "from Friday 12 June"."""
    if ends is None:
        return f"from {day(starts, today)}"
    if starts == ends:
        return day(starts, today)
    usual = today.year if starts.year == ends.year == today.year else None
    if (starts.year, starts.month) == (ends.year, ends.month):
        return f"{starts.day} to {_date(ends, usual)}"
    return f"{_date(starts, ends.year if starts.year == ends.year else None)} to {_date(ends, usual)}"


def listed(items: Iterable[object]) -> str:
    """As "A, B and C"."""
    *most, last = [str(item) for item in items] or [""]
    return f"{', '.join(most)} and {last}" if most else last


def count(n: int, singular: str, plural: str | None = None) -> str:
    """As "no actions", "1 action", "3 actions"; the plural adds an s unless it is given."""
    number = f"{n:,}" if n else "no"
    return f"{number} {singular if n == 1 else plural or f'{singular}s'}"


def _date(d: dt.date, usual_year: int | None) -> str:
    return f"{d.day} {MONTHS[d.month - 1]}" + (f" {d.year}" if d.year != usual_year else "")


def _months(starts: dt.date, ends: dt.date) -> str:
    last = f"{MONTHS[ends.month - 1]} {ends.year}"
    first = f"{MONTHS[starts.month - 1]} {starts.year}"
    if first == last:
        return last
    return f"{first.removesuffix(f' {ends.year}')} to {last}"


def _year(starts: dt.date, ends: dt.date) -> str:
    return f"{starts.year}" if starts.year == ends.year else f"{starts.year}/{ends.year % 100:02d}"


def _ongoing(every: int | None) -> str:
    return "ongoing" if every is None else f"ongoing, reviewed {RHYTHMS.get(every, f'every {every} months')}"


_BETWEEN_PARAGRAPHS = re.compile(r"\n\s*\n")


def short(text: str, longest: int = 120) -> str:
    """The first paragraph of a text as one line, cut at a word where it is longer than so many characters; …
    says that there is more.
    """
    first, *more = _BETWEEN_PARAGRAPHS.split(text.strip(), maxsplit=1)
    line = " ".join(first.split())
    if len(line) + 2 * bool(more) <= longest:
        return f"{line} …" if more else line
    return line[: longest - 1].rsplit(" ", 1)[0] + "…"


KINDS = {
    "csv": "CSV file for a spreadsheet",
    "docx": "Word document",
    "ics": "calendar file",
    "jpg": "picture",
    "pdf": "PDF",
    "png": "picture",
    "xlsx": "Excel workbook",
}
"""What people call a file, by the end of its name."""


def kind(name: str) -> str:
    """As "Word document"; "" for a file of which the name does not say."""
    return KINDS.get(name.rpartition(".")[2].lower(), "") if "." in name else ""


def size(of: int) -> str:
    """A number of bytes as "37 KB" or "1.2 MB", of a thousand each, as the screens of most people have it."""
    if of < 999_500:
        return f"{max(1, round(of / 1000))} KB"
    return f"{of / 1_000_000:,.1f} MB"


FILTERS: dict[str, Callable[..., object]] = {
    "day": day,
    "when": when,
    "listed": listed,
    "count": count,
    "moment": moment,
    "span": date_span,
    "short": short,
    "kind": kind,
    "size": size,
}
