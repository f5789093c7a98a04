"""Files: what the bot made and somebody may fetch, such as a picture or a document in a message.

In the browser a file is for those who see a message that names it (storage/chat.py, `shows_file`).
"""

import secrets
from datetime import datetime
from typing import ClassVar

from sqlmodel import UniqueConstraint, col, delete, select

from storage.db import Session, add
from storage.row import Owned


class File(Owned, table=True):
    """`key` is what a message calls it ("file:KEY"); it cannot be guessed. `media_type`: as "image/png"."""

    __table_args__ = (UniqueConstraint("key"),)
    kept_out_of_history: ClassVar[bool] = True
    key: str
    name: str
    media_type: str
    content: bytes
    at: datetime


def keep(session: Session, name: str, media_type: str, content: bytes) -> str:
    """Keep a file, and return the key by which messages name it."""
    key = secrets.token_urlsafe(16)
    add(session, File(key=key, name=name, media_type=media_type, content=content, at=session.at))
    return key


def file_called(session: Session, key: str) -> File | None:
    return session.exec(select(File).where(File.key == key)).first()


def forget(session: Session, beginning: str) -> int:
    """Take away every file whose name begins so, for what is in it has to go; returns how many."""
    statement = delete(File).where(col(File.name).startswith(beginning, autoescape=True))
    done = session.execute(statement.execution_options(synchronize_session=False))
    return int(done.rowcount)  # type: ignore[attr-defined]
