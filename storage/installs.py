"""Installs: the workspaces that let the bot in, each with the token for it, sealed."""

from datetime import datetime
from functools import cache
from typing import Any, ClassVar

from sqlmodel import Field, bindparam, col, select

from storage.db import Session, add, change, remove
from storage.partnerships import Workspace
from storage.row import Owned


class Install(Owned, table=True):
    """What a platform gave for one workspace. The key to `sealed` is kept elsewhere, so that nobody can read
    a token here.

    scopes: what the bot may do there, separated by commas. installed_by: the platform's id of a user.
    """

    kept_out_of_history: ClassVar[bool] = True
    workspace_id: int = Field(foreign_key="workspace.id", unique=True)
    sealed: str
    scopes: str
    installed_at: datetime
    installed_by: str


def install_of(session: Session, workspace_id: int) -> Install | None:
    return session.exec(select(Install).where(Install.workspace_id == workspace_id)).first()


def install_at(session: Session, platform: str, team: str) -> Install | None:
    """The install of the workspace with the platform's id, whosever it is: asked of everywhere, before
    anything is said there.
    """
    found: Install | None = session.exec(_at(), params={"platform": platform, "team": team}).first()
    return found


@cache
def _at() -> Any:
    """Built once, for building it takes longer than asking it."""
    return (
        select(Install)
        .join(Workspace, col(Workspace.id) == Install.workspace_id)
        .where(Workspace.platform == bindparam("platform"), Workspace.external == bindparam("team"))
    )


def every_install(session: Session) -> list[Install]:
    """All there are, whosever they are: asked of everywhere when a key has changed."""
    return list(session.exec(select(Install).order_by(col(Install.id))))


def keep(session: Session, workspace_id: int, sealed: str, scopes: str, installed_by: str) -> None:
    """Keep what was given for a workspace, instead of what was given before."""
    values: dict[str, Any] = {
        "sealed": sealed, "scopes": scopes, "installed_at": session.at, "installed_by": installed_by,
    }  # fmt: skip
    found = install_of(session, workspace_id)
    if found is None:
        add(session, Install(workspace_id=workspace_id, **values))
    else:
        change(session, found, **values)


def seal_anew(session: Session, install: Install, sealed: str) -> None:
    """Keep the same under another key."""
    change(session, install, sealed=sealed)


def forget(session: Session, workspace_id: int) -> None:
    """Keep nothing of what was given for a workspace."""
    found = install_of(session, workspace_id)
    if found is not None:
        remove(session, found)
