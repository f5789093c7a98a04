"""Quiet: when each source and each group was last heard, and what several sources say."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from statistics import median
from typing import Any

from sqlalchemy.orm import aliased
from sqlmodel import bindparam, case, col, func, select

from storage.db import Session, straight
from storage.loops import Loop
from storage.sources import longest_wait

YEAR, LATELY = timedelta(days=365), timedelta(days=90)
FEWEST_DAYS, FEWEST_SOURCES = 90, 3


@dataclass(frozen=True)
class Heard:
    """What came from a source: the day on which something was last said, and how often in the past year."""

    last: date
    in_year: int


@dataclass(frozen=True)
class QuietGroup:
    """A group that said something in the past year, and has been quiet for longer than usual.

    distance: the days that usually lie between what it says; None if it spoke on one day alone.
    """

    name: str
    last: date
    days: int
    distance: float | None


@dataclass(frozen=True)
class SharedTheme:
    """A theme, and the ids of the sources from which it was heard lately."""

    theme: str
    source_ids: tuple[int, ...]


def heard_from(session: Session, today: date) -> dict[int, Heard]:
    """What came from each source from which something ever came, by its id; what was said again counts."""
    found = straight(session, Loop, _heard(), year_ago=today - YEAR)
    return {source_id: Heard(last, in_year) for source_id, last, in_year in found}


@cache
def _heard() -> Any:
    in_year = func.count(case((col(Loop.said_on) >= bindparam("year_ago"), 1)))
    query: Any = select(Loop.source_id, func.max(Loop.said_on), in_year)
    return query.where(col(Loop.source_id).is_not(None)).group_by(col(Loop.source_id))


def quiet_groups(session: Session, today: date) -> list[QuietGroup]:
    """The groups not heard from, the longest quiet first: for their usual distance and a third, and for more
    than 90 days. Groups whose names differ in small and capital letters are one.
    """
    days: dict[str, list[date]] = defaultdict(list)
    names: dict[str, str] = {}
    for name, said_on in straight(session, Loop, _days(), year_ago=today - YEAR):
        days[name.casefold()].append(said_on)
        names[name.casefold()] = name
    groups = (_group(names[key], found, today) for key, found in days.items())
    quiet = (each for each in groups if each.days > max(FEWEST_DAYS, longest_wait(each.distance or 0)))
    return sorted(quiet, key=lambda each: (-each.days, each.name.casefold()))


@cache
def _days() -> Any:
    is_lately = col(Loop.said_on) >= bindparam("year_ago")
    columns: Any = (Loop.sayers, Loop.said_on)
    query: Any = select(*columns).where(col(Loop.sayers) != "", is_lately)
    return query.distinct().order_by(col(Loop.said_on), col(Loop.sayers))


def _group(name: str, said: Iterable[date], today: date) -> QuietGroup:
    """said: the days on which it said something in the past year."""
    found = sorted(set(said))
    gaps = [(after - before).days for before, after in pairwise(found)]
    return QuietGroup(name, found[-1], (today - found[-1]).days, median(gaps) if gaps else None)


def shared_themes(session: Session, today: date) -> list[SharedTheme]:
    """The themes heard from three or more different sources in the past 90 days, those of most first. What
    was merged counts for the theme of what it was merged into.
    """
    heard: dict[str, list[int]] = defaultdict(list)
    names: dict[str, str] = {}
    for theme, source_id in session.exec(_themes(), params={"from_day": today - LATELY}):
        names.setdefault(theme.casefold(), theme)
        heard[theme.casefold()].append(source_id)
    found = [SharedTheme(names[key], tuple(dict.fromkeys(ids))) for key, ids in heard.items()]
    shared = [each for each in found if len(each.source_ids) >= FEWEST_SOURCES]
    return sorted(shared, key=lambda each: (-len(each.source_ids), each.theme.casefold()))


@cache
def _themes() -> Any:
    """Built once, for building it takes longer than asking it; so are those above."""
    whole = aliased(Loop)
    theme: Any = func.coalesce(func.nullif(col(whole.theme), ""), col(Loop.theme))
    return (
        select(theme, Loop.source_id)
        .join(whole, col(whole.id) == Loop.merged_into_id, isouter=True)
        .where(col(Loop.source_id).is_not(None), theme != "", col(Loop.said_on) >= bindparam("from_day"))
        .distinct()
        .order_by(theme, col(Loop.source_id))
    )
