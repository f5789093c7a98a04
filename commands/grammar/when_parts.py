"""Days that are part of a longer time: the end of June, mid December, the first Monday in July."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace

from commands.grammar.when_spans import ORDINALS, read_span
from commands.grammar.when_words import WEEKDAY, Bearings, Rule, first_reading, rule, weekday_number
from storage.when import last_of_month, middle_of

ONE_DAY, ONE_WEEK = dt.timedelta(days=1), dt.timedelta(weeks=1)
IN_WEEK = {"start": 0, "beginning": 0, "early": 1, "mid": 2, "middle": 2, "end": 4, "late": 4}


def read_part(phrase: str, now: Bearings) -> dt.date | None:
    """The day which a plain phrase names as a part of a longer time; None if it names none."""
    return first_reading(RULES, phrase, now)


def _edge(match: re.Match[str], now: Bearings) -> dt.date | None:
    return _within(match["span"], now, lambda starts, ends: _part(match["edge"], starts, ends))


def _part(edge: str, starts: dt.date, ends: dt.date) -> dt.date:
    match edge:
        case "start" | "beginning" | "first":
            return starts
        case "mid" | "middle":
            return middle_of(starts, ends)
        case "early":
            return _end_of_first_third(starts, ends)
    return ends


def _end_of_first_third(starts: dt.date, ends: dt.date) -> dt.date:
    months = (ends.year - starts.year) * 12 + ends.month - starts.month + 1
    return last_of_month(starts, months // 3 - 1) if months >= 3 else starts.replace(day=10)


def _nth_weekday(match: re.Match[str], now: Bearings) -> dt.date | None:
    n = ORDINALS.get(match["nth"]) or (None if match["nth"] == "last" else int(match["nth"][0]))
    return _within(match["span"], now, lambda starts, ends: _nth(n, match["weekday"], starts, ends, now))


def _nth(n: int | None, weekday: str, starts: dt.date, ends: dt.date, now: Bearings) -> dt.date:
    if weekday == "working day":
        return now.calendar.after(starts - ONE_DAY, n) if n else now.calendar.before(ends + ONE_DAY, 1)
    wanted = weekday_number(weekday)
    if n is None:
        return ends - (ends.weekday() - wanted) % 7 * ONE_DAY
    return starts + (wanted - starts.weekday()) % 7 * ONE_DAY + (n - 1) * ONE_WEEK


def _within(phrase: str, now: Bearings, pick: Callable[[dt.date, dt.date], dt.date]) -> dt.date | None:
    """A day of the span a phrase names, and of the span after it where that day of a coming one is past."""
    phrase = re.sub(r"^(?:the )?(?=(?:month|quarter|(?:financial |calendar )?year)$)", "this ", phrase)
    span = read_span(phrase, now)
    if span is None or span.starts is None or span.ends is None:
        return None
    day = pick(span.starts, span.ends)
    if day >= now.today or span.is_late(now.today):
        return day
    return _within(phrase, replace(now, today=span.ends + ONE_DAY), pick) or day


def _edge_of_week(match: re.Match[str], now: Bearings) -> dt.date:
    monday = now.today - dt.timedelta(days=now.today.weekday())
    day = monday + IN_WEEK[match["edge"] or "end"] * ONE_DAY
    return day + ONE_WEEK if match["which"] == "next" or day < now.today else day


SPAN = "(?P<span>.+)"
ORDINAL = "first|second|third|fourth|last|1st|2nd|3rd|4th"

RULES: tuple[Rule[dt.date], ...] = (
    *(
        found
        for edge in (
            "(?:the )?(?P<edge>end|start|beginning|middle)(?: of| in)?",
            "(?P<edge>early|mid|late)(?: in)?",
        )
        for found in (
            rule(rf"{edge}[ -](?:(?P<which>this|the|next) )?week", _edge_of_week),
            rule(rf"{edge}[ -]{SPAN}", _edge),
        )
    ),
    rule("(?P<edge>)(?P<which>this|next) week", _edge_of_week),
    rule("(?P<span>month|quarter|(?:financial |calendar )?year)[ -](?P<edge>end)", _edge),
    rule(f"(?:the )?(?P<edge>first|last) day (?:of|in) {SPAN}", _edge),
    rule(f"(?:the )?(?P<nth>{ORDINAL}) (?P<weekday>working day|{WEEKDAY}) (?:of|in) {SPAN}", _nth_weekday),
)
