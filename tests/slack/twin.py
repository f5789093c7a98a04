"""A twin of a conversation: all that happens on the local platform happens in Slack too, and is compared."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.clock import read_move
from messages.form import Field, Form
from messages.text import as_text
from tests.conversation import LONDON, Conversation, Seen, buttons
from tests.databases import cleared
from tests.slack.reading import questions, same_words
from tests.slack.talking import Talking, Told


@dataclass
class Twin(Conversation):
    """The local platform answers, so that a story reads on as it is; in Slack, the same words have to reach
    the same people at the same time, each once.

    way: how the bot hears Slack. folder: where its plan is kept. number: of how many twins that are there.
    """

    way: str = "http"
    folder: Path = Path()
    number: int = 0

    def __post_init__(self) -> None:
        super().__post_init__()
        path = cleared(self.folder / f"twin-{self.number}.db")
        with sqlite3.connect(str(self.db.engine.url.database)) as here, sqlite3.connect(path) as there:
            here.backup(there)
        here.close()
        there.close()
        self.slack = Talking(path, self.clock.now(), self.way)
        self.steps = 0

    def say(self, who: str, line: str, channel: str = "", key: str = "", **more: object) -> str:
        said = super().say(who, line, channel, key, **more)
        self._compare(self.slack.type(f"@{who}", line, channel, key), line)
        return said

    def fill(self, who: str, command: str, /, **fields: str) -> str:
        said = super().say(who, f"/{command}", fields=fields)
        line = " ".join([f"/{command}", *([fields["action"]] if "action" in fields else [])])
        self._compare(self.slack.fill(f"@{who}", line, fields), line)
        return said

    def click(self, who: str, seen: Seen, label: str, nth: int = 0) -> str:
        button = [b for b in buttons(seen.shown.message) if b.label == label][nth]
        said = self.slack.said(seen.place)[_place_of(self.to(seen.place), seen)]
        post = next(piece for piece in said.pieces if button.line in str(piece.blocks))
        answer = super().say(who, button.line, is_click=True, clicked=seen.shown.reference)
        self._compare(self.slack.press(f"@{who}", post, button.line), button.line)
        return answer

    def until(self, to: str) -> list[Seen]:
        instant = read_move(to, self.clock.now(), LONDON)
        seen = super().until(to)
        self.slack.until(instant)
        self._compare_places(to)
        return seen

    def beat(self) -> None:
        super().beat()
        self.slack.beat()
        self._compare_places("a beat")

    def finish(self) -> int:
        return self.slack.finish()

    # --- comparing ----------------------------------------------------------------------------------

    def _compare(self, told: Told, line: str) -> None:
        """The answer that somebody alone is given, and then what all others have been told."""
        self.steps += 1
        form = next((b for m in self.answer.messages for b in m.blocks if isinstance(b, Form)), None)
        if form is not None and told.errors:
            assert told.errors == _errors(form), line[:100]
        elif form is not None and told.view is not None:
            _compare_form(form, told)
        else:
            words = self.slack.words_of(told)
            here = "\n\n".join(as_text(message) for message in self.answer.messages)
            assert same_words(words) == same_words(here), line[:100]
        self._compare_places(line)

    def _compare_places(self, line: str) -> None:
        for place in {*self.slack.users, *self.slack.channels}:
            there = [(same_words(said.words), said.at) for said in self.slack.said(place)]
            here = [(same_words(text), when) for text, when in _standing(self.to(place))]
            assert there == here, f"{place} after {line[:100]}"


def _standing(posts: list[Seen]) -> list[tuple[str, datetime]]:
    """What stands in a place by now, each with when it was posted."""
    standing: dict[str, tuple[str, datetime]] = {}
    for seen in posts:
        first = standing.get(seen.shown.reference)
        standing[seen.shown.reference] = (seen.text, first[1] if first else seen.when)
    return list(standing.values())


def _place_of(posts: list[Seen], wanted: Seen) -> int:
    return list(dict.fromkeys(seen.shown.reference for seen in posts)).index(wanted.shown.reference)


def _compare_form(form: Form, told: Told) -> None:
    assert told.view is not None
    asked = questions(told.view.given)
    fields = [own for asked_ in form.fields for own in _own(asked_)]
    assert [(each["name"], each["label"], each["required"], each["value"]) for each in asked] == [
        (field.name, field.label, field.required, field.value) for field in fields
    ]


def _own(asked: object) -> list[Field]:
    if isinstance(asked, Field):
        return [asked]
    return [own for row in asked.rows for own in asked.filled(row)]  # type: ignore[attr-defined]


def _errors(form: Form) -> dict[str, str]:
    return {own.name: own.error for asked in form.fields for own in _own(asked) if own.error}
