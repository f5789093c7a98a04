"""Adding to the plan: new actions, notes, and better words for what is there."""

from dataclasses import replace
from typing import Annotated, Any

from commands.action.answering import answers, objective_of
from commands.action.hints import hints
from commands.action.owning import (
    asked_first,
    check_is_open,
    check_may_change,
    check_title,
    give,
    give_anew,
    support,
)
from commands.base import CommandError, Request, Says, check_fits, verb
from commands.grammar.forms import form_for
from commands.grammar.owners import NOBODY, Owners
from jobs.plan import line
from messages.post import Post
from messages.words import when
from storage.actions import LONGEST_NOTE, Action, ActionOwner, owners_of, when_columns
from storage.counters import next_number
from storage.db import add as add_row
from storage.db import change, remove
from storage.directory import OwnerThing
from storage.events import record
from storage.objectives import Objective
from storage.offers import Offer, offers_of
from storage.when import UNDATED, When

Title = Annotated[str, Says("What is to be done", "Refresh the newsletter", long=True)]
Owner = Annotated[
    Owners,
    Says(
        "Who owns it; the first leads",
        "@someone, Comms Lead",
        also=("owners", "who", "for"),
        endings=True,
        unsaid="you",
        note=asked_first,
    ),
]
With = Annotated[Owners, Says("Who helps; they are not chased", "Council Comms Team", also=("supporters",))]
Due = Annotated[
    When,
    Says(
        "By when",
        "end of June",
        "A day, a month, a quarter, or ongoing.",
        also=("when", "by"),
        endings=True,
        unsaid="no date yet",
    ),
]
Toward = Annotated[Objective | None, Says("Which objective, by its number", "2", also=("objectives", "aim"))]


@verb(
    "/action add Refresh the newsletter due: end of June",
    "/action add Plan the winter campaign owner: {person} due: Q3 objective: {objective}",
    "/action add Share patient stories at staff briefings ongoing",
    shortcut="Log as action",
)
def add(
    request: Request,
    what: Title,
    *,
    owner: Owner = NOBODY,
    with_: With = NOBODY,
    due: Due = UNDATED,
    objective: Toward = None,
) -> list[Post]:
    """Log an action."""
    action, owners, offers = log(request, what, owner, due, with_, objective)
    event = record(request.session, "added", action.ref)
    shown = line(request.directory, action, owners, offers, request.today)
    return answers(request, "added", action, event, shown, hints=hints(request, action))


def log(
    request: Request,
    what: str,
    owner: Owners,
    due: When,
    supporters: Owners = NOBODY,
    objective: Objective | None = None,
) -> tuple[Action, list[ActionOwner], list[Offer]]:
    """A new action, with its owners and supporters, and the offers to those who are asked first."""
    action = add_row(
        request.session,
        Action(
            number=next_number(request.session, "A"),
            title=check_title(what),
            objective_id=objective.id if objective else None,
            giver_id=request.person.id,
            logged_on=request.today,
            **when_columns(due),
        ),
    )
    owners, offers = give(request, action, owner)
    return action, owners + support(request, action, supporters), offers


@verb("/action edit {action} due: 12 June", "/action edit {action} title: Refresh the staff newsletter")
def edit(
    request: Request,
    action: Annotated[Action, Says("Which action", "A12")],
    *,
    title: Annotated[str | None, Says("What is to be done", "Refresh the newsletter", long=True)] = None,
    owner: Annotated[
        Owners | None, Says("Who owns it; the first leads", "@someone", also=("owners", "who"))
    ] = None,
    with_: Annotated[Owners | None, Says("Who helps", "Council Comms Team")] = None,
    due: Annotated[When | None, Says("By when", "end of June", also=("when", "by"), endings=True)] = None,
    objective: Toward = None,
) -> list[Post]:
    """Change an action's words, owners, date or objective."""
    if not any(given is not None for given in (title, owner, with_, due, objective)):
        return [
            Post(form_for(request.commands.verb("action edit"), request, values=_as_typed(request, action)))
        ]
    check_may_change(request, action)
    check_is_open(action)
    _change_words(request, action, title, objective)
    if due is not None and replace(due, text="") != replace(action.when, text=""):
        change(request.session, action, **when_columns(due), **NO_MORE_WAITING)
    if owner is not None and owner.things != _given(request, action):
        give_anew(request, action, owner)
    if with_ is not None and with_.things != _supporting(request, action):
        _support_anew(request, action, with_)
    if not request.session.changes:
        raise CommandError(f"That is how {action.ref} stands already.", f"/action show {action.ref}")
    event = record(request.session, "edited", action.ref)
    return answers(request, "edited", action, event)


NO_MORE_WAITING = {"quiet_until": None, "waiting_for": "", "snoozes": 0}
"""A new date is a new start."""


def _change_words(request: Request, action: Action, title: str | None, objective: Objective | None) -> None:
    if title:
        change(request.session, action, title=check_title(title, "title"))
    if objective:
        change(request.session, action, objective_id=objective.id)


def _given(request: Request, action: Action) -> list[OwnerThing]:
    """To whom an action was given, in the order in which they were named, accepted or not."""
    owners: list[Any] = [o for o in _owners(request, action, "owner") if not o.is_standing_in]
    waiting = [offer for offer in offers_of(request.session, action.id) if not offer.answer]
    return [request.directory.thing(o) for o in sorted([*owners, *waiting], key=lambda o: o.position)]


def _supporting(request: Request, action: Action) -> list[OwnerThing]:
    return [request.directory.thing(owner) for owner in _owners(request, action, "supporter")]


def _owners(request: Request, action: Action, part: str) -> list[ActionOwner]:
    return [o for o in owners_of(request.session, [action.id])[action.id] if o.part == part]


def _as_typed(request: Request, action: Action) -> dict[str, str]:
    """An action as its form shows it: only what can be typed back in."""
    objective = objective_of(request, action)
    return {
        "action": action.ref,
        "title": action.title,
        "owner": ", ".join(thing.name for thing in _given(request, action)),
        "with": ", ".join(thing.name for thing in _supporting(request, action)),
        "due": _date_as_typed(action, request),
        "objective": str(objective.number) if objective else "",
    }


def _date_as_typed(action: Action, request: Request) -> str:
    """A date as it is understood, with its year: "friday" would mean another one next week."""
    if action.kind == "ongoing":
        return action.when_text
    if action.kind == "day" and action.ends:
        at = f" at {action.hour:%H:%M}" if action.hour else ""
        return f"{action.ends.day} {action.ends:%B %Y}{at}"
    return when(action.when, request.today) if action.when.is_dated else ""


def _support_anew(request: Request, action: Action, supporters: Owners) -> None:
    for owner in _owners(request, action, "supporter"):
        remove(request.session, owner)
    support(request, action, supporters)


@verb("/action note {action} The printer needs it by Tuesday", shortcut="Add to an action")
def note(
    request: Request,
    action: Annotated[Action, Says("Which action", "A12")],
    text: Annotated[str, Says("Your note", "The printer needs it by Tuesday", long=True)],
) -> list[Post]:
    """Add a note that everyone who looks at the action sees."""
    check_fits(text, LONGEST_NOTE, "text", "Put it in two notes, or in a document, and add its link.")
    event = record(request.session, "noted", action.ref, note=text)
    return answers(request, "noted", action, event)
