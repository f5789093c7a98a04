"""News: what others did, since the last turn, with the actions and loops that are of interest to somebody.

What was posted where one reads it, as soon as it was done, is no news there.
"""

from dataclasses import dataclass

from jobs.base import Said
from jobs.known import Case
from jobs.loop_news import loop_told, loops_carried
from jobs.turn import Turn
from messages.compose import compose
from messages.message import Message
from storage.actions import Action, ActionOwner
from storage.events import Event, event_by_id
from storage.loops import Loop
from storage.people import Person
from storage.seats import Role, Team, first_place

NAME, URGENCY = "news", 30
TOLD = {
    "added", "handed", "accepted", "declined", "sent back", "done", "did their part of", "dropped",
    "reopened", "edited", "noted", "undid", "snoozed", "set waiting", "reviewed",
}  # fmt: skip
GIVEN = {"added", "handed", "edited"}
OWNER_COLUMNS = ("person_id", "role_id", "team_id", "organisation_id")
SHOWN = 7
"""Lines in one post (one screen); the rest are counted."""


@dataclass(frozen=True)
class News:
    """What someone did with an action or a loop. is_for_you: it gave the action to whoever is told.

    carried: the numbers of the loops that the action carries out, for who hears of it for their sake.
    action, loop: None if it is no longer in the plan; ref and title are as they were.
    """

    event: Event
    action: Action | None
    title: str
    who: str
    is_for_you: bool
    loop: Loop | None = None
    carried: tuple[str, ...] = ()

    @property
    def ref(self) -> str:
        return self.event.about


def say(turn: Turn) -> Said | None:
    found = [news for event in turn.events if (news := _news(turn, event))]
    if not found:
        return None
    shown = found if len(found) <= SHOWN else _first(found)
    more, total = len(found) - len(shown), len(found)
    message = compose("parts/news", news=shown, more=more, total=total, today=turn.today)
    return Said(message, tuple(f"{news.ref}: {news.who} {_did(news.event.what)}" for news in found))


def _first(found: list[News]) -> list[News]:
    """Where there is too much to tell: how each action stands now, and what one was given first."""
    latest = {news.ref: news for news in found}
    shown = [news for news in found if latest[news.ref] is news]
    return sorted(shown, key=lambda news: not news.is_for_you)[:SHOWN]


def _did(what: str) -> str:
    """As "set it waiting", for the reason why somebody was told."""
    verb, _, rest = what.partition(" ")
    return f"{verb} it {rest}".rstrip() if verb in ("set", "sent") else f"{what} it"


def _news(turn: Turn, event: Event) -> News | None:
    if event.about.startswith("L"):
        return _of_a_loop(turn, event)
    if event.what not in TOLD or not event.about.startswith("A") or _is_own_doing(turn, event):
        return None
    if event.via in turn.told_at_once or _changed_nothing(turn, event):
        return None
    case = turn.known.case(int(event.about[1:]))
    carried = loops_carried(turn, event, case.action) if case else []
    if not carried and not _concerns(turn, event, case):
        return None
    by = turn.directory.people.get(event.by or 0)
    is_for_you = event.what in GIVEN and _is_told_to(turn, event, _owners_in(event, "after"))
    action = case.action if case else None
    title = action.title if action else _title_in(event)
    refs = tuple(loop.ref for loop in carried)
    return News(event, action, title, by.name if by else "Commsbot", is_for_you, carried=refs)


def _of_a_loop(turn: Turn, event: Event) -> News | None:
    if _is_own_doing(turn, event) or event.via in turn.told_at_once or _changed_nothing(turn, event):
        return None
    loop = loop_told(turn, event)
    if loop is None:
        return None
    by = turn.directory.people.get(event.by or 0)
    return News(event, None, loop.words, by.name if by else "Commsbot", is_for_you=False, loop=loop)


def _changed_nothing(turn: Turn, event: Event) -> bool:
    """Whether it took back what was done since the last turn, and has not been told here."""
    if event.undoes is None or event.undoes <= turn.since_event:
        return False
    undone = event_by_id(turn.session, event.undoes)
    return undone is None or undone.via not in turn.told_at_once


def _concerns(turn: Turn, event: Event, case: Case | None) -> bool:
    """Owners and supporters hear of it, and those who were it before; whoever gave or offered it hears what
    became of it.
    """
    had_it = _owners_in(event, "before")
    if case is None:
        return _is_told_to(turn, event, had_it)
    givers = {case.action.giver_id, *(offer.giver_id for offer in case.offers)}
    is_giver = turn.person is not None and turn.person.id in givers and event.what != "added"
    return is_giver or _is_told_to(turn, event, [*case.owners, *had_it])


def _is_told_to(turn: Turn, event: Event, owners: list[ActionOwner]) -> bool:
    """Whether one of these hears of it here. What somebody did with their own work is no news to those who
    stand in for them.
    """
    return any(event.by not in _sitters(turn, owner) for owner in owners if turn.hears(owner))


def _sitters(turn: Turn, owner: ActionOwner) -> set[int]:
    """Who owns it themselves: a person, or whoever sits in a seat."""
    thing = turn.directory.thing(owner)
    if isinstance(thing, Role | Team):
        sitter = turn.directory.sitting(thing, first_place(thing))
        return {sitter.id} if sitter else set()
    return {thing.id} if isinstance(thing, Person) else set()


def _owners_in(event: Event, side: str) -> list[ActionOwner]:
    """The owners that an event gave an action ("after"), or took it from ("before")."""
    other = "after" if side == "before" else "before"
    rows = [r[side] for r in event.changes if r["table"] == "ActionOwner" and r[side] and r[other] is None]
    owners = [row for row in rows if row["part"] == "owner"]
    return [ActionOwner(position=0, **{name: row[name] for name in OWNER_COLUMNS}) for row in owners]


def _title_in(event: Event) -> str:
    titles = (row["before"]["title"] for row in event.changes if row["table"] == "Action" and row["before"])
    return next(titles, "")


def _is_own_doing(turn: Turn, event: Event) -> bool:
    return turn.person is not None and event.by == turn.person.id


def waiting(_turn: Turn) -> Message | None:
    """Nothing to do about news."""
    return None
