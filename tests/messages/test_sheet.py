"""The sheet: Excel opens it rightly, and nothing that a person typed is a formula in it."""

import csv
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messages.sheet import Cell, as_csv

FORMULAS = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+44 1524 65944",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    "\ufeff=1+1",
    "\uff1d1+1",
    '=HYPERLINK("https://evil.example","Click")',
    "\tabout",
]


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))


def test_sheet_is_written_as_excel_expects_it() -> None:
    rows: list[list[Cell]] = [
        ["L1", 'A "good" day; or, two', date(2026, 6, 12), 3, None],
        ["L2", "Ward 4\nand café 🎉", datetime(2026, 6, 12, 14, 30, tzinfo=UTC), -2.5, ""],
    ]

    content = as_csv(["Ref", "Said", "When", "Days", "Link"], rows)

    assert (
        content
        == (
            '\ufeff"Ref","Said","When","Days","Link"\r\n'
            '"L1","A ""good"" day; or, two","2026-06-12",3,""\r\n'
            '"L2","Ward 4\nand café 🎉","2026-06-12 14:30",-2.5,""\r\n'
        ).encode()
    )


@pytest.mark.parametrize("typed", FORMULAS)
def test_text_is_never_a_formula(typed: str) -> None:
    assert read(as_csv([typed], [[typed]])) == [[f"'{typed}"], [f"'{typed}"]]


@pytest.mark.parametrize("typed", ["1+1=2", "a@b.example", "A-1", "' quoted", "(=1)", "", "0044", "  two"])
def test_text_that_is_no_formula_stays_what_it_is(typed: str) -> None:
    assert read(as_csv(["Said"], [[typed]])) == [["Said"], [typed]]


def test_what_no_file_can_hold_is_replaced() -> None:
    assert read(as_csv(["Said"], [["a\0b\ud800c"]])) == [["Said"], ["a\ufffdb\ufffdc"]]


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2), max_size=5))
def test_every_text_comes_back_in_its_cell(rows: list[list[str]]) -> None:
    back = read(as_csv(["A", "B"], rows))[1:]

    plain = [[text.replace("\0", "\ufffd") for text in row] for row in rows]
    assert [[cell.removeprefix("'") for cell in row] for row in back] == [
        [text.removeprefix("'") for text in row] for row in plain
    ]
    assert not any(cell.lstrip().startswith(("=", "+", "-", "@")) for row in back for cell in row)
