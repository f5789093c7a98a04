"""What people type as a date, and what they do not mean as one. Today is Wednesday 10 June 2026."""

from contextlib import suppress
from datetime import date, time
from time import perf_counter

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from commands.grammar.when import NotADate, read_when
from storage.when import When
from storage.working_time import Calendar

TODAY = date(2026, 6, 10)
EXAMPLES = "Try: 12 June, end of June, Q2, ongoing"
TIMES = {"noon": time(12), "close": time(17), "3pm": time(15), "2.30pm": time(14, 30), "9am": time(9)}

DAYS = [
    ("today", "2026-06-10"),
    ("Tomorrow", "2026-06-11"),
    ("yesterday", "2026-06-09"),
    ("the day after tomorrow", "2026-06-12"),
    ("friday", "2026-06-12"),
    ("fri.", "2026-06-12"),
    ("on Friday", "2026-06-12"),
    ("this friday", "2026-06-12"),
    ("next friday", "2026-06-19"),
    ("Friday next week", "2026-06-19"),
    ("next Monday", "2026-06-15"),
    ("Weds", "2026-06-17"),
    ("this Wednesday", "2026-06-10"),
    ("a week on Friday", "2026-06-19"),
    ("Friday week", "2026-06-19"),
    ("a week tomorrow", "2026-06-18"),
    ("tomorrow week", "2026-06-18"),
    ("a fortnight on Monday", "2026-06-29"),
    ("two weeks on Friday", "2026-06-26"),
    ("12 June", "2026-06-12"),
    ("12th of June", "2026-06-12"),
    ("the 12th of June", "2026-06-12"),
    ("12june", "2026-06-12"),
    ("June 12", "2026-06-12"),
    ("June 12th, 2027", "2027-06-12"),
    ("12 June 2027", "2027-06-12"),
    ("12 June 2020", "2020-06-12"),
    ("12 Jun ’26", "2026-06-12"),
    ("12-Jun-2026", "2026-06-12"),
    ("Friday 12 June", "2026-06-12"),
    ("Fri, 12th June 2026.", "2026-06-12"),
    ("10 June", "2026-06-10"),
    ("9 June", "2027-06-09"),
    ("29 Feb", "2028-02-29"),
    ("12/6", "2026-06-12"),
    ("3/12", "2026-12-03"),
    ("12/06/26", "2026-06-12"),
    ("12/06/2026", "2026-06-12"),
    ("12.6.2026", "2026-06-12"),
    ("12-06-2026", "2026-06-12"),
    ("2026-06-12", "2026-06-12"),
    ("2026/06/12", "2026-06-12"),
    ("2026 June 12", "2026-06-12"),
    ("the 12th", "2026-06-12"),
    ("the 9th", "2026-07-09"),
    ("31st", "2026-07-31"),
    ("by Fri 12th", "2026-06-12"),
    ("Friday the 12th", "2026-06-12"),
    ("Mon, 13th of next month", "2026-07-13"),
    ("before Fri 12th", "2026-06-11"),
    ("the 12th of next month", "2026-07-12"),
    ("in 3 weeks", "2026-07-01"),
    ("within three weeks", "2026-07-01"),
    ("in a fortnight", "2026-06-24"),
    ("3 weeks' time", "2026-07-01"),
    ("in 3 weeks’ time", "2026-07-01"),
    ("10 days from now", "2026-06-20"),
    ("in two months", "2026-08-10"),
    ("in a year", "2027-06-10"),
    ("3 days ago", "2026-06-07"),
    ("three working days", "2026-06-15"),
    ("in 3 working days", "2026-06-15"),
    ("5 working days before 12 June", "2026-06-05"),
    ("2 weeks before Christmas", "2026-12-11"),
    ("the day after Easter", "2027-03-29"),
    ("end of June", "2026-06-30"),
    ("by the end of June", "2026-06-30"),
    ("end June 2027", "2027-06-30"),
    ("end of the month", "2026-06-30"),
    ("month end", "2026-06-30"),
    ("end of next month", "2026-07-31"),
    ("end of the week", "2026-06-12"),
    ("end of next week", "2026-06-19"),
    ("start of next week", "2026-06-15"),
    ("next week", "2026-06-19"),
    ("end of Q2", "2026-09-30"),
    ("end of Q4 2026/27", "2027-03-31"),
    ("end of this quarter", "2026-06-30"),
    ("end of the year", "2027-03-31"),
    ("year end", "2027-03-31"),
    ("end of the calendar year", "2026-12-31"),
    ("end of 2026", "2026-12-31"),
    ("end of summer", "2026-08-31"),
    ("mid December", "2026-12-15"),
    ("mid-December", "2026-12-15"),
    ("the middle of June", "2026-06-15"),
    ("mid May", "2027-05-15"),
    ("early July", "2026-07-10"),
    ("beginning of July", "2026-07-01"),
    ("start of June", "2027-06-01"),
    ("late July", "2026-07-31"),
    ("early autumn", "2026-09-30"),
    ("first Monday in July", "2026-07-06"),
    ("last Friday of the month", "2026-06-26"),
    ("first Monday in June", "2027-06-07"),
    ("last working day of August", "2026-08-28"),
    ("w/c 15 June", "2026-06-19"),
    ("week ending 19 June", "2026-06-19"),
    ("Christmas", "2026-12-25"),
    ("Christmas Eve", "2026-12-24"),
    ("Easter", "2027-03-28"),
    ("Easter Monday 2027", "2027-03-29"),
    ("Good Friday 2026", "2026-04-03"),
    ("New Year", "2027-01-01"),
    ("New Year’s Eve", "2026-12-31"),
    ("due: 12 June", "2026-06-12"),
    ("due by   Friday ", "2026-06-12"),
    ("on or before 12 June", "2026-06-12"),
    ("before Christmas", "2026-12-24"),
    ("before: 20 June", "2026-06-19"),
    ("due before 20/6", "2026-06-19"),
    ("before 2026 June 20", "2026-06-19"),
    ("before the 10th", "2026-07-09"),
    ("before Friday", "2026-06-11"),
    ("before next Friday", "2026-06-18"),
    ("before tomorrow", "2026-06-10"),
    ("before June", "2027-05-31"),
    ("before June 2026", "2026-05-31"),
    ("before July", "2026-06-30"),
    ("before Q3", "2026-09-30"),
    ("before summer", "2027-05-31"),
    ("before 2027", "2026-12-31"),
    ("before next year", "2027-03-31"),
    ("before the start of July", "2026-06-30"),
    ("before next week", "2026-06-14"),
    ("before w/c 15 June", "2026-06-14"),
    ("before the end of June", "2026-06-30"),
    ("before the end of the week", "2026-06-12"),
    ("before year end", "2027-03-31"),
    ("before 5 working days before 12 June", "2026-06-04"),
    ("no later than Friday", "2026-06-12"),
    ("“Friday”", "2026-06-12"),
]


@pytest.mark.parametrize(("text", "expected"), DAYS)
def test_when_reads_days(text: str, expected: str) -> None:
    assert read_when(text, TODAY) == When.day(date.fromisoformat(expected), text.strip())


@pytest.mark.parametrize(
    ("text", "expected", "at"),
    [
        ("COB Thursday", "2026-06-11", "close"),
        ("c.o.b. Thursday", "2026-06-11", "close"),
        ("close of play Friday", "2026-06-12", "close"),
        ("by close of business on 12 June", "2026-06-12", "close"),
        ("end of day tomorrow", "2026-06-11", "close"),
        ("noon Thursday", "2026-06-11", "noon"),
        ("Friday noon", "2026-06-12", "noon"),
        ("midday on Friday", "2026-06-12", "noon"),
        ("12 June at 3pm", "2026-06-12", "3pm"),
        ("12 June at 3 p.m.", "2026-06-12", "3pm"),
        ("12 June 15:00", "2026-06-12", "3pm"),
        ("at 2.30pm on Friday", "2026-06-12", "2.30pm"),
        ("Friday 2:30 pm", "2026-06-12", "2.30pm"),
        ("first thing Monday", "2026-06-15", "9am"),
        ("end of June at noon", "2026-06-30", "noon"),
        ("2026-06-12T15:00", "2026-06-12", "3pm"),
        ("3pm", "2026-06-10", "3pm"),
    ],
)
def test_when_reads_a_time_of_day(text: str, expected: str, at: str) -> None:
    assert read_when(text, TODAY) == When.day(date.fromisoformat(expected), text, TIMES[at])


@pytest.mark.parametrize(
    ("text", "kind", "starts", "ends"),
    [
        ("June", "month", "2026-06-01", "2026-06-30"),
        ("in June", "month", "2026-06-01", "2026-06-30"),
        ("may", "month", "2027-05-01", "2027-05-31"),
        ("Sept 2026", "month", "2026-09-01", "2026-09-30"),
        ("June 2020", "month", "2020-06-01", "2020-06-30"),
        ("this month", "month", "2026-06-01", "2026-06-30"),
        ("next month", "month", "2026-07-01", "2026-07-31"),
        ("Q1 2026/27", "quarter", "2026-04-01", "2026-06-30"),
        ("Q1 26/27", "quarter", "2026-04-01", "2026-06-30"),
        ("q4 of 2026-27", "quarter", "2027-01-01", "2027-03-31"),
        ("2026/27 Q2", "quarter", "2026-07-01", "2026-09-30"),
        ("Q1", "quarter", "2026-04-01", "2026-06-30"),
        ("Q2", "quarter", "2026-07-01", "2026-09-30"),
        ("the second quarter", "quarter", "2026-07-01", "2026-09-30"),
        ("this quarter", "quarter", "2026-04-01", "2026-06-30"),
        ("next quarter", "quarter", "2026-07-01", "2026-09-30"),
        ("spring 2027", "quarter", "2027-03-01", "2027-05-31"),
        ("summer", "quarter", "2026-06-01", "2026-08-31"),
        ("the autumn", "quarter", "2026-09-01", "2026-11-30"),
        ("winter 2026/27", "quarter", "2026-12-01", "2027-02-28"),
        ("winter 2026", "quarter", "2026-12-01", "2027-02-28"),
        ("January to March 2027", "quarter", "2027-01-01", "2027-03-31"),
        ("June to August", "quarter", "2026-06-01", "2026-08-31"),
        ("May–July 2026", "quarter", "2026-05-01", "2026-07-31"),
        ("Nov - Feb 2027", "quarter", "2026-11-01", "2027-02-28"),
        ("November 2026 to February 2027", "quarter", "2026-11-01", "2027-02-28"),
        ("2026/27", "year", "2026-04-01", "2027-03-31"),
        ("FY26/27", "year", "2026-04-01", "2027-03-31"),
        ("2027", "year", "2027-01-01", "2027-12-31"),
        ("this year", "year", "2026-04-01", "2027-03-31"),
        ("next financial year", "year", "2027-04-01", "2028-03-31"),
        ("next calendar year", "year", "2027-01-01", "2027-12-31"),
    ],
)
def test_when_reads_longer_times(text: str, kind: str, starts: str, ends: str) -> None:
    found = read_when(text, TODAY)

    assert found == When(found.kind, text, date.fromisoformat(starts), date.fromisoformat(ends))
    assert found.kind == kind


@pytest.mark.parametrize(
    ("text", "every"),
    [
        ("ongoing", None),
        ("On-going.", None),
        ("continuous", None),
        ("ongoing, review monthly", 1),
        ("Ongoing – reviewed every 6 months", 6),
        ("ongoing (reviewed every two months)", 2),
        ("every month", 1),
        ("every quarter", 3),
        ("review quarterly", 3),
        ("twice a year", 6),
        ("annually", 12),
        ("every year", 12),
    ],
)
def test_when_reads_ongoing_work(text: str, every: int | None) -> None:
    assert read_when(text, TODAY) == When.ongoing(every, text)


@pytest.mark.parametrize("text", ["undated", "no date", "TBC", "none", "?", "n/a", "to be confirmed"])
def test_when_reads_no_date(text: str) -> None:
    assert read_when(text, TODAY) == When("undated", text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("31 June", "31 June does not exist: June has 30 days. Try: 30 June"),
        ("before 31 June", "31 June does not exist: June has 30 days. Try: 30 June"),
        ("31 June at 3pm", "31 June does not exist: June has 30 days. Try: 30 June"),
        (
            "29 Feb 2027",
            "29 February 2027 does not exist: February 2027 has 28 days. Try: 28 February 2027",
        ),
        ("30 Feb", "30 February does not exist: February 2027 has 28 days. Try: 28 February"),
        ("31 Febuary", "31 February does not exist: February 2027 has 28 days. Try: 28 February"),
        ("12 Febuary", "I cannot read ‘12 Febuary’ as a date. Did you mean 12 February?"),
        ("next Wedensday", "I cannot read ‘next Wedensday’ as a date. Did you mean next Wednesday?"),
        ("32/1", "32 January does not exist: January has 31 days. Try: 31 January"),
        ("0/1", "0 January does not exist: January has 31 days. Try: 1 January"),
        (
            "12/13/2026",
            "There is no month 13: dates are read day/month/year. Try: 12/6 for 12 June",
        ),
        ("the 32nd", "No month has 32 days. Try: the 12th, or 12 June"),
        ("Friday 13 June", "13 June 2026 is a Saturday. Try: Saturday 13 June 2026"),
        ("Fri 13th", "13 June 2026 is a Saturday. Try: Saturday 13 June 2026"),
        ("Wednesday the 9th", "9 July 2026 is a Thursday. Try: Thursday 9 July 2026"),
        ("99/99/9999", f"9999 is not a year we can plan for. {EXAMPLES}"),
        ("0000-00-00", f"0000 is not a year we can plan for. {EXAMPLES}"),
        ("in 99999999999 weeks", f"99999999999 is too far away. {EXAMPLES}"),
        ("in 999 years", f"3025 is too far away. {EXAMPLES}"),
        ("12 June at 25:00", "25:00 is not a time. Try: 12 June at 15:00"),
        ("12 June at 13pm", "13pm is not a time. Try: 12 June at 3pm"),
        ("June at noon", "A time of day needs a day. Try: 12 June at noon"),
        (
            "Q1 2027",
            "Q1 2027 can be read in more than one way. Try: Q1 2026/27, Q1 2027/28 or January to March 2027",
        ),
        ("2026/28", "2026/28 is not one year. Try: 2026/27"),
        ("summer 2026/27", "Summer 2026/27 is not clear. Try: summer 2026"),
        ("June 2027 to May 2027", "Those months end before they begin. Try: January to March 2027"),
        (
            "ongoing, review weekly",
            "Reviews can be every 1, 2, 3, 4, 6 or 12 months. Try: ongoing, review monthly",
        ),
        ("every 5 months", "Reviews can be every 1, 2, 3, 4, 6 or 12 months. Try: ongoing, review monthly"),
        ("every friday", "Reviews can be every 1, 2, 3, 4, 6 or 12 months. Try: ongoing, review monthly"),
        ("", f"No date is given. {EXAMPLES}"),
        (" \n ", f"No date is given. {EXAMPLES}"),
        ("whenever", f"I cannot read ‘whenever’ as a date. {EXAMPLES}"),
        ("x" * 41, f"I cannot read ‘{'x' * 40}…’ as a date. {EXAMPLES}"),
        ("12 June " * 5000, f"That is too long for a date. {EXAMPLES}"),
    ],
)
def test_when_says_what_is_wrong_and_what_works(text: str, message: str) -> None:
    with pytest.raises(NotADate) as caught:
        read_when(text, TODAY)

    assert str(caught.value) == message


@pytest.mark.parametrize(
    "text",
    [
        *("1", "12", "31", "0", "-1", "1.5", "1e9", "٣", "²", "🎉", "\x00", "\ud800", "/", "by", "due:"),
        *("may need to discuss", "stand by Morecambe", "the march", "march on", "1 thing", "second draft"),
        *("the door", "asap", "soon", "the 2nd draft", "12 and 13 June", "12-14 June", "12 - 13 June 2026"),
        *("week", "month", "the month", "q5", "Q0 2026/27", "20260612", "2026-06-12 to 2026-06-13"),
        *("in -3 weeks", "in 3 wombats", "the sun", "sat down", "mar a lago", "review"),
    ],
)
def test_when_refuses_what_is_no_date(text: str) -> None:
    with pytest.raises(NotADate):
        read_when(text, TODAY)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Q1 2027", When.quarter(date(2027, 1, 1), date(2027, 3, 31), "Q1 2027")),
        ("year end", When.day(date(2026, 12, 31), "year end")),
        ("this year", When.year(date(2026, 1, 1), date(2026, 12, 31), "this year")),
    ],
)
def test_when_follows_a_year_that_starts_in_january(text: str, expected: When) -> None:
    assert read_when(text, TODAY, year_starts=1) == expected


def test_when_offers_one_year_where_it_starts_in_january() -> None:
    with pytest.raises(NotADate, match=r"has one number\. Try: 2026$"):
        read_when("2026/27", TODAY, year_starts=1)


def test_when_counts_working_days_by_the_calendar_given() -> None:
    closed = Calendar("ENG", closed=((date(2026, 6, 11), date(2026, 6, 12)),))

    assert read_when("in 3 working days", TODAY, calendar=closed).ends == date(2026, 6, 17)


def test_when_of_today_on_friday_means_next_week() -> None:
    assert read_when("friday", date(2026, 6, 12)).ends == date(2026, 6, 19)


def test_when_refuses_a_long_text_at_once() -> None:
    started = perf_counter()
    with pytest.raises(NotADate):
        read_when("by " * 14_000, TODAY)

    assert perf_counter() - started < 0.1


PIECES = st.sampled_from(
    (
        *("12", "31", "0", "99", "2026", "2027", "12/6", "26/27", "12th", "999", "999999999999", "a", "two"),
        *(
            "june",
            "may",
            "feb",
            "friday",
            "week",
            "weeks",
            "month",
            "year",
            "working days",
            "cob",
            "3pm",
            "25:61",
        ),
        *(
            "the",
            "of",
            "at",
            "in",
            "by",
            "end",
            "mid",
            "start",
            "first",
            "last",
            "before",
            "after",
            "next",
            "this",
        ),
        *("on", "ago", "to", "and", "-", "/", ":", ".", ",", "’", "q1", "spring", "winter", "easter", "noon"),
        *("ongoing", "review", "monthly", "every", "undated", "now"),
    )
)


@settings(deadline=None, max_examples=400)
@given(st.one_of(st.text(max_size=90), st.lists(PIECES, max_size=9).map(" ".join)))
@example("999 years before 999 years before 12 June")
@example("999 working days before 999 working days before 1/1/1900")
def test_when_is_read_or_refused_whatever_is_typed(text: str) -> None:
    for year_starts in (1, 4):
        with suppress(NotADate):
            assert read_when(text, TODAY, year_starts=year_starts).text == text.strip()
