"""A post: one message for one address, which a command or a job hands over to be delivered."""

from dataclasses import dataclass
from enum import Enum
from typing import Final, TypeAlias

from messages.message import Message


class Place(Enum):
    """Where the request came from: the person alone, or the chat channel they asked in."""

    ASKER = "asker"
    HERE = "here"


@dataclass(frozen=True, slots=True)
class ToPerson:
    person_id: int


@dataclass(frozen=True, slots=True)
class ToAddress:
    address_id: int


ASKER: Final = Place.ASKER
HERE: Final = Place.HERE
Destination: TypeAlias = Place | ToPerson | ToAddress


@dataclass(frozen=True, slots=True)
class Post:
    """Seen by the asker only, unless it says otherwise.

    is_secret: its words are kept nowhere; whoever is to have them has them now, or asks anew.
    settles: the post on which this was clicked shows it in the place of its buttons, whoever else sees it.
    """

    message: Message
    to: Destination = ASKER
    is_secret: bool = False
    settles: bool = False
