"""Calling: Slack's Web API, one attempt at a time, and what its errors mean for us."""

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPException
from urllib.error import URLError

from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web import WebClient

from bot.platform import OutcomeUnknown, SendError

API = "https://slack.com/api/"
PATIENCE = 10
"""Seconds that a call may take; the outbox's grace is longer, so that no call is in flight after it."""
AT_ONCE = 2
"""Seconds for a call on which a person waits, who is to have an answer within three."""

CODE = re.compile(r"[a-z0-9_]+")
"""An error of Slack's; where the answer is a page of somebody else's, the SDK puts that in its place."""
QUIET = logging.Logger("slack_sdk", logging.CRITICAL)
"""For the SDK, which logs answers it cannot read, and with them what was posted."""
THERE = "Invite me: type /invite @Commsbot there."
PERMANENT = {
    "not_in_channel": f"I am not in that channel. {THERE}",
    "channel_not_found": f"I cannot see that channel: it is private, or it is gone. {THERE}",
    "is_archived": "The channel is archived. Bring it back in Slack, or give the organisation another one.",
    "restricted_action": "Slack lets only some people post in that channel. A workspace admin can change it.",
    "restricted_action_read_only_channel": "The channel is read-only. A workspace admin can change it.",
    "messages_tab_disabled": "Direct messages with the bot are switched off in its settings (App Home).",
    "msg_too_long": "It is too long for Slack.",
    "msg_blocks_too_long": "It is too long for Slack.",
    "invalid_blocks": "Slack does not take it as it is written. Please tell whoever looks after Commsbot.",
    "user_disabled": "That person's Slack account is deactivated.",
    "user_not_found": "Slack knows no such person any more.",
    "cannot_dm_bot": "It is for a bot, which reads no messages.",
    "file_uploads_disabled": "Slack takes no files in that workspace. A workspace admin can change it.",
    "file_uploads_except_images_disabled": "That workspace takes only pictures. An admin can change it.",
    "storage_limit_reached": "That workspace has no room left for files. A workspace admin can make some.",
    "message_not_found": "The message that it changes was deleted.",
    "cant_update_message": "The message that it changes is not mine any more.",
}
STOPS = {
    "token_revoked": "Slack no longer takes the bot's token: it was revoked. Install Commsbot there again.",
    "token_expired": "The bot's token has expired. Install Commsbot there again.",
    "invalid_auth": "Slack does not know the bot's token. Put the right one in, or install Commsbot again.",
    "not_authed": "The bot has no token for this workspace. Install Commsbot there.",
    "account_inactive": "The bot's account was switched off. Install Commsbot there again.",
    "missing_scope": "Slack does not let the bot do something it has to. Run commsbot doctor to see what.",
    "team_access_not_granted": "The bot is no longer let into this workspace. Install Commsbot there again.",
}
UNSURE = {
    "fatal_error",
    "internal_error",
    "org_login_required",
    "request_timeout",
    "service_unavailable",
    "team_added_to_org",
}
"""Slack has failed, perhaps after it had done what it was asked."""


class Refused(Exception):
    """Slack's answer is a no, by its code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Slow(Exception):
    """Slack asks for a pause. `seconds`: how long, 0 if it does not say."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"{seconds:g} s")
        self.seconds = seconds


class Unheard(Exception):
    """The call never reached Slack."""


class Unclear(Exception):
    """Slack may or may not have done what it was asked."""


@contextmanager
def calling() -> Iterator[None]:
    """One call. Raises Refused, Slow, Unheard or Unclear."""
    try:
        yield
    except SlackApiError as error:
        raise _meant(error) from None  # the answer may hold what was posted, which is not for the log
    except URLError as error:
        never = isinstance(error.reason, ConnectionRefusedError) or _has_no_name(error.reason)
        raise (Unheard if never else Unclear)(type(error.reason).__name__) from None
    except (OSError, HTTPException, ValueError, SlackClientError) as error:
        raise Unclear(type(error).__name__) from None


def _has_no_name(reason: object) -> bool:
    return type(reason).__name__ == "gaierror"


def _meant(error: SlackApiError) -> Exception:
    status = getattr(error.response, "status_code", 200)
    data = getattr(error.response, "data", None)
    code = str(data.get("error") or "") if isinstance(data, dict) else ""
    if status == 429 or code in ("ratelimited", "rate_limited"):
        return Slow(_seconds(error))
    if status >= 500 or not CODE.fullmatch(code) or code in UNSURE:
        return Unclear(code if code in UNSURE else f"status {status}")
    return Refused(code)


def _seconds(error: SlackApiError) -> float:
    """How long to wait, from the header; 0 for none, or what is no number."""
    headers = {name.lower(): value for name, value in dict(error.response.headers).items()}
    value = headers.get("retry-after", "")
    text = str(value[0] if isinstance(value, list) and value else value)
    return float(text) if text.isascii() and text.isdigit() else 0


@contextmanager
def sending() -> Iterator[None]:
    """A call that posts. Raises SendError or OutcomeUnknown, as a Platform does."""
    try:
        with calling():
            yield
    except Refused as error:
        raise as_send_error(error.code) from None
    except Slow as error:
        raise SendError("Slack asks for a pause", retry_after=error.seconds) from None
    except Unheard:
        raise SendError("Slack cannot be reached") from None
    except Unclear as error:
        raise OutcomeUnknown(f"Slack did not say whether it was posted ({error})") from None


def as_send_error(code: str) -> SendError:
    if code in STOPS:
        return SendError(STOPS[code], stops=True)
    return SendError(PERMANENT.get(code, f"Slack says “{code}”."), permanent=True)


class Clients:
    """Slack's Web API as the bot of each workspace. token_of: a workspace's token, None if there is none."""

    def __init__(
        self, token_of: Callable[[str], str | None], api: str = API, patience: int = PATIENCE
    ) -> None:
        """patience: seconds that a call may take, where nobody waits for it."""
        self._token_of, self.api, self.patience = token_of, api, patience

    def of(self, team: str, patience: int | None = None) -> WebClient:
        """The SDK's own retries post twice when a connection breaks, so it has none."""
        token, timeout = self._token_of(team), patience or self.patience
        return WebClient(
            token=token or "none", base_url=self.api, timeout=timeout, retry_handlers=[], logger=QUIET
        )
