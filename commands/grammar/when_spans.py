"""Months, quarters, seasons and years, as people write them."""

import datetime as dt
import re

from commands.grammar.when_words import (
    MONTH,
    MONTH_NAMES,
    Bearings,
    NotADate,
    Rule,
    coming,
    first_reading,
    month_number,
    rule,
    year_number,
)
from storage.when import When, first_of_month, last_of_month, quarter_of, year_of

SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}  # the month each begins in
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}


def read_span(phrase: str, now: Bearings) -> When | None:
    """The month, quarter (or other months) or year that a plain phrase names; None if it names none."""
    return first_reading(RULES, phrase, now)


def _month(match: re.Match[str], now: Bearings) -> When:
    month = month_number(match["month"])
    if match["year"]:
        return When.month(year_number(match["year"]), month)
    return coming(lambda year: When.month(year, month), now.today)


def _months(match: re.Match[str], now: Bearings) -> When:
    first, last = month_number(match["first"]), month_number(match["last"])
    length = (last - first) % 12 + 1
    if match["from"]:
        return _from_to(match, first, last)
    if match["year"]:
        return _season(year_number(match["year"]) - (first > last), first, length)
    return coming(lambda year: _season(year, first, length), now.today)


def _from_to(match: re.Match[str], first: int, last: int) -> When:
    begins = year_number(match["from"])
    ends = year_number(match["year"]) if match["year"] else begins + (first > last)
    if (ends, last) < (begins, first):
        raise NotADate("Those months end before they begin. Try: January to March 2027")
    return When.quarter(dt.date(begins, first, 1), last_of_month(dt.date(ends, last, 1)))


def _season(year: int, month: int, length: int = 3) -> When:
    first = dt.date(year, month, 1)
    return When.quarter(first, last_of_month(first, length - 1))


def _named_season(match: re.Match[str], now: Bearings) -> When:
    name, month = match["season"], SEASONS[match["season"]]
    if not match["year"]:
        return coming(lambda year: _season(year, month), now.today)
    year = year_number(match["year"])
    if match["to"] and (name != "winter" or not _follows(match["to"], year)):
        raise NotADate(f"{name.capitalize()} {match['year']}/{match['to']} is not clear. Try: {name} {year}")
    return _season(year, month)


def _quarter(match: re.Match[str], now: Bearings) -> When:
    number = int(ORDINALS.get(match["quarter"], match["quarter"][0]))
    if match["from"]:
        return _quarter_of_year(_first_year(match, now), number, now)
    if not match["year"]:
        return coming(lambda year: _quarter_of_year(year, number, now), now.today)
    year = year_number(match["year"])
    if now.year_starts != 1:
        raise NotADate(_two_quarters(number, year, now))
    return _quarter_of_year(year, number, now)


def _quarter_of_year(year: int, number: int, now: Bearings) -> When:
    starts = first_of_month(dt.date(year, now.year_starts, 1), 3 * (number - 1))
    return When.quarter(starts, last_of_month(starts, 2))


def _two_quarters(number: int, year: int, now: Bearings) -> str:
    ours = [year_of(dt.date(y, now.year_starts, 1), now.year_starts).label for y in (year - 1, year)]
    first, last = MONTH_NAMES[number * 3 - 3], MONTH_NAMES[number * 3 - 1]
    return (
        f"Q{number} {year} can be read in more than one way. "
        f"Try: Q{number} {ours[0]}, Q{number} {ours[1]} or {first} to {last} {year}"
    )


def _two_years(match: re.Match[str], now: Bearings) -> When:
    span = year_of(dt.date(_first_year(match, now), now.year_starts, 1), now.year_starts)
    return When.year(span.starts, span.ends)


def _first_year(match: re.Match[str], now: Bearings) -> int:
    year = year_number(match["from"])
    if now.year_starts == 1:
        raise NotADate(f"The year starts in January here, so it has one number. Try: {year}")
    if not _follows(match["to"], year):
        right = year_of(dt.date(year, now.year_starts, 1), now.year_starts).label
        raise NotADate(f"{match['from']}/{match['to']} is not one year. Try: {right}")
    return year


def _follows(figures: str, year: int) -> bool:
    return int(figures) in (year + 1, (year + 1) % 100)


def _year(match: re.Match[str], _now: Bearings) -> When:
    return _calendar_year(year_number(match["year"]))


def _calendar_year(year: int) -> When:
    return When.year(dt.date(year, 1, 1), dt.date(year, 12, 31))


def _this_or_next(match: re.Match[str], now: Bearings) -> When:
    later = match["which"] == "next"
    match match["span"]:
        case "month":
            first = first_of_month(now.today, int(later))
            return When.month(first.year, first.month)
        case "quarter":
            starts, ends, _ = quarter_of(first_of_month(now.today, 3 * later), now.year_starts)
            return When.quarter(starts, ends)
        case "calendar year":
            return _calendar_year(now.today.year + later)
    starts, ends, _ = year_of(first_of_month(now.today, 12 * later), now.year_starts)
    return When.year(starts, ends)


YEARS = r"(?P<from>\d{4}|\d{2}) ?[/-] ?(?P<to>\d{4}|\d{2})"
OF = "(?: of| in)?"

RULES: tuple[Rule[When], ...] = (
    rule(rf"(?:this )?(?P<month>{MONTH})(?:{OF} (?P<year>\d{{4}}))?", _month),
    rule(
        rf"(?:from |between )?(?P<first>{MONTH})(?: (?P<from>\d{{4}}))?(?: to | and | until | ?[-/] ?)"
        rf"(?P<last>{MONTH})(?: (?P<year>\d{{4}}))?",
        _months,
    ),
    *(
        rule(rf"(?:{quarter})(?:{OF} (?:fy ?)?(?:{YEARS}|(?P<year>\d{{4}})))?", _quarter)
        for quarter in (
            r"(?:q ?|quarter )(?P<quarter>[1-4])",
            r"(?:the )?(?P<quarter>first|second|third|fourth|1st|2nd|3rd|4th) quarter",
        )
    ),
    rule(rf"{YEARS} q ?(?P<quarter>[1-4])", _quarter),
    rule(
        r"(?:the |this )?(?P<season>spring|summer|autumn|winter)"
        r"(?:(?: of)? (?P<year>\d{4})(?:[/-](?P<to>\d{4}|\d{2}))?)?",
        _named_season,
    ),
    rule(r"(?:fy ?|(?:the )?financial year )?(?P<from>\d{4})[/-](?P<to>\d{4}|\d{2})", _two_years),
    rule(rf"(?:fy ?|(?:the )?financial year ){YEARS}", _two_years),
    rule(r"(?:the year )?(?P<year>\d{4})", _year),
    rule(
        "(?P<which>this|the current|next|the next) (?P<span>month|quarter|(?:financial |calendar )?year)",
        _this_or_next,
    ),
)
