"""Installs on Slack: which workspaces let the bot in, with the token for each, and what comes of both."""

import json
import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from slack_sdk.oauth.installation_store import Bot, Installation, InstallationStore

from bot import trouble
from bot.slack.seal import SETTING, CannotOpen, Seal
from bot.slack.wording import NAME as NAME
from commands.grammar.words import cleaned
from storage import installs, partnerships
from storage.db import Database, Session, add, change
from storage.events import record
from storage.partnerships import Workspace

TAKEN_OUT = "Commsbot was taken out of this workspace."


class OrganisationWide(Exception):
    """Commsbot is added to workspaces one by one, not to a whole organisation at once."""


class CannotUnseal(Exception):
    """A token is kept here, and none of the keys opens it."""

    def __init__(self, team: str) -> None:
        super().__init__(
            f"The token of the Slack workspace {team} is kept here, but no key in {SETTING} opens it. Put the"
            f" key that it was kept with back into {SETTING}, behind the others and a comma; if that key is"
            " lost, add Commsbot to that workspace again."
        )


class Installs(InstallationStore):
    """The SDK's store of installations, on our own table: one for each workspace, with the bot's token.

    Tokens of users are not kept, for nothing is done in anybody's name. What another process keeps or
    forgets holds here at once.
    """

    def __init__(self, db: Database, seal: Seal, now: Callable[[], datetime]) -> None:
        self._db, self._seal, self._now = db, seal, now
        self._opened: dict[str, tuple[str, dict[str, Any]]] = {}

    @property
    def logger(self) -> logging.Logger:
        return logging.getLogger(__name__)

    def token_of(self, team: str) -> str | None:
        """The bot's token in a workspace, None where it is not let in. Raises CannotUnseal."""
        values = self._values(team)
        return None if values is None else values["bot_token"]

    def save(self, installation: Installation) -> None:
        """Keep an installation, and settle its workspace in. Raises OrganisationWide."""
        team, by = installation.team_id, installation.user_id
        if not team or installation.is_enterprise_install:
            raise OrganisationWide
        users = {"user_token": None, "user_refresh_token": None, "user_token_expires_at": None}
        values = installation.to_dict_for_copying() | users
        sealed = self._seal.close(json.dumps(values, default=datetime.isoformat))
        scopes, now = ",".join(installation.bot_scopes or ()), self._now()
        with_name, bot = installation.team_name or "", installation.bot_user_id or ""
        workspace = _found(self._db, team, with_name, now, by)
        with self._db.writing(workspace.partnership_id, at=now, via=NAME) as session:
            _bring_up_to_date(session, workspace.id, with_name, bot, by)
            installs.keep(session, workspace.id, sealed, scopes, by)
        self._opened.pop(team, None)

    def find_installation(
        self,
        *,
        enterprise_id: str | None,  # noqa: ARG002 (the interface has it)
        team_id: str | None,
        user_id: str | None = None,
        is_enterprise_install: bool | None = False,
    ) -> Installation | None:
        """A workspace's installation, if there is one, and if this user made it where one is named."""
        values = None if is_enterprise_install or not team_id else self._values(team_id)
        if values is None or user_id not in (None, values["user_id"]):
            return None
        return Installation(**values)

    def find_bot(
        self, *, enterprise_id: str | None, team_id: str | None, is_enterprise_install: bool | None = False
    ) -> Bot | None:
        found = self.find_installation(
            enterprise_id=enterprise_id, team_id=team_id, is_enterprise_install=is_enterprise_install
        )
        return None if found is None else found.to_bot()

    def delete_bot(
        self,
        *,
        enterprise_id: str | None,  # noqa: ARG002 (likewise)
        team_id: str | None,
    ) -> None:
        """The bot can post nothing without its token, so its workspace is stopped too."""
        if team_id:
            uninstalled(self._db, team_id, self._now())
            self._opened.pop(team_id, None)

    def delete_installation(
        self, *, enterprise_id: str | None, team_id: str | None, user_id: str | None = None
    ) -> None:
        """Of one user there is nothing to delete."""
        if user_id is None:
            self.delete_bot(enterprise_id=enterprise_id, team_id=team_id)

    def delete_all(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        self.delete_bot(enterprise_id=enterprise_id, team_id=team_id)

    def seal_anew(self) -> None:
        """Put everything under the first key, so that those behind it can be taken away; what no key opens
        stays as it is.
        """
        with self._db.everywhere() as session:
            found = installs.every_install(session)
        for install in (each for each in found if not self._seal.is_newest(each.sealed)):
            with self._db.writing(install.partnership_id, at=self._now(), via=NAME) as session:
                self._seal_anew(session, install.workspace_id)

    def _seal_anew(self, session: Session, workspace_id: int) -> None:
        now = installs.install_of(session, workspace_id)  # another process may have kept a new one
        if now is not None:
            try:
                opened = self._seal.open(now.sealed)
            except CannotOpen:
                return
            installs.seal_anew(session, now, self._seal.close(opened))

    def _values(self, team: str) -> dict[str, Any] | None:
        """What is kept of a workspace; it is opened once, and is good for as long as the same is kept."""
        with self._db.everywhere() as session:
            install = installs.install_at(session, NAME, team)
        if install is None:
            self._opened.pop(team, None)
            return None
        sealed, values = self._opened.get(team, ("", {}))
        if sealed != install.sealed:
            values = self._open(team, install.sealed)
            self._opened[team] = (install.sealed, values)
        return values

    def _open(self, team: str, sealed: str) -> dict[str, Any]:
        try:
            values: dict[str, Any] = json.loads(self._seal.open(sealed))
        except CannotOpen:
            raise CannotUnseal(team) from None
        return values


# --- workspaces that come and go ---------------------------------------------------------------------


def settle_in(
    db: Database, team: str, name: str, bot: str, now: datetime, installed_by: str = ""
) -> Workspace:
    """The workspace with this team id. A new one founds a partnership of its own, called as the team is;
    one that was stopped is started again.

    bot: the user that the bot is there. installed_by: the user who let it in.
    """
    found = _found(db, team, name, now, installed_by)
    with db.writing(found.partnership_id, at=now, via=NAME) as session:
        return _bring_up_to_date(session, found.id, name, bot, installed_by)


def uninstalled(db: Database, team: str, now: datetime) -> None:
    """The bot was taken out of a workspace: its token is forgotten, nothing more is posted there, and the
    plan stays.
    """
    with db.everywhere() as session:
        workspace = partnerships.workspace(session, NAME, team)
    if workspace is not None:
        with db.writing(workspace.partnership_id, at=now, via=NAME) as session:
            installs.forget(session, workspace.id)
            trouble.stop(session, workspace, TAKEN_OUT)


def _found(db: Database, team: str, name: str, now: datetime, by: str) -> Workspace:
    """The workspace with this team id, founded if there is none."""
    with db.everywhere() as session:
        known = partnerships.workspace(session, NAME, team)
    if known is not None:
        return known
    with db.writing(0, at=now, via=NAME) as session:
        made = partnerships.workspace(session, NAME, team)  # by another that settled it in meanwhile
        if made is not None:
            return made
        partnerships.found(session, cleaned(name).strip() or team, now)
        workspace = add(session, Workspace(platform=NAME, external=team))
        record(session, "founded", "partnership", note=by)
        return workspace


def _bring_up_to_date(session: Session, workspace_id: int, name: str, bot: str, by: str) -> Workspace:
    workspace = partnerships.workspace_by_id(session, workspace_id)
    what = "settled in" if workspace.stopped_at is None else "started"
    change(session, workspace, name=cleaned(name).strip() or workspace.name, bot=bot or workspace.bot)
    partnerships.start(session, workspace)
    if session.changes:
        record(session, what, f"workspace {workspace.id}", note=by)
    return workspace
