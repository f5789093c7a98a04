"""Asking: somebody is asked to decide, or a forum on a day is awaited."""

from typing import Annotated

from commands.action.owning import ids
from commands.base import CommandError, Request, Says, verb
from commands.grammar.owners import Named, Owners
from commands.yousaid.answering import Which, check_is_to_come, check_is_whole, check_may_log, loop_answers
from messages.post import Post
from storage.db import add
from storage.events import record
from storage.loops import LONGEST_NAME, Asking, Loop, day_columns
from storage.standing import facts_of
from storage.when import When


@verb("/yousaid ask {loop} {person} by: next friday", "/yousaid ask {loop} {person}")
def ask(
    request: Request,
    loop: Which,
    whom: Annotated[Owners, Says("Who decides", "@someone, Head of Estates", leading=("to",))],
    *,
    by: Annotated[When | None, Says("By when", "end of June", also=("due",), endings=True)] = None,
) -> list[Post]:
    """Ask who can decide what comes of it; they are told, and reminded before the day."""
    check_is_whole(loop, request)
    check_may_log(request, loop)
    _check_is_undecided(request, loop)
    asking = add(request.session, asking_of(request, loop, one_of(whom), by))
    event = record(request.session, "asked", loop.ref, note=request.directory.thing(asking).name)
    return loop_answers(request, "asked", loop, event)


@verb("/yousaid awaiting {loop} the engagement group on: next friday")
def awaiting(
    request: Request,
    loop: Which,
    forum: Annotated[
        str, Says("Which forum decides", "the engagement group", leading=("for",), most=LONGEST_NAME)
    ],
    *,
    on: Annotated[When, Says("On which day it meets", "12 June", also=("when",), endings=True)],
) -> list[Post]:
    """Say which meeting decides and when; till then nobody is reminded."""
    check_is_whole(loop, request)
    check_may_log(request, loop)
    _check_is_undecided(request, loop)
    check_is_to_come(request, on, "on", "“on:”")
    name = forum.strip().removesuffix(" on")
    add(
        request.session,
        Asking(
            loop_id=loop.id,
            round=loop.round,
            forum=name,
            asked_by=request.person.id,
            asked_on=request.today,
            **day_columns(on),
        ),
    )
    return loop_answers(
        request, "awaiting", loop, record(request.session, "set awaiting", loop.ref, note=name)
    )


def asking_of(request: Request, loop: Loop, whom: Named, by: When | None) -> Asking:
    if by is not None:
        check_is_to_come(request, by, "by", "“by:”")
    return Asking(
        loop_id=loop.id,
        round=loop.round,
        text=whom.text,
        asked_by=request.person.id,
        asked_on=request.today,
        **ids(whom.thing),  # type: ignore[arg-type]
        **(day_columns(by) if by else {}),
    )


def one_of(owners: Owners) -> Named:
    """The one who was named; several cannot be asked the same question."""
    if len(owners.named) != 1:
        raise CommandError("Name one person, role, team or organisation.", field="")
    return owners.named[0]


def _check_is_undecided(request: Request, loop: Loop) -> None:
    facts = facts_of(request.session, loop)
    if facts.outcome is not None and loop.decided_on is not None:
        raise CommandError(
            f"{loop.ref} is decided already. To have it looked at again, say that it is not so:",
            f"/yousaid check {loop.ref} no",
        )
