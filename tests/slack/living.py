"""Living in Slack: the whole bot serves the stand-in, by HTTP or through a socket, and people talk to it."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import SecretStr

from bot.clock import Clock
from bot.run import Running, serving
from bot.settings import Settings
from bot.slack.calling import PATIENCE
from bot.slack.sockets import Pulse
from bot.slack.speaking import Pace
from storage import outbox
from storage.db import Database
from tests.conversation import at
from tests.slack.standin import Channel, Post, Slack, User, Workspace

QUICK = Pulse(ping=1, silence=4, look=0.1)
"""A connection that is found dead within five seconds or so; after four pings the SDK has given it up too."""
STEADY = Pulse(ping=2, silence=8, look=0.1)
"""One that is not taken for dead because the machine is busy."""
WAYS = ("http", "socket")


@dataclass
class Life:
    """One workspace with the bot in it, on Monday 1 June 2020 at ten."""

    slack: Slack
    db: Database
    clock: Clock
    team: Workspace
    priya: User
    sam: User
    comms: Channel
    running: Running

    def slash(self, user: User, text: str, channel: Channel | None = None, command: str = "/comms") -> Any:
        return self.slack.slash(self.team, user, channel or self.comms, command, text)

    def private(self, user: User, channel: Channel | None = None) -> list[str]:
        """What only this person has seen in a channel."""
        found = self.slack.posts(channel or self.comms)
        return [post.text for post in found if post.ephemeral_to == user.id]

    def open(self, channel: Channel | None = None) -> list[Post]:
        """What the bot has said for all in a channel."""
        found = self.slack.posts(channel or self.comms)
        return [post for post in found if not post.ephemeral_to and post.bot_id]

    def direct(self, user: User) -> list[Post]:
        """What the bot has said to a person alone."""
        return [p for p in self.slack.posts(self.slack.state.direct(self.team, user.id)) if p.bot_id]


def deliver(running: Running, now: datetime) -> None:
    """Until all that can be delivered is, also by the threads that are at it."""
    app = running.wired.app
    for _ in range(2000):
        app.deliver(now)
        with app.db.everywhere() as session:
            if not outbox.pending(session, now + outbox.GRACE, most=1):
                return
    raise AssertionError("it does not come to an end")


@contextmanager
def living(db: Database, slack: Slack, way: str, **more: Any) -> Iterator[Life]:
    """way: one of WAYS. more: what `serve` takes besides, and other settings."""
    team = slack.workspace("Fell and Bay")
    priya, sam = slack.user(team, "Priya Shah"), slack.user(team, "Sam Okafor")
    comms = slack.channel(team, "comms", priya, sam)
    clock = Clock(at("2020-06-01 10:00"))
    with (
        socket.create_server(("127.0.0.1", 0)) as door,
        serve(slack, team, db, clock, door, way, **more) as r,
    ):
        yield Life(slack, db, clock, team, priya, sam, comms, r)


@contextmanager
def serve(
    slack: Slack,
    team: Workspace,
    db: Database,
    clock: Clock,
    door: socket.socket,
    way: str,
    *,
    every: float = 0,
    pulse: Pulse = STEADY,
    patience: int = PATIENCE,
    **more: Any,
) -> Iterator[Running]:
    """The bot, on this workspace's token. every: seconds between posts in one place, by the bot's clock."""
    told = {"slack_bot_token": SecretStr(team.bot_token), "slack_api_url": slack.api_url} | more
    if way == "http":
        told["slack_signing_secret"] = SecretStr(slack.app.signing_secret)
    else:
        told["slack_app_token"] = SecretStr(slack.app.app_token)
    pace = Pace(every, lambda: clock.now().timestamp())
    with serving(Settings.model_validate(told), db, clock, door, pace, pulse, patience) as running:
        if way == "http":
            slack.bot_url = f"http://127.0.0.1:{running.port}/slack/events"
        else:
            slack.sockets.wait_opened(1)
        yield running
        slack.bot_url = ""
