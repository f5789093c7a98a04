"""What a browser makes of a page: its tree of elements, and what it sends when a form's button is pressed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

import html5lib


@dataclass(frozen=True)
class Element:
    tag: str
    attributes: tuple[tuple[str, str], ...]
    inside: tuple["Node", ...]

    def __getitem__(self, name: str) -> str:
        return dict(self.attributes).get(name, "")

    def has(self, name: str) -> bool:
        return name in dict(self.attributes)

    @property
    def text(self) -> str:
        """As a reader would copy it: a <br> is a line break."""
        inside = (each if isinstance(each, str) else each.text for each in self.inside)
        return "\n" if self.tag == "br" else "".join(inside)

    def all(self, *tags: str) -> Iterator["Element"]:
        """The elements inside, at any depth, in their order; of these tags, if any are given."""
        for each in self.inside:
            if isinstance(each, Element):
                if not tags or each.tag in tags:
                    yield each
                yield from each.all(*tags)


Node: TypeAlias = Element | str


def parse(html: str) -> Element:
    """As it stands in the body of a page."""
    page = html5lib.parse(f"<!DOCTYPE html><body>{html}", namespaceHTMLElements=False)
    return _element(page.find("body"))


def _element(found: Any) -> Element:
    """`found.tag` is a function for comments and the like, of which no page of ours has any."""
    inside: list[Node] = [found.text or ""]
    for child in found:
        inside += [_element(child), child.tail or ""]
    attributes = tuple(sorted((str(name), value) for name, value in found.attrib.items()))
    return Element(str(found.tag), attributes, tuple(each for each in inside if each))


def sent(form: Element, button: str = "") -> list[tuple[str, str]]:
    """The names and values a form sends when the button with this label, or else the first, is pressed."""
    buttons = [each for each in form.all("button") if button in ("", each.text)]
    pairs: list[tuple[str, str]] = []
    for control in form.all("input", "textarea", "select", "button"):
        if control.tag != "button" or control == buttons[0]:
            pairs += [
                (_as_sent(control["name"]), _as_sent(value)) for value in _values(control) if control["name"]
            ]
    return pairs


def _as_sent(value: str) -> str:
    return re.sub("\r\n?|\n", "\r\n", value)


def _values(control: Element) -> list[str]:
    value = control["value"]
    match control.tag, control["type"]:
        case "select", _:
            options = list(control.all("option"))
            return [option["value"] for option in [o for o in options if o.has("selected")] or options][-1:]
        case "textarea", _:
            return [control.text]
        case "input", "radio" | "checkbox":
            return [value] if control.has("checked") else []
        case "input", "text":
            return [re.sub("[\r\n]", "", value)]
        case "input", "date":
            return [value if _is_day(value) else ""]
        case _:
            return [value]


def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
