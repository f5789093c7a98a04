"""Workspaces: where the partnership talks, and how another one comes to share it, by a one-time code."""

from typing import Annotated, Literal

from commands.base import CommandError, Request, Says, verb
from commands.partner.answering import at_time, listed, saved
from messages.compose import compose
from messages.post import Post, ToAddress
from messages.words import count
from messages.words import listed as enumerated
from storage import codes
from storage.actions import actions
from storage.codes import WORKSPACE, Invitation
from storage.db import change
from storage.events import record
from storage.linking import workspaces_of
from storage.objectives import objectives
from storage.organisations import Organisation
from storage.partnerships import Workspace, take_out, workspace_by_id
from storage.partnerships import workspaces as all_workspaces

EXAMPLE = "7K2M-9QXT-4WPC"
WRONG = "/help partner join"
Sure = Annotated[Literal["yes"] | None, Says("Whether it is to be done, once you know what it does", "yes")]


@verb("/partner workspaces", reads=True, needs="viewer", opens_form=False)
def workspaces(request: Request) -> list[Post]:
    """List the workspaces that share the partnership, with the home organisation and the people of each."""
    spaces = [space for space in all_workspaces(request.session) if not space.has_left]
    rows = [
        {
            "workspace": space,
            "home": request.directory.organisations.get(space.organisation_id or 0),
            "people": len(_people_in(request, space)),
            "is_here": space.id == request.workspace_id,
        }
        for space in spaces
    ]
    waiting = [
        {"code": code, "until": at_time(request, code.good_until)}
        for code in codes.open_codes(request.session, WORKSPACE)
        if code.is_good(request.now) and request.person.may("coordinator")
    ]
    return listed("workspaces", rows=rows, waiting=waiting)


def _people_in(request: Request, workspace: Workspace) -> list[int]:
    """The people who are here and whom a workspace knows."""
    known = workspaces_of(request.session)
    return [
        p.id for p in request.directory.people.values() if p.is_active and workspace.id in known.get(p.id, [])
    ]


@verb("/partner workspaces home {organisation}", needs="coordinator")
def workspaces_home(
    request: Request, at: Annotated[Organisation, Says("Which organisation", "County Council")]
) -> list[Post]:
    """Say whose workspace this one is; whoever first writes in it belongs to that organisation."""
    here = workspace_by_id(request.session, request.workspace_id)
    before = request.directory.organisations.get(here.organisation_id or 0)
    change(request.session, here, organisation_id=at.id)
    back = f"/partner workspaces home {before.name}" if before else ""
    note = "Who is known already stays where they are: /partner people move @someone at: …"
    return saved(
        request, f"workspace {here.id}", f"This is the workspace of {at.name}.", back=back, note=note
    )


@verb("/partner workspaces remove Lakeside Hospice", needs="coordinator")
def workspaces_remove(
    request: Request,
    which: Annotated[str, Says("Which workspace, by its name", "Lakeside Hospice")],
    *,
    confirm: Sure = None,
) -> list[Post]:
    """Let another workspace share the partnership no longer; what its people did stays in the plan."""
    workspace = _named(request, which)
    if workspace.id == request.workspace_id:
        raise CommandError(
            "You are in that workspace. A coordinator in another one has to remove it.", "/partner workspaces"
        )
    gone = [p for p in _people_in(request, workspace) if len(workspaces_of(request.session)[p]) == 1]
    names = [request.directory.people[person_id].name for person_id in gone]
    if confirm is None:
        return [Post(compose("partner/removing", workspace=workspace, names=names))]
    for person_id in gone:
        change(request.session, request.directory.people[person_id], left_at=request.now)
    for address in request.directory.addresses.values():
        if address.workspace_id == workspace.id and address.kind == "channel":
            change(request.session, address, organisation_id=None, team_id=None, is_shared=False)
    label = workspace.label
    take_out(request.session, workspace, "It was removed from the partnership.")
    return saved(request, f"workspace {workspace.id}", f"{label} shares the partnership no longer.")


def _named(request: Request, name: str) -> Workspace:
    spaces = [space for space in all_workspaces(request.session) if not space.has_left]
    found = [
        space for space in spaces if name.strip().lower() in (space.label.lower(), space.external.lower())
    ]
    if len(found) != 1:
        wrong = "More than one workspace is" if found else "No workspace here is"
        raise CommandError(f"{wrong} called “{name[:60]}”.", "/partner workspaces", "which")
    return found[0]


# --- by a one-time code -----------------------------------------------------------------------------


@verb("/partner invite", "/partner invite at: {organisation}", needs="coordinator", opens_form=False)
def invite(
    request: Request,
    *,
    at: Annotated[
        Organisation | None,
        Says("Whose workspace it is", "County Council", also=("for", "organisation", "org")),
    ] = None,
) -> list[Post]:
    """Make a one-time code with which another workspace joins the partnership."""
    code, secret = codes.make(request.session, WORKSPACE, request.person.id, at.id if at else None)
    record(request.session, "invited", f"code {code.id}", note=at.name if at else "")
    until = at_time(request, code.good_until)
    told = compose("partner/invited", code=code, secret=secret, until=until, home=at.name if at else "")
    return [Post(told, is_secret=True)]


@verb("/partner invite withdraw", needs="coordinator", opens_form=False)
def invite_withdraw(
    request: Request,
    number: Annotated[int, Says("Which invitation, if not all, by its number", "3")] = 0,
) -> list[Post]:
    """Withdraw the invitations that no workspace has used yet, or one of them."""
    found = [code for code in codes.open_codes(request.session, WORKSPACE) if number in (0, code.id)]
    good = sum(code.is_good(request.now) for code in found)
    if number and not found:
        raise CommandError(f"No invitation {number} is waiting to be used.", "/partner workspaces")
    for code in found:
        codes.withdraw(request.session, code)
    record(request.session, "withdrew", f"code {number or 'all'}")
    sentence = (
        f"{count(good, 'invitation')} withdrawn: nobody can join with {'it' if good == 1 else 'them'} now."
    )
    return listed("withdrawn", sentence=sentence if good else "No invitation is waiting to be used.")


@verb(f"/partner join {EXAMPLE}", needs="coordinator")
def join(
    request: Request,
    code: Annotated[str, Says("The code that a coordinator there gave you", EXAMPLE)],
    *,
    confirm: Sure = None,
) -> list[Post]:
    """Let this workspace share another partnership, by the code that a coordinator there made."""
    invitation = _invitation(request, code)
    _check_holds_no_plan(request)
    here = workspace_by_id(request.session, request.workspace_id)
    if confirm is None:
        asked = compose(
            "partner/joining",
            invitation=invitation,
            code=codes.spelled(code),
            workspace=here,
            mine=request.partnership,
            left_behind=_left_behind(request),
        )
        return [Post(asked, is_secret=True)]
    assert request.elsewhere is not None
    joined = request.elsewhere.join(request, invitation)
    values = {"invitation": invitation, "workspace": joined.workspace, "person": joined.person}
    told = compose("partner/joined_said", **values)
    return [
        Post(compose("partner/joined", **values)),
        *(Post(told, ToAddress(a)) for a in joined.coordinators),
    ]


def _invitation(request: Request, code: str) -> Invitation:
    """A good one. Raises CommandError."""
    found = request.elsewhere.invitation(code) if request.elsewhere else None
    anew = "Ask a coordinator there for a new one: they type /partner invite"
    if found is None:
        raise CommandError(
            f"No invitation has the code “{code.strip()[:40]}”. Is it typed right? {anew}", "", "code"
        )
    if found.partnership_id == request.partnership.id:
        raise CommandError(
            f"This workspace shares {found.partnership} already; the code is for another workspace.",
            "/partner workspaces",
        )
    if found.used_at is not None:
        used = at_time(request, found.used_at)
        raise CommandError(f"That code was used on {used}, and it is good only once. {anew}", WRONG, "code")
    if request.now >= found.good_until:
        until = at_time(request, found.good_until)
        raise CommandError(f"That code was good until {until}. {anew}", WRONG, "code")
    return found


def _check_holds_no_plan(request: Request) -> None:
    """What was dropped counts no longer."""
    held, aims = actions(request.session, "open", "done"), objectives(request.session)
    if held or aims:
        there = enumerated(count(len(n), w) for n, w in ((held, "action"), (aims, "objective")) if n)
        way = "drop it here (/action drop A1), join, and log it there"
        if aims:  # which nobody can take out
            way = "and ask whoever looks after Commsbot to let this workspace begin anew"
        raise CommandError(
            f"{request.partnership.name} has a plan already: {there}. Two plans cannot be made one."
            f" Keep a copy of what still matters, {way}.",
            "/action list all",
        )


def _left_behind(request: Request) -> str:
    """What was set up in the partnership that the workspace leaves."""
    directory = request.directory
    counted = (
        (directory.organisations, "organisation", "organisations"),
        (directory.people, "person", "people"),
        (directory.roles, "role", "roles"),
        (directory.teams, "team", "teams"),
    )
    return enumerated(count(len(things), one, more) for things, one, more in counted if things)
