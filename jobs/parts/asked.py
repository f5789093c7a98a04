"""Asked: what somebody is asked to decide about something that people said."""

from datetime import date

from jobs.base import Said
from jobs.loops import loop_lines
from jobs.rhythm import latest
from jobs.turn import Turn
from messages.compose import compose
from messages.message import Message
from storage.loops import Asking, Loop

NAME, URGENCY = "asked", 12
SHOWN = 7
WITHOUT_A_DAY = 10
"""Working days after which who is asked without a day hears of it once more."""


def say(turn: Turn) -> Said | None:
    """At the first turn after somebody was asked, and once more before the day, or after a fortnight."""
    found = [(loop, a) for loop, a in turn.known.askings if _is_new(turn, a) or _is_reminded(turn, a)]
    if not found:
        return None
    reasons = tuple(f"{loop.ref}: {turn.directory.thing(a).name} is asked to decide" for loop, a in found)
    return Said(_compose(turn, found), reasons)


def _is_new(turn: Turn, asking: Asking) -> bool:
    if _is_own(turn, asking) or not turn.hears(asking):
        return False
    rows = (row for event in turn.events for row in event.changes if row["table"] == "Asking")
    return any(row["id"] == asking.id and row["before"] is None for row in rows)


def _is_reminded(turn: Turn, asking: Asking) -> bool:
    step = latest(_steps(turn, asking), date.min, turn.today)
    return step is not None and turn.speaks_for(asking, step) is not None


def _steps(turn: Turn, asking: Asking) -> tuple[date, ...]:
    """The working day before the day, if that is after it was asked; without a day, a fortnight later."""
    calendar = turn.directory.organisations_calendar(turn.directory.thing(asking))
    if asking.ends is None:
        return (calendar.after(asking.asked_on, WITHOUT_A_DAY),)
    return tuple(d for d in (calendar.before(asking.ends, 1),) if d > asking.asked_on)


def _is_own(turn: Turn, asking: Asking) -> bool:
    """Whoever asked themselves knows it."""
    return turn.person is not None and turn.person.id == asking.asked_by


def waiting(turn: Turn) -> Message | None:
    found = [(loop, asking) for loop, asking in turn.known.askings if turn.hears(asking)]
    return _compose(turn, found) if found else None


def _compose(turn: Turn, found: list[tuple[Loop, Asking]]) -> Message:
    lines = loop_lines(turn.session, turn.directory, [loop for loop, _ in found], turn.today)
    rows = [
        {
            "line": line,
            "by": turn.directory.people[asking.asked_by],
            "asking": asking,
            "whom": "you" if turn.person and asking.person_id == turn.person.id else line.decider,
        }
        for line, (_, asking) in zip(lines, found, strict=True)
    ]
    more = len(rows[SHOWN:])
    return compose("parts/asked", rows=rows[:SHOWN], more=more, total=len(rows), today=turn.today)
