"""The courier: takes what is to be said to others on its way, while the asker has the answer already."""

import threading
from collections.abc import Callable
from contextlib import suppress

from storage.db import Unavailable


class Courier:
    """One thread that delivers whenever it is called; calls that come meanwhile are one more round."""

    def __init__(self, deliver: Callable[[], object]) -> None:
        self._deliver = deliver
        self._called, self._is_leaving = threading.Event(), False
        self._thread = threading.Thread(target=self._run, name="courier", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def call(self) -> None:
        self._called.set()

    def stop(self) -> None:
        """Leave after the round in hand; what is left is saved, and goes out when the chat is next served."""
        self._is_leaving = True
        self._called.set()
        self._thread.join()

    def _run(self) -> None:
        while self._called.wait() and not self._is_leaving:
            self._called.clear()
            with suppress(Unavailable):  # it goes out with the next beat
                self._deliver()
