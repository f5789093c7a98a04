"""Teams: the Slack workspaces in which the bot is let in, each with its token and the bot's user there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.slack.installs import uninstalled
from bot.slack.wording import NAME
from storage import installs, partnerships
from storage.db import Database


class Store(Protocol):
    """Where the tokens of workspaces are kept that let the bot in by themselves."""

    def token_of(self, team: str) -> str | None: ...


@dataclass(frozen=True)
class Teams:
    """own: tokens that the settings give, by team. store: those of installations."""

    db: Database
    own: Mapping[str, str] = field(default_factory=dict, repr=False)
    store: Store | None = None

    def token_of(self, team: str) -> str | None:
        return self.own.get(team) or (self.store.token_of(team) if self.store else None)

    def bot_of(self, team: str) -> str:
        """The bot's user in a workspace, "" where it is not known."""
        with self.db.everywhere() as session:
            workspace = partnerships.workspace(session, NAME, team)
            return workspace.bot if workspace else ""

    def gone(self, team: str, at: datetime, now: datetime) -> None:
        """The bot was taken out of a workspace: the plan stays, and nothing is posted there.

        at: when that was; a workspace that has added it again since then is not meant.
        """
        with self.db.everywhere() as session:
            install = installs.install_at(session, NAME, team)
        if install is not None and at < install.installed_at.replace(microsecond=0):
            return
        uninstalled(self.db, team, now)
