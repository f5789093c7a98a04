"""The look: templates of the pages, and messages as everyone's page shows them."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from messages.html import Frame, as_html
from messages.message import Message
from messages.stored import from_json
from messages.words import FILTERS, clock, day, short
from storage.chat import ChatMessage

FOLDER = Path(__file__).parent
TOKEN = secrets.token_hex(16)
"""Stands in what everyone is shown where each person's own token has to be; nobody can have typed it."""


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["TOKEN"] = TOKEN
    environment.filters |= FILTERS | {"initials": initials, "clock": clock}
    return environment


def render(name: str, /, **values: Any) -> str:
    """A page or a piece of one."""
    return _environment().get_template(f"{name}.html").render(values)


def with_token(html: str, token: str) -> str:
    return html.replace(TOKEN, token)


@dataclass(frozen=True)
class Shown:
    """A message as a page shows it.

    by: its author's name. whose: the person in whose direct messages it is, None in a channel.
    replies: of its thread. seen_in: the thread that it is looked at in, None outside of all.
    """

    said: ChatMessage
    by: str
    at: datetime
    whose: int | None
    replies: int = 0
    seen_in: int | None = None

    @property
    def has_thread(self) -> bool:
        """Whether one can reply to it: in a channel, to what everyone there sees."""
        return self.whose is None and self.said.only_for is None and self.said.thread_of is None

    @property
    def is_bot(self) -> bool:
        return self.said.author_id is None

    @property
    def message(self) -> Message:
        return from_json(self.said.message) if self.said.message else Message((), self.said.text)

    @property
    def html(self) -> str:
        """The bot's message; made by the renderer, which escapes what is in it."""
        thread = (("thread", str(self.seen_in)),) if self.seen_in else ()
        hidden = (("message", str(self.said.id)), ("token", TOKEN), *thread)
        frame = Frame(prefix=f"m{self.said.id}", level=3, click="click", fill="fill", hidden=hidden)
        return as_html(self.message, frame)

    @property
    def summary(self) -> str:
        return short(self.message.summary, 200)


def message_html(one: Shown) -> str:
    return render("message", one=one)


def initials(name: str) -> str:
    """Two letters to tell people apart by."""
    words = [word for word in name.split() if word[0].isalnum()]
    return "".join(word[0] for word in [*words[:1], *words[1:][-1:]]).upper() or "?"


def said_day(moment: datetime) -> str:
    """As "Friday 12 June 2026"."""
    return f"{day(moment.date(), moment.date())} {moment.year}"
