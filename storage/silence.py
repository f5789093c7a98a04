"""Silence: while an incident is on nothing goes out by itself; what people do, and are answered, does."""

from datetime import datetime

from storage import dailies, holds, outbox
from storage.addresses import Address
from storage.db import Session
from storage.directory import Directory
from storage.holds import Hold
from storage.outbox import Outbox

SILENCED = "an incident silenced it. The next daily post says what is still true."


def reaches(session: Session, address: Address, now: datetime) -> bool:
    """Whether nothing is said there on schedule now."""
    return bool(holds.incidents(session)) and Directory(session).silence(address, now) is not None


def silences(session: Session, post: Outbox, address: Address, now: datetime) -> bool:
    """Whether a post in the outbox is one that an incident silences."""
    return post.until is not None and reaches(session, address, now)


def hush(session: Session, directory: Directory, hold: Hold) -> None:
    """An incident begins: what waits to be delivered where it reaches is given up, so that nothing that
    people do has to wait behind it.
    """
    for post in outbox.with_an_end(session):
        address = directory.addresses[post.address_id]
        if directory.is_at(address, hold.organisation_id):
            give_up(session, post, address)


def give_up(session: Session, post: Outbox, address: Address) -> bool:
    """Drop a post that waits; what a daily one says, the next one says. False for the rest of one of which
    something has been read: it goes out to its end, so that nothing of it is lost, or said twice.
    """
    if post.key.startswith(dailies.KEY):
        return dailies.give_up(session, address, dailies.undelivered(session, address), SILENCED)
    return outbox.drop(session, post, SILENCED)
