"""Platforms: what the bot asks of a chat platform, and the ways in which sending can fail."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, runtime_checkable

from messages.message import Message


class SendError(Exception):
    """A post was not sent. `permanent`: trying again is of no use; a person has to mend something.
    `stops`: so it is with every post to this workspace. retry_after: seconds.
    """

    def __init__(
        self, reason: str, *, permanent: bool = False, stops: bool = False, retry_after: float = 0
    ) -> None:
        super().__init__(reason)
        self.reason, self.permanent, self.stops, self.retry_after = reason, permanent, stops, retry_after


class OutcomeUnknown(Exception):
    """Nobody can tell yet whether a post was sent: the connection broke or took too long."""


class CannotLook(Exception):
    """The platform cannot be asked what was posted."""


@dataclass(frozen=True)
class Place:
    """Where a post goes.

    id: the platform's own id of the chat channel or person. team: of the workspace.
    thread: the platform's reference of the message in whose thread it goes, "" for none.
    users: by which user the workspace knows each person that it knows, by the person's id.
    """

    id: str
    team: str = ""
    thread: str = ""
    users: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Load:
    """A file that is to be given."""

    name: str
    content: bytes


class Platform(Protocol):
    """One chat platform. Each method makes one attempt and returns within ten seconds."""

    name: str

    def send(self, place: Place, message: Message, key: str, /) -> str:
        """Post a message and return the platform's reference to it.

        key: kept with the post where that is possible.
        Raises SendError if it was not posted, OutcomeUnknown if that cannot be told.
        """
        ...

    def edit(self, place: Place, reference: str, message: Message, /) -> None:
        """Replace an earlier post in place. Doing it twice does no harm. Raises as `send` does."""
        ...

    def find(self, place: Place, key: str, since: datetime, /) -> str | None:
        """The reference of the post with this key that was sent since then, None if there is none.

        Raises CannotLook if that can never be told, or as `send` does if it cannot be told just now.
        """
        ...

    def is_ready(self, place: Place, /) -> bool:
        """Whether a post may go there just now; a platform takes so many in a while, and no more."""
        ...


@runtime_checkable
class Carrier(Protocol):
    """A platform that a file is brought to before it is shown in a place, so that showing it is one step, of
    which it can be told whether it was taken. Other platforms show a message with its files in it.
    """

    def bring(self, place: Place, load: Load, /) -> str:
        """Upload a file, which nobody sees yet, and return what the platform calls it. Raises SendError."""
        ...

    def show(self, place: Place, brought: str, load: Load, /) -> None:
        """Post a file that was brought. Raises SendError or OutcomeUnknown."""
        ...

    def is_shown(self, place: Place, brought: str, since: datetime, /) -> bool:
        """Whether a file that was brought since then stands in a place. Raises as `Platform.find` does."""
        ...
