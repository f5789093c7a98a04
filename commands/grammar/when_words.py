"""The words dates are made of, and the one error for what is no date."""

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from storage.when import When
from storage.working_time import Calendar

MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "a couple of": 2, "three": 3, "four": 4, "five": 5} | {
    word: n for n, word in enumerate(("six", "seven", "eight", "nine", "ten", "eleven", "twelve"), 6)
}

# Pieces of regular expressions, over text made plain: lower case, no commas, no apostrophes.
MONTH = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    "|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
WEEKDAY = (
    "(?:mon(?:day)?|tue(?:s|sday)?|wed(?:s|nesday)?|thu(?:r|rs|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)"
)
NUMBER = rf"(?:\d+|{'|'.join(sorted(NUMBERS, key=len, reverse=True))})"
UNIT = r"(?:(?:working|business) days?|days?|weeks?|fortnights?|months?|years?)"

EARLIEST, LATEST = 1900, 2199
LEAP_DAY = (29, 2)
MOST = 999
EXAMPLES = "Try: 12 June, end of June, Q2, ongoing"


class NotADate(ValueError):
    """What was typed is not a date; the message says what is wrong and gives an example that works.

    instead: words that were typed, in any case, and those that were probably meant.
    """

    def __init__(self, wrong: str, instead: tuple[str, str] | None = None) -> None:
        super().__init__(wrong)
        self.instead = instead


class NoSuchDay(NotADate):
    """What was typed is a date and nothing else, but no calendar has that day."""


@dataclass(frozen=True)
class Bearings:
    """What a date without a year or a place is read by."""

    today: dt.date
    year_starts: int
    calendar: Calendar


Found = TypeVar("Found")
Rule = tuple[re.Pattern[str], Callable[[re.Match[str], Bearings], Found | None]]


def rule(pattern: str, read: Callable[[re.Match[str], Bearings], Found | None]) -> Rule[Found]:
    return re.compile(pattern, re.ASCII), read


def first_reading(rules: Iterable[Rule[Found]], phrase: str, now: Bearings) -> Found | None:
    """What the first rule makes of a phrase that it fits as a whole."""
    for pattern, read in rules:
        match = pattern.fullmatch(phrase)
        found = read(match, now) if match else None
        if found is not None:
            return found
    return None


def plain(text: str) -> str:
    """Text made plain for reading: lower case, one kind of dash, no commas or apostrophes, single spaces."""
    text = re.sub("[\u2010-\u2015\u2212]", "-", text.lower())
    text = re.sub("['\u2018\u2019\u02bc`\"\u201c\u201d]", "", text).replace(",", " ")
    text = re.sub(r"(?<=[a-z])\.", "", text)
    return " ".join(text.split()).rstrip(".;!: ")


def said(day: dt.date) -> str:
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


def month_number(word: str) -> int:
    return 1 + [name[:3].lower() for name in MONTH_NAMES].index(word[:3])


def weekday_number(word: str) -> int:
    return [name[:3].lower() for name in WEEKDAY_NAMES].index(word[:3])


def number(word: str) -> int:
    """The number a word or figures stand for; NotADate beyond 999."""
    found = NUMBERS.get(word) or int(word)
    if found > MOST:
        raise NotADate(f"{word} is too far away. {EXAMPLES}")
    return found


def year_number(figures: str) -> int:
    """A year of four figures, or of two in this century; NotADate before 1900 and after 2199."""
    found = int(figures) + (2000 if len(figures) == 2 else 0)
    if not EARLIEST <= found <= LATEST:
        raise NotADate(f"{figures} is not a year we can plan for. {EXAMPLES}")
    return found


def day_of(day: int, month: int, year: int | None, today: dt.date) -> dt.date:
    """A day of the year given, or else the coming one (today counts); NoSuchDay if it does not exist."""
    if not 1 <= month <= 12:
        raise NotADate(f"There is no month {month}: dates are read day/month/year. Try: 12/6 for 12 June")
    if year is not None:
        _check_exists(day, month, year, MONTH_NAMES[month - 1] + f" {year}")
        return dt.date(year, month, day)
    if (day, month) != LEAP_DAY:
        _check_exists(day, month, today.year + (month < today.month), MONTH_NAMES[month - 1])
    years = (y for y in range(today.year, today.year + 9) if day <= monthrange(y, month)[1])
    return next(found for y in years if (found := dt.date(y, month, day)) >= today)


def _check_exists(day: int, month: int, year: int, named: str) -> None:
    longest = monthrange(year, month)[1]
    if not 1 <= day <= longest:
        long = f"February {year}" if named == "February" else named
        nearest = max(1, min(day, longest))
        wrong = f"{day} {named} does not exist: {long} has {longest} days. Try: {nearest} {named}"
        raise NoSuchDay(wrong, (f"{day} {named}", f"{nearest} {named}"))


def coming(in_year: Callable[[int], When], today: dt.date) -> When:
    """Of spans that begin a year apart, the first which is not over."""
    spans = map(in_year, range(today.year - 1, today.year + 3))
    return next(when for when in spans if not when.is_late(today))
