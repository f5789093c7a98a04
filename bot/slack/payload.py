"""Payloads: the parts of what Slack sends, or the word that one is missing."""

from collections.abc import Mapping
from typing import Any, TypeAlias

from commands.grammar.words import cleaned

Payload: TypeAlias = Mapping[str, Any]


class Unreadable(ValueError):
    """Something is missing from what was sent, so that it is nothing that Slack sends."""


def part(body: Payload, name: str) -> Payload:
    found = body.get(name)
    return found if isinstance(found, Mapping) else {}


def first(body: Payload, name: str) -> Payload:
    found = body.get(name)
    if not isinstance(found, list) or not found or not isinstance(found[0], Mapping):
        raise Unreadable(f"no {name}")
    return found[0]


def need(body: Payload, name: str) -> str:
    found = body.get(name)
    if not isinstance(found, str) or not found or cleaned(found) != found:
        raise Unreadable(f"no {name}")
    return found


def key_of(message: Payload) -> str:
    """The key that was kept with a message of ours, "" for none."""
    return str(part(part(message, "metadata"), "event_payload").get("key") or "")
