"""Loops: what people said, who decides, what was decided, and whether those who said it were told."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, TypeVar

from sqlmodel import Field, Index, UniqueConstraint, bindparam, col, select

from storage.asking import by_id, first
from storage.db import Session
from storage.row import Owned
from storage.when import When

LONGEST_SAID = 10_000
LONGEST_NAME = 200
"""Characters of a group, a theme, a forum, a place."""
LEVELS = ("information", "feedback", "influence")
VOICES = ("individual", "collective")
OUTCOMES = ("did", "partly", "will", "cannot", "thanked", "passed")
STATES = ("unasked", "undecided", "promised", "untold", "closed", "merged")
OPEN = STATES[:4]


@dataclass(frozen=True)
class Level:
    """How far people had a say, and whether each for themselves or together; "" for what was not said."""

    level: str
    voice: str

    def __str__(self) -> str:
        return f"{self.voice} {self.level}".strip()


class Loop(Owned, table=True):
    """One thing that people said, and its way to *told*. Exactly one of the four ids is its owner's.

    said: their words; erased_on: since when those are gone. sayers: the group that said it, "" if unknown.
    said_on: the day, or the last day of the time that `said_text` names. shared_ref: as one report has.
    level, voice: from LEVELS and VOICES, "" if nobody said. round: rises when a check says that it is not so.

    state and the days after it follow from the facts around the loop, and are written by storage.standing
    alone. since: from which day it stands so. asked_on, decided_on and told_on are of this round.
    quiet_until: the day of the awaited forum, or of a promise.
    """

    __table_args__ = (
        UniqueConstraint("partnership_id", "number"),
        Index("ix_loop_state", "partnership_id", "state", "number"),
        Index("ix_loop_sayers", "partnership_id", "sayers", "number"),
        Index("ix_loop_theme", "partnership_id", "theme", "number"),
        Index("ix_loop_merged", "merged_into_id", "partnership_id"),
    )
    number: int
    said: str
    source_id: int | None = Field(default=None, foreign_key="source.id", index=True)
    sayers: str = ""
    level: str = ""
    voice: str = ""
    theme: str = ""
    shared_ref: str = ""
    said_on: date
    said_text: str = ""
    logged_on: date
    logged_by: int = Field(foreign_key="person.id")
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    role_id: int | None = Field(default=None, foreign_key="role.id", index=True)
    team_id: int | None = Field(default=None, foreign_key="team.id", index=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    round: int = 1
    merged_into_id: int | None = Field(default=None, foreign_key="loop.id")
    erased_on: date | None = None
    state: str = "unasked"
    since: date = Field(default=None)
    asked_on: date | None = None
    quiet_until: date | None = None
    decided_on: date | None = None
    told_on: date | None = None
    checked: str = ""

    @property
    def ref(self) -> str:
        return f"L{self.number}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def words(self) -> str:
        """What was said, as lists show it."""
        return self.said or "(the words were erased)"


class Asking(Owned, table=True):
    """Who was asked to decide, and by when; or which forum is awaited, and on which day (`ends`).

    One of the four ids is set, or `forum` is. How a loop stands follows from this and the three below: they
    are added or removed, and nothing that says how it stands is changed in them.
    """

    __table_args__ = (Index("ix_asking_loop", "loop_id", "partnership_id"),)
    loop_id: int = Field(foreign_key="loop.id")
    round: int = 1
    text: str = ""
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    role_id: int | None = Field(default=None, foreign_key="role.id", index=True)
    team_id: int | None = Field(default=None, foreign_key="team.id", index=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    forum: str = ""
    kind: str = "undated"
    when_text: str = ""
    starts: date | None = None
    ends: date | None = None
    asked_by: int = Field(foreign_key="person.id")
    asked_on: date

    @property
    def when(self) -> When:
        return _when(self)


class Outcome(Owned, table=True):
    """What was decided: one of OUTCOMES, in words: what was done, why it could not be, what they were thanked
    for. The latest of a round holds.

    link, done_on, action_id: the proof of *did* and *partly*; an action also carries out *will*.
    starts, ends: by when, of *will*. passed_to: whom it was passed to.
    organisation_id: whose it is to approve what the public reads of it.
    """

    __table_args__ = (Index("ix_outcome_loop", "loop_id", "partnership_id"),)
    loop_id: int = Field(foreign_key="loop.id")
    round: int = 1
    outcome: str
    words: str = ""
    link: str = ""
    done_on: date | None = None
    action_id: int | None = Field(default=None, foreign_key="action.id", index=True)
    kind: str = "undated"
    when_text: str = ""
    starts: date | None = None
    ends: date | None = None
    passed_to: str = ""
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id")
    decided_by: int = Field(foreign_key="person.id")
    decided_on: date

    @property
    def when(self) -> When:
        return _when(self)

    @property
    def is_grounded(self) -> bool:
        """Whether *did* has its proof, *could not* its reason, and the others what they say (DESIGN §3)."""
        match self.outcome:
            case "did" | "partly":
                return bool(self.words and (self.link or self.done_on or self.action_id))
            case "cannot":
                return bool(self.words)
            case "passed":
                return bool(self.passed_to)
            case "will":
                return self.ends is not None
        return True


class Telling(Owned, table=True):
    """Somebody was told what was decided: `group` is who, "" the public. outcome: as it stood then."""

    __table_args__ = (Index("ix_telling_loop", "loop_id", "partnership_id"),)
    loop_id: int = Field(foreign_key="loop.id")
    outcome_id: int = Field(foreign_key="outcome.id")
    outcome: str
    group: str = ""
    place: str
    format: str = ""
    link: str = ""
    told_by: int = Field(foreign_key="person.id")
    told_on: date


class Check(Owned, table=True):
    """Whether those who said it agree that it was done: "yes", "half" or "no"."""

    __table_args__ = (Index("ix_check_loop", "loop_id", "partnership_id"),)
    loop_id: int = Field(foreign_key="loop.id")
    outcome_id: int = Field(foreign_key="outcome.id")
    answer: str
    note: str = ""
    checked_by: int = Field(foreign_key="person.id")
    checked_on: date


def _when(row: Asking | Outcome) -> When:
    return When(row.kind, row.when_text, row.starts, row.ends)  # type: ignore[arg-type]


def day_columns(when: When) -> dict[str, Any]:
    """By when, as the columns of an asking or an outcome."""
    return {"kind": when.kind, "when_text": when.text, "starts": when.starts, "ends": when.ends}


def loop_numbered(session: Session, number: int) -> Loop | None:
    return first(session, Loop, number=number)


def loop_by_id(session: Session, loop_id: int) -> Loop:
    return by_id(session, Loop, loop_id)


def merged_among(session: Session, loop_ids: Iterable[int]) -> dict[int, list[Loop]]:
    """Those that say the same again, of each of these loops."""
    ids = list(loop_ids)
    found: dict[int, list[Loop]] = {loop_id: [] for loop_id in ids}
    for loop in sorted(session.exec(_merged(), params={"ids": ids}), key=lambda loop: loop.number):
        found[loop.merged_into_id].append(loop)
    return found


@cache
def _merged() -> Any:
    which = col(Loop.merged_into_id).in_(bindparam("ids", expanding=True))
    return select(Loop).where(which)


FactT = TypeVar("FactT", Asking, Outcome, Telling, Check)


def facts_among(session: Session, table: type[FactT], loop_ids: Iterable[int]) -> dict[int, list[FactT]]:
    """The facts of one kind about each of these loops, oldest first."""
    ids = list(loop_ids)
    found: dict[int, list[FactT]] = {loop_id: [] for loop_id in ids}
    for fact in sorted(session.exec(_facts(table), params={"ids": ids}), key=lambda fact: fact.id):
        found[fact.loop_id].append(fact)
    return found


@cache
def _facts(table: Any) -> Any:
    """Built once, for building it takes longer than asking it; so are those below. Sorted afterwards, as
    those above are: to have them in their order, SQLite goes through all of the partnership's.
    """
    return select(table).where(table.loop_id.in_(bindparam("ids", expanding=True)))


def loops_among(session: Session, loop_ids: Iterable[int]) -> dict[int, Loop]:
    """These loops by their ids."""
    found = session.exec(_among(), params={"ids": list(loop_ids)})
    return {loop.id: loop for loop in found}


@cache
def _among() -> Any:
    return select(Loop).where(col(Loop.id).in_(bindparam("ids", expanding=True)))
