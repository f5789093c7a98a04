"""By when: what people type as a date, read the way people in the United Kingdom mean it."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from difflib import get_close_matches

from commands.grammar.when_days import ONE_DAY, read_day
from commands.grammar.when_reviews import read_open_ended
from commands.grammar.when_spans import read_span
from commands.grammar.when_times import split_time
from commands.grammar.when_words import (
    EARLIEST,
    EXAMPLES,
    LATEST,
    MONTH,
    MONTH_NAMES,
    NUMBER,
    UNIT,
    WEEKDAY,
    WEEKDAY_NAMES,
    Bearings,
    NoSuchDay,
    NotADate,
    plain,
)
from commands.grammar.words import COURTESY, repaired
from storage.when import When
from storage.working_time import ENGLAND, Calendar

__all__ = ["NotADate", "check_ending", "find_ending", "read_phrase", "read_when"]

LONGEST = 80  # characters; no date is longer
SHOWN = 40

_LEAD = re.compile(
    "^(?:(?:due|deadline|by|on or before|until|till|on|in|at|within|during|no later than)(?: |: ?))+"
)
_BEFORE = re.compile("before(?: |: ?)(?P<what>.+)")
_IS_AN_END = re.compile("(?:the )?end .+|.+[ -]end")
_WEEK_OF = re.compile("(?:w/c|(?:the )?week (?:commencing|beginning|of)) ")
_NAMED = re.compile(rf"(?:{MONTH}|{WEEKDAY}|st|nd|rd|th|am|pm|t|z|at|of|the)")
_YEAR_FIRST = re.compile(r"(?:^|^[^-]*\D)(?:19|20|21)\d\d(?!\d)")  # before any dash: not "12 - 13 June 2026"
_BY = re.compile(
    r"(?<!\S)(?:due(?:\s+(?:by|on(?!\s+or\s)))?|by|until|till|no\s+later\s+than)(?=[\s:]):?", re.I
)
_SAYS_SO = "".join(
    rf"(?<!\b{word}\s)" for word in ("is", "are", "be", "been", "was", "the", "an", "our", "any")
)
_REVIEWED = re.compile(
    r"(?:(?<=[,;:])|(?<=\s[–—-]))\s*(?:on-?going|continuous|review(?:ed)?)\b|(?<!\S)every\b"
    rf"|(?<=\s){_SAYS_SO}on-?going\b",
    re.I,
)
_OPENS = re.compile(r"(?<![^\s(\[{\"':/-])[\"'](?=[\w\"'(#@£])")  # an apostrophe stands after a letter
_CLOSES = re.compile(r"(?<=\S)[\"'](?!\w|\stime\b)")  # not the one of "3 weeks' time"
_LONG_WORD = re.compile(r"[a-z]{4,}", re.I)
_AMOUNT = re.compile(rf"(?:{NUMBER} {UNIT}|\d+)", re.ASCII)


def read_when(text: str, today: dt.date, *, year_starts: int = 4, calendar: Calendar = ENGLAND) -> When:
    """By when something is due, from what a person typed; NotADate says what is wrong and what would work.

    A date without a year is the coming one, today included. `year_starts` is the month (1 to 12) in which the
    partnership's year starts, and `calendar` counts working days. A "please" or "thanks" after it
    is no part of it.
    """
    if len(text) > LONGEST:
        raise NotADate(f"That is too long for a date. {EXAMPLES}")
    text = COURTESY.sub("", text)
    now = Bearings(today, year_starts, calendar)
    try:
        when = read_phrase(plain(text), now)
    except NoSuchDay as error:
        raise _as_typed(error, text.strip()) from error
    if when is None:
        raise _misspelt(text, now) or NotADate(_unreadable(text))
    return replace(when, text=text.strip())


def _as_typed(error: NoSuchDay, text: str) -> NoSuchDay:
    """What was meant instead of what was typed, however that was written: "31/6" is 31 June too."""
    typed, meant = error.instead or ("", "")
    return error if typed.lower() in text.lower() else NoSuchDay(str(error), (text, meant))


def find_ending(
    text: str, today: dt.date, *, year_starts: int = 4, calendar: Calendar = ENGLAND
) -> tuple[str, When, str] | None:
    """The date that an action's text ends in: the text before it, the date, and the ending as it was written.

    "Refresh the newsletter by Friday" gives ("Refresh the newsletter", that Friday, "by Friday"). The text
    before is an untouched beginning of `text`, empty where the text is nothing else. None without a date.
    """
    for start, phrase in _endings(text):
        when = _read_ending(text[phrase:], start == phrase, Bearings(today, year_starts, calendar))
        if when is not None:
            return text[:start].rstrip(" \n\t,;:–—-"), when, text[start:].strip()
    return None


def check_ending(text: str, today: dt.date) -> None:
    """Raises NoSuchDay if a text ends in a day that no calendar has: "Print it by 31 February"."""
    for _, phrase in _endings(text):
        try:
            read_when(text[phrase:], today)
        except NoSuchDay:
            raise
        except NotADate:
            continue


def _endings(text: str) -> Iterator[tuple[int, int]]:
    """Where a date or a rhythm may begin at the end of a text, and where its phrase does."""
    tail = max(0, len(text) - LONGEST - SHOWN)
    reviews = [(mark.start(), mark.start()) for mark in _REVIEWED.finditer(text, tail)]
    dates = [(mark.start(), mark.end()) for mark in _BY.finditer(text, tail)]
    return (ending for ending in (*reviews, *reversed(dates)) if not _is_quoted(text, ending[1]))


def _is_quoted(text: str, phrase: int) -> bool:
    """Whether the phrase that starts there closes a quotation that was opened before it."""
    text = repaired(text)
    if not _OPENS.search(text, 0, phrase):
        return False
    return len(_CLOSES.findall(text, phrase)) > len(_OPENS.findall(text, phrase))


def _read_ending(phrase: str, is_review: bool, now: Bearings) -> When | None:
    """What follows "by" or "every"; an amount ("cut it by 3 weeks", "by 2000") is no date there."""
    if _AMOUNT.fullmatch(plain(phrase)) and not _is_near_year(plain(phrase), now.today):
        return None
    try:
        when = read_when(phrase, now.today, year_starts=now.year_starts, calendar=now.calendar)
    except NotADate:
        return None
    return when if (when.kind == "ongoing" if is_review else when.is_dated) else None


def _is_near_year(figures: str, today: dt.date) -> bool:
    return figures in {str(today.year + n) for n in range(11)}


def _unreadable(text: str, meant: str = "") -> str:
    shown = " ".join(text.split())
    if not shown:
        return f"No date is given. {EXAMPLES}"
    shown = shown if len(shown) <= SHOWN else f"{shown[:SHOWN]}…"
    return f"I cannot read ‘{shown}’ as a date. {f'Did you mean {meant}?' if meant else EXAMPLES}"


def _misspelt(text: str, now: Bearings) -> NotADate | None:
    """What is to be said of a date in which only the month or the weekday is spelt wrongly."""
    respelt = _LONG_WORD.sub(lambda word: _nearest(word[0]), text.strip())
    try:
        if read_phrase(plain(respelt), now) is None:
            return None
    except NoSuchDay as error:
        typed, meant = error.instead or ("", "")
        right = re.sub(re.escape(typed), meant, respelt, flags=re.IGNORECASE)
        return NoSuchDay(str(error), (text.strip(), right))
    except NotADate:
        return None
    return NotADate(_unreadable(text, respelt), (text.strip(), respelt))


def _nearest(word: str) -> str:
    found = get_close_matches(word.title(), (*MONTH_NAMES, *WEEKDAY_NAMES), n=1, cutoff=0.7)
    return found[0] if found else word


def read_phrase(phrase: str, now: Bearings) -> When | None:
    """By when, from a phrase made plain; None if it is no date, NotADate if there is no such day."""
    phrase = _LEAD.sub("", phrase, count=1)
    before = _BEFORE.fullmatch(phrase)
    return _read_before(before["what"], now) if before else _read_phrase(phrase, now)


def _read_before(phrase: str, now: Bearings) -> When | None:
    """The last day before what a phrase names begins; before its end, or a time of day, is by then."""
    begins = "start of next week" if phrase == "next week" else _WEEK_OF.sub("", phrase)
    found = _read_phrase(begins, now)
    if found is None or found.starts is None or found.time or _IS_AN_END.fullmatch(phrase):
        return found
    if found.ends and found.starts <= now.today <= found.ends:  # it has begun: the next one is meant
        found = _read_phrase(begins, replace(now, today=found.ends + ONE_DAY)) or found
    return When.day(found.starts - ONE_DAY) if found.starts else found


def _read_phrase(phrase: str, now: Bearings) -> When | None:
    return (
        read_open_ended(phrase)
        or _read_date(phrase, now)
        or _read_date_and_time(phrase, now)
        or _read_other_order(phrase, now)
    )


def _read_date(phrase: str, now: Bearings) -> When | None:
    day = read_day(phrase, now)
    return When.day(day) if day else read_span(phrase, now)


def _read_date_and_time(phrase: str, now: Bearings) -> When | None:
    split = split_time(phrase)
    if split is None:
        return None
    rest, time = split
    when = _read_date(rest, now) if rest else When.day(now.today)
    if when is not None and when.kind != "day":
        raise NotADate("A time of day needs a day. Try: 12 June at noon")
    return when and replace(when, time=time)


def _read_other_order(phrase: str, now: Bearings) -> When | None:
    """Dates in another order ("2026 June 12"), with a year and no words besides, so that no text passes."""
    words = re.findall(r"[^\W\d_]+", phrase)
    if not (_YEAR_FIRST.match(phrase) and phrase.isascii() and all(_NAMED.fullmatch(word) for word in words)):
        return None
    found, period = _parse(phrase, now.today)
    if found is None or period not in ("day", "time") or not EARLIEST <= found.year <= LATEST:
        return None
    return When.day(found.date(), time=found.time() if period == "time" else None)


def _parse(phrase: str, today: dt.date) -> tuple[dt.datetime | None, str]:
    from dateparser.date import DateDataParser  # type: ignore[import-untyped]

    settings = {
        "DATE_ORDER": "DMY",
        "PREFER_DATES_FROM": "future",
        "RELATIVE_BASE": dt.datetime.combine(today, dt.time()),
        "REQUIRE_PARTS": ["day", "month"],
        "RETURN_TIME_AS_PERIOD": True,
        "TIMEZONE": "UTC",
    }
    try:
        read = DateDataParser(languages=["en"], settings=settings).get_date_data(phrase)
    except (OverflowError, ValueError):  # figures that no calendar has
        return None, ""
    return read.date_obj, read.period
