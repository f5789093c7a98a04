"""What the fake Slack remembers: its workspaces, people, conversations and everything that was posted."""

import itertools
import threading
from dataclasses import dataclass, field
from typing import Any

from tests.slack.standin.slack_app import SCOPES, MovableClock, SlackApp

Json = dict[str, Any]


@dataclass
class Workspace:
    id: str
    name: str
    bot_token: str
    bot_user_id: str
    bot_id: str
    app_id: str
    scopes: set[str] = field(default_factory=lambda: set(SCOPES))
    installed: bool = True

    @property
    def domain(self) -> str:
        return self.name.lower().replace(" ", "-")


@dataclass
class User:
    """Someone in a workspace. tz: the name of a zone. also_in: the other workspaces of one organisation to
    which they belong.
    """

    id: str
    team_id: str
    name: str
    real_name: str
    tz: str = "Europe/London"
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    deleted: bool = False
    is_bot: bool = False
    also_in: tuple[str, ...] = ()


@dataclass
class Channel:
    """A channel, or one person's direct messages with the bot. members: user ids, the bot's too if it is in.

    shared_with: the other workspaces of a Slack Connect channel. user: whose direct messages these are.
    """

    id: str
    team_id: str
    name: str
    is_archived: bool = False
    is_private: bool = False
    members: set[str] = field(default_factory=set)
    shared_with: set[str] = field(default_factory=set)
    user: str = ""

    @property
    def is_im(self) -> bool:
        return bool(self.user)


@dataclass
class Post:
    """A message. blocks: as they were sent. edited: how often it was replaced. ephemeral_to: a user's id."""

    ts: str
    channel: str
    team_id: str
    user: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    metadata: Json = field(default_factory=dict)
    thread_ts: str = ""
    bot_id: str = ""
    edited: int = 0
    ephemeral_to: str = ""
    deleted: bool = False
    files: list[Json] = field(default_factory=list)


@dataclass
class Upload:
    """A file on its way. length: in bytes, as it was announced. content: None until it has come.

    is_complete: whether it is a file by now; it can be shown once, when it becomes one.
    """

    id: str
    team_id: str
    name: str
    length: int
    content: bytes | None = None
    title: str = ""
    is_complete: bool = False


@dataclass
class View:
    """A modal or a home tab. given: the view as the bot sent it last. earlier: what it was before.

    how: "open", "push" or "publish". errors: what the bot said to the latest attempt to submit it.
    """

    id: str
    team_id: str
    user_id: str
    given: Json
    how: str
    root_id: str
    hash: str
    previous_id: str = ""
    earlier: list[Json] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)
    is_open: bool = True


@dataclass
class Trigger:
    """What lets the bot open one modal. view_id: the view whose submission brought it."""

    id: str
    team_id: str
    user_id: str
    made: float
    view_id: str = ""
    used: bool = False


@dataclass
class ResponseUrl:
    """post: the message whose button was pressed, if it was a button."""

    id: str
    team_id: str
    channel: str
    user_id: str
    made: float
    post: Post | None = None
    uses: int = 0


@dataclass(frozen=True)
class UrlPost:
    """Something posted to a response_url, as it came."""

    response_url: str
    channel: str
    user_id: str
    given: Json

    @property
    def text(self) -> str:
        return str(self.given.get("text", ""))


@dataclass
class Code:
    """What a person's consent brings the app, to be changed for a token."""

    id: str
    team_id: str
    user_id: str
    redirect_uri: str
    scopes: set[str]
    made: float
    used: bool = False


@dataclass
class State:
    """Everything, behind one lock; `changed` is told of each change, so that tests can wait for one.

    agrees: whether people consent to installing the app. revoked: tokens that were.
    """

    app: SlackApp = field(default_factory=SlackApp)
    clock: MovableClock = field(default_factory=MovableClock)
    workspaces: dict[str, Workspace] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    posts: list[Post] = field(default_factory=list)
    views: dict[str, View] = field(default_factory=dict)
    url_posts: list[UrlPost] = field(default_factory=list)
    response_urls: dict[str, ResponseUrl] = field(default_factory=dict)
    triggers: dict[str, Trigger] = field(default_factory=dict)
    codes: dict[str, Code] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    revoked: set[str] = field(default_factory=set)
    uploads: dict[str, Upload] = field(default_factory=dict)
    agrees: bool = True
    url: str = ""
    changed: threading.Condition = field(default_factory=threading.Condition)

    def __post_init__(self) -> None:
        self._numbers = itertools.count(1)
        self._latest = 0

    def new_id(self, kind: str) -> str:
        """An id like Slack's: a letter for its kind, then capitals and digits."""
        return f"{kind}{next(self._numbers):09d}"

    def new_ts(self) -> str:
        """The time in seconds, with six digits that make it unlike any other's."""
        with self.changed:
            self._latest = max(round(self.clock.now() * 1_000_000), self._latest + 1)
            return f"{self._latest // 1_000_000}.{self._latest % 1_000_000:06d}"

    def new_trigger(self, team_id: str, user_id: str, view_id: str = "") -> str:
        with self.changed:
            made = Trigger(
                f"{next(self._numbers)}.{team_id}.trigger", team_id, user_id, self.clock.now(), view_id
            )
            self.triggers[made.id] = made
            return made.id

    def new_response_url(self, team_id: str, channel: str, user_id: str, post: Post | None = None) -> str:
        with self.changed:
            made = ResponseUrl(self.new_id("R"), team_id, channel, user_id, self.clock.now(), post)
            self.response_urls[made.id] = made
            return f"{self.url}/response/{made.id}"

    def keep(self, post: Post) -> Post:
        with self.changed:
            self.posts.append(post)
            self.changed.notify_all()
            return post

    def post_at(self, channel: str, ts: str) -> Post | None:
        """The message that stands there for all to see."""
        with self.changed:
            found = (post for post in self.posts if (post.channel, post.ts) == (channel, ts))
            return next((post for post in found if not post.deleted and not post.ephemeral_to), None)

    def direct(self, team: Workspace, user_id: str) -> Channel:
        """The direct messages between the bot and someone, opened if they are not yet."""
        with self.changed:
            for channel in self.channels.values():
                if (channel.team_id, channel.user) == (team.id, user_id):
                    return channel
            members = {user_id, team.bot_user_id}
            made = Channel(self.new_id("D"), team.id, "", is_private=True, members=members, user=user_id)
            self.channels[made.id] = made
            return made

    def seen_by(self, team: Workspace) -> list[Channel]:
        """The conversations that exist for this workspace's bot, in the order they were made."""
        with self.changed:
            return [
                channel
                for channel in self.channels.values()
                if team.id in {channel.team_id, *channel.shared_with}
                and (not channel.is_private or team.bot_user_id in channel.members)
            ]
