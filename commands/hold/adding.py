"""Adding: a hold is set for some days, and an incident is called."""

from datetime import date
from typing import Annotated, Literal

from commands.base import CommandError, Missing, Request, Says, check_fits, verb
from commands.grammar.kinds import Span
from commands.hold.answering import channels, coordinators, days_of, noted
from jobs.holds import for_whom, noun, until
from messages.post import Destination, Post
from storage.counters import next_number
from storage.db import add as add_row
from storage.holds import INCIDENT, Hold
from storage.organisations import Organisation
from storage.silence import hush

CALL_LINE = "/hold incident Major incident at the infirmary"
LONGEST_WHY = 1000
Kind = Literal["election", "embargo", "mourning", "incident"]
At = Annotated[Organisation | None, Says("At which organisation, if not all", "County Council")]
Until = Annotated[date | None, Says("Its last day, if that is known", "Friday", unsaid="until it is lifted")]


@verb("/hold add election from 1 April to 7 May", "/hold add embargo until: friday at: {organisation}")
def add(
    request: Request,
    kind: Annotated[Kind, Says("Which kind of hold", "election")],
    days: Annotated[Span | None, Says("From when to when", "1 April to 7 May", leading=("on",))] = None,
    *,
    until: Until = None,
    at: At = None,
    why: Annotated[str, Says("Why", "The council elections")] = "",
) -> list[Post]:
    """Hold public pages, feeds and drafts for some days, or from today until it is lifted."""
    line = f"/hold add {kind} from 1 April to 7 May"
    if days and until:
        raise CommandError("The last day is there twice. Give it once.", line, "until")
    starts, ends = (days.starts, days.ends) if days else (request.today, until)
    if kind == INCIDENT:
        return _called_here(request, why, starts, ends, at)
    _check_is_to_come(request, ends, line, "days" if days else "until")
    _check_may_set(request, at, kind)
    hold = _put(request, kind, at, starts, ends, why)
    whom = for_whom(request.directory, hold)
    sentence = f"{hold.ref} is set: {noun(hold)} for {whom}, {days_of(request, hold)}."
    return noted(request, "held", hold, sentence, back=f"/hold lift {hold.ref}", note=hold.why)


def _called_here(
    request: Request, why: str, starts: date, ends: date | None, at: Organisation | None
) -> list[Post]:
    """An incident begins when it is called."""
    if starts != request.today:
        raise CommandError("An incident begins at once. Call it when it has happened.", CALL_LINE, "days")
    if not why:
        raise Missing("What is missing: what has happened.", CALL_LINE, "why")
    return incident(request, why, until=ends, at=at)


@verb("/hold incident Major incident at the infirmary", "/hold incident Flood warning at: {organisation}")
def incident(
    request: Request,
    why: Annotated[str, Says("What has happened", "Major incident at the infirmary", long=True)],
    *,
    until: Until = None,
    at: At = None,
) -> list[Post]:
    """Silence every scheduled post at once, for everybody or one organisation; holds drafts and pages too."""
    _check_is_to_come(request, until, CALL_LINE, "until")
    hold = _put(request, INCIDENT, at, request.today, until, why)
    hush(request.session, request.directory, hold)
    sentence = f"{request.person.name} has called an incident: {hold.why}"
    told: list[Destination] = [*channels(request, hold), *coordinators(request)]
    return noted(
        request,
        "called",
        hold,
        sentence,
        back=f"/hold lift {hold.ref}",
        note=_meanwhile(request, hold),
        to=told,
    )


def _meanwhile(request: Request, hold: Hold) -> str:
    where = "" if hold.organisation_id is None else f" at {for_whom(request.directory, hold)}"
    return f"Nothing is said on schedule{where} {until(hold, request.today)}. Answers still come."


def _put(
    request: Request, kind: str, at: Organisation | None, starts: date, ends: date | None, why: str
) -> Hold:
    check_fits(why, LONGEST_WHY, "why", "Say it shorter.")
    hold = Hold(
        number=next_number(request.session, "H"),
        kind=kind,
        organisation_id=at.id if at else None,
        starts=starts,
        ends=ends,
        why=why,
        by=request.person.id,
        noted_at=request.now,
    )
    return add_row(request.session, hold)


def _check_is_to_come(request: Request, ends: date | None, line: str, field: str) -> None:
    """What is over has held nothing."""
    if ends is not None and ends < request.today:
        raise CommandError("That is over already.", line, field)


def _check_may_set(request: Request, at: Organisation | None, kind: str) -> None:
    """A member holds what their own organisation says; a coordinator everything."""
    if request.person.may("coordinator") or (at and at.id == request.person.organisation_id):
        return
    home = request.directory.organisation_of(request.directory.person(request.person.id))
    if at is None and home is not None:
        raise CommandError(
            "A hold for everybody is for a coordinator to set. For your own organisation:",
            f"/hold add {kind} from 1 April to 7 May at: {home.label}",
            "at",
        )
    raise CommandError("A hold there is for its own people or a coordinator to set.", "/partner coordinators")
