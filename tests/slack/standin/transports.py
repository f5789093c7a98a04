"""How what people do reaches the bot: by a signed HTTP request, or as an envelope through an open socket."""

import hashlib
import hmac
import http.client
import json
import time
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urlencode, urlsplit

from tests.slack.standin.envelopes import PATIENCE, NoAnswer, envelope
from tests.slack.standin.payloads import Delivery
from tests.slack.standin.sockets import Connection, Sockets
from tests.slack.standin.state import Json


@dataclass(frozen=True)
class How:
    """How a delivery differs from the usual one.

    secret, timestamp: to sign by something else than the app's secret and the time. raw: another body; it is
    signed as it is. headers: more, or others. retry: which repetition this is, and `reason` why. connection:
    the socket to use. patience: seconds to wait for the answer.
    """

    secret: str | None = None
    timestamp: str | None = None
    raw: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)
    retry: int = 0
    reason: str = "http_timeout"
    connection: Connection | None = None
    patience: float = PATIENCE


@dataclass(frozen=True)
class Sent:
    """What went out: through HTTP headers and a body, through a socket the envelope as the body."""

    delivery: Delivery
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Answer:
    """What the bot said. A socket's acknowledgement has the status 200 and its payload as the body."""

    status: int
    headers: dict[str, str]
    body: bytes
    sent: Sent

    @property
    def json(self) -> Json:
        """The body read as JSON; text is read as `{"text": …}`, nothing as {}."""
        if not self.body:
            return {}
        if "json" not in self.headers.get("content-type", ""):
            return {"text": self.body.decode()}
        found: Json = json.loads(self.body)
        return found


class Transport(Protocol):
    """A way to the bot."""

    def send(self, delivery: Delivery, how: How) -> Answer:
        """Bring it and wait for the answer; NoAnswer if there is none in time."""

    def again(self, sent: Sent, how: How) -> Answer:
        """Bring exactly the same once more."""


@dataclass(frozen=True)
class OverHttp:
    """url: where the bot listens, with the path."""

    url: str
    secret: str

    def send(self, delivery: Delivery, how: How = How()) -> Answer:
        body = _body(delivery) if how.raw is None else how.raw
        stamp = str(int(time.time())) if how.timestamp is None else how.timestamp
        secret = self.secret if how.secret is None else how.secret
        is_event = delivery.kind == "events_api"
        headers = {
            "content-type": "application/json" if is_event else "application/x-www-form-urlencoded",
            "user-agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "x-slack-request-timestamp": stamp,
            "x-slack-signature": signature(secret, stamp, body),
        }
        if how.retry:
            headers |= {"x-slack-retry-num": str(how.retry), "x-slack-retry-reason": how.reason}
        return self.again(Sent(delivery, headers | how.headers, body), how)

    def again(self, sent: Sent, how: How = How()) -> Answer:
        place = urlsplit(self.url)
        connection = http.client.HTTPConnection(str(place.hostname), place.port, timeout=how.patience)
        try:
            connection.request("POST", place.path, sent.body, sent.headers)
            came = connection.getresponse()
            headers = {name.lower(): value for name, value in came.getheaders()}
            return Answer(came.status, headers, came.read(), sent)
        except (OSError, http.client.HTTPException) as error:
            raise NoAnswer(type(error).__name__) from error
        finally:
            connection.close()


@dataclass(frozen=True)
class OverSockets:
    """Through whichever socket's turn it is."""

    sockets: Sockets

    def send(self, delivery: Delivery, how: How = How()) -> Answer:
        told = envelope(delivery, how.retry, how.reason)
        return self.again(Sent(delivery, {}, json.dumps(told).encode()), how)

    def again(self, sent: Sent, how: How = How()) -> Answer:
        payload = self.sockets.send(json.loads(sent.body), how.connection, how.patience)
        body = json.dumps(payload).encode() if payload else b""
        return Answer(200, {"content-type": "application/json"}, body, sent)


def signature(secret: str, timestamp: str, body: bytes) -> str:
    base = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


def _body(delivery: Delivery) -> bytes:
    match delivery.kind:
        case "events_api":
            return json.dumps(delivery.payload).encode()
        case "interactive":
            return urlencode({"payload": json.dumps(delivery.payload)}).encode()
        case "slash_commands":
            return urlencode(delivery.payload).encode()
