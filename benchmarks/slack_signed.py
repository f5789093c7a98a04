"""Requests as Slack signs them: what a person types, as the bytes that come over the wire."""

import hashlib
import hmac
from dataclasses import dataclass
from time import time
from urllib.parse import urlencode

SECRET = "a secret of the benchmark's own"  # noqa: S105 (it is one)
TEAM, USER, CHANNEL = "T1", "U1", "C1"
FIRST, TITLE = "key-000000", "Refresh the newsletter, {}"


@dataclass(frozen=True)
class Signed:
    """A request's body, and the headers that prove it."""

    raw: bytes
    headers: dict[str, str]

    def wire(self, host: str) -> bytes:
        """All of it, for a connection that is kept."""
        named = {"host": host, "content-length": str(len(self.raw)), **self.headers}
        lines = "".join(f"{name}: {value}\r\n" for name, value in named.items())
        return f"POST /slack/events HTTP/1.1\r\n{lines}\r\n".encode() + self.raw


def adding(number: int) -> Signed:
    """`/action add`; all of them are equally long, and no two have the same key."""
    key = f"key-{number:06}"
    return signed(f"add {TITLE.format(key)} due: end of June", key)


def signed(text: str, key: str) -> Signed:
    """`/action` with this text."""
    form = {
        "token": "none",
        "team_id": TEAM,
        "team_domain": "fell-and-bay",
        "channel_id": CHANNEL,
        "channel_name": "comms",
        "user_id": USER,
        "user_name": "sam",
        "command": "/action",
        "text": text,
        "api_app_id": "A1",
        "is_enterprise_install": "false",
        "response_url": "https://hooks.slack.com/commands/T1/1/none",
        "trigger_id": key,
    }
    raw, stamp = urlencode(form).encode(), str(int(time()))
    proof = hmac.new(SECRET.encode(), b"v0:" + stamp.encode() + b":" + raw, hashlib.sha256).hexdigest()
    headers = {
        "content-type": "application/x-www-form-urlencoded",
        "user-agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
        "x-slack-request-timestamp": stamp,
        "x-slack-signature": f"v0={proof}",
    }
    return Signed(raw, headers)
