"""Moves: what was begun before a workspace joined another partnership is not carried out in that one."""

from bot.door import Caller, Heard
from commands.base import CommandError
from commands.registry import Verb
from storage.db import Session, Unavailable
from storage.events import history
from storage.partnerships import has_gone


def check_is_of_this_plan(session: Session, caller: Caller, heard: Heard) -> None:
    """What was there before the workspace joined this partnership names things of another one."""
    if heard.shown_at is None:
        return
    joined = [e.at for e in history(session, f"workspace {caller.workspace.id}") if e.what == "joined"]
    if joined and heard.shown_at < max(joined):
        raise CommandError("That is from before this workspace joined the plan. Please begin anew.", "/me")


def check_has_not_moved(session: Session, verb: Verb, caller: Caller) -> None:
    """A workspace may have joined another partnership while a request waited for its turn to write; nothing
    must be left behind in the old one.
    """
    if not verb.terms.reads and has_gone(session, caller.workspace.id):
        raise Unavailable
