"""Kept: the local platform as the browser has it: what is posted is kept, and shown to whoever looks."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from bot import local
from bot.clock import Clock
from bot.platform import OutcomeUnknown, Place, SendError
from messages.message import Message
from messages.stored import to_json
from storage import chat, outbox
from storage.db import Database, Unavailable
from storage.partnerships import Workspace


class Kept:
    """Posts are rows of the chat, by the key of the outbox, so that it can always be told what was posted."""

    name = local.NAME

    def __init__(
        self, db: Database, workspace: Workspace, clock: Clock, tell: Callable[[], None] = lambda: None
    ) -> None:
        """tell: called when there is something new to see."""
        self._db, self._mine, self._clock, self._tell = db, workspace.partnership_id, clock, tell

    def send(self, _place: Place, message: Message, key: str) -> str:
        with _in_reach(), self._db.writing(self._mine, at=self._clock.now()) as session:
            post = outbox.post_with_key(session, key)
            if post is None:
                raise SendError("it is for another workspace, which this chat does not serve")
            chat.tell(session, post.address_id, key, message=to_json(message))
        self._tell()
        return key

    def edit(self, _place: Place, reference: str, message: Message) -> None:
        with _in_reach(), self._db.writing(self._mine, at=self._clock.now()) as session:
            said = chat.message_with_key(session, reference)
            if said is None:
                raise SendError("it was posted elsewhere, before there was this chat", permanent=True)
            chat.retell(session, said, message=to_json(message))
        self._tell()

    def find(self, _place: Place, key: str, _since: datetime) -> str | None:
        with _in_reach(), self._db.reading(self._mine) as session:
            return key if chat.message_with_key(session, key) else None

    def is_ready(self, _place: Place) -> bool:
        return True


@contextmanager
def _in_reach() -> Iterator[None]:
    """A chat out of reach leaves it open what became of a post."""
    try:
        yield
    except Unavailable:
        raise OutcomeUnknown("the chat was out of reach") from None
