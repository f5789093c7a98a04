"""The exchange: the code that somebody brings back from Slack, for the token of their workspace."""

import http.client
import logging
import re
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import quote, urlsplit

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.oauth import AuthorizeUrlGenerator
from slack_sdk.oauth.installation_store import Installation

log = logging.getLogger(__name__)
SECONDS = 10
USED_UP = {"invalid_code", "code_already_used", "code_expired"}
OUR_FAULT = {
    "invalid_client_id",
    "bad_client_secret",
    "bad_redirect_uri",
    "invalid_redirect_uri",
    "invalid_app_id",
}
NO_ANSWER = (SlackClientError, OSError, http.client.HTTPException, ValueError, LookupError, AttributeError)
"""What the SDK lets through where Slack is out of reach, or where what answers is not Slack."""


class NotLetIn(Exception):
    """Why the bot is not in the workspace now, by the name that its page has for it."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Offer:
    """The bot as it is offered to workspaces.

    scopes: what it asks to be allowed. url: where people reach its pages, such as
    "https://comms.example.org". api: where Slack's methods are, with a slash at the end.
    """

    client_id: str
    client_secret: str = field(repr=False)
    scopes: tuple[str, ...]
    url: str
    api: str = "https://slack.com/api/"

    @property
    def way_back(self) -> str:
        """Where Slack sends people back to; one of the addresses in the app's own settings there."""
        return f"{self.url.rstrip('/')}/slack/oauth_redirect"

    def asking(self, state: str) -> str:
        """The page of Slack's that asks somebody to let the bot in."""
        slack = urlsplit(self.api)
        return AuthorizeUrlGenerator(
            client_id=quote(self.client_id, safe=""),
            redirect_uri=quote(self.way_back, safe=""),
            scopes=self.scopes,
            authorization_url=f"{slack.scheme}://{slack.netloc}/oauth/v2/authorize",
        ).generate(quote(state, safe=""))


def exchange(offer: Offer, code: str, now: datetime) -> Installation:
    """The installation that a code stands for. Raises NotLetIn."""
    silent = logging.Logger("exchange", logging.CRITICAL + 1)  # the SDK's own would log code and token
    client = WebClient(base_url=offer.api, timeout=SECONDS, retry_handlers=[], logger=silent)
    try:
        answer = client.oauth_v2_access(
            client_id=offer.client_id,
            client_secret=offer.client_secret,
            code=code,
            redirect_uri=offer.way_back,
        )
    except SlackApiError as error:
        raise NotLetIn(_meaning(_text(error.response.data, "error"))) from None
    except NO_ANSWER as error:
        log.warning("Slack gave no token: %s", type(error).__name__)
        raise NotLetIn("out of reach") from None
    return _installation(answer.data, now)


def _meaning(error: str) -> str:
    """What an error of Slack's means here. What is no error of Slack's is not written to the log."""
    log.warning(
        "Slack gave no token: %s", error if re.fullmatch("[a-z_]{1,60}", error) else "no plain answer"
    )
    if error in USED_UP:
        return "used up"
    return "our fault" if error in OUR_FAULT else "out of reach"


def _installation(answer: object, now: datetime) -> Installation:
    """What Slack answered, as the SDK has it. Raises NotLetIn."""
    if isinstance(answer, dict) and answer.get("is_enterprise_install"):
        raise NotLetIn("whole organisation")
    token, team = _text(answer, "access_token"), _text(answer, "team", "id")
    bot, by = _text(answer, "bot_user_id"), _text(answer, "authed_user", "id")
    if not (token and team and bot and by):
        log.warning("Slack gave no token: its answer says less than it has to")
        raise NotLetIn("out of reach")
    return Installation(
        app_id=_text(answer, "app_id"),
        enterprise_id=_text(answer, "enterprise", "id") or None,
        enterprise_name=_text(answer, "enterprise", "name") or None,
        team_id=team,
        team_name=_text(answer, "team", "name"),
        bot_token=token,
        bot_user_id=bot,
        bot_scopes=_text(answer, "scope"),
        bot_refresh_token=_text(answer, "refresh_token") or None,
        bot_token_expires_in=_number(answer, "expires_in"),
        user_id=by,
        token_type=_text(answer, "token_type"),
        installed_at=now.timestamp(),
    )


def _number(answer: object, name: str) -> int | None:
    number = answer.get(name) if isinstance(answer, dict) else None
    return number if isinstance(number, int) else None


def _text(answer: object, *path: str) -> str:
    """What stands at the end of a path in an answer, "" if that is no text."""
    for name in path:
        answer = answer.get(name) if isinstance(answer, dict) else None
    return answer if isinstance(answer, str) else ""
