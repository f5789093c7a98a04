"""Links: one for each person who comes from elsewhere, which a coordinator gives and takes back."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.web.asking import number_of, read_form, room_of
from bot.web.guard import Tries, cookie, cookie_name, secret_of, token_of
from bot.web.look import render, said_day
from bot.web.room import NotHere, Room
from bot.web.signing import NotSignedIn, check_is
from bot.web.stream import News
from commands.grammar.words import number_in
from storage import sign_ins
from storage.db import Session
from storage.people import Person, people

TOO_MANY = "Too many wrong links came from there. Please try again in ten minutes.\n"
A_YEAR = 365 * 24 * 3600
"""Seconds for which a browser stays signed in; a link that is taken back ends it at once."""


def routes() -> list[Route]:
    tries = Tries()

    async def arrive(request: Request) -> Response:
        return await run_in_threadpool(_arrive, request, tries)

    async def leave(request: Request) -> Response:
        return await run_in_threadpool(_leave, request)

    async def change(request: Request) -> Response:
        pairs = dict(await read_form(request))
        return await run_in_threadpool(_change, request, pairs)

    return [
        Route("/sign-in/{secret}", arrive, methods=["GET", "POST"]),
        Route("/sign-out", leave, methods=["POST"]),
        Route("/as/{person}/links", _links),
        Route("/as/{person}/links", change, methods=["POST"]),
    ]


def _arrive(request: Request, tries: Tries) -> Response:
    """A link is shown before it is used: some programmes look at every link in an e-mail."""
    room = room_of(request)
    place = request.client.host if request.client else ""
    secret = request.path_params["secret"]
    with room.writing() as session:
        link = sign_ins.link_with(session, secret)
        person = next((each for each in people(session) if link and each.id == link.person_id), None)
        if link is not None and request.method == "POST":
            sign_ins.note_used(session, link)
    if link is None or person is None or not room.signs_in:
        if tries.is_too_many(place):
            return PlainTextResponse(TOO_MANY, 429)
        tries.note(place)
        raise NotSignedIn
    if request.method != "POST":
        return HTMLResponse(render("arriving", person=person))
    answer = RedirectResponse("/", 303)
    _sign_in(answer, request, secret)
    return answer


def _leave(request: Request) -> Response:
    answer = HTMLResponse(render("wrong", what="signed out", reference=""))
    answer.delete_cookie(cookie_name(request))
    return answer


def _links(request: Request) -> Response:
    room, me = _coordinator(request)
    return HTMLResponse(_page(room, me, token_of(secret_of(request))))


def _change(request: Request, pairs: dict[str, str]) -> Response:
    """Make a person's link anew, or take it back."""
    room, me = _coordinator(request)
    whom = number_in(pairs.get("person", ""))
    secret = ""
    with room.writing(by=me) as session:
        if whom not in {person.id for person in _whoever_may_come(session)}:
            raise NotHere
        if pairs.get("what") == "take back":
            if whom == me:
                raise NotHere  # nobody shuts themselves out
            sign_ins.revoke_links(session, whom)
        else:
            secret = sign_ins.make_link(session, whom)
    room.stream.say(News("left", {}, only_for=whom))  # whoever came by the link before is let go
    origin = room.origin or f"{request.url.scheme}://{request.url.netloc}"
    link = f"{origin}/sign-in/{secret}" if secret else ""
    if whom != me:
        return HTMLResponse(_page(room, me, token_of(secret_of(request)), whom, link))
    answer = HTMLResponse(_page(room, me, token_of(secret), whom, link))
    _sign_in(answer, request, secret)  # by the new link, for theirs has just ended
    return answer


def _sign_in(answer: Response, request: Request, secret: str) -> None:
    is_safe = room_of(request).origin.startswith("https")
    answer.set_cookie(value=secret, **cookie(request, lasts=A_YEAR, is_safe=is_safe))


def _coordinator(request: Request) -> tuple[Room, int]:
    """Raises NotSignedIn; NotHere for anyone else."""
    room = room_of(request)
    me = number_of(request, "person")
    check_is(room, request, me)
    with room.reading() as session:
        may = any(person.id == me and person.may("coordinator") for person in people(session))
    if not may or not room.signs_in:
        raise NotHere
    return room, me


def _whoever_may_come(session: Session) -> list[Person]:
    return [person for person in people(session) if person.is_active]


def _page(room: Room, me: int, token: str, whom: int | None = None, link: str = "") -> str:
    zone = room.zone()
    with room.reading() as session:
        made = {each.person_id: each for each in sign_ins.links(session)}
        everyone = _whoever_may_come(session)
    rows = [
        {
            "person": person,
            "made": said_day(made[person.id].made_at.astimezone(zone)) if person.id in made else "",
            "is_used": person.id in made and made[person.id].used_at is not None,
        }
        for person in everyone
    ]
    return render("links", rows=rows, me=me, whom=whom, link=link, token=token)
