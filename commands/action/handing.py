"""Handing over: an action changes hands; another organisation is asked, never told (DESIGN §3)."""

from typing import Annotated

from commands.action.answering import answers
from commands.action.owning import asked_first, check_is_open, check_may_change, give_from, is_me, is_ours
from commands.base import CommandError, Request, Says, verb
from commands.grammar.owners import Owners
from messages.post import Post
from storage.actions import Action, ActionOwner, owners_of, put_owners
from storage.db import change, remove
from storage.events import Event, record
from storage.offers import Offer, offers_of

Which = Annotated[Action, Says("Which action", "A12")]


@verb("/action hand {action} to {colleague}")
def hand(
    request: Request,
    action: Which,
    to: Annotated[Owners, Says("To whom", "@someone", leading=("to", "over"), note=asked_first)],
) -> list[Post]:
    """Give an action to someone else; another organisation is asked first, unless a coordinator gives it.

    Whoever owns it with others gives away their own part; of who owns it not at all, it is the whole.
    """
    check_is_open(action)
    check_may_change(request, action)
    if not to:
        raise CommandError(
            "To whom? An action always has an owner.", f"/action hand {action.ref} to me", "to"
        )
    owners = [o for o in owners_of(request.session, [action.id])[action.id] if o.part == "owner"]
    leaving = [owner for owner in owners if is_me(request, owner)] or owners
    before = [request.directory.thing(owner).name for owner in leaving if not is_me(request, owner)]
    offers = give_from(request, action, leaving, to)
    if not offers:
        _wake(request, action)
    names = " and ".join(named.thing.name for named in to.named)
    event = record(request.session, "handed", action.ref, note=f"to {names}")
    return answers(request, "handed", action, event, before=before)


@verb("/action accept {offered}")
def accept(request: Request, action: Which) -> list[Post]:
    """Take an action that your organisation was offered."""
    offer = _offer_to_us(request, action)
    owners = [o for o in owners_of(request.session, [action.id])[action.id] if o.part == "owner"]
    for owner in owners:
        if owner.is_standing_in and owner.person_id == offer.giver_id:
            remove(request.session, owner)
    put_owners(request.session, action, [_as_owner(offer)])
    _wake(request, action)
    event = _answer(request, action, offer, "accepted", "")
    return answers(request, "accepted", action, event, giver=_giver(request, offer))


def _wake(request: Request, action: Action) -> None:
    """Whoever takes an action over has not asked for peace; what it waits for, it still waits for."""
    if not action.waiting_for:
        change(request.session, action, quiet_until=None, snoozes=0)


def _as_owner(offer: Offer) -> ActionOwner:
    return ActionOwner(
        position=offer.position,
        text=offer.text,
        person_id=offer.person_id,
        role_id=offer.role_id,
        team_id=offer.team_id,
        organisation_id=offer.organisation_id,
    )


@verb("/action decline {offered} We have nobody free before July")
def decline(
    request: Request,
    action: Which,
    why: Annotated[str, Says("Why", "We have nobody free before July", leading=("because", "as"), long=True)],
) -> list[Post]:
    """Say no to an action that your organisation was offered, and why."""
    offer = _offer_to_us(request, action)
    event = _answer(request, action, offer, "declined", why)
    return answers(request, "declined", action, event, giver=_giver(request, offer))


@verb("/action not ours {offered}")
def not_ours(request: Request, action: Which) -> list[Post]:
    """Say that an offered action is not for your organisation."""
    offer = _offer_to_us(request, action)
    event = _answer(request, action, offer, "not ours", "")
    return answers(request, "declined", action, event, giver=_giver(request, offer))


def _offer_to_us(request: Request, action: Action) -> Offer:
    """The offer that this person answers: their own, or one to their organisation."""
    check_is_open(action)
    waiting = [offer for offer in offers_of(request.session, action.id) if not offer.answer]
    names = " and ".join(request.directory.thing(offer).name for offer in waiting)
    still = f" It is on offer to {names}." if names else ""
    mine = [offer for offer in waiting if is_me(request, offer)]
    if mine:
        return mine[0]
    owners = owners_of(request.session, [action.id])[action.id]
    if any(is_me(request, owner) for owner in owners if not owner.is_standing_in):
        raise CommandError(f"You have {action.ref} already.{still}", f"/action show {action.ref}")
    ours = [offer for offer in waiting if is_ours(request, offer)]
    if not ours:
        raise CommandError(f"{action.ref} is not on offer to you.{still}", "/action list offered")
    return ours[0]


def _answer(request: Request, action: Action, offer: Offer, answer: str, why: str) -> Event:
    change(
        request.session,
        offer,
        answer=answer,
        why=why,
        answered_by=request.person.id,
        answered_on=request.today,
    )
    what = {"not ours": "sent back"}.get(answer, answer)
    return record(request.session, what, action.ref, note=why)


def _giver(request: Request, offer: Offer) -> str:
    return request.directory.people[offer.giver_id].name
