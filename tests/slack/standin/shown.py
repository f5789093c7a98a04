"""Blocks and views as Slack gives them back: every block and every element that can be used has an id."""

from tests.slack.standin.limits_elements import as_list, kind_of
from tests.slack.standin.state import Json, State, View

TEXTS = {"plain_text": {"emoji": True}, "mrkdwn": {"verbatim": False}}


def shown(blocks: list[Json]) -> list[Json]:
    """The blocks with the ids that Slack adds where the bot gave none; the same for the same blocks."""
    return [_block(block, number) for number, block in enumerate(blocks, 1)]


def _block(block: Json, number: int) -> Json:
    made = {"block_id": f"b{number}", **_texts(block)}
    for name in ("element", "accessory"):
        if name in made:
            made[name] = _element(made[name], f"{made['block_id']}a1")
    if made["type"] == "actions":
        made["elements"] = [
            _element(element, f"{made['block_id']}a{place}")
            for place, element in enumerate(as_list(made.get("elements")), 1)
        ]
    return made


def _element(element: Json, action_id: str) -> Json:
    return element if kind_of(element) == "image" else {"action_id": action_id, **element}


def _texts(part: Json) -> Json:
    """The same with what Slack adds to each text."""
    return {name: _with_texts(value) for name, value in part.items()} | TEXTS.get(kind_of(part), {})


def _with_texts(value: object) -> object:
    match value:
        case dict():
            return _texts(value)
        case list():
            return [_with_texts(each) for each in value]
        case _:
            return value


def view_of(state: State, view: View) -> Json:
    """A view as Slack gives it to the bot."""
    given = view.given
    return {
        "id": view.id,
        "team_id": view.team_id,
        "type": given["type"],
        "blocks": shown(given["blocks"]),
        "private_metadata": given.get("private_metadata", ""),
        "callback_id": given.get("callback_id", ""),
        "external_id": given.get("external_id", ""),
        "state": {"values": {}},
        "hash": view.hash,
        "title": _with_texts(given.get("title")),
        "submit": _with_texts(given.get("submit")),
        "close": _with_texts(given.get("close")),
        "clear_on_close": given.get("clear_on_close", False),
        "notify_on_close": given.get("notify_on_close", False),
        "previous_view_id": view.previous_id or None,
        "root_view_id": view.root_id,
        "app_id": state.app.id,
        "app_installed_team_id": view.team_id,
        "bot_id": state.workspaces[view.team_id].bot_id,
    }
