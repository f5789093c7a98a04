"""Due: dated actions and those that were snoozed, spoken of on the days of the one rhythm (DESIGN §3)."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from jobs.base import Said
from jobs.known import Owned
from jobs.plan import Line, lines
from jobs.rhythm import latest
from jobs.turn import Turn
from messages.compose import compose
from messages.message import Message
from messages.words import count, when
from storage.actions import Action
from storage.when import middle_of

NAME, URGENCY = "due", 0
SHOWN = 10
"""Actions with buttons in one post; the rest are counted, and /me shows them."""


@dataclass(frozen=True)
class Spoken:
    """An action that speaks: the day it speaks for, and in whose place this address hears."""

    action: Action
    step: date
    because: str


def say(turn: Turn) -> Said | None:
    spoken = [found for owned in turn.owned if (found := _speaks(turn, owned))]
    if not spoken:
        return None
    shown = lines(turn.session, turn.directory, [s.action for s in spoken], turn.today)
    shown = [replace(line, because=s.because) for line, s in zip(shown, spoken, strict=True)]
    message = compose(
        "parts/due", lines=shown[:SHOWN], more=len(shown[SHOWN:]), today=turn.today, **_counts(shown)
    )
    return Said(message, tuple(_reason(turn, found) for found in spoken))


def _speaks(turn: Turn, owned: Owned) -> Spoken | None:
    """The latest step that has come, if it is now this address's turn to hear of it."""
    for owner in owned.owners:
        step = latest(turn.known.steps(owned.action, owner), date.min, turn.today)
        because = turn.speaks_for(owner, step) if step else None
        if step and because is not None:
            return Spoken(owned.action, step, because)
    return None


def _counts(shown: list[Line]) -> dict[str, int]:
    late = sum(line.is_late for line in shown)
    today = sum(line.action.kind == "day" and line.action.ends == line.today for line in shown)
    return {"late": late, "due_today": today, "coming_up": len(shown) - late - today}


def _reason(turn: Turn, spoken: Spoken) -> str:
    action = spoken.action
    reason = f"{action.ref}: due {when(action.when, turn.today)}; spoken of {_rule(turn, spoken)}"
    return f"{reason}; {spoken.because}" if spoken.because else reason


def _rule(turn: Turn, spoken: Spoken) -> str:
    """Which step of the rhythm this was, in words."""
    starts, ends = spoken.action.starts, spoken.action.ends
    if spoken.action.quiet_until is not None and spoken.step >= spoken.action.quiet_until:
        return "because it kept quiet until then"
    assert starts is not None
    assert ends is not None
    if spoken.step > ends:
        return f"{_apart(turn, ends, spoken.step)} after"
    if starts != ends and spoken.step <= turn.directory.calendar(None).before(ends, 6):
        return "as its time begins" if spoken.step < middle_of(starts, ends) else "half-way through"
    return "on the day" if spoken.step == ends else f"{_apart(turn, spoken.step, ends)} before"


def _apart(turn: Turn, first: date, last: date) -> str:
    calendar = turn.directory.calendar(None)
    days = sum(calendar.is_working(first + timedelta(days=n)) for n in range((last - first).days))
    return count(days + (not calendar.is_working(first) and last > first), "working day")


def waiting(turn: Turn) -> Message | None:
    """All that its person owns or hears of."""
    found = groups(turn)
    return compose("parts/due_waiting", **found, today=turn.today) if any(found.values()) else None


def groups(turn: Turn) -> dict[str, list[Line]]:
    """The actions that are late, due within ten working days (soon), kept quiet, and all others (later)."""
    found = [owned.action for owned in turn.owned if _is_ours(turn, owned)]
    horizon = turn.directory.calendar(None).after(turn.today, 10)
    late = [a for a in found if a.is_late(turn.today) and not a.is_quiet(turn.today)]
    soon = [a for a in found if a.when.ends and turn.today <= a.when.ends <= horizon and a not in late]
    quiet = [a for a in found if a.is_quiet(turn.today) and a not in soon]
    later = [a for a in found if a not in late + soon + quiet]
    return {
        name: lines(turn.session, turn.directory, group, turn.today)
        for name, group in (("late", late), ("soon", soon), ("quiet", quiet), ("later", later))
    }


def _is_ours(turn: Turn, owned: Owned) -> bool:
    """Whether this address hears of an action, or its person owns it and is only away."""
    is_own = turn.person is not None and any(owner.person_id == turn.person.id for owner in owned.owners)
    return is_own or any(map(turn.hears, owned.owners))
