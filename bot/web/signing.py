"""Signing in: who somebody is, where people come from elsewhere with a link of their own."""

from starlette.requests import Request

from bot.web.guard import secret_of
from bot.web.room import NotHere, Room
from storage import sign_ins
from storage.people import people


class NotSignedIn(Exception):
    """Nobody who may come in."""


def person_of(room: Room, request: Request) -> int | None:
    """Who has signed in with this browser; None where nobody has to. Raises NotSignedIn."""
    if not room.signs_in:
        return None
    with room.reading() as session:
        link = sign_ins.link_with(session, secret_of(request))
        here = {person.id for person in people(session) if person.is_active}
    if link is None or link.person_id not in here:
        raise NotSignedIn
    return link.person_id


def check_is(room: Room, request: Request, person_id: int) -> None:
    """Raises NotSignedIn, or NotHere where somebody asks for another's pages."""
    signed_in = person_of(room, request)
    if signed_in not in (None, person_id):
        raise NotHere
