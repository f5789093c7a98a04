"""Merging: the same thing said again is one loop, which counts it and keeps who said it and where."""

from typing import Annotated

from commands.base import CommandError, Request, Says, verb
from commands.yousaid.answering import Which, check_may_log, loop_answers
from messages.post import Post
from storage.db import change
from storage.events import record
from storage.loops import Loop, loop_by_id, merged_among
from storage.wordings import withdraw_words


@verb("/yousaid merge {loop} into {other_loop}")
def merge(
    request: Request,
    loop: Which,
    into: Annotated[Loop, Says("Into which", "L3", leading=("into", "with", "and"))],
) -> list[Post]:
    """Say that two loops are the same thing; everybody who said it is to be told once it is decided."""
    check_may_log(request, loop)
    _check(request, loop, into)
    for each in (loop, *merged_among(request.session, [loop.id])[loop.id]):
        change(request.session, each, merged_into_id=into.id)
        withdraw_words(request.session, each.id)
    event = record(request.session, "merged", loop.ref, note=into.ref)
    return loop_answers(request, "merged", loop, event, into=into)


def _check(request: Request, loop: Loop, into: Loop) -> None:
    if loop.id == into.id:
        raise CommandError(f"{loop.ref} cannot be merged into itself.", f"/yousaid show {loop.ref}", "into")
    if loop.merged_into_id is not None:
        there = loop_by_id(request.session, loop.merged_into_id)
        raise CommandError(f"{loop.ref} was merged into {there.ref} already.", f"/yousaid show {there.ref}")
    if into.merged_into_id is not None:
        there = loop_by_id(request.session, into.merged_into_id)
        if there.id == loop.id:
            raise CommandError(
                f"{into.ref} was merged into {loop.ref}: the other way round it would be a circle.",
                f"/yousaid show {loop.ref}",
                "into",
            )
        raise CommandError(
            f"{into.ref} was merged into {there.ref}. Merge into that one:",
            f"/yousaid merge {loop.ref} into {there.ref}",
            "into",
        )
