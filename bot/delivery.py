"""Delivery: posts leave the outbox once, whatever breaks on the way (DESIGN §4)."""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from bot import trouble, turns
from bot.bugs import caught
from bot.platform import CannotLook, Carrier, Load, OutcomeUnknown, Place, Platform, SendError
from messages.message import Attachment
from messages.stored import from_json
from storage import addresses, files, outbox, partnerships, people, silence
from storage.addresses import Address
from storage.db import Database, Session
from storage.outbox import Outbox
from storage.partnerships import Workspace

log = logging.getLogger(__name__)
Spread = Callable[[Callable[[list[Outbox]], int], Iterable[list[Outbox]]], Iterable[int]]
"""How the posts of several places are gone through: one after another, as `map` does, or side by side."""


def deliver(db: Database, platforms: Mapping[str, Platform], now: datetime, spread: Spread = map) -> int:
    """Try everything that is to be tried now; returns how many posts were tried.

    The posts of one place go out in their order. No transaction is open while a platform is spoken to.
    """
    with db.everywhere() as session:
        waiting = outbox.pending(session, now)
    by_place = sorted(waiting, key=lambda post: post.address_id)
    places = [list(posts) for _, posts in groupby(by_place, key=lambda post: post.address_id)]
    places.sort(key=lambda posts: posts[0].id)
    return sum(spread(lambda posts: _deliver_to(db, platforms, posts, now), places))


def _deliver_to(db: Database, platforms: Mapping[str, Platform], posts: list[Outbox], now: datetime) -> int:
    """Those that were tried before the place has had enough for now."""
    with db.reading(posts[0].partnership_id) as session:
        address = addresses.address_by_id(session, posts[0].address_id)
        workspace = partnerships.workspace_by_id(session, address.workspace_id)
    platform, tried = platforms.get(workspace.platform), 0
    for post in posts:
        if platform is None or not platform.is_ready(Place(address.external, workspace.external)):
            break
        attempt = None
        with caught("delivery", post.ref) as bug:
            attempt = _take(db, platform, post, now)
        if bug.reference:
            break
        if attempt is not None:
            _settle(db, attempt, _attempt(db, attempt, now), now)
            tried += 1
    return tried


class TooLate(Exception):
    """It is known by now that a post was not said, and it is worth nothing any more."""


@dataclass(frozen=True)
class Attempt:
    """A post in hand. target: the post that it replaces; words: as they stand by now, so that an edit
    which comes late does not bring back older ones; load: the file that it is, where that is brought first.
    is_silenced: it is no longer to be said.
    """

    platform: Platform
    post: Outbox
    target: Outbox | None
    words: str
    address: Address
    workspace: Workspace
    place: Place
    load: Load | None
    is_silenced: bool = False


def _take(db: Database, platform: Platform, post: Outbox, now: datetime) -> Attempt | None:
    """Take a post in hand; None if another process has it, or it has to wait for one before it."""
    with db.writing(post.partnership_id, at=now) as session:
        address = addresses.address_by_id(session, post.address_id)
        workspace = partnerships.workspace_by_id(session, address.workspace_id)
        is_silenced = silence.silences(session, post, address, now)
        if is_silenced and post.state == "waiting" and silence.give_up(session, post, address):
            return None
        if outbox.is_held_up(session, post):
            return None
        if (
            post.state == "waiting"
            and post.is_over(now)
            and turns.drop_what_is_over(session, post, address, now)
        ):
            return None
        target = outbox.post_by_id(session, post.edits) if post.edits else None
        words = outbox.latest_words(session, target) if target else post.message
        if workspace.stopped_at is not None or not outbox.claim(session, post):
            return None
        place = _place(session, address, workspace, post)
        load = _load(session, post) if isinstance(platform, Carrier) else None
        return Attempt(platform, post, target, words, address, workspace, place, load, is_silenced)


def _load(session: Session, post: Outbox) -> Load | None:
    """The file that a post is; None for one of words, and for an edit."""
    is_file = post.edits is None and '"url":"file:' in post.message
    blocks = from_json(post.message).blocks if is_file else ()
    match blocks:
        case (Attachment() as file,) if file.key:
            found = files.file_called(session, file.key)
            return Load(found.name, found.content) if found else None
        case _:
            return None


def _place(session: Session, address: Address, workspace: Workspace, post: Outbox) -> Place:
    users = people.users_in(session, workspace.id) if '"is":"mention"' in post.message else {}
    return Place(address.external, workspace.external, post.thread, users)


@dataclass(frozen=True)
class Outcome:
    """What became of an attempt: the state that the post is in now, and what else is to be noted of it.

    error: why it was not sent.
    """

    state: str
    values: dict[str, object]
    error: SendError | None = None


def _settle(db: Database, attempt: Attempt, outcome: Outcome, now: datetime) -> None:
    """Note what became of a post, and tell whoever can mend it."""
    post, error = attempt.post, outcome.error
    with db.writing(post.partnership_id, at=now) as session:
        outbox.mark(session, post.id, outcome.state, **outcome.values)
        if error and error.stops:
            log.error("workspace %s is stopped: %s", attempt.workspace.external, error.reason)
            trouble.stop(session, attempt.workspace, error.reason)
        elif error and error.permanent:
            log.warning("post %s failed: %s", post.ref, error.reason)
            trouble.tell(session, post, attempt.address, error.reason)
            if attempt.load is not None:
                trouble.tell_who_waits(session, post, attempt.load.name, attempt.address, error.reason)


def _attempt(db: Database, attempt: Attempt, now: datetime) -> Outcome:
    """One attempt. A bug in an adapter holds up this post alone, and leaves its outcome unknown."""
    with caught("delivery", attempt.post.ref) as bug:
        return _try(db, attempt, now)
    wait = max(outbox.wait_after(attempt.post.attempts + 1), outbox.GRACE)
    return Outcome("sending", {"error": f"{outbox.A_BUG}{bug.reference}", "due_at": now + wait})


def _try(db: Database, attempt: Attempt, now: datetime) -> Outcome:
    """A failure leaves a post as it was before: one whose outcome is unknown is still to be looked for."""
    post = attempt.post
    try:
        reference = _give(db, attempt, now) if attempt.load else _say(attempt, now)
    except SendError as error:
        if error.permanent and not error.stops:
            return Outcome("failed", {"error": error.reason}, error)
        asked = timedelta(seconds=min(error.retry_after, outbox.LONGEST_WAIT.total_seconds()))
        later = now + max(outbox.wait_after(post.attempts + 1), asked)
        return Outcome(post.state, {"error": error.reason, "due_at": later}, error)
    except OutcomeUnknown as error:
        return Outcome("sending", {"error": str(error), "due_at": now + outbox.GRACE})
    except TooLate:
        return Outcome("waiting", {"error": "", "due_at": now})
    except CannotLook:
        return Outcome("unknown", {"error": "it cannot be told whether this was posted"})
    return Outcome("sent", {"reference": reference, "sent_at": now, "error": ""})


def _say(attempt: Attempt, now: datetime) -> str:
    """Replace, or post; a post that was in hand before is looked for first. Raises TooLate."""
    platform, post, place = attempt.platform, attempt.post, attempt.place
    message = from_json(attempt.words)
    if attempt.target is not None:
        platform.edit(place, attempt.target.reference, message)
        return attempt.target.reference
    if post.state == "sending":
        found = platform.find(place, post.key, post.created_at)
        if found is not None:
            return found
        if post.is_over(now) or attempt.is_silenced:
            raise TooLate
    return platform.send(place, message, post.key)


def _give(db: Database, attempt: Attempt, now: datetime) -> str:
    """Bring a file, note what the platform calls it, and only then show it: so one that was in hand before
    can be looked for, and one that was never noted was never shown. Raises TooLate.
    """
    carrier, post, place, load = attempt.platform, attempt.post, attempt.place, attempt.load
    assert isinstance(carrier, Carrier)
    assert load is not None
    if post.state == "sending":
        if post.reference and carrier.is_shown(place, post.reference, post.created_at):
            return post.reference
        if post.is_over(now):
            raise TooLate
    brought = carrier.bring(place, load)
    with db.writing(post.partnership_id, at=now) as session:
        outbox.mark(session, post.id, "sending", reference=brought)
    carrier.show(place, brought, load)
    return brought
