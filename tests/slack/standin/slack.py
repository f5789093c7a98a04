"""The fake Slack as tests use it: set up, spoken in by its users, made to misbehave, and stopped."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from tests.slack.standin import answers, payloads, setting
from tests.slack.standin.answers import Submitted
from tests.slack.standin.arrivals import Arrivals
from tests.slack.standin.envelopes import PATIENCE, NoAnswer
from tests.slack.standin.faults import Fault, Plan
from tests.slack.standin.filling import state_values
from tests.slack.standin.listening import Listening
from tests.slack.standin.payloads import Actor, Delivery
from tests.slack.standin.pressing import pressed, used
from tests.slack.standin.shown import view_of
from tests.slack.standin.slack_app import SCOPES, MovableClock, SlackApp
from tests.slack.standin.sockets import Sockets
from tests.slack.standin.state import Channel, Json, Post, State, User, View, Workspace
from tests.slack.standin.transports import Answer, How, OverHttp, OverSockets, Transport
from tests.slack.standin.view_methods import home_of

USUAL = How()


@dataclass
class Slack:
    """bot_url: where the bot hears HTTP requests, with the path; "" to speak to it through its sockets."""

    bot_url: str = ""
    clock: MovableClock = field(default_factory=MovableClock)

    def __post_init__(self) -> None:
        self.state = State(clock=self.clock)
        self.arrivals = Arrivals(self.state)
        self.sockets = Sockets(self.app.id)
        self._http = Listening(self.arrivals, self.sockets)
        self.state.url = self._http.url

    @contextmanager
    def running(self) -> Iterator["Slack"]:
        self._http.start()
        self.sockets.start()
        try:
            yield self
        finally:
            try:
                self._http.stop()
            finally:
                self.sockets.stop()

    @property
    def app(self) -> SlackApp:
        return self.state.app

    @property
    def api_url(self) -> str:
        """What a WebClient takes as its base_url."""
        return f"{self.state.url}/api/"

    # --- what there is ------------------------------------------------------------------------------

    def workspace(self, name: str, scopes: frozenset[str] = SCOPES) -> Workspace:
        return setting.add_workspace(self.state, name, scopes)

    def user(self, team: Workspace, real_name: str, **more: Any) -> User:
        return setting.add_user(self.state, team, real_name, **more)

    def channel(
        self, team: Workspace, name: str, *people: User, bot: bool = True, private: bool = False
    ) -> Channel:
        return setting.add_channel(self.state, team, name, people, bot=bot, private=private)

    def posts(self, channel: Channel) -> list[Post]:
        """What stands in a channel, also what only one person sees there."""
        with self.state.changed:
            return [p for p in self.state.posts if p.channel == channel.id and not p.deleted]

    def texts(self, channel: Channel) -> list[str]:
        return [post.text for post in self.posts(channel)]

    def home(self, team: Workspace, user: User) -> View | None:
        return home_of(self.state, team.id, user.id)

    def wait_for(self, predicate: Callable[[], object], patience: float = PATIENCE) -> None:
        """Until something posted, shown or asked makes it true."""
        with self.state.changed:
            if not self.state.changed.wait_for(predicate, timeout=patience):
                raise NoAnswer("what was waited for has not come")

    # --- trouble ------------------------------------------------------------------------------------

    def misbehave(
        self,
        fault: Fault,
        method: str = "chat.postMessage",
        *,
        channel: str = "",
        times: int = 1,
        retry_after: str = "",
        error: str = "fatal_error",
    ) -> None:
        """Let the next calls go wrong; "response_url" is a method here too. error: for Fault.REFUSED."""
        self.arrivals.plan(Plan(fault, method, channel, times, retry_after, error))

    def behave(self) -> None:
        self.arrivals.clear()

    def settle(self) -> None:
        """Wait until every request that has been sent is dealt with, also those of a process now dead."""
        self._http.settle()

    # --- what people do -----------------------------------------------------------------------------

    @property
    def transport(self) -> Transport:
        if self.bot_url:
            return OverHttp(self.bot_url, self.app.signing_secret)
        return OverSockets(self.sockets)

    def deliver(self, delivery: Delivery, how: How = USUAL) -> Answer:
        return self.transport.send(delivery, how)

    def again(self, answer: Answer, how: How = USUAL) -> Answer:
        """The very same once more; with `how.retry`, as Slack repeats it: signed or wrapped anew."""
        if how.retry:
            return self.deliver(answer.sent.delivery, how)
        return self.transport.again(answer.sent, how)

    def slash(
        self, team: Workspace, user: User, channel: Channel, command: str, text: str, how: How = USUAL
    ) -> Answer:
        """What the bot answers at once is shown, as Slack does."""
        answer = self.deliver(payloads.slash(Actor(self.state, team, user), channel, command, text), how)
        answers.show(self.state, answer)
        return answer

    def say(self, user: User, channel: Channel, text: str, thread_ts: str = "") -> Post:
        """Something that people write to each other; the bot does not hear it."""
        ts = self.state.new_ts()
        return self.state.keep(Post(ts, channel.id, channel.team_id, user.id, text, thread_ts=thread_ts))

    def mention(
        self, team: Workspace, user: User, channel: Channel, text: str, thread_ts: str = "", how: How = USUAL
    ) -> Answer:
        """The bot's mention is put before the text, unless it is in it."""
        bot = f"<@{team.bot_user_id}>"
        post = self.say(user, channel, text if bot in text else f"{bot} {text}", thread_ts)
        return self.event(team, payloads.said(Actor(self.state, team, user), channel, post), how)

    def dm(self, team: Workspace, user: User, text: str, thread_ts: str = "", how: How = USUAL) -> Answer:
        channel = self.state.direct(team, user.id)
        post = self.say(user, channel, text, thread_ts)
        return self.event(team, payloads.said(Actor(self.state, team, user), channel, post), how)

    def click(
        self,
        where: Post | View,
        label: str,
        user: User,
        *,
        nth: int = 1,
        team: Workspace | None = None,
        how: How = USUAL,
    ) -> Answer:
        """Press a button, or an entry of a menu: the nth of that label. team: if not the message's own."""
        actor = self._actor(where, user, team)
        return self.deliver(payloads.button(actor, where, pressed(where, label, nth)), how)

    def choose(self, where: Post | View, action_id: str, value: Any, user: User, how: How = USUAL) -> Answer:
        """Choose or type something in an element that tells the bot at once."""
        actor = self._actor(where, user, None)
        return self.deliver(payloads.button(actor, where, used(where, action_id, value)), how)

    def shortcut(self, team: Workspace, user: User, post: Post, callback_id: str, how: How = USUAL) -> Answer:
        return self.deliver(payloads.shortcut(Actor(self.state, team, user), post, callback_id), how)

    def submit(
        self,
        view_id: str,
        user: User,
        values: dict[str, Any],
        team: Workspace | None = None,
        how: How = USUAL,
    ) -> Submitted:
        """Fill in an open modal (as `state_values` says) and send it in; what the bot answers is applied."""
        view = self.state.views[view_id]
        told = state_values(view.given["blocks"], values)
        answer = self.deliver(payloads.submission(self._actor(view, user, team), view, told), how)
        return answers.react(self.state, view, answer)

    def close(self, view_id: str, user: User, *, everything: bool = False, how: How = USUAL) -> Answer | None:
        """Close a modal by its cross; the bot is told if it wanted to be."""
        view = self.state.views[view_id]
        answers.close(self.state, view, everything=everything)
        if not view.given.get("notify_on_close"):
            return None
        told = payloads.closed(self._actor(view, user, None), view, is_cleared=everything)
        return self.deliver(told, how)

    def open_home(self, team: Workspace, user: User, how: How = USUAL) -> Answer:
        channel = self.state.direct(team, user.id)
        told: Json = {"type": "app_home_opened", "user": user.id, "channel": channel.id, "tab": "home"}
        view = home_of(self.state, team.id, user.id)
        if view:
            told["view"] = view_of(self.state, view)
        return self.event(team, told | {"event_ts": self.state.new_ts()}, how)

    def event(self, team: Workspace, inner: Json, how: How = USUAL) -> Answer:
        return self.deliver(payloads.event(self.state, team, inner), how)

    def _actor(self, where: Post | View, user: User, team: Workspace | None) -> Actor:
        return Actor(self.state, team or self.state.workspaces[where.team_id], user)
