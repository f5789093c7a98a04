"""Doing: what somebody sends from where they stand; the page hears by the stream what came of it."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import nullcontext, suppress
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.clock import CannotMove
from bot.web import clockwork, guide, suggesting, talk
from bot.web.asking import Sent, read_form, room_of, spot_of
from bot.web.guard import seal_of, secret_of
from bot.web.room import Room
from bot.web.stream import News
from commands.base import CommandError
from commands.grammar.words import number_in
from messages.html_forms import read_filled
from storage import chat
from storage.db import Unavailable

SIDE_BY_SIDE = ("move", "suggest")
"""What takes long, or only reads: nobody waits for it."""
CLOCK_BUSY = talk.Outcome(
    is_error=True, why="The plan is busy just now: the clock stands where it is shown. Please try again."
)
Does = Callable[[Room, Sent], Response | talk.Outcome]


def routes(here: str) -> list[Route]:
    """here: the address of a spot."""
    does: dict[str, Does] = {
        "say": _say,
        "click": _click,
        "fill": _fill,
        "move": _move,
        "step": _step,
        "read": _read,
        "suggest": _suggest,
    }
    turn = asyncio.Lock()
    return [
        Route(f"{here}/{name}", _doing(do, None if name in SIDE_BY_SIDE else turn), methods=["POST"])
        for name, do in does.items()
    ]


def _doing(do: Does, turn: asyncio.Lock | None) -> Callable[[Request], Awaitable[Response]]:
    """What somebody sends from where they stand; the page hears of it by the stream.

    turn: held meanwhile. What writes goes one by one, in the order in which it came: the database would have
    it so anyway, but in no order. A question may take long, and keeps nobody else waiting.
    """

    async def done(request: Request) -> Response:
        pairs = await read_form(request)
        async with nullcontext() if turn is None or only_asks(room_of(request), pairs) else turn:
            return await run_in_threadpool(_do, request, do, pairs)

    return done


def only_asks(room: Room, pairs: list[tuple[str, str]]) -> bool:
    """Whether what was typed or clicked changes nothing in the plan."""
    line = next((value for name, value in pairs if name == "line"), "")
    with suppress(CommandError):
        return bool(line.strip()) and room.app.commands.find(line)[0].terms.reads
    return False


def _do(request: Request, do: Does, pairs: list[tuple[str, str]]) -> Response:
    here = spot_of(request, number_in(dict(pairs).get("thread", "")))
    try:
        came = do(room_of(request), Sent(here, pairs))
    except Unavailable:
        came = talk.BUSY
    if isinstance(came, Response):
        return came
    if "hx-request" in request.headers:
        said = {"is_error": came.is_error, "is_lost": came.is_lost, "why": came.why}
        return Response(status_code=204, headers={"hx-trigger": json.dumps({"outcome": said})})
    told = {"note": came.why, "seal": seal_of(came.why, secret_of(request))} if came.why else {}
    thread = {"thread": str(here.thread)} if here.thread else {}
    return RedirectResponse(f"./?{urlencode(told | thread)}#end", 303)


def _say(room: Room, sent: Sent) -> talk.Outcome:
    return _noticed(room, sent, talk.say(room, sent.spot, sent["line"], sent.key), sent["line"])


def _click(room: Room, sent: Sent) -> talk.Outcome:
    came = talk.click(room, sent.spot, sent.number("message"), sent["line"], sent.key)
    return _noticed(room, sent, came, sent["line"])


def _fill(room: Room, sent: Sent) -> talk.Outcome:
    if sent["cancel"]:
        return talk.cancel(room, sent.spot, sent.number("message"))
    came = talk.fill(room, sent.spot, sent.number("message"), read_filled(sent.pairs))
    return _noticed(room, sent, came, f"/{sent['command']}")


def _noticed(room: Room, sent: Sent, came: talk.Outcome, line: str) -> talk.Outcome:
    """What was done may be a step of the guide; a guide that cannot be reached changes nothing of it."""
    with suppress(Unavailable):
        if came.is_done:
            guide.notice_line(room, sent.spot, line)
    return came


def _move(room: Room, sent: Sent) -> talk.Outcome:
    with room.reading() as session:
        before = chat.last_revision(session)
    try:
        came = talk.Outcome(why=clockwork.move(room, sent["to"].strip()[:80]))
    except CannotMove as error:
        came = talk.Outcome(is_error=True, why=str(error))
    except Unavailable:
        came = CLOCK_BUSY
    with suppress(Unavailable):
        guide.notice_clock(room, sent.spot, before)
    return came


def _step(room: Room, sent: Sent) -> talk.Outcome:
    guide.go_to(room, sent.spot, min(sent.number("step"), guide.LAST + 1))
    return talk.Outcome()


def _read(room: Room, sent: Sent) -> Response:
    me, place = sent.spot.person.id, sent.spot.place.id
    with room.writing(by=me) as session:
        chat.note_read(session, me, place, sent.number("up_to"))
    room.stream.say(News("read", {"place": place}, only_for=me))
    return Response(status_code=204)


def _suggest(room: Room, sent: Sent) -> Response:
    if sent["command"]:
        return HTMLResponse(
            suggesting.for_field(room, sent.spot, sent["command"], sent["field"], sent["line"])
        )
    return HTMLResponse(suggesting.for_line(room, sent.spot, sent["line"]))
