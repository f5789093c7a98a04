"""The agenda: what has fallen silent and is for the next meeting, and why (DESIGN §3)."""

from dataclasses import dataclass
from datetime import date

from jobs.rhythm import silent_from
from storage.actions import SNOOZES, Action, actions, owners_of
from storage.db import Session
from storage.directory import Directory
from storage.offers import ANSWER_DAYS, Offer, waiting_offers
from storage.reviews import is_stale, reviews_of
from storage.working_time import Calendar


@dataclass(frozen=True)
class Item:
    """An action for the agenda, and the reason in words."""

    action: Action
    because: str


def on_agenda(session: Session, directory: Directory, today: date) -> list[Item]:
    """Every open action that belongs on the next agenda, with the first reason that holds."""
    found = actions(session, "open")
    owners = owners_of(session, [action.id for action in found])
    reviews = reviews_of(session, [action.id for action in found if action.kind == "ongoing"])
    unanswered = {o.action_id for o in waiting_offers(session) if is_unanswered(directory, o, today)}
    items = []
    for action in found:
        calendar = directory.organisations_calendar(directory.thing(owners[action.id][0]))
        because = {
            f"offered and not answered for {ANSWER_DAYS} working days": action.id in unanswered,
            f"snoozed {action.snoozes} times": action.snoozes >= SNOOZES,
            "late, and reminded for the last time": _is_silent(action, calendar, today),
            "no date yet": action.kind == "undated" and not action.is_quiet(today),
            "nothing changed, twice": is_stale(reviews.get(action.id, [])),
        }
        items += [Item(action, reason) for reason, holds in because.items() if holds][:1]
    return items


def _is_silent(action: Action, calendar: Calendar, today: date) -> bool:
    last = silent_from(action.when, calendar)
    return last is not None and today > last and not action.is_quiet(today)


def is_unanswered(directory: Directory, offer: Offer, today: date) -> bool:
    """Whether an offer has waited for an answer too long."""
    calendar = directory.organisations_calendar(directory.thing(offer))
    offered_on = offer.offered_at.astimezone(directory.partnership.tz).date()
    return today > calendar.after(offered_on, ANSWER_DAYS)
