"""Clients: so many connections at once, each of which asks again as soon as it is answered."""

import selectors
import socket
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from time import perf_counter

from benchmarks.slack_signed import Signed


@dataclass
class Talk:
    """How long each answer took, and all of them together, in seconds. busy: those who are to try again."""

    waits: list[float] = field(default_factory=list)
    taken: float = 0
    busy: int = 0

    @property
    def rate(self) -> float:
        return len(self.waits) / self.taken

    def at(self, share: float) -> float:
        """Milliseconds in which this share was answered."""
        return sorted(self.waits)[int((len(self.waits) - 1) * share)] * 1000


@dataclass
class Client:
    """One connection that is kept."""

    connection: socket.socket
    said: Talk
    asked_at: float = 0
    came: bytes = b""

    def ask(self, request: bytes) -> None:
        self.asked_at, self.came = perf_counter(), b""
        self.connection.sendall(request)

    def hear(self) -> bool:
        """Whether the answer is there now, all of it."""
        piece = self.connection.recv(65536)
        if not piece:
            raise RuntimeError("the connection was closed")
        self.came += piece
        head, end, body = self.came.partition(b"\r\n\r\n")
        if not end or len(body) < _length(head):
            return False
        self.said.waits.append(perf_counter() - self.asked_at)
        is_busy = b"plan is busy" in body
        if not head.startswith(b"HTTP/1.1 200") or not (is_busy or b"is logged" in body):
            raise RuntimeError(f"it was not added: {self.came.decode()}")
        self.said.busy += is_busy
        return True


def _length(head: bytes) -> int:
    return int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])


def together(talks: Iterable[Talk]) -> Talk:
    each = list(talks)
    waits = [wait for talk in each for wait in talk.waits]
    return Talk(waits, sum(talk.taken for talk in each), sum(talk.busy for talk in each))


def talk(address: str, requests: Iterable[Signed], clients: int) -> Talk:
    """Send all of these from so many connections; one thread does it, which takes little from the server."""
    wires, said = deque(request.wire(address) for request in requests), Talk()
    host, _, port = address.partition(":")
    with selectors.DefaultSelector() as selector:
        everyone = [Client(socket.create_connection((host, int(port)), 10), said) for _ in range(clients)]
        start = perf_counter()
        for client in everyone:
            selector.register(client.connection, selectors.EVENT_READ, client)
            client.ask(wires.popleft())
        _go_on(selector, wires, clients)
        said.taken = perf_counter() - start
        for client in everyone:
            client.connection.close()
    return said


def _go_on(selector: selectors.BaseSelector, wires: deque[bytes], waiting: int) -> None:
    while waiting:
        for key, _ in selector.select(10):
            client: Client = key.data
            if not client.hear():
                continue
            if wires:
                client.ask(wires.popleft())
            else:
                waiting -= 1
