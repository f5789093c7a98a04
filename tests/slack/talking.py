"""Talking in Slack: what people of a conversation do, done in the fake Slack, and what they see there."""

import re
import socket
import sqlite3
import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.clock import Clock, catch_up
from bot.slack.wiring import HANDS
from storage import outbox
from tests.databases import opened
from tests.slack.checking import check_all
from tests.slack.living import serve
from tests.slack.reading import as_words
from tests.slack.standin import Channel, Post, Slack, User, View
from tests.slack.standin.filling import CannotFill, elements, in_field, untouched
from tests.slack.standin.payloads import Actor, button, submission
from tests.slack.standin.shown import shown
from tests.slack.standin.transports import Answer

Json = dict[str, Any]
COMMANDS = ("/action", "/yousaid", "/comms")
"""The slash commands that Slack is told of; of what there is so far."""
PATIENCE = 10.0
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


@dataclass(frozen=True)
class Told:
    """What somebody alone was answered: in words, by a modal, or by what is wrong in one."""

    words: str = ""
    view: View | None = None
    errors: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Said:
    """A post as it stands, in as many pieces as it took. at: when it was sent, by the bot's clock."""

    place: str
    pieces: tuple[Post, ...]
    words: str
    at: datetime | None


class Talking:
    """The people and channels of a plan that is kept at `path`, in a Slack, with the bot in it."""

    def __init__(self, path: Path, when: datetime, way: str) -> None:
        """way: how the bot hears, see living.WAYS."""
        self._stack = ExitStack()
        self.slack = self._stack.enter_context(Slack().running())
        self.team = self.slack.workspace("Fell and Bay")
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self._move_in(path)
        self.db, self.clock = opened(str(path)), Clock(when)
        self._stack.callback(self.db.close)
        door = self._stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        self.running = self._stack.enter_context(serve(self.slack, self.team, self.db, self.clock, door, way))
        self._answers: dict[str, Answer] = {}
        self.acknowledged: list[Json] = []
        self._words: dict[tuple[str, int], str] = {}
        self._sent: dict[str, datetime | None] = {}

    def _move_in(self, path: Path) -> None:
        """The plan's people and channels get the ids that Slack has for them, and nothing else changes."""
        with sqlite3.connect(path) as plan:
            for kind, external in plan.execute("SELECT kind, external FROM address").fetchall():
                made = self.user(external) if kind == "person" else self.channel(external)
                plan.execute("UPDATE address SET external = ? WHERE external = ?", (made.id, external))
                plan.execute("UPDATE identity SET external = ? WHERE external = ?", (made.id, external))
            team = ("slack", self.team.id, self.team.name, self.team.bot_user_id)
            plan.execute("UPDATE workspace SET platform = ?, external = ?, name = ?, bot = ?", team)
        plan.close()

    def user(self, name: str) -> User:
        """By "@Sam Okafor"."""
        if name not in self.users:
            self.users[name] = self.slack.user(self.team, name.lstrip("@"))
        return self.users[name]

    def channel(self, name: str) -> Channel:
        """By "#comms"."""
        if name not in self.channels:
            self.channels[name] = self.slack.channel(self.team, name.lstrip("#"))
        self.channels[name].members.update(user.id for user in self.users.values())
        return self.channels[name]

    def direct(self, name: str) -> Channel:
        return self.slack.state.direct(self.team, self.user(name).id)

    # --- what people do -----------------------------------------------------------------------------

    def type(self, who: str, line: str, channel: str = "", key: str = "") -> Told:
        """A line as it is typed in Slack: as a slash command, or as a message to the bot."""
        user = self.user(who)
        if key in self._answers:
            return self._told(lambda: self.slack.again(self._answers[key]), user)
        if not line.startswith("/"):
            return self._write(user, line.replace("@commsbot", f"<@{self.team.bot_user_id}>"))
        place = self.channel(channel) if channel else self.direct(who)
        command, _, words = line.partition(" ")
        if command not in COMMANDS:
            command, words = "/comms", line.removeprefix("/")

        def slash() -> Answer:
            answer = self.slack.slash(self.team, user, place, command, self._as_sent(words))
            return self._answers.setdefault(key, answer) if key else answer

        return self._told(slash, user)

    def _as_sent(self, words: str) -> str:
        """As Slack sends what was typed: with entities, and with the channels that it knows as marks."""
        text = "".join(_ESCAPES.get(character, character) for character in words)
        for name, channel in self.channels.items():
            text = re.sub(rf"{name}\b", f"<#{channel.id}|{channel.name}>", text)
        return text

    def _write(self, user: User, text: str) -> Told:
        """A message to the bot; it answers with a post, which is told apart by its key."""
        self._deliver(lambda: self.slack.dm(self.team, user, text))
        chat = self.direct(f"@{user.real_name}")
        answers = [post for post in self.slack.posts(chat) if post.bot_id and _is_answer(post)]
        return Told(self.read(answers[-1]))

    def press(self, who: str, post: Post | View, line: str) -> Told:
        """The button with this line."""
        user = self.user(who)
        actor = Actor(self.slack.state, self.team, user)
        blocks = post.given["blocks"] if isinstance(post, View) else post.blocks
        found = [
            (block, element)
            for block in shown(blocks)
            for element in block.get("elements", ())
            if element.get("value") == line
        ]
        block, element = found[0]
        action = {name: element[name] for name in ("type", "text", "value", "action_id")}
        told = button(actor, post, action | {"block_id": block["block_id"]})
        return self._told(lambda: self.slack.deliver(told), user)

    def fill(self, who: str, line: str, fields: dict[str, str]) -> Told:
        """The form of a command is opened by the button that "fill in" shows, filled in, and sent.

        What Slack would not let a person do is sent all the same, for a form can be older than the plan.
        """
        user = self.user(who)
        view = self._opened(who, line).view
        assert view is not None
        values = {
            block["block_id"]: _in(block, element, fields)
            for block, element in elements(view.given["blocks"])
        }
        for name in [name for name in fields if name not in values]:
            values[name] = {"gone": {"type": "plain_text_input", "value": fields[name]}}
        told = submission(Actor(self.slack.state, self.team, user), view, values)
        return self._told(lambda: self.slack.deliver(told), user)

    def _opened(self, who: str, line: str) -> Told:
        button_ = {"type": "button", "action_id": "line.1.1", "value": f"fill in {line}"}
        text = {"type": "plain_text", "text": "Fill in"}
        post = Post(
            self.slack.state.new_ts(), self.direct(who).id, self.team.id, self.team.bot_user_id, "A form",
            [{"type": "actions", "elements": [button_ | {"text": text}]}],
            bot_id=self.team.bot_id, ephemeral_to=self.user(who).id,
        )  # fmt: skip
        return self.press(who, post, f"fill in {line}")

    def open_home(self, who: str) -> None:
        self._deliver(lambda: self.slack.open_home(self.team, self.user(who)))

    def until(self, to: datetime) -> None:
        self.clock.move(self.running.wired.app, to)
        self.settle()

    def beat(self) -> None:
        catch_up(self.running.wired.app, self.clock.now())
        self.settle()

    # --- what they see ------------------------------------------------------------------------------

    def _told(self, act: Callable[[], Answer], user: User) -> Told:
        """What came of it, by whichever way."""
        views, urls = set(self.slack.state.views), len(self.slack.state.url_posts)
        answer = self._deliver(act)
        given = [answer.json] if "blocks" in answer.json else []
        given += [post.given for post in self.slack.state.url_posts[urls:] if post.user_id == user.id]
        made = [view for id_, view in self.slack.state.views.items() if id_ not in views]
        words = "\n\n".join(as_words(each["blocks"], self.name_of) for each in given)
        if answer.json.get("response_action") == "update":
            made = [View("", self.team.id, user.id, answer.json["view"], "open", "", "")]
        return Told(words, made[-1] if made else None, answer.json.get("errors", {}))

    def _deliver(self, act: Callable[[], Answer]) -> Answer:
        answer = act()
        assert answer.status == 200, answer
        self.acknowledged.append(answer.json)
        self.settle()
        return answer

    def settle(self) -> None:
        """Until everything that nobody waits for has been done, and everything that is due has been sent."""
        for pool in (self.running.wired.later, self.running.wired.pages):
            barrier = threading.Barrier(HANDS + 1)
            for _ in range(HANDS):
                pool.submit(barrier.wait, PATIENCE)
            barrier.wait(PATIENCE)
        with self.slack.state.changed:
            while self._is_waiting():
                self.slack.state.changed.wait(0.005)

    def _is_waiting(self) -> bool:
        with self.db.everywhere() as session:
            return bool(outbox.pending(session, self.clock.now() + outbox.GRACE * 60, most=1))

    def said(self, place: str) -> list[Said]:
        """What stands in a channel or in somebody's direct messages, answers left out."""
        chat = self.direct(place) if place.startswith("@") else self.channel(place)
        posts = [
            post
            for post in self.slack.posts(chat)
            if post.bot_id and not post.ephemeral_to and not _is_answer(post)
        ]
        whole: dict[str, list[Post]] = {}
        for post in posts:
            first = re.sub(r"\|\d+$", "", _key(post))
            whole.setdefault(first if first in whole else _key(post), []).append(post)
        return [self._said(place, key, pieces) for key, pieces in whole.items()]

    def _said(self, place: str, key: str, pieces: list[Post]) -> Said:
        if key not in self._sent:
            with self.db.reading(1) as session:
                kept = outbox.post_with_key(session, key)
                self._sent[key] = kept.sent_at if kept else None
        return Said(place, tuple(pieces), "\n\n".join(map(self.read, pieces)), self._sent[key])

    def read(self, post: Post) -> str:
        known = (post.ts, post.edited)
        if known not in self._words:
            self._words[known] = as_words(post.blocks, self.name_of)
        return self._words[known]

    def words_of(self, told: Told) -> str:
        """An answer, also one that stands in a modal."""
        return as_words(told.view.given["blocks"], self.name_of) if told.view else told.words

    def name_of(self, user: str) -> str:
        return self.slack.state.users[user].real_name

    def finish(self) -> int:
        """Stop, and look at everything that was sent; returns how much that was."""
        try:
            self.settle()
            return check_all(self.slack, self.acknowledged)
        finally:
            self.close()

    def close(self) -> None:
        """As often as one likes.

        A silent connection would keep the SDK waiting for three seconds, so it is broken off meanwhile.
        """
        closing = threading.Thread(target=self._stack.close)
        closing.start()
        while closing.is_alive():
            self.slack.sockets.drop_all()
            closing.join(0.05)


def _in(block: Json, element: Json, fields: dict[str, str]) -> Json:
    name = block["block_id"]
    return {element["action_id"]: _filled(element, fields[name]) if name in fields else untouched(element)}


def _filled(element: Json, value: str) -> Json:
    try:
        return in_field(element, value)
    except CannotFill:
        option = {"value": value, "text": {"type": "plain_text", "text": value or "-"}}
        return {"type": element["type"], "value": value, "selected_option": option}


def _key(post: Post) -> str:
    return str(post.metadata.get("event_payload", {}).get("key", ""))


def _is_answer(post: Post) -> bool:
    return "|answer " in _key(post)
