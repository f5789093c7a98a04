"""Mine: the open actions of which an address hears, and in whose place."""

from dataclasses import dataclass
from datetime import date

from jobs.base import Turn
from storage.actions import Action, ActionOwner, actions, open_actions_of, owners_of
from storage.seats import Role


@dataclass(frozen=True)
class Owned:
    """An open action with its owners, of whom this address may hear."""

    action: Action
    owners: tuple[ActionOwner, ...]


def owned(turn: Turn) -> list[Owned]:
    """The open actions that this address could have to hear of, in the order of their dates."""
    found = _candidates(turn)
    owners = owners_of(turn.session, [action.id for action in found])
    return [
        Owned(action, tuple(o for o in owners[action.id] if o.part == "owner" and o.done_on is None))
        for action in found
    ]


def _candidates(turn: Turn) -> list[Action]:
    """A person's own, those of their seats and of those they cover; a channel and a coordinator may have
    to hear of anything that nobody else can be told of.
    """
    person = turn.person
    if person is None or person.may("coordinator"):
        return actions(turn.session, "open")
    seats = [seat for _, seat in turn.directory.seats_of(person.id, turn.today)]
    covered = {leave.person_id for leave in turn.directory.leaves if leave.cover_id == person.id}
    return open_actions_of(
        turn.session,
        people={person.id} | covered,
        roles={seat.id for seat in seats if isinstance(seat, Role)},
        teams={seat.id for seat in seats if not isinstance(seat, Role)},
        organisations=set(),
    )


def heard_as(turn: Turn, owner: ActionOwner, said_for: date) -> str | None:
    """Why this address hears what is said to an owner for a day, "" for itself; None if it does not."""
    hearing = turn.directory.hearing(owner, said_for, turn.today)
    return hearing.because if hearing.address == turn.address else None


def hears(turn: Turn, owned: Owned) -> bool:
    """Whether this address hears of an action today."""
    return any(heard_as(turn, owner, turn.today) is not None for owner in owned.owners)
