"""Filling in a form as a person does: what is in each field, and what they touched, as Slack tells it."""

from collections.abc import Iterator
from typing import Any

from tests.slack.standin.limits_elements import CHOICES, FIELDS, PICKERS, SELECTS, as_list, kind_of
from tests.slack.standin.shown import shown
from tests.slack.standin.state import Json

IN_STATE = SELECTS | PICKERS | CHOICES | FIELDS
ONE = {
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "file_input": ("files", "initial_files"),
}
"""How the value that is chosen there is called, and the one it begins with."""
LISTS = {"multi_users_select", "multi_conversations_select", "multi_channels_select", "file_input"}


class CannotFill(Exception):
    """Slack would not let a person do this: no such field or option, too long, or left empty."""


def state_values(blocks: list[Json], filled: dict[str, Any]) -> Json:
    """What is in a view's fields, by block and element.

    filled: what was typed or chosen, by the element's action_id, its block's block_id or its label; for a
    choice an option's value or its text, or a list of these; "", None or [] empties the field.
    """
    values: Json = {}
    left = dict(filled)
    for block, element in elements(blocks):
        names = [element["action_id"], block["block_id"], str(block.get("label", {}).get("text", ""))]
        name = next((name for name in names if name in left), None)
        told = in_field(element, left.pop(name)) if name is not None else untouched(element)
        if block["type"] == "input" and not block.get("optional") and is_empty(told):
            raise CannotFill(f"{names[0]} has to be filled in")
        values.setdefault(block["block_id"], {})[element["action_id"]] = told
    if left:
        raise CannotFill(f"no such fields: {', '.join(left)}")
    return values


def initial_values(blocks: list[Json]) -> Json:
    """What is in the fields before anybody has touched one."""
    values: Json = {}
    for block, element in elements(blocks):
        values.setdefault(block["block_id"], {})[element["action_id"]] = untouched(element)
    return values


def elements(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Each block with each of its fields, with the ids that Slack gave them."""
    for block in shown(blocks):
        found = [block.get("element"), block.get("accessory")]
        for element in [*found, *as_list(block.get("elements") if block["type"] == "actions" else None)]:
            if kind_of(element) in IN_STATE:
                yield block, element


def untouched(element: Json) -> Json:
    """A field as it is when nobody has touched it."""
    kind: str = element["type"]
    if kind in ONE:
        name, initial = ONE[kind]
        return {"type": kind, name: element.get(initial, [] if kind in LISTS else None)}
    if kind in ("checkboxes", "multi_static_select", "multi_external_select"):
        return {"type": kind, "selected_options": element.get("initial_options", [])}
    if kind in ("radio_buttons", "static_select", "external_select"):
        return {"type": kind, "selected_option": element.get("initial_option")}
    return {"type": kind, "value": element.get("initial_value")}


def in_field(element: Json, given: Any) -> Json:
    """A field with what was typed or chosen."""
    kind: str = element["type"]
    if kind in ONE:
        return {"type": kind, ONE[kind][0]: given or ([] if kind in LISTS else None)}
    if kind in ("checkboxes", "multi_static_select", "multi_external_select"):
        return {"type": kind, "selected_options": [_option(element, each) for each in given or []]}
    if kind in ("radio_buttons", "static_select", "external_select"):
        return {"type": kind, "selected_option": _option(element, given) if given else None}
    return {"type": kind, "value": _typed(element, given)}


def is_empty(told: Json) -> bool:
    return not any(value for name, value in told.items() if name != "type")


def _typed(element: Json, given: Any) -> str | None:
    if given in ("", None):
        return None
    typed = str(given)
    if element["type"] == "number_input":
        _check_number(element, typed)
    elif not element.get("min_length", 0) <= len(typed) <= element.get("max_length", 3000):
        raise CannotFill(f"{element['action_id']} has {len(typed)} characters")
    elif "\n" in typed and not element.get("multiline"):
        raise CannotFill(f"{element['action_id']} has one line")
    return typed


def _check_number(element: Json, typed: str) -> None:
    try:
        number = float(typed) if element["is_decimal_allowed"] else int(typed)
    except ValueError:
        raise CannotFill(f"{element['action_id']}: {typed} is no such number") from None
    low, high = float(element.get("min_value", "-inf")), float(element.get("max_value", "inf"))
    if not low <= number <= high:
        raise CannotFill(f"{element['action_id']}: {typed} is not between {low} and {high}")


def _option(element: Json, wanted: str) -> Json:
    groups = as_list(element.get("option_groups"))
    options = [*as_list(element.get("options")), *(o for group in groups for o in group["options"])]
    for option in options:
        if wanted in (option["value"], option["text"]["text"]):
            return dict(option)
    raise CannotFill(f"{element['action_id']} has no option {wanted}")
