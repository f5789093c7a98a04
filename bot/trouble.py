"""Trouble: a coordinator is told, once and in words, of what cannot be posted until a person mends it."""

from messages.compose import compose
from messages.stored import to_json
from storage import outbox, partnerships
from storage.addresses import Address
from storage.db import Session
from storage.directory import Directory
from storage.events import record
from storage.outbox import Outbox
from storage.partnerships import Workspace
from storage.people import Person

KEY = "trouble|"
"""Begins the key of what is told of trouble: nothing is told of trouble with that."""


def tell(session: Session, post: Outbox, address: Address, reason: str) -> None:
    """Tell of a post that failed for good; not again until something has reached that address since."""
    key = f"{KEY}{address.id}|{reason}|{outbox.last_sent(session, [address.id])}"
    if not post.key.startswith(KEY):
        told = compose("error/undelivered", address=address.label, reason=reason, post=post)
        tell_coordinators(session, key, to_json(told), besides=address)


def tell_who_waits(session: Session, post: Outbox, name: str, address: Address, reason: str) -> None:
    """Tell where a file was to come why it does not; each time, for each time somebody waits for it."""
    told = compose("files/not_given", name=name, reason=reason, post=post)
    key = f"{KEY}file|{post.id}|{session.at:%Y-%m-%dT%H:%M:%S}"
    if outbox.post_with_key(session, key) is None:
        outbox.put(
            session, address.id, key, to_json(told), why=f"{name} could not be given", thread=post.thread
        )


def stop(session: Session, workspace: Workspace, reason: str) -> None:
    """Post nothing more in a workspace; the coordinators who can be reached in another one are told."""
    now = partnerships.workspace_by_id(session, workspace.id)
    if now.stopped_at is not None:
        return
    partnerships.stop(session, now, reason)
    record(session, "stopped", f"workspace {now.id}")
    told = compose("error/stopped", workspace=now.name or now.external, reason=reason)
    tell_coordinators(session, f"{KEY}stopped|{now.id}|{session.at:%Y-%m-%dT%H:%M:%S}", to_json(told))


def tell_coordinators(session: Session, key: str, message: str, besides: Address | None = None) -> None:
    """Tell each, once, in a workspace where anything is posted. besides: the place that cannot be reached."""
    directory = Directory(session)
    speaking = {space.id for space in partnerships.workspaces(session) if space.stopped_at is None}
    for person in directory.people.values():
        address = _reached(directory, person, speaking, besides) if person.may("coordinator") else None
        if address is not None and outbox.post_with_key(session, f"{key}|{address.id}") is None:
            outbox.put(session, address.id, f"{key}|{address.id}", message, why="Something cannot be posted")


def _reached(
    directory: Directory, person: Person, speaking: set[int], besides: Address | None
) -> Address | None:
    """A person's direct messages in any workspace where they can be had."""
    if not person.is_here(None):
        return None
    mine = [address for address in directory.addresses.values() if address.person_id == person.id]
    fit = (address for address in mine if address != besides and address.workspace_id in speaking)
    return next(fit, None)
