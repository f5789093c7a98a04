"""Finding what a person presses, and how Slack tells that it was pressed."""

from collections.abc import Iterator
from typing import Any

from tests.slack.standin.filling import CannotFill, in_field
from tests.slack.standin.limits_elements import as_list, kind_of
from tests.slack.standin.shown import shown
from tests.slack.standin.state import Json, Post, View


def pressed(where: Post | View, label: str, nth: int = 1) -> Json:
    """The nth button, or entry of a menu, with that label."""
    found = [
        (text, told | {"action_id": element["action_id"], "block_id": block["block_id"]})
        for block, element in _all(where)
        for text, told in _buttons(element)
    ]
    fitting = [told for text, told in found if text == label]
    if len(fitting) < nth:
        raise CannotFill(
            f"no such button {label}, only {', '.join(text for text, _ in found) or 'none at all'}"
        )
    return fitting[nth - 1]


def used(where: Post | View, action_id: str, value: Any) -> Json:
    """Another element in which something was chosen or typed."""
    for block, element in _all(where):
        if element.get("action_id") == action_id:
            return in_field(element, value) | {"action_id": action_id, "block_id": block["block_id"]}
    raise CannotFill(f"no element {action_id}")


def _all(where: Post | View) -> Iterator[tuple[Json, Json]]:
    for block in shown(where.given["blocks"] if isinstance(where, View) else where.blocks):
        inner = as_list(block.get("elements")) if block["type"] == "actions" else []
        for element in (block.get("element"), block.get("accessory"), *inner):
            if element:
                yield block, element


def _buttons(element: Json) -> Iterator[tuple[str, Json]]:
    match kind_of(element):
        case "button":
            told: Json = {
                name: element[name] for name in ("type", "text", "value", "style", "url") if name in element
            }
            yield element["text"]["text"], told
        case "overflow":
            for option in element["options"]:
                yield option["text"]["text"], {"type": "overflow", "selected_option": option}
