"""News: what others did, since the last turn, with the actions that one owns, gave or supports."""

from dataclasses import dataclass

from jobs.base import Said
from jobs.turn import Turn
from messages.compose import compose
from messages.message import Message
from storage.actions import Action, ActionOwner, action_numbered, owners_of
from storage.events import Event
from storage.offers import offers_of

NAME, URGENCY = "news", 30
TOLD = {
    "added", "handed", "accepted", "declined", "sent back", "done", "did their part of", "dropped",
    "reopened", "edited", "noted", "undid",
}  # fmt: skip
GIVEN = {"added", "handed", "edited"}
OWNER_COLUMNS = ("person_id", "role_id", "team_id", "organisation_id")
SHOWN = 7
"""Lines in one post (one screen); the rest are counted."""


@dataclass(frozen=True)
class News:
    """What someone did with an action. is_for_you: it gave the action to whoever is told."""

    event: Event
    action: Action
    who: str
    is_for_you: bool


def say(turn: Turn) -> Said | None:
    found = [news for event in turn.events if (news := _news(turn, event))]
    if not found:
        return None
    message = compose(
        "parts/news", news=found[:SHOWN], more=len(found[SHOWN:]), total=len(found), today=turn.today
    )
    return Said(message, tuple(f"{news.action.ref}: {news.who} {news.event.what} it" for news in found))


def _news(turn: Turn, event: Event) -> News | None:
    if event.what not in TOLD or not event.about.startswith("A") or _is_own_doing(turn, event):
        return None
    if event.undoes is not None and event.undoes > turn.since_event:
        return None  # it was done and taken back since the last turn
    action = action_numbered(turn.session, int(event.about[1:]))
    if action is None or not _concerns(turn, event, action):
        return None
    by = turn.directory.people.get(event.by or 0)
    is_for_you = event.what in GIVEN and any(turn.hears(owner) for owner in _made_owners(event))
    return News(event, action, by.name if by else "Commsbot", is_for_you)


def _concerns(turn: Turn, event: Event, action: Action) -> bool:
    """Owners and supporters hear of it; whoever gave or offered it hears what became of it."""
    givers = {action.giver_id, *(offer.giver_id for offer in offers_of(turn.session, action.id))}
    is_giver = turn.person is not None and turn.person.id in givers and event.what != "added"
    return is_giver or any(map(turn.hears, owners_of(turn.session, [action.id])[action.id]))


def _made_owners(event: Event) -> list[ActionOwner]:
    """The owners, not the supporters, that an event gave an action."""
    made = [row["after"] for row in event.changes if row["table"] == "ActionOwner" and row["before"] is None]
    return [
        ActionOwner(position=0, **{name: after[name] for name in OWNER_COLUMNS})
        for after in made
        if after["part"] == "owner"
    ]


def _is_own_doing(turn: Turn, event: Event) -> bool:
    return turn.person is not None and event.by == turn.person.id


def waiting(_turn: Turn) -> Message | None:
    """Nothing to do about news."""
    return None
