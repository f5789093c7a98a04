"""Outlines: actions in brief, to find one quickly while somebody types."""

from datetime import date, time
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlmodel import col, or_

from storage.actions import Action, ActionOwner
from storage.db import Session, straight


class Outline(NamedTuple):
    """As much of an action as its name and its date need."""

    id: int
    number: int
    title: str
    state: str
    kind: str
    starts: date | None
    ends: date | None
    time: time | None
    every: int | None

    @property
    def is_open(self) -> bool:
        return self.state == "open"


def outlines(session: Session, *states: str) -> list[Outline]:
    """All actions in these states; dated ones first, the nearest on top, then undated, then ongoing."""
    found = [Outline(*row) for row in straight(session, Action, _outlining(states))]
    return sorted(found, key=lambda o: (o.ends is None, o.kind == "ongoing", o.ends or date.max, o.number))


@cache
def _outlining(states: tuple[str, ...]) -> Any:
    names = ("id", "number", "title", "state", "kind", "starts", "ends", "hour", "every")
    return select(*(col(getattr(Action, name)) for name in names)).where(col(Action.state).in_(states))


def owned_by(session: Session, people: set[int], roles: set[int], teams: set[int]) -> set[int]:
    """The ids of the actions that any of these owns, settled or not."""
    any_of = or_(
        col(ActionOwner.person_id).in_(people),
        col(ActionOwner.role_id).in_(roles),
        col(ActionOwner.team_id).in_(teams),
    )
    mine = select(col(ActionOwner.action_id)).where(any_of, col(ActionOwner.part) == "owner")
    return set(straight(session, ActionOwner, mine).scalars())
