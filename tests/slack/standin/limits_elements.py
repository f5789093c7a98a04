"""What Slack refuses in texts, buttons, choices and fields."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from tests.slack.standin.state import Json

SELECTS = {
    f"{many}{what}_select"
    for many in ("", "multi_")
    for what in ("static", "external", "users", "conversations", "channels")
}
PICKERS = {"datepicker", "timepicker", "datetimepicker"}
CHOICES = {"radio_buttons", "checkboxes"}
FIELDS = {
    "plain_text_input",
    "number_input",
    "email_text_input",
    "url_text_input",
    "rich_text_input",
    "file_input",
}
BUTTONS = {"button", "overflow", "workflow_button"}
PLACES = {
    "actions": SELECTS | PICKERS | CHOICES | BUTTONS | {"rich_text_input"},
    "section": SELECTS | PICKERS | CHOICES | BUTTONS | {"image"},
    "input": SELECTS | PICKERS | CHOICES | FIELDS,
    "context": {"image"},
}
"""Which elements Slack takes where."""


def kind_of(part: Any) -> str:
    return str(part.get("type", "")) if isinstance(part, dict) else ""


def as_list(part: Any) -> list[Any]:
    return part if isinstance(part, list) else []


def text_flaws(text: Any, name: str, longest: int, *, plain: bool = False) -> Iterator[str]:
    match text:
        case {"type": "plain_text" | "mrkdwn" as kind, "text": str(words), **rest}:
            if not words:
                yield f"{name} is empty"
            if len(words) > longest:
                yield f"{name} has {len(words)} characters, {longest} are allowed"
            if plain and kind == "mrkdwn":
                yield f"{name} has to be plain text"
            allowed = {"emoji"} if kind == "plain_text" else {"verbatim"}
            yield from (
                f"{name}: nothing known of {other}" for other in sorted(map(str, rest.keys() - allowed))
            )
        case _:
            yield f"{name} is no text"


def element_flaws(element: Any, place: str) -> Iterator[str]:
    """place: the sort of block in which it stands."""
    kind = kind_of(element)
    if kind not in PLACES[place]:
        yield f"no {kind or 'such thing'} in this place ({place})"
        return
    yield from _ELEMENTS.get(kind, _nothing)(element)
    if "placeholder" in element:
        yield from text_flaws(element["placeholder"], "placeholder", 150, plain=True)
    if "confirm" in element:
        yield from _confirm(element["confirm"])


def _nothing(element: Json) -> Iterable[str]:
    return ()


def _button(element: Json) -> Iterator[str]:
    yield from text_flaws(element.get("text"), "label", 75, plain=True)
    for name, longest in (("value", 2000), ("url", 3000), ("accessibility_label", 75)):
        if len(element.get(name, "")) > longest:
            yield f"{name} is over {longest}"
    if element.get("style", "primary") not in ("primary", "danger"):
        yield f"no style {element['style']}"


def _confirm(confirm: Any) -> Iterator[str]:
    for name, longest in (("title", 100), ("text", 300), ("confirm", 30), ("deny", 30)):
        yield from text_flaws(confirm.get(name), f"confirm's {name}", longest, plain=name != "text")


def _image(element: Json) -> Iterator[str]:
    if not 0 < len(element.get("alt_text", "")) <= 2000:
        yield "alt_text is missing or over 2000"
    if not (0 < len(element.get("image_url", "")) <= 3000 or element.get("slack_file")):
        yield "image_url is missing or over 3000"


def _select(element: Json) -> Iterator[str]:
    yield from _options(element, 100)
    groups = as_list(element.get("option_groups"))
    if len(groups) > 100:
        yield f"{len(groups)} option_groups, 100 are allowed"
    for group in groups:
        yield from text_flaws(group.get("label"), "a group's label", 75, plain=True)
        yield from _options(group, 100)


def _few(element: Json) -> Iterator[str]:
    yield from _options(element, 10)


def _overflow(element: Json) -> Iterator[str]:
    yield from _options(element, 5)


def _options(element: Json, most: int) -> Iterator[str]:
    options = as_list(element.get("options"))
    if "option_groups" in element:
        options = [option for group in element["option_groups"] for option in as_list(group.get("options"))]
    elif not 1 <= len(options) <= most:
        yield f"{len(options)} options, 1 to {most} are allowed"
    for option in options:
        yield from _option(option)
    values = [option.get("value") for option in options]
    yield from (f"two options {value}" for value in sorted({str(v) for v in values if values.count(v) > 1}))
    chosen = (
        [element["initial_option"]] if "initial_option" in element else element.get("initial_options", [])
    )
    yield from (f"initially {option.get('value')}, no option" for option in chosen if option not in options)


def _option(option: Json) -> Iterator[str]:
    yield from text_flaws(option.get("text"), "an option", 75)
    if "description" in option:
        yield from text_flaws(option["description"], "an option's description", 75)
    if not 0 < len(option.get("value", "")) <= 150:
        yield "an option's value is missing or over 150"


def _text_input(element: Json) -> Iterator[str]:
    longest = element.get("max_length", 3000)
    if not 1 <= longest <= 3000:
        yield f"max_length {longest}, 1 to 3000 are allowed"
    if not 0 <= element.get("min_length", 0) <= min(longest, 3000):
        yield f"min_length {element['min_length']}"
    if len(element.get("initial_value", "")) > longest:
        yield f"the initial value is over {longest}"


def _number_input(element: Json) -> Iterator[str]:
    if not isinstance(element.get("is_decimal_allowed"), bool):
        yield "is_decimal_allowed is missing"
    for name in ("initial_value", "min_value", "max_value"):
        if not isinstance(element.get(name, ""), str):
            yield f"{name} is no string"


_ELEMENTS: dict[str, Callable[[Json], Iterable[str]]] = {
    "button": _button,
    "checkboxes": _few,
    "image": _image,
    "multi_static_select": _select,
    "number_input": _number_input,
    "overflow": _overflow,
    "plain_text_input": _text_input,
    "radio_buttons": _few,
    "static_select": _select,
}
