"""Delivery: posts leave the outbox once, whatever breaks on the way (DESIGN §4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.bugs import caught
from bot.platform import CannotLook, OutcomeUnknown, Platform, SendError
from messages.stored import from_json
from storage import addresses, outbox, partnerships
from storage.addresses import Address
from storage.db import Database
from storage.outbox import Outbox


def deliver(db: Database, platforms: Mapping[str, Platform], now: datetime) -> int:
    """Try everything that is to be tried now; returns how many posts were tried.

    No transaction is open while a platform is spoken to.
    """
    with db.everywhere() as session:
        waiting = outbox.pending(session, now)
    return sum(_deliver_one(db, platforms, post, now) for post in waiting)


def _deliver_one(db: Database, platforms: Mapping[str, Platform], post: Outbox, now: datetime) -> bool:
    with db.writing(post.partnership_id, at=now) as session:
        address = addresses.address_by_id(session, post.address_id)
        platform = platforms.get(partnerships.platform_of(session, address.workspace_id))
        target = outbox.post_by_id(session, post.edits) if post.edits else None
        words = outbox.latest_words(session, target) if target else post.message
        if platform is None or not outbox.claim(session, post):
            return False
    state, values = _attempt(Attempt(platform, post, target, words, address), now)
    with db.writing(post.partnership_id, at=now) as session:
        outbox.mark(session, post.id, state, **values)
    return True


@dataclass(frozen=True)
class Attempt:
    """A post in hand. target: the post that it replaces; words: as they stand by now, so that an edit
    which comes late does not bring back older ones.
    """

    platform: Platform
    post: Outbox
    target: Outbox | None
    words: str
    address: Address


Outcome = tuple[str, dict[str, object]]
"""The state that a post is in now, and what else is to be noted of it."""


def _attempt(attempt: Attempt, now: datetime) -> Outcome:
    """One attempt. A bug in an adapter holds up this post alone, and leaves its outcome unknown."""
    with caught("delivery", attempt.post.ref) as bug:
        return _try(attempt, now)
    wait = max(outbox.wait_after(attempt.post.attempts + 1), outbox.GRACE)
    return "sending", {"error": f"bug {bug.reference}", "due_at": now + wait}


def _try(attempt: Attempt, now: datetime) -> Outcome:
    """A failure leaves a post as it was before: one whose outcome is unknown is still to be looked for."""
    post = attempt.post
    try:
        reference = _say(attempt)
    except SendError as error:
        if error.permanent:
            return "failed", {"error": error.reason}
        wait = max(outbox.wait_after(post.attempts + 1), timedelta(seconds=error.retry_after))
        return post.state, {"error": error.reason, "due_at": now + min(wait, outbox.LONGEST_WAIT)}
    except OutcomeUnknown as error:
        return "sending", {"error": str(error), "due_at": now + outbox.GRACE}
    except CannotLook:
        return "unknown", {"error": "it cannot be told whether this was posted"}
    return "sent", {"reference": reference, "sent_at": now, "error": ""}


def _say(attempt: Attempt) -> str:
    """Replace, or post; a post that was in hand before is looked for first."""
    platform, post, place = attempt.platform, attempt.post, attempt.address.external
    message = from_json(attempt.words)
    if attempt.target is not None:
        platform.edit(place, attempt.target.reference, message)
        return attempt.target.reference
    if post.state == "sending":
        found = platform.find(place, post.key)
        if found is not None:
            return found
    return platform.send(place, message, post.key)
