"""Guarding: what is private in what a person sends is refused at the door, or asked about."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.door import Heard
from commands.base import CommandError, Request, ToMend
from commands.grammar.forms import form_for
from commands.grammar.kinds import Filled
from commands.grammar.private import CONTACT, NEVER, Kind, find, masked, named, without
from commands.grammar.signature import Part, texts_of
from commands.registry import Verb
from messages.compose import compose, join
from messages.form import Form, filled_in, with_errors
from messages.message import Message
from messages.post import ASKER, Post
from storage import events, texts
from storage.db import Session
from storage.events import Event

NO_NUMBERS = "Such numbers are kept nowhere here"
NO_FEEDBACK = "What people said is kept without anything that tells who they are"
STILL_SHOWN = "Your own message still shows it: please delete it there."
_LINE = ""
"""Stands for the line among the names of fields."""


@dataclass(frozen=True)
class Refused:
    """A request that is not carried out. kept: as it may be kept, the line masked, and the fields of a form
    without what was found; line: the line without it. found: what it was, by the name of the field or part.
    why: of the rule, in words.
    """

    kept: Heard
    line: str
    found: dict[str, str]
    why: str

    @property
    def wrong(self) -> str:
        """In one sentence, and another where it can still be seen."""
        parts = [f"There is {self._all} in that. {self.why}, so nothing was saved."]
        return " ".join([*parts, STILL_SHOWN] if self.kept.is_shown else parts)

    @property
    def _all(self) -> str:
        return "; ".join(dict.fromkeys(self.found.values()))


class NotKept(Exception):
    """What was sent is refused for what is private in it; error: as people are told."""

    def __init__(self, refused: Refused, error: CommandError) -> None:
        super().__init__(error.wrong)
        self.refused, self.error = refused, error


# --- refusing ---------------------------------------------------------------------------------------


def never(heard: Heard) -> Refused | None:
    """What no text may hold, whatever it is for."""
    fields = heard.fields
    if fields is not None:  # what nobody typed, but a browser may send
        fields = {name: text for name, text in fields.items() if not find(name, NEVER)}
    given = {_LINE: heard.line} | (fields or {})
    return _refused(replace(heard, fields=fields), given, NEVER, NO_NUMBERS)


def in_feedback(verb: Verb, words: str, heard: Heard) -> Refused | None:
    """What the words of people may not hold, in the parts that are theirs."""
    names = [part.name for part in verb.parts if part.says.privacy == "feedback"]
    if verb.terms.reads or not names:
        return None
    if heard.fields is not None:
        given = {field: text for field, text in heard.fields.items() if field.partition(".")[0] in names}
    else:
        given = _parts(names, verb, words)
    return _refused(heard, given, CONTACT, NO_FEEDBACK)


def _parts(names: list[str], verb: Verb, words: str) -> dict[str, str]:
    """The text of these parts; all of a line that cannot be taken apart, for they may be anywhere in it."""
    try:
        parts = texts_of(verb.parts, words)
    except CommandError:
        return {_LINE: words}
    return {name: text for name, text in parts.items() if name in names}


def _refused(heard: Heard, given: Mapping[str, str], kinds: tuple[Kind, ...], why: str) -> Refused | None:
    """given: texts that are fields, by their names, or else stand in the line."""
    found = {name: found for name, text in given.items() if (found := find(text, kinds))}
    if not found:
        return None
    fields, line, hidden = heard.fields, heard.line, heard.line
    for name, private in found.items():
        text = given[name]
        if fields is not None and name in fields:
            fields = fields | {name: without(text, private)}
        else:
            line = line.replace(text, without(text, private))
            hidden = hidden.replace(text, masked(text, private))
    told = {name: named(given[name], private) for name, private in found.items()}
    return Refused(replace(heard, line=hidden, fields=fields), line, told, why)


def masked_line(line: str) -> str:
    """A text as it may be kept, whoever typed it and wherever."""
    return masked(line, find(line, NEVER))


def error_of(refused: Refused, verb: Verb | None, words: str, request: Request) -> CommandError:
    """What the asker is told: the line, or the form, again without it. words: of that line after the verb."""
    if verb and refused.kept.fields is not None:
        form = _form(refused, verb, request)
        return ToMend(refused.wrong, form) if form else CommandError(refused.wrong)
    return CommandError(refused.wrong, f"{verb.line} {words}".strip() if verb else "")


def _form(refused: Refused, verb: Verb, request: Request) -> Message | None:
    """None for a form of rows that cannot be had anew."""
    fields = refused.kept.fields or {}
    wrong = {name: f"There is {found} in this. It was taken out." for name, found in refused.found.items()}
    if not any(part.type is Filled for part in verb.parts):
        shown = form_for(verb, request, values=fields)
    elif request.person.may(verb.terms.needs) and not any(part.is_required for part in verb.parts):
        shown = join(*(post.message for post in verb.function(request)))
    else:
        return None
    blocks = (with_errors(filled_in(b, fields), wrong) if isinstance(b, Form) else b for b in shown.blocks)
    return Message(tuple(blocks), shown.summary) if any(isinstance(b, Form) for b in shown.blocks) else None


def without_private(part: Part, text: str) -> tuple[str, CommandError | None]:
    """A text that somebody else wrote, as a part may hold it, and what was wrong with it."""
    found = find(text, NEVER + CONTACT if part.says.privacy == "feedback" else NEVER)
    if not found:
        return text, None
    wrong = (
        f"There was {named(text, found)} in the message, and it still shows it: please have it deleted there."
    )
    return without(text, found), CommandError(wrong, field=part.name)


# --- asking about it --------------------------------------------------------------------------------


def asked_about(verb: Verb, words: str, heard: Heard, request: Request, posts: list[Post]) -> list[Post]:
    """The answer, with a question about what is private in what was stored just now, if there is anything."""
    given = heard.fields if heard.fields is not None else texts_of(verb.parts, words) if words else {}
    usual = {p.name for p in verb.parts if p.says.privacy == "usual" and p.type in (str, Filled)}
    told = [text for name, text in given.items() if name.partition(".")[0] in usual]
    found = [(text, each) for text in told for each in find(text, CONTACT, in_links=False)]
    event = _stored(request.session, [text[each.start : each.end] for text, each in found])
    if event is None:
        return posts
    what = " and ".join(dict.fromkeys(named(text, [each]) for text, each in found))
    question = compose("privacy/asked", what=what, event=event, is_shown=heard.is_shown)
    mine = [number for number, post in enumerate(posts) if post.to is ASKER]
    if not mine:
        return [*posts, Post(question)]
    last = posts[mine[-1]]
    both = replace(last, message=join(last.message, question))
    return [*posts[: mine[-1]], both, *posts[mine[-1] + 1 :]]


def _stored(session: Session, words: list[str]) -> Event | None:
    """The last event of this request, if one of its events holds one of the words, and so has stored it."""
    last = events.event_by_id(session, events.last_event(session)) if words else None
    if last is None or last.via != session.via:
        return None
    held = [text for event in events.done_with(session, last) for text in texts.texts_of_event(event)]
    return last if any(word in text for word in words for text in held) else None
