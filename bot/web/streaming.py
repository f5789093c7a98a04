"""Streaming: what is new, to each of those who look, as they may see it."""

import asyncio
import json
from collections.abc import AsyncIterator
from math import inf
from time import monotonic

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from bot.web.asking import room_of, spot_of, token_in
from bot.web.clockwork import now_said
from bot.web.look import with_token
from bot.web.room import NotHere, Room, Spot
from bot.web.signing import NotSignedIn
from bot.web.stream import News
from commands.grammar.words import number_in
from storage import chat
from storage.db import Unavailable

LOOK_AGAIN = 5.0
"""Seconds after which it is asked again whether somebody may still be here."""
HEARTBEAT = 15.0
"""Seconds after which a stream with nothing to tell says that it is still there."""
LONGEST = 300.0
"""Seconds after which a stream ends where people sign in: who connects anew is asked again who they are."""


async def stream(request: Request) -> Response:
    here = await run_in_threadpool(spot_of, request)
    since = request.headers.get("last-event-id") or request.query_params.get("after", "0")
    heard = _events(request, here, number_in(since) or 0, token_in(request))
    return StreamingResponse(heard, media_type="text/event-stream")


async def _events(request: Request, here: Spot, after: int, token: str) -> AsyncIterator[str]:
    """What this person may see, as it comes: of other places only that there is something.

    It begins with the time, which may have moved since the page was made.
    """
    room, looked = room_of(request), monotonic()
    ends = looked + LONGEST if room.signs_in else inf
    listening = room.stream.listen(after)
    coming = asyncio.ensure_future(anext(listening, None))
    yield "retry: 1000\n\n" + _event(News("clock", await run_in_threadpool(now_said, room)), here, token)
    if after > await run_in_threadpool(_revision, room):
        yield "event: new\ndata: {}\n\n"  # the page is of a chat that was here before
    try:
        while monotonic() < ends:
            done, _ = await asyncio.wait([coming], timeout=HEARTBEAT)
            if monotonic() > looked + LOOK_AGAIN:
                looked = monotonic()
                if not await run_in_threadpool(_may_stay, request):
                    return
            if not done:
                yield ": still here\n\n"
                continue
            news = coming.result()
            if news is None or (news.kind == "left" and news.only_for == here.person.id):
                return
            coming = asyncio.ensure_future(anext(listening, None))
            if news.only_for in (None, here.person.id):
                yield _event(news, here, token)
    finally:
        coming.cancel()


def _may_stay(request: Request) -> bool:
    """Whoever has left, or whose link was taken back, hears no more."""
    try:
        spot_of(request)
    except (NotHere, NotSignedIn):
        return False
    except Unavailable:
        return True
    return True


def _revision(room: Room) -> int:
    with room.reading() as session:
        return chat.last_revision(session)


def _event(news: News, here: Spot, token: str) -> str:
    what = news.what if news.place in (0, here.place.id) else news.what | {"html": ""}
    number = f"id: {news.revision}\n" if news.revision else ""
    data = with_token(json.dumps(what), token)
    return f"{number}event: {news.kind}\ndata: {data}\n\n"
