"""The stored form of a message: JSON with a version, so that the outbox outlives a release."""

import json
from dataclasses import fields
from functools import cache
from typing import Any, get_args

from messages.form import Field, Form, Option, Row, Rows
from messages.message import Block, Button, Message, Span

VERSION = 1


def to_json(message: Message) -> str:
    """Every object carries its kind under "is"; a field that is left out later reads as its default."""
    blocks = [_plain(block) for block in message.blocks]
    return json.dumps({"v": VERSION, "summary": message.summary, "blocks": blocks}, separators=(",", ":"))


def from_json(text: str) -> Message:
    """Raises ValueError for another version, an unknown kind, or text that is not a message."""
    stored = json.loads(text)
    version = stored.get("v") if isinstance(stored, dict) else None
    if version != VERSION:
        raise ValueError(f"a stored message of version {version!r} cannot be read, only version {VERSION}")
    return Message(tuple(map(_object, stored["blocks"])), stored["summary"])


@cache
def _kinds() -> dict[str, type]:
    kinds = (*get_args(Block), *get_args(Span), Button, Form, Field, Option, Row, Rows)
    return {kind.__name__.lower(): kind for kind in kinds}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, str | int):
        return value
    parts = {name: _plain(getattr(value, name)) for name in _parts(type(value))}  # type: ignore[arg-type]
    return {"is": type(value).__name__.lower(), **parts}


@cache
def _parts(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _object(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(map(_object, value))
    if not isinstance(value, dict):
        return value
    kind = _kinds().get(value.get("is", ""))
    if kind is None:
        raise ValueError(f"a stored message holds {value.get('is')!r}, which is no kind of block")
    return kind(**{name: _object(part) for name, part in value.items() if name != "is"})
