"""A workspace with a person and a channel in it, and its bot's client."""

from dataclasses import dataclass
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.slack.standin import Channel, Slack, User, Workspace


@dataclass
class Scene:
    """team: a workspace; sam is in it and in its channel, comms."""

    slack: Slack
    team: Workspace
    sam: User
    comms: Channel

    def client(self, token: str = "", timeout: int = 5) -> WebClient:
        return WebClient(
            token or self.team.bot_token, base_url=self.slack.api_url, retry_handlers=[], timeout=timeout
        )

    def post(self, text: str = "Hello", **more: Any) -> str:
        """The ts of what was posted to comms."""
        return str(self.client().chat_postMessage(channel=self.comms.id, text=text, **more)["ts"])

    def error(self, method: str, token: str = "", **arguments: Any) -> str:
        """The error that a call is refused with."""
        with pytest.raises(SlackApiError) as refused:
            self.client(token).api_call(method, json=arguments)
        return str(refused.value.response["error"])
