"""Platforms: what the bot asks of a chat platform, and the ways in which sending can fail."""

from typing import Protocol

from messages.message import Message


class SendError(Exception):
    """A post was not sent. `permanent`: trying again is of no use; a person has to mend something."""

    def __init__(self, reason: str, *, permanent: bool = False, retry_after: float = 0) -> None:
        super().__init__(reason)
        self.reason, self.permanent, self.retry_after = reason, permanent, retry_after


class OutcomeUnknown(Exception):
    """Nobody can tell yet whether a post was sent: the connection broke or took too long."""


class CannotLook(Exception):
    """The platform cannot be asked what was posted."""


class Platform(Protocol):
    """One chat platform. Each method makes one attempt and returns within ten seconds."""

    name: str

    def send(self, place: str, message: Message, key: str, /) -> str:
        """Post a message and return the platform's reference to it.

        place: the platform's own id of the address. key: kept with the post where that is possible.
        Raises SendError if it was not posted, OutcomeUnknown if that cannot be told.
        """
        ...

    def edit(self, place: str, reference: str, message: Message, /) -> None:
        """Replace an earlier post in place. Doing it twice does no harm. Raises as `send` does."""
        ...

    def find(self, place: str, key: str, /) -> str | None:
        """The reference of the post with this key, None if there is none.

        Raises CannotLook if that can never be told, or as `send` does if it cannot be told just now.
        """
        ...
