"""Spans: days from one to another, both included, as people write when they are away or shut."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise

from commands.grammar.when import NotADate, read_phrase
from commands.grammar.when_days import EASTER, FEASTS, ONE_DAY, moved
from commands.grammar.when_words import MONTH, NUMBER, UNIT, WEEKDAY, Bearings, number, plain, said
from storage.working_time import ENGLAND, Calendar

__all__ = ["EXAMPLES", "NotADate", "Span", "read_span"]

LONGEST, SHOWN = 120, 40  # characters
YEAR = dt.timedelta(days=366)
HALF_A_YEAR = dt.timedelta(days=183)
BEGAN = dt.timedelta(days=31)  # how long ago a time may have begun whose year is not given
EXAMPLES = "Try: 3 to 14 August, next week, for 2 weeks"


@dataclass(frozen=True)
class Span:
    """Days from one to another, both included."""

    starts: dt.date
    ends: dt.date


_BETWEEN = re.compile("^between (.+?) and ")
_UP_TO = re.compile(r"\bup to\b")
_INCLUDED = re.compile(r" (?:and including|inclusive|incl)\b")
_LEAD = re.compile("^(?:(?:for|on|during|all day|all of|all|the whole of) )+")
_AND = re.compile(r"\band\b|&")
_SEVERAL = re.compile(r"[,;&+]|\band\b", re.I)

_TO = "(?:to|until|till|through)"
_WEEK = re.compile(r"(this|next) week|(?:the )?(?:week (?:commencing|beginning|ending|of)|w/?[ce]) (.+)")
_FROM_FOR = re.compile(rf"(?:from )?(?P<first>.+?) for (?:the )?(?P<number>{NUMBER}) (?P<unit>{UNIT})")
_FOR_FROM = re.compile(
    rf"(?:the )?(?:next )?(?P<number>{NUMBER}) (?P<unit>{UNIT})"
    "(?: (?:from|starting|beginning) (?P<first>.+))?"
)
_UNTIL = re.compile(f"{_TO} (.+)")
_FROM_TO = re.compile(f"(?:from )?(.+?) (?:{_TO}|-) (.+)")
_FROM = re.compile("from (.+)")

_BARE_DAY = re.compile(rf"(?:{WEEKDAY} )?(?:the )?\d{{1,2}}(?:st|nd|rd|th)?", re.ASCII)
_ITS_MONTH = re.compile(
    rf"(?<![a-z])(?:{MONTH}|of (?:the|this|next) month)(?![a-z])|(?<=\d)/\d{{1,2}}(?=/|$)"
)
_ITS_WEEK = re.compile(f"{WEEKDAY} ((?:this|next) week)")
_REPEATS = re.compile(
    rf"(?<![a-z]){MONTH}(?![a-z])|\d[/.-]\d|\b(?:{'|'.join((*FEASTS, *EASTER))})\b|^{_BARE_DAY.pattern}$"
)
_HAS_YEAR = re.compile(rf"\d{{4}}|\d[ -]?{MONTH}[ -]?\d\d$|\d[/.-]\d{{1,2}}[/.-]\d\d$")


def read_span(text: str, today: dt.date, *, year_starts: int = 4, calendar: Calendar = ENGLAND) -> Span:
    """The days that a person typed, at most 366; NotADate says what is wrong and what would work.

    Without a year it is the time that is not over yet: it may have begun up to 31 days ago. A year at the end
    goes for both days. `year_starts` is the month (1 to 12) in which the partnership's year starts, and
    `calendar` counts working days.
    """
    if len(text) > LONGEST:
        raise NotADate(f"That is too long for days. {EXAMPLES}")
    now = Bearings(today, year_starts, calendar)
    phrase = _bare(text)
    found = None if _AND.search(phrase) else _read(phrase, now)
    if found is None:
        _refuse_several(text, now)
        raise NotADate(_unreadable(text))
    return _checked(found)


def _bare(text: str) -> str:
    """The text made plain, with one word for each way to say from, to and for."""
    phrase = _INCLUDED.sub("", _UP_TO.sub("to", _BETWEEN.sub(r"\1 to ", plain(text))))
    return _LEAD.sub("", phrase)


def _unreadable(text: str) -> str:
    shown = " ".join(text.split())
    if not shown:
        return f"No days are given. {EXAMPLES}"
    return f"I cannot read ‘{shown if len(shown) <= SHOWN else f'{shown[:SHOWN]}…'}’ as days. {EXAMPLES}"


def _checked(found: Span) -> Span:
    if found.ends < found.starts:
        raise NotADate(f"No day is left in that. {EXAMPLES}")
    if found.ends - found.starts >= YEAR:
        raise NotADate("That is more than a year. Give a shorter time. Try: 3 to 14 August")
    return found


def _refuse_several(text: str, now: Bearings) -> None:
    pieces = [_bare(piece) for piece in _SEVERAL.split(text) if piece.strip()]
    found: list[Span] = []
    for piece in pieces:
        is_weekday = found and re.fullmatch(WEEKDAY, piece)  # the first after the one before it
        since = replace(now, today=max(found[-1].ends, now.today)) if is_weekday else now
        span = _read(_shared(piece, pieces[-1])[0], since)
        found += [span] if span else []
    if len(found) < max(2, len(pieces)):
        return
    if all(after.starts == before.ends + ONE_DAY for before, after in pairwise(found)):
        whole = _said(found[0].starts, found[-1].ends)
        wrong = f"That is more than one time: give the first and the last. Try: {whole}"
        raise NotADate(wrong, (text, whole))
    one = _said(found[0].starts, found[0].ends)
    raise NotADate(f"That is more than one time: give them one by one. Try: {one}", (text, one))


def _said(starts: dt.date, ends: dt.date) -> str:
    return said(starts) if starts == ends else f"{said(starts)} to {said(ends)}"


def _read(phrase: str, now: Bearings) -> Span | None:
    readings = (_lasting, _until, _joined, _one, _dashed, _refuse_open)
    return next((found for read in readings if (found := read(phrase, now))), None)


def _one(phrase: str, now: Bearings) -> Span | None:
    """A single day, week, month or longer."""
    week = _WEEK.fullmatch(phrase)
    if week:
        return _week(week[1], week[2], now)
    when = read_phrase(phrase, now)
    return Span(when.starts, when.ends) if when and when.starts and when.ends else None


def _week(which: str | None, day: str, now: Bearings) -> Span | None:
    """From Monday to Sunday: this week, the next, or the one with a day in it."""
    monday = now.today - now.today.weekday() * ONE_DAY
    if which is None:
        found = _one(day, replace(now, today=monday) if _REPEATS.search(day) else now)
        if found is None:
            return None
        monday = found.starts - found.starts.weekday() * ONE_DAY
    elif which == "next":
        monday += 7 * ONE_DAY
    return Span(monday, monday + 6 * ONE_DAY)


def _lasting(phrase: str, now: Bearings) -> Span | None:
    match = _FOR_FROM.fullmatch(phrase) or _FROM_FOR.fullmatch(phrase)
    if match is None:
        return None
    long, unit = number(match["number"]), match["unit"]
    return _coming(match["first"] or "today", lambda starts: _last_of(starts, long, unit, now), now)


def _last_of(starts: dt.date, long: int, unit: str, now: Bearings) -> dt.date:
    if "day" in unit:
        return moved(starts - ONE_DAY, long, unit, now)
    return moved(starts, long, unit, now) - ONE_DAY


def _until(phrase: str, now: Bearings) -> Span | None:
    match = _UNTIL.fullmatch(phrase)
    return _from_to("today", match[1], now) if match else None


def _joined(phrase: str, now: Bearings) -> Span | None:
    match = _FROM_TO.fullmatch(phrase)
    return _from_to(match[1], match[2], now) if match else None


def _dashed(phrase: str, now: Bearings) -> Span | None:
    """Two dates with a dash between them and no spaces; dates have dashes too."""
    splits = ((phrase[: dash.start()], phrase[dash.end() :]) for dash in re.finditer("-", phrase))
    return next((found for first, last in splits if (found := _from_to(first, last, now))), None)


def _refuse_open(phrase: str, now: Bearings) -> None:
    match = _FROM.fullmatch(phrase)
    begins = _one(match[1], now) if match else None
    if begins:
        week = _said(begins.starts, begins.starts + 7 * ONE_DAY)
        raise NotADate(f"Say when it ends. Try: {week}")


def _from_to(first: str, last: str, now: Bearings) -> Span | None:
    first, last = _shared(first.strip(), last.strip())
    if _HAS_YEAR.search(last) and _REPEATS.search(first):
        found = _before(first, last, now)
    else:
        found = _coming(first, lambda starts: _last(last, starts, now), now)
    if found and found.ends < found.starts:
        raise NotADate(f"That ends before it begins. Try: {_said(found.ends, found.starts)}")
    return found


def _shared(first: str, last: str) -> tuple[str, str]:
    """Both with what one says for both: "3 to 10 June", "August 3 to 10", "Monday to Friday next week"."""
    days, months = [_BARE_DAY.fullmatch(end) for end in (first, last)], _months(first, last)
    if days[0] and months[1]:
        return first + months[1], last
    if days[1] and months[0]:
        return first, last + months[0]
    week = _ITS_WEEK.fullmatch(last)
    return (f"{first} {week[1]}", last) if week and re.fullmatch(WEEKDAY, first) else (first, last)


def _months(*ends: str) -> list[str]:
    found = [_ITS_MONTH.search(end) for end in ends]
    return [(match[0] if match[0][0] == "/" else f" {match[0]}") if match else "" for match in found]


def _before(first: str, last: str, now: Bearings) -> Span | None:
    """A span whose last day has a year: the first is the last such day before it."""
    ends = _one(last, now)
    begins = ends and _one(first, replace(now, today=ends.ends - YEAR + 2 * ONE_DAY))
    if begins and ends and begins.starts > ends.ends:
        _one(f"{first} {ends.ends.year}", now)  # says so if there is no 29 February in that year
    return Span(begins.starts, ends.ends) if begins and ends else None


def _coming(first: str, last: Callable[[dt.date], dt.date | None], now: Bearings) -> Span | None:
    """Of the spans with such a beginning, the first that is not over; `last` gives its last day."""
    repeats = _REPEATS.search(first) and not _HAS_YEAR.search(first)
    since, found = now.today - BEGAN if repeats else now.today, None
    for _ in range(3):  # one that began and is over, a day that the next month does not have, the one meant
        begins = _begins(first, since, now)
        ends = last(begins.starts) if begins else None
        if begins is None or ends is None:
            return None
        found = Span(begins.starts, ends)
        if not repeats or ends >= now.today:
            return found
        since = begins.ends + ONE_DAY
    return found


def _begins(first: str, since: dt.date, now: Bearings) -> Span | None:
    """What it is from a day on; from today on where its weekday does not agree with what it was before."""
    try:
        return _one(first, replace(now, today=since))
    except NotADate:
        return _one(first, now)


def _last(phrase: str, starts: dt.date, now: Bearings) -> dt.date | None:
    """The last day of a span: a day that comes round again is the first such day from the span's first on."""
    repeats = _REPEATS.search(phrase)
    since = starts if repeats else now.today
    if re.fullmatch(WEEKDAY, phrase):
        since = max(starts - ONE_DAY, now.today)
    found = _one(phrase, replace(now, today=since))
    if found and repeats and not _HAS_YEAR.search(phrase) and _is_a_guess(starts, found.ends):
        raise NotADate(f"That ends before it begins, or much later. Try: {_said(starts, found.ends)}")
    return found.ends if found else None


def _is_a_guess(starts: dt.date, ends: dt.date) -> bool:
    """Over the new year and long: rather two days in the wrong order than a long time without a year."""
    return starts.year != ends.year and ends - starts > HALF_A_YEAR
