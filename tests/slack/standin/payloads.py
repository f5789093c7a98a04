"""What Slack sends the bot, as its documentation shows it, with every id that belongs to it."""

import uuid
from dataclasses import dataclass
from typing import Literal

from tests.slack.standin.asking import message_of
from tests.slack.standin.filling import initial_values
from tests.slack.standin.shown import view_of
from tests.slack.standin.state import Channel, Json, Post, State, User, View, Workspace

Kind = Literal["slash_commands", "interactive", "events_api"]


@dataclass(frozen=True)
class Delivery:
    """One thing for the bot to hear, however it is brought."""

    kind: Kind
    payload: Json


@dataclass(frozen=True)
class Actor:
    """Who does something, and in which workspace; for someone external the two differ."""

    state: State
    team: Workspace
    user: User

    def common(self) -> Json:
        """What every use of a button, shortcut or form says."""
        person: Json = {"id": self.user.id, "username": self.user.name, "name": self.user.name}
        return {
            "user": person | {"team_id": self.user.team_id},
            "api_app_id": self.team.app_id,
            "token": self.state.app.token,
            "team": {"id": self.team.id, "domain": self.team.domain},
            "enterprise": None,
            "is_enterprise_install": False,
        }

    def trigger(self, view: View | None = None) -> str:
        return self.state.new_trigger(self.team.id, self.user.id, view.id if view else "")

    def response_url(self, channel: str, post: Post | None = None) -> str:
        return self.state.new_response_url(self.team.id, channel, self.user.id, post)


def channel_name(channel: Channel) -> str:
    """As payloads name a place: private ones are not told apart."""
    return "directmessage" if channel.is_im else "privategroup" if channel.is_private else channel.name


def slash(actor: Actor, channel: Channel, command: str, text: str) -> Delivery:
    return Delivery(
        "slash_commands",
        {
            "token": actor.state.app.token,
            "team_id": actor.team.id,
            "team_domain": actor.team.domain,
            "channel_id": channel.id,
            "channel_name": channel_name(channel),
            "user_id": actor.user.id,
            "user_name": actor.user.name,
            "command": command,
            "text": text,
            "api_app_id": actor.team.app_id,
            "is_enterprise_install": "false",
            "response_url": actor.response_url(channel.id),
            "trigger_id": actor.trigger(),
        },
    )


def button(actor: Actor, where: Post | View, action: Json) -> Delivery:
    """action: the element that was used, as it is told, with its block's id."""
    told = actor.common() | {"type": "block_actions", "trigger_id": _trigger(actor, where)}
    told["actions"] = [action | {"action_ts": actor.state.new_ts()}]
    if isinstance(where, View):
        told["container"] = {"type": "view", "view_id": where.id}
        told["view"] = view_of(actor.state, where)
        told["view"]["state"] = {"values": initial_values(where.given["blocks"])}
        return Delivery("interactive", told)
    channel = actor.state.channels[where.channel]
    container: Json = {"type": "message", "message_ts": where.ts, "channel_id": where.channel}
    container["is_ephemeral"] = bool(where.ephemeral_to)
    if where.thread_ts:
        container["thread_ts"] = where.thread_ts
    told["container"] = container
    told["channel"] = {"id": channel.id, "name": channel_name(channel)}
    told["state"] = {"values": initial_values(where.blocks)}
    told["response_url"] = actor.response_url(channel.id, where)
    if not where.ephemeral_to:
        told["message"] = message_of(actor.state, where)
    return Delivery("interactive", told)


def shortcut(actor: Actor, post: Post, callback_id: str) -> Delivery:
    channel = actor.state.channels[post.channel]
    return Delivery(
        "interactive",
        actor.common()
        | {
            "type": "message_action",
            "action_ts": actor.state.new_ts(),
            "callback_id": callback_id,
            "trigger_id": actor.trigger(),
            "response_url": actor.response_url(channel.id, post),
            "channel": {"id": channel.id, "name": channel_name(channel)},
            "message_ts": post.ts,
            "message": message_of(actor.state, post),
        },
    )


def submission(actor: Actor, view: View, values: Json) -> Delivery:
    """values: per block and element, what is in the form."""
    told = view_of(actor.state, view) | {"state": {"values": values}}
    more = {"type": "view_submission", "trigger_id": actor.trigger(view), "view": told, "response_urls": []}
    return Delivery("interactive", actor.common() | more)


def closed(actor: Actor, view: View, *, is_cleared: bool) -> Delivery:
    more = {"type": "view_closed", "view": view_of(actor.state, view), "is_cleared": is_cleared}
    return Delivery("interactive", actor.common() | more)


def said(actor: Actor, channel: Channel, post: Post) -> Json:
    """The event of a message: that the bot was mentioned, or spoken to directly."""
    line = {"type": "rich_text_section", "elements": [{"type": "text", "text": post.text}]}
    told = {
        "type": "message" if channel.is_im else "app_mention",
        "user": actor.user.id,
        "ts": post.ts,
        "client_msg_id": str(uuid.uuid4()),
        "text": post.text,
        "team": actor.user.team_id,
        "blocks": [{"type": "rich_text", "block_id": "b1", "elements": [line]}],
        "channel": channel.id,
        "event_ts": post.ts,
    }
    if channel.is_im:
        told["channel_type"] = "im"
    if post.thread_ts:
        parent = actor.state.post_at(channel.id, post.thread_ts)
        told |= {"thread_ts": post.thread_ts, "parent_user_id": parent.user if parent else ""}
    if actor.user.team_id != actor.team.id:
        told |= {"user_team": actor.user.team_id, "source_team": actor.user.team_id}
    return told


def event(state: State, team: Workspace, inner: Json) -> Delivery:
    channel = state.channels.get(str(inner.get("channel", "")))
    bot = {"enterprise_id": None, "team_id": team.id, "user_id": team.bot_user_id}
    return Delivery(
        "events_api",
        {
            "token": state.app.token,
            "team_id": team.id,
            "context_team_id": team.id,
            "context_enterprise_id": None,
            "api_app_id": team.app_id,
            "event": inner,
            "type": "event_callback",
            "event_id": state.new_id("Ev"),
            "event_time": int(state.clock.now()),
            "authorizations": [bot | {"is_bot": True, "is_enterprise_install": False}],
            "is_ext_shared_channel": bool(channel and channel.shared_with),
            "event_context": f"4-{state.new_id('')}",
        },
    )


def _trigger(actor: Actor, where: Post | View) -> str:
    return actor.trigger(where if isinstance(where, View) and where.how != "publish" else None)
