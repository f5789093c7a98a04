"""What a part that speaks is given and gives: a turn, and what is said in it."""

from dataclasses import dataclass
from typing import Protocol

from jobs.turn import Turn
from messages.message import Message


@dataclass(frozen=True)
class Said:
    """What one part has to say. `reasons`: a line each, for whoever asks why they got it."""

    message: Message
    reasons: tuple[str, ...]


class SpeakingPart(Protocol):
    """A file in jobs/parts: what one thing has to say, and how urgent it is (0 comes first).

    say: to an address whose turn it is. waiting: all of it that waits on a person now, for /me.
    """

    NAME: str
    URGENCY: int

    def say(self, turn: Turn) -> Said | None: ...

    def waiting(self, turn: Turn) -> Message | None: ...
