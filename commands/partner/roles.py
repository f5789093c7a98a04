"""Roles: named seats with a holder and a deputy; work given to a role follows whoever holds it."""

from typing import Annotated

from commands.base import CommandError, Request, Says, verb
from commands.grammar.owners import find_owner
from commands.partner.answering import listed, saved
from messages.post import Post
from storage.db import add
from storage.organisations import Organisation
from storage.people import Person
from storage.seats import Role, places_of, seat_someone, vacate

Which = Annotated[Role, Says("Which role", "Comms Lead")]
At = Annotated[
    Organisation | None, Says("At which organisation", "County Council", also=("organisation", "org"))
]
To = Annotated[Person, Says("Who", "@someone", also=("who",))]


@verb("/partner roles", reads=True, needs="viewer", opens_form=False)
def roles(request: Request) -> list[Post]:
    """List the roles, with who holds each and who deputises."""
    directory = request.directory
    rows = [
        {
            "seat": role,
            "organisation": directory.organisation_of(role),
            "first": directory.sitting(role, "holder", request.today),
            "deputy": directory.sitting(role, "deputy", request.today),
        }
        for role in directory.roles.values()
    ]
    return listed("roles", rows=rows)


@verb("/partner roles add Digital Comms Lead", needs="member")
def roles_add(
    request: Request,
    name: Annotated[str, Says("What the role is called", "Digital Comms Lead")],
    *,
    at: At = None,
) -> list[Post]:
    """Add a role."""
    if find_owner(name, request) is not None:
        raise CommandError(f"There is something called “{name[:60]}” already.", "/partner roles", "name")
    home = at.id if at else request.person.organisation_id
    role = add(request.session, Role(name=name[:200], organisation_id=home))
    note = f"Say who holds it: /partner roles hold {role.name} to: @someone"
    return saved(
        request, f"role {role.id}", f"The role {role.name} is there, and nobody holds it yet.", note=note
    )


@verb("/partner roles hold {role} to: {person}")
def roles_hold(request: Request, role: Which, *, to: To) -> list[Post]:
    """Say who holds a role from today; all that is given to the role goes to them."""
    return _seat(request, role, "holder", to, f"{to.name} holds {role.name} from today.")


@verb("/partner roles hand {role} to: {person}")
def roles_hand(request: Request, role: Which, *, to: To) -> list[Post]:
    """Hand a role over from today; every reminder moves with it."""
    before = request.directory.sitting(role, "holder", request.today)
    came_from = f" from {before.name}" if before and before != to else ""
    return _seat(request, role, "holder", to, f"{role.name} goes{came_from} to {to.name} from today.")


@verb("/partner roles deputy {role} to: {person}")
def roles_deputy(request: Request, role: Which, *, to: To) -> list[Post]:
    """Say who deputises for a role when its holder is away."""
    return _seat(request, role, "deputy", to, f"{to.name} deputises for {role.name} from today.")


@verb("/partner roles vacate {role}")
def roles_vacate(request: Request, role: Which) -> list[Post]:
    """Say that nobody holds a role any more; its deputy, or its organisation's channel, hears instead."""
    check_home(request, role.organisation_id, role.name)
    for tenure in places_of(request.session, role, "holder"):
        if tenure.is_on(request.today):
            vacate(request.session, tenure, request.today)
    return saved(request, f"role {role.id}", f"Nobody holds {role.name} from today.")


def _seat(request: Request, role: Role, place: str, to: Person, sentence: str) -> list[Post]:
    check_home(request, role.organisation_id, role.name)
    seat_someone(request.session, role, place, to.id, request.today)
    return saved(request, f"role {role.id}", sentence)


def check_home(request: Request, organisation_id: int | None, name: str) -> None:
    """Seats are for their own organisation to fill, and for coordinators."""
    if organisation_id not in (None, request.person.organisation_id) and not request.person.may(
        "coordinator"
    ):
        raise CommandError(
            f"{name} is for its organisation or a coordinator to fill.", "/partner coordinators"
        )
