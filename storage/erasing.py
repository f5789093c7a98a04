"""Erasing: words that have to go, out of everything that is kept of a partnership.

The one place that changes events. Call it last, after `record`, so that it reaches that event too. What is
in files is for the caller to forget; what has left the house (private answers in Slack, copies), it does not
reach.
"""

import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import col, or_, select

from storage import addresses, chat, dailies, outbox, slots
from storage.chat import ChatMessage
from storage.db import Session, rewrite
from storage.events import Event
from storage.outbox import Outbox
from storage.row import Owned
from storage.seen import Seen
from storage.slots import Notice
from storage.texts import MESSAGES, deep, kinds, reworded, rows_with, squeezed, texts_in

ERASED = "What was here has been erased."
GONE = json.dumps(
    {
        "v": 1,
        "summary": ERASED,
        "blocks": [
            {"is": "paragraph", "spans": [{"is": "text", "value": ERASED, "bold": False, "italic": False}]}
        ],
    },
    separators=(",", ":"),
)
"""A message that says so, in its stored form (messages.stored)."""
DROPPED = "what it said was erased before it was delivered."
BEGINNING = 50
"""Signs by which a text is known again where it was shortened."""
WORDS = ("said", "words", "note", "you_said", "we_did", "post", "why", "place", "forum", "passed_to")
"""Columns in which people write as they like."""
SHORT = 12
"""Texts of fewer signs, such as "Parking", are words that others use too: where neither the number of the
thing nor the request leads to them, only a whole text like that is known again.
"""
_PARAGRAPHS = re.compile(r"\n\s*\n")


# --- words for words --------------------------------------------------------------------------------


def replace(session: Session, words: Mapping[str, str], things: Collection[tuple[str, int]]) -> None:
    """Put other words in the place of these, where they stand exactly so, or with each white space in them as
    one space: in these rows and events, by table and id, in the events that changed them, and in all that was
    posted, answered and typed. What others wrote in rows of theirs stays.
    """
    known = {form: new for old, new in words.items() if old.strip() for form in (old, squeezed(old))}
    if not known:
        return
    longest_first = sorted(known, key=len, reverse=True)
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in longest_first))

    def how(text: str) -> str:
        return pattern.sub(lambda found: known[found.group()], text)

    changed = []
    for kind in kinds():
        rows = (row for row in rows_with(session, kind, known) if _is_reached(row, things))
        for row in list(rows):
            values = reworded(row, how)
            if values:
                _rewrite(session, row, values)
                changed += [row] if isinstance(row, Outbox) else []
    _show_anew(session, changed)


def _is_reached(row: Owned, things: Collection[tuple[str, int]]) -> bool:
    if (type(row).__name__, row.id) in things:
        return True
    if isinstance(row, Event):
        return any((change["table"], change["id"]) in things for change in row.changes)
    return row.kept_out_of_history or type(row) in MESSAGES


# --- a thing's words --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Going:
    """What has to go: words about things with these numbers, and these texts, whole or shortened; requests:
    the keys of what was asked that did something to one of the things.
    """

    refs: frozenset[str]
    texts: tuple[str, ...]
    requests: frozenset[str]

    def is_in(self, texts: Iterable[str]) -> bool:
        """Whether a number is in these texts as a word (L12, not L123), or some of what has to go."""
        texts = list(texts)
        refs = "|".join(map(re.escape, self.refs))
        named = refs and re.search(rf"(?<!\w)(?:{refs})(?!\w)", " ".join(texts))
        return bool(named) or self.is_held(texts)

    def is_held(self, texts: list[str]) -> bool:
        """Whether one of the texts, or its beginning, is in these; parted as they may be by line breaks."""
        joined = "\n".join(texts)
        return any(begun.search(joined) for begun in self._begun) or any(map(self._is_short_one, texts))

    def _is_short_one(self, text: str) -> bool:
        return squeezed(text) in self._short

    @cached_property
    def _begun(self) -> list[re.Pattern[str]]:
        return [_beginning(part) for part in self._parts if len(part) >= SHORT]

    @cached_property
    def _short(self) -> set[str]:
        return {part for part in self._parts if len(part) < SHORT}

    @cached_property
    def _parts(self) -> list[str]:
        """Of each text all, and its first paragraph, to which it may have been shortened."""
        both = (part for text in self.texts for part in (text, _PARAGRAPHS.split(text, maxsplit=1)[0]))
        return list(dict.fromkeys(map(squeezed, both)))

    def is_of_request(self, key: str) -> bool:
        return any(re.search(rf"(?<!\w){re.escape(own)}(?![\w-])", key) for own in self.requests)

    @property
    def seeds(self) -> set[str]:
        """Words one of which stands wherever something has to go: to ask the database by."""
        words = {max(text[:BEGINNING].split(), key=len) for text in self._parts}
        return {*self.refs, *self.requests, *words}


def _beginning(text: str) -> re.Pattern[str]:
    """How a text is known again; a short one has to end there too."""
    begun = text[:BEGINNING]
    words = r"\s*".join(map(re.escape, begun.split()))
    return re.compile(rf"(?<!\w){words}" + (r"(?!\w)" if begun == text else ""), re.IGNORECASE)


def erase(session: Session, refs: Collection[str], texts: Collection[str]) -> None:
    """Take what people said about these things out of events, posts, answers, the chat and notices, where it
    is known by a thing's number, by the request that did something to it, or by the words themselves. What
    holds some of it goes as a whole; a post that was sent is replaced where it stands. The rows of things are
    for the caller to blank: what others said in the same words stays theirs.
    """
    going = Going(frozenset(refs), tuple(filter(None, map(str.strip, texts))), _requests(session, refs))
    for event in rows_with(session, Event, going.seeds, is_any=_is_about(refs)):
        is_about = event.about in going.refs
        _rewrite(session, event, _emptied(event, going) if is_about else _without_notices(event, going))
    posts = [p for p in rows_with(session, Outbox, going.seeds) if _has_to_go(p, p.why, going)]
    _take_posts(session, posts)
    for said in rows_with(session, ChatMessage, going.seeds):
        if _has_to_go(said, said.text, going):
            gone = {"text": said.text and ERASED, "message": said.message and GONE}
            _rewrite(session, said, gone)
    for answer in rows_with(session, Seen, going.seeds):
        if _has_to_go(answer, "", going):
            _rewrite(session, answer, {"answer": json.dumps([GONE])})
    for notice in rows_with(session, Notice, going.seeds):
        if _has_to_go(notice, notice.why, going):
            slots.take_notice(session, notice)


def _requests(session: Session, refs: Collection[str]) -> frozenset[str]:
    """Without what the chat in the browser puts before the keys of what is typed, clicked and sent."""
    query = select(Event.via).where(col(Event.about).in_(list(refs)))
    keys = (via.partition(" ")[2] for via in session.exec(query))
    return frozenset(re.sub(r"^(?:line|click|form)-", "", key) for key in keys if key)


def _is_about(refs: Collection[str]) -> ColumnElement[bool]:
    return col(Event.about).in_(list(refs))


def _emptied(event: Event, going: Going) -> dict[str, Any]:
    """Of an event about one of the things no note is left, and no words that it changed, whatever they were:
    they may have been taken back since.
    """

    def how(text: str) -> str:
        return "" if going.is_held([text]) else text

    changes = [
        change | {side: _without_words(change[side]) for side in ("before", "after") if change[side]}
        for change in event.changes
    ]
    return {"note": event.note if event.what == "undid" else "", "changes": deep(changes, how)}


def _without_notices(event: Event, going: Going) -> dict[str, Any]:
    """Of what was done to other things stays all but what a notice was to say of this one."""

    def how(text: str) -> str:
        return "" if going.is_held([text]) else text

    changes = [deep(each, how) if each["table"] == Notice.__name__ else each for each in event.changes]
    return {"changes": changes}


def _without_words(values: dict[str, Any]) -> dict[str, Any]:
    return values | {name: "" for name in WORDS if values.get(name)}


def _has_to_go(row: Outbox | ChatMessage | Seen | Notice, typed: str, going: Going) -> bool:
    said = texts_in(getattr(row, MESSAGES[type(row)]))
    return going.is_of_request(row.key) or going.is_in(said) or going.is_in([typed])


def _take_posts(session: Session, posts: list[Outbox]) -> None:
    """A post goes with its edits. One that waits is dropped; what else a post of the day had to say is said
    at the next turn.
    """
    heads = {post.edits or post.id for post in posts}
    both = or_(col(Outbox.id).in_(heads), col(Outbox.edits).in_(heads))
    whole = list(session.exec(select(Outbox).where(both))) if heads else []
    for post in whole:
        if post.state == "waiting" and post.edits is None:
            _drop(session, post)
    for post in whole:
        _rewrite(session, post, {"message": GONE, "why": post.why and ERASED})
    _show_anew(session, whole)


def _drop(session: Session, post: Outbox) -> None:
    pieces = dailies.waiting_with(session, post) if post.key.startswith(dailies.KEY) else []
    for each in pieces or [post]:
        key = f"{each.key}|dropped {each.id}" if pieces else each.key
        rewrite(session, each, state="dropped", error=DROPPED, key=key)
    if pieces and pieces[0].since_at is not None:
        address = addresses.address_by_id(session, post.address_id)
        slots.unspoken(session, address, post.created_at, pieces[0].since_at, pieces[0].since_event)


# --- rows -------------------------------------------------------------------------------------------


def _show_anew(session: Session, posts: list[Outbox]) -> None:
    """Posts that were sent are replaced where they stand, by an edit, unless one is on its way already."""
    for head in dict.fromkeys(post.edits or post.id for post in posts):
        post = outbox.post_by_id(session, head)
        edits = list(session.exec(select(Outbox).where(Outbox.edits == head).order_by(col(Outbox.id))))
        is_on_its_way = bool(edits) and edits[-1].state == "waiting"
        if post is not None and post.state == "sent" and post.reference and not is_on_its_way:
            key = f"erased|{head}|{edits[-1].id if edits else 0}"
            outbox.put(session, post.address_id, key, (edits or [post])[-1].message, edits=head)


def _rewrite(session: Session, row: Owned, values: dict[str, Any]) -> None:
    """Whoever looks at a chat sees it change."""
    new = {name: value for name, value in values.items() if value != getattr(row, name)}
    if new and isinstance(row, ChatMessage):
        chat.retell(session, row, **new)
    elif new:
        rewrite(session, row, **new)
