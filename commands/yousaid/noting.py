"""Noting: words for the partnership alone, beside what people said."""

from typing import Annotated

from commands.base import Request, Says, check_fits, verb
from commands.yousaid.answering import Which, loop_answers
from messages.post import Post
from storage.actions import LONGEST_NOTE
from storage.events import record


@verb("/yousaid note {loop} The estates team looked at it on Monday", shortcut="Add to what people said")
def note(
    request: Request,
    loop: Which,
    text: Annotated[str, Says("Your note, for the partnership only", "The estates team looked", long=True)],
) -> list[Post]:
    """Add a note for the partnership; it is never part of what the public reads."""
    check_fits(text, LONGEST_NOTE, "text", "Put it in two notes, or in a document, and add its link.")
    event = record(request.session, "noted", loop.ref, note=text)
    return loop_answers(request, "noted", loop, event)
