"""The courier: takes what is to be said to others on its way, while the asker has the answer already."""

import threading
from collections.abc import Callable
from contextlib import suppress

from bot.bugs import caught
from storage.db import Unavailable


class Courier:
    """One thread that delivers whenever it is called; calls that come meanwhile are one more round.

    soon: seconds until it is to go again by itself, because something waits that could not go yet; None if
    nothing does.
    """

    def __init__(
        self, deliver: Callable[[], object], soon: Callable[[], float | None] = lambda: None
    ) -> None:
        self._deliver, self._soon = deliver, soon
        self._called, self._is_leaving = threading.Event(), False
        self._thread = threading.Thread(target=self._run, name="courier", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def call(self) -> None:
        self._called.set()

    def stop(self, seconds: float | None = None) -> None:
        """Leave after the round in hand; what is left is saved, and goes out when the bot next runs.

        seconds: how long to wait for that round at most.
        """
        self._is_leaving = True
        self._called.set()
        self._thread.join(seconds)

    def _run(self) -> None:
        wait: float | None = None
        while not self._is_leaving:
            self._called.wait(wait)
            self._called.clear()
            wait = None
            if not self._is_leaving:
                with suppress(Unavailable), caught("courier", ""):  # it goes out with the next beat
                    self._deliver()
                    wait = self._soon()
