"""Owning: who may change an action, who gets one, and what an organisation is asked first (DESIGN §3)."""

from commands.base import CommandError, Request
from commands.grammar.owners import Named, Owners
from storage.actions import LONGEST_TITLE, Action, ActionOwner, owners_of, put_owners
from storage.db import add, change, remove
from storage.directory import OwnerThing, Owning
from storage.offers import Offer, offers_of
from storage.organisations import Organisation
from storage.people import Person
from storage.seats import Role, Team


def check_title(title: str, field: str = "what") -> str:
    """A title that fits. Raises CommandError, about this field, with what to do about one that does not."""
    if len(title) > LONGEST_TITLE:
        raise CommandError(
            f"That is {len(title):,} characters; an action's title may have {LONGEST_TITLE:,}. "
            "Give it a short title and put the rest in notes, at most 10,000 characters each.",
            "/action add A short title due: end of June",
            field,
        )
    return title


def ids(thing: OwnerThing) -> dict[str, int | None]:
    """An owner's four columns, one of which is set."""
    return {
        "person_id": thing.id if isinstance(thing, Person) else None,
        "role_id": thing.id if isinstance(thing, Role) else None,
        "team_id": thing.id if isinstance(thing, Team) else None,
        "organisation_id": thing.id if isinstance(thing, Organisation) else None,
    }


def owner_row(named: Named, position: int, part: str = "owner") -> ActionOwner:
    values = ids(named.thing)
    return ActionOwner(position=position, part=part, text=named.text, **values)  # type: ignore[arg-type]


def is_foreign(request: Request, thing: OwnerThing) -> bool:
    """Whether giving work to this owner means asking another organisation. A coordinator's word counts."""
    theirs = thing.id if isinstance(thing, Organisation) else thing.organisation_id
    mine = request.person.organisation_id
    return not request.person.may("coordinator") and theirs is not None and theirs != mine


def asked_first(owners: Owners, request: Request) -> str:
    """What is to be known before an action is given to these."""
    asked = [thing.name for thing in owners.things if is_foreign(request, thing)]
    if not asked:
        return ""
    return "asked first" if len(asked) == len(owners.things) else f"{' and '.join(asked)} asked first"


def give(
    request: Request, action: Action, owners: Owners, place: int = 0
) -> tuple[list[ActionOwner], list[Offer]]:
    """Make these the owners. Those of another organisation are offered it; meanwhile the giver keeps it.

    place: that of the first of them, where others own it too; who comes first leads.
    """
    named = list(enumerate(owners.named or (Named("me", request.person),), place))
    own = [owner_row(each, i) for i, each in named if not is_foreign(request, each.thing)]
    offers = [_offer(request, action, each, i) for i, each in named if is_foreign(request, each.thing)]
    if not own:
        own = [owner_row(Named(request.person.name, request.person), place)]
        own[0].is_standing_in = True
    put_owners(request.session, action, own)
    return own, offers


def _offer(request: Request, action: Action, named: Named, position: int) -> Offer:
    offer = Offer(
        action_id=action.id,
        giver_id=request.person.id,
        position=position,
        text=named.text,
        offered_at=request.now,
        **ids(named.thing),  # type: ignore[arg-type]
    )
    return add(request.session, offer)


def give_anew(request: Request, action: Action, owners: Owners) -> list[Offer]:
    """Replace an action's owners, and take back what was still on offer."""
    for owner in owners_of(request.session, [action.id])[action.id]:
        if owner.part == "owner":
            remove(request.session, owner)
    for offer in offers_of(request.session, action.id):
        if not offer.answer:
            change(request.session, offer, answer="withdrawn", answered_on=request.today)
    return give(request, action, owners)[1]


def give_from(request: Request, action: Action, leaving: list[ActionOwner], owners: Owners) -> list[Offer]:
    """Put these in the place of some of an action's owners; the others stay. What those had on offer is taken
    back.
    """
    before = [o for o in owners_of(request.session, [action.id])[action.id] if o.part == "owner"]
    staying = [request.directory.thing(owner) for owner in before if owner not in leaving]
    if not staying:
        return give_anew(request, action, owners)
    for owner in leaving:
        remove(request.session, owner)
    for offer in offers_of(request.session, action.id):
        if not offer.answer and offer.giver_id in {owner.person_id for owner in leaving}:
            change(request.session, offer, answer="withdrawn", answered_on=request.today)
    new = tuple(named for named in owners.named if named.thing not in staying)
    place = min(owner.position for owner in leaving)
    return give(request, action, Owners(new), place)[1] if new else []


def support(request: Request, action: Action, supporters: Owners) -> list[ActionOwner]:
    rows = [owner_row(named, i, "supporter") for i, named in enumerate(supporters.named)]
    put_owners(request.session, action, rows)
    return rows


def check_may_change(request: Request, action: Action) -> None:
    """Done, drop and a new date: the owner, the owner's organisation or a coordinator (DESIGN §3)."""
    owners = [o for o in owners_of(request.session, [action.id])[action.id] if o.part == "owner"]
    if request.person.may("coordinator") or any(is_ours(request, owner) for owner in owners):
        return
    names = " and ".join(request.directory.thing(owner).name for owner in owners)
    raise CommandError(
        f"{action.ref} belongs to {names}: they, their organisation or a coordinator can change it. "
        "You can add a note to it.",
        f"/action note {action.ref} What I would like them to know",
    )


def is_ours(request: Request, owner: Owning) -> bool:
    """Whether an owner is this person, a seat this person sits in, or in this person's organisation."""
    thing = request.directory.thing(owner)
    if isinstance(thing, Person) and thing.id == request.person.id:
        return True
    if is_seated(request, thing):
        return True
    organisation = request.directory.organisation_of(thing)
    if organisation is None and isinstance(thing, Role | Team):
        return _sitters_are_ours(request, thing)
    return (organisation.id if organisation else None) == request.person.organisation_id


def is_seated(request: Request, thing: OwnerThing) -> bool:
    return thing in request.directory.seats_of(request.person.id)


def _sitters_are_ours(request: Request, seat: Role | Team) -> bool:
    """A seat that belongs to no one organisation is ours if one of ours sits in it, or nobody does."""
    places = ("holder", "lead", "deputy")
    sitters = [request.directory.sitting(seat, place) for place in places]
    organisations = {sitter.organisation_id for sitter in sitters if sitter}
    return not organisations or request.person.organisation_id in organisations


def is_me(request: Request, owner: Owning) -> bool:
    """Whether an owner is this very person, or a seat this person sits in today."""
    thing = request.directory.thing(owner)
    return (isinstance(thing, Person) and thing.id == request.person.id) or is_seated(request, thing)


def check_is_open(action: Action) -> None:
    if not action.is_open:
        raise CommandError(f"{action.ref} is {action.state} already.", f"/action reopen {action.ref}")
