"""Completing actions: which one is meant by a number, or by a word of its title."""

from commands.base import Request
from commands.grammar.choices import LONGEST_LABEL, Choice
from commands.registry import Verb
from messages.words import short, when
from storage.offers import waiting_offers
from storage.outlines import Outline, outlines, owned_by
from storage.seats import Role, Team

ENOUGH = 8


def fitting_actions(verb: Verb, typed: str, request: Request) -> list[Choice]:
    """The actions that a verb could be about, of which the number or any word begins as typed; those that
    suit the verb first, then one's own. What is settled comes last: it is looked for where it may be needed.
    """
    examples = " ".join(verb.terms.examples)
    states = [("done", "dropped"), ("open",)] if "{done}" in examples else [("open",), ("done", "dropped")]
    mine = _mine(request)
    found: list[Outline] = []
    for some in states:
        if len(found) < ENOUGH:
            more = [action for action in outlines(request.session, *some) if _fits(action, typed)]
            found += sorted(more, key=lambda action: action.id not in mine)
    if "{offered}" in examples:
        on_offer = {offer.action_id for offer in waiting_offers(request.session)}
        found.sort(key=lambda action: action.id not in on_offer)
    if "{ongoing}" in examples:
        found.sort(key=lambda action: action.kind != "ongoing")
    return [_choice(action, request, is_mine=action.id in mine) for action in found[:ENOUGH]]


def _fits(action: Outline, typed: str) -> bool:
    key = typed.strip().lower()
    return f" {key}" in f" a{action.number} {action.number} {action.title.lower()}"


def _mine(request: Request) -> set[int]:
    seats = request.directory.seats_of(request.person.id)
    roles = {seat.id for seat in seats if isinstance(seat, Role)}
    teams = {seat.id for seat in seats if isinstance(seat, Team)}
    return owned_by(request.session, {request.person.id}, roles, teams)


def _choice(action: Outline, request: Request, *, is_mine: bool) -> Choice:
    state = when(action, request.today) if action.is_open else action.state
    label = f"A{action.number} {short(action.title, LONGEST_LABEL)}"
    return Choice(f"A{action.number}", action, label, f"yours, {state}" if is_mine else state)
