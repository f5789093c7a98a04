"""Linking: two people turn out to be one, known in two workspaces; what was the one's is the other's."""

from sqlmodel import col, or_, select

from storage import dailies
from storage.actions import Action, ActionOwner
from storage.addresses import Address
from storage.chat import ChatGuide, ChatMessage, ChatRead
from storage.codes import PERSON, Code, open_codes, withdraw
from storage.db import Session, change, remove
from storage.events import Event, history, record
from storage.holds import HeldThing, Hold, HoldOverride
from storage.loops import Asking, Check, Loop, Outcome, Telling
from storage.offers import Offer
from storage.partnerships import workspaces
from storage.people import Identity, Leave, Person, identities
from storage.reviews import Review
from storage.row import Owned
from storage.seats import Tenure
from storage.sign_ins import SignIn, revoke_links
from storage.wordings import Wording

LINKED = "linked"
GOES_OVER: tuple[tuple[type[Owned], str], ...] = (
    (Identity, "person_id"),
    (Address, "person_id"),
    (Action, "giver_id"),
    (ActionOwner, "person_id"),
    (Offer, "giver_id"),
    (Offer, "person_id"),
    (Offer, "answered_by"),
    (Review, "by"),
    (Tenure, "person_id"),
    (Leave, "person_id"),
    (Leave, "cover_id"),
    (Loop, "person_id"),
    (Loop, "logged_by"),
    (Asking, "person_id"),
    (Asking, "asked_by"),
    (Outcome, "decided_by"),
    (Telling, "told_by"),
    (Check, "checked_by"),
    (Wording, "author_id"),
    (Wording, "first_author_id"),
    (Wording, "answered_by"),
    (Hold, "by"),
)
"""Every column that says what is somebody's, or what they may not do because they did something else."""
STAYS: tuple[tuple[type[Owned], str], ...] = (
    (Event, "by"),
    (ChatMessage, "author_id"),
    (ChatMessage, "only_for"),
    (ChatRead, "person_id"),
    (ChatGuide, "person_id"),
    (SignIn, "person_id"),
    (Code, "person_id"),
    (Hold, "lifted_by"),
    (HoldOverride, "by"),
    (HeldThing, "by"),
)
"""Every column that says what somebody did or read: it happened as it did, to who they were then."""


def link(session: Session, gone: Person, kept: Person) -> Event:
    """From now on `gone` is `kept`, who keeps their own name, organisation and permission."""
    _own_once(session, gone, kept)
    for address in session.exec(select(Address).where(col(Address.person_id).in_([gone.id, kept.id]))).all():
        dailies.keep_all(session, address)  # the one has heard what it says, and the other has not
    for table, column in GOES_OVER:
        for row in session.exec(select(table).where(getattr(table, column) == gone.id)).all():
            change(session, row, **{column: kept.id})
    for leave in session.exec(select(Leave).where(Leave.cover_id == Leave.person_id)).all():
        change(session, leave, cover_id=None)  # nobody covers for themselves
    revoke_links(session, gone.id)
    for code in open_codes(session, PERSON):
        if code.person_id in (gone.id, kept.id):
            withdraw(session, code)
    change(session, gone, left_at=session.at)
    return record(session, LINKED, f"person {gone.id}", note=f"{gone.name} is {kept.name}")


def _own_once(session: Session, gone: Person, kept: Person) -> None:
    """Of an action that both of them have, the first place is kept: an owner's before a supporter's."""
    either = or_(ActionOwner.person_id == gone.id, ActionOwner.person_id == kept.id)
    order = col(ActionOwner.part), col(ActionOwner.position), col(ActionOwner.id)
    kept_in: set[int] = set()
    for owner in session.exec(select(ActionOwner).where(either).order_by(*order)).all():
        if owner.action_id in kept_in:
            remove(session, owner)
        kept_in.add(owner.action_id)


def is_linked(session: Session, person: Person) -> bool:
    """Whether somebody who has left did not go, but turned out to be somebody else."""
    return any(event.what == LINKED for event in history(session, f"person {person.id}"))


def workspaces_of(session: Session) -> dict[int, list[int]]:
    """By which of the partnership's workspaces each person is known, the first one first."""
    spaces = {workspace.id for workspace in workspaces(session) if not workspace.has_left}
    found: dict[int, list[int]] = {}
    for identity in sorted(identities(session), key=lambda identity: identity.id):
        if identity.workspace_id in spaces:
            found.setdefault(identity.person_id, []).append(identity.workspace_id)
    return found
