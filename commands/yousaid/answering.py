"""Answering: what the asker is told of a loop, and the line that others in the channel see."""

from typing import Annotated

from commands.action.owning import is_ours
from commands.base import CommandError, Request, Says
from jobs.loops import LoopLine, loop_line
from messages.compose import compose
from messages.post import HERE, Post
from storage.directory import Owning
from storage.events import Event
from storage.loops import Loop, loop_by_id
from storage.standing import Facts, facts_of
from storage.when import When

Which = Annotated[Loop, Says("Which loop", "L12")]


def line_of(request: Request, loop: Loop) -> LoopLine:
    return loop_line(request.session, request.directory, loop, request.today)


def loop_answers(request: Request, template: str, loop: Loop, event: Event, **more: object) -> list[Post]:
    """The answer to the asker, from yousaid/<template>; and for the others there, a line of who did what."""
    values = {
        "line": line_of(request, loop),
        "loop": loop,
        "event": event,
        "today": request.today,
        "person": request.person,
        **more,
    }
    answer = Post(compose(f"yousaid/{template}", **values))
    if not request.channel and not request.is_click:
        return [answer]  # typed in direct messages: nobody else is there
    return [answer, Post(compose("yousaid/said", **values), HERE)]


def check_is_to_come(request: Request, day: When, field: str, what: str) -> None:
    """Raises CommandError about a part that has no day or month, or one that is over."""
    if day.ends is None or day.ends < request.today:
        raise CommandError(f"{what} needs a day or a month to come.", field=field)


def check_is_whole(loop: Loop, request: Request) -> None:
    """What was merged goes its way with the other loop. Raises CommandError."""
    if loop.state == "merged":
        into = facts_into(request, loop).loop
        raise CommandError(
            f"{loop.ref} was merged into {into.ref}: what comes of it is noted there.",
            f"/yousaid show {into.ref}",
        )


def facts_into(request: Request, loop: Loop) -> Facts:
    return facts_of(request.session, loop_by_id(request.session, loop.merged_into_id or 0))


def check_may_log(request: Request, loop: Loop) -> None:
    """Its owner, whoever logged it, their organisations or a coordinator. Raises CommandError."""
    logger = request.directory.people[loop.logged_by]
    is_loggers = logger.organisation_id == request.person.organisation_id
    if request.person.may("coordinator") or is_loggers or is_ours(request, loop):
        return
    raise CommandError(
        f"{loop.ref} is looked after by {request.directory.thing(loop).name}: they, their organisation or a "
        "coordinator can change it. You can add a note to it.",
        f"/yousaid note {loop.ref} What I would like them to know",
    )


def check_may_decide(request: Request, loop: Loop) -> None:
    """Its owner, whoever is asked, their organisations or a coordinator. Raises CommandError."""
    asking = facts_of(request.session, loop).asking
    deciders: list[Owning] = [loop, *([asking] if asking is not None and not asking.forum else [])]
    if request.person.may("coordinator") or any(is_ours(request, each) for each in deciders):
        return
    names = " or ".join(dict.fromkeys(request.directory.thing(each).name for each in deciders))
    raise CommandError(
        f"That is for {names}, their organisation or a coordinator to say. You can add a note to {loop.ref}.",
        f"/yousaid note {loop.ref} What I would like them to know",
    )
