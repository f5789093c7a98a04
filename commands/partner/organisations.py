"""Organisations: the members of the partnership, and the chat channel in which each is spoken to."""

from typing import Annotated, Literal

from commands.base import CommandError, Request, Says, verb
from commands.grammar.names import EVERYONE, LONGEST_SHORT
from commands.grammar.owners import find_owner, unknown
from commands.partner.answering import listed, saved
from commands.partner.seating import new_name
from messages.post import Post
from storage.addresses import Address
from storage.db import add, change
from storage.organisations import DIVISIONS, Organisation
from storage.partnerships import the_partnership
from storage.seats import Team

Division = Literal["England", "Scotland", "Wales", "Northern Ireland"]


@verb("/partner organisations", reads=True, needs="viewer", opens_form=False)
def organisations(request: Request) -> list[Post]:
    """List the organisations, with the chat channel and the bank holidays of each."""
    directory = request.directory
    rows = [
        {
            "organisation": organisation,
            "channel": _channel_of(request, organisation),
            "division": DIVISIONS[organisation.division or directory.partnership.division],
            "people": sum(person.organisation_id == organisation.id for person in directory.people.values()),
        }
        for organisation in directory.organisations.values()
    ]
    return listed("organisations", rows=rows)


def _channel_of(request: Request, organisation: Organisation) -> str:
    channels = request.directory.addresses.values()
    return next((a.label for a in channels if a.organisation_id == organisation.id), "")


@verb("/partner organisations add Lakeside Hospice short: Hospice", needs="coordinator")
def organisations_add(
    request: Request,
    name: Annotated[str, Says("Its name", "Lakeside Hospice")],
    *,
    short: Annotated[str, Says("What people call it", "Hospice")] = "",
    holidays: Annotated[
        Division | None, Says("Whose bank holidays it keeps", "Wales", also=("division",))
    ] = None,
) -> list[Post]:
    """Add an organisation to the partnership."""
    new_name(request, name, "/partner organisations")
    if short:
        new_name(request, short, "/partner organisations", "short", LONGEST_SHORT)
    division = _code(holidays) if holidays else ""
    organisation = add(request.session, Organisation(name=name, short=short, division=division))
    return saved(
        request,
        f"organisation {organisation.id}",
        f"{organisation.name} is in the partnership.",
        note=f"Give it its chat channel: /partner channel here for: {organisation.label}",
    )


def _code(name: str) -> str:
    return next(code for code, label in DIVISIONS.items() if label.lower() == name.lower())


@verb("/partner holidays England", "/partner holidays Wales at: {organisation}", needs="coordinator")
def holidays(
    request: Request,
    division: Annotated[Division, Says("Whose bank holidays", "Wales")],
    *,
    at: Annotated[Organisation | None, Says("At which organisation, if not all", "County Council")] = None,
) -> list[Post]:
    """Set whose bank holidays the partnership, or one organisation, keeps."""
    if at is not None:
        change(request.session, at, division=_code(division))
        return saved(
            request, f"organisation {at.id}", f"{at.name} keeps the bank holidays of {_named(division)}."
        )
    change(request.session, the_partnership(request.session), division=_code(division))
    sentence = f"The partnership keeps the bank holidays of {_named(division)}."
    return saved(request, "partnership", sentence)


def _named(division: str) -> str:
    return DIVISIONS[_code(division)]


@verb("/partner channel {channel} for: {organisation}", needs="coordinator")
def channel(
    request: Request,
    channel: Annotated[Address, Says("Which chat channel", "#comms, or here")],
    *,
    for_: Annotated[str, Says("Whose channel it is", "County Council, a team, or everyone")],
) -> list[Post]:
    """Say whose chat channel one is: an organisation's, a team's, or everyone's."""
    if channel.kind != "channel":
        raise CommandError(
            f"{channel.label} is a person, not a chat channel.", "/partner channel here for: everyone"
        )
    if for_.strip().lower() in EVERYONE:
        _share(request, channel)
        return saved(request, f"address {channel.id}", f"{channel.label} is everyone's channel.")
    thing = find_owner(for_, request)
    if thing is None:
        raise unknown(for_, request, Organisation)
    if not isinstance(thing, Organisation | Team):
        raise CommandError(
            f"“{for_[:60]}” is neither an organisation nor a team.", "/partner organisations", "for"
        )
    before = _give_up_others(request, channel, thing)
    mine = {"team_id": thing.id} if isinstance(thing, Team) else {"organisation_id": thing.id}
    change(request.session, channel, **({"organisation_id": None, "team_id": None} | mine))
    was = f", which was {before} before" if before else ""
    back = f"/partner channel {before} for: {thing.name}" if before else ""
    sentence = f"{channel.label} is the channel of {thing.name}{was}."
    return saved(request, f"address {channel.id}", sentence, back=back)


def _give_up_others(request: Request, channel: Address, thing: Organisation | Team) -> str:
    """An organisation or a team has one channel; returns which it was before, "" if it was none other."""
    column = "team_id" if isinstance(thing, Team) else "organisation_id"
    addresses = request.directory.addresses.values()
    others = [a for a in addresses if getattr(a, column) == thing.id and a.id != channel.id]
    for other in others:
        change(request.session, other, **{column: None})
    return others[0].label if others else ""


def _share(request: Request, channel: Address) -> None:
    for address in request.directory.addresses.values():
        change(request.session, address, is_shared=address == channel)
