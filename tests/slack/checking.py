"""Whether Slack would take what the bot sends: by its SDK's models, and by limits unknown to them."""

from typing import Any

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from messages.slack import Payload
from tests.messages.slack_reader import check_payload, check_view
from tests.slack.standin import Slack, flaws, view_flaws
from tests.slack.standin.limits import Surface

Json = dict[str, Any]
POSTS = ("chat.postMessage", "chat.update", "chat.postEphemeral")
VIEWS = ("views.open", "views.push", "views.update", "views.publish")


def check_said(said: Json, users: set[str]) -> None:
    """A message, an acknowledgement or an answer by address: with words for those who do not see blocks."""
    assert said["text"].strip()
    check_payload(Payload(said["text"], said["blocks"]))
    _check(said["blocks"], "message", users)


def check_shown(view: Json, users: set[str]) -> None:
    """A modal or a home tab."""
    assert View(**view).to_dict() == view
    assert view_flaws(view) == []
    check_view(view)
    _check(view["blocks"], "home" if view["type"] == "home" else "modal", users)


def _check(blocks: list[Json], surface: Surface, users: set[str]) -> None:
    for parsed, block in zip(Block.parse_all(blocks), blocks, strict=True):
        parsed.validate_json()
        assert parsed.to_dict() == block
    assert flaws(blocks, surface, users) == []


def check_all(slack: Slack, acknowledged: list[Json]) -> int:
    """Everything that a stand-in was asked to show, and was answered; returns how much that was."""
    users = set(slack.state.users)
    asked = [(each.method, each.arguments) for each in slack.arrivals.asked]
    said = [arguments for method, arguments in asked if method in POSTS]
    said += [post.given for post in slack.state.url_posts]
    said += [answer for answer in acknowledged if "text" in answer]
    shown = [arguments["view"] for method, arguments in asked if method in VIEWS]
    shown += [answer["view"] for answer in acknowledged if "view" in answer]
    for each in said:
        check_said(each, users)
    for view in shown:
        check_shown(view, users)
    return len(said) + len(shown)
