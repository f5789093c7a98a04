"""Showing: the partnership on one screen, and its coordinators."""

from typing import Annotated

from commands.base import CommandError, Request, Says, verb
from commands.grammar.owners import Owners
from commands.partner.answering import listed, saved
from commands.partner.seating import new_name
from messages.post import Post
from storage.db import change
from storage.organisations import DIVISIONS
from storage.people import Person

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@verb("/partner show", reads=True, needs="viewer", opens_form=False)
def show(request: Request) -> list[Post]:
    """Show the partnership: who is in it, and how it keeps time."""
    directory = request.directory
    return listed(
        "show",
        partnership=request.partnership,
        organisations=list(directory.organisations.values()),
        people=[person for person in directory.people.values() if person.is_active],
        roles=list(directory.roles.values()),
        teams=list(directory.teams.values()),
        coordinators=_coordinators(request),
        division=DIVISIONS[request.partnership.division],
        month=MONTHS[request.partnership.year_starts - 1],
        shared=next((a.label for a in directory.addresses.values() if a.is_shared), ""),
    )


def _coordinators(request: Request) -> list[str]:
    people = request.directory.people.values()
    return [person.name for person in people if person.is_active and person.may("coordinator")]


@verb("/partner coordinators", reads=True, needs="viewer", opens_form=False)
def coordinators(request: Request) -> list[Post]:
    """List the coordinators, who look after the plan."""
    return listed("coordinators", names=_coordinators(request))


Who = Annotated[Person, Says("Who", "@someone")]


@verb("/partner coordinators add {person}", needs="coordinator")
def coordinators_add(request: Request, who: Who) -> list[Post]:
    """Make someone a coordinator."""
    change(request.session, who, permission="coordinator")
    back = f"/partner coordinators remove {who.name}"
    return saved(request, f"person {who.id}", f"{who.name} is a coordinator now.", back=back)


@verb("/partner coordinators remove {colleague}", needs="coordinator")
def coordinators_remove(request: Request, who: Who) -> list[Post]:
    """Make a coordinator a member again."""
    if _coordinators(request) == [who.name]:
        raise CommandError(
            f"{who.name} is the only coordinator. Make someone else one first.",
            "/partner coordinators add @someone",
        )
    change(request.session, who, permission="member")
    about, sentence = f"person {who.id}", f"{who.name} is a member now."
    if who.id == request.person.id:
        other = next(name for name in _coordinators(request) if name != who.name)
        return saved(request, about, sentence, note=f"To take that back, ask {other}, a coordinator.")
    return saved(request, about, sentence, back=f"/partner coordinators add {who.name}")


@verb("/partner approvers", reads=True, needs="viewer", opens_form=False)
def approvers(request: Request) -> list[Post]:
    """List who approves the words that the public reads of each organisation."""
    people = request.directory.people.values()
    rows = [
        {"organisation": o, "names": [p.name for p in people if p.may_approve_for(o.id)]}
        for o in request.directory.organisations.values()
    ]
    return listed("approvers", rows=rows)


@verb("/partner approvers add {colleague}", needs="coordinator")
def approvers_add(request: Request, who: Who) -> list[Post]:
    """Let someone approve the words that the public reads of their organisation."""
    if who.may("approver"):
        raise CommandError(f"{who.name} may approve already.", "/partner approvers")
    change(request.session, who, permission="approver")
    home = request.directory.organisation_of(who)
    whose = home.name if home else "the partnership"
    back = f"/partner approvers remove {who.name}"
    sentence = f"{who.name} approves the words that the public reads of {whose}."
    return saved(request, f"person {who.id}", sentence, back=back)


@verb("/partner approvers remove {colleague}", needs="coordinator")
def approvers_remove(request: Request, who: Who) -> list[Post]:
    """Make an approver a member again."""
    if who.may("coordinator"):
        raise CommandError(
            f"{who.name} is a coordinator, who may approve what others wrote for their organisation.",
            f"/partner coordinators remove {who.name}",
        )
    change(request.session, who, permission="member")
    back = f"/partner approvers add {who.name}"
    return saved(request, f"person {who.id}", f"{who.name} is a member now.", back=back)


@verb("/partner rename {role} to: Lead for Communications", needs="coordinator")
def rename(
    request: Request,
    what: Annotated[Owners, Says("Which person, role, team or organisation", "Comms Lead")],
    *,
    to: Annotated[str, Says("Its new name", "Lead for Communications", leading=("to",))],
) -> list[Post]:
    """Give a person, role, team or organisation its right name; nothing else changes."""
    if len(what.named) != 1:
        raise CommandError("One at a time, please.", field="what")
    thing = what.named[0].thing
    before, free = thing.name, new_name(request, to, "/partner show")
    change(request.session, thing, name=free)
    back = f"/partner rename {free} to: {before}"
    return saved(
        request, f"{type(thing).__name__.lower()} {thing.id}", f"{before} is called {free} now.", back=back
    )
