"""Offers: work that one organisation asks another to take, and the answer."""

from datetime import date, datetime
from functools import cache
from typing import Any

from sqlmodel import Field, bindparam, col, select

from storage.actions import Action
from storage.asking import rows
from storage.db import Session
from storage.row import Owned

ANSWER_DAYS = 3
"""An offer goes on the next agenda after so many working days without an answer (DESIGN §3)."""


class Offer(Owned, table=True):
    """An action offered to an owner in another organisation.

    answer: "" while it waits, then "accepted", "declined", "not ours" or "withdrawn"; `why` with the answer.
    position: the owner's place in the list as it was written, kept for when it is accepted.
    """

    action_id: int = Field(foreign_key="action.id", index=True)
    giver_id: int = Field(foreign_key="person.id")
    position: int = 0
    person_id: int | None = Field(default=None, foreign_key="person.id")
    role_id: int | None = Field(default=None, foreign_key="role.id")
    team_id: int | None = Field(default=None, foreign_key="team.id")
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id")
    text: str = ""
    offered_at: datetime
    answer: str = ""
    why: str = ""
    answered_by: int | None = Field(default=None, foreign_key="person.id")
    answered_on: date | None = None


def waiting_offers(session: Session, action_ids: list[int] | None = None) -> list[Offer]:
    """The offers of open actions, or of these among them, without an answer, oldest first: what is settled
    is offered to nobody.
    """
    if action_ids is None:
        return list(session.exec(_waiting()))
    return list(session.exec(_waiting_among(), params={"actions": action_ids}))


@cache
def _waiting() -> Any:
    query = select(Offer).join(Action, col(Action.id) == Offer.action_id)
    return query.where(Offer.answer == "", Action.state == "open").order_by(col(Offer.id))


@cache
def _waiting_among() -> Any:
    return _waiting().where(col(Offer.action_id).in_(bindparam("actions", expanding=True)))


def offers_of(session: Session, action_id: int) -> list[Offer]:
    """All offers of one action, oldest first."""
    return rows(session, Offer, "id", action_id=action_id)
