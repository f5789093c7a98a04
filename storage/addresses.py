"""Addresses: where a post goes: a person's direct messages, a chat channel, an e-mail."""

from sqlmodel import Field, UniqueConstraint, select

from storage.db import Session
from storage.row import Owned


class Address(Owned, table=True):
    """`kind` is "person", "channel" or "email"; `external` is the platform's own id of the place.

    A chat channel may be an organisation's own, a team's own, or the one that the whole partnership shares.
    """

    __table_args__ = (UniqueConstraint("workspace_id", "kind", "external"),)
    workspace_id: int = Field(foreign_key="workspace.id")
    kind: str
    external: str
    name: str
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id")
    team_id: int | None = Field(default=None, foreign_key="team.id")
    is_shared: bool = False

    @property
    def label(self) -> str:
        return f"#{self.name}" if self.kind == "channel" else f"@{self.name}"


def address_by_id(session: Session, address_id: int) -> Address:
    return session.exec(select(Address).where(Address.id == address_id)).one()


def addresses(session: Session) -> list[Address]:
    return list(session.exec(select(Address).order_by(Address.id)))  # type: ignore[arg-type]


def address_known_as(session: Session, workspace_id: int, kind: str, external: str) -> Address | None:
    query = select(Address).where(
        Address.workspace_id == workspace_id, Address.kind == kind, Address.external == external
    )
    return session.exec(query).first()
