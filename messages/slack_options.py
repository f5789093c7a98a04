"""What can be chosen in a Slack modal, and what was.

Slack wants a value of 1 to 150 characters. Any other is written as a mark and what tells it: "=" and the
value itself where that is blank or begins with a mark; "…" and a number where it is too long: the place of
the value in the list that the modal carries along behind what it is about (private_metadata).
"""

import json
from collections.abc import Mapping
from typing import Any

from messages import slack_limits as limits
from messages.cutting import length, shortened
from messages.form import Field, Option
from messages.sendable import is_blank, sendable

_ITSELF, _LISTED, _BEHIND = "=", "…", "\x1e"
_UNANSWERED = {"choice": "Not set", "yes_no": "Not answered"}


class Carried:
    """What a modal carries along: what it is about, and the values that are too long for Slack."""

    def __init__(self, about: str = "", values: tuple[str, ...] = ()) -> None:
        self.about, self._values = about, list(values)

    def code(self, value: str) -> str:
        """The value as Slack takes it; "" where there is no room left to carry it along."""
        short = _ITSELF + value if is_blank(value) or value[0] in (_ITSELF, _LISTED) else value
        if length(short) <= limits.OPTION_VALUE:
            return sendable(short)
        if value not in self._values:
            self._values.append(value)
            if len(str(self)) > limits.METADATA:
                self._values.pop()
                return ""
        return f"{_LISTED}{self._values.index(value)}"

    def decode(self, code: str) -> str:
        if code.startswith(_ITSELF):
            return code[1:]
        number = code[1:]
        if code.startswith(_LISTED) and number.isdecimal() and int(number) < len(self._values):
            return self._values[int(number)]
        return code

    def __str__(self) -> str:
        return self.about + (_BEHIND + json.dumps(self._values) if self._values else "")


def carried(metadata: object) -> Carried:
    """Read back from a view's private_metadata, whatever that may be."""
    whole = metadata if isinstance(metadata, str) else ""
    about, mark, values = whole.rpartition(_BEHIND)
    try:
        found = json.loads(values) if mark else None
    except ValueError:
        found = None
    return Carried(about, tuple(map(str, found))) if isinstance(found, list) else Carried(whole)


def offered(field: Field) -> list[Option]:
    """The options, each value once, with what stands chosen although it is none of them; and none at all
    for what need not be answered, because a choice in Slack cannot be taken back.
    """
    given = {option.value: option for option in field.options}
    if field.kind == "yes_no":
        given = {"yes": Option("yes", "Yes"), "no": Option("no", "No")}
    chosen = {value: Option(value, value) for value in field.chosen if value not in given}
    if not given:
        return []
    needs_none = field.kind in _UNANSWERED and not field.required and "" not in given
    none = [Option("", _UNANSWERED[field.kind])] if needs_none else []
    return [*none, *given.values(), *chosen.values()]


def shown_as(option: Option) -> str:
    label = option.value if is_blank(option.label) else option.label
    return "(empty)" if is_blank(label) else shortened(label, limits.OPTION)


def answer(given: object, carries: Carried) -> str:
    """What stands in one element of a view, of whatever kind; several choices are joined by commas."""
    if not isinstance(given, Mapping):
        return ""
    several = given.get("selected_options")
    if isinstance(several, list):
        return ",".join(filter(None, (_chosen(option, carries) for option in several)))
    if isinstance(given.get("selected_option"), Mapping):
        return _chosen(given["selected_option"], carries)
    return _text(given.get("value"))


def _chosen(option: Any, carries: Carried) -> str:
    return carries.decode(_text(option.get("value"))) if isinstance(option, Mapping) else ""


def _text(value: object) -> str:
    return value.replace("\r\n", "\n") if isinstance(value, str) else ""
