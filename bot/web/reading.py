"""Reading: the pages of the chat, and the pieces of them that come later."""

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from bot import local
from bot.web import pages, signing
from bot.web.asking import asked_number, number_of, room_of, spot_of, token_in
from bot.web.guard import cookie, new_secret, seal_of, secret_of, token_of
from bot.web.guide import leave_out
from bot.web.look import with_token
from bot.web.room import NotHere, Room
from storage import chat, files
from storage.people import first_of, people

OWN_LINES = 50
PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")
"""What is shown in the page; any other file is only ever saved."""


def home(request: Request) -> Response:
    """The first coordinator's direct messages; where people sign in, one's own."""
    room = room_of(request)
    signed_in = signing.person_of(room, request)
    with room.reading() as session:
        first = first_of(people(session))
    if first is None:
        raise NotHere
    return _to_own(room, signed_in or first.id)


def own(request: Request) -> Response:
    """A person's direct messages."""
    room, person = room_of(request), number_of(request, "person")
    signing.check_is(room, request, person)
    if asked_number(request, "from") and not room.signs_in:
        leave_out(room, person)
    return _to_own(room, person, asked_number(request, "in"))


def _to_own(room: Room, person: int, channel: int | None = None) -> Response:
    """To a person's direct messages, or to where one stood as somebody else."""
    place = local.place_of(room.db, room.workspace, person, room.clock.now())
    if place is None:
        raise NotHere
    return RedirectResponse(f"/as/{person}/in/{channel or place}/", 303)


def page(request: Request) -> Response:
    room, here = room_of(request), spot_of(request)
    secret = secret_of(request) or new_secret()
    note = request.query_params.get("note", "")
    is_ours = request.query_params.get("seal") == seal_of(note, secret)
    answer = HTMLResponse(pages.page(room, here, token_of(secret), note if is_ours else ""))
    if not secret_of(request):
        answer.set_cookie(value=secret, **cookie(request))
    return answer


def earlier(request: Request) -> Response:
    found = pages.earlier(
        room_of(request), spot_of(request), asked_number(request, "before") or 0, token_in(request)
    )
    return HTMLResponse(found)


def places(request: Request) -> Response:
    return HTMLResponse(pages.places(room_of(request), spot_of(request), token_in(request)))


def coming(request: Request) -> Response:
    return HTMLResponse(pages.happenings(room_of(request), spot_of(request)))


def guide(request: Request) -> Response:
    return HTMLResponse(with_token(pages.guide_card(room_of(request), spot_of(request)), token_in(request)))


def lines(request: Request) -> Response:
    here = spot_of(request)
    with room_of(request).reading() as session:
        return JSONResponse(chat.own_lines(session, here.person.id, OWN_LINES))


def file(request: Request) -> Response:
    """A file is for those who see a message that names it; where nobody signs in, anyone may be anyone."""
    room = room_of(request)
    person = signing.person_of(room, request)
    with room.reading() as session:
        found = files.file_called(session, request.path_params["key"])
        if found is None or (person and not chat.shows_file(session, found.key, person)):
            raise NotHere
    shown = "inline" if found.media_type in PICTURES else "attachment"
    headers = {"content-disposition": f"{shown}; filename*=UTF-8''{quote(found.name, safe='')}"}
    return Response(found.content, media_type=found.media_type, headers=headers)
