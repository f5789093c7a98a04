"""Objectives: what the action plan is for, each with its number."""

from sqlmodel import UniqueConstraint, select

from storage.db import Session
from storage.row import Owned


class Objective(Owned, table=True):
    """One aim of the plan; its number is the plan's own."""

    __table_args__ = (UniqueConstraint("partnership_id", "number"),)
    number: int
    title: str


def objectives(session: Session) -> list[Objective]:
    return list(session.exec(select(Objective).order_by(Objective.number)))  # type: ignore[arg-type]


def objective_numbered(session: Session, number: int) -> Objective | None:
    return session.exec(select(Objective).where(Objective.number == number)).first()


def objective_by_id(session: Session, objective_id: int) -> Objective:
    return session.exec(select(Objective).where(Objective.id == objective_id)).one()
