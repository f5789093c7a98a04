"""Texts: every word that the rows of a partnership hold, also in messages and in what events changed, and the
rows in which a word stands.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import JSON, ColumnElement, String, cast
from sqlmodel import AutoString, col, or_, select

import storage.tables as all_tables
from storage.chat import ChatMessage
from storage.db import Session
from storage.events import Event
from storage.outbox import Outbox
from storage.row import Owned
from storage.seen import Seen
from storage.slots import Notice

How = Callable[[str], str]
OwnedT = TypeVar("OwnedT", bound=Owned)
CONTACT_COLUMNS = ("contact", "dial_in", "venue")
"""How columns are called in which telephone numbers, e-mail addresses and postcodes have their place."""
MESSAGES: dict[type[Owned], str] = {
    Outbox: "message",
    ChatMessage: "message",
    Notice: "message",
    Seen: "answer",
}
"""Columns in which messages stand, as JSON."""
_NOT_WORDS = ("key", "reference", "via", "is", "url", "table")
_MESSAGE = '{"v":'
"""Begins a stored message (messages.stored)."""
LONGEST_LINE = 2000
"""Characters in the line of a button (messages.message)."""


def reworded(row: Owned, how: How) -> dict[str, Any]:
    """The columns of a row that are to be other than they are."""
    given = {name: getattr(row, name) for name in _columns(type(row))}
    message = MESSAGES.get(type(row))
    new = {
        name: _in_messages(value, how) if name == message else deep(value, how)
        for name, value in given.items()
        if not name.startswith(CONTACT_COLUMNS)
    }
    return {name: value for name, value in new.items() if value != given[name]}


def _in_messages(text: str, how: How) -> str:
    """A message, or an answer: a list of messages, each of which is JSON itself."""
    if not text:
        return text
    stored = json.loads(text)
    if isinstance(stored, list):
        new: Any = [_in_messages(each, how) for each in stored]
        return text if new == stored else json.dumps(new)
    new = deep(stored, how)
    return text if new == stored else json.dumps(new, separators=(",", ":"))


def deep(value: Any, how: How) -> Any:
    """The same with every text in it as it is to be."""
    match value:
        case str():
            return how(value)
        case list():
            return [deep(each, how) for each in value]
        case dict():
            same = (*_NOT_WORDS, *(name for name in value if name.startswith(CONTACT_COLUMNS)))
            how = _in_notices(how) if value.get("table") == Notice.__name__ else how
            new = {name: each if name in same else deep(each, how) for name, each in value.items()}
            return new | {"line": new["line"][:LONGEST_LINE]} if new.get("is") == "button" else new
        case _:
            return value


def _in_notices(how: How) -> How:
    """Of what an event did to a notice: its message is JSON in the event's own."""
    return lambda text: _in_messages(text, how) if text.startswith(_MESSAGE) else how(text)


def texts_in(stored: str) -> list[str]:
    """All that is said in a stored message, or in several, in its order."""
    found: list[str] = []
    _in_messages(stored, lambda text: found.append(text) or text)  # type: ignore[func-returns-value]
    return found


def texts_of_event(event: Event) -> list[str]:
    """What an event wrote, and its note, but for columns in which people are to be reached."""
    found = [event.note]
    after = [change["after"] or {} for change in event.changes]
    deep(after, lambda text: found.append(text) or text)  # type: ignore[func-returns-value]
    return found


def rows_with(
    session: Session, kind: type[OwnedT], words: Iterable[str], is_any: ColumnElement[bool] | None = None
) -> list[OwnedT]:
    """The rows of a table in which one of these words may stand; and those of which something else holds."""
    names = (*_columns(kind), *(["key"] if kind in MESSAGES else []))
    columns = [cast(getattr(kind, name), String) for name in names]
    forms = {form for word in words for form in _forms(word)}
    holds = [column.contains(form, autoescape=True) for column in columns for form in forms]
    which = [*holds, *([is_any] if is_any is not None else [])]
    if not which:
        return []
    query = select(kind).where(or_(*which)).order_by(col(kind.id))
    return list(session.exec(query.execution_options(populate_existing=True)))


def _forms(word: str) -> Iterator[str]:
    """As it stands in a column, in JSON, and in JSON in which there is JSON."""
    for _ in range(3):
        yield word
        word = json.dumps(word)[1:-1]


@cache
def kinds() -> tuple[type[Owned], ...]:
    """Every table of a partnership's that holds words."""
    assert all_tables.METADATA.tables

    def below(kind: type[Owned]) -> list[type[Owned]]:
        return [deeper for child in kind.__subclasses__() for deeper in (child, *below(child))]

    return tuple(kind for kind in below(Owned) if hasattr(kind, "__table__") and _columns(kind))


@cache
def _columns(kind: type[Owned]) -> tuple[str, ...]:
    """The columns of a table that hold words."""
    return tuple(
        column.name
        for column in kind.__table__.columns  # type: ignore[attr-defined]
        if isinstance(column.type, AutoString | String | JSON) and column.name not in _NOT_WORDS
    )


def squeezed(text: str) -> str:
    return " ".join(text.split())
