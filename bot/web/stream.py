"""The stream: what is new goes to everyone who looks, read once, in its order, nothing left out or twice."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from storage.db import Unavailable

LOOK_AGAIN = 2.0
"""Seconds after which the chat is looked at though nobody told: another process may have said something."""
BACKLOG = 2000
"""News that may wait for one who looks; whoever falls further behind connects anew and is read the rest."""


@dataclass(frozen=True, slots=True)
class News:
    """One thing to be told. revision: of the chat, 0 for what is not kept, such as the time.

    only_for: the person who alone is told. place: where it happened, 0 for nowhere. what: as JSON has it.
    """

    kind: str
    what: dict[str, Any]
    revision: int = 0
    place: int = 0
    only_for: int | None = None


class Stream:
    """Whoever looks has a queue; what is new is read and worded once, and put in all of them."""

    def __init__(self, load: Callable[[int], list[News]], revision: int) -> None:
        """load: the news after a revision. revision: how far the chat is now."""
        self._load, self._revision = load, revision
        self._queues: set[asyncio.Queue[News | None]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._called: asyncio.Event | None = None
        self._is_over = False

    # --- from any thread ----------------------------------------------------------------------------

    def tell(self) -> None:
        """There is something new in the chat."""
        if self._loop is not None and self._called is not None:
            self._loop.call_soon_threadsafe(self._called.set)

    def say(self, news: News) -> None:
        """Tell something that is not kept."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._hand_out, [news])

    def close(self) -> None:
        """Let everyone who looks go."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._close)

    # --- in the loop --------------------------------------------------------------------------------

    async def run(self) -> None:
        """Look whenever told to, until cancelled."""
        self._loop, self._called = asyncio.get_running_loop(), asyncio.Event()
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._called.wait(), LOOK_AGAIN)
            self._called.clear()
            if self._queues:
                with suppress(Unavailable):
                    await self._look()

    async def _look(self) -> None:
        while news := await asyncio.to_thread(self._load, self._revision):
            self._revision = news[-1].revision
            self._hand_out(news)

    def _hand_out(self, news: list[News]) -> None:
        for queue in list(self._queues):
            if queue.qsize() > BACKLOG:
                self._queues.discard(queue)
                queue.put_nowait(None)
            for each in news if queue in self._queues else []:
                queue.put_nowait(each)

    def _close(self) -> None:
        self._is_over = True  # a page connects anew as soon as it is let go
        for queue in self._queues:
            queue.put_nowait(None)
        self._queues.clear()

    async def listen(self, after: int) -> AsyncIterator[News]:
        """All news after a revision: those of before now, then each as it comes, until all is closed."""
        if self._is_over:
            return
        queue: asyncio.Queue[News | None] = asyncio.Queue()
        self._queues.add(queue)
        try:
            while missed := await asyncio.to_thread(self._load, after):
                for news in missed:
                    yield news
                after = missed[-1].revision
            while (new := await queue.get()) is not None:
                if not new.revision or new.revision > after:
                    yield new
                    after = max(after, new.revision)
        finally:
            self._queues.discard(queue)
