"""The Web API's methods for channels and what was said in them."""

from collections.abc import Sequence
from typing import TypeVar

from tests.slack.standin.asking import Call, Refused, channel_asked, message_of, need
from tests.slack.standin.state import Channel, Json, Post

Thing = TypeVar("Thing")


def opened(call: Call) -> Json:
    people = [person for person in call.text("users").split(",") if person]
    if len(people) != 1 or people[0] not in call.state.users:
        raise Refused("user_not_found" if people else "users_list_not_supplied")
    if call.state.users[people[0]].deleted:
        raise Refused("user_disabled")
    return {"ok": True, "channel": {"id": call.state.direct(call.team, people[0]).id}}


def info(call: Call) -> Json:
    return {"ok": True, "channel": channel_of(call, channel_asked(call, "read"))}


def listed(call: Call) -> Json:
    kinds = set((call.text("types") or "public_channel").split(","))
    for kind, scope in (("public_channel", "channels"), ("private_channel", "groups"), ("im", "im")):
        need(call.team, f"{scope}:read" if kind in kinds else "")
    found = [channel for channel in call.state.seen_by(call.team) if _kind(channel) in kinds]
    if call.flag("exclude_archived"):
        found = [channel for channel in found if not channel.is_archived]
    some, cursor = page(call, found)
    return {"ok": True, "channels": [channel_of(call, channel) for channel in some]} | cursor


def joined(call: Call) -> Json:
    channel = channel_asked(call)
    if channel.is_private:
        raise Refused("method_not_supported_for_channel_type")
    if channel.is_archived:
        raise Refused("is_archived")
    with call.state.changed:
        channel.members.add(call.team.bot_user_id)
    return {"ok": True, "channel": channel_of(call, channel)}


def history(call: Call) -> Json:
    """What stands in the channel, the latest first; what was said in threads is not there."""
    channel = _readable(call)
    found = [post for post in _posts(call, channel) if post.thread_ts in ("", post.ts)]
    return _messages(call, list(reversed(found)))


def replies(call: Call) -> Json:
    """A thread: what it is about, and then what was said, in order."""
    channel, ts = _readable(call), call.text("ts")
    if call.state.post_at(channel.id, ts) is None:
        raise Refused("thread_not_found")
    return _messages(call, [post for post in _posts(call, channel) if ts in (post.ts, post.thread_ts)])


def channel_of(call: Call, channel: Channel) -> Json:
    """A conversation as Slack gives it to the bot."""
    common = {
        "id": channel.id,
        "is_im": channel.is_im,
        "is_archived": channel.is_archived,
        "is_private": channel.is_private,
        "context_team_id": channel.team_id,
        "is_ext_shared": bool(channel.shared_with),
    }
    if channel.is_im:
        return common | {"user": channel.user, "is_open": True}
    shape = {"is_channel": not channel.is_private, "is_group": channel.is_private, "is_mpim": False}
    is_member = call.team.bot_user_id in channel.members
    return (
        common | shape | {"name": channel.name, "is_member": is_member, "num_members": len(channel.members)}
    )


def page(call: Call, things: Sequence[Thing]) -> tuple[Sequence[Thing], Json]:
    """As many as were asked for from where the cursor points, and what says where the next are."""
    start = 0
    if call.text("cursor"):
        kind, _, number = call.text("cursor").partition(":")
        if kind != "from" or not number.isdecimal():
            raise Refused("invalid_cursor")
        start = int(number)
    end = start + min(call.number("limit", 100), 999)
    more = f"from:{end}" if end < len(things) else ""
    return things[start:end], {"has_more": bool(more), "response_metadata": {"next_cursor": more}}


def _kind(channel: Channel) -> str:
    return "im" if channel.is_im else "private_channel" if channel.is_private else "public_channel"


def _readable(call: Call) -> Channel:
    channel = channel_asked(call, "history")
    if call.team.bot_user_id not in channel.members:
        raise Refused("not_in_channel")
    return channel


def _posts(call: Call, channel: Channel) -> list[Post]:
    """Those between `oldest` and `latest`; the two themselves only if they are to be there too."""
    with call.state.changed:
        found = [
            p for p in call.state.posts if p.channel == channel.id and not p.ephemeral_to and not p.deleted
        ]
    oldest, latest = call.text("oldest") or "0", call.text("latest") or "99999999999"
    ends = {oldest, latest} if call.flag("inclusive") else set()
    return [post for post in found if float(oldest) < float(post.ts) < float(latest) or post.ts in ends]


def _messages(call: Call, posts: list[Post]) -> Json:
    some, cursor = page(call, posts)
    with_metadata = call.flag("include_all_metadata")
    messages = [message_of(call.state, post, with_metadata=with_metadata) for post in some]
    return {"ok": True, "messages": messages} | cursor
