"""Settling: an action is done, dropped, or taken up again."""

import re
from typing import Annotated

from commands.action.answering import answers
from commands.action.owning import check_is_open, check_may_change, is_me, is_ours
from commands.base import CommandError, Request, Says, check_fits, verb
from jobs.loops import LoopLine, loop_lines
from messages.post import Post
from storage.actions import LONGEST_NOTE, Action, ActionOwner, owners_of
from storage.db import change
from storage.events import record
from storage.standing import loops_carried_by

Which = Annotated[Action, Says("Which action", "A12")]


@verb("/action done {action}", "/action done {action} The new layout is live, see the staff site")
def done(
    request: Request,
    action: Which,
    what_changed: Annotated[
        str, Says("What changed, or a link (you may leave it empty)", "The new layout is live", long=True)
    ] = "",
) -> list[Post]:
    """Settle an action; a word on what changed helps the report."""
    _check_is_one(action, what_changed)
    check_is_open(action)
    check_may_change(request, action)
    check_fits(what_changed, LONGEST_NOTE, "what-changed")
    if _is_a_co_owners_part(request, action):
        return _part_done(request, action, what_changed)
    change(
        request.session,
        action,
        state="done",
        outcome=what_changed,
        settled_on=request.today,
        quiet_until=None,
    )
    event = record(request.session, "done", action.ref, note=what_changed)
    return answers(request, "settled", action, event, carried=carried(request, action))


def carried(request: Request, action: Action) -> list[LoopLine]:
    """What people said that is done with this action, and who is to be told."""
    found = loops_carried_by(request.session, action)
    loops = [loop for loop in found if loop.merged_into_id is None]
    lines = loop_lines(request.session, request.directory, loops, request.today)
    return [line for line in lines if line.outcome and line.outcome.action_id == action.id and line.untold]


def _check_is_one(action: Action, what_changed: str) -> None:
    """Numbers and nothing else after the first are more actions, not what changed."""
    others = re.findall(r"[aA]\d+", what_changed)
    if others and not re.sub(r"[aA]\d+|and|[\s,&]", "", what_changed):
        raise CommandError(
            "One at a time, please; each can have a line on what changed.", f"/action done {action.ref}"
        )


def _is_a_co_owners_part(request: Request, action: Action) -> bool:
    """The first named leads and settles; "done" from another owner's side is their part (DESIGN §3)."""
    owners = _owners(request, action)
    lead, others = owners[0], owners[1:]
    if is_me(request, lead) or request.person.may("coordinator"):
        return False
    if any(is_me(request, owner) for owner in others):
        return True
    return not is_ours(request, lead) and any(is_ours(request, owner) for owner in others)


def _owners(request: Request, action: Action) -> list[ActionOwner]:
    return [o for o in owners_of(request.session, [action.id])[action.id] if o.part == "owner"]


def _part_done(request: Request, action: Action, what_changed: str) -> list[Post]:
    owners = _owners(request, action)
    left = [owner for owner in owners[1:] if owner.done_on is None]
    mine = [o for o in left if is_me(request, o)] or [o for o in left if is_ours(request, o)]
    lead = request.directory.thing(owners[0]).name
    if not mine:
        raise CommandError(
            f"Your part of {action.ref} is done already; {lead} leads and settles the rest.",
            f"/action show {action.ref}",
        )
    for owner in mine:
        change(request.session, owner, done_on=request.today)
    event = record(request.session, "did their part of", action.ref, note=what_changed)
    return answers(request, "part_done", action, event, lead=lead)


@verb("/action drop {action} because the event was cancelled")
def drop(
    request: Request,
    action: Which,
    reason: Annotated[
        str, Says("Why", "The event was cancelled", leading=("because", "as", "since"), long=True)
    ],
) -> list[Post]:
    """Take an action off the plan, with the reason."""
    check_is_open(action)
    check_may_change(request, action)
    check_fits(reason, LONGEST_NOTE, "reason")
    change(
        request.session, action, state="dropped", outcome=reason, settled_on=request.today, quiet_until=None
    )
    return answers(request, "dropped", action, record(request.session, "dropped", action.ref, note=reason))


@verb("/action reopen {done}")
def reopen(request: Request, action: Which) -> list[Post]:
    """Take up again what was done or dropped."""
    if action.is_open:
        raise CommandError(f"{action.ref} is open.", f"/action show {action.ref}")
    check_may_change(request, action)
    change(request.session, action, state="open", outcome="", settled_on=None)
    for owner in owners_of(request.session, [action.id])[action.id]:
        change(request.session, owner, done_on=None)
    return answers(request, "reopened", action, record(request.session, "reopened", action.ref))
