"""Many workspaces: each adds the app by itself, on the bot's own pages, and then shares its plan or not."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx
from cryptography.fernet import Fernet
from pydantic import SecretStr

from bot.clock import Clock
from bot.run import Running, serving
from bot.settings import Settings
from bot.slack.sockets import Pulse
from bot.slack.speaking import Pace
from storage.db import Database
from tests.conversation import at
from tests.slack.living import deliver
from tests.slack.standin import Channel, Post, Slack, User, Workspace
from tests.slack.standin.state import Json

KEY = Fernet.generate_key().decode()


@dataclass
class Team:
    """A workspace with one person in it, and a channel that the bot is in."""

    slack: Slack
    running: Running
    clock: Clock
    team: Workspace
    user: User
    channel: Channel

    def add(self) -> httpx.Response:
        """Add the app, as its first person does in a browser."""
        with httpx.Client(follow_redirects=False) as browser:
            asked = browser.get(f"http://127.0.0.1:{self.running.port}/slack/install/go")
            agreed = browser.get(f"{asked.headers['location']}&team={self.team.id}")
            return browser.get(agreed.headers["location"])

    def say(self, text: str) -> Json:
        """The answer to a slash command of that person."""
        return self.slack.slash(self.team, self.user, self.channel, "/comms", text).json

    def words(self, text: str) -> str:
        return str(self.say(text)["blocks"])

    def posts(self, later: timedelta = timedelta(0)) -> list[Post]:
        """What stands in the channel for all to see, once all that is due has been delivered."""
        deliver(self.running, self.clock.now() + later)
        return [post for post in self.slack.posts(self.channel) if post.bot_id and not post.ephemeral_to]

    def direct(self) -> list[Post]:
        deliver(self.running, self.clock.now())
        return [p for p in self.slack.posts(self.slack.state.direct(self.team, self.user.id)) if p.bot_id]


@contextmanager
def many(db: Database, slack: Slack, **more: Any) -> Iterator[Running]:
    """The bot, to which any workspace can be added."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        told = {
            "slack_client_id": slack.app.client_id,
            "slack_client_secret": SecretStr(slack.app.client_secret),
            "slack_signing_secret": SecretStr(slack.app.signing_secret),
            "slack_token_keys": SecretStr(KEY),
            "slack_api_url": slack.api_url,
            "public_url": f"http://127.0.0.1:{door.getsockname()[1]}",
        } | more
        clock = Clock(at("2020-06-01 10:00"))
        with serving(Settings.model_validate(told), db, clock, door, Pace(0), Pulse()) as running:
            slack.bot_url = f"http://127.0.0.1:{running.port}/slack/events"
            yield running
            slack.bot_url = ""


def team(slack: Slack, running: Running, name: str, person: str) -> Team:
    made = slack.workspace(name)
    user = slack.user(made, person)
    clock = Clock(at("2020-06-01 10:00"))
    return Team(slack, running, clock, made, user, slack.channel(made, "comms", user))


def pair(slack: Slack, running: Running) -> tuple[Team, Team]:
    """Two workspaces that have added the app, each with a plan of its own."""
    found = team(slack, running, "Fell and Bay", "Priya Shah"), team(slack, running, "Quay", "Kit Ash")
    assert [each.add().status_code for each in found] == [200, 200]
    return found
