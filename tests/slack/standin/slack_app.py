"""The app as Slack's pages of settings would show it, and the clock by which the fake Slack lives."""

import time
from collections.abc import Callable
from dataclasses import dataclass

SCOPES = frozenset(
    {
        "app_mentions:read",
        "channels:history",
        "channels:join",
        "channels:read",
        "chat:write",
        "commands",
        "files:write",
        "groups:history",
        "groups:read",
        "im:history",
        "im:read",
        "im:write",
        "team:read",
        "users:read",
    }
)
"""What a workspace grants unless a test says otherwise."""


@dataclass(frozen=True)
class SlackApp:
    """One app, installed in each workspace. token: what old apps compared; new ones must not."""

    id: str = "A0COMMSBOT"
    client_id: str = "1111.2222"
    client_secret: str = "made-up-client-secret"  # noqa: S105 - there is nothing that it would open
    signing_secret: str = "made-up-signing-secret"  # noqa: S105 - likewise
    app_token: str = "xapp-1-A0COMMSBOT-1-made-up"  # noqa: S105 - likewise
    token: str = "made-up-verification-token"  # noqa: S105 - likewise


class MovableClock:
    """The time of day, and what a test has added to it."""

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        self._now, self._ahead = now, 0.0

    def now(self) -> float:
        return self._now() + self._ahead

    def forward(self, seconds: float) -> None:
        self._ahead += seconds
