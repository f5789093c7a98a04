"""Listing: the loops as a list, one with all that happened to it, and how long they take."""

from typing import Annotated

from commands.base import CommandError, Request, Says, verb
from commands.grammar.when_past import Past
from commands.yousaid.adding import own_route, spelled
from commands.yousaid.answering import Which, line_of
from jobs.loop_news import settles
from jobs.loops import loop_lines
from jobs.public import approved
from messages.compose import compose
from messages.message import Message
from messages.post import Post
from storage.events import Event, history, standing
from storage.finding import Wanted, find_loops, known_groups, known_themes
from storage.loops import OPEN, STATES, Loop, loop_by_id
from storage.numbers import loop_numbers
from storage.seats import Role
from storage.sources import Source, source_by_id, sources
from storage.standing import Facts
from storage.wordings import Wording, wordings_of

PAGE = 20
"""Lines to a page: what fits a phone after two flicks."""
FILTERS = {
    "open": OPEN,
    "unasked": ("unasked",),
    "undecided": ("undecided",),
    "promised": ("promised",),
    "untold": ("untold",),
    "unchecked": ("closed",),
    "closed": ("closed",),
    "merged": ("merged",),
    "all": STATES,
    "mine": OPEN,
}
ALSO = {"asked": "undecided", "decided": "untold", "told": "closed", "done": "closed", "my": "mine"}
"""Words that mean a filter."""
NO_WORDS = ("loop", "loops", "feedback")
HINT = (
    "open, mine, unasked, undecided, promised, untold, unchecked, closed or all; or a word of what was said."
)


@verb(
    "/yousaid list",
    "/yousaid list untold",
    "/yousaid list all group: carers",
    reads=True,
    needs="viewer",
    opens_form=False,
)
def list_(
    request: Request,
    which: Annotated[
        str, Says("Which ones, or a word of what was said", "untold", HINT, likely=lambda _: FILTERS)
    ] = "open",
    *,
    theme: Annotated[
        str, Says("About what", "waiting rooms", also=("topic",), likely=lambda r: known_themes(r.session))
    ] = "",
    from_: Annotated[Source | None, Says("From which source", "Healthwatch", also=("source",))] = None,
    group: Annotated[
        str, Says("Said by which group", "carers", also=("groups",), likely=lambda r: known_groups(r.session))
    ] = "",
    ref: Annotated[str, Says("Of which report", "Healthwatch report June")] = "",
    page: Annotated[int, Says("Which page", "2")] = 1,
) -> list[Post]:
    """List what people said; without a word, all that is not closed yet."""
    name, words = _filter_in(which)
    wanted = Wanted(
        states=FILTERS[name],
        is_checked=False if name == "unchecked" else None,
        source_id=(from_.id or 0) if from_ else None,
        sayers=spelled(group, known_groups(request.session)) if group else "",
        theme=spelled(theme, known_themes(request.session)) if theme else "",
        shared_ref=ref,
        said=words,
        named_sources=_sources_with(request, words) if words else (),
        owners=_mine(request) if name == "mine" else (),
    )
    again = _again(which, theme, from_, group, ref)
    is_narrowed = bool(theme or from_ or group or ref)
    return [Post(_page(request, wanted, name, page, again, is_narrowed=is_narrowed))]


def _sources_with(request: Request, words: str) -> tuple[int, ...]:
    found = (source for source in sources(request.session) if words.casefold() in source.name.casefold())
    return tuple(source.id for source in found)


def _page(
    request: Request, wanted: Wanted, name: str, page: int, again: str, *, is_narrowed: bool
) -> Message:
    is_newest_first = name in ("closed", "all")
    total, found = find_loops(request.session, wanted, page, PAGE, is_newest_first=is_newest_first)
    pages = max(1, -(-total // PAGE))
    if not 1 <= page <= pages:
        raise CommandError(
            f"There are {pages} pages." if pages > 1 else "There is one page.", "/yousaid list"
        )
    return compose(
        "yousaid/list",
        name=name,
        words=wanted.said,
        is_narrowed=is_narrowed,
        lines=loop_lines(request.session, request.directory, found, request.today),
        total=total,
        page=page,
        pages=pages,
        today=request.today,
        more=f"{again} page: {page + 1}" if page < pages else "",
    )


def _filter_in(which: str) -> tuple[str, str]:
    """The filter that a text names, "open" if none, and what else stands in it; with other words than filters
    it is words of what was said as a whole: "waiting room".
    """
    words = which.replace(",", " ").lower().split()
    meant = [ALSO.get(word, word) for word in words if word not in NO_WORDS]
    if len(meant) == 1 and meant[0] in FILTERS:
        return meant[0], ""
    if len(meant) > 1 and meant[0] in FILTERS:
        return meant[0], which.strip().split(maxsplit=1)[1]
    return ("all", which.strip()) if meant else ("open", "")


def _mine(request: Request) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """One's own and those of one's seats, by column."""
    seats = request.directory.seats_of(request.person.id)
    roles = tuple(seat.id for seat in seats if isinstance(seat, Role))
    teams = tuple(seat.id for seat in seats if not isinstance(seat, Role))
    return ("person_id", (request.person.id,)), ("role_id", roles), ("team_id", teams)


def _again(which: str, theme: str, source: Source | None, group: str, ref: str) -> str:
    """The line that shows the same list again."""
    named = (("theme", theme), ("from", source.name if source else ""), ("group", group), ("ref", ref))
    return " ".join(["/yousaid list", which, *(f"{name}: {text}" for name, text in named if text)])


@verb("/yousaid show {loop}", reads=True, needs="viewer")
def show(request: Request, loop: Which) -> list[Post]:
    """Show what people said, where it stands, and its history."""
    line = line_of(request, loop)
    directory, source = request.directory, source_by_id(request.session, loop.source_id)
    message = compose(
        "yousaid/show",
        line=line,
        loop=loop,
        source=source,
        own_route=bool(source and own_route(source, request)),
        logger=directory.people[loop.logged_by],
        into=_into(request, loop),
        outcome=line.outcome,
        action=line.facts.actions.get((line.outcome and line.outcome.action_id) or 0),
        organisation=directory.organisations.get((line.outcome and line.outcome.organisation_id) or 0),
        tellings=line.facts.told,
        is_approved=approved(line.facts, wordings_of(request.session, loop.id)) is not None,
        wordings=[_wording(request, w) for w in _of_now(request, loop)],
        history=_history(request, line.facts),
        today=request.today,
    )
    return [Post(message)]


def _of_now(request: Request, loop: Loop) -> list[Wording]:
    """The last words that were approved, and what was done since."""
    found = [w for w in wordings_of(request.session, loop.id) if w.state != "withdrawn"]
    approved = [n for n, wording in enumerate(found) if wording.state == "approved"]
    return found[approved[-1] if approved else 0 :]


def _wording(request: Request, wording: Wording) -> dict[str, object]:
    people = request.directory.people
    answered = people[wording.answered_by].name if wording.answered_by else ""
    return {"wording": wording, "author": people[wording.author_id].name, "answered": answered}


def _into(request: Request, loop: Loop) -> Loop | None:
    return loop_by_id(request.session, loop.merged_into_id) if loop.merged_into_id else None


def _history(request: Request, facts: Facts) -> list[dict[str, object]]:
    """All that happened, oldest first; of what was taken back the words are not shown again."""
    own, merges = history(request.session, facts.loop.ref), _merges(request, facts)
    carried = _carried(request, facts, own)
    stands = {*standing(own), *merges, *(event for events in carried for event in standing(events))}
    settled = {event for events in carried for event in events if settles(event)}
    events = sorted({*own, *merges, *settled}, key=lambda event: event.id)
    people = request.directory.people
    return [
        {
            "at": event.at.astimezone(request.partnership.tz),
            "who": people[event.by].name if event.by in people else "Commsbot",
            "event": event,
            "note": event.note if event in stands and event.undoes is None else "",
            "is_undone": event not in stands,
        }
        for event in events
    ]


def _carried(request: Request, facts: Facts, own: list[Event]) -> list[list[Event]]:
    """What became of each action that carries it out, or proves it, since it was said that it does."""
    since = {c["id"]: e.id for e in own for c in e.changes if c["table"] == "Outcome" and c["before"] is None}
    with_actions = [o for o in facts.outcomes if o.action_id in facts.actions]
    found = ((history(request.session, facts.actions[o.action_id or 0].ref), o) for o in with_actions)
    return [[event for event in events if event.id > since.get(o.id, 0)] for events, o in found]


def _merges(request: Request, facts: Facts) -> list[Event]:
    """By what others became a part of a loop."""
    theirs = (standing(history(request.session, each.ref)) for each in facts.merged)
    return [event for events in theirs for event in events if event.what == "merged"]


@verb("/yousaid stats", "/yousaid stats last quarter", reads=True, needs="viewer", opens_form=False)
def stats(
    request: Request,
    period: Annotated[
        Past | None, Says("Said in which time", "last quarter", leading=("in", "for"), unsaid="all of it")
    ] = None,
) -> list[Post]:
    """Count what was said and what came of it, with the median days until it was decided and told."""
    numbers = loop_numbers(request.session, *((period.starts, period.ends) if period else (None, None)))
    return [Post(compose("yousaid/stats", numbers=numbers, period=period, today=request.today))]
