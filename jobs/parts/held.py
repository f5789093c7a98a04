"""Held: a hold has ended, and what was stopped meanwhile is offered again."""

from jobs.base import Said
from jobs.holds import for_whom, noun
from jobs.turn import Turn
from messages.compose import compose
from messages.message import Message
from storage.holds import Hold, held_things

NAME, URGENCY = "held", 25


def say(turn: Turn) -> Said | None:
    """At the first turn after it ended, to the coordinators and to whoever set it. An end that somebody
    brought about has been posted: then only what was stopped is worth a word.
    """
    ended = [(hold, held_things(turn.session, hold)) for hold in _heard_of(turn) if _has_ended(turn, hold)]
    rows = [
        {"hold": hold, "things": things, "noun": noun(hold), "whom": for_whom(turn.directory, hold)}
        for hold, things in ended
        if things or hold.lifted_at is None
    ]
    if not rows:
        return None
    reasons = tuple(f"{hold.ref}: it ended" for hold, things in ended if things or hold.lifted_at is None)
    return Said(compose("parts/held", rows=rows, total=len(rows)), reasons)


def _heard_of(turn: Turn) -> list[Hold]:
    person = turn.person
    if person is None:
        return []
    return [hold for hold in turn.known.holds if person.may("coordinator") or person.id == hold.by]


def _has_ended(turn: Turn, hold: Hold) -> bool:
    """Whether it did so since the last turn."""
    if hold.lifted_at is not None:
        return turn.since < hold.lifted_at <= turn.now
    return hold.ends is not None and turn.since_day <= hold.ends < turn.today


def waiting(_turn: Turn) -> Message | None:
    """Nothing waits: what was held can go out whenever somebody likes."""
    return None
