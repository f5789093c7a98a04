"""Sockets: Socket Mode, over a connection that is watched, and replaced when it falls silent."""

import json
import logging
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from time import time

from slack_bolt import App as Bolt
from slack_sdk.errors import SlackClientError
from slack_sdk.socket_mode.builtin.client import SocketModeClient
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web import WebClient

from bot.slack.calling import API, PATIENCE, Refused, Slow, Unclear, Unheard, calling
from bot.slack.listening import dispatch

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Pulse:
    """How a connection's life is felt. Seconds.

    ping: between two questions of ours. silence: after which a connection is given up. look: how often we
    look. Together a dead connection is replaced well within half a minute.
    """

    ping: float = 3
    silence: float = 15
    look: float = 2


class Socket:
    """A connection to Slack that stays: one that breaks or says nothing any more gives way to a new one."""

    def __init__(self, bolt: Bolt, app_token: str, api: str = API, pulse: Pulse = Pulse()) -> None:
        self._bolt, self._token, self._api, self._pulse = bolt, app_token, api, pulse
        self._leaving = threading.Event()
        self._client: SocketModeClient | None = None
        self._opened_at = 0.0
        self._busy, self._lock = 0, threading.Condition()
        self._thread = threading.Thread(target=self._watch, name="socket", daemon=True)

    def start(self) -> None:
        self._thread.start()

    @property
    def is_alive(self) -> bool:
        """Whether Slack has been heard on it lately."""
        client = self._client
        return client is not None and client.is_connected() and self._silence(client) < self._pulse.silence

    def stop(self, seconds: float) -> None:
        """Take in nothing new, and let what is in hand be answered, for so many seconds at most."""
        self._leaving.set()
        with self._lock:
            self._lock.wait_for(lambda: self._busy == 0, timeout=seconds)
        self._thread.join(seconds)
        if self._client is not None:
            _close(self._client)

    # --- watching -----------------------------------------------------------------------------------

    def _watch(self) -> None:
        while not self._leaving.is_set():
            client = self._client
            if client is None or self._silence(client) > self._pulse.silence:
                self._replace()
            self._leaving.wait(self._pulse.look)

    def _replace(self) -> None:
        """Open a new connection; the old one is closed beside, for a dead one can take long to close."""
        old, self._client = self._client, None
        if old is not None:
            log.warning("the connection to Slack fell silent, and is replaced")
            threading.Thread(target=_close, args=(old,), name="socket-closing", daemon=True).start()
        client = self._new()
        try:
            with calling():
                client.connect()
        except (Refused, Slow, Unheard, Unclear) as error:
            log.warning("Slack cannot be reached: %s", error)
            _close(client)
            return
        self._opened_at, self._client = time(), client

    def _new(self) -> SocketModeClient:
        web = WebClient(base_url=self._api, timeout=PATIENCE, retry_handlers=[])
        client = SocketModeClient(self._token, web_client=web, ping_interval=self._pulse.ping, logger=log)
        client.socket_mode_request_listeners.append(self._listen)
        return client

    def _silence(self, client: SocketModeClient) -> float:
        """Seconds since Slack answered our last question."""
        session = client.current_session
        heard = session.last_ping_pong_time if session is not None else None
        return time() - max(heard or 0, self._opened_at)

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


def _close(client: SocketModeClient) -> None:
    """At once: whoever reads from it would wait for some seconds for what does not come any more."""
    client.auto_reconnect_enabled = client.default_auto_reconnect_enabled = False
    line = client.current_session.sock if client.current_session is not None else None
    with suppress(OSError):
        if line is not None:
            line.shutdown(socket.SHUT_RDWR)
    with suppress(OSError, SlackClientError):
        client.close()


def _payload(body: str) -> dict[str, object] | None:
    return json.loads(body) if body.startswith("{") else None
