"""Actions: who owes what, by when."""

from datetime import date, datetime, time
from functools import cache
from typing import Any

from sqlmodel import Field, Index, UniqueConstraint, bindparam, col, or_, select

from storage.asking import by_id
from storage.db import Session, add
from storage.row import Owned
from storage.when import When

LONGEST_TITLE, LONGEST_NOTE = 2_000, 10_000
SNOOZES = 3
"""The third snooze puts an action on the agenda (DESIGN §3)."""


class Action(Owned, table=True):
    """One line of the plan. `state` is "open", "done" or "dropped"; `outcome` is what came of it, or why not.

    quiet_until: the first day on which it speaks again, after a snooze or while `waiting_for` someone.
    """

    __table_args__ = (
        UniqueConstraint("partnership_id", "number"),
        Index("ix_action_open", "partnership_id", "state", "ends"),
    )
    number: int
    title: str
    objective_id: int | None = Field(default=None, foreign_key="objective.id")
    giver_id: int = Field(foreign_key="person.id")
    logged_on: date
    kind: str = "undated"
    when_text: str = ""
    starts: date | None = None
    ends: date | None = None
    hour: time | None = None
    every: int | None = None
    state: str = "open"
    outcome: str = ""
    settled_on: date | None = None
    quiet_until: date | None = None
    waiting_for: str = ""
    snoozes: int = 0
    is_paused: bool = False

    @property
    def ref(self) -> str:
        return f"A{self.number}"

    @property
    def when(self) -> When:
        return When(
            kind=self.kind,  # type: ignore[arg-type]
            text=self.when_text,
            starts=self.starts,
            ends=self.ends,
            time=self.hour,
            every=self.every,
        )

    @property
    def is_open(self) -> bool:
        return self.state == "open"

    def is_late(self, today: date) -> bool:
        return self.is_open and self.when.is_late(today)

    def is_quiet(self, today: date) -> bool:
        return self.quiet_until is not None and today < self.quiet_until

    def is_waiting(self, today: date) -> bool:
        return bool(self.waiting_for) and self.is_quiet(today)


class ActionOwner(Owned, table=True):
    """One owner of an action, in the order in which they were named: the first leads.

    Exactly one of the four ids is set. part: "owner", or "supporter", who is not chased.
    text: the owner as it was written.
    is_standing_in: keeps the action only until the organisation that it is offered to has answered.
    """

    action_id: int = Field(default=None, foreign_key="action.id", index=True)
    position: int
    part: str = "owner"
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    role_id: int | None = Field(default=None, foreign_key="role.id", index=True)
    team_id: int | None = Field(default=None, foreign_key="team.id", index=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    text: str = ""
    is_standing_in: bool = False
    done_on: date | None = None
    since: datetime = Field(default=None)


def when_columns(when: When) -> dict[str, Any]:
    """A When as an action's columns."""
    return {
        "kind": when.kind,
        "when_text": when.text,
        "starts": when.starts,
        "ends": when.ends,
        "hour": when.time,
        "every": when.every,
    }


def action_numbered(session: Session, number: int) -> Action | None:
    return session.exec(select(Action).where(Action.number == number)).first()


def action_by_id(session: Session, action_id: int) -> Action:
    return by_id(session, Action, action_id)


def actions(session: Session, *states: str) -> list[Action]:
    """All actions in these states; dated ones first, the nearest on top, then undated, then ongoing."""
    found = session.exec(_in_states(), params={"states": states})
    return sorted(found, key=lambda action: action.when.sort_key)


def owners_of(session: Session, action_ids: list[int]) -> dict[int, list[ActionOwner]]:
    """The owners and supporters of each of these actions, owners first, in their order."""
    found: dict[int, list[ActionOwner]] = {action_id: [] for action_id in action_ids}
    for owner in session.exec(_owning(), params={"actions": action_ids}):
        found[owner.action_id].append(owner)
    return found


def open_actions_of(session: Session, people: set[int], roles: set[int], teams: set[int]) -> list[Action]:
    """The open actions that any of these owns."""
    whose = {"people": list(people), "roles": list(roles), "teams": list(teams)}
    found = session.exec(_owned(), params=whose)
    return sorted(found, key=lambda action: (action.when.sort_key, action.number))


@cache
def _in_states() -> Any:
    """Built once, for building it takes longer than asking it; so are those below."""
    which = col(Action.state).in_(bindparam("states", expanding=True))
    return select(Action).where(which).order_by(col(Action.number))


@cache
def _owning() -> Any:
    which = col(ActionOwner.action_id).in_(bindparam("actions", expanding=True))
    order = col(ActionOwner.part), col(ActionOwner.position), col(ActionOwner.id)
    return select(ActionOwner).where(which).order_by(*order)


@cache
def _owned() -> Any:
    any_of = or_(
        col(ActionOwner.person_id).in_(bindparam("people", expanding=True)),
        col(ActionOwner.role_id).in_(bindparam("roles", expanding=True)),
        col(ActionOwner.team_id).in_(bindparam("teams", expanding=True)),
    )
    owned = select(ActionOwner.action_id).where(any_of, ActionOwner.part == "owner")
    return select(Action).where(Action.state == "open", col(Action.id).in_(owned))


def put_owners(session: Session, action: Action, owners: list[ActionOwner]) -> None:
    """Add owners to an action, after those it has."""
    for owner in owners:
        owner.action_id, owner.since = action.id, session.at
        add(session, owner)
