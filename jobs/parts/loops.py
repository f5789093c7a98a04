"""Loops: what people said and nobody was asked about, decided, told or checked, for who looks after it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from jobs.base import Said
from jobs.loops import LoopLine, loop_lines
from jobs.rhythm import latest
from jobs.turn import Turn
from messages.compose import compose
from messages.message import Message
from messages.words import day
from storage.loops import Loop
from storage.wordings import Wording

NAME, URGENCY = "loops", 5
SHOWN = 7
"""Loops with buttons in one post; the rest are counted, and /me shows them."""
AFTER = {"unasked": 7, "undecided": 30, "untold": 14, "closed": 56}
"""Days after which each state is spoken of: a week, a month, a fortnight, and eight weeks until the check."""
AGAIN = 5
"""It is spoken of once more so many working days later, and then falls silent."""
REASONS = {
    "unasked": "nobody was asked for a week",
    "undecided": "not decided for a month, or the day has passed",
    "promised": "the day of the promise has passed",
    "untold": "decided, and not told for a fortnight",
    "closed": "told eight weeks ago, and not checked",
}


@dataclass(frozen=True)
class Spoken:
    """A loop that is spoken of, and in whose place this address hears."""

    loop: Loop
    because: str


def say(turn: Turn) -> Said | None:
    in_hand = _in_hand(turn)
    spoken = [s for loop in _candidates(turn) if loop.id not in in_hand and (s := _speaks(turn, loop))]
    if not spoken:
        return None
    lines = loop_lines(turn.session, turn.directory, [each.loop for each in spoken], turn.today)
    lines = [replace(line, because=each.because) for line, each in zip(lines, spoken, strict=True)]
    reasons = tuple(f"{each.loop.ref}: {_reason(turn, each.loop)}" for each in spoken)
    return Said(_compose(turn, lines), reasons)


def _reason(turn: Turn, loop: Loop) -> str:
    return f"{REASONS[loop.state]} (since {day(loop.since, turn.today)})"


def _candidates(turn: Turn) -> Iterator[Loop]:
    """The loops of which this address could have to hear."""
    person = turn.person
    for loop in turn.known.loops(turn.today - timedelta(days=AFTER["closed"])):
        if person is None or person.may("coordinator") or _could_hear(turn, loop):
            yield loop


def _in_hand(turn: Turn) -> set[int]:
    """The loops whose words wait for an approver who is still asked for it: meanwhile all is quiet."""
    return {w.loop_id for w in turn.known.wordings if turn.today <= _chased_until(turn, w)}


def _chased_until(turn: Turn, wording: Wording) -> date:
    """The last day of peace; where nobody can approve, there is none."""
    asked_on = wording.asked_at.astimezone(turn.directory.partnership.tz).date()
    can_be = any(wording.may_be_approved_by(person) for person in turn.directory.people.values())
    calendar = turn.directory.calendar(wording.organisation_id)
    return calendar.after(asked_on, AGAIN) if can_be else asked_on


def _could_hear(turn: Turn, loop: Loop) -> bool:
    """Whether it may be this person's, or of somebody whom they cover, or of a seat of either."""
    assert turn.person is not None
    people = turn.known.people_of(turn.person)
    if loop.person_id is not None:
        return loop.person_id in people
    return any(turn.directory.thing(loop) in turn.directory.seats_of(each) for each in people)


def _speaks(turn: Turn, loop: Loop) -> Spoken | None:
    step = latest(_steps(turn, loop), date.min, turn.today)
    because = turn.speaks_for(loop, step) if step else None
    return Spoken(loop, because) if because is not None else None


def _steps(turn: Turn, loop: Loop) -> tuple[date, ...]:
    """The two days on which it is spoken of, as it stands."""
    calendar = turn.directory.organisations_calendar(turn.directory.thing(loop))
    first = calendar.on_or_after(_first_day(turn, loop))
    return first, calendar.after(first, AGAIN)


def _first_day(turn: Turn, loop: Loop) -> date:
    """The day from which something is to be said: not before an awaited forum or a promise had its day."""
    if loop.quiet_until is not None:
        return max(loop.quiet_until, loop.since) + timedelta(days=1)
    due = loop.since + timedelta(days=AFTER[loop.state])
    if loop.state == "undecided":
        asked = next((a for each, a in turn.known.askings if each.id == loop.id), None)
        return min(due, asked.ends + timedelta(days=1)) if asked and asked.ends else due
    answered = turn.known.answered_wordings.get(loop.id, date.min)
    waited = [_chased_until(turn, w) for w in turn.known.wordings if w.loop_id == loop.id]
    last = max([answered, *waited])
    return due if last == date.min else max(due, last + timedelta(days=1))


def _compose(turn: Turn, lines: list[LoopLine]) -> Message:
    more = len(lines[SHOWN:])
    shown, me = lines[:SHOWN], turn.person
    return compose("parts/loops", lines=shown, more=more, total=len(lines), today=turn.today, person=me)


def waiting(turn: Turn) -> Message | None:
    """All that a person looks after and is not closed, or is to be checked."""
    if turn.person is None:
        return None
    found = [loop for loop in _candidates(turn) if _is_ours(turn, loop)]
    lines = loop_lines(turn.session, turn.directory, found, turn.today)
    return compose("parts/loops_waiting", lines=lines, total=len(lines), today=turn.today) if lines else None


def _is_ours(turn: Turn, loop: Loop) -> bool:
    is_own = turn.person is not None and loop.person_id == turn.person.id
    return is_own or turn.hears(loop)
