"""The fields of a form on a page: what was answered stands in them, what was wrong with it beside them."""

import re
from typing import assert_never

from markupsafe import Markup

from messages.form import Field, Option
from messages.html_page import element, hidden, joined, words

FEW = 4
"""Options that are shown at once; where there are more, they unfold."""

_LINE_BREAK = re.compile("[\r\n]")


def id_of(name: str, prefix: str) -> str:
    """The id of a field's (first) input; different for different names, whatever they are made of."""
    return f"{prefix}-" + re.sub("[^A-Za-z0-9]", lambda found: f"_{ord(found[0]):x}_", name)


def as_field(field: Field, prefix: str) -> Markup:
    id_ = id_of(field.name, prefix)
    match field.kind:
        case "text" | "lines" | "number":
            return _labelled(field, id_, _input(field, id_))
        case "when":
            return _labelled(field, id_, _when(field, id_))
        case "choice" if len(field.options) > FEW:
            return _labelled(field, id_, _select(field, id_))
        case "choice":
            return _radios(field, id_)
        case "choices":
            return _checkboxes(field, id_)
        case "yes_no":
            return _yes_no(field, id_)
        case _:
            assert_never(field.kind)


def named(field: Field) -> Markup:
    """A field's label, which says whether an answer is needed."""
    needed = element("span", "(needed)", class_="needed")
    return joined(field.label, " ", needed) if field.required else joined(field.label)


def _labelled(field: Field, id_: str, control: Markup) -> Markup:
    return element("div", words("label", named(field), for_=id_), _notes(field, id_), control, class_="field")


def _notes(field: Field, id_: str) -> Markup:
    return joined(*(words("p", said, also=note, id=f"{id_}-{note}") for note, said in _said(field).items()))


def _said(field: Field) -> dict[str, str]:
    """What is said about a field, what is wrong first."""
    wrong = joined(element("strong", "Not yet:"), " ", field.error) if field.error else ""
    example = f"Such as: {field.example}" if field.example else ""
    said = {"error": wrong, "hint": field.hint, "example": example}
    return {note: text for note, text in said.items() if text}


def _told(field: Field, id_: str, *more: str) -> dict[str, str | None]:
    """What a screen reader is told of a field: its notes, whether it is wrong, whether it is needed."""
    notes = " ".join(f"{id_}-{note}" for note in (*_said(field), *more))
    return {
        "aria_describedby": notes or None,
        "aria_invalid": "true" if field.error else None,
        "aria_required": "true" if field.required else None,
    }


def _input(field: Field, id_: str) -> Markup:
    """An input of one line would lose the line breaks of what was typed elsewhere."""
    is_when = field.kind == "when"
    attributes = {
        "id": id_,
        "name": f"field.{field.name}",
        "dir": "auto",
        "data_when": "" if is_when else None,
        **_told(field, id_, *(["understood"] if is_when else [])),
    }
    if field.kind == "lines" or _LINE_BREAK.search(field.value):
        return element("textarea", "\n", field.value, rows="3", **attributes)  # a browser drops the first \n
    mode = "numeric" if field.kind == "number" else None
    return element("input", type="text", inputmode=mode, value=field.value, **attributes)


def _when(field: Field, id_: str) -> Markup:
    """Words and a calendar; below them is room for a page to say how it understands the words."""
    name = f"Calendar for: {field.label}"
    calendar = element("input", type="date", name=f"pick.{field.name}", aria_label=name)
    both = element("div", _input(field, id_), calendar, class_="when")
    return joined(both, element("output", class_="understood", id=f"{id_}-understood", for_=id_))


def _offered(field: Field) -> list[Option]:
    """The options, and what stands chosen although it is none of them."""
    known = {option.value for option in field.options}
    return [*field.options, *(Option(value, value) for value in field.chosen if value not in known)]


def _select(field: Field, id_: str) -> Markup:
    options = [Option("", "Choose…" if field.required else "Not set"), *_offered(field)]
    inside = (
        element("option", each.label, value=each.value, selected="" if each.value == field.value else None)
        for each in options
    )
    return element("select", *inside, id=id_, name=f"field.{field.name}", **_told(field, id_))


def _radios(field: Field, id_: str) -> Markup:
    """What need not be answered can be taken back."""
    options = _offered(field) if field.required else [Option("", "Not answered"), *_offered(field)]
    chosen = {field.value}
    return _group(field, id_, _ticks(field, id_, options, chosen), role="radiogroup", **_told(field, id_))


def _checkboxes(field: Field, id_: str) -> Markup:
    """Whether it is wrong is told at each box: a group cannot say so."""
    told = _told(field, id_)
    ticks = _ticks(field, id_, _offered(field), set(field.chosen), aria_invalid=told["aria_invalid"])
    return _group(field, id_, joined(_nothing(field), ticks), aria_describedby=told["aria_describedby"])


def _group(field: Field, id_: str, ticks: Markup, **attributes: str | None) -> Markup:
    legend = words("legend", named(field))
    return element("fieldset", legend, _notes(field, id_), ticks, class_="field choice", **attributes)


def _yes_no(field: Field, id_: str) -> Markup:
    yes = [Option("yes", named(field))]
    tick = _ticks(field, id_, yes, {field.value}, **_told(field, id_))
    return element("div", _nothing(field), tick, _notes(field, id_), class_="field")


def _nothing(field: Field) -> Markup:
    """A browser does not send a box without a tick: this says that the question was there."""
    return hidden(f"field.{field.name}", "")


def _ticks(
    field: Field, id_: str, options: list[Option], chosen: set[str], **attributes: str | None
) -> Markup:
    """The first has the field's id, so that a link to the field leads to it."""
    return joined(
        *(_tick(field, option, None if n else id_, chosen, **attributes) for n, option in enumerate(options))
    )


def _tick(
    field: Field, option: Option, id_: str | None, chosen: set[str], **attributes: str | None
) -> Markup:
    """A radio button or a checkbox, with its label around it."""
    box = element(
        "input",
        type="radio" if field.kind == "choice" else "checkbox",
        id=id_,
        name=f"field.{field.name}",
        value=option.value,
        checked="" if option.value in chosen else None,
        **attributes,
    )
    return element("label", box, words("span", option.label), class_="option")
