"""Sources: who has not been heard from, and what several say; once a month, to everyone's channel."""

from datetime import date

from jobs.base import Said
from jobs.sources import Soundings, soundings
from jobs.turn import Turn
from messages.compose import compose
from messages.message import Message
from messages.words import count
from storage.directory import Directory
from storage.when import first_of_month

NAME, URGENCY = "sources", 40
SHOWN = 7
"""Lines of each kind; the rest are counted, and /source list shows them."""


def say(turn: Turn) -> Said | None:
    """On the first working day of the month, or at the first turn after it."""
    if turn.since_day >= _last_day(turn.directory, turn.today) or not _is_told_here(turn):
        return None
    found = soundings(turn.session, turn.today)
    kinds = {"sources": found.quiet, "groups": found.groups, "themes": found.themes}
    if not any(kinds.values()):
        return None
    shown = {name: those[:SHOWN] for name, those in kinds.items()}
    more = {name: len(those[SHOWN:]) for name, those in kinds.items()}
    return Said(compose("parts/sources", **shown, more=more, today=turn.today), _reasons(found))


def _last_day(directory: Directory, today: date) -> date:
    """The last day that came on which this is said, by the partnership's own working days."""
    months = (first_of_month(today), first_of_month(today, -1), first_of_month(today, -2))
    days = (directory.calendar(None).on_or_after(month) for month in months)
    return next((day for day in days if day <= today), date.min)


def _is_told_here(turn: Turn) -> bool:
    """Everyone's channel is told; where there is none, each coordinator."""
    if turn.person is None or not turn.person.may("coordinator"):
        return turn.address.is_shared
    return not any(address.is_shared for address in turn.directory.addresses.values())


def _reasons(found: Soundings) -> tuple[str, ...]:
    """A line each, for those that are only counted too."""
    quiet = (
        f"{line.source.name}: expected {line.source.every}, and nothing came for {count(line.days, 'day')}"
        for line in found.quiet
    )
    groups = (
        f"{group.name}: said something in the past year, and nothing for {count(group.days, 'day')}"
        for group in found.groups
    )
    themes = (
        f"{theme.name}: heard from {count(len(theme.sources), 'source')} in the past 90 days"
        for theme in found.themes
    )
    return *quiet, *groups, *themes


def waiting(_turn: Turn) -> Message | None:
    """Nobody in particular is waited for."""
    return None
