"""Local: the platform without a platform: the terminal, the browser, and the tests' double."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot import door
from bot.door import Heard
from bot.platform import CannotLook, Place
from commands.grammar.names import flaw_in
from messages.message import Message
from storage import addresses, partnerships, people
from storage.db import Database, add
from storage.events import record
from storage.partnerships import Workspace
from storage.people import Person

NAME = "local"
ALONE = "Local"
"""The partnership that is made on an empty database; whoever speaks in it is a coordinator."""


class NoName(ValueError):
    """Nobody can be called so; the message says why."""


@dataclass(frozen=True)
class Shown:
    """A post as someone sees it. place: "#comms" or "@Sam Okafor". is_edit: it replaces an earlier one."""

    place: str
    message: Message
    reference: str
    is_edit: bool = False


class Local:
    """Shows posts to whoever looks. What was shown cannot be asked back."""

    name = NAME

    def __init__(self, show: Callable[[Shown], None]) -> None:
        self._show = show

    def send(self, place: Place, message: Message, key: str) -> str:
        self._show(Shown(place.id, message, key))
        return key

    def edit(self, place: Place, reference: str, message: Message) -> None:
        self._show(Shown(place.id, message, reference, is_edit=True))

    def find(self, _place: Place, _key: str, _since: datetime) -> str | None:
        raise CannotLook

    def is_ready(self, _place: Place) -> bool:
        return True


def settle_in(db: Database, team: str, now: datetime) -> Workspace:
    """The workspace with this name; on an empty database it is made, with a partnership of its own."""
    with db.everywhere() as session:
        found = partnerships.workspace(session, NAME, team)
    if found is not None:
        return found
    with db.writing(0, at=now) as session:
        made = partnerships.workspace(session, NAME, team)  # by another that settled in meanwhile
        if made is not None:
            return made
        partnerships.found(session, ALONE, now)
        workspace = add(session, Workspace(platform=NAME, external=team))
        record(session, "founded", "partnership")
        return workspace


def speaker(db: Database, workspace: Workspace, name: str, now: datetime) -> str | None:
    """The local id of the person meant by a name or a first name. In a partnership of one's own anyone
    who speaks is met, as a coordinator; elsewhere None if nobody is called so. Raises NoName.
    """
    with db.writing(workspace.partnership_id, at=now) as session:
        known = [person for person in people.people(session) if _is_called(person, name)]
        ids = {identity.person_id: identity.external for identity in people.identities(session)}
        reachable = [ids[person.id] for person in known if person.id in ids]
        if reachable:
            return reachable[0]
        if partnerships.the_partnership(session).name != ALONE:
            return None
        flaw = flaw_in(name)
        if flaw:
            raise NoName(flaw)
        door.welcome(session, workspace, Person(name=name, permission="coordinator"), f"@{name}")
        return f"@{name}"


def place_of(db: Database, workspace: Workspace, person_id: int, now: datetime) -> int | None:
    """The address of a person's direct messages; somebody who was only written down so far gets theirs.
    None for nobody who is here.
    """
    with db.reading(workspace.partnership_id) as session:
        mine = addresses.address_of(session, person_id)
    if mine is not None:
        return mine.id
    with db.writing(workspace.partnership_id, at=now) as session:
        mine = addresses.address_of(session, person_id)  # another may have opened it meanwhile
        person = next((p for p in people.people(session) if p.id == person_id and p.is_active), None)
        if mine is None and person is not None:
            taken = {identity.external for identity in people.identities(session)}
            user = f"@{person.name}" if f"@{person.name}" not in taken else f"@{person.name} {person.id}"
            mine = door.seat(session, workspace, person, user)
            record(session, "met", f"person {person.id}")
        return mine.id if mine else None


def _is_called(person: Person, name: str) -> bool:
    wanted = name.strip().lstrip("@").lower()
    return bool(wanted) and wanted in (person.name.lower(), *person.name.lower().split()[:1])


def first_speaker(db: Database, workspace: Workspace) -> str:
    """Who speaks when nobody is named: the first coordinator, or someone new."""
    with db.reading(workspace.partnership_id) as session:
        first = people.first_of(people.people(session))
    return first.name if first and first.may("coordinator") else "You"


def names(db: Database, workspace: Workspace) -> list[str]:
    with db.reading(workspace.partnership_id) as session:
        return [person.name for person in people.people(session) if person.is_active]


def heard(workspace: Workspace, user: str, channel: str, key: str, line: str, **more: object) -> Heard:
    """A line as the local platform hears it."""
    return Heard(
        key=key,
        platform=NAME,
        team=workspace.external,
        user=user,
        name=user.lstrip("@"),
        channel=channel,
        line=line,
        **more,  # type: ignore[arg-type]
    )


def zone(db: Database, workspace: Workspace) -> ZoneInfo:
    with db.reading(workspace.partnership_id) as session:
        return partnerships.the_partnership(session).tz
