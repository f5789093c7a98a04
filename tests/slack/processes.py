"""Processes: `commsbot run` as people start it, on the stand-in, to be told to stop or killed."""

import os
import selectors
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

import httpx

from bot.clock import Clock
from storage import partnerships
from storage.db import Database
from tests.slack.standin import Channel, Slack, User, Workspace

ROOT = Path(__file__).parents[2]
PATIENCE = 20.0
LAUNCHER = "import sys; sys.path.insert(0, sys.argv.pop(1)); from bot.__main__ import main; sys.exit(main())"
"""The programme, run in an empty folder, where no .env is found."""


@dataclass
class Process:
    """One bot that serves HTTP. url: where it hears."""

    popen: subprocess.Popen[str]
    url: str

    @property
    def id(self) -> int:
        return self.popen.pid

    def get(self, path: str) -> httpx.Response:
        return httpx.get(f"{self.url.removesuffix('/slack/events')}{path}", timeout=5, trust_env=False)

    def stop(self) -> None:
        self.popen.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.popen.send_signal(signal.SIGKILL)
        self.end()

    def end(self) -> tuple[int, float]:
        """Wait for its end; its exit status, and how many seconds that took."""
        since = monotonic()
        status = self.popen.wait(PATIENCE)
        for stream in (self.popen.stdout, self.popen.stderr):
            assert stream is not None
            stream.close()
        return status, monotonic() - since


def begin(slack: Slack, team: Workspace, db_url: str, folder: Path, **more: str) -> Process:
    """Start it, and wait until it is ready. more: settings that it is told besides."""
    port = _free_port()
    told = {
        "SLACK_BOT_TOKEN": team.bot_token,
        "SLACK_SIGNING_SECRET": slack.app.signing_secret,
        "SLACK_API_URL": slack.api_url,
        "DATABASE_URL": db_url,
        "PORT": str(port),
        "LOG_FILE": str(folder / f"{port}.log"),
        "PATH": os.environ["PATH"],
        "NO_PROXY": "*",
    } | more
    popen = subprocess.Popen(
        [sys.executable, "-c", LAUNCHER, str(ROOT), "run"],
        cwd=folder,
        env=told,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert popen.stdout is not None
    with selectors.DefaultSelector() as waiting:
        waiting.register(popen.stdout, selectors.EVENT_READ)
        assert waiting.select(PATIENCE), "the bot says nothing"
    assert "is running" in popen.stdout.readline()
    return Process(popen, f"http://127.0.0.1:{port}/slack/events")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as door:
        return int(door.getsockname()[1])


@dataclass
class Scenery:
    """A workspace with two people and a channel, and the database that bots share; time is the real one."""

    slack: Slack
    team: Workspace
    priya: User
    sam: User
    comms: Channel
    url: str
    db: Database
    folder: Path
    clock: Clock

    def begin(self, **more: str) -> Process:
        return begin(self.slack, self.team, self.url, self.folder, **more)

    def slash(self, to: Process, text: str, channel: Channel | None = None, user: User | None = None) -> Any:
        self.slack.bot_url = to.url
        return self.slack.slash(self.team, user or self.priya, channel or self.comms, "/comms", text)

    def partnership(self) -> int:
        with self.db.everywhere() as session:
            workspace = partnerships.workspace(session, "slack", self.team.id)
        assert workspace is not None
        return workspace.partnership_id


def scenery(slack: Slack, url: str, folder: Path) -> Scenery:
    team = slack.workspace("Fell and Bay")
    priya, sam = slack.user(team, "Priya Shah"), slack.user(team, "Sam Okafor")
    comms = slack.channel(team, "comms", priya, sam)
    return Scenery(slack, team, priya, sam, comms, url, Database(url), folder, Clock(None))
