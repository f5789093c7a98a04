"""Listing: the plan as a list, and one action with all that happened to it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from commands.action.answering import line_of, objective_of
from commands.action.owning import is_me, is_ours
from commands.base import CommandError, Request, Says, verb
from commands.grammar.kinds import Span, span
from commands.grammar.owners import Named, Owners, find_owner
from commands.grammar.when_words import said
from jobs.agenda import on_agenda
from jobs.plan import Line, lines
from messages.compose import compose
from messages.message import Message
from messages.post import Post
from storage.actions import Action, ActionOwner, actions, owners_of
from storage.events import Event, history, standing
from storage.objectives import Objective
from storage.offers import Offer, offers_of, waiting_offers
from storage.organisations import Organisation
from storage.people import Person
from storage.reviews import reviews_of

PAGE = 20
"""Lines to a page: what fits a phone after two flicks."""
HINT = "mine, late, due, ongoing, undated, waiting, offered, agenda, done or all; a name; June; or a word."


@dataclass(frozen=True)
class View:
    """What a filter looks at: an action, its owners, and whether it is on offer or on the next agenda."""

    request: Request
    action: Action
    owners: list[ActionOwner]
    is_offered: bool
    is_on_agenda: bool

    @property
    def is_mine(self) -> bool:
        return self.action.is_open and any(is_me(self.request, owner) for owner in self.owners)


FILTERS: dict[str, Callable[[View], bool]] = {
    "open": lambda view: view.action.is_open,
    "mine": lambda view: view.is_mine,
    "late": lambda view: view.action.is_late(view.request.today),
    "due": lambda view: view.action.is_open and view.action.when.is_dated,
    "ongoing": lambda view: view.action.is_open and view.action.kind == "ongoing",
    "undated": lambda view: view.action.is_open and view.action.kind == "undated",
    "waiting": lambda view: view.action.is_open and view.action.is_quiet(view.request.today),
    "offered": lambda view: view.action.is_open and view.is_offered,
    "agenda": lambda view: view.is_on_agenda,
    "all": lambda _view: True,
    "done": lambda view: view.action.state == "done",
    "dropped": lambda view: view.action.state == "dropped",
}


ALSO = {"overdue": "late", "my": "mine"}
"""Words that mean a filter."""
NO_WORDS = ("action", "actions")
"""Words that say no more than the command: "my actions"."""


@verb(
    "/action list mine",
    "/action list late",
    "/action list all objective: {objective}",
    reads=True,
    needs="viewer",
    opens_form=False,
)
def list_(
    request: Request,
    which: Annotated[
        str,
        Says(
            "Which ones, whose, or a word of their titles",
            "late",
            HINT,
            likely=lambda _: FILTERS,
            several=True,
        ),
    ] = "open",
    *,
    owner: Annotated[Owners | None, Says("Owned by", "Comms Lead", also=("who",))] = None,
    organisation: Annotated[Organisation | None, Says("Owned in", "the council", also=("org", "at"))] = None,
    objective: Annotated[Objective | None, Says("Toward which objective", "2")] = None,
    due: Annotated[Span | None, Says("Due in which days", "June", also=("when",))] = None,
    page: Annotated[int, Says("Which page", "2")] = 1,
) -> list[Post]:
    """List actions: all open ones, or those you ask for."""
    filters, words = _filters_in(which, request)
    whose = find_owner(words, request) if words else None
    if isinstance(whose, Organisation):
        organisation, words = organisation or whose, ""
    elif whose is not None:
        owner, words = owner or Owners((Named(words, whose),)), ""
    days = _days(words, request)
    found = [
        view.action
        for view in _views(request)
        if all(FILTERS[name](view) for name in filters)
        and (_is_about(view.action, words) or _is_due_in(view.action, days))
        and (due is None or _is_due_in(view.action, due))
        and (objective is None or view.action.objective_id == objective.id)
        and (owner is None or _owned_by(view, owner))
        and (organisation is None or _owned_in(view, organisation))
    ]
    again = _again(" ".join([*filters, words]).strip(), owner, organisation, objective, due)
    is_narrowed = bool(owner or organisation or objective or due)
    return [Post(_page(request, found, filters, words, page, again, is_narrowed=is_narrowed, days=days))]


def _filters_in(which: str, request: Request) -> tuple[list[str], str]:
    """The filters that a text names ("late mine", "late Jo"), "open" if none, and what else stands in it.

    A text with other words than filters, "actions", a name and days is a word of the titles as a whole:
    "waiting room".
    """
    words = which.replace(",", " ").split()
    meant = [ALSO.get(word.lower(), word.lower()) for word in words]
    filters = [word for word in meant if word in FILTERS]
    no_title = (*FILTERS, *NO_WORDS)
    rest = " ".join(word for word, plain in zip(words, meant, strict=True) if plain not in no_title)
    if rest and find_owner(rest, request) is None and _days(rest, request) is None:
        return ["open"], which.strip()
    return filters or ["open"], rest


def _page(
    request: Request,
    found: list[Action],
    filters: list[str],
    words: str,
    page: int,
    again: str,
    *,
    is_narrowed: bool,
    days: Span | None,
) -> Message:
    pages = max(1, -(-len(found) // PAGE))
    if not 1 <= page <= pages:
        raise CommandError(f"There are {pages} pages." if pages > 1 else "There is one page.", "/action list")
    shown = found[(page - 1) * PAGE : page * PAGE]
    return compose(
        "action/list",
        filters=filters,
        words=words,
        days=days,
        is_narrowed=is_narrowed,
        lines=lines(request.session, request.directory, shown, request.today),
        total=len(found),
        page=page,
        pages=pages,
        today=request.today,
        more=f"{again} page: {page + 1}" if page < pages else "",
    )


def _views(request: Request) -> list[View]:
    found = actions(request.session, "open", "done", "dropped")
    owners = owners_of(request.session, [action.id for action in found])
    offered = {offer.action_id for offer in waiting_offers(request.session)}
    agenda = {item.action.id for item in on_agenda(request.session, request.directory, request.today)}
    return [
        View(request, action, owners[action.id], action.id in offered, action.id in agenda)
        for action in found
    ]


def _is_about(action: Action, words: str) -> bool:
    return words.lower() in action.title.lower() or words.upper() == action.ref


def _days(words: str, request: Request) -> Span | None:
    """The days that words mean: "this week", "in June"."""
    try:
        return span(words.removeprefix("in "), request) if words else None
    except CommandError:
        return None


def _is_due_in(action: Action, days: Span | None) -> bool:
    return days is not None and action.ends is not None and days.starts <= action.ends <= days.ends


def _owned_by(view: View, owners: Owners) -> bool:
    """By these themselves, or by a role or team in which one of them sits today."""
    directory, wanted = view.request.directory, [named.thing for named in owners.named]
    seats = [seat for thing in wanted if isinstance(thing, Person) for seat in directory.seats_of(thing.id)]
    wanted = [*wanted, *seats]
    return any(directory.thing(owner) in wanted for owner in view.owners)


def _owned_in(view: View, organisation: Organisation) -> bool:
    directory = view.request.directory
    return any(directory.organisation_of(directory.thing(owner)) == organisation for owner in view.owners)


def _again(
    which: str,
    owner: Owners | None,
    organisation: Organisation | None,
    objective: Objective | None,
    due: Span | None,
) -> str:
    """The line that shows the same list again."""
    parts = [
        f"owner: {', '.join(named.thing.name for named in owner.named)}" if owner else "",
        f"organisation: {organisation.label}" if organisation else "",
        f"objective: {objective.number}" if objective else "",
        f"due: {said(due.starts)} to {said(due.ends)}" if due else "",
    ]
    return " ".join(["/action list", which, *filter(None, parts)])


@verb("/action show {action}", reads=True, needs="viewer")
def show(request: Request, action: Annotated[Action, Says("Which action", "A12")]) -> list[Post]:
    """Show an action with its history."""
    line: Line = line_of(request, action)
    message = compose(
        "action/show",
        line=line,
        action=action,
        objective=objective_of(request, action),
        giver=request.directory.people[action.giver_id],
        offers=[_offer_words(request, offer) for offer in offers_of(request.session, action.id)],
        reviews=reviews_of(request.session, [action.id])[action.id],
        history=_history(request, action),
        today=request.today,
        can_answer=any(
            is_ours(request, offer) for offer in offers_of(request.session, action.id) if not offer.answer
        ),
    )
    return [Post(message)]


def _offer_words(request: Request, offer: Offer) -> dict[str, str]:
    return {
        "to": request.directory.thing(offer).name,
        "answer": offer.answer or "not answered yet",
        "why": offer.why,
    }


def _history(request: Request, action: Action) -> list[dict[str, object]]:
    """All that happened, oldest first; of what was taken back the words are not shown again."""
    events = history(request.session, action.ref)
    stands = set(standing(events))
    return [_event_words(request, event, event not in stands) for event in events]


def _event_words(request: Request, event: Event, is_undone: bool) -> dict[str, object]:
    by = request.directory.people.get(event.by or 0)
    return {
        "at": event.at.astimezone(request.partnership.tz),
        "who": by.name if by else "Commsbot",
        "event": event,
        "note": "" if is_undone or event.undoes is not None else event.note,
        "is_undone": is_undone,
    }
