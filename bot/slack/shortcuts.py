"""Shortcuts: a message in Slack is chosen, and a form is filled with it."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from bot.app import App
from bot.guarding import without_private
from bot.slack.answering import FAILED, Answering
from bot.slack.calling import AT_ONCE, Clients, calling
from bot.slack.hearing import Chosen
from bot.slack.meeting import MOST_AT_ONCE, Acquaintance
from bot.slack.wording import readable
from commands.base import CommandError, Request
from commands.errors import wrong
from commands.grammar.forms import form_for
from messages.message import Message
from storage import people
from storage.addresses import address_known_as

LONGEST = 1500
"""Characters of a message that a form is filled with; the link leads to the rest."""


@dataclass(frozen=True)
class Shortcuts:
    """Opens the form of a verb for a message, with its author and a link back to it."""

    app: App
    answers: Answering
    clients: Clients
    known: Acquaintance
    now: Callable[[], datetime]

    def choose(self, chosen: Chosen) -> None:
        """Open the form; where it cannot be opened, a direct message has a button that can."""
        try:
            form, about = self._form(chosen)
        except CommandError as error:
            self._tell(chosen, wrong(error, ""))
            return
        if not self.answers.open(chosen.heard, chosen.trigger, form, about):
            self._tell(chosen, form)

    def _tell(self, chosen: Chosen, message: Message) -> None:
        if not self.app.reply(chosen.heard, [message], self.now()):
            self.answers.privately(chosen.heard, chosen.url, (message,))

    def _form(self, chosen: Chosen) -> tuple[Message, dict[str, str]]:
        """The form, and what it brings back: others are to see what changes where the message stands, if
        the bot speaks there. Raises CommandError.
        """
        link = self._link(chosen)
        with self.app.looking(chosen.heard, self.now()) as request:
            verb = self.app.commands.verb(chosen.verb)
            if verb.takes is None:
                raise CommandError(f"{verb.line} cannot be chosen for a message.", "/help")
            text = self._text(request, chosen, link)
            known = address_known_as(request.session, request.workspace_id, "channel", chosen.channel)
            text, error = without_private(verb.takes, text)
            form = form_for(verb, request, values={verb.takes.name: text}, error=error)
            return form, {"channel": chosen.channel} if known else {}

    def _text(self, request: Request, chosen: Chosen, link: str) -> str:
        """The message, whose it is, and where it stands."""
        name_of = self._naming(request, chosen.heard.team)
        author = name_of(chosen.author) if chosen.author else ""
        text = readable(chosen.text, name_of).strip()
        cut = text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()}…"
        return "\n\n".join(filter(None, [cut, ": ".join(filter(None, [author, link]))]))

    def _naming(self, request: Request, team: str) -> Callable[[str], str]:
        """What people are called. Slack is asked about a few alone, or the form would open too late."""
        asked = iter(range(MOST_AT_ONCE))

        @cache
        def name_of(user: str) -> str:
            person = people.person_known_as(request.session, request.workspace_id, user)
            if person or next(asked, None) is None:
                return person.name if person else "someone"
            return self.known.user(team, user, team).name or "someone"

        return name_of

    def _link(self, chosen: Chosen) -> str:
        """Where the message stands; "" if Slack does not tell, as of channels that the bot is not in."""
        with suppress(*FAILED), calling():
            client = self.clients.of(chosen.heard.team, AT_ONCE)
            return str(client.chat_getPermalink(channel=chosen.channel, message_ts=chosen.ts)["permalink"])
        return ""
