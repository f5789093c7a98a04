"""Working: the partnership's time zone, its year, and when ongoing actions are reviewed."""

from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from commands.base import CommandError, Request, Says, verb
from commands.partner.answering import saved
from commands.partner.showing import MONTHS
from messages.post import Post
from storage.db import change
from storage.partnerships import Partnership, the_partnership
from storage.slots import reset_hour, slots

Month = Literal[
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
]  # fmt: skip


@verb("/partner zone Europe/London", needs="coordinator")
def zone(request: Request, zone: Annotated[ZoneInfo, Says("Which time zone", "Europe/London")]) -> list[Post]:
    """Set the time zone that the partnership keeps."""
    partnership = _mine(request)
    change(request.session, partnership, zone=zone.key)
    for slot in slots(request.session) if request.session.changes else ():
        reset_hour(request.session, slot, slot.hour, zone)
    return saved(request, "partnership", f"The partnership keeps the time of {zone.key}.")


@verb("/partner year April", needs="coordinator")
def year(
    request: Request, month: Annotated[Month, Says("In which month the year starts", "April")]
) -> list[Post]:
    """Set the month in which the year and its quarters start."""
    names = [name.lower() for name in MONTHS]
    change(request.session, _mine(request), year_starts=names.index(month.lower()) + 1)
    return saved(request, "partnership", f"The year starts in {month.title()}: Q1 begins then.")


@verb("/partner reviews 10", needs="coordinator")
def reviews(
    request: Request,
    days: Annotated[int, Says("How many working days before the quarter's last day", "10")],
) -> list[Post]:
    """Set when ongoing actions are reviewed: so many working days before a quarter's last day."""
    if not 1 <= days <= 40:
        raise CommandError("Between 1 and 40 working days.", "/partner reviews 10", "days")
    change(request.session, _mine(request), review_days=days)
    sentence = f"Ongoing actions are reviewed {days} working days before each quarter's last day."
    return saved(request, "partnership", sentence)


def _mine(request: Request) -> Partnership:
    return the_partnership(request.session)
