"""Holds in words: what holds a thing up, by whom and until when; and what is silent because of it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from messages.words import day, moment
from storage.db import Session
from storage.directory import Directory
from storage.holds import INCIDENT, Hold, holds_on, is_overridden


@dataclass(frozen=True)
class Held:
    """words: as "held by Jo Bell (election) until Thursday 7 May"."""

    hold: Hold
    words: str


def held(
    session: Session, directory: Directory, about: str, organisation_ids: Collection[int], today: date
) -> Held | None:
    """What keeps a thing, such as L12, of these organisations from going out today; None if it may go.

    Of several holds it is the one that lasts longest; one that was overridden for this thing is none.
    """
    on = holds_on(session, today, *organisation_ids)
    found = [hold for hold in on if not is_overridden(session, hold, about)]
    if not found:
        return None
    hold = max(found, key=lambda hold: hold.ends or date.max)
    by = directory.people[hold.by].name
    return Held(hold, f"held by {by} ({hold.kind}) {until(hold, today)}")


def until(hold: Hold, today: date) -> str:
    return f"until {day(hold.ends, today)}" if hold.ends else "until it is lifted"


def for_whom(directory: Directory, hold: Hold) -> str:
    organisation = directory.organisations.get(hold.organisation_id or 0)
    return organisation.name if organisation else "everybody"


def noun(hold: Hold) -> str:
    """As a sentence calls it: "election hold", "incident"."""
    return hold.kind if hold.kind in (INCIDENT, "embargo") else f"{hold.kind} hold"


def silences(directory: Directory, now: datetime) -> list[str]:
    """A sentence for each incident because of which nothing is said on schedule now."""
    zone = directory.partnership.tz
    local = now.astimezone(zone)
    on = [hold for hold in directory.incidents if hold.is_on(local.date()) and hold.noted_at <= now]
    return [_silence(directory, hold, local) for hold in on]


def _silence(directory: Directory, hold: Hold, local: datetime) -> str:
    today, since = local.date(), hold.noted_at.astimezone(local.tzinfo)
    where = f" at {for_whom(directory, hold)}" if hold.organisation_id else ""
    by = directory.people[hold.by].name
    called = f"called by {by}, since {moment(since, today)}, {until(hold, today)}"
    return f"Silent{where}: incident {hold.ref}, {called}. {hold.why}"
