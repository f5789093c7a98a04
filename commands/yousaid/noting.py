"""Noting: words for the partnership alone, beside what people said."""

from typing import Annotated

from commands.base import CommandError, Request, Says, verb
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
    if len(text) > LONGEST_NOTE:
        raise CommandError(
            f"That is {len(text):,} characters; a note may have {LONGEST_NOTE:,}. Put it in two notes.",
            f"/yousaid note {loop.ref} The draft is on the shared drive",
            "text",
        )
    event = record(request.session, "noted", loop.ref, note=text)
    return loop_answers(request, "noted", loop, event)
