"""Teams: named groups with a lead, a deputy and a chat channel; a team may span organisations."""

from typing import Annotated

from commands.base import CommandError, Request, Says, verb
from commands.grammar.owners import find_owner
from commands.partner.answering import listed, saved
from commands.partner.roles import At, To, check_home
from messages.post import Post
from storage.db import add
from storage.seats import Team, seat_someone

Which = Annotated[Team, Says("Which team", "Winter Campaign Team")]


@verb("/partner teams", reads=True, needs="viewer", opens_form=False)
def teams(request: Request) -> list[Post]:
    """List the teams, with who leads each, who deputises, and its chat channel."""
    directory = request.directory
    rows = [
        {
            "seat": team,
            "organisation": directory.organisation_of(team),
            "first": directory.sitting(team, "lead", request.today),
            "deputy": directory.sitting(team, "deputy", request.today),
            "channel": next((a.label for a in directory.addresses.values() if a.team_id == team.id), ""),
        }
        for team in directory.teams.values()
    ]
    return listed("teams", rows=rows)


@verb("/partner teams add Young Voices Team")
def teams_add(
    request: Request,
    name: Annotated[str, Says("What the team is called", "Young Voices Team")],
    *,
    at: At = None,
) -> list[Post]:
    """Add a team; without an organisation it spans them all."""
    if find_owner(name, request) is not None:
        raise CommandError(f"There is something called “{name[:60]}” already.", "/partner teams", "name")
    team = add(request.session, Team(name=name[:200], organisation_id=at.id if at else None))
    note = f"Say who leads it: /partner teams lead {team.name} to: @someone"
    return saved(
        request, f"team {team.id}", f"The team {team.name} is there, and nobody leads it yet.", note=note
    )


@verb("/partner teams lead {team} to: {person}")
def teams_lead(request: Request, team: Which, *, to: To) -> list[Post]:
    """Say who leads a team from today; they hear of what is given to the team."""
    return _seat(request, team, "lead", to, f"{to.name} leads {team.name} from today.")


@verb("/partner teams hand {team} to: {person}")
def teams_hand(request: Request, team: Which, *, to: To) -> list[Post]:
    """Hand the lead of a team over from today; every reminder moves with it."""
    return _seat(request, team, "lead", to, f"The lead of {team.name} goes to {to.name} from today.")


@verb("/partner teams deputy {team} to: {person}")
def teams_deputy(request: Request, team: Which, *, to: To) -> list[Post]:
    """Say who deputises for a team's lead."""
    return _seat(request, team, "deputy", to, f"{to.name} deputises for the lead of {team.name} from today.")


def _seat(request: Request, team: Team, place: str, to: object, sentence: str) -> list[Post]:
    check_home(request, team.organisation_id, team.name)
    seat_someone(request.session, team, place, to.id, request.today)  # type: ignore[attr-defined]
    return saved(request, f"team {team.id}", sentence)
