"""Reviews: what was said of each ongoing action, quarter by quarter."""

from datetime import date

from sqlmodel import Field, UniqueConstraint, col, select

from storage.db import Session
from storage.row import Owned

ANSWERS = ("running", "changed", "paused", "finished", "unchanged")


class Review(Owned, table=True):
    """One answer about one action for the review of one day. `line` is what changed, for the report."""

    __table_args__ = (UniqueConstraint("action_id", "review_on"),)
    action_id: int = Field(foreign_key="action.id", index=True)
    review_on: date
    answer: str
    line: str = ""
    by: int = Field(foreign_key="person.id")
    answered_on: date


def reviews_of(session: Session, action_ids: list[int]) -> dict[int, list[Review]]:
    """The reviews of each of these actions, latest first."""
    query = select(Review).where(col(Review.action_id).in_(action_ids)).order_by(col(Review.review_on).desc())
    found: dict[int, list[Review]] = {action_id: [] for action_id in action_ids}
    for review in session.exec(query):
        found[review.action_id].append(review)
    return found


def is_stale(reviews: list[Review]) -> bool:
    """Twice nothing changed: it goes on the agenda (DESIGN §3)."""
    return [review.answer for review in reviews[:2]] == ["unchanged", "unchanged"]
