"""The Web API's methods for messages."""

from tests.slack.standin.asking import (
    Call,
    Refused,
    channel_asked,
    channel_to_post_in,
    check_message,
    message_of,
)
from tests.slack.standin.state import Channel, Json, Post


def post_message(call: Call) -> Json:
    channel = channel_to_post_in(call)
    check_message(call)
    post = call.state.keep(_post(call, channel))
    return {"ok": True, "channel": channel.id, "ts": post.ts, "message": message_of(call.state, post)}


def post_ephemeral(call: Call) -> Json:
    channel = channel_to_post_in(call)
    if call.text("user") not in channel.members:
        raise Refused("user_not_in_channel")
    check_message(call)
    post = call.state.keep(_post(call, channel, ephemeral_to=call.text("user")))
    return {"ok": True, "message_ts": post.ts}


def update(call: Call) -> Json:
    channel = channel_asked(call)
    post = call.state.post_at(channel.id, call.text("ts"))
    if post is None:
        raise Refused("message_not_found")
    if post.user != call.team.bot_user_id:
        raise Refused("cant_update_message")
    if channel.is_archived:
        raise Refused("is_archived")
    check_message(call)
    with call.state.changed:
        replace_content(post, call.arguments)
        call.state.changed.notify_all()
    message = message_of(call.state, post)
    return {"ok": True, "channel": channel.id, "ts": post.ts, "text": post.text, "message": message}


def delete(call: Call) -> Json:
    channel = channel_asked(call)
    post = call.state.post_at(channel.id, call.text("ts"))
    if post is None:
        raise Refused("message_not_found")
    if post.user != call.team.bot_user_id:
        raise Refused("cant_delete_message")
    with call.state.changed:
        post.deleted = True
        call.state.changed.notify_all()
    return {"ok": True, "channel": channel.id, "ts": post.ts}


def get_permalink(call: Call) -> Json:
    channel, ts = channel_asked(call), call.text("message_ts")
    if call.state.post_at(channel.id, ts) is None:
        raise Refused("message_not_found")
    link = f"https://{call.team.domain}.slack.com/archives/{channel.id}/p{ts.replace('.', '')}"
    return {"ok": True, "channel": channel.id, "permalink": link}


def replace_content(post: Post, given: Json) -> None:
    """Text and blocks are replaced together; metadata stays unless something else is given."""
    post.text, post.blocks = str(given.get("text") or ""), given.get("blocks") or []
    post.metadata = given.get("metadata") or post.metadata
    post.edited += 1


def _post(call: Call, channel: Channel, ephemeral_to: str = "") -> Post:
    thread = call.text("thread_ts")
    if thread and call.state.post_at(channel.id, thread) is None:
        raise Refused("thread_not_found")
    return Post(
        call.state.new_ts(),
        channel.id,
        call.team.id,
        call.team.bot_user_id,
        call.text("text"),
        call.blocks(),
        call.part("metadata"),
        thread_ts=thread,
        bot_id=call.team.bot_id,
        ephemeral_to=ephemeral_to,
    )
