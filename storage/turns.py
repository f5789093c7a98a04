"""Turns: one at a time, in the order in which they came."""

import threading
from collections import deque


class Turns:
    """A lock for those who queue. A plain one is had by whoever comes at the right moment, so that one of
    many waits for as long as others keep coming.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._queue: deque[threading.Lock] = deque()
        self._is_taken = False

    def take(self, seconds: float) -> bool:
        """Wait for my turn; False if it did not come in that time."""
        mine = threading.Lock()
        with self._lock:
            if not self._is_taken:
                self._is_taken = True
                return True
            mine.acquire()
            self._queue.append(mine)
        return mine.acquire(timeout=seconds) or not self._leave(mine)

    def _leave(self, mine: threading.Lock) -> bool:
        """Leave the queue; False if the turn has just come."""
        with self._lock:
            if mine in self._queue:
                self._queue.remove(mine)
                return True
            return False

    @property
    def waiting(self) -> int:
        """How many wait for their turn."""
        return len(self._queue)

    def give_back(self) -> None:
        with self._lock:
            if self._queue:
                self._queue.popleft().release()
            else:
                self._is_taken = False
