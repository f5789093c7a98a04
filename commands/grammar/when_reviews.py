"""Work without an end: ongoing, how often it is reviewed, and no date at all."""

import re

from commands.grammar.when_words import NUMBER, NotADate, number
from storage.when import REVIEW_MONTHS, UNDATED, When

NO_DATE = (
    *("undated", "no date", "no date yet", "no deadline", "none", "n/a", "?", "??"),
    *("tbc", "tba", "tbd", "to be confirmed", "to be agreed", "not yet known"),
)
RHYTHMS = {  # months between reviews; 0 is too often to be a review
    **dict.fromkeys(("daily", "weekly", "fortnightly"), 0),
    **dict.fromkeys(("monthly", "once a month"), 1),
    **dict.fromkeys(("every other month", "every second month"), 2),
    **dict.fromkeys(("quarterly", "every quarter", "each quarter", "with the quarter"), 3),
    **dict.fromkeys(("six-monthly", "6-monthly", "half-yearly", "half yearly", "twice a year"), 6),
    **dict.fromkeys(("yearly", "annually", "once a year"), 12),
}
_ONGOING = re.compile(
    "(?P<ongoing>on-?going|on going|continuous|continuously|continual|rolling)?"
    "(?: ?[-(]? ?(?P<review>(?:to be )?review(?:ed|s)?)(?: it)?)? ?(?P<rhythm>.*)"
)
_EVERY = re.compile(rf"(?:every|each) (?:(?P<number>{NUMBER}) )?(?P<unit>months?|years?)", re.ASCII)


def read_open_ended(phrase: str) -> When | None:
    """Ongoing work or no date, from a plain phrase; NotADate for a rhythm that no review can keep."""
    if phrase in NO_DATE:
        return UNDATED
    match = _ONGOING.fullmatch(phrase)
    if match is None:
        return None
    rhythm = match["rhythm"].rstrip(") ")
    if not rhythm:
        return When.ongoing() if match["ongoing"] else None
    every = _months_between(rhythm)
    if every in REVIEW_MONTHS:
        return When.ongoing(every)
    if every is None and not match["ongoing"] and not rhythm.startswith("every "):
        return None
    raise NotADate("Reviews can be every 1, 2, 3, 4, 6 or 12 months. Try: ongoing, review monthly")


def _months_between(rhythm: str) -> int | None:
    match = _EVERY.fullmatch(rhythm)
    if match is None:
        return RHYTHMS.get(rhythm)
    return number(match["number"] or "a") * (12 if match["unit"].startswith("year") else 1)
