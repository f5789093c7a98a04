"""Meeting: who people are, by what their workspace tells of them, and what happens to people and channels."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Any
from unicodedata import bidirectional

from bot import door, trouble
from bot.door import Heard, Introduction
from bot.slack.calling import AT_ONCE, Clients, Refused, Slow, Unclear, Unheard, calling
from bot.slack.hearing import SLACKBOT
from bot.slack.wording import NAME
from commands.grammar.names import LONGEST, flaw_in
from commands.grammar.words import TOKEN, cleaned
from messages.compose import compose
from messages.stored import to_json
from storage import addresses, outbox, partnerships, people
from storage.db import Database, Session, change
from storage.events import history, record
from storage.partnerships import Workspace
from storage.people import Identity, Person

LEFT = "left"
"""What is recorded of somebody whose account was deactivated."""
TURNS = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
"""Signs, none of them visible, that turn the text after them round."""
MOST_AT_ONCE = 5
"""People and channels in one line of whom Slack is asked."""


class Acquaintance:
    """Asks Slack about people and chat channels that are met for the first time."""

    def __init__(self, db: Database, clients: Clients) -> None:
        self._db, self._clients = db, clients

    def at_home(self, heard: Heard) -> Heard:
        """In an organisation with several workspaces Slack names somebody's first one with what they press or
        say, wherever that was. Whoever belongs to the one where they are heard is heard as one of it.
        """
        if heard.home in ("", heard.team):
            return heard
        with self._db.everywhere() as session:
            if partnerships.workspace(session, NAME, heard.home) is not None:
                return heard
        with suppress(Refused, Slow, Unheard, Unclear), calling():
            found = self._clients.of(heard.team, AT_ONCE).users_info(user=heard.user)["user"]
            if found.get("team_id") == heard.home and heard.team in teams_of(found):
                return replace(heard, home="")
        return heard

    def introduce(self, heard: Heard) -> Introduction:
        """Whoever speaks, and the channel where. Where Slack cannot be asked, what it has told already."""
        if heard.platform != NAME:
            return door.by_name(heard)
        who = self.user(heard.home or heard.team, heard.user, heard.team)
        name = who.name or _called(heard.name, heard.user)
        is_elsewhere = who.home not in ("", heard.home or heard.team)
        channel, between = "", True
        if heard.channel and not is_elsewhere:
            channel, between = self.channel(heard.team, heard.channel)
        return Introduction(name, who.zone, who.is_guest, channel, who.home, is_between=between)

    def user(self, home: str, user: str, team: str) -> Introduction:
        """A user of a workspace, asked of the one in which the bot hears."""
        with suppress(Refused, Slow, Unheard, Unclear), calling():
            found = self._clients.of(team, AT_ONCE).users_info(user=user)["user"]
            team = str(found.get("team_id") or "")
            if team in ("", home) or home in teams_of(found):
                return introduction(found)
            return Introduction(home=team)
        return door.NOBODY

    def channel(self, team: str, channel: str) -> tuple[str, bool]:
        """A channel's name, "" where Slack does not tell it, and whether other organisations may be in it."""
        with suppress(Refused, Slow, Unheard, Unclear), calling():
            found = self._clients.of(team, AT_ONCE).conversations_info(channel=channel)["channel"]
            between = found.get("is_ext_shared") or found.get("is_pending_ext_shared")
            return str(found.get("name") or ""), bool(between)
        return "", True

    def join(self, team: str, channel: str, now: datetime) -> None:
        """The bot was invited to a chat channel, which is met then."""
        with self._db.everywhere() as session:
            workspace = partnerships.workspace(session, NAME, team)
        if workspace is not None and channel:
            name, between = self.channel(team, channel)
            with self._db.writing(workspace.partnership_id, at=now, via=NAME) as session:
                door.open_channel(session, workspace, channel, name, is_between=between)

    def greet(self, team: str, user: str, now: datetime) -> None:
        """Meet whoever added the bot to a workspace, and tell them what to do first."""
        with self._db.everywhere() as session:
            workspace = partnerships.workspace(session, NAME, team)
        if workspace is None or not user:
            return
        who = self.user(team, user, team)
        with self._db.writing(workspace.partnership_id, at=now, via=NAME) as session:
            person = door.meet(session, workspace, user, who)
            address = addresses.address_known_as(session, workspace.id, "person", user)
            welcome = compose("home/welcome", person=person)
            key = f"welcome|{workspace.id}|{user}"
            if address is not None and outbox.post_with_key(session, key) is None:
                outbox.put(session, address.id, key, to_json(welcome), why="You added me to this workspace")

    def of_those_in(self, heard: Heard, now: datetime) -> None:
        """Meet the people and chat channels that a line mentions, if nobody has met them yet."""
        words = " ".join([heard.line, *(heard.fields or {}).values()])
        tokens = [t for t in TOKEN.finditer(words) if t[2] == NAME and t[3] == heard.team]
        if not tokens:
            return
        with self._db.everywhere() as session:
            workspace = partnerships.workspace(session, NAME, heard.team)
        if workspace is None or not self._is_let_in(heard, now):
            return
        with self._db.reading(workspace.partnership_id) as session:
            new = {t.group(): t for t in tokens if not _is_known(session, workspace, t[1], t[4])}
        for token in list(new.values())[:MOST_AT_ONCE]:
            self._meet(workspace, token[1], token[4], now)

    def _is_let_in(self, heard: Heard, now: datetime) -> bool:
        """A stranger's words bring nobody in."""
        with suppress(door.Stranger):
            caller = door.let_in(self._db, heard, now, self.introduce)
            return caller is not None and caller.person.is_active
        return False

    def _meet(self, workspace: Workspace, kind: str, external: str, now: datetime) -> None:
        team = workspace.external
        who = self.user(team, external, team) if kind == "@" else door.NOBODY
        name, between = ("", True) if kind == "@" else self.channel(team, external)
        if not who.name and not name:
            return
        with self._db.writing(workspace.partnership_id, at=now, via=NAME) as session:
            if kind == "@":
                door.meet(session, workspace, external, who)
            else:
                door.open_channel(session, workspace, external, name, is_between=between)


def _is_known(session: Session, workspace: Workspace, kind: str, external: str) -> bool:
    if kind == "@":
        return people.person_known_as(session, workspace.id, external) is not None
    return addresses.address_known_as(session, workspace.id, "channel", external) is not None


def introduction(user: Mapping[str, Any]) -> Introduction:
    """A user as Slack describes them; bots are nobody."""
    if user.get("is_bot") or user.get("id") == SLACKBOT:
        return door.NOBODY
    profile = _part(user, "profile")
    name = profile.get("real_name") or user.get("real_name") or profile.get("display_name")
    is_guest = bool(user.get("is_restricted") or user.get("is_ultra_restricted"))
    zone = cleaned(str(user.get("tz") or ""))
    called = _called(str(name or user.get("name") or ""), cleaned(str(user.get("id") or "")))
    return Introduction(called, zone, is_guest)


def _called(name: str, user: str) -> str:
    """A name that finds somebody here: one that means something else, or nothing, gets the user's id."""
    visible = "".join(sign for sign in name if bidirectional(sign) not in TURNS)
    plain = " ".join(cleaned(visible).split()).lstrip("@<")[:LONGEST].strip()
    return f"{plain} ({user})" if plain and flaw_in(plain) else plain


def teams_of(user: Mapping[str, Any]) -> list[str]:
    """The workspaces that somebody of an organisation with several belongs to."""
    teams = _part(user, "enterprise_user").get("teams")
    return list(map(str, teams)) if isinstance(teams, list) else []


def _part(given: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = given.get(name)
    return found if isinstance(found, Mapping) else {}


# --- what happens to them ---------------------------------------------------------------------------

Happening = Callable[[Session, Workspace, Mapping[str, Any]], None]


def user_changed(session: Session, workspace: Workspace, event: Mapping[str, Any]) -> None:
    """Somebody's name, zone or account has changed."""
    user = _part(event, "user")
    identity = people.identity(session, workspace.id, cleaned(str(user.get("id") or "")))
    if identity is None:
        return
    person = people.person_by_id(session, identity.person_id)
    if user.get("deleted"):
        _left(session, workspace, person, identity)
        return
    if not person.is_active and _left_by_account(session, person):
        change(session, person, left_at=None)
        record(session, "returned", f"person {person.id}")
    who = introduction(user)
    if who.name and person.name == identity.name != who.name:
        change(session, person, name=who.name)
    named = {"name": who.name} if who.name else {}
    change(session, identity, zone=who.zone, is_guest=who.is_guest, **named)
    if session.changes:
        record(session, "described", f"person {person.id}")


def _left_by_account(session: Session, person: Person) -> bool:
    """Whether it was the account's end that somebody left by, and no coordinator's word."""
    return history(session, f"person {person.id}")[-1].what == LEFT


def _left(session: Session, workspace: Workspace, person: Person, identity: Identity) -> None:
    """An account is gone: reminders go to the deputy, and the coordinators are told. Whoever can still be
    reached in another workspace has not left.
    """
    others = [i for i in people.identities(session) if i.person_id == person.id and i.id != identity.id]
    if others or not person.is_active:
        return
    change(session, person, left_at=session.at)
    record(session, LEFT, f"person {person.id}")
    told = compose("partner/gone", person=person, workspace=workspace.name or workspace.external)
    trouble.tell_coordinators(session, f"gone|{identity.id}|{session.at:%Y-%m-%dT%H:%M}", to_json(told))


def channel_renamed(session: Session, workspace: Workspace, event: Mapping[str, Any]) -> None:
    renamed = _part(event, "channel")
    external, name = (cleaned(str(renamed.get(each) or "")) for each in ("id", "name"))
    found = addresses.address_known_as(session, workspace.id, "channel", external)
    if found is not None and name.strip() and name != found.name:
        change(session, found, name=name)
        record(session, "renamed", f"address {found.id}")


HAPPENINGS: Mapping[str, Happening] = {
    "user_change": user_changed,
    "channel_rename": channel_renamed,
    "group_rename": channel_renamed,
}
"""By the type of Slack's event, what is done about it in the workspace's partnership."""


def note(db: Database, team: str, event: Mapping[str, Any], key: str, now: datetime) -> None:
    """Something has happened to a person or a channel; the same again changes nothing."""
    happening = HAPPENINGS.get(str(event.get("type")))
    with db.everywhere() as session:
        workspace = partnerships.workspace(session, NAME, team)
    if happening is not None and workspace is not None:
        with db.writing(workspace.partnership_id, at=now, via=f"{NAME} {key}") as session:
            happening(session, workspace, event)
