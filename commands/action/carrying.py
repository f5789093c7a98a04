"""Carrying: what people said moves with the action that carries it out, and its history says so."""

from commands.base import Request
from storage.actions import Action
from storage.events import record
from storage.loops import loops_among
from storage.standing import carried_by, facts_of_all


def note_with_loops(request: Request, action: Action, what: str, note: str = "") -> None:
    """Note with each of its loops what became of an action, once that is recorded of the action itself.

    what: "kept" (the action is done), "dropped" or "reopened".
    """
    loops = loops_among(request.session, carried_by(request.session, [action.id]))
    for facts in facts_of_all(request.session, list(loops.values())):
        latest = [outcome for outcome in facts.outcomes if outcome.round == facts.loop.round][-1:]
        if facts.loop.merged_into_id is None and latest and latest[0].action_id == action.id:
            record(request.session, what, facts.loop.ref, note=f"{action.ref} {note}".strip())
