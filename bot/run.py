"""Running: the bot in Slack, with its clock, until it is told to stop."""

import logging
import os
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from time import monotonic
from types import FrameType

import uvicorn
from starlette.applications import Starlette
from starlette.routing import BaseRoute, Route

from bot import health
from bot.clock import Clock, catch_up, ticking
from bot.health import Clockwork, Health
from bot.settings import Settings
from bot.slack.calling import PATIENCE, Slow, Unclear, Unheard
from bot.slack.edge import Edge
from bot.slack.exchange import Offer
from bot.slack.install import routes as install_routes
from bot.slack.installs import Installs, settle_in
from bot.slack.manifest import SCOPES, registered
from bot.slack.seal import Seal, WrongKeys
from bot.slack.sockets import Pulse, Socket
from bot.slack.speaking import Pace
from bot.slack.teams import Teams
from bot.slack.token import NotOurs, Token, check_app_token, look_up
from bot.slack.wiring import Wired, wire
from bot.starting import CannotStart, patiently, start
from commands.registry import discover
from storage.db import Database, Unavailable

log = logging.getLogger(__name__)
IN_HAND = 4.0
"""Seconds to answer what was heard, and as many to say the rest: together under the ten that a server is
given.
"""
NOTHING = """\
There is no token for Slack. Put SLACK_BOT_TOKEN and SLACK_APP_TOKEN into .env (docs/slack.md shows where to
find them), or SLACK_CLIENT_ID, SLACK_CLIENT_SECRET, SLACK_SIGNING_SECRET and SLACK_TOKEN_KEYS for many
workspaces. To try Commsbot without Slack: commsbot try"""


def run(settings: Settings) -> int:
    """Serve Slack until SIGTERM or Ctrl+C. Returns the exit status."""
    try:
        _check(settings)
    except CannotStart as error:
        print(error, file=sys.stderr)
        return 2
    return start(partial(_run, settings), settings.database_url, None)


def leave(status: int) -> int:
    """End the programme, also while a call still hangs: what it was to post is looked for when the bot next
    runs. Python by itself would wait for it.
    """
    if threading.active_count() > 1:
        logging.shutdown()
        sys.stdout.flush()
        os._exit(status)
    return status


def _run(settings: Settings, db: Database, clock: Clock) -> int:
    # Named as TCP, or asyncio sends a short answer only once what went before it is acknowledged: 40 ms.
    with socket.socket(proto=socket.IPPROTO_TCP) as door, ExitStack() as stack:
        _check_socket(settings)
        _bind(door, settings)
        running = stack.enter_context(serving(settings, db, clock, door))
        running.heed()
        print(f"Commsbot is running: {running.where}. Press Ctrl+C to stop it.", flush=True)
        running.wait()
        print("Commsbot finishes what is in hand.", flush=True)
    return 0


def _check(settings: Settings) -> None:
    """Raises CannotStart where settings do not fit together."""
    is_many = bool(settings.slack_client_id)
    if not settings.slack_bot_token and not is_many:
        raise CannotStart(NOTHING)
    if not settings.slack_app_token and not settings.slack_signing_secret:
        raise CannotStart(
            "SLACK_APP_TOKEN is missing (for Socket Mode, without a public address), or else"
            " SLACK_SIGNING_SECRET (for HTTP). docs/slack.md shows where to find them."
        )
    if is_many and not (settings.slack_client_secret and settings.slack_token_keys and settings.public_url):
        raise CannotStart(
            "With SLACK_CLIENT_ID, SLACK_CLIENT_SECRET, SLACK_TOKEN_KEYS and PUBLIC_URL are needed too."
        )


def _check_socket(settings: Settings) -> None:
    """Raises CannotStart where Slack takes no connection from us; one that cannot be had now may come yet."""
    secret = settings.slack_app_token.get_secret_value()
    try:
        with suppress(Slow, Unheard, Unclear):
            if secret:
                check_app_token(secret, settings.slack_api_url)
    except NotOurs as error:
        raise CannotStart(str(error)) from None


def _bind(door: socket.socket, settings: Settings) -> None:
    """In Socket Mode nobody needs to reach the port but who watches the bot, so any other will do too."""
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        _listen(door, settings.host, settings.port, or_any=bool(settings.slack_app_token))
    except (OSError, OverflowError, UnicodeError) as error:
        where = f"{settings.host} and port {settings.port}"
        raise CannotStart(
            f"Nothing can be served at {where}: {error}. Set another PORT, or 0 for any that is free."
        ) from None


def _listen(door: socket.socket, host: str, port: int, *, or_any: bool) -> None:
    try:
        door.bind((host, port))
    except OSError:
        if not or_any:
            raise
        door.bind((host, 0))
        print(f"Port {port} is taken; health and figures are at port {door.getsockname()[1]}.", flush=True)
    door.listen(128)


@dataclass(frozen=True)
class Running:
    """The bot at work. where: how it hears. port: of its HTTP server."""

    wired: Wired
    where: str
    port: int
    stopping: threading.Event

    def heed(self) -> None:
        """From now on the programme finishes what is in hand when it is told to stop."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)

    def wait(self) -> None:
        """Until the programme is told to stop."""
        while not self.stopping.wait(1):
            pass

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping.set()


@contextmanager
def serving(
    settings: Settings,
    db: Database,
    clock: Clock,
    door: socket.socket,
    pace: Pace | None = None,
    pulse: Pulse | None = None,
    patience: int = PATIENCE,
) -> Iterator[Running]:
    """The bot, hearing, speaking and keeping time while the block lasts; then what is in hand is finished.

    patience: seconds that a call of Slack may take.
    """
    commands = discover()
    store = _store(settings, db, clock)
    teams = Teams(db, _own(settings, db, clock), store)
    names = registered(settings.command_prefix, settings.command_names, commands)
    wired = wire(db, commands, teams, settings.slack_api_url, names, clock.now, pace or Pace(), patience)
    line = None
    if settings.slack_app_token:
        token = settings.slack_app_token.get_secret_value()
        line = Socket(wired.bolt, token, settings.slack_api_url, pulse or Pulse())
    clockwork = Clockwork()
    state = Health(db, clockwork, lambda: line is None or line.is_alive, clock.now)
    server = _server(settings, wired, store, state, clock)
    thread = threading.Thread(target=server.run, args=([door],), name="http", daemon=True)
    with ExitStack() as stack:
        wired.courier.start()
        wired.courier.call()  # something may have been left when the bot last ran
        stack.callback(wired.close, IN_HAND)
        stack.enter_context(ticking(lambda: _beat(wired, clockwork, clock), at_once=True, patience=1))
        thread.start()
        if line is not None:
            line.start()
        where = "Socket Mode" if line else f"{settings.public_url or 'HTTP'}/slack/events"
        try:
            yield Running(wired, where, door.getsockname()[1], threading.Event())
        finally:
            _hear_no_more(server, thread, line)


def _hear_no_more(server: uvicorn.Server, thread: threading.Thread, line: Socket | None) -> None:
    until = monotonic() + IN_HAND
    server.should_exit = True
    if line is not None:
        line.stop(IN_HAND)
    thread.join(max(0, until - monotonic()))


def _beat(wired: Wired, clockwork: Clockwork, clock: Clock) -> None:
    with suppress(Unavailable):  # the next beat does it
        catch_up(wired.app, clock.now())
        clockwork.beat_at = clock.now()
    wired.courier.call()


def _own(settings: Settings, db: Database, clock: Clock) -> dict[str, str]:
    """The workspace of the token in the settings, settled in. Raises CannotStart."""
    secret = settings.slack_bot_token.get_secret_value()
    if not secret:
        return {}
    try:
        token: Token = look_up(secret, settings.slack_api_url)
    except NotOurs as error:
        raise CannotStart(str(error)) from None
    patiently(lambda: settle_in(db, token.team, token.name, token.bot, clock.now()))
    return {token.team: secret}


def _store(settings: Settings, db: Database, clock: Clock) -> Installs | None:
    if not settings.slack_client_id:
        return None
    try:
        store = Installs(db, Seal(settings.slack_token_keys.get_secret_value()), clock.now)
    except WrongKeys as error:
        raise CannotStart(f"SLACK_TOKEN_KEYS {error}") from None
    store.seal_anew()
    return store


def _greet(wired: Wired, clock: Clock, team: str, user: str) -> None:
    wired.known.greet(team, user, clock.now())
    wired.courier.call()


def _server(
    settings: Settings, wired: Wired, store: Installs | None, state: Health, clock: Clock
) -> uvicorn.Server:
    pages: list[BaseRoute] = [*health.routes(state)]
    if settings.slack_signing_secret:
        edge = Edge(wired.bolt, settings.slack_signing_secret.get_secret_value())
        pages.append(Route("/slack/events", edge.hear, methods=["POST"]))
    if store is not None:
        offer = Offer(
            client_id=settings.slack_client_id,
            client_secret=settings.slack_client_secret.get_secret_value(),
            scopes=tuple(SCOPES),
            url=settings.public_url,
            api=settings.slack_api_url,
        )
        pages += install_routes(offer, store, clock.now, partial(_greet, wired, clock))
    made = uvicorn.Config(
        Starlette(routes=pages),
        log_level="error",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=int(IN_HAND),
        lifespan="off",
    )
    return uvicorn.Server(made)
