"""The site: which address of the chat does what."""

import asyncio
import contextlib
import logging
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from bot.web import doing, links, reading, streaming
from bot.web.asking import NotOurs, TooLong
from bot.web.guard import TOO_LONG, Guard
from bot.web.look import render
from bot.web.room import NotHere, Room
from bot.web.signing import NotSignedIn
from storage.db import Unavailable

log = logging.getLogger(__name__)
STATIC = Path(__file__).parent / "static"
SPOT = "/as/{person}/in/{place}"


def site(room: Room, origins: frozenset[str]) -> ASGIApp:
    """The whole site. origins: see Guard."""
    read = {"": reading.page, "earlier": reading.earlier, "coming": reading.coming, "guide": reading.guide}
    routes = [
        Route("/", reading.home),
        Mount("/static", StaticFiles(directory=STATIC)),
        Route("/files/{key}", reading.file),
        Route("/as/{person}/", reading.own),
        *links.routes(),
        *(Route(f"{SPOT}/{name}", show) for name, show in read.items()),
        Route(f"{SPOT}/lines", reading.lines),
        Route(f"{SPOT}/places", reading.places),
        Route(f"{SPOT}/stream", streaming.stream),
        *doing.routes(SPOT),
    ]
    made = Starlette(routes=routes, exception_handlers=_wrong(), lifespan=_open)
    made.state.room = room
    return Guard(made, origins)


@contextlib.asynccontextmanager
async def _open(made: Starlette) -> AsyncIterator[None]:
    room: Room = made.state.room
    running = asyncio.create_task(room.stream.run())
    room.courier.start()
    room.courier.call()  # something may have been left when the chat was last served
    try:
        yield
    finally:
        running.cancel()
        await asyncio.to_thread(room.courier.stop)


def _wrong() -> dict[object, Callable[[Request, Exception], Awaitable[Response]]]:
    """What people see when something is wrong, by what it is."""
    return {
        NotHere: _says(404, "not here"),
        404: _says(404, "not here"),
        NotSignedIn: _says(401, "not signed in"),
        NotOurs: _says(403, "not ours"),
        TooLong: _too_long,
        Unavailable: _says(503, "busy"),
        Exception: _bug,
    }


def _says(status: int, what: str) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def say(_request: Request, _error: Exception) -> Response:
        return HTMLResponse(render("wrong", what=what, reference=""), status)

    return say


async def _too_long(_request: Request, _error: Exception) -> Response:
    return PlainTextResponse(TOO_LONG, 413)


async def _bug(request: Request, error: Exception) -> Response:
    """Never a traceback to a user: it goes to the log, under a reference."""
    reference = secrets.token_hex(4)
    log.error("bug %s at %s", reference, request.url.path, exc_info=error)
    return HTMLResponse(render("wrong", what="bug", reference=reference), 500)
