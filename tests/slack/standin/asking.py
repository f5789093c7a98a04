"""What the methods of the Web API have in common: how they refuse, what they check, what a message is."""

from dataclasses import dataclass, replace
from typing import Any

from tests.slack.standin.limits import (
    LONGEST_BLOCKS,
    LONGEST_TEXT,
    Surface,
    characters,
    flaws,
    view_flaws,
)
from tests.slack.standin.shown import shown
from tests.slack.standin.state import Channel, Json, Post, State, Workspace


class Refused(Exception):
    """An `ok: false` with its error."""

    def __init__(self, error: str, **more: Any) -> None:
        super().__init__(error)
        self.error, self.more = error, more

    def answer(self) -> Json:
        return {"ok": False, "error": self.error, **self.more}


@dataclass(frozen=True)
class Call:
    """One call of a method by a workspace's bot. arguments: with what was JSON in a form already read."""

    state: State
    team: Workspace
    token: str
    arguments: Json

    def with_(self, **arguments: str) -> "Call":
        return replace(self, arguments=self.arguments | arguments)

    def text(self, name: str) -> str:
        return str(self.arguments.get(name) or "")

    def flag(self, name: str) -> bool:
        return self.arguments.get(name) in (True, "1", "true", "True")

    def number(self, name: str, otherwise: int) -> int:
        return int(self.arguments.get(name) or otherwise)

    def part(self, name: str) -> Json:
        found = self.arguments.get(name) or {}
        if not isinstance(found, dict):
            raise Refused("invalid_arguments", response_metadata={"messages": [f"[ERROR] {name}"]})
        return found

    def blocks(self) -> list[Json]:
        found = self.arguments.get("blocks") or []
        if not isinstance(found, list) or not all(isinstance(block, dict) for block in found):
            raise Refused("invalid_blocks_format")
        return found


def need(team: Workspace, scope: str) -> None:
    if scope and scope not in team.scopes:
        raise Refused("missing_scope", needed=scope, provided=",".join(sorted(team.scopes)))


def channel_asked(call: Call, purpose: str = "") -> Channel:
    """The conversation that is asked for. purpose: "read" or "history" adds the scope for its kind."""
    found = {channel.id: channel for channel in call.state.seen_by(call.team)}.get(call.text("channel"))
    if purpose and found:
        kind = "im" if found.is_im else "groups" if found.is_private else "channels"
        need(call.team, f"{kind}:{purpose}")
    if found is None:
        raise Refused("channel_not_found")
    return found


def channel_to_post_in(call: Call) -> Channel:
    person = call.state.users.get(call.text("channel"))
    if person is not None:
        return call.state.direct(call.team, person.id)
    found = channel_asked(call)
    if found.is_archived:
        raise Refused("is_archived")
    public = not found.is_private and "chat:write.public" in call.team.scopes
    if call.team.bot_user_id not in found.members and not public:
        raise Refused("not_in_channel")
    return found


def check_message(call: Call) -> None:
    text, blocks = call.text("text"), call.blocks()
    if not text:
        # Slack takes blocks alone; but screen readers read the text, so here there has to be one.
        raise Refused("no_text")
    if len(text) > LONGEST_TEXT:
        raise Refused("msg_too_long")
    check_blocks(call.state, blocks, "message")
    metadata = call.part("metadata")
    if metadata and not (
        isinstance(metadata.get("event_type"), str) and isinstance(metadata.get("event_payload"), dict)
    ):
        raise Refused("invalid_metadata_format")


def check_blocks(state: State, blocks: list[Json], surface: Surface) -> None:
    if surface == "message" and characters(blocks) > LONGEST_BLOCKS:
        raise Refused("msg_blocks_too_long")
    found = flaws(blocks, surface, users=state.users)
    if found:
        raise Refused("invalid_blocks", response_metadata={"messages": [f"[ERROR] {flaw}" for flaw in found]})


def check_view(state: State, view: Json, kind: str) -> None:
    found = view_flaws(view)
    if view.get("type") != kind:
        found.append(f"a view of the type {view.get('type')}, not {kind}")
    if not isinstance(view.get("blocks"), list):
        found.append("no blocks")
    if found:
        messages = [f"[ERROR] {flaw}" for flaw in found]
        raise Refused("invalid_arguments", response_metadata={"messages": messages})
    check_blocks(state, view["blocks"], "home" if kind == "home" else "modal")


def message_of(state: State, post: Post, *, with_metadata: bool = True) -> Json:
    """A message as Slack gives it to the bot."""
    message = {"type": "message", "user": post.user, "text": post.text, "ts": post.ts, "team": post.team_id}
    more: Json = {
        "bot_id": post.bot_id,
        "app_id": state.app.id if post.bot_id else "",
        "blocks": shown(post.blocks),
        "thread_ts": post.thread_ts,
        "files": post.files,
        "subtype": "file_share" if post.files else "",
        "metadata": post.metadata if with_metadata else {},
        "edited": {"user": post.user, "ts": post.ts} if post.edited else {},
    }
    if post.thread_ts and post.thread_ts != post.ts:
        parent = state.post_at(post.channel, post.thread_ts)
        more["parent_user_id"] = parent.user if parent else ""
    return message | {name: value for name, value in more.items() if value}
