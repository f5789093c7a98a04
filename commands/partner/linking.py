"""Linking: one person who is known in two workspaces is made one, by a code from the one to the other."""

from typing import Annotated

from commands.base import CommandError, Request, Says, verb
from commands.grammar.owners import key_of
from commands.partner.answering import at_time
from commands.partner.workspaces import EXAMPLE, Sure
from messages.compose import compose
from messages.post import Post, ToAddress
from storage import codes
from storage.codes import PERSON, Code
from storage.directory import Directory
from storage.events import record
from storage.linking import link as make_one
from storage.linking import workspaces_of
from storage.partnerships import workspace_by_id
from storage.people import Person, identity_of


@verb("/partner link", opens_form=False)
def link(
    request: Request,
    code: Annotated[str, Says("The code, if you have one from your other workspace", EXAMPLE)] = "",
    *,
    confirm: Sure = None,
) -> list[Post]:
    """Say that you are the same person in two workspaces: get a code in one, and type it in the other."""
    if not code:
        return _make_code(request)
    found = _code(request, code)
    other = request.directory.people[found.person_id]
    _check_may_be_one(request, other)
    if confirm is None and key_of(other.name) != key_of(request.person.name):
        asked = compose("partner/linking", me=request.person, other=other, code=codes.spelled(code))
        return [Post(asked, is_secret=True)]
    if not codes.claim(request.session, found.id):
        raise CommandError("That code has just been used. Make a new one there.", "/partner link")
    make_one(request.session, gone=request.person, kept=other)
    address = Directory(request.session).address_of(other)
    here = workspace_by_id(request.session, request.workspace_id)
    values = {"gone": request.person, "kept": other, "workspace": here, "address": address}
    told = [Post(compose("partner/linked_said", **values), ToAddress(address.id))] if address else []
    return [Post(compose("partner/linked", **values)), *told]


def _make_code(request: Request) -> list[Post]:
    """A new code for the asker; those made before end."""
    for code in codes.open_codes(request.session, PERSON):
        if code.person_id == request.person.id:
            codes.withdraw(request.session, code)
    made, secret = codes.make(request.session, PERSON, request.person.id)
    record(request.session, "made a code", f"person {request.person.id}")
    told = compose("partner/link_code", secret=secret, until=at_time(request, made.good_until))
    return [Post(told, is_secret=True)]


def _code(request: Request, typed: str) -> Code:
    """A good code of this partnership. Raises CommandError."""
    found = codes.code_with(request.session, PERSON, typed)
    anew = "Type /partner link there for a new one."
    if found is None:
        raise CommandError(
            f"Nobody in this partnership has the code “{typed.strip()[:40]}”. Is it typed right? {anew}",
            "/partner link",
        )
    if found.used_at is not None:
        raise CommandError(
            f"That code was used on {at_time(request, found.used_at)}, and it is good only once. {anew}",
            "/partner link",
        )
    if not found.is_good(request.now):
        raise CommandError(
            f"That code was good until {at_time(request, found.good_until)}. {anew}", "/partner link"
        )
    return found


def _check_may_be_one(request: Request, other: Person) -> None:
    """Nobody is two users of one workspace, and somebody stays to look after the plan."""
    me, known = request.person, workspaces_of(request.session)
    if other.id == me.id:
        raise CommandError("That is your own code. Type it in your other workspace.", "/partner workspaces")
    here = identity_of(request.session, request.workspace_id, me.id)
    if here is not None and here.is_guest and other.may("coordinator"):
        raise CommandError(
            f"You are a guest here, and {other.name} is a coordinator. A coordinator cannot be a guest too.",
            "/partner coordinators",
        )
    if not other.is_active:
        raise CommandError(f"{other.name} is noted as having left.", "/partner people")
    if set(known.get(me.id, [])) & set(known.get(other.id, [])):
        raise CommandError(
            f"One workspace knows you both, you and {other.name}, so you are two people to it.",
            "/partner people",
        )
    rest = [
        p for p in request.directory.people.values() if p.is_active and p.may("coordinator") and p.id != me.id
    ]
    if me.may("coordinator") and not rest:
        raise CommandError(
            f"You are the only coordinator, and {other.name} is none. Make somebody one first.",
            "/partner coordinators add @someone",
        )
