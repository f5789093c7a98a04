"""Joining: a workspace leaves its own partnership for the one that a one-time code leads into."""

from dataclasses import dataclass

from bot import door
from bot.door import Introduction
from commands.base import CommandError, Joined, Request
from storage import codes, installs, partnerships, people
from storage.codes import Invitation
from storage.db import Database, Session, add, cross
from storage.directory import Directory
from storage.events import record
from storage.partnerships import Workspace
from storage.people import Identity


@dataclass(frozen=True)
class Elsewhere:
    """The other partnerships of a database; see commands.base."""

    db: Database

    def invitation(self, code: str) -> Invitation | None:
        with self.db.everywhere() as session:
            return codes.invitation(session, code)

    def join(self, request: Request, invitation: Invitation) -> Joined:
        """All of it is one transaction: the workspace has moved, or it has not (decision 0010)."""
        session = request.session
        old, me = _who_moves(request)
        external, bot = old.external, old.bot
        partnerships.take_out(session, old, f"It belongs to {invitation.partnership} now.")
        record(session, "left", f"workspace {old.id}", note=invitation.partnership)
        cross(session, invitation.partnership_id)
        if not codes.claim(session, invitation.code_id):
            wrong = "That code has just been used or withdrawn. Ask there for a new one. Nothing was changed."
            raise CommandError(wrong, "/partner workspaces")
        home = invitation.home_id
        new = Workspace(
            platform=old.platform, external=external, name=old.name, bot=bot, organisation_id=home
        )
        add(session, new)
        record(session, "joined", f"workspace {new.id}", note=f"{request.person.name} let it join")
        moved(session, old, new)
        introduction = Introduction(request.person.name, me.zone, is_guest=me.is_guest)
        person = door.meet(session, new, me.external, introduction)
        session.by = person.id
        return Joined(new, person, _coordinators(session))


def _who_moves(request: Request) -> tuple[Workspace, Identity]:
    """The workspace asked in, and the asker as it knows them."""
    workspace = partnerships.workspace_by_id(request.session, request.workspace_id)
    me = people.identity_of(request.session, workspace.id, request.person.id)
    if me is None:
        raise CommandError(
            "You are a guest of this workspace: one of its own coordinators has to let it join.",
            "/partner coordinators",
        )
    return workspace, me


def moved(session: Session, old: Workspace, new: Workspace) -> None:
    """The token of a workspace that added the bot by itself goes along with it.

    The session is the new partnership's by then. Rows never change their partnership: one is taken out
    there, and another put down here.
    """
    cross(session, old.partnership_id)
    install = installs.install_of(session, old.id)
    if install is not None:
        installs.forget(session, old.id)
    cross(session, new.partnership_id)
    if install is not None:
        installs.keep(session, new.id, install.sealed, install.scopes, install.installed_by)


def _coordinators(session: Session) -> tuple[int, ...]:
    directory = Directory(session)
    coordinators = (person for person in directory.people.values() if person.may("coordinator"))
    return tuple(address.id for address in map(directory.address_of, coordinators) if address)
