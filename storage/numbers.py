"""Numbers: how many loops stand where, and how long people wait for an answer."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any

from sqlmodel import col, select

from storage.actions import Action
from storage.db import Session, straight
from storage.loops import Loop, Outcome


@dataclass(frozen=True)
class Numbers:
    """Of all that was said in some time. said: with what was said again. states, outcomes: how many of each.

    A promise that its action has kept is done.

    days_to_decided, days_to_told: the median from the day on which it was said; None where there is none.
    decided, told: of how many that is.
    """

    said: int
    states: dict[str, int]
    outcomes: dict[str, int]
    days_to_decided: float | None
    decided: int
    days_to_told: float | None
    told: int
    checked: dict[str, int]


def loop_numbers(session: Session, first: date | None = None, last: date | None = None) -> Numbers:
    """The numbers of what was said from one day to another, both included; of all, without."""
    found = straight(session, Loop, _all(first, last)).all()
    decided = [(row.decided_on - row.said_on).days for row in found if row.decided_on]
    told = [(row.told_on - row.said_on).days for row in found if row.told_on and row.state == "closed"]
    return Numbers(
        said=len(found),
        states=dict(Counter(row.state for row in found)),
        outcomes=_outcomes(session, {row.id for row in found if row.decided_on}),
        days_to_decided=median(decided) if decided else None,
        decided=len(decided),
        days_to_told=median(told) if told else None,
        told=len(told),
        checked=dict(Counter(row.checked for row in found if row.checked in ("yes", "half"))),
    )


def _all(first: date | None, last: date | None) -> Any:
    columns = (Loop.id, Loop.state, Loop.said_on, Loop.decided_on, Loop.told_on, Loop.checked)
    query: Any = select(*columns)  # type: ignore[call-overload]
    if first is not None:
        query = query.where(col(Loop.said_on) >= first)
    return query if last is None else query.where(col(Loop.said_on) <= last)


def _outcomes(session: Session, loops: set[int]) -> dict[str, int]:
    """How many of these came to what; the latest counts."""
    columns = col(Outcome.loop_id), col(Outcome.outcome), col(Outcome.action_id)
    query: Any = select(*columns).order_by(col(Outcome.id))
    latest = {row.loop_id: row for row in straight(session, Outcome, query) if row.loop_id in loops}
    done = _done(session)
    return dict(
        Counter(
            "did" if row.outcome == "will" and row.action_id in done else row.outcome
            for row in latest.values()
        )
    )


def _done(session: Session) -> set[int]:
    """The ids of the actions that are done."""
    done: Any = select(col(Action.id)).where(Action.state == "done")
    return set(straight(session, Action, done).scalars())
