"""Teams: named groups with a lead, a deputy and a chat channel; a team may span organisations."""

from typing import Annotated

from commands.base import Request, Says, verb
from commands.partner.answering import listed, saved
from commands.partner.roles import At, To
from commands.partner.seating import about, check_says_no_home, new_name, rows, sit
from messages.post import Post
from storage.db import add
from storage.seats import Team

Which = Annotated[Team, Says("Which team", "Winter Campaign Team")]


@verb("/partner teams", reads=True, needs="viewer", opens_form=False)
def teams(request: Request) -> list[Post]:
    """List the teams, with who leads each, who deputises, and its chat channel."""
    return listed("teams", rows=rows(request, list(request.directory.teams.values())))


@verb("/partner teams add Young Voices Team")
def teams_add(
    request: Request,
    name: Annotated[str, Says("What the team is called", "Young Voices Team")],
    *,
    at: At = None,
) -> list[Post]:
    """Add a team; without an organisation it spans them all."""
    check_says_no_home(request, name)
    home = at.id if at else None
    team = add(request.session, Team(name=new_name(request, name, "/partner teams"), organisation_id=home))
    note = f"Say who leads it: /partner teams lead {team.name} to: @someone"
    return saved(request, about(team), f"The team {team.name} is there, and nobody leads it yet.", note=note)


@verb("/partner teams lead {team} to: {person}")
def teams_lead(request: Request, team: Which, *, to: To) -> list[Post]:
    """Say who leads a team from today; they hear of what is given to the team."""
    return sit(request, team, "lead", to, f"{to.name} leads {team.name} from today.")


@verb("/partner teams hand {team} to: {person}")
def teams_hand(request: Request, team: Which, *, to: To) -> list[Post]:
    """Hand the lead of a team over from today; every reminder moves with it."""
    return sit(request, team, "lead", to, f"The lead of {team.name} goes to {to.name} from today.")


@verb("/partner teams deputy {team} to: {person}")
def teams_deputy(request: Request, team: Which, *, to: To) -> list[Post]:
    """Say who deputises for a team's lead."""
    return sit(request, team, "deputy", to, f"{to.name} deputises for the lead of {team.name} from today.")
