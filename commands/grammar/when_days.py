"""Single days, as people write them."""

import datetime as dt
import re
from calendar import monthrange

from commands.grammar.when_parts import read_part
from commands.grammar.when_words import (
    EARLIEST,
    EXAMPLES,
    LATEST,
    MONTH,
    NUMBER,
    UNIT,
    WEEKDAY,
    WEEKDAY_NAMES,
    Bearings,
    NotADate,
    Rule,
    day_of,
    first_reading,
    month_number,
    number,
    rule,
    said,
    weekday_number,
    year_number,
)
from storage.when import first_of_month, last_of_month

ONE_DAY, ONE_WEEK = dt.timedelta(days=1), dt.timedelta(weeks=1)
NEAR = {
    "yesterday": -1,
    "today": 0,
    "tonight": 0,
    "tomorrow": 1,
}
FEASTS = {
    **dict.fromkeys(("christmas", "christmas day", "xmas"), (25, 12)),
    **dict.fromkeys(("new year", "the new year", "new years", "new years day"), (1, 1)),
    "christmas eve": (24, 12),
    "boxing day": (26, 12),
    "new years eve": (31, 12),
}
EASTER = {"good friday": -2, "easter": 0, "easter sunday": 0, "easter monday": 1}  # days after the Sunday


def read_day(phrase: str, now: Bearings) -> dt.date | None:
    """The day that a plain phrase names; None if it names none, NotADate if there is no such day."""
    day = first_reading(RULES, phrase, now) or read_part(phrase, now)
    if day is not None and not EARLIEST <= day.year <= LATEST:
        raise NotADate(f"{day.year} is too far away. {EXAMPLES}")
    return day


def _near(match: re.Match[str], now: Bearings) -> dt.date:
    return now.today + dt.timedelta(days=NEAR[match[0]])


def _weekday(match: re.Match[str], now: Bearings) -> dt.date:
    weekday, which = weekday_number(match["weekday"]), match["before"] or match["after"]
    monday = now.today - dt.timedelta(days=now.today.weekday())
    match which:
        case "next":
            return monday + ONE_WEEK + dt.timedelta(days=weekday)
        case "this":
            return now.today + dt.timedelta(days=(weekday - now.today.weekday()) % 7)
    return _coming_weekday(weekday, now.today)


def _coming_weekday(weekday: int, today: dt.date) -> dt.date:
    """The next such weekday; today is not the next one."""
    return today + dt.timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def _week_from(match: re.Match[str], now: Bearings) -> dt.date | None:
    day = read_day(match["day"], now)
    return day and day + (2 if match["unit"] == "fortnight" else 1) * ONE_WEEK


def _date(match: re.Match[str], now: Bearings) -> dt.date:
    year = year_number(match["year"]) if match["year"] else None
    return _agreeing(day_of(int(match["day"]), month_number(match["month"]), year, now.today), match)


def _agreeing(day: dt.date, match: re.Match[str]) -> dt.date:
    """The day, which is the weekday that stands beside it. Raises NotADate."""
    if match["weekday"] and day.weekday() != weekday_number(match["weekday"]):
        right = f"{WEEKDAY_NAMES[day.weekday()]} {said(day)}"
        wrong = f"{said(day)} is a {WEEKDAY_NAMES[day.weekday()]}. Try: {right}"
        raise NotADate(wrong, (match[0], right))
    return day


def _figures(match: re.Match[str], now: Bearings) -> dt.date:
    year = match["year"]
    return day_of(int(match["day"]), int(match["month"]), year_number(year) if year else None, now.today)


def _day_of_month(match: re.Match[str], now: Bearings) -> dt.date:
    day = int(match["day"])
    if match["next"]:
        first = first_of_month(now.today, 1)
        return _agreeing(day_of(day, first.month, first.year, now.today), match)
    if not 1 <= day <= 31:
        raise NotADate(f"No month has {day} days. Try: the 12th, or 12 June")
    months = (first_of_month(now.today, n) for n in range(3))
    days = (first.replace(day=day) for first in months if day <= monthrange(first.year, first.month)[1])
    return _agreeing(next(found for found in days if found >= now.today), match)


def _ahead(match: re.Match[str], now: Bearings) -> dt.date:
    return moved(now.today, number(match["number"]), match["unit"], now)


def _ago(match: re.Match[str], now: Bearings) -> dt.date:
    return moved(now.today, -number(match["number"]), match["unit"], now)


def _beside(match: re.Match[str], now: Bearings) -> dt.date | None:
    day = read_day(match["day"], now)
    by = number(match["number"] or "a") * (-1 if match["side"] == "before" else 1)
    return day and moved(day, by, match["unit"], now)


def moved(day: dt.date, by: int, unit: str, now: Bearings) -> dt.date:
    """A day so many units later, or earlier where `by` is less than 0."""
    match unit.rstrip("s"):
        case "day":
            return day + by * ONE_DAY
        case "week":
            return day + by * ONE_WEEK
        case "fortnight":
            return day + 2 * by * ONE_WEEK
        case "month":
            return _months_on(day, by)
        case "year":
            return _months_on(day, 12 * by)
    if by == 0:
        return day
    return now.calendar.after(day, by) if by > 0 else now.calendar.before(day, -by)


def _months_on(day: dt.date, months: int) -> dt.date:
    """The same day some months on, or the last of a month that is too short for it."""
    return min(first_of_month(day, months) + (day.day - 1) * ONE_DAY, last_of_month(day, months))


def _feast(match: re.Match[str], now: Bearings) -> dt.date:
    day, month = FEASTS[match["feast"]]
    return day_of(day, month, year_number(match["year"]) if match["year"] else None, now.today)


def _easter(match: re.Match[str], now: Bearings) -> dt.date:
    later = EASTER[match["feast"]] * ONE_DAY
    if match["year"]:
        return _easter_sunday(year_number(match["year"])) + later
    days = (_easter_sunday(now.today.year + n) + later for n in range(2))
    return next(day for day in days if day >= now.today)


def _easter_sunday(year: int) -> dt.date:
    from dateutil.easter import easter  # type: ignore[import-untyped]

    sunday: dt.date = easter(year)
    return sunday


def _week_with(match: re.Match[str], now: Bearings) -> dt.date | None:
    """The Friday of the week a day is in."""
    day = read_day(match["day"], now)
    return day and day + (4 - day.weekday()) * ONE_DAY


def _week_ending(match: re.Match[str], now: Bearings) -> dt.date | None:
    return read_day(match["day"], now)


DAY_MONTH = (
    r"(?:the )?(?P<day>\d{1,2})(?:st|nd|rd|th)?(?: of)?[ -]?"
    rf"(?P<month>{MONTH})(?:[ -]?(?P<year>\d{{4}}|\d{{2}}))?"
)
MONTH_DAY = rf"(?P<month>{MONTH}) (?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: (?P<year>\d{{4}}))?"
FROM = f"(?P<day>{WEEKDAY}|today|tomorrow)"
YEAR = r"(?: (?P<year>\d{4}))?"

RULES: tuple[Rule[dt.date], ...] = (
    rule("|".join(NEAR), _near),
    rule(
        f"(?:(?P<before>this|next) )?(?:coming )?(?P<weekday>{WEEKDAY})(?: (?P<after>this|next) week)?",
        _weekday,
    ),
    rule(f"{FROM} (?P<unit>week|fortnight)", _week_from),
    rule("(?:a )?(?P<unit>week|fortnight) (?P<day>today|tomorrow)", _week_from),
    rule(f"(?:(?P<weekday>{WEEKDAY}) )?{DAY_MONTH}", _date),
    rule(f"(?:(?P<weekday>{WEEKDAY}) )?{MONTH_DAY}", _date),
    rule(r"(?P<day>\d{1,2})/(?P<month>\d{1,2})(?:/(?P<year>\d{4}|\d{2}))?", _figures),
    rule(r"(?P<day>\d{1,2})(?P<mark>[.-])(?P<month>\d{1,2})(?P=mark)(?P<year>\d{4}|\d{2})", _figures),
    rule(r"(?P<year>\d{4})(?P<mark>[-/])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})", _figures),
    rule(
        rf"(?:(?P<weekday>{WEEKDAY}) )?(?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)"
        "(?: (?:of )?(?:the|this|(?P<next>next)) month)?",
        _day_of_month,
    ),
    rule(f"(?P<number>{NUMBER}) (?P<unit>{UNIT})(?: time| from (?:now|today))?", _ahead),
    rule(f"(?P<number>{NUMBER}) (?P<unit>{UNIT}) ago", _ago),
    rule(f"(?P<number>{NUMBER}) (?P<unit>{UNIT}) (?P<side>before|after|from|on) (?P<day>.+)", _beside),
    rule("(?:the )?(?P<number>)(?P<unit>day|week|fortnight) (?P<side>before|after|on) (?P<day>.+)", _beside),
    rule(f"(?P<feast>{'|'.join(FEASTS)}){YEAR}", _feast),
    rule(f"(?P<feast>{'|'.join(EASTER)}){YEAR}", _easter),
    rule("(?:w/c|(?:the )?week (?:commencing|beginning|of)) (?P<day>.+)", _week_with),
    rule("(?:w/e|(?:the )?week ending) (?P<day>.+)", _week_ending),
)
