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
from bot.web.room import Room, Spot
from bot.web.stream import News
from commands.grammar.words import number_in

HEARTBEAT = 15.0
"""Seconds after which a stream with nothing to tell says that it is still there."""
LONGEST = 300.0
"""Seconds after which a stream ends where people sign in: who connects anew is asked again who they are."""


async def stream(request: Request) -> Response:
    room, here = room_of(request), await run_in_threadpool(spot_of, request)
    since = request.headers.get("last-event-id") or request.query_params.get("after", "0")
    heard = _events(room, here, number_in(since) or 0, token_in(request))
    return StreamingResponse(heard, media_type="text/event-stream")


async def _events(room: Room, here: Spot, after: int, token: str) -> AsyncIterator[str]:
    """What this person may see, as it comes: of other places only that there is something.

    It begins with the time, which may have moved since the page was made.
    """
    ends = monotonic() + LONGEST if room.signs_in else inf
    listening = room.stream.listen(after)
    coming = asyncio.ensure_future(anext(listening, None))
    yield "retry: 1000\n\n" + _event(News("clock", await run_in_threadpool(now_said, room)), here, token)
    try:
        while monotonic() < ends:
            done, _ = await asyncio.wait([coming], timeout=HEARTBEAT)
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


def _event(news: News, here: Spot, token: str) -> str:
    what = news.what if news.place in (0, here.place.id) else news.what | {"html": ""}
    number = f"id: {news.revision}\n" if news.revision else ""
    data = with_token(json.dumps(what), token)
    return f"{number}event: {news.kind}\ndata: {data}\n\n"
