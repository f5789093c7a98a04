"""Offers: work that one organisation asks another to take, and the answer."""

from datetime import date, datetime

from sqlmodel import Field, col, select

from storage.actions import Action
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
    query = select(Offer).join(Action, col(Action.id) == Offer.action_id)
    if action_ids is not None:
        query = query.where(col(Offer.action_id).in_(action_ids))
    return list(session.exec(query.where(Offer.answer == "", Action.state == "open").order_by(col(Offer.id))))


def offers_of(session: Session, action_id: int) -> list[Offer]:
    """All offers of one action, oldest first."""
    return list(session.exec(select(Offer).where(Offer.action_id == action_id).order_by(col(Offer.id))))
