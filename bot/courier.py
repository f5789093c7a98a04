"""The courier: takes what is to be said to others on its way, while the asker has the answer already."""

import threading
from collections.abc import Callable
from contextlib import suppress

from bot.bugs import caught
from storage.db import Unavailable


class Courier:
    """One thread that delivers whenever it is called; calls that come meanwhile are one more round.

    soon: seconds until it is to go again by itself, because something waits that could not go yet; None if
    nothing does. pause: seconds from one round to the next at least, so that many calls are one round.
    """

    def __init__(
        self,
        deliver: Callable[[], object],
        soon: Callable[[], float | None] = lambda: None,
        pause: float = 0,
    ) -> None:
        self._deliver, self._soon, self._pause = deliver, soon, pause
        self._called, self._leaving = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="courier", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def call(self) -> None:
        self._called.set()

    def stop(self, seconds: float | None = None) -> None:
        """Leave after the round in hand; what is left is saved, and goes out when the bot next runs.

        seconds: how long to wait for that round at most.
        """
        self._leaving.set()
        self._called.set()
        self._thread.join(seconds)

    def _run(self) -> None:
        wait: float | None = None
        while not self._leaving.is_set():
            self._called.wait(wait)
            self._called.clear()
            wait = None
            if not self._leaving.is_set():
                with suppress(Unavailable), caught("courier", ""):  # it goes out with the next beat
                    self._deliver()
                    wait = self._soon()
            self._leaving.wait(self._pause)
