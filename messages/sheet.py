"""The sheet: rows as a CSV file that spreadsheets open rightly, in which nothing typed becomes a formula."""

import csv
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import StringIO
from typing import TypeAlias

MEDIA_TYPE = "text/csv; charset=utf-8"
Cell: TypeAlias = str | int | float | date | datetime | None

_BEGINS_A_FORMULA = re.compile(r"[\s\x00\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
"""A spreadsheet passes over spaces before one of these signs, and takes their wide forms for them too."""
_NEVER_IN_CELLS = re.compile("[\0\ud800-\udfff]")


def as_csv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """In UTF-8 with a mark at its start, by which Excel knows it, and a CRLF at the end of each row.

    Every text is quoted, so that a sheet whose columns end at semicolons does not part it there, and one that
    could be a formula gets an apostrophe before it: OWASP's advice on CSV injection. Numbers stay
    numbers, also negative ones; a date is written as 2026-06-12, which no spreadsheet takes for another day,
    and a moment as 2026-06-12 14:30, as its own clock shows it.
    """
    written = StringIO()
    sheet = csv.writer(written, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    sheet.writerow(map(_text, header))
    sheet.writerows(map(_cell, row) for row in rows)
    return written.getvalue().encode("utf-8-sig")


def _cell(value: Cell) -> str | int | float:
    match value:
        case None:
            return ""
        case datetime():
            return value.strftime("%Y-%m-%d %H:%M")
        case date():
            return value.isoformat()
        case str():
            return _text(value)
        case _:
            return value


def _text(value: str) -> str:
    """As it was typed, but for what no file can hold."""
    text = _NEVER_IN_CELLS.sub("\ufffd", value)
    return f"'{text}" if _BEGINS_A_FORMULA.match(text) else text
