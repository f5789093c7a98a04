"""Hearing: what Slack sends, as a request of the bot's, and the way in which its answer goes back."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypeAlias

from bot.door import Heard
from bot.slack.payload import Payload, Unreadable, first, key_of, need, part, poster_of, team_of
from bot.slack.wording import NAME, command_in, typed
from messages.slack_forms import about_of

SLACKBOT = "USLACKBOT"
"""Slack's own user, who repeats what people have it remember."""
LAST_SECOND = 253_402_300_799
"""Of the year 9999."""
FROM_HOME = "home"
"""In what a modal brings back: it was opened from the home tab, which is to be shown anew after it."""


@dataclass(frozen=True)
class InReply:
    """The answer is in the acknowledgement; what does not fit goes to the address given."""

    url: str


@dataclass(frozen=True)
class ByUrl:
    """The answer goes to the address that came with the click; thread: in which it was pressed."""

    url: str
    thread: str = ""


@dataclass(frozen=True)
class InView:
    """A button in a view: the answer takes the modal's place, or opens one over the home tab."""

    view: str
    is_home: bool = False


@dataclass(frozen=True)
class OnSubmission:
    """A modal was sent: it shows the answer, or what is wrong at each field."""

    view: str


@dataclass(frozen=True)
class AsPost:
    """The answer is a post where it was asked; channel: Slack's id of that, direct messages too."""

    channel: str


Way: TypeAlias = InReply | ByUrl | InView | OnSubmission | AsPost


@dataclass(frozen=True)
class Asked:
    """A request, the way of its answer, and what opens a modal, once and within three seconds.

    about: what a modal has to bring back, so that its answers are heard where it was asked for.
    """

    heard: Heard
    way: Way
    trigger: str = ""
    about: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Chosen:
    """A shortcut was chosen for a message: `verb` is to be filled in with it.

    text, author, ts: of the message. channel: where it stands. url: where an answer goes.
    """

    heard: Heard
    verb: str
    trigger: str
    text: str
    author: str
    ts: str
    channel: str
    url: str


def read_command(body: Payload, commands: Mapping[str, str]) -> Asked:
    """A slash command. commands: as typed in Slack -> the beginning of the line that it stands for."""
    team, words = need(body, "team_id"), typed(str(body.get("text") or ""), need(body, "team_id"))
    name = need(body, "command")
    line = f"{commands.get(name, name)} {words}".strip()
    heard = Heard(
        key=need(body, "trigger_id"),
        platform=NAME,
        team=team,
        user=need(body, "user_id"),
        name=str(body.get("user_name") or ""),
        line=line or "/help",
        channel=_channel(need(body, "channel_id"), str(body.get("channel_name") or "")),
    )
    return Asked(heard, InReply(str(body.get("response_url") or "")), heard.key, _about(heard))


def read_click(body: Payload) -> Asked:
    """A button or a menu; its value is a line."""
    action = first(body, "actions")
    container, user = part(body, "container"), part(body, "user")
    channel = str(part(body, "channel").get("id") or container.get("channel_id") or "")
    ts, view = str(container.get("message_ts") or ""), part(body, "view")
    is_private = bool(container.get("is_ephemeral")) or not ts
    about = _metadata(view) if view else {}
    heard = Heard(
        key=need(body, "trigger_id"),
        platform=NAME,
        team=poster_of(part(body, "message")) or team_of(body),
        user=need(user, "id"),
        name=str(user.get("name") or user.get("username") or ""),
        home=str(user.get("team_id") or part(body, "team").get("id") or ""),
        line=_value(action),
        channel=_channel(channel) or about.get("channel", ""),
        thread=str(container.get("thread_ts") or ""),
        shown_at=_moment(ts or str(view.get("hash") or "")),
        is_click=True,
        clicked="" if is_private else f"{channel}:{ts}",
        clicked_key=key_of(part(body, "message")),
    )
    way = _way_of_click(body, view, heard.thread)
    is_from_home = about.get(FROM_HOME) or (isinstance(way, InView) and way.is_home)
    return Asked(heard, way, heard.key, _about(heard) | ({FROM_HOME: "yes"} if is_from_home else {}))


def _way_of_click(body: Payload, view: Payload, thread: str) -> Way:
    if view:
        return InView(need(view, "id"), is_home=view.get("type") == "home")
    return ByUrl(str(body.get("response_url") or ""), thread)


def _value(action: Payload) -> str:
    chosen = action.get("selected_option")
    value = chosen.get("value") if isinstance(chosen, Mapping) else action.get("value")
    if not isinstance(value, str) or not value.strip():
        raise Unreadable("a button without a value")
    return value


def read_submission(body: Payload, filled: dict[str, str]) -> Asked:
    """A modal that was sent, with what it was filled with."""
    view, user = part(body, "view"), part(body, "user")
    about = _metadata(view)
    heard = Heard(
        key=f"view {need(view, 'id')} {view.get('hash') or ''}".strip(),
        platform=NAME,
        team=team_of(body),
        user=need(user, "id"),
        name=str(user.get("name") or user.get("username") or ""),
        home=str(user.get("team_id") or ""),
        line=f"/{need(view, 'callback_id')}",
        fields=filled,
        shown_at=_moment(str(view.get("hash") or "")),
        channel=about.get("channel", ""),
        thread=about.get("thread", ""),
    )
    kept = {FROM_HOME: about[FROM_HOME]} if FROM_HOME in about else {}
    return Asked(heard, OnSubmission(need(view, "id")), about=_about(heard) | kept)


def read_shortcut(body: Payload) -> Chosen:
    """A shortcut that was chosen for a message."""
    message, user = part(body, "message"), part(body, "user")
    heard = Heard(
        key=need(body, "trigger_id"),
        platform=NAME,
        team=team_of(body),
        user=need(user, "id"),
        name=str(user.get("name") or user.get("username") or ""),
        home=str(user.get("team_id") or ""),
        line=f"/{need(body, 'callback_id')}",
    )
    return Chosen(
        heard,
        verb=need(body, "callback_id"),
        trigger=heard.key,
        text=str(message.get("text") or ""),
        author=str(message.get("user") or ""),
        ts=str(message.get("ts") or body.get("message_ts") or ""),
        channel=str(part(body, "channel").get("id") or ""),
        url=str(body.get("response_url") or ""),
    )


def read_mention(body: Payload, bot: str) -> Asked:
    """The bot was mentioned in a chat channel, or written to in direct messages."""
    event = part(body, "event")
    team, channel = team_of_event(body), need(event, "channel")
    is_direct = event.get("channel_type") == "im" or channel.startswith("D")
    thread = str(event.get("thread_ts") or "")
    heard = Heard(
        key=need(body, "event_id"),
        platform=NAME,
        team=team,
        user=need(event, "user"),
        name="",
        home=str(event.get("user_team") or event.get("team") or ""),
        line=typed(command_in(str(event.get("text") or ""), bot), team) or "/help",
        channel="" if is_direct else channel,
        thread=thread if is_direct else thread or need(event, "ts"),
        is_open=True,
        is_shown=True,
    )
    return Asked(heard, AsPost(channel))


def files_in(event: Payload) -> list[str]:
    """The names of the files that were shared with a message."""
    files = event.get("files")
    found = files if isinstance(files, list) else []
    return [str(file.get("name") or "a file") for file in found if isinstance(file, Mapping)]


def read_home(body: Payload) -> Heard:
    """Somebody opened the bot's home tab."""
    event, team = part(body, "event"), team_of_event(body)
    key, user = need(body, "event_id"), need(event, "user")
    return Heard(key=key, platform=NAME, team=team, user=user, name="", line="/me")


def moment_of(body: Payload) -> datetime | None:
    """When an event happened; it may be told late."""
    at = body.get("event_time")
    return datetime.fromtimestamp(at, UTC) if isinstance(at, int) and 0 < at < LAST_SECOND else None


def team_of_event(body: Payload) -> str:
    """The workspace for which the bot hears an event: in a shared channel not the one that it came from."""
    authorizations = body.get("authorizations")
    first = authorizations[0] if isinstance(authorizations, list) and authorizations else {}
    team = first.get("team_id") if isinstance(first, Mapping) else None
    return str(team or need(body, "team_id"))


def is_for_us(event: Payload) -> bool:
    """Whether a message was written by a person, to the bot, just now: not by a bot, nor a change of one."""
    is_plain = event.get("subtype") in (None, "file_share", "thread_broadcast")
    is_message = event.get("type") == "message" and event.get("channel_type") == "im"
    is_ours = event.get("type") == "app_mention" or is_message
    is_person = bool(event.get("user")) and event.get("user") != SLACKBOT and not event.get("bot_id")
    return is_ours and is_plain and is_person


def is_out(event: Payload) -> bool:
    """Whether the bot was taken out of the workspace: the tokens of people are none of its concern."""
    if event.get("type") == "tokens_revoked":
        return bool(part(event, "tokens").get("bot"))
    return event.get("type") == "app_uninstalled"


# --- pieces -----------------------------------------------------------------------------------------


def _channel(channel: str, name: str = "") -> str:
    """Where others are to see what changes; "" for direct messages, also those of several people."""
    is_direct = channel.startswith("D") or name == "directmessage" or name.startswith("mpdm-")
    return "" if is_direct else channel


def _moment(stamp: str) -> datetime | None:
    """When a message, or a view, came to be what it is: both say so in their first figures."""
    seconds = stamp.partition(".")[0]
    is_time = seconds.isascii() and seconds.isdigit() and len(seconds) <= 11
    return datetime.fromtimestamp(int(seconds), UTC) if is_time else None


def _about(heard: Heard) -> dict[str, str]:
    kept = {"channel": heard.channel, "thread": heard.thread}
    return {name: value for name, value in kept.items() if value}


def _metadata(view: Payload) -> dict[str, str]:
    """What a modal brings back; one from before an upgrade may bring something else."""
    try:
        found = json.loads(about_of(view) or "{}")
    except ValueError:
        return {}
    return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}
