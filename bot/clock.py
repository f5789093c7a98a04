"""The clock: what the time is, and letting everything happen that is due on the way."""

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.app import App

STEPS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
YEARS = range(1970, 2201)


class CannotMove(ValueError):
    """The clock cannot be moved so. The message says how it can; without one, the docstring is it."""

    def __str__(self) -> str:
        return super().__str__() or str(self.__doc__)


class TooFar(CannotMove):
    """The clock goes from the year 1970 to 2200."""


class Past(CannotMove):
    """That is past already; the clock only moves forward."""


class CannotRead(CannotMove):
    """I cannot read that as a date. Try: next Friday, 12 June, +7d, or 8 June at 2pm."""


class Clock:
    """A clock that can be moved forward. It stands still at `at`; with None it follows the real time."""

    def __init__(self, at: datetime | None) -> None:
        self._at, self._ahead = at, timedelta(0)

    @property
    def stands_still(self) -> bool:
        return self._at is not None

    def now(self) -> datetime:
        return self._at or datetime.now(UTC) + self._ahead

    def _set(self, to: datetime) -> None:
        if self._at is not None:
            self._at = to
        else:
            self._ahead = to - datetime.now(UTC)

    def move(self, app: App, to: datetime, is_there: Callable[[], bool] = lambda: False) -> bool:
        """Go to an instant, from one due instant to the next, and let each thing happen at its time.

        is_there: asked after each; once it says so, the clock stops there, and this returns True.
        """
        catch_up(app, self.now())
        while (due := app.next_due(self.now())) is not None and due <= to:
            self._set(due)
            catch_up(app, due)
            if is_there():
                return True
        self._set(max(to, self.now()))
        return False


@contextmanager
def ticking(
    beat: Callable[[], object],
    every: timedelta = timedelta(minutes=1),
    *,
    at_once: bool = False,
    patience: float | None = None,
) -> Iterator[None]:
    """Beat by itself from time to time, until the block is left; a beat that fails does not stop the next.

    at_once: whether the first beat is now, and not only after that time. patience: seconds to wait at the
    end for a beat in hand; with None, as long as it takes.

    The scheduler remembers nothing: what is due stands in the database (DESIGN §4).
    """
    from apscheduler.schedulers.background import BackgroundScheduler  # a pipe needs no ticking

    scheduler = BackgroundScheduler(timezone=UTC)
    seconds = every.total_seconds()
    scheduler.add_job(
        beat, "interval", seconds=seconds, misfire_grace_time=None, coalesce=True, max_instances=1,
        **({"next_run_time": datetime.now(UTC)} if at_once else {}),
    )  # fmt: skip
    scheduler.start()
    try:
        yield
    finally:
        within(patience, scheduler.shutdown)


def within(seconds: float | None, task: Callable[[], object]) -> None:
    """Do something, and wait for it so long at most; it goes on by itself if it takes longer."""
    doing = threading.Thread(target=task, daemon=True)
    doing.start()
    doing.join(seconds)


def catch_up(app: App, now: datetime) -> None:
    """Beat until nothing that is due is left."""
    while app.beat(now):
        pass


def read_move(text: str, now: datetime, zone: ZoneInfo) -> datetime:
    """Where the clock is to go: "+7d", "2026-06-08" or "2026-06-08 09:00", in the partnership's time.

    Raises CannotRead, TooFar or Past.
    """
    step = re.fullmatch(r"\+\s*(\d{1,4})\s*([mhdw])", text.strip().lower())
    to = _later(now, int(step[1]), step[2], zone) if step else read_instant(text.strip(), zone)
    if to.year not in YEARS:
        raise TooFar
    if to < now:
        raise Past
    return to


def _later(now: datetime, count: int, unit: str, zone: ZoneInfo) -> datetime:
    """Days and weeks keep the local hour, also when the clocks change."""
    if unit in "mh":
        return now + count * STEPS[unit]
    return (now.astimezone(zone) + count * STEPS[unit]).astimezone(UTC)


def read_instant(text: str, zone: ZoneInfo) -> datetime:
    """A day (at nine) or a day and a time, local unless it says otherwise. Raises CannotRead or TooFar."""
    try:
        found = datetime.fromisoformat(text.replace(" ", "T", 1))
    except ValueError:
        raise CannotRead from None
    if found.year not in YEARS:
        raise TooFar
    if len(text) <= 10:
        found = found.replace(hour=9)
    return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)
