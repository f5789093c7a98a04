"""Watching: all that stands in the database and in Slack, to see whether anything has changed."""

from typing import Any

from sqlalchemy import select

from storage import outbox, partnerships
from storage.db import Database
from storage.events import Event, events_since
from storage.row import Row
from tests.slack.standin import NoAnswer, Post, Slack, User, Workspace
from tests.slack.standin.state import Json

BESIDE = {"alembic_version", "event", "seen"}
"""Tables that may tell of what was refused."""


def rows(db: Database) -> dict[str, list[Any]]:
    """Every row of every table, but for the notes of what was heard."""
    with db.engine.connect() as connection:
        return {
            name: sorted(map(str, connection.execute(select(table))))
            for name, table in Row.metadata.tables.items()
            if name not in BESIDE
        }


def events(db: Database, team: Workspace) -> list[Event]:
    """All that was ever noted in the partnership of a workspace."""
    with db.everywhere() as session:
        found = partnerships.workspace(session, "slack", team.id)
    assert found is not None
    with db.reading(found.partnership_id) as session:
        return events_since(session, 0)


def refusals(db: Database, team: Workspace) -> list[str]:
    """Who was refused in the partnership of a workspace."""
    return [event.about for event in events(db, team) if event.what == "refused"]


def is_for(slack: Slack, post: Post, user: User) -> bool:
    """Whether nobody else sees it."""
    return post.ephemeral_to == user.id or slack.state.channels[post.channel].user == user.id


def elements(found: object, *kinds: str) -> list[Json]:
    """Every object of these types in it, from the first to the last."""
    inner = list(found.values()) if isinstance(found, dict) else found if isinstance(found, list) else []
    mine = [found] if isinstance(found, dict) and found.get("type") in kinds else []
    return [*mine, *(each for part in inner for each in elements(part, *kinds))]


def wait_sent(slack: Slack, db: Database) -> None:
    """Until nothing is left to be posted, nor in hand."""

    def is_quiet() -> bool:
        with db.everywhere() as session:
            found = outbox.counts(session)
        return not any(found.get(state) for state in ("waiting", "sending"))

    with slack.state.changed:
        for _ in range(500):
            if is_quiet():
                return
            slack.state.changed.wait(0.02)
    raise NoAnswer("something is still to be posted")
