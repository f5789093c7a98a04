"""Asking: who sent a request, from where they stand, and with which form."""

from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.requests import Request

from bot.web import signing
from bot.web.guard import LARGEST, is_token, new_key, secret_of, token_of
from bot.web.room import Room, Spot, spot
from commands.grammar.words import number_in

MOST_FIELDS = 2000


class NotOurs(Exception):
    """What was sent did not come from a page that we gave to this browser."""


class TooLong(Exception):
    """More was sent than the longest form has."""


@dataclass(frozen=True)
class Sent:
    """What a page sent from a spot, as the names and values of its form."""

    spot: Spot
    pairs: list[tuple[str, str]]

    def __getitem__(self, name: str) -> str:
        """The first value of this name, "" if there is none."""
        return next((value for key, value in self.pairs if key == name), "")

    @property
    def key(self) -> str:
        """What was sent, by a name that is this person's alone; sent again, it has the same."""
        return f"{self.spot.person.id}-{self['key'][:64] or new_key()}"

    def number(self, name: str) -> int:
        return number_in(self[name]) or 0


def room_of(request: Request) -> Room:
    room: Room = request.app.state.room
    return room


def spot_of(request: Request, thread: int | None = None) -> Spot:
    """thread: where the address names none. Raises NotHere, NotSignedIn."""
    room, person = room_of(request), number_of(request, "person")
    signing.check_is(room, request, person)
    with room.reading() as session:
        return spot(session, person, number_of(request, "place"), asked_number(request, "thread") or thread)


def number_of(request: Request, name: str) -> int:
    """A number that is part of the address; 0 for one too high for anything here to have."""
    return number_in(str(request.path_params[name])) or 0


def asked_number(request: Request, name: str) -> int | None:
    """A number in the address after the question mark."""
    return number_in(request.query_params.get(name, ""))


def token_in(request: Request) -> str:
    return token_of(secret_of(request))


async def read_form(request: Request) -> list[tuple[str, str]]:
    """The form's names and values. Raises NotOurs, TooLong."""
    body = await _body(request)
    try:
        pairs = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        raise NotOurs from None
    token = request.headers.get("x-token") or next((value for name, value in pairs if name == "token"), "")
    if not is_token(token, secret_of(request)):
        raise NotOurs
    return pairs


async def _body(request: Request) -> bytes:
    """All that was sent; its length need not have been told before, so it is counted as it comes."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST:
            raise TooLong
    return bytes(body)
