"""Roles: named seats with a holder and a deputy; work given to a role follows whoever holds it."""

from typing import Annotated

from commands.base import Request, Says, verb
from commands.partner.answering import listed, saved
from commands.partner.seating import about, check_home, check_says_no_home, new_name, rows, sit
from messages.post import Post
from storage.db import add
from storage.organisations import Organisation
from storage.people import Person
from storage.seats import Role, vacate

Which = Annotated[Role, Says("Which role", "Comms Lead")]
At = Annotated[
    Organisation | None, Says("At which organisation", "County Council", also=("organisation", "org"))
]
To = Annotated[Person, Says("Who", "@someone", also=("who",))]


@verb("/partner roles", reads=True, needs="viewer", opens_form=False)
def roles(request: Request) -> list[Post]:
    """List the roles, with who holds each and who deputises."""
    return listed("roles", rows=rows(request, list(request.directory.roles.values())))


@verb("/partner roles add Digital Comms Lead")
def roles_add(
    request: Request,
    name: Annotated[str, Says("What the role is called", "Digital Comms Lead")],
    *,
    at: At = None,
) -> list[Post]:
    """Add a role."""
    check_says_no_home(request, name)
    home = at.id if at else request.person.organisation_id
    role = add(request.session, Role(name=new_name(request, name, "/partner roles"), organisation_id=home))
    note = f"Say who holds it: /partner roles hold {role.name} to: @someone"
    return saved(request, about(role), f"The role {role.name} is there, and nobody holds it yet.", note=note)


@verb("/partner roles hold {role} to: {person}")
def roles_hold(request: Request, role: Which, *, to: To) -> list[Post]:
    """Say who holds a role from today; all that is given to the role goes to them."""
    return sit(request, role, "holder", to, f"{to.name} holds {role.name} from today.")


@verb("/partner roles hand {role} to: {person}")
def roles_hand(request: Request, role: Which, *, to: To) -> list[Post]:
    """Hand a role over from today; every reminder moves with it."""
    before = request.directory.sitting(role, "holder")
    came_from = f" from {before.name}" if before and before != to else ""
    return sit(request, role, "holder", to, f"{role.name} goes{came_from} to {to.name} from today.")


@verb("/partner roles deputy {role} to: {person}")
def roles_deputy(request: Request, role: Which, *, to: To) -> list[Post]:
    """Say who deputises for a role when its holder is away."""
    return sit(request, role, "deputy", to, f"{to.name} deputises for {role.name} from today.")


@verb("/partner roles vacate {role}")
def roles_vacate(request: Request, role: Which) -> list[Post]:
    """Say that nobody holds a role any more; its deputy, or its organisation's channel, hears instead."""
    check_home(request, role)
    vacate(request.session, role, "holder")
    return saved(request, about(role), f"Nobody holds {role.name} from today.")
