"""The plan in lines: actions with the names of those who own them, for whoever shows a list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from storage.actions import Action, ActionOwner, owners_of
from storage.db import Session
from storage.directory import Directory
from storage.offers import Offer, waiting_offers
from storage.seats import Role, Team, first_place


@dataclass(frozen=True)
class Line:
    """An action as a list shows it. `offered` names those who have been asked to take it."""

    action: Action
    owners: tuple[str, ...]
    supporters: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    today: date = date.min
    because: str = ""

    @property
    def is_late(self) -> bool:
        return self.action.is_late(self.today)


def lines(session: Session, directory: Directory, actions: Iterable[Action], today: date) -> list[Line]:
    """One line an action, in the order given."""
    actions = list(actions)
    ids = [action.id for action in actions]
    owners = owners_of(session, ids)
    offers = waiting_offers(session, ids) if ids else []
    return [line(directory, action, owners[action.id], offers, today) for action in actions]


def line(
    directory: Directory, action: Action, owners: list[ActionOwner], offers: list[Offer], today: date
) -> Line:
    """The line of an action whose owners and supporters, and whose waiting offers, are known."""
    return Line(
        action=action,
        owners=tuple(_name(directory, o) for o in owners if o.part == "owner"),
        supporters=tuple(_name(directory, o) for o in owners if o.part == "supporter"),
        offered=tuple(directory.thing(o).name for o in offers if o.action_id == action.id),
        today=today,
    )


def _name(directory: Directory, owner: ActionOwner) -> str:
    """A seat's name with who holds it today; a co-owner whose part is done says so."""
    thing = directory.thing(owner)
    name = thing.name
    if isinstance(thing, Role | Team):
        sitting = directory.sitting(thing, first_place(thing))
        name = f"{name} ({sitting.name})" if sitting else f"{name} (nobody just now)"
    return f"{name}, whose part is done" if owner.done_on else name
