"""News: what others did, since the last turn, with the actions that one owns, gave or supports."""

from jobs.base import Said
from jobs.turn import Turn
from messages.compose import compose
from messages.message import Message
from storage.actions import Action, action_numbered, owners_of
from storage.events import Event, events_since

NAME, URGENCY = "news", 30
TOLD = {
    "added", "handed", "accepted", "declined", "sent back", "done", "did their part of", "dropped",
    "reopened", "edited", "noted",
}  # fmt: skip
SHOWN = 7
"""Lines in one post (one screen); the rest are counted."""


def say(turn: Turn) -> Said | None:
    found = [news for event in events_since(turn.session, turn.since) if (news := _news(turn, event))]
    if not found:
        return None
    message = compose(
        "parts/news", news=found[:SHOWN], more=len(found[SHOWN:]), total=len(found), today=turn.today
    )
    return Said(message, tuple(f"{n['action'].ref}: {n['who']} {n['event'].what} it" for n in found))  # type: ignore[attr-defined]


def _news(turn: Turn, event: Event) -> dict[str, object] | None:
    if event.what not in TOLD or not event.about.startswith("A") or _is_own_doing(turn, event):
        return None
    action = action_numbered(turn.session, int(event.about[1:]))
    if action is None or not _concerns(turn, event, action):
        return None
    by = turn.directory.people.get(event.by or 0)
    return {"event": event, "action": action, "who": by.name if by else "Commsbot"}


def _is_own_doing(turn: Turn, event: Event) -> bool:
    return turn.person is not None and event.by == turn.person.id


def _concerns(turn: Turn, event: Event, action: Action) -> bool:
    """Owners and supporters hear of it; the giver hears what became of what they gave."""
    owners = owners_of(turn.session, [action.id])[action.id]
    is_giver = turn.person is not None and action.giver_id == turn.person.id and event.what != "added"
    return is_giver or any(map(turn.hears, owners))


def waiting(_turn: Turn) -> Message | None:
    """Nothing to do about news."""
    return None
