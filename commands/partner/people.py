"""People: who is in the partnership, where they work, and on which days."""

from typing import Annotated

from commands.base import CommandError, Request, Says, verb
from commands.grammar.kinds import Weekdays
from commands.partner.answering import listed, saved
from commands.partner.seating import check_says_no_home, new_name
from commands.schedule import DAYS
from messages.post import Post
from storage.db import add, change
from storage.linking import is_linked, workspaces_of
from storage.organisations import Organisation
from storage.partnerships import workspaces
from storage.people import Person, identities


@verb("/partner people", reads=True, needs="viewer", opens_form=False)
def people(request: Request) -> list[Post]:
    """List the people, with their organisation, their working days and when they are away."""
    directory, known_in = request.directory, workspaces_of(request.session)
    guests = {identity.person_id for identity in identities(request.session) if identity.is_guest}
    labels = {workspace.id: workspace.label for workspace in workspaces(request.session)}
    rows = [
        {
            "person": person,
            "organisation": directory.organisation_of(person),
            "days": _days(person),
            "leave": [x for x in directory.leaves if x.person_id == person.id and x.ends >= request.today],
            "can_chat": directory.address_of(person) is not None,
            "is_guest": person.id in guests,
            "workspaces": [labels[each] for each in known_in.get(person.id, [])],
        }
        for person in directory.people.values()
        if person.is_active
    ]
    return listed("people", rows=rows, today=request.today)


def _days(person: Person) -> list[str]:
    return [DAYS[int(digit)] for digit in person.weekdays]


@verb(
    "/partner people add Robin Vale", "/partner people add Robin Vale at: {organisation}", needs="coordinator"
)
def people_add(
    request: Request,
    name: Annotated[str, Says("Their name", "Robin Vale")],
    *,
    at: Annotated[Organisation | None, Says("At which organisation", "County Council", also=("org",))] = None,
) -> list[Post]:
    """Add someone who does not use this chat; their organisation's channel hears of their actions."""
    check_says_no_home(request, name)
    home = at.id if at else request.person.organisation_id
    person = add(
        request.session, Person(name=new_name(request, name, "/partner people"), organisation_id=home)
    )
    organisation = request.directory.organisation_of(person)
    where = f", at {organisation.name}" if organisation else ""
    return saved(request, f"person {person.id}", f"{person.name} is in the partnership{where}.")


@verb("/partner people move {person} at: {organisation}", needs="coordinator")
def people_move(
    request: Request,
    who: Annotated[Person, Says("Who", "@someone")],
    *,
    at: Annotated[Organisation, Says("To which organisation", "County Council", also=("org", "to"))],
) -> list[Post]:
    """Say which organisation someone works for."""
    change(request.session, who, organisation_id=at.id)
    return saved(request, f"person {who.id}", f"{who.name} works for {at.name}.")


@verb("/partner people leave {colleague}", needs="coordinator")
def people_leave(request: Request, who: Annotated[Person, Says("Who", "@someone")]) -> list[Post]:
    """Say that someone has left: their reminders go to the deputy or their organisation's channel."""
    if who.id == request.person.id:
        raise CommandError(
            "Another coordinator has to say that you left.", "/partner coordinators add @someone"
        )
    change(request.session, who, left_at=request.now)
    return saved(
        request, f"person {who.id}", f"{who.name} has left.", back=f"/partner people return {who.name}"
    )


@verb("/partner people return Robin Vale", needs="coordinator")
def people_return(request: Request, who: Annotated[str, Says("Who", "Robin Vale")]) -> list[Post]:
    """Say that someone who had left is back."""
    gone = [
        p
        for p in request.directory.people.values()
        if not p.is_active and p.name.lower() == who.strip().lower() and not is_linked(request.session, p)
    ]
    if not gone:
        raise CommandError(f"Nobody called “{who[:60]}” has left.", "/partner people")
    change(request.session, gone[0], left_at=None)
    return saved(request, f"person {gone[0].id}", f"{gone[0].name} is back.")


@verb("/partner days Mon-Wed", "/partner days usual")
def days(
    request: Request,
    which: Annotated[Weekdays, Says("Your working days", "Mon-Wed", "“usual” for Monday to Friday.")],
    *,
    for_: Annotated[Person | None, Says("Whose, if not yours (coordinators)", "@someone")] = None,
) -> list[Post]:
    """Say on which days you work; on others you are left in peace."""
    person = whose(request, for_)
    change(request.session, person, weekdays="" if which.digits == "01234" else which.digits)
    named = " and ".join(filter(None, [", ".join(_days(person)[:-1]), *_days(person)[-1:]]))
    sentence = f"{person.name} works on {named or 'the usual days, Monday to Friday'}."
    return saved(request, f"person {person.id}", sentence, back="/partner days usual")


def whose(request: Request, other: Person | None) -> Person:
    """The asker, or for a coordinator someone else."""
    if other is None or other.id == request.person.id:
        return request.directory.people[request.person.id]
    if not request.person.may("coordinator"):
        raise CommandError(
            "You can say that for yourself; for others a coordinator can.", "/partner coordinators"
        )
    return other
