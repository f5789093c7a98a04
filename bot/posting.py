"""Posting: what is to be said to a place goes into the outbox, in pieces that its platform can hold."""

from collections.abc import Iterable
from dataclasses import replace

from messages.message import Attachment, Block, Message
from messages.pieces import split
from messages.stored import to_json
from storage import addresses, outbox, partnerships
from storage.db import Session

WHOLE = ("local",)
"""Platforms that hold a message of any length."""


def put(
    session: Session, address_id: int, key: str, message: Message, why: str = "", thread: str = ""
) -> None:
    """Put a message in the outbox for an address; each piece of it, and each file, has a key of its own."""
    pieces = (*_words(message), *_files(message.blocks))
    if pieces != (message,) and _platform(session, address_id) in WHOLE:
        pieces = (message,)
    for number, piece in enumerate(pieces, 1):
        part = key if number == 1 else f"{key}|{number}"
        outbox.put(session, address_id, part, to_json(piece), why, thread=thread)


def _words(message: Message) -> tuple[Message, ...]:
    """All but the files; nothing, if there is nothing else."""
    blocks = tuple(block for block in message.blocks if not _is_file(block))
    is_less = len(blocks) < len(message.blocks)
    if is_less and not blocks:
        return ()
    return split(replace(message, blocks=blocks) if is_less else message)


def _files(blocks: Iterable[Block]) -> Iterable[Message]:
    """Each alone, so that it goes out once by itself, and can be sent again by itself."""
    return (Message((block,)) for block in blocks if _is_file(block))


def _is_file(block: Block) -> bool:
    return isinstance(block, Attachment) and bool(block.key)


def _platform(session: Session, address_id: int) -> str:
    workspace_id = addresses.address_by_id(session, address_id).workspace_id
    return partnerships.workspace_by_id(session, workspace_id).platform
