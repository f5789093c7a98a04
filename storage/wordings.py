"""Wordings: what the public reads of a loop, and who approved it; what was approved is never changed."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlmodel import Field, UniqueConstraint, col, func, select

from storage.asking import rows
from storage.db import Session, change
from storage.loops import Loop
from storage.people import Person
from storage.row import Owned

LONGEST_POST = 280


class Wording(Owned, table=True):
    """One version of the public words of a loop, for one of its outcomes.

    outcome: what was decided, as it stood then: a promise that was kept since needs other words.
    state: "waiting", then "approved", "sent back" or "withdrawn" (a newer one took its place, or the loop was
    erased). post: as it is posted, at most LONGEST_POST characters. organisation_id: whose approver decides.
    reworded_from: the version whose words the approver changed; its author is this one's.
    author_id: who sent them in. first_author_id: who wrote the same answer before, if somebody else did.
    """

    __table_args__ = (UniqueConstraint("loop_id", "version"),)
    loop_id: int = Field(foreign_key="loop.id", index=True)
    outcome_id: int = Field(foreign_key="outcome.id")
    version: int
    outcome: str
    you_said: str
    we_did: str
    post: str
    state: str = "waiting"
    why: str = ""
    author_id: int = Field(foreign_key="person.id")
    first_author_id: int | None = Field(default=None, foreign_key="person.id")
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id")
    asked_at: datetime
    reworded_from: int | None = Field(default=None, foreign_key="wording.id")
    answered_by: int | None = Field(default=None, foreign_key="person.id")
    answered_on: date | None = None

    def may_be_approved_by(self, person: Person) -> bool:
        """An approver of the organisation that did it, and never an author (DESIGN §3)."""
        is_author = person.id in (self.author_id, self.first_author_id)
        return not is_author and person.may_approve_for(self.organisation_id)


def wordings_of(session: Session, loop_id: int) -> list[Wording]:
    """All versions, the first one first."""
    return rows(session, Wording, "version", loop_id=loop_id)


def withdraw_words(session: Session, loop_id: int) -> None:
    """Words that wait are asked about no more: others took their place, or what they are about changed."""
    for wording in wordings_of(session, loop_id):
        if wording.state == "waiting":
            change(session, wording, state="withdrawn")


def waiting_wordings(session: Session) -> list[Wording]:
    return rows(session, Wording, "id", state="waiting")


def answered_wordings(session: Session) -> dict[int, date]:
    """When the last words for a loop that is not told yet were approved or sent back, by the loop's id."""
    query = (
        select(Wording.loop_id, func.max(Wording.answered_on))
        .join(Loop, col(Loop.id) == Wording.loop_id)
        .where(Loop.state == "untold", col(Wording.answered_on).is_not(None))
        .group_by(col(Wording.loop_id))
    )
    return {loop_id: day for loop_id, day in session.exec(query) if day is not None}


def approved_among(session: Session, loop_ids: Iterable[int]) -> dict[int, list[Wording]]:
    """The approved words of each of these loops, the first one first."""
    which = col(Wording.loop_id).in_(list(loop_ids)), Wording.state == "approved"
    found: dict[int, list[Wording]] = {}
    for wording in session.exec(select(Wording).where(*which).order_by(col(Wording.version))):
        found.setdefault(wording.loop_id, []).append(wording)
    return found
