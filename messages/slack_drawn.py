"""Drawn: the SDK's objects for blocks as the JSON that they stand for."""

from typing import Any

from slack_sdk.models.basic_objects import JsonObject

_names: dict[type, tuple[str, ...]] = {}


def drawn(part: Any) -> Any:
    """What `to_dict` makes of it, in a fraction of the time: that looks at each object again for limits, all
    of which are kept here where the objects are made.
    """
    if isinstance(part, list | tuple):
        return [drawn(each) for each in part]
    if not isinstance(part, JsonObject):
        return part.to_dict() if hasattr(part, "to_dict") else part
    if type(part).to_dict is not JsonObject.to_dict:
        return part.to_dict()
    found = {name: getattr(part, name, None) for name in _names_of(part)}
    return {
        name: drawn(value) for name, value in found.items() if value is not None and _is_said(name, value)
    }


def _names_of(part: JsonObject) -> tuple[str, ...]:
    """They are the same for all of a kind, and take long to put together."""
    kind = type(part)
    if kind not in _names:
        _names[kind] = tuple(sorted(part.attributes))
    return _names[kind]


def _is_said(name: str, value: Any) -> bool:
    """What is empty is left out, but for what rich text consists of."""
    return name == "elements" or not hasattr(value, "__len__") or len(value) > 0
