"""Listing: the holds that are on, those to come and those that are over, and one with all that it stopped."""

from typing import Annotated

from commands.base import Request, Says, verb
from commands.hold.answering import days_of, since
from jobs.holds import for_whom, noun
from messages.compose import compose
from messages.post import Post
from messages.words import day, moment
from storage.holds import INCIDENT, Hold, held_things, holds, overrides

PAST_SHOWN = 5
Which = Annotated[Hold, Says("Which hold", "H3")]


@verb("/hold list", reads=True, needs="viewer", opens_form=False)
def list_(request: Request) -> list[Post]:
    """List the holds that are on, those to come, and those that are over."""
    found = sorted(holds(request.session), key=lambda hold: (hold.starts, hold.number))
    over = [hold for hold in found if hold.is_over(request.today)]
    on = [hold for hold in found if hold.is_on(request.today)]
    coming = [hold for hold in found if hold not in on and hold not in over]
    groups = [("On now", on), ("To come", coming), ("Over", list(reversed(over))[:PAST_SHOWN])]
    rows = [(title, [_row(request, hold) for hold in those]) for title, those in groups if those]
    more = max(0, len(over) - PAST_SHOWN)
    return [Post(compose("hold/list", groups=rows, more=more, live=[*on, *coming]))]


@verb("/hold show {hold}", reads=True, needs="viewer")
def show(request: Request, hold: Which) -> list[Post]:
    """Show a hold: by whom, why, what went out all the same, and what was held."""
    people = request.directory.people
    return [
        Post(
            compose(
                "hold/show",
                row=_row(request, hold),
                overrides=[(each, people[each.by].name) for each in overrides(request.session, hold)],
                things=[
                    (thing, people[thing.by].name if thing.by else "")
                    for thing in held_things(request.session, hold)
                ],
                is_over=hold.is_over(request.today),
                today=request.today,
            )
        )
    ]


def _row(request: Request, hold: Hold) -> dict[str, object]:
    return {
        "hold": hold,
        "noun": noun(hold),
        "whom": for_whom(request.directory, hold),
        "days": days_of(request, hold),
        "since": since(request, hold) if hold.kind == INCIDENT else "",
        "by": request.directory.people[hold.by].name,
        "lifted": _lifted(request, hold),
    }


def _lifted(request: Request, hold: Hold) -> str:
    """As "lifted by Jo Bell, Wednesday 3 June at 4pm"; "" if nobody did."""
    if hold.lifted_at is None or hold.lifted_by is None:
        return ""
    local = hold.lifted_at.astimezone(request.partnership.tz)
    on = moment(local, request.today) if hold.kind == INCIDENT else day(local.date(), request.today)
    return f"lifted by {request.directory.people[hold.lifted_by].name}, {on}"
