"""Partnerships: the organisations that share one plan, and the workspaces they talk in."""

from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Field, UniqueConstraint, bindparam, col, func, select

from storage.asking import by_id, first, rows
from storage.db import Session, add, change, straight
from storage.row import Owned, Row

LONDON = ZoneInfo("Europe/London")
LEFT = "left:"
"""Begins what stands for a workspace that has gone elsewhere; no platform sends such an id."""


class Partnership(Row, table=True):
    """The tenant. `year_starts` is a month, 1 to 12; `review_days` are working days."""

    name: str
    zone: str = "Europe/London"
    division: str = "ENG"
    year_starts: int = 4
    review_days: int = 10
    created_at: datetime

    @property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.zone)


class Workspace(Owned, table=True):
    """One Slack team, Teams tenant or local sandbox; `external` is the platform's own id of it.

    bot: the user that the bot is there. stopped_at: since when nothing is posted there, and why not: the
    bot was taken out of it, or is no longer let in.
    """

    __table_args__ = (UniqueConstraint("platform", "external"),)
    platform: str
    external: str
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id")
    name: str = ""
    bot: str = ""
    stopped_at: datetime | None = None
    stopped_because: str = ""

    @property
    def label(self) -> str:
        return self.name or self.external.removeprefix(LEFT).partition(":")[0]

    @property
    def has_left(self) -> bool:
        """Whether it was of this partnership once, and is so no longer."""
        return self.external.startswith(LEFT)

    def was_stopped(self, moment: datetime | None) -> bool:
        """Whether nothing is posted there, now or at a moment."""
        return self.stopped_at is not None and (moment is None or self.stopped_at <= moment)


def found(session: Session, name: str, at: datetime) -> Partnership:
    """Found a partnership. The session is one of nobody's yet, and becomes its own."""
    partnership = add(session, Partnership(name=name, created_at=at))
    session.partnership_id = partnership.id
    return partnership


def workspace(session: Session, platform: str, external: str) -> Workspace | None:
    """The workspace with the platform's id, whosever it is: asked at the door, of everywhere."""
    return first(session, Workspace, platform=platform, external=external)


def the_partnership(session: Session) -> Partnership:
    """The partnership that this session belongs to."""
    return by_id(session, Partnership, session.partnership_id)


def workspace_by_id(session: Session, workspace_id: int) -> Workspace:
    return by_id(session, Workspace, workspace_id)


def has_gone(session: Session, workspace_id: int) -> bool:
    """Whether a workspace has left by now, whatever was read of it before: asked by all who write."""
    external: str = straight(session, Workspace, _external(), asked=workspace_id).scalar_one()
    return external.startswith(LEFT)


@cache
def _external() -> Any:
    """Built once, for building it takes longer than asking it."""
    return select(Workspace.external).where(Workspace.id == bindparam("asked"))


def workspaces(session: Session) -> list[Workspace]:
    return rows(session, Workspace, "id")


def count(session: Session) -> int:
    return session.exec(select(func.count()).select_from(Workspace)).one()


def stopped(session: Session) -> int:
    """In how many workspaces nothing is posted any more."""
    query = select(func.count()).select_from(Workspace).where(col(Workspace.stopped_at).is_not(None))
    return session.exec(query).one()


def stop(session: Session, workspace: Workspace, because: str) -> None:
    """Nothing is posted in this workspace any more; what waits there goes on waiting."""
    change(session, workspace, stopped_at=session.at, stopped_because=because)


def take_out(session: Session, workspace: Workspace, because: str) -> None:
    """The workspace is of this partnership no longer. What is left of it here is never spoken to, and its id
    is free for another partnership.
    """
    external = f"{LEFT}{workspace.external}:{workspace.id}"
    change(session, workspace, external=external, bot="", stopped_at=session.at, stopped_because=because)


def start(session: Session, workspace: Workspace) -> None:
    change(session, workspace, stopped_at=None, stopped_because="")
