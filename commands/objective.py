"""Objectives: what the plan is for; actions are counted towards them."""

from typing import Annotated

from commands.base import CommandError, Request, Says, verb
from messages.compose import compose
from messages.post import HERE, Post
from storage.actions import actions
from storage.db import add as add_row
from storage.db import change
from storage.events import record
from storage.objectives import Objective, objective_numbered, objectives

LONGEST = 500


@verb("/objective list", reads=True, needs="viewer", opens_form=False)
def list_(request: Request) -> list[Post]:
    """List the objectives, with how many actions each has."""
    found = actions(request.session, "open", "done")
    rows = [
        {
            "objective": objective,
            "open": sum(a.objective_id == objective.id and a.is_open for a in found),
            "done": sum(a.objective_id == objective.id and not a.is_open for a in found),
        }
        for objective in objectives(request.session)
    ]
    return [Post(compose("objective/list", rows=rows))]


@verb("/objective add Close the feedback loop", needs="coordinator")
def add(
    request: Request,
    title: Annotated[str, Says("The objective", "Close the feedback loop", long=True)],
    *,
    number: Annotated[int | None, Says("Its number, if not the next", "7")] = None,
) -> list[Post]:
    """Add an objective to the plan."""
    number = number or max((o.number for o in objectives(request.session)), default=0) + 1
    if objective_numbered(request.session, number):
        raise CommandError(
            f"There is an objective {number} already.",
            f"/objective edit {number} title: {title[:60]}",
            "number",
        )
    objective = add_row(request.session, Objective(number=number, title=_fitting(title)))
    return _answer(request, objective, "added")


@verb("/objective edit {objective} title: Close every feedback loop", needs="coordinator")
def edit(
    request: Request,
    objective: Annotated[Objective, Says("Which objective", "2")],
    *,
    title: Annotated[str, Says("Its words", "Close every feedback loop", long=True)],
) -> list[Post]:
    """Change an objective's words."""
    change(request.session, objective, title=_fitting(title))
    return _answer(request, objective, "changed")


def _fitting(title: str) -> str:
    if len(title) > LONGEST:
        raise CommandError(
            f"That is {len(title):,} characters; an objective may have {LONGEST}.", field="title"
        )
    return title


def _answer(request: Request, objective: Objective, what: str) -> list[Post]:
    record(request.session, what, f"objective {objective.number}")
    message = compose("objective/saved", objective=objective, what=what, person=request.person)
    return [Post(message), Post(message, HERE)]
