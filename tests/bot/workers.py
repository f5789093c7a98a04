"""Workers: bot processes of their own, which are told the time and can be killed."""

import selectors
import signal
import subprocess
import sys
import threading
from datetime import datetime
from pathlib import Path
from typing import IO

from tests.standin import Asked, ChatServer

PATIENCE = 30.0
"""Seconds after which a test gives up waiting for a worker."""
ROOT = Path(__file__).parents[2]


class Worker:
    """One process on a database and a chat server."""

    def __init__(self, url: str, chat: ChatServer, name: str) -> None:
        self.name = name
        command = [sys.executable, "-m", "tests.worker", url, str(chat.port), name]
        self._process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._in: IO[str] = self._process.stdin
        self._out: IO[str] = self._process.stdout
        assert self.answer() == "ready"

    def tell(self, now: datetime) -> None:
        print(now.isoformat(), file=self._in, flush=True)

    def has_answered(self, within: float) -> bool:
        with selectors.DefaultSelector() as waiting:
            waiting.register(self._out, selectors.EVENT_READ)
            return bool(waiting.select(within))

    def answer(self) -> str:
        assert self.has_answered(PATIENCE), "the worker says nothing"
        return self._out.readline().strip()

    def beat(self, now: datetime) -> None:
        """Let it beat, and wait until it has; anything but the time in answer fails the test."""
        self.tell(now)
        assert self.answer() == now.isoformat()

    def lives_for(self, seconds: float) -> None:
        """Wait as long at most; it may end earlier."""
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return

    def kill(self) -> None:
        self._process.send_signal(signal.SIGKILL)
        self.close()

    def close(self) -> None:
        for stream in (self._in, self._out):
            stream.close()
        self._process.wait(PATIENCE)


class Trap:
    """Holds the n-th post of a worker in the server's hands until it is let go."""

    def __init__(self, chat: ChatServer, sender: str, nth: int) -> None:
        self.sprung, self._released = threading.Event(), threading.Event()
        self._sender, self._left = sender, nth
        chat.watch = self._look

    def _look(self, asked: Asked) -> None:
        if (asked.what, asked.sender) != ("send", self._sender):
            return
        self._left -= 1
        if self._left == 0:
            self.sprung.set()
            self._released.wait(PATIENCE)

    def release(self) -> None:
        self._released.set()

    def caught(self, worker: Worker) -> bool:
        """Wait until the worker is caught (True) or is through with its beat (False)."""
        while not self.sprung.wait(0.01):
            if worker.has_answered(0):
                return False
        return True
