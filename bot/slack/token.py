"""A token: whose bot it is, and in which workspace."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime

from slack_sdk.web import WebClient

from bot.slack.calling import PATIENCE, STOPS, Refused, Slow, Unclear, Unheard, calling


class NotOurs(Exception):
    """Why a token is of no use, and the way out."""


@dataclass(frozen=True)
class Token:
    """What Slack says of a bot's token. scopes: what it may do. at: Slack's time, where it tells it."""

    team: str
    name: str
    bot: str
    scopes: frozenset[str]
    at: datetime | None = None


def look_up(secret: str, api: str) -> Token:
    """Raises NotOurs."""
    client = WebClient(token=secret, base_url=api, timeout=PATIENCE, retry_handlers=[])
    try:
        with calling():
            found = client.auth_test()
    except Refused as error:
        why = STOPS.get(error.code, f"Slack says “{error.code}”.")
        raise NotOurs(f"SLACK_BOT_TOKEN does not work: {why} docs/slack.md shows where to find it.") from None
    except (Slow, Unheard, Unclear) as error:
        raise NotOurs(
            f"Slack cannot be reached just now ({error}). Please start again in a minute."
        ) from None
    headers = {name.lower(): str(value) for name, value in dict(found.headers).items()}
    scopes = frozenset(filter(None, headers.get("x-oauth-scopes", "").replace(" ", "").split(",")))
    return Token(
        team=str(found["team_id"]),
        name=str(found.get("team") or ""),
        bot=str(found.get("user_id") or ""),
        scopes=scopes,
        at=_moment(headers.get("date", "")),
    )


def check_app_token(secret: str, api: str) -> None:
    """Raises NotOurs for an app-level token that Slack refuses, and Slow, Unheard or Unclear."""
    client = WebClient(base_url=api, timeout=PATIENCE, retry_handlers=[])
    try:
        with calling():
            client.apps_connections_open(app_token=secret)
    except Refused as error:
        raise NotOurs(
            f"SLACK_APP_TOKEN does not work: Slack says “{error.code}”. Make a new app-level token with the"
            " scope connections:write, and put it into .env; Socket Mode has to be switched on in the app's"
            " settings."
        ) from None


def _moment(date: str) -> datetime | None:
    with suppress(ValueError):
        return parsedate_to_datetime(date)
    return None
