"""Objectives: what the action plan is for, each with its number."""

from sqlmodel import UniqueConstraint, select

from storage.asking import by_id, rows
from storage.db import Session
from storage.row import Owned


class Objective(Owned, table=True):
    """One aim of the plan; its number is the plan's own."""

    __table_args__ = (UniqueConstraint("partnership_id", "number"),)
    number: int
    title: str


def objectives(session: Session) -> list[Objective]:
    return rows(session, Objective, "number")


def objective_numbered(session: Session, number: int) -> Objective | None:
    return session.exec(select(Objective).where(Objective.number == number)).first()


def objective_by_id(session: Session, objective_id: int) -> Objective:
    return by_id(session, Objective, objective_id)
