"""Delivery: posts leave the outbox once, whatever breaks on the way (DESIGN §4)."""

from collections.abc import Mapping
from datetime import datetime, timedelta

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
        if platform is None or not outbox.claim(session, post):
            return False
    state, values = _attempt(platform, post, target, address, now)
    with db.writing(post.partnership_id, at=now) as session:
        outbox.mark(session, post.id, state, **values)
    return True


def _attempt(
    platform: Platform, post: Outbox, target: Outbox | None, address: Address, now: datetime
) -> tuple[str, dict[str, object]]:
    """One attempt, and what is to be noted of it. A post that was in hand before is looked for first."""
    try:
        reference = _say(platform, post, target, address)
    except SendError as error:
        if error.permanent:
            return "failed", {"error": error.reason}
        wait = max(outbox.wait_after(post.attempts + 1), timedelta(seconds=error.retry_after))
        return "waiting", {"error": error.reason, "due_at": now + min(wait, outbox.LONGEST_WAIT)}
    except OutcomeUnknown as error:
        return "sending", {"error": str(error), "due_at": now + outbox.GRACE}
    except CannotLook:
        return "unknown", {"error": "it cannot be told whether this was posted"}
    return "sent", {"reference": reference, "sent_at": now, "error": ""}


def _say(platform: Platform, post: Outbox, target: Outbox | None, address: Address) -> str:
    message = from_json(post.message)
    if target is not None:
        platform.edit(address.external, target.reference, message)
        return target.reference
    if post.state == "sending":
        found = platform.find(address.external, post.key)
        if found is not None:
            return found
    return platform.send(address.external, message, post.key)
