"""A canary: a word that is looked for in every column of every table."""

import json

from sqlalchemy import text

from storage.db import Database
from storage.tables import METADATA


def where(db: Database, word: str) -> list[str]:
    """The columns, as "event.note", in which a word stands, in any case, also in JSON within JSON."""
    forms = {word, json.dumps(word)[1:-1], json.dumps(json.dumps(word)[1:-1])[1:-1]}
    lowered = {form.casefold() for form in forms}
    found = []
    with db.engine.connect() as connection:
        for table in METADATA.sorted_tables:
            for column in table.columns:
                values = connection.execute(text(f'SELECT "{column.name}" FROM "{table.name}"')).scalars()  # noqa: S608 (names of ours)
                if any(form in _as_text(value).casefold() for value in values for form in lowered):
                    found.append(f"{table.name}.{column.name}")
    return sorted(found)


def _as_text(value: object) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("utf-8", "replace")
    return json.dumps(value) if isinstance(value, list | dict) else str(value)
