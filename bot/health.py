"""Health: whether the bot is alive and ready, and figures about what it does, without names or words."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from storage import outbox, partnerships
from storage.db import Database, Unavailable

SILENT_CLOCK = timedelta(minutes=3)
"""How long after its last beat the clock is taken to have stopped."""


@dataclass
class Clockwork:
    """When the clock last beat."""

    beat_at: datetime | None = None


@dataclass(frozen=True)
class Health:
    """is_heard: whether what people type reaches us."""

    db: Database
    clockwork: Clockwork
    is_heard: Callable[[], bool]
    now: Callable[[], datetime]

    def flaws(self) -> list[str]:
        """What keeps the bot from doing its work just now; nothing in it is anybody's."""
        found = []
        try:
            with self.db.everywhere() as session:
                partnerships.count(session)
        except Unavailable:
            found.append("the database is out of reach")
        if not self.is_heard():
            found.append("there is no connection to Slack")
        beat = self.clockwork.beat_at
        if beat is None or self.now() - beat > SILENT_CLOCK:
            found.append("the clock has not beaten lately")
        return found

    def figures(self) -> bytes:
        """In the format that Prometheus reads. Raises Unavailable."""
        registry = CollectorRegistry()
        with self.db.everywhere() as session:
            posts, stopped = outbox.counts(session), partnerships.stopped(session)
            workspaces, waits = partnerships.count(session), outbox.longest_wait(session, self.now())
        gauge = Gauge("commsbot_posts", "Posts by what became of them", ["state"], registry=registry)
        for state, number in posts.items():
            gauge.labels(state).set(number)
        for name, what, value in (
            ("workspaces", "Workspaces", workspaces),
            ("workspaces_stopped", "Workspaces in which nothing is posted any more", stopped),
            ("oldest_post_seconds", "How long the oldest post that can go has waited", waits),
            ("heard", "1 if what people type reaches the bot", self.is_heard()),
            ("beat_age_seconds", "Since the clock last beat", self._beat_age()),
        ):
            Gauge(f"commsbot_{name}", what, registry=registry).set(value)
        return generate_latest(registry)

    def _beat_age(self) -> float:
        beat = self.clockwork.beat_at
        return float("nan") if beat is None else (self.now() - beat).total_seconds()


def routes(health: Health) -> Iterable[BaseRoute]:
    async def alive(_request: Request) -> Response:
        return PlainTextResponse("alive\n")

    async def ready(_request: Request) -> Response:
        flaws = await run_in_threadpool(health.flaws)
        return JSONResponse({"ready": not flaws, "because": flaws}, 503 if flaws else 200)

    async def figures(_request: Request) -> Response:
        try:
            return Response(await run_in_threadpool(health.figures), media_type=CONTENT_TYPE_LATEST)
        except Unavailable:
            return PlainTextResponse("the database is out of reach\n", 503)

    return [Route("/healthz", alive), Route("/readyz", ready), Route("/metrics", figures)]
