"""Offers: work that another organisation asks us to take, until it is answered."""

from jobs.base import Said
from jobs.plan import lines
from jobs.turn import Turn
from messages.compose import compose
from messages.message import Message
from storage.actions import action_by_id
from storage.offers import ANSWER_DAYS, Offer

NAME, URGENCY = "offers", 10


def say(turn: Turn) -> Said | None:
    """At the first turn after it was made, and once more on the last working day for an answer."""
    found = [o for o in turn.known.offers if _is_new(turn, o) or _is_last_call(turn, o)]
    if not found:
        return None
    reasons = tuple(
        f"{action_by_id(turn.session, o.action_id).ref}: offered, and not answered" for o in found
    )
    return Said(_compose(turn, found), reasons)


def waiting(turn: Turn) -> Message | None:
    found = [offer for offer in turn.known.offers if _is_asked(turn, offer)]
    return _compose(turn, found) if found else None


def _is_new(turn: Turn, offer: Offer) -> bool:
    """Whether it was made, or its action taken up again, since the last turn."""
    if not _is_asked(turn, offer):
        return False
    ref = action_by_id(turn.session, offer.action_id).ref
    rows = [row for event in turn.events for row in event.changes if row["table"] == "Offer"]
    is_made = any(row["id"] == offer.id and row["before"] is None for row in rows)
    return is_made or any(event.about == ref and event.what == "reopened" for event in turn.events)


def _is_last_call(turn: Turn, offer: Offer) -> bool:
    directory = turn.directory
    offered_on = offer.offered_at.astimezone(directory.partnership.tz).date()
    last = directory.organisations_calendar(directory.thing(offer)).after(offered_on, ANSWER_DAYS)
    is_due = last <= turn.today and not _is_givers(turn, offer)
    return is_due and turn.speaks_for(offer, last) is not None


def _is_asked(turn: Turn, offer: Offer) -> bool:
    return turn.hears(offer) and not _is_givers(turn, offer)


def _is_givers(turn: Turn, offer: Offer) -> bool:
    """Whoever offers work does not answer, though they cover for whoever does: that waits for those."""
    return turn.person is not None and turn.person.id == offer.giver_id


def _compose(turn: Turn, offers: list[Offer]) -> Message:
    found = [action_by_id(turn.session, offer.action_id) for offer in offers]
    rows = [
        {"line": line, "giver": turn.directory.people[offer.giver_id], "to": turn.directory.thing(offer).name}
        for line, offer in zip(lines(turn.session, turn.directory, found, turn.today), offers, strict=True)
    ]
    return compose("parts/offers", offers=rows, total=len(rows), days=ANSWER_DAYS, today=turn.today)
