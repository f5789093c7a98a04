"""Seeing: a page of the chat as its reader has it, and the events of its stream."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import httpx

from tests.messages.browser import Element, parse, sent

Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class Said:
    """One message, as a page shows it."""

    element: Element

    @property
    def id(self) -> int:
        return int(self.element["data-id"])

    @property
    def by(self) -> str:
        return next(self.element.all("strong")).text

    @cached_property
    def words(self) -> str:
        """What was said; of a person exactly as typed, of the bot its first lines run together."""
        return self._of_class("said").text

    @property
    def lead(self) -> str:
        """The first thing that the bot says in it."""
        return next(self._of_class("said").all("p", "h3", "li")).text

    @property
    def is_alone(self) -> bool:
        return "alone" in self.element["class"].split()

    @property
    def replies(self) -> str:
        """What the link to its thread says, "" where there is none."""
        return next(
            (a.text.partition(" to ")[0] for a in self.element.all("a") if "thread=" in a["href"]), ""
        )

    @property
    def buttons(self) -> list[str]:
        return [button.text for form in self._forms("buttons") for button in form.all("button")]

    @property
    def form(self) -> Element:
        (found,) = self._forms("form")
        return found

    @property
    def has_form(self) -> bool:
        return bool(self._forms("form"))

    @property
    def values(self) -> dict[str, str]:
        """What stands in the form's fields."""
        return {name.removeprefix("field."): v for name, v in sent(self.form) if name.startswith("field.")}

    @property
    def wrong(self) -> list[str]:
        """What is wrong in the form, as its list of errors has it."""
        errors = [each for each in self.form.all("div") if each["class"] == "errors"]
        return [item.text for each in errors for item in each.all("li")]

    def buttons_form(self, label: str) -> Element:
        return next(f for f in self._forms("buttons") if label in [b.text for b in f.all("button")])

    def _forms(self, kind: str) -> list[Element]:
        return [form for form in self.element.all("form") if form["class"] == kind]

    def _of_class(self, name: str) -> Element:
        return next(each for each in self.element.all() if name in each["class"].split())


@dataclass(frozen=True)
class Page:
    """A page as a browser has it. address: the one that is in the browser's bar."""

    address: str
    html: str

    @cached_property
    def tree(self) -> Element:
        return parse(self.html)

    @property
    def body(self) -> dict[str, str]:
        return dict(self.tree.attributes)

    @property
    def revision(self) -> int:
        return int(self.body["data-revision"])

    @property
    def messages(self) -> list[Said]:
        return [Said(item) for item in self.tree.all("li") if item.has("data-id")]

    @property
    def words(self) -> list[tuple[str, str]]:
        """Who said what."""
        return [(said.by, said.lead if said.by == "Commsbot" else said.words) for said in self.messages]

    @property
    def doors(self) -> dict[str, int]:
        """How much is unread, by the name of each place where anything is."""
        links = [link for link in self.tree.all("a") if link.has("data-place")]
        return {
            next(link.all("bdi")).text: int(next(mark.all("b")).text)
            for link in links
            for mark in link.all("span")
            if mark["class"] == "unread" and not mark.has("hidden")
        }

    @property
    def now(self) -> str:
        """What the time is, in the partnership's zone, such as "2020-06-01T09:30"."""
        return self.named("now")["datetime"][:16]

    @property
    def note(self) -> str:
        return self.named("alert").text

    @property
    def step(self) -> str:
        """The heading of the guide, "" where it is not shown."""
        return next((heading.text for heading in self.named("guide").all("h2")), "")

    def named(self, id_: str) -> Element:
        return next(each for each in self.tree.all() if each["id"] == id_)

    @property
    def composer(self) -> Element:
        """The box to write in."""
        return next(form for form in self.tree.all("form") if dict(form.attributes).get("id") == "composer")

    def form(self, action: str) -> Element:
        return next(form for form in self.tree.all("form") if form["action"].partition("?")[0] == action)


@dataclass(frozen=True)
class Event:
    """One event of the stream."""

    kind: str
    number: int
    what: dict[str, Any]

    @property
    def said(self) -> Said:
        return Said(next(parse(self.what["html"]).all("li")))


def put(pairs: Pairs, **values: str) -> Pairs:
    """The pairs of a form with other values in some of its fields."""
    changed = {name: re.sub("\r\n?|\n", "\r\n", value) for name, value in values.items()}
    return [(name, value) for name, value in pairs if name not in changed] + list(changed.items())


def up_to(events: Iterator[Event], is_it: Callable[[Event], bool]) -> list[Event]:
    """The events up to the one that is meant. Fails if the stream ends before, or has nothing to tell."""
    heard: list[Event] = []
    with suppress(httpx.ReadTimeout):
        for event in events:
            heard.append(event)
            if is_it(event):
                return heard
    raise AssertionError(f"what was waited for did not come after {heard}")


def events_in(lines: Iterator[str]) -> Iterator[Event]:
    """As the standard has it: an event ends with an empty line; a line that begins with a colon is none."""
    fields: dict[str, str] = {}
    for line in lines:
        name, _, value = line.partition(": ")
        if not line and "data" in fields:
            yield Event(fields["event"], int(fields.get("id", "0")), json.loads(fields["data"]))
        fields = fields | {name: value} if line else {}
