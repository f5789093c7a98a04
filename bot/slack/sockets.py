"""Sockets: Socket Mode, over a connection that is watched, and replaced when it falls silent."""

import json
import logging
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from time import monotonic

from slack_bolt import App as Bolt
from slack_sdk.errors import SlackClientError
from slack_sdk.socket_mode.builtin.client import SocketModeClient
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web import WebClient

from bot.slack.calling import API, PATIENCE, QUIET, Refused, Slow, Unclear, Unheard, calling
from bot.slack.listening import dispatch

log = logging.getLogger(__name__)
SDKS_LOG = logging.getLogger("slack_sdk.socket_mode")
"""Not ours, which may be told to write more: the SDK then writes down all that is heard."""
LONGEST_WAIT = 60.0
"""Seconds between two attempts to connect, whatever Slack says: it counts such calls by the minute."""


@dataclass(frozen=True)
class Pulse:
    """How a connection's life is felt. Seconds.

    ping: between two questions of ours. silence: after which a connection is given up. look: how often we
    look. Together a dead connection is replaced well within half a minute.
    """

    ping: float = 3
    silence: float = 15
    look: float = 2


class _Client(SocketModeClient):
    """One connection and no more. gives_way: Slack has asked for another in its place.

    The SDK's own sleeps for as long as Slack likes, in the thread that hears everything, and hears nothing
    on the new connection while it closes the old one.
    """

    gives_way = False

    def issue_new_wss_url(self) -> str:
        return str(self.web_client.apps_connections_open(app_token=self.app_token)["url"])

    def connect_to_new_endpoint(self, force: bool = False) -> None:  # noqa: ARG002 (the SDK asks so)
        self.gives_way = True


@dataclass
class Line:
    """One connection. heard: by its own mark, the latest question of ours that Slack has answered; at: when
    we saw that, by a clock that nobody sets.
    """

    client: _Client
    heard: float | None = None
    at: float = field(default_factory=monotonic)

    @property
    def silence(self) -> float:
        """Seconds since Slack answered something new."""
        session = self.client.current_session
        heard = session.last_ping_pong_time if session is not None else None
        if heard != self.heard:
            self.heard, self.at = heard, monotonic()
        return monotonic() - self.at


class Socket:
    """A connection to Slack that stays: one that breaks or says nothing any more gives way to a new one."""

    def __init__(self, bolt: Bolt, app_token: str, api: str = API, pulse: Pulse = Pulse()) -> None:
        self._bolt, self._token, self._api, self._pulse = bolt, app_token, api, pulse
        self._leaving = threading.Event()
        self._line: Line | None = None
        self._failures = 0
        self._busy, self._lock = 0, threading.Condition()
        self._thread = threading.Thread(target=self._watch, name="socket", daemon=True)

    def start(self) -> None:
        self._thread.start()

    @property
    def is_alive(self) -> bool:
        """Whether Slack has been heard on it lately."""
        line = self._line
        return line is not None and line.client.is_connected() and line.silence < self._pulse.silence

    def stop(self, seconds: float) -> None:
        """Take in nothing new, and let what is in hand be answered, for so many seconds at most."""
        until = monotonic() + seconds
        self._leaving.set()
        with self._lock:
            self._lock.wait_for(lambda: self._busy == 0, timeout=seconds)
        self._thread.join(max(0, until - monotonic()))
        if self._line is not None:
            _close(self._line.client)

    # --- watching -----------------------------------------------------------------------------------

    def _watch(self) -> None:
        while not self._leaving.is_set():
            gives_way = self._line is not None and self._line.client.gives_way
            wait = self._replace() if gives_way or not self.is_alive else 0
            self._leaving.wait(max(wait, self._pulse.look))

    def _replace(self) -> float:
        """Open a new connection, and only then close the old one.

        Returns for how many seconds to wait before another attempt.
        """
        client = self._new()
        try:
            with calling():
                client.connect()
                if not client.is_connected():
                    raise Unclear("no connection")
        except (Refused, Slow, Unheard, Unclear) as error:
            log.warning("Slack cannot be reached: %s", error)
            _close(client)
            self._failures += 1
            asked = error.seconds if isinstance(error, Slow) else 0
            return wait_after(self._failures, asked, self._pulse.look)
        old, self._line, self._failures = self._line, Line(client), 0
        if old is not None:
            log.warning("the connection to Slack was replaced")
            _close(old.client)
        return 0

    def _new(self) -> _Client:
        web = WebClient(base_url=self._api, timeout=PATIENCE, retry_handlers=[], logger=QUIET)
        client = _Client(
            self._token,
            web_client=web,
            auto_reconnect_enabled=False,  # that is done here, at a pace that Slack takes
            ping_interval=self._pulse.ping,
            logger=SDKS_LOG,
        )
        client.socket_mode_request_listeners.append(self._listen)
        return client

    # --- hearing ------------------------------------------------------------------------------------

    def _listen(self, client: BaseSocketModeClient, request: SocketModeRequest) -> None:
        """One envelope. What cannot be acknowledged comes again, and gets the same answer."""
        if self._leaving.is_set() or not isinstance(request.payload, dict):
            return
        with self._in_hand():
            done = dispatch(self._bolt, request.payload)
            if done.status >= 500:
                return
            payload = _payload(done.body) if done.status == 200 else None
            with suppress(SlackClientError):
                client.send_socket_mode_response(SocketModeResponse(request.envelope_id, payload))

    def _in_hand(self) -> "_InHand":
        return _InHand(self._count)

    def _count(self, step: int) -> None:
        with self._lock:
            self._busy += step
            self._lock.notify_all()


class _InHand:
    """Counts what is being answered."""

    def __init__(self, count: Callable[[int], None]) -> None:
        self._count = count

    def __enter__(self) -> None:
        self._count(+1)

    def __exit__(self, *_: object) -> None:
        self._count(-1)


def wait_after(failures: int, asked: float, look: float) -> float:
    """Seconds until another attempt to connect. asked: what Slack asked for. look: the shortest wait."""
    backed_off: float = look * 2 ** min(failures - 1, 10)
    return min(max(asked, backed_off), LONGEST_WAIT)


def _close(client: SocketModeClient) -> None:
    """By a thread of its own, for the SDK reads on until its time-out."""
    threading.Thread(target=_end, args=(client,), name="socket-closing", daemon=True).start()


def _end(client: SocketModeClient) -> None:
    client.message_workers.shutdown()  # what is in hand is acknowledged where it came from
    line = client.current_session.sock if client.current_session is not None else None
    with suppress(OSError):
        if line is not None:  # nobody is to wait for what does not come any more
            line.shutdown(socket.SHUT_RDWR)
    with suppress(OSError, SlackClientError):
        client.close()


def _payload(body: str) -> dict[str, object] | None:
    return json.loads(body) if body.startswith("{") else None
