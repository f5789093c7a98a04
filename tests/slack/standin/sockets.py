"""Socket Mode: tickets, connections that can be dropped or fall silent, envelopes and their answers."""

import itertools
import json
import os
import secrets
import socket
import socketserver
import struct
import sys
import threading
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from websockets.frames import Frame, Opcode
from websockets.http11 import Request
from websockets.protocol import OPEN
from websockets.server import ServerProtocol

from tests.slack.standin.envelopes import PATIENCE, NoAnswer, goodbye, hello
from tests.slack.standin.state import Json


class Sockets(socketserver.ThreadingTCPServer):
    """All connections of the app; each envelope goes to one of them, by turns."""

    daemon_threads = False

    def __init__(self, app_id: str) -> None:
        self.app_id = app_id
        self._stopping = False
        self.changed = threading.Condition()
        self.connections: list[Connection] = []
        self.opened = 0
        self._served: set[Connection] = set()
        self._crashes: list[BaseException] = []
        self._acknowledged: dict[str, Json | None] = {}
        self._tickets: set[str] = set()
        self._turn = itertools.count()
        super().__init__(("127.0.0.1", 0), Connection)
        self._thread = threading.Thread(target=self.serve_forever, args=(0.02,), name="fake-slack-sockets")

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self.shutdown()
        with self.changed:
            self._stopping = True
        self.drop_all()
        self.server_close()
        self._thread.join()
        for crash in self._crashes:
            raise crash

    def drop_all(self) -> None:
        with self.changed:
            served = list(self._served)
        for connection in served:
            connection.drop()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is what these tests are for; anything else is told at the end."""
        crash = sys.exception()
        if crash is not None and not isinstance(crash, OSError):
            self._crashes.append(crash)

    def ticket(self) -> str:
        """An address that lets one connection in, once."""
        with self.changed:
            made = secrets.token_hex(8)
            self._tickets.add(made)
        return f"ws://127.0.0.1:{self.server_address[1]}/link/?ticket={made}&app_id={self.app_id}"

    def take_ticket(self, path: str) -> bool:
        ticket = path.partition("ticket=")[2].partition("&")[0]
        with self.changed:
            if ticket not in self._tickets:
                return False
            self._tickets.remove(ticket)
            return True

    def serves(self, connection: "Connection") -> bool:
        """Whether there is still time for one more."""
        with self.changed:
            self._served.add(connection)
            return not self._stopping

    def came(self, connection: "Connection") -> None:
        with self.changed:
            self.connections.append(connection)
            self.opened += 1
            self.changed.notify_all()

    def went(self, connection: "Connection") -> None:
        with self.changed:
            self._served.discard(connection)
            if connection in self.connections:
                self.connections.remove(connection)
            self.changed.notify_all()

    def wait_open(self, count: int = 1, patience: float = PATIENCE) -> None:
        """Until so many are open; one that is half-open is open for Slack, even if the bot has left it."""
        self._wait(lambda: len(self.connections) == count, patience)

    def wait_opened(self, count: int, patience: float = PATIENCE) -> None:
        """Until so many have been opened since the start."""
        self._wait(lambda: self.opened >= count, patience)

    def _wait(self, predicate: Callable[[], bool], patience: float) -> None:
        with self.changed:
            if not self.changed.wait_for(predicate, timeout=patience):
                raise NoAnswer(f"{len(self.connections)} connections open, {self.opened} opened")

    def send(
        self, envelope: Json, connection: "Connection | None" = None, patience: float = PATIENCE
    ) -> Json:
        """Give an envelope to a connection and wait for what the bot says to it; {} if it says nothing."""
        envelope_id = envelope["envelope_id"]
        with self.changed:
            if not self.connections:
                raise NoAnswer("no connection is open")
            chosen = connection or self.connections[next(self._turn) % len(self.connections)]
            self._acknowledged.pop(envelope_id, None)
        try:
            chosen.say(envelope)
        except OSError as error:
            raise NoAnswer("the connection is gone") from error
        with self.changed:
            if not self.changed.wait_for(lambda: envelope_id in self._acknowledged, timeout=patience):
                raise NoAnswer(f"no acknowledgement of {envelope_id}")
            return self._acknowledged[envelope_id] or {}

    def acknowledged(self, envelope_id: str, payload: Json | None) -> None:
        with self.changed:
            self._acknowledged[envelope_id] = payload
            self.changed.notify_all()


class Connection(socketserver.BaseRequestHandler):
    """One WebSocket, from the handshake to its end."""

    server: Sockets
    request: socket.socket

    def setup(self) -> None:
        self._protocol = ServerProtocol()
        self._sending = threading.Lock()
        self._ended = threading.Event()
        self._silent = threading.Event()
        self._dropped = threading.Event()
        # A handshake has to be finished in time; who is in may be silent for long.
        self.request.settimeout(PATIENCE)
        if not self.server.serves(self):
            self._ended.set()

    def handle(self) -> None:
        while not self._ended.is_set() and (data := self._received()):
            if self._silent.is_set():
                self._ended.wait()
                return
            with self._sending:
                self._protocol.receive_data(data)
                events = self._protocol.events_received()
                self._flush()
            for event in events:
                self._take(event)
            if self._protocol.close_expected():
                return

    def finish(self) -> None:
        self._ended.set()
        self.server.went(self)
        if self._dropped.is_set():
            # Closed with a linger of nothing, a socket says "reset" instead of "the end".
            self.request.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            os.close(self.request.detach())

    def say(self, message: Json) -> None:
        """Send a message, unless this connection is half-open: then it is lost, as in a dead network."""
        with self._sending:
            if self._protocol.state is OPEN and not self._silent.is_set():
                self._protocol.send_text(json.dumps(message).encode())
                self._flush()

    def disconnect(self, reason: str = "refresh_requested") -> None:
        """Ask the bot to connect anew: "warning" some seconds before, "refresh_requested" at once."""
        self.say(goodbye(reason))

    def close(self) -> None:
        """End it politely, with a close frame."""
        with self._sending:
            self._protocol.send_close(1000)
            self._flush()

    def drop(self) -> None:
        """Reset the connection."""
        self._dropped.set()
        self._ended.set()
        self.server.went(self)
        try:
            self.request.shutdown(socket.SHUT_RD)
        except OSError:
            return  # it was gone already

    def go_half_open(self) -> None:
        """From now on nothing is read, answered or closed, and the connection stays up."""
        with self._sending:
            self._silent.set()

    def _received(self) -> bytes:
        try:
            return self.request.recv(65536)
        except OSError:
            return b""

    def _take(self, event: object) -> None:
        match event:
            case Request() as request:
                self._shake_hands(request)
            case Frame(opcode=Opcode.TEXT, data=data):
                said = json.loads(bytes(data))
                self.server.acknowledged(said.get("envelope_id", ""), said.get("payload"))

    def _shake_hands(self, request: Request) -> None:
        known = self.server.take_ticket(request.path)
        with self._sending:
            if known:
                response = self._protocol.accept(request)
            else:
                response = self._protocol.reject(HTTPStatus.FORBIDDEN, "no such ticket")
            self._protocol.send_response(response)
            self._flush()
        if known:
            self.request.settimeout(None)
            self.request.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("ll", 5, 0))
            self.say(hello(self.server.app_id, len(self.server.connections) + 1))
            self.server.came(self)

    def _flush(self) -> None:
        for data in self._protocol.data_to_send():
            if data:
                self.request.sendall(data)
            else:
                self.request.shutdown(socket.SHUT_WR)
