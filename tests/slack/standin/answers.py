"""What Slack does with the bot's answer to a command or to a form that was sent in."""

from dataclasses import dataclass

from tests.slack.standin import response_urls, view_methods
from tests.slack.standin.asking import Refused, check_view
from tests.slack.standin.filling import elements
from tests.slack.standin.state import Json, ResponseUrl, State, View
from tests.slack.standin.transports import Answer


@dataclass(frozen=True)
class Submitted:
    """What came of a form. action: "errors", "update", "push", "clear", or "close" if the bot said nothing.

    view: the view the person looks at now; None if all are closed. errors: per block.
    """

    answer: Answer
    action: str
    view: View | None
    errors: dict[str, str]


def show(state: State, answer: Answer) -> None:
    """The answer to a slash command: a message for the one who asked, or for all."""
    if answer.status != 200 or not answer.body:
        return
    asked = answer.sent.delivery.payload
    response_urls.check(state, answer.json)
    url = ResponseUrl("", asked["team_id"], asked["channel_id"], asked["user_id"], state.clock.now())
    response_urls.say(state, url, answer.json)


def react(state: State, view: View, answer: Answer) -> Submitted:
    """Apply the answer to a form; Refused where the person would read that something went wrong."""
    if answer.status != 200:
        raise Refused("connection_error", status=answer.status)
    told = answer.json
    action = str(told.get("response_action", "close"))
    match action:
        case "errors":
            return _errors(state, view, answer)
        case "update":
            check_view(state, told["view"], "modal")
            view_methods.replace_view(state, view, told["view"])
            return Submitted(answer, action, view, {})
        case "push":
            check_view(state, told["view"], "modal")
            return Submitted(answer, action, view_methods.push(state, view, told["view"]), {})
        case "clear":
            close(state, view, everything=True)
            return Submitted(answer, action, None, {})
        case "close":
            close(state, view)
            below = state.views.get(view.previous_id)
            return Submitted(answer, action, below if below and below.is_open else None, {})
        case _:
            raise Refused("invalid_response_action", given=action)


def close(state: State, view: View, *, everything: bool = False) -> None:
    """everything: also the modals it lies on, or that lie on it."""
    with state.changed:
        for other in state.views.values():
            if other is view or (everything and other.root_id == view.root_id):
                other.is_open = False
        state.changed.notify_all()


def _errors(state: State, view: View, answer: Answer) -> Submitted:
    errors: Json = answer.json.get("errors") or {}
    fields = {block["block_id"] for block, _ in elements(view.given["blocks"]) if block["type"] == "input"}
    if not errors or not errors.keys() <= fields:
        raise Refused("invalid_errors", given=sorted(errors.keys() - fields))
    with state.changed:
        view.errors = errors
        state.changed.notify_all()
    return Submitted(answer, "errors", view, errors)
