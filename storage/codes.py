"""Codes: told from one person to another, once, so that workspaces share a plan or two identities are one."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar, Literal

from sqlmodel import Field, col, select, update

from storage.db import Session, add, remove
from storage.organisations import Organisation
from storage.partnerships import Partnership
from storage.row import Owned

WORKSPACE: Literal["workspace"] = "workspace"
PERSON: Literal["person"] = "person"
Kind = Literal["workspace", "person"]
GOOD_FOR = {WORKSPACE: timedelta(days=7), PERSON: timedelta(hours=1)}

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""32 letters and figures, five bits each; I, L, O and U are left out, because they are read as others."""
LENGTH, GROUP = 12, 4
_READ_AS = str.maketrans("ILO", "110")


class Code(Owned, table=True):
    """A one-time code, of 60 random bits. Only a hash of it is kept, so that nobody can read it here.

    kind: "workspace" lets another workspace into this partnership, "person" makes two of its people one.
    person_id: who made it. organisation_id: the home of the workspace that joins, None for none yet.
    """

    kept_out_of_history: ClassVar[bool] = True
    kind: str
    person_id: int = Field(foreign_key="person.id", index=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id")
    secret_hash: str = Field(unique=True)
    made_at: datetime
    good_until: datetime
    used_at: datetime | None = None

    def is_good(self, now: datetime) -> bool:
        return self.used_at is None and now < self.good_until


def make(
    session: Session, kind: Kind, person_id: int, organisation_id: int | None = None
) -> tuple[Code, str]:
    """A new code and its secret, in groups as it is told to people."""
    secret = "".join(secrets.choice(SIGNS) for _ in range(LENGTH))
    code = Code(
        kind=kind,
        person_id=person_id,
        organisation_id=organisation_id,
        secret_hash=_hash(secret),
        made_at=session.at,
        good_until=session.at + GOOD_FOR[kind],
    )
    return add(session, code), spelled(secret)


def spelled(text: str) -> str:
    """A code as it is told, however it was typed: "7K2M-9QXT-4WPC"."""
    signs = _signs(text)
    return "-".join(signs[place : place + GROUP] for place in range(0, len(signs), GROUP))


def _signs(text: str) -> str:
    """What counts of a code: capitals and figures, with those that look alike read as one."""
    return "".join(sign for sign in text.upper() if sign.isalnum()).translate(_READ_AS)


def _hash(text: str) -> str:
    return hashlib.sha256(_signs(text).encode("utf-8", "replace")).hexdigest()


def code_with(session: Session, kind: Kind, secret: str) -> Code | None:
    """The code with this secret: of this partnership, or of everywhere if it is asked so."""
    query = select(Code).where(Code.kind == kind, Code.secret_hash == _hash(secret))
    return session.exec(query).first()


def open_codes(session: Session, kind: Kind) -> list[Code]:
    """The codes that have not been used, oldest first; those whose time is over too."""
    query = select(Code).where(Code.kind == kind, col(Code.used_at).is_(None))
    return list(session.exec(query.order_by(col(Code.id))))


def claim(session: Session, code_id: int) -> bool:
    """Use a code up; False if it was used or taken back by another meanwhile, or its time is over."""
    statement = (
        update(Code)
        .where(col(Code.id) == code_id, col(Code.used_at).is_(None), col(Code.good_until) > session.at)
        .values(used_at=session.at)
        .execution_options(synchronize_session=False)
    )
    return session.execute(statement).rowcount == 1  # type: ignore[attr-defined,no-any-return]


def withdraw(session: Session, code: Code) -> None:
    """From now on nobody knows this code."""
    remove(session, code)


@dataclass(frozen=True)
class Invitation:
    """What a workspace's code leads into, as whoever has the code may know it before they join.

    home_id, home: the organisation of which the workspace will be, None and "" for none yet.
    """

    code_id: int
    partnership_id: int
    partnership: str
    organisations: tuple[str, ...]
    home_id: int | None
    home: str
    good_until: datetime
    used_at: datetime | None


def invitation(session: Session, secret: str) -> Invitation | None:
    """The invitation with this secret, whosever it is: asked of everywhere."""
    code = code_with(session, WORKSPACE, secret)
    if code is None:
        return None
    partnership = session.exec(select(Partnership).where(Partnership.id == code.partnership_id)).one()
    mine = Organisation.partnership_id == code.partnership_id
    members = session.exec(select(Organisation).where(mine).order_by(Organisation.name)).all()
    return Invitation(
        code_id=code.id,
        partnership_id=partnership.id,
        partnership=partnership.name,
        organisations=tuple(member.name for member in members),
        home_id=code.organisation_id,
        home=next((member.name for member in members if member.id == code.organisation_id), ""),
        good_until=code.good_until,
        used_at=code.used_at,
    )
