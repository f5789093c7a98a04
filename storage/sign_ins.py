"""Sign-ins: the links with which people come into the chat from elsewhere, one by one, until taken back."""

import hashlib
import secrets
from datetime import datetime
from typing import ClassVar

from sqlmodel import Field, col, select

from storage.db import Session, add, change
from storage.row import Owned


class SignIn(Owned, table=True):
    """One person's link. Only a hash of its secret is kept, so that nobody can read the link here."""

    kept_out_of_history: ClassVar[bool] = True
    person_id: int = Field(foreign_key="person.id", index=True)
    secret_hash: str = Field(unique=True)
    made_at: datetime
    used_at: datetime | None = None
    revoked_at: datetime | None = None


def make_link(session: Session, person_id: int) -> str:
    """A new link for a person, as its secret, of 256 random bits; those made before end."""
    revoke_links(session, person_id)
    secret = secrets.token_urlsafe(32)
    add(session, SignIn(person_id=person_id, secret_hash=_hash(secret), made_at=session.at))
    return secret


def revoke_links(session: Session, person_id: int) -> None:
    """Whoever came in with a link of this person is out again."""
    for link in links(session):
        if link.person_id == person_id:
            change(session, link, revoked_at=session.at)


def links(session: Session) -> list[SignIn]:
    """The links that are good, at most one a person."""
    return list(session.exec(select(SignIn).where(col(SignIn.revoked_at).is_(None))))


def link_with(session: Session, secret: str) -> SignIn | None:
    """The good link with this secret."""
    query = select(SignIn).where(SignIn.secret_hash == _hash(secret), col(SignIn.revoked_at).is_(None))
    return session.exec(query).first()


def note_used(session: Session, link: SignIn) -> None:
    change(session, link, used_at=session.at)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
