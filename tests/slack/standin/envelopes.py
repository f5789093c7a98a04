"""What Slack says through a socket, and how long it waits for the bot."""

import uuid

from tests.slack.standin.payloads import Delivery
from tests.slack.standin.state import Json

PATIENCE = 5.0
"""Seconds to wait for a connection or an acknowledgement."""


class NoAnswer(Exception):
    """The bot cannot be reached, or has not answered in time."""


def hello(app_id: str, connections: int) -> Json:
    about = {"host": "applink-made-up", "build_number": 1, "approximate_connection_time": 18060}
    info = {"app_id": app_id}
    return {"type": "hello", "num_connections": connections, "debug_info": about, "connection_info": info}


def goodbye(reason: str) -> Json:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": "applink-made-up"}}


def envelope(delivery: Delivery, retry: int = 0, reason: str = "") -> Json:
    """retry: which repetition this is; only events are repeated, and say why."""
    made = {
        "envelope_id": str(uuid.uuid4()),
        "type": delivery.kind,
        "payload": delivery.payload,
        "accepts_response_payload": delivery.kind != "events_api",
    }
    if delivery.kind == "events_api":
        made |= {"retry_attempt": retry, "retry_reason": reason if retry else ""}
    return made
