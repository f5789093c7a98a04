"""Bringing: a file is uploaded to Slack, which nobody sees, and then shown in a place."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.request import Request, urlopen

from slack_sdk.web import WebClient

from bot.platform import Load, OutcomeUnknown, SendError
from bot.slack.calling import Refused, Slow, Unclear, Unheard, as_send_error, calling

NO_SCOPE = (
    "Slack does not let Commsbot give files here yet: it was installed before it could. A coordinator has it"
    " installed anew, with the permission files:write (docs/slack.md, “Upgrading”)."
)
GONE = {"file_not_found", "file_update_failed", "file_deleted"}
"""Slack has not kept what was uploaded; it can be uploaded again."""


def upload(client: WebClient, load: Load) -> str:
    """What Slack calls the file, which is private till it is shown."""
    told = client.files_getUploadURLExternal(filename=load.name or "File", length=len(load.content))
    url = str(told["upload_url"])
    if not url.startswith(("https://", "http://")):
        raise ValueError(url)
    with urlopen(Request(url, load.content, method="POST"), timeout=client.timeout) as answer:  # noqa: S310
        answer.read()
    return str(told["file_id"])


@contextmanager
def bringing() -> Iterator[None]:
    """Nobody sees anything of it, so that whatever went wrong, it can be done again. Raises SendError."""
    try:
        with _giving():
            yield
    except Unclear as error:
        raise SendError(f"Slack did not take the file ({error})") from None


@contextmanager
def showing() -> Iterator[None]:
    """Raises SendError or OutcomeUnknown."""
    try:
        with _giving():
            yield
    except Unclear as error:
        raise OutcomeUnknown(f"Slack did not say whether the file was posted ({error})") from None


@contextmanager
def _giving() -> Iterator[None]:
    """Raises SendError or Unclear. An app that was installed before there were files may do all else, and is
    not stopped.
    """
    try:
        with calling():
            yield
    except Refused as error:
        if error.code == "missing_scope":
            raise SendError(NO_SCOPE, permanent=True) from None
        if error.code in GONE:
            raise SendError(f"Slack did not keep the file ({error.code})") from None
        raise as_send_error(error.code) from None
    except Slow as error:
        raise SendError("Slack asks for a pause", retry_after=error.seconds) from None
    except Unheard:
        raise SendError("Slack cannot be reached") from None
