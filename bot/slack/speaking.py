"""Speaking: posts in Slack, each with its key, at the pace that Slack takes."""

import threading
from collections.abc import Callable
from datetime import datetime
from time import monotonic
from typing import Any

from slack_sdk.web import WebClient

from bot.platform import CannotLook, Load, OutcomeUnknown, Place, SendError
from bot.slack.bringing import bringing, showing, upload
from bot.slack.calling import (
    STOPS,
    Clients,
    Refused,
    Slow,
    Unclear,
    Unheard,
    as_send_error,
    calling,
    sending,
)
from bot.slack.drawing import Drawing
from bot.slack.payload import file_ids, key_of
from bot.slack.wording import NAME
from messages.message import Message

EVENT = "commsbot_post"
"""The kind of metadata in which a post's key is kept."""
A_PAGE = 200
LONGEST_PAUSE = 900.0
SLACK_CLOCK = 30
"""Seconds by which Slack's clock may be behind ours."""


class Pace:
    """When each place may next be written to: after a second, or after as long as Slack asked for."""

    def __init__(self, every: float = 1.0, clock: Callable[[], float] = monotonic) -> None:
        """every: seconds."""
        self._every, self._clock = every, clock
        self._free_at: dict[tuple[str, str], float] = {}
        self._lock = threading.Lock()

    def is_free(self, place: Place) -> bool:
        return self._free_at.get((place.team, place.id), 0) <= self._clock()

    def note(self, place: Place, pause: float = 0) -> None:
        """A place was written to, or asked for a pause of so many seconds."""
        with self._lock:
            now = self._clock()
            self._free_at = {key: at for key, at in self._free_at.items() if at > now}
            self._free_at[place.team, place.id] = now + max(self._every, min(pause, LONGEST_PAUSE))


class Slack:
    """Slack as a platform. A reference is "C9:1720000000.000100": the channel, and the message's time."""

    name = NAME

    def __init__(self, clients: Clients, pace: Pace, drawing: Drawing) -> None:
        self._clients, self._pace, self._drawing = clients, pace, drawing
        self._chats: dict[tuple[str, str], str] = {}

    def is_ready(self, place: Place) -> bool:
        return self._pace.is_free(place)

    def send(self, place: Place, message: Message, key: str) -> str:
        client = self._clients.of(place.team)
        payload = self._drawing.message(message, place.users)
        metadata = {"event_type": EVENT, "event_payload": {"key": key}}
        with self._paced(place), sending():
            channel = self._channel(client, place)
            done = client.chat_postMessage(
                channel=channel,
                text=payload.text,
                blocks=payload.blocks,
                thread_ts=place.thread or None,
                metadata=metadata,
                unfurl_links=False,
                unfurl_media=False,
            )
            return f"{done['channel']}:{done['ts']}"

    def edit(self, place: Place, reference: str, message: Message) -> None:
        channel, _, ts = reference.partition(":")
        payload = self._drawing.message(message, place.users)
        client = self._clients.of(place.team)
        with self._paced(place), sending():
            client.chat_update(channel=channel, ts=ts, text=payload.text, blocks=payload.blocks)

    def _paced(self, place: Place) -> "_Paced":
        return _Paced(self._pace, place)

    def find(self, place: Place, key: str, since: datetime) -> str | None:
        return self._found(place, lambda said: key_of(said) == key, since)

    def bring(self, place: Place, load: Load) -> str:
        with self._paced(place), bringing():
            return upload(self._clients.of(place.team), load)

    def show(self, place: Place, brought: str, load: Load) -> None:
        client = self._clients.of(place.team)
        with self._paced(place):
            with sending():
                channel = self._channel(client, place)
            with showing():
                client.files_completeUploadExternal(
                    files=[{"id": brought, "title": load.name}],
                    channel_id=channel,
                    thread_ts=place.thread or None,
                )

    def is_shown(self, place: Place, brought: str, since: datetime) -> bool:
        return self._found(place, lambda said: brought in file_ids(said), since) is not None

    def _found(self, place: Place, is_it: Callable[[Any], bool], since: datetime) -> str | None:
        client = self._clients.of(place.team)
        try:
            with calling():
                channel = self._channel(client, place)
                return _found(client, channel, place.thread, is_it, since.timestamp() - SLACK_CLOCK)
        except Refused as error:
            if error.code in STOPS and error.code != "missing_scope":  # which may be history's alone
                raise as_send_error(error.code) from None
            raise CannotLook from None
        except Slow as error:
            raise SendError("Slack asks for a pause", retry_after=error.seconds) from None
        except (Unheard, Unclear) as error:
            raise OutcomeUnknown(f"Slack cannot be asked just now ({error})") from None

    def _channel(self, client: WebClient, place: Place) -> str:
        """The channel itself, or the one of direct messages with a person."""
        if place.id[:1] not in "UW":
            return place.id
        chat = self._chats.get((place.team, place.id))
        if chat is None:
            chat = str(client.conversations_open(users=place.id)["channel"]["id"])
            self._chats[place.team, place.id] = chat
        return chat


class _Paced:
    """Notes that a place was written to, whatever came of it."""

    def __init__(self, pace: Pace, place: Place) -> None:
        self._pace, self._place = pace, place

    def __enter__(self) -> None:
        pass

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        self._pace.note(self._place, error.retry_after if isinstance(error, SendError) else 0)


def _found(
    client: WebClient, channel: str, thread: str, is_it: Callable[[Any], bool], oldest: float
) -> str | None:
    """Look through what was posted since then, a page at a time, for one post."""
    cursor = ""
    while True:
        asked = {"channel": channel, "oldest": f"{oldest:.6f}", "limit": A_PAGE, "cursor": cursor}
        page = _page(client, thread, asked)
        for said in page.get("messages") or []:
            if is_it(said):
                return f"{channel}:{said['ts']}"
        cursor = str((page.get("response_metadata") or {}).get("next_cursor") or "")
        if not cursor:
            return None


def _page(client: WebClient, thread: str, asked: dict[str, Any]) -> Any:
    if thread:
        return client.conversations_replies(ts=thread, include_all_metadata=True, **asked)
    return client.conversations_history(include_all_metadata=True, **asked)
