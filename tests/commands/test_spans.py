"""What people type as days from one to another. Today is Monday 1 June 2026, or the Tuesday after."""

from contextlib import suppress
from datetime import date, timedelta
from time import perf_counter

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from commands.grammar.spans import EXAMPLES, NotADate, Span, read_span
from storage.working_time import Calendar

MONDAY, TUESDAY = date(2026, 6, 1), date(2026, 6, 2)

SPANS = [
    ("3rd to 10th August", "2026-08-03", "2026-08-10"),
    ("3rd to 10th of August", "2026-08-03", "2026-08-10"),
    ("the 3rd until the 10th of August", "2026-08-03", "2026-08-10"),
    ("3 to 10 August", "2026-08-03", "2026-08-10"),
    ("3-10 August", "2026-08-03", "2026-08-10"),
    ("3–10 August", "2026-08-03", "2026-08-10"),
    ("3 - 10 August 2027", "2027-08-03", "2027-08-10"),
    ("August 3 to 10", "2026-08-03", "2026-08-10"),
    ("3 August to the 10th", "2026-08-03", "2026-08-10"),
    ("Monday 3 to Friday 7 August", "2026-08-03", "2026-08-07"),
    ("Monday, 3 August to Friday, 7 August", "2026-08-03", "2026-08-07"),
    ("3 AUGUST TO 14 AUGUST.", "2026-08-03", "2026-08-14"),
    ("from 3 August through 14 August", "2026-08-03", "2026-08-14"),
    ("between 3 and 14 August", "2026-08-03", "2026-08-14"),
    ("3 August up to and including 14 August", "2026-08-03", "2026-08-14"),
    ("3 to 14 August inclusive", "2026-08-03", "2026-08-14"),
    ("3 August-14 August", "2026-08-03", "2026-08-14"),
    ("3/8-14/8", "2026-08-03", "2026-08-14"),
    ("3-14/8", "2026-08-03", "2026-08-14"),
    ("03/08/2027 - 14/08/2027", "2027-08-03", "2027-08-14"),
    ("2027-08-03 to 2027-08-14", "2027-08-03", "2027-08-14"),
    ("2027-08-03 - 2027-08-14", "2027-08-03", "2027-08-14"),
    ("3 August - 14 August 2027", "2027-08-03", "2027-08-14"),
    ("3/8 to 14/8/27", "2027-08-03", "2027-08-14"),
    ("3 August 2027 to 14 August", "2027-08-03", "2027-08-14"),
    ("14 August to 14 August 2027", "2027-08-14", "2027-08-14"),
    ("20 December to 3 January 2027", "2026-12-20", "2027-01-03"),
    ("20 December to 3 January", "2026-12-20", "2027-01-03"),
    ("20 December 2026 to 3 January", "2026-12-20", "2027-01-03"),
    ("Christmas to New Year", "2026-12-25", "2027-01-01"),
    ("20 September to 31 July 2027", "2026-09-20", "2027-07-31"),
    ("1 March to 31 October", "2027-03-01", "2027-10-31"),
    ("1 March 2026 to 30 June 2026", "2026-03-01", "2026-06-30"),
    ("20 May to 3 June", "2026-05-20", "2026-06-03"),
    ("20 May to 25 May", "2027-05-20", "2027-05-25"),
    ("28th to 3rd", "2026-05-28", "2026-06-03"),
    ("the 12th to the 14th", "2026-06-12", "2026-06-14"),
    ("Mon 8th to Fri 12th", "2026-06-08", "2026-06-12"),
    ("Thurs 28th to Wed the 3rd", "2026-05-28", "2026-06-03"),
    ("Fri 12th", "2026-06-12", "2026-06-12"),
    ("August", "2026-08-01", "2026-08-31"),
    ("all of August", "2026-08-01", "2026-08-31"),
    ("August 2027", "2027-08-01", "2027-08-31"),
    ("July to August", "2026-07-01", "2026-08-31"),
    ("end of June to 3 July", "2026-06-30", "2026-07-03"),
    ("Easter", "2027-03-28", "2027-03-28"),
    ("Good Friday to Easter Monday", "2027-03-26", "2027-03-29"),
    ("Boxing Day", "2026-12-26", "2026-12-26"),
    ("12 June, 2026", "2026-06-12", "2026-06-12"),
    ("2026", "2026-01-01", "2026-12-31"),
    ("w/c 15 June", "2026-06-15", "2026-06-21"),
    ("week commencing 17 June", "2026-06-15", "2026-06-21"),
    ("the week of Christmas", "2026-12-21", "2026-12-27"),
    ("from 3 August for 2 weeks", "2026-08-03", "2026-08-16"),
    ("3 August for a fortnight", "2026-08-03", "2026-08-16"),
    ("for 2 weeks from 3 August", "2026-08-03", "2026-08-16"),
    ("two weeks starting 3 August", "2026-08-03", "2026-08-16"),
    ("3 August for 1 day", "2026-08-03", "2026-08-03"),
    ("31 January for a month", "2027-01-31", "2027-02-27"),
    ("29 May for a week", "2026-05-29", "2026-06-04"),
    ("28 August for 2 working days", "2026-08-28", "2026-09-01"),  # over the summer bank holiday
]

ON_MONDAY = [
    ("today", "2026-06-01", "2026-06-01"),
    ("tomorrow", "2026-06-02", "2026-06-02"),
    ("all day tomorrow", "2026-06-02", "2026-06-02"),
    ("today to tomorrow", "2026-06-01", "2026-06-02"),
    ("Friday", "2026-06-05", "2026-06-05"),
    ("1 June to 5 June", "2026-06-01", "2026-06-05"),
    ("from Monday until Wednesday", "2026-06-08", "2026-06-10"),
    ("Tuesday to Friday", "2026-06-02", "2026-06-05"),
    ("Friday to Monday", "2026-06-05", "2026-06-08"),
    ("until Friday", "2026-06-01", "2026-06-05"),
    ("this week", "2026-06-01", "2026-06-07"),
    ("next week", "2026-06-08", "2026-06-14"),
    ("for 2 weeks", "2026-06-01", "2026-06-14"),
    ("for 3 days", "2026-06-01", "2026-06-03"),
    ("for 3 working days", "2026-06-01", "2026-06-03"),
]

ON_TUESDAY = [
    ("today", "2026-06-02", "2026-06-02"),
    ("tomorrow", "2026-06-03", "2026-06-03"),
    ("today until tomorrow", "2026-06-02", "2026-06-03"),
    ("Friday", "2026-06-05", "2026-06-05"),
    ("1 June to 5 June", "2026-06-01", "2026-06-05"),
    ("1-5 June", "2026-06-01", "2026-06-05"),
    ("1st to 5th", "2026-06-01", "2026-06-05"),
    ("1 June to tomorrow", "2026-06-01", "2026-06-03"),
    ("1 June to Friday", "2026-06-01", "2026-06-05"),
    ("1 June for 2 days", "2026-06-01", "2026-06-02"),
    ("1 June", "2027-06-01", "2027-06-01"),
    ("from Monday until Wednesday", "2026-06-08", "2026-06-10"),
    ("Monday to Wednesday", "2026-06-08", "2026-06-10"),
    ("Mon-Wed", "2026-06-08", "2026-06-10"),
    ("Thursday to Friday next week", "2026-06-11", "2026-06-12"),
    ("next Monday to Friday", "2026-06-08", "2026-06-12"),
    ("3 August to Friday", "2026-08-03", "2026-08-07"),
    ("until Friday", "2026-06-02", "2026-06-05"),
    ("till 12 June", "2026-06-02", "2026-06-12"),
    ("until the end of June", "2026-06-02", "2026-06-30"),
    ("up to Friday", "2026-06-02", "2026-06-05"),
    ("for 2 weeks", "2026-06-02", "2026-06-15"),
    ("2 weeks", "2026-06-02", "2026-06-15"),
    ("for the next 3 days", "2026-06-02", "2026-06-04"),
    ("for 3 days", "2026-06-02", "2026-06-04"),
    ("tomorrow for 3 days", "2026-06-03", "2026-06-05"),
    ("this week", "2026-06-01", "2026-06-07"),
    ("next week", "2026-06-08", "2026-06-14"),
    ("all next week", "2026-06-08", "2026-06-14"),
    ("next week to 19 June", "2026-06-08", "2026-06-19"),
    ("w/c 1 June", "2026-06-01", "2026-06-07"),
    ("w/c tomorrow", "2026-06-01", "2026-06-07"),
    ("June", "2026-06-01", "2026-06-30"),
]


def days(starts: str, ends: str) -> Span:
    return Span(date.fromisoformat(starts), date.fromisoformat(ends))


@pytest.mark.parametrize(
    ("today", "text", "starts", "ends"),
    [
        *((MONDAY, *line) for line in SPANS + ON_MONDAY),
        *((TUESDAY, *line) for line in SPANS + ON_TUESDAY),
    ],
)
def test_span_is_read_as_people_mean_it(today: date, text: str, starts: str, ends: str) -> None:
    assert read_span(text, today) == days(starts, ends)


@pytest.mark.parametrize(
    ("today", "text", "starts", "ends"),
    [
        ("2026-12-28", "20 December to 3 January", "2026-12-20", "2027-01-03"),
        ("2027-01-02", "20 December to 3 January", "2026-12-20", "2027-01-03"),
        ("2027-01-10", "20 December to 3 January", "2027-12-20", "2028-01-03"),
        ("2027-01-02", "20 December to 3 January 2027", "2026-12-20", "2027-01-03"),
        ("2026-12-27", "Christmas to New Year", "2026-12-25", "2027-01-01"),
        ("2026-07-03", "2nd to 5th", "2026-07-02", "2026-07-05"),
        ("2026-06-05", "until Friday", "2026-06-05", "2026-06-12"),
        ("2026-06-17", "w/c 15 June", "2026-06-15", "2026-06-21"),
        ("2026-06-07", "this week", "2026-06-01", "2026-06-07"),
        ("2026-06-07", "w/c tomorrow", "2026-06-08", "2026-06-14"),
        ("2028-02-01", "28 to 29 February", "2028-02-28", "2028-02-29"),
    ],
)
def test_span_that_began_is_the_one_that_is_not_over(today: str, text: str, starts: str, ends: str) -> None:
    assert read_span(text, date.fromisoformat(today)) == days(starts, ends)


def test_span_counts_working_days_and_quarters_as_the_partnership_does() -> None:
    four_days = Calendar(weekdays=frozenset({0, 1, 2, 3}))

    assert read_span("for 5 working days", MONDAY, calendar=four_days) == days("2026-06-01", "2026-06-08")
    assert read_span("Q1", MONDAY, year_starts=4) == days("2026-04-01", "2026-06-30")
    assert read_span("Q3", MONDAY, year_starts=1) == days("2026-07-01", "2026-09-30")


UNREADABLE = f"I cannot read ‘%s’ as days. {EXAMPLES}"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("3 June and 5 June", "That is more than one time: give them one by one. Try: 3 June 2026"),
        ("3 and 5 June", "That is more than one time: give them one by one. Try: 3 June 2026"),
        ("3, 5 June", "That is more than one time: give them one by one. Try: 3 June 2026"),
        ("3 June, 5 June", "That is more than one time: give them one by one. Try: 3 June 2026"),
        ("Wednesday, Friday", "That is more than one time: give them one by one. Try: 3 June 2026"),
        ("Wednesday & Friday", "That is more than one time: give them one by one. Try: 3 June 2026"),
        (
            "3 to 5 June and 8 to 9 June",
            "That is more than one time: give them one by one. Try: 3 June 2026 to 5 June 2026",
        ),
        (
            "3 June and 4 June",
            "That is more than one time: give the first and the last. Try: 3 June 2026 to 4 June 2026",
        ),
        (
            "July and August",
            "That is more than one time: give the first and the last. Try: 1 July 2026 to 31 August 2026",
        ),
        (
            "14 August 2026 to 3 August 2026",
            "That ends before it begins. Try: 3 August 2026 to 14 August 2026",
        ),
        ("next week to tomorrow", "That ends before it begins. Try: 3 June 2026 to 8 June 2026"),
        (
            "10 to 3 June",
            "That ends before it begins, or much later. Try: 10 June 2026 to 3 June 2027",
        ),
        (
            "14 August to 3 August",
            "That ends before it begins, or much later. Try: 14 August 2026 to 3 August 2027",
        ),
        (
            "next Friday to 10 June",
            "That ends before it begins, or much later. Try: 12 June 2026 to 10 June 2027",
        ),
        ("3 June 2026 to 4 June 2027", "That is more than a year. Give a shorter time. Try: 3 to 14 August"),
        ("for 2 years", "That is more than a year. Give a shorter time. Try: 3 to 14 August"),
        ("for 367 days", "That is more than a year. Give a shorter time. Try: 3 to 14 August"),
        ("for 0 days", f"No day is left in that. {EXAMPLES}"),
        ("Tues 8th to Fri 12th", "8 June 2026 is a Monday. Try: Monday 8 June 2026"),
        ("31 June to 3 July", "31 June does not exist: June has 30 days. Try: 30 June"),
        ("1 to 31 June", "31 June does not exist: June has 30 days. Try: 30 June"),
        (
            "28 to 29 February 2027",
            "29 February 2027 does not exist: February 2027 has 28 days. Try: 28 February 2027",
        ),
        (
            "29 February to 3 March 2027",
            "29 February 2027 does not exist: February 2027 has 28 days. Try: 28 February 2027",
        ),
        ("30 February", "30 February does not exist: February 2027 has 28 days. Try: 28 February"),
        ("3/13 to 5/13", "There is no month 13: dates are read day/month/year. Try: 12/6 for 12 June"),
        ("from 3 August", "Say when it ends. Try: 3 August 2026 to 10 August 2026"),
        ("", f"No days are given. {EXAMPLES}"),
        ("ongoing", UNREADABLE % "ongoing"),
        ("TBC", UNREADABLE % "TBC"),
        ("soon to be", UNREADABLE % "soon to be"),
        ("3 to 10", UNREADABLE % "3 to 10"),
        ("to", UNREADABLE % "to"),
        ("Marks and Spencer", UNREADABLE % "Marks and Spencer"),
        ("x" * 200, f"That is too long for days. {EXAMPLES}"),
    ],
)
def test_span_that_is_none_says_why_and_what_would_work(text: str, reason: str) -> None:
    with pytest.raises(NotADate) as error:
        read_span(text, TUESDAY)

    assert str(error.value) == reason


@pytest.mark.parametrize(
    "text",
    ["3 June 2026", "3 June 2026 to 5 June 2026", "10 June 2026 to 3 June 2027"]
    + [example.strip() for example in EXAMPLES.removeprefix("Try:").split(",")],
)
def test_span_that_an_error_proposes_works(text: str) -> None:
    assert read_span(text, TUESDAY).ends >= TUESDAY


WORDS = st.sampled_from(
    [
        "3",
        "3rd",
        "10",
        "31",
        "29",
        "99",
        "0",
        "august",
        "june",
        "february",
        "mon",
        "friday",
        "today",
        "tomorrow",
        "next",
        "this",
        "week",
        "weeks",
        "days",
        "for",
        "from",
        "to",
        "until",
        "-",
        "–",
        "and",
        ",",
        "&",
        "the",
        "of",
        "2027",
        "27",
        "12/6",
        "13/13",
        "w/c",
        "commencing",
        "easter",
        "christmas",
        "end",
        "q1",
        "spring",
        "ongoing",
        "999",
        "years",
        "year",
        "working",
        "before",
        "after",
        "between",
        "ago",
        "yesterday",
        "noon",
        "3pm",
        "/",
        "2",
        "week",
    ]
)


@settings(deadline=None, max_examples=400)
@given(st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=9).map(" ".join)), st.integers(0, 800))
@example("yesterday for 1 day", 0)
@example("2 weeks before 12 june to friday", 0)
@example("w/c w/c w/c friday", 0)
@example("999 years after 31/12/2199 for 999 years", 0)
def test_span_of_any_text_is_a_span_or_no_date(text: str, later: int) -> None:
    with suppress(NotADate):
        found = read_span(text, MONDAY + timedelta(days=later))

        assert timedelta(0) <= found.ends - found.starts <= timedelta(days=365)


def test_span_is_refused_at_once_however_many_words_it_has() -> None:
    started = perf_counter()
    with pytest.raises(NotADate):
        read_span("3-" * 59, MONDAY)

    assert perf_counter() - started < 0.5
