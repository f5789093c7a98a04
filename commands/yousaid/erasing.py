"""Erasing: a person's words go for good, from everything that is kept; that they were said still counts."""

from typing import Annotated, Literal

from commands.base import CommandError, Request, Says, verb
from commands.yousaid.answering import Which
from commands.yousaid.exporting import TITLE
from messages.compose import compose
from messages.post import HERE, Post
from storage.db import rewrite
from storage.erasing import erase as erase_words
from storage.events import history, record
from storage.files import forget
from storage.loops import Loop
from storage.standing import facts_of
from storage.wordings import wordings_of

SAID = ("said", "you_said", "note")
"""Columns that hold what people said."""


@verb("/yousaid erase {loop}", needs="coordinator")
def erase(
    request: Request,
    loop: Which,
    sure: Annotated[Literal["no", "yes"], Says("Erase it for good", "yes", "yes, if you are sure.")] = "no",
) -> list[Post]:
    """Erase what people said, for good, wherever it is kept; that it was said still counts."""
    if loop.erased_on is not None:
        raise CommandError(f"The words of {loop.ref} are erased already.", f"/yousaid show {loop.ref}")
    if sure != "yes":
        return [Post(compose("yousaid/erase", loop=loop, today=request.today))]
    texts = _words(request, loop)
    rewrite(request.session, loop, said="", erased_on=request.today)
    for check in facts_of(request.session, loop).checks:
        rewrite(request.session, check, note="")
    for wording in wordings_of(request.session, loop.id):
        gone = {"you_said": "", "we_did": "", "post": "", "why": "", "state": "withdrawn"}
        rewrite(request.session, wording, **gone)
    record(request.session, "erased", loop.ref)
    erase_words(request.session, [loop.ref], texts)
    values = {
        "loop": loop,
        "person": request.person,
        "outcome": facts_of(request.session, loop).outcome,
        "documents": forget(request.session, TITLE),
    }
    return [Post(compose("yousaid/erased", **values)), Post(compose("yousaid/erased_said", **values), HERE)]


def _words(request: Request, loop: Loop) -> list[str]:
    """All that may be a person's words: what was said and what was said of it, as it is and as it was."""
    wordings = wordings_of(request.session, loop.id)
    checks = facts_of(request.session, loop).checks
    now = [loop.said, *(check.note for check in checks), *(wording.you_said for wording in wordings)]
    return list(dict.fromkeys(filter(None, [*now, *_words_in_history(request, loop.ref)])))


def _words_in_history(request: Request, ref: str) -> list[str]:
    """The same, as they were before they were changed or taken back."""
    found: list[str] = []
    for event in history(request.session, ref):
        found += [event.note] if event.what == "noted" else []
        sides = (each[side] for each in event.changes for side in ("before", "after") if each[side])
        found += [text for values in sides for name in SAID if (text := values.get(name))]
    return found
