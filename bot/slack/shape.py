"""Shape: whether what was sent is built as what Slack sends, before anything is looked up in it."""

import re
from collections.abc import Mapping

from commands.grammar.words import cleaned

EITHER = ("team", "enterprise", "user_team")
OBJECTS = ("event", "view", "user", "channel", "container", "message", *EITHER)
TYPED = ("value",)
ID = re.compile(r"[A-Za-z0-9_]{0,64}")
IDS = ("id", "team_id", "user_id", "channel_id", "enterprise_id", "app_installed_team_id")
TEXTS = (
    *(*IDS, *TYPED, "type", "command", "callback_id", "trigger_id", "response_url", "event_id"),
    *("action_id", "block_id", "action_ts", "ts", "thread_ts", "message_ts"),
)
LISTS = ("authorizations", "actions", "response_urls")
DEEPEST = 3
"""Objects within each other, of which the names above are told apart; what lies deeper is a form's own."""


def misshapen(body: Mapping[str, object], depth: int = DEEPEST) -> str:
    """What is wrong with it, by the name of the first part that is; "" if nothing is."""
    for name, value in body.items():
        if value is not None and (wrong := _misshapen(name, value, depth)):
            return wrong
    return ""


def _misshapen(name: str, value: object, depth: int) -> str:
    if name in TEXTS and not _is_text(name, value):
        return f"{name} is no text"
    if name in LISTS:
        return _misshapen_list(name, value, depth)
    if name not in OBJECTS:
        return ""
    if isinstance(value, Mapping):
        if name == "view" and not isinstance(value.get("type"), str):
            return "a view of no type"
        return misshapen(value, depth - 1) if depth else ""
    return "" if (depth < DEEPEST or name in EITHER) and _is_text("id", value) else f"{name} is no object"


def _is_text(name: str, value: object) -> bool:
    """What nobody typed is looked up as it is, so it holds nothing that a database does not."""
    if not isinstance(value, str):
        return False
    if name in IDS:
        return bool(ID.fullmatch(value))
    return name in TYPED or cleaned(value) == value


def _misshapen_list(name: str, value: object, depth: int) -> str:
    if not isinstance(value, list) or not all(isinstance(each, Mapping) for each in value):
        return f"{name} is no list of objects"
    if name == "actions" and not (value and all(isinstance(each.get("action_id"), str) for each in value)):
        return "nothing that was pressed"
    return next(filter(None, (misshapen(each, depth - 1) for each in value if depth)), "")
