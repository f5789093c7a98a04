"""The time of day in a date: noon, 3pm, 15:00, close of play."""

import datetime as dt
import re

from commands.grammar.when_words import NotADate

NOON, CLOSE = dt.time(12), dt.time(17)
NAMED_TIMES = {
    **dict.fromkeys(("noon", "midday", "lunchtime", "morning"), NOON),
    **dict.fromkeys(("cob", "close of business", "cop", "close of play", "close"), CLOSE),
    **dict.fromkeys(("end of play", "end of business"), CLOSE),
    **dict.fromkeys(("eod", "end of day", "end of the day", "afternoon"), CLOSE),
    "first thing": dt.time(9),
}
_NAMES = "|".join(sorted(NAMED_TIMES, key=len, reverse=True))
_CLOCK = (
    r"(?:(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))? ?(?P<half>[ap])m"
    rf"|(?P<hour24>\d{{1,2}}):(?P<minute24>\d\d)|(?P<name>{_NAMES}))"
)
_FORMS = tuple(
    re.compile(form, re.ASCII)
    for form in (
        rf"(?P<rest>)(?:at )?{_CLOCK}",
        rf"(?:at )?{_CLOCK}(?: on| of)? (?P<rest>.+)",
        rf"(?P<rest>.+?) (?:at |@ ?|by )?{_CLOCK}",
    )
)


def split_time(phrase: str) -> tuple[str, dt.time] | None:
    """A plain phrase without its time of day ("" if it is nothing else), and that time; None without one."""
    match = next((found for form in _FORMS if (found := form.fullmatch(phrase))), None)
    return (match["rest"], _time(match)) if match else None


def _time(match: re.Match[str]) -> dt.time:
    if match["name"]:
        return NAMED_TIMES[match["name"]]
    if match["half"]:
        return _of_half(int(match["hour"]), int(match["minute"] or 0), match["half"])
    return _checked(int(match["hour24"]), int(match["minute24"]))


def _of_half(hour: int, minute: int, half: str) -> dt.time:
    if not 1 <= hour <= 12:
        raise NotADate(f"{hour}{half}m is not a time. Try: 12 June at 3pm")
    return _checked(hour % 12 + (12 if half == "p" else 0), minute)


def _checked(hour: int, minute: int) -> dt.time:
    if hour > 23 or minute > 59:
        raise NotADate(f"{hour}:{minute:02d} is not a time. Try: 12 June at 15:00")
    return dt.time(hour, minute)
