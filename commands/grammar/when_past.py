"""Days that are over: when something was said, done or told. "Friday" is the last one, not the next."""

import datetime as dt
import re
from dataclasses import dataclass

from commands.grammar.when import NotADate, read_when
from commands.grammar.when_words import plain
from storage.when import Span, first_of_month, last_of_month, quarter_of, year_of

EXAMPLES = "Try: today, yesterday, last Friday, last month, last quarter"
_LAST = re.compile(r"(?:in |on |over |during )?(?:the )?(?:last|past|previous) (?P<what>.+)")
_THIS = re.compile(r"(?:in |on )?this (?P<what>morning|afternoon|week|month|quarter|year)")
SOON = dt.timedelta(days=90)
_COUNTS_ON = re.compile(r"(?:in|within) (?:\d|an? |the )|next ")
_HAS_YEAR = re.compile(r"\d{4}|/\d\d$")


@dataclass(frozen=True)
class Past:
    """Days from one to another, both included and none to come. label: "" for a single day."""

    starts: dt.date
    ends: dt.date
    label: str = ""


def read_past(text: str, today: dt.date, year_starts: int = 4) -> Past:
    """A day, or a longer time, that has begun; what is left of it is not meant. Raises NotADate."""
    words = plain(text)
    found = _named(words, today, year_starts) or _dated(words, today, year_starts)
    if found.starts > today:
        raise NotADate(f"‘{text.strip()[:40]}’ is still to come. {EXAMPLES}")
    return Past(found.starts, min(found.ends, today), found.label)


def _named(words: str, today: dt.date, year_starts: int) -> Past | None:
    """What counts from today: "last week", "this month", "last Friday"."""
    if words in ("today", "now", "just now", "yesterday"):
        day = today - dt.timedelta(days=words == "yesterday")
        return Past(day, day)
    last, this = _LAST.fullmatch(words), _THIS.fullmatch(words)
    if this:
        return _span(this["what"], today, 0, year_starts)
    return _span(last["what"], today, 1, year_starts) or _dated(last["what"], today, 4) if last else None


def _span(what: str, today: dt.date, ago: int, year_starts: int) -> Past | None:
    """The day, week, month, quarter or year around today, or the one before it."""
    match what:
        case "morning" | "afternoon" | "night" | "evening":
            return Past(today - dt.timedelta(days=ago), today - dt.timedelta(days=ago))
        case "week":
            monday = today - dt.timedelta(days=today.weekday() + 7 * ago)
            return Past(monday, monday + dt.timedelta(days=6), f"the week of {monday.day} {monday:%B}")
        case "month":
            first = first_of_month(today, -ago)
            return Past(first, last_of_month(first), f"{first:%B %Y}")
        case "quarter":
            return _labelled(_before(quarter_of(today, year_starts), ago, 3, year_starts))
        case "year":
            return _labelled(_before(year_of(today, year_starts), ago, 12, year_starts))
    return None


def _before(span: Span, ago: int, months: int, year_starts: int) -> Span:
    day = first_of_month(span.starts, -months * ago)
    return quarter_of(day, year_starts) if months == 3 else year_of(day, year_starts)


def _labelled(span: Span) -> Past:
    return Past(span.starts, span.ends, span.label)


def _dated(words: str, today: dt.date, year_starts: int) -> Past:
    """What a calendar names; without a year it is the last one that has begun."""
    found = read_when(words, today, year_starts=year_starts)
    if found.starts is None or found.ends is None:
        raise NotADate(f"‘{words[:40]}’ is no day. {EXAMPLES}")
    starts, ends = found.starts, found.ends
    if starts > today and not (_HAS_YEAR.search(words) or _COUNTS_ON.match(words)):
        starts, ends = _earlier(starts, ends, today, is_weekday=_is_weekday(words))
    label = "" if found.kind == "day" else _label(found.kind, starts, ends, year_starts)
    return Past(starts, ends, label)


def _is_weekday(words: str) -> bool:
    return re.fullmatch(r"(?:on )?(?:mon|tue|wed|thu|fri|sat|sun)\w*", words) is not None


def _earlier(starts: dt.date, ends: dt.date, today: dt.date, *, is_weekday: bool) -> tuple[dt.date, dt.date]:
    """The same a week before, or a year before; what comes soon is not meant to be a year ago."""
    if is_weekday:
        return starts - dt.timedelta(days=7), ends - dt.timedelta(days=7)
    if starts - today < SOON:
        return starts, ends
    return _year_before(starts), _year_before(ends)


def _year_before(day: dt.date) -> dt.date:
    is_last = day == last_of_month(day)
    before = first_of_month(day, -12)
    return last_of_month(before) if is_last else before.replace(day=day.day)


def _label(kind: str, starts: dt.date, ends: dt.date, year_starts: int) -> str:
    if kind == "month":
        return f"{starts:%B %Y}"
    if kind == "year":
        year = year_of(starts, year_starts)
        return year.label if year.starts == starts else f"{starts.year}"
    quarter = quarter_of(starts, year_starts)
    if (quarter.starts, quarter.ends) == (starts, ends):
        return quarter.label
    return f"{starts:%B %Y} to {ends:%B %Y}" if starts.year != ends.year else f"{starts:%B} to {ends:%B %Y}"
