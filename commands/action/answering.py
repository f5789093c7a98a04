"""Answering: what the asker is told of an action, and the line that others in the channel see."""

from commands.base import Request
from jobs.plan import Line, lines
from messages.compose import compose
from messages.post import HERE, Post
from storage.actions import Action
from storage.events import Event
from storage.objectives import Objective, objective_by_id


def line_of(request: Request, action: Action) -> Line:
    return lines(request.session, request.directory, [action], request.today)[0]


def objective_of(request: Request, action: Action) -> Objective | None:
    return objective_by_id(request.session, action.objective_id) if action.objective_id else None


def answers(
    request: Request, template: str, action: Action, event: Event, line: Line | None = None, **more: object
) -> list[Post]:
    """The answer to the asker, from action/<template>; and for the others there, a line of who did what.

    line: the action's line, by whoever has it already; otherwise it is looked up.
    """
    values = {
        "line": line or line_of(request, action),
        "action": action,
        "objective": objective_of(request, action),
        "event": event,
        "today": request.today,
        "person": request.person,
        **more,
    }
    answer = Post(compose(f"action/{template}", **values))
    if not request.channel and not request.is_click:
        return [answer]  # typed in direct messages: nobody else is there
    return [answer, Post(compose("action/said", **values), HERE)]
