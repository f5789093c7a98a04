"""Ending: a hold is lifted, or one thing goes out although it is on."""

from typing import Annotated

from commands.base import CommandError, Request, Says, verb
from commands.grammar.kinds import Ref
from commands.hold.answering import channels, coordinators, named, noted, setter
from commands.hold.listing import Which
from jobs.holds import noun
from messages.post import Destination, Post
from messages.words import day
from storage.db import add, change, remove
from storage.holds import INCIDENT, Hold, HoldOverride, override_of

BECAUSE = ("because", "as", "for")
Thing = Annotated[Ref, Says("Which thing", "L12")]


@verb("/hold lift {hold}", "/hold lift {hold} The results are out")
def lift(
    request: Request,
    hold: Which,
    why: Annotated[str, Says("Why", "The results are out", leading=BECAUSE)] = "",
) -> list[Post]:
    """End a hold now; what it stopped can go out again."""
    _check_is_not_over(request, hold)
    _check_may_lift(request, hold)
    change(request.session, hold, lifted_at=request.now, lifted_by=request.person.id, lifted_why=why)
    sentence = f"{request.person.name} has lifted {named(request, hold)}."
    told: list[Destination] = [*setter(request, hold)]
    if hold.kind == INCIDENT:  # whoever heard that it began hears that it ended
        told = list(dict.fromkeys([*told, *channels(request, hold), *coordinators(request)]))
    return noted(request, "lifted", hold, sentence, back=_anew(request, hold), note=why, to=told)


def _anew(request: Request, hold: Hold) -> str:
    """The line that sets it again."""
    organisation = request.directory.organisations.get(hold.organisation_id or 0)
    at = f" at: {organisation.label}" if organisation else ""
    if hold.kind == INCIDENT:
        return f"/hold incident {' '.join(hold.why.split())}{at}"
    if hold.ends is None:
        return f"/hold add {hold.kind}{at}"
    first, last = (f"{day.day} {day:%B %Y}" for day in (max(hold.starts, request.today), hold.ends))
    return f"/hold add {hold.kind} from {first} to {last}{at}"


@verb("/hold override {hold} L12 because the regulator asked for it", needs="coordinator")
def override(
    request: Request,
    hold: Which,
    thing: Thing,
    why: Annotated[str, Says("Why", "The regulator asked for it", leading=BECAUSE, long=True)],
) -> list[Post]:
    """Let one thing out although a hold is on; it is noted who did and why."""
    _check_is_not_over(request, hold)
    if override_of(request.session, hold, thing):
        raise CommandError(f"{thing} may go out already.", f"/hold show {hold.ref}", "thing")
    add(
        request.session,
        HoldOverride(hold_id=hold.id, about=thing, by=request.person.id, why=why, on=request.today),
    )
    sentence = f"{request.person.name} lets {thing} out in spite of {named(request, hold)}."
    return noted(
        request, "overrode", hold, sentence, about=thing, back=f"/hold keep {hold.ref} {thing}", note=why,
        to=setter(request, hold),
    )  # fmt: skip


@verb("/hold keep {hold} L12", needs="coordinator")
def keep(request: Request, hold: Which, thing: Thing) -> list[Post]:
    """Take an override back: the thing is held again."""
    _check_is_not_over(request, hold)
    found = override_of(request.session, hold, thing)
    if found is None:
        raise CommandError(f"{thing} is not let out by {hold.ref}.", f"/hold show {hold.ref}", "thing")
    remove(request.session, found)
    sentence = f"{thing} is held again by {named(request, hold)}."
    return noted(request, "held again", hold, sentence, about=thing, to=setter(request, hold))


def _check_is_not_over(request: Request, hold: Hold) -> None:
    if hold.lifted_at is not None and hold.lifted_by is not None:
        on = day(hold.lifted_at.astimezone(request.partnership.tz).date(), request.today)
        who = request.directory.people[hold.lifted_by].name
        raise CommandError(f"{hold.ref} was lifted by {who}, {on}.", "/hold list")
    if hold.is_over(request.today):
        raise CommandError(f"{hold.ref} ended by itself.", "/hold list")


def _check_may_lift(request: Request, hold: Hold) -> None:
    """Only who set it, somebody of the organisation that it is for, or a coordinator."""
    is_home = hold.organisation_id is not None and hold.organisation_id == request.person.organisation_id
    if hold.by != request.person.id and not is_home and not request.person.may("coordinator"):
        who = request.directory.people[hold.by].name
        raise CommandError(
            f"The {noun(hold)} {hold.ref} is for {who}, who set it, or a coordinator to lift.",
            "/partner coordinators",
        )
