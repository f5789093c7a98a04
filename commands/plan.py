"""The plan's post: what was sent to whom, when and why, and what failed."""

from datetime import timedelta
from typing import Annotated

from commands.base import CommandError, Request, Says, verb
from commands.grammar.words import number_in
from messages.compose import compose
from messages.post import Post
from messages.stored import from_json
from storage import outbox
from storage.addresses import Address
from storage.outbox import Outbox, post_by_id, posts_to

SHOWN = 15
LOOK_BACK = timedelta(days=31)


@verb("/plan sent", "/plan sent {channel}", reads=True, needs="viewer", opens_form=False)
def sent(
    request: Request,
    to: Annotated[Address | None, Says("To which chat channel or person", "#comms", leading=("to",))] = None,
) -> list[Post]:
    """Show what was sent, latest first, and what failed: to you or a channel; a coordinator sees all."""
    addresses = [to] if to else _mine(request)
    _check_may_look(request, addresses)
    found = posts_to(request.session, [a.id for a in addresses], request.now - LOOK_BACK, SHOWN)
    rows = [_row(request, post) for post in found]
    return [Post(compose("plan/sent", rows=rows, today=request.today, to=to))]


def _mine(request: Request) -> list[Address]:
    """A coordinator sees all that was sent; others what they got, and what their channel got."""
    found = request.directory.addresses.values()
    if request.person.may("coordinator"):
        return list(found)
    return [a for a in found if a.person_id == request.person.id or a == request.channel]


def _check_may_look(request: Request, addresses: list[Address]) -> None:
    others = [a for a in addresses if a.person_id not in (None, request.person.id)]
    if others and not request.person.may("coordinator"):
        raise CommandError("What was sent to others is theirs to see, and a coordinator's.", "/plan sent")


def _row(request: Request, post: Outbox) -> dict[str, object]:
    return {
        "post": post,
        "at": (post.sent_at or post.created_at).astimezone(request.partnership.tz),
        "to": request.directory.addresses[post.address_id].label,
        "summary": from_json(post.message).summary,
        "reasons": post.why.splitlines(),
    }


@verb("/plan why", reads=True, needs="viewer", opens_form=False)
def why(
    request: Request,
    post: Annotated[str, Says("Which post, if not the last you got", "P12")] = "",
) -> list[Post]:
    """Say why you got a post: each thing in it, and the rule that it followed."""
    found = _which(request, post)
    if found is None:
        return [Post(compose("plan/nothing"))]
    _check_may_look(request, [request.directory.addresses[found.address_id]])
    return [Post(compose("plan/why", row=_row(request, found), today=request.today))]


def _which(request: Request, post: str) -> Outbox | None:
    if post.strip():
        return _numbered(request, post)
    mine = [a.id for a in request.directory.addresses.values() if a.person_id == request.person.id]
    return next(iter(posts_to(request.session, mine, request.now - LOOK_BACK, 1)), None)


def _numbered(request: Request, post: str) -> Outbox:
    number = number_in(post.strip().lstrip("pP"))
    found = None if number is None else post_by_id(request.session, number)
    if found is None:
        raise CommandError(f"There is no post “{post[:20]}”.", "/plan sent")
    return found


@verb("/plan resend P1", needs="coordinator")
def resend(request: Request, post: Annotated[str, Says("Which post", "P12")]) -> list[Post]:
    """Send again what failed, or of which nobody can tell whether it arrived."""
    found = _numbered(request, post)
    if found.state not in ("failed", "unknown"):
        raise CommandError(f"{found.ref} is {found.state}; only what failed can be sent again.", "/plan sent")
    outbox.mark(request.session, found.id, "waiting", due_at=request.now, until=None, error="", attempts=0)
    return [Post(compose("plan/resend", post=found, to=request.directory.addresses[found.address_id].label))]
