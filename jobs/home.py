"""Home: all that is somebody's on one page: what waits, what they own, what comes and what was sent."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from jobs.plan import Line, lines
from jobs.reminders import everything_waiting, next_turn
from messages.compose import compose, join
from messages.message import Message
from messages.stored import from_json
from storage.actions import Action, actions, open_actions_of
from storage.addresses import Address
from storage.db import Session
from storage.directory import Directory
from storage.objectives import objectives
from storage.outbox import Outbox, posts_to
from storage.people import Person
from storage.seats import Role
from storage.slots import slot_of

MOST = 20
"""Actions to an objective; what does not fit a page is in a list."""
SENT, LOOK_BACK = 5, timedelta(days=31)


@dataclass(frozen=True)
class Group:
    """A person's actions toward one objective, or toward none."""

    title: str
    lines: list[Line]
    more: int = 0


def home(session: Session, directory: Directory, person: Person, now: datetime) -> Message:
    """A person's page. Nothing is written."""
    today = now.astimezone(directory.partnership.tz).date()
    steps = _first_steps(session, directory, person)
    heading = compose("home/heading", person=person, partnership=directory.partnership, steps=steps)
    waiting = everything_waiting(session, directory, person, now) or compose("home/free", person=person)
    owned = compose("home/owned", groups=_groups(session, directory, person, now), today=today)
    return join(heading, waiting, owned, _coming_and_sent(session, directory, person, now))


def _first_steps(session: Session, directory: Directory, person: Person) -> dict[str, bool]:
    """What a partnership that is being set up has done of the first steps; empty for those who need none."""
    channels = [a for a in directory.addresses.values() if a.kind == "channel"]
    done = {
        "organisations": bool(directory.organisations),
        "channel": bool(channels),
        "action": bool(actions(session, "open", "done", "dropped")),
    }
    return {} if all(done.values()) or not person.may("coordinator") else done


def _groups(session: Session, directory: Directory, person: Person, now: datetime) -> list[Group]:
    """The open actions that somebody owns, alone or in a seat, by objective in the plan's order."""
    today = now.astimezone(directory.partnership.tz).date()
    seats = directory.seats_of(person.id)
    roles = {seat.id for seat in seats if isinstance(seat, Role)}
    teams = {seat.id for seat in seats if not isinstance(seat, Role)}
    mine = open_actions_of(session, {person.id}, roles, teams)
    titles: dict[int | None, str] = {o.id: f"{o.number}. {o.title}" for o in objectives(session)}
    titles[None] = "Toward no objective" if titles else ""
    found = [(title, [a for a in mine if a.objective_id == id_]) for id_, title in titles.items()]
    return [_group(session, directory, title, those, today) for title, those in found if those]


def _group(session: Session, directory: Directory, title: str, those: list[Action], today: date) -> Group:
    return Group(title, lines(session, directory, those[:MOST], today), max(0, len(those) - MOST))


def _coming_and_sent(session: Session, directory: Directory, person: Person, now: datetime) -> Message:
    zone = directory.partnership.tz
    mine = [a for a in directory.addresses.values() if a.person_id == person.id]
    places = [*mine, *filter(None, [directory.channel_of(person)])]
    turns = [(turn, place) for place in places if (turn := _next(session, directory, place))]
    sent = posts_to(session, [a.id for a in mine], now - LOOK_BACK, SENT)
    return compose(
        "home/coming",
        turns=sorted(turns, key=lambda each: (each[0], each[1].person_id is None, each[1].id)),
        sent=[_row(post, zone) for post in sent],
        today=now.astimezone(zone).date(),
        person=person,
    )


def _next(session: Session, directory: Directory, place: Address) -> datetime | None:
    slot = slot_of(session, place.id)
    return None if slot is None or slot.is_paused else next_turn(directory, slot, place)


def _row(post: Outbox, zone: ZoneInfo) -> dict[str, object]:
    return {
        "post": post,
        "at": (post.sent_at or post.created_at).astimezone(zone),
        "summary": from_json(post.message).summary,
        "reasons": post.why.splitlines(),
    }
