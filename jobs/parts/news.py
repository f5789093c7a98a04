"""News: what others did, since the last turn, with the actions that one owns, gave or supports."""

from dataclasses import dataclass

from jobs.base import Said
from jobs.turn import Turn
from messages.compose import compose
from messages.message import Message
from storage.actions import Action, action_numbered, owners_of
from storage.events import Event

NAME, URGENCY = "news", 30
TOLD = {
    "added", "handed", "accepted", "declined", "sent back", "done", "did their part of", "dropped",
    "reopened", "edited", "noted",
}  # fmt: skip
GIVEN = {"added", "handed"}
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
    action = action_numbered(turn.session, int(event.about[1:]))
    if action is None:
        return None
    owners = owners_of(turn.session, [action.id])[action.id]
    is_giver = turn.person is not None and action.giver_id == turn.person.id and event.what != "added"
    if not is_giver and not any(map(turn.hears, owners)):
        return None
    by = turn.directory.people.get(event.by or 0)
    is_mine = any(turn.hears(owner) for owner in owners if owner.part == "owner")
    return News(event, action, by.name if by else "Commsbot", is_mine and event.what in GIVEN)


def _is_own_doing(turn: Turn, event: Event) -> bool:
    return turn.person is not None and event.by == turn.person.id


def waiting(_turn: Turn) -> Message | None:
    """Nothing to do about news."""
    return None
