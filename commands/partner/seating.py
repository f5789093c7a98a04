"""Seating: what roles and teams have in common: people sit in them, and hand them over."""

from commands.base import CommandError, Request
from commands.grammar.names import LONGEST, flaw_in
from commands.grammar.owners import find_owner, key_of
from commands.partner.answering import saved
from messages.post import Post
from storage.people import Person
from storage.seats import Role, Seat, first_place, seat_someone


def new_name(request: Request, name: str, listed_by: str, field: str = "name", longest: int = LONGEST) -> str:
    """A name that nothing has yet. Raises CommandError if something is called so, or can never be."""
    flaw = flaw_in(name, longest)
    if flaw:
        raise CommandError(flaw, field=field)
    if find_owner(name, request) is not None:
        raise CommandError(f"There is something called “{name[:60]}” already.", listed_by, field)
    return name


def check_says_no_home(request: Request, name: str) -> None:
    """Raises CommandError for a name with an organisation after a comma, which is to be said with `at:`."""
    who, _, rest = name.rpartition(",")
    known = {key_of(called) for o in request.directory.organisations.values() for called in (o.name, o.short)}
    if who.strip() and rest.strip() and key_of(rest) in known:
        raise CommandError(
            f"{rest.strip()} is an organisation, and no part of a name.",
            field="name",
            instead=(name, f"{who.strip()} at: {rest.strip()}"),
        )


def rows(request: Request, seats: list[Seat]) -> list[dict[str, object]]:
    """Each seat with its organisation, its channel, and who sits in it today."""
    directory = request.directory
    return [
        {
            "seat": seat,
            "organisation": directory.organisation_of(seat),
            "first": directory.sitting(seat, first_place(seat)),
            "deputy": directory.sitting(seat, "deputy"),
            "channel": next((a.label for a in directory.addresses.values() if _is_of(a.team_id, seat)), ""),
        }
        for seat in seats
    ]


def _is_of(team_id: int | None, seat: Seat) -> bool:
    return not isinstance(seat, Role) and team_id == seat.id


def sit(request: Request, seat: Seat, place: str, who: Person, sentence: str) -> list[Post]:
    """Seat someone from today, and say so."""
    check_home(request, seat)
    seat_someone(request.session, seat, place, who.id)
    return saved(request, about(seat), sentence)


def about(seat: Seat) -> str:
    return f"{'role' if isinstance(seat, Role) else 'team'} {seat.id}"


def check_home(request: Request, seat: Seat) -> None:
    """Seats are for their own organisation to fill, and for coordinators."""
    is_ours = seat.organisation_id in (None, request.person.organisation_id)
    if not is_ours and not request.person.may("coordinator"):
        raise CommandError(
            f"{seat.name} is for its organisation or a coordinator to fill.", "/partner coordinators"
        )
