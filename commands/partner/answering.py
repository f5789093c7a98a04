"""Answering: one sentence on what is set now, for the asker and for the channel it was set in."""

from datetime import datetime

from commands.base import Request
from messages.compose import compose
from messages.post import HERE, Post
from messages.words import moment
from storage.events import record


def saved(request: Request, about: str, sentence: str, *, back: str = "", note: str = "") -> list[Post]:
    """Record what was set and say it; where it stood so already, the asker alone is told that.

    back: the line that sets it otherwise, for the asker. note: what else they may want to know, perhaps with
    a line to type at its end.
    """
    if not request.session.changes:
        return [Post(compose("partner/unchanged"))]
    record(request.session, "set", about, note=sentence)
    words, found, line = note.partition(": /")
    values = {
        "sentence": sentence,
        "back": back,
        "note": words + found[:1],
        "line": f"/{line}" if found else "",
        "person": request.person,
    }
    return [Post(compose("partner/saved", **values)), Post(compose("partner/saved_said", **values), HERE)]


def listed(template: str, **values: object) -> list[Post]:
    return [Post(compose(f"partner/{template}", **values))]


def at_time(request: Request, instant: datetime) -> str:
    """An instant as the partnership's clocks show it."""
    return moment(instant.astimezone(request.partnership.tz), request.today)
