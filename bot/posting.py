"""Posting: what is to be said to a place goes into the outbox, in pieces that its platform can hold."""

from messages.message import Message
from messages.pieces import split
from messages.stored import to_json
from storage import addresses, outbox, partnerships
from storage.db import Session

WHOLE = ("local",)
"""Platforms that hold a message of any length."""


def put(
    session: Session, address_id: int, key: str, message: Message, why: str = "", thread: str = ""
) -> None:
    """Put a message in the outbox for an address; each piece of it has a key of its own."""
    pieces = split(message)
    if len(pieces) > 1 and _platform(session, address_id) in WHOLE:
        pieces = (message,)
    for number, piece in enumerate(pieces, 1):
        part = key if number == 1 else f"{key}|{number}"
        outbox.put(session, address_id, part, to_json(piece), why, thread=thread)


def _platform(session: Session, address_id: int) -> str:
    workspace_id = addresses.address_by_id(session, address_id).workspace_id
    return partnerships.workspace_by_id(session, workspace_id).platform
