"""The home tab: a person's page in Slack, shown anew whenever they open it or press something in it."""

import logging
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import datetime

from bot.app import App
from bot.bugs import caught
from bot.door import Heard
from bot.slack.calling import Clients, Refused, Slow, Unclear, Unheard, calling
from bot.slack.drawing import Drawing
from commands.base import CommandError
from commands.errors import wrong
from jobs.home import home
from messages.compose import compose
from messages.message import Message
from storage.db import Unavailable
from storage.people import users_in

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Homes:
    """Shows home tabs. later: does it while nobody waits."""

    app: App
    clients: Clients
    drawing: Drawing
    later: Executor
    now: Callable[[], datetime]

    def show(self, heard: Heard) -> None:
        self.later.submit(self._show, heard)

    def _show(self, heard: Heard) -> None:
        with caught("home", heard.user) as bug:
            self._publish(heard, *self._page(heard))
        if bug.reference:
            self._publish(heard, compose("error/unsaid", reference=bug.reference), {})

    def _publish(self, heard: Heard, message: Message, users: dict[int, str]) -> None:
        view = self.drawing.home(message, users)
        try:
            with calling():
                self.clients.of(heard.team).views_publish(user_id=heard.user, view=view)
        except (Refused, Slow, Unheard, Unclear) as error:
            log.info("a home tab could not be shown: %s", error)

    def _page(self, heard: Heard) -> tuple[Message, dict[int, str]]:
        try:
            with self.app.looking(heard, self.now()) as request:
                page = home(request.session, request.directory, request.person, request.now)
                return page, users_in(request.session, request.workspace_id)
        except CommandError as error:
            return wrong(error, ""), {}
        except Unavailable:
            return compose("error/busy", typed=""), {}
