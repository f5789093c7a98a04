"""Home: all that is somebody's on one page: what waits, what they own, what comes and what was sent."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from jobs.holds import silences
from jobs.parts import due
from jobs.plan import Line, lines
from jobs.reminders import next_turn, parts, turn_of
from jobs.turn import Turn
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
WITH_BUTTONS = 8
SENT, LOOK_BACK = 3, timedelta(days=31)


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
    turn = turn_of(session, directory, person, now)
    pressing = due.groups(turn) if turn else {}
    late = pressing.get("late", [])
    soon = [line for line in pressing.get("soon", []) if not line.action.is_quiet(today)]
    shown = {line.action.id for line in late + soon}
    mine = [a for a in _owned(session, directory, person) if a.id not in shown]
    owned = compose("home/owned", groups=_groups(session, directory, mine, today), today=today, rest=shown)
    waiting = [_pressing(late, soon, today), *(_others(turn) if turn else [])]
    said = [message for message in waiting if message] or [compose("home/free", person=person)]
    return join(heading, *said, owned, _coming_and_sent(session, directory, person, now))


def _pressing(late: list[Line], soon: list[Line], today: date) -> Message | None:
    """What is late or soon due, with buttons for the first few."""
    first = (late + soon)[:WITH_BUTTONS]
    more = len(late) + len(soon) - len(first)
    if not first:
        return None
    return compose("home/pressing", late=late, soon=soon, first=first, more=more, today=today)


def _others(turn: Turn) -> list[Message]:
    """What else waits on a person: offers to answer, reviews."""
    return [said for part in parts() if part.NAME != due.NAME and (said := part.waiting(turn))]


def _first_steps(session: Session, directory: Directory, person: Person) -> dict[str, bool]:
    """What a partnership that is being set up has done of the first steps; empty for those who need none."""
    channels = [a for a in directory.addresses.values() if a.kind == "channel"]
    done = {
        "organisations": bool(directory.organisations),
        "channel": bool(channels),
        "action": bool(actions(session, "open", "done", "dropped")),
    }
    return {} if all(done.values()) or not person.may("coordinator") else done


def _owned(session: Session, directory: Directory, person: Person) -> list[Action]:
    """The open actions that somebody owns, alone or in a seat."""
    seats = directory.seats_of(person.id)
    roles = {seat.id for seat in seats if isinstance(seat, Role)}
    teams = {seat.id for seat in seats if not isinstance(seat, Role)}
    return open_actions_of(session, {person.id}, roles, teams)


def _groups(session: Session, directory: Directory, mine: list[Action], today: date) -> list[Group]:
    """Actions by objective, in the plan's order."""
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
        silent=silences(directory, now),
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
