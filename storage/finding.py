"""Finding loops: by where they stand, who said it, what it is about, or a word of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlmodel import String, and_, bindparam, cast, col, func, or_, select

from storage.db import Session, straight
from storage.loops import OPEN, STATES, Asking, Loop


@dataclass(frozen=True)
class Wanted:
    """Which loops are looked for: those in these states, of all else that is given only those.

    is_checked: whether it was checked. sayers, theme: as they are spelled. said: a word of what was said, of
    who said it or what it is about; named_sources: the ids of the sources that have that word in their name.
    owners: ids by their column.
    """

    states: tuple[str, ...]
    is_checked: bool | None = None
    source_id: int | None = None
    sayers: str = ""
    theme: str = ""
    shared_ref: str = ""
    said: str = ""
    named_sources: tuple[int, ...] = ()
    owners: tuple[tuple[str, tuple[int, ...]], ...] = ()

    @property
    def conditions(self) -> list[Any]:
        found: list[Any] = [col(Loop.state).in_(self.states)] if self.states != STATES else []
        if self.is_checked is not None:
            found.append(Loop.checked != "" if self.is_checked else Loop.checked == "")
        if self.source_id is not None:
            found.append(Loop.source_id == self.source_id)
        found += [
            column == text for column, text in ((Loop.sayers, self.sayers), (Loop.theme, self.theme)) if text
        ]
        if self.shared_ref:
            found.append(func.lower(Loop.shared_ref) == self.shared_ref.lower())
        if self.owners:
            found.append(or_(*(col(getattr(Loop, column)).in_(ids) for column, ids in self.owners)))
        return found


def find_loops(
    session: Session, wanted: Wanted, page: int, size: int, *, is_newest_first: bool
) -> tuple[int, list[Loop]]:
    """How many there are, and one page of them (the first is 1)."""
    which = [*wanted.conditions, *(_says(session, wanted) if wanted.said else [])]
    total = straight(session, Loop, select(func.count(col(Loop.id))).where(*which)).scalar_one()
    order = col(Loop.number).desc() if is_newest_first else col(Loop.number)
    query = select(Loop).where(*which).order_by(order).limit(size).offset((page - 1) * size)
    return total, list(session.exec(query))


def _says(session: Session, wanted: Wanted) -> list[Any]:
    """On SQLite, LIKE minds no case of plain letters, and is five times as fast without lower() around it.
    What is true of every number has it go through the loops in their order, which is three times as fast.
    """
    words = wanted.said
    is_plain = words.isascii() and session.connection().dialect.name == "sqlite"
    columns = (col(Loop.said), col(Loop.sayers), col(Loop.theme))
    found = [
        column.contains(words, autoescape=True) if is_plain else column.icontains(words, autoescape=True)
        for column in columns
    ]
    found += [col(Loop.source_id).in_(wanted.named_sources)] if wanted.named_sources else []
    return [Loop.number > 0, or_(*found)]


def loops_numbered_like(session: Session, states: tuple[str, ...], digits: str, most: int) -> list[Loop]:
    """Those whose number begins with these digits, the smallest first."""
    begins = cast(col(Loop.number), String).startswith(digits)
    which = col(Loop.state).in_(states), begins
    return list(session.exec(select(Loop).where(*which).order_by(col(Loop.number)).limit(most)))


def known_groups(session: Session) -> list[str]:
    """Every group that said something, as it was first spelled."""
    return _distinct(session, "sayers")


def known_themes(session: Session) -> list[str]:
    return _distinct(session, "theme")


def _distinct(session: Session, column: str) -> list[str]:
    return list(straight(session, Loop, _distinctly(column)).scalars())


@cache
def _distinctly(column: str) -> Any:
    what = getattr(Loop, column)
    return select(what).where(what != "").distinct().order_by(what)


def loops_said(session: Session, first: date, last: date) -> list[Loop]:
    """Those that were said from one day to another, both included, in their order."""
    said_on = col(Loop.said_on)
    return list(
        session.exec(select(Loop).where(said_on >= first, said_on <= last).order_by(col(Loop.number)))
    )


def said_alike(session: Session, texts: Iterable[str]) -> dict[str, Loop]:
    """The first loop that says exactly this, whatever its capitals, by each text of which there is one."""
    asked = {text.lower(): text for text in texts}
    which = col(Loop.merged_into_id).is_(None), func.lower(col(Loop.said)).in_(list(asked))
    found: dict[str, Loop] = {}
    for loop in session.exec(select(Loop).where(*which).order_by(col(Loop.number))):
        found.setdefault(asked.get(loop.said.lower(), loop.said), loop)
    return found


def waiting_loops(session: Session, told_by: date) -> list[Loop]:
    """Those on which something is to be done: all that are open, and those that were told so long ago and are
    not checked. Of what was erased nobody can ask or decide any more.
    """
    return list(session.exec(_waiting(), params={"told_by": told_by, "open": OPEN}))


@cache
def _waiting() -> Any:
    is_known = or_(col(Loop.erased_on).is_(None), col(Loop.state).not_in(("unasked", "undecided")))
    is_open = and_(col(Loop.state).in_(bindparam("open", expanding=True)), is_known)
    is_unchecked = and_(Loop.state == "closed", Loop.checked == "", col(Loop.told_on) <= bindparam("told_by"))
    return select(Loop).where(or_(is_open, is_unchecked)).order_by(col(Loop.number))


def current_askings(session: Session) -> list[tuple[Loop, Asking]]:
    """Every loop that somebody is asked to decide, with who that is; forums are not asked."""
    found: dict[int, tuple[Loop, Asking]] = {}
    for loop, asking in session.exec(_asked()):
        found[loop.id] = (loop, asking)
    return [(loop, asking) for loop, asking in found.values() if not asking.forum]


@cache
def _asked() -> Any:
    mine = col(Asking.loop_id) == Loop.id, col(Asking.round) == Loop.round
    query = (
        select(Loop, Asking)
        .join(Asking, and_(*mine))
        .where(Loop.state == "undecided", col(Loop.erased_on).is_(None))
    )
    return query.order_by(col(Loop.number), col(Asking.id))
