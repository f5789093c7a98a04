"""Outgoing: posts that a test puts in the outbox of a bot in Slack, and what becomes of them."""

from collections.abc import Callable
from datetime import timedelta
from time import monotonic

from bot import door
from messages.message import Message, Paragraph, Text
from messages.stored import to_json
from storage import addresses, outbox, partnerships
from storage.db import Database, Session
from storage.outbox import Outbox
from tests.slack.living import Life
from tests.slack.standin import Channel, Post, User

MINE = 1
"""The partnership of a test's first workspace."""


def message(words: str) -> str:
    return to_json(Message((Paragraph((Text(words),)),), words))


def place(session: Session, team: str, external: str) -> int:
    """The address of a chat channel, met if it is new, or of a person."""
    workspace = partnerships.workspace(session, "slack", team)
    assert workspace is not None
    if external.startswith("C"):
        return door.open_channel(session, workspace, external).id
    found = addresses.address_known_as(session, workspace.id, "person", external)
    assert found is not None
    return found.id


def put(life: Life, where: Channel | User, *words: str, thread: str = "") -> list[int]:
    """Put posts in the outbox, and try to deliver them; a post's key is its words."""
    with life.db.writing(MINE, at=life.clock.now()) as session:
        address = place(session, where.team_id, where.id)
        found = [outbox.put(session, address, said, message(said), thread=thread).id for said in words]
    life.running.wired.app.deliver(life.clock.now())
    return found


def kept(db: Database, post_id: int) -> Outbox:
    with db.reading(MINE) as session:
        found = outbox.post_by_id(session, post_id)
    assert found is not None
    return found


def state(db: Database, post_id: int) -> str:
    return kept(db, post_id).state


def later(life: Life, seconds: float) -> None:
    """Let time go by, with everything that is due on the way."""
    app = life.running.wired.app
    life.clock.move(app, life.clock.now() + timedelta(seconds=seconds))
    app.deliver(life.clock.now())


def until(life: Life, is_so: Callable[[], object], patience: float = 8) -> None:
    """Wait until something is so that the stand-in cannot tell of, such as what stands in the database."""
    end = monotonic() + patience
    while not is_so():
        assert monotonic() < end, "what was waited for has not come"
        with life.slack.state.changed:
            life.slack.state.changed.wait(0.02)


def asked(life: Life, where: str) -> list[str]:
    """Which methods of Slack's were called about a conversation, in their order."""
    return [call.method for call in life.slack.arrivals.asked if call.channel == where]


def texts(posts: list[Post]) -> list[str]:
    return [post.text for post in posts]
