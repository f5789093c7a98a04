"""Forms in Slack: a modal that asks, what was filled in, and views that show a message."""

from collections.abc import Iterator, Mapping
from typing import Any, assert_never

from slack_sdk.models import blocks as kit
from slack_sdk.models.views import View

from messages import slack_limits as limits
from messages.cutting import end_within, length, shortened, whole_end
from messages.form import Field, Form, Rows
from messages.message import Message
from messages.sendable import is_blank, sendable
from messages.slack import NOBODY, bold_line, kit_blocks, plain_text, small_print
from messages.slack_options import Carried, answer, carried, offered, shown_as

_NAME = "Commsbot"
_WHEN = "A date in words, such as: friday, 12 June, end of June, ongoing"
_WRONG = "Nothing is saved yet. Please look again where it says “Not yet”."
_NOTHING = "There is nothing to fill in: just send it."


def as_modal(message: Message, about: str = "") -> dict[str, Any]:
    """A modal that asks what the message's form asks. What has no room is left out, and said at the end.

    about: comes back with the answers, see about_of. Raises ValueError for a message without a form.
    """
    form, carries = _form_of(message), Carried(about)
    title = _title(form)
    above = [] if title in (form.title, _NAME) else [bold_line(form.title)]
    above += [kit.SectionBlock(text=plain_text(_WRONG))] if errors_of(message) else []
    blocks = _with_room(list(_asked(form, carries)), limits.VIEW_BLOCKS - len(above))
    view = View(
        type="modal",
        callback_id=form.command,
        private_metadata=str(carries),
        title=plain_text(title),
        submit=plain_text(shortened("Save" if is_blank(form.submit) else form.submit, limits.VIEW_TITLE)),
        close=plain_text("Cancel"),
        blocks=[*above, *blocks] or [small_print(_NOTHING)],
    )
    return view.to_dict()


def errors_of(message: Message) -> dict[str, str]:
    """What is wrong in the message's form, by the names of its fields, which are the ids of their blocks."""
    fields = (
        field
        for asked in _form_of(message).fields
        for field in ((asked,) if isinstance(asked, Field) else _fields_of(asked))
    )
    return {field.name: sendable(shortened(field.error, limits.LABEL)) for field in fields if field.error}


def read_modal(view: Mapping[str, Any]) -> dict[str, str]:
    """What a modal was filled with, as the answers of a form; "" for what is missing or of no known kind."""
    carries = carried(view.get("private_metadata"))
    blocks = view.get("blocks")
    asked = {
        str(block["block_id"]): ""
        for block in (blocks if isinstance(blocks, list) else [])
        if isinstance(block, Mapping) and block.get("type") == "input" and block.get("block_id")
    }
    values = _mapping(_mapping(view.get("state")).get("values"))
    given = {name: answer(_only(actions), carries) for name, actions in values.items()}
    return asked | given


def _only(actions: object) -> object:
    """A block has one input, under the field's name again: no two action ids may be the same in a view."""
    return next(iter(_mapping(actions).values()), None)


def about_of(view: Mapping[str, Any]) -> str:
    """What as_modal was told to carry along."""
    return carried(view.get("private_metadata")).about


def _title(form: Form) -> str:
    """What is said in full above the questions, where it is too long, is the command alone: "Action drop"."""
    told = _NAME if is_blank(form.title) else form.title
    command = _NAME if is_blank(form.command) else form.command.capitalize()
    return shortened(told if len(told) <= limits.VIEW_TITLE else command, limits.VIEW_TITLE)


def as_answer(message: Message, users: Mapping[int, str] = NOBODY, title: str = _NAME) -> dict[str, Any]:
    """A modal that shows a message and asks nothing."""
    return View(
        type="modal",
        title=plain_text(shortened(_NAME if is_blank(title) else title, limits.VIEW_TITLE)),
        close=plain_text("Close"),
        blocks=_shown(message, users),
    ).to_dict()


def as_home(message: Message, users: Mapping[int, str] = NOBODY) -> dict[str, Any]:
    return View(type="home", blocks=_shown(message, users)).to_dict()


def _shown(message: Message, users: Mapping[int, str]) -> list[kit.Block]:
    """A view takes no tables."""
    blocks = list(kit_blocks(message.blocks, users, tables=0))
    if len(blocks) > limits.VIEW_BLOCKS:
        blocks = [
            *blocks[: limits.VIEW_BLOCKS - 1],
            small_print("… and more, for which there is no room here"),
        ]
    summary = "Nothing to show." if is_blank(message.summary) else message.summary
    return blocks or [small_print(shortened(summary, limits.RICH))]


def _form_of(message: Message) -> Form:
    form = next((block for block in message.blocks if isinstance(block, Form)), None)
    if form is None:
        raise ValueError("this message has no form")
    return form


def _fields_of(rows: Rows) -> Iterator[Field]:
    for row in rows.rows:
        yield from rows.filled(row)


def _asked(form: Form, carries: Carried) -> Iterator[list[kit.Block]]:
    """The blocks of each question, and of each row of questions."""
    for asked in form.fields:
        if isinstance(asked, Field):
            yield list(_question(asked, carries))
            continue
        heading = [] if is_blank(asked.label) else [bold_line(asked.label, is_heading=True)]
        for row in asked.rows:
            label = [] if is_blank(row.label) else [bold_line(row.label)]
            fields = (block for field in asked.filled(row) for block in _question(field, carries))
            yield [*heading, *label, *fields]
            heading = []


def _with_room(groups: list[list[kit.Block]], room: int) -> list[kit.Block]:
    shown: list[kit.Block] = []
    for number, group in enumerate(groups, 1):
        is_last = number == len(groups)
        if len(shown) + len(group) + (not is_last) > room:
            more = len(groups) - number + 1
            return [*shown, small_print(f"… and {more} more; send these first")]
        shown += group
    return shown


def _question(field: Field, carries: Carried) -> Iterator[kit.Block]:
    if field.error:
        yield small_print(shortened(f"Not yet: {field.error}", limits.RICH))
    element, notes = _element(field, carries)
    example = f"Such as: {field.example}" if field.example else ""
    usual = _WHEN if field.kind == "when" and not field.hint and not field.example else ""
    hint = "\n".join(filter(None, [field.hint, example, usual, *notes]))
    yield kit.InputBlock(
        block_id=field.name,
        label=plain_text(shortened(field.label, limits.LABEL)),
        hint=None if is_blank(hint) else plain_text(shortened(hint, limits.LABEL)),
        element=element,
        optional=not field.required,
    )


def _element(field: Field, carries: Carried) -> tuple[kit.InputInteractiveElement, list[str]]:
    """What is filled in, and what has to be said about it."""
    match field.kind:
        case "text" | "lines" | "when" | "number":
            return _box(field)
        case "choice" | "choices" | "yes_no":
            options, notes = _options(field, carries)
            return (_menu(field, options, carries), notes) if options else _box(field)
        case _:
            assert_never(field.kind)


def _id(field: Field) -> str:
    return f"answer.{field.name}"[:255]


def _box(field: Field) -> tuple[kit.InputInteractiveElement, list[str]]:
    """A box of one line would lose the line breaks of what was typed elsewhere."""
    value = sendable(field.value)
    end, notes = len(value), []
    if length(value) > limits.ANSWER:
        end = whole_end(value, end_within(value, limits.ANSWER)) or end_within(value, limits.ANSWER)
        room = f"Only the first {end:,} of {len(value):,} characters have room here."
        notes = [f"{room} If you send this, the rest is lost."]
    box = kit.PlainTextInputElement(
        action_id=_id(field),
        initial_value=value[:end] or None,
        multiline=field.kind == "lines" or "\n" in value,
        max_length=limits.ANSWER,
    )
    return box, notes


def _options(field: Field, carries: Carried) -> tuple[dict[str, kit.Option], list[str]]:
    """By their codes. A modal has room for only so many long values."""
    most = limits.OPTIONS * limits.GROUPS
    codes = {carries.code(option.value): option for option in offered(field)}
    left = codes.pop("", None)
    options = {
        code: kit.Option(text=plain_text(shown_as(option)), value=code)
        for code, option in list(codes.items())[:most]
    }
    is_short = left is not None or len(codes) > most
    return options, ["There is more to choose than has room here: it can be typed."] if is_short else []


def _menu(field: Field, options: dict[str, kit.Option], carries: Carried) -> kit.InputInteractiveElement:
    all_ = list(options.values())
    initial = options.get(carries.code(field.value))
    if field.kind == "choices":
        chosen = [options[code] for code in map(carries.code, field.chosen) if code in options] or None
        if len(all_) <= limits.CHECKBOXES:
            return kit.CheckboxesElement(action_id=_id(field), options=all_, initial_options=chosen)
        return kit.StaticMultiSelectElement(
            action_id=_id(field), placeholder="Choose…", initial_options=chosen, **_in_groups(all_)
        )
    if field.kind == "yes_no" or len(field.options) <= limits.RADIOS:
        return kit.RadioButtonsElement(action_id=_id(field), options=all_, initial_option=initial)
    return kit.StaticSelectElement(
        action_id=_id(field), placeholder="Choose…", initial_option=initial, **_in_groups(all_)
    )


def _in_groups(options: list[kit.Option]) -> dict[str, Any]:
    most = limits.OPTIONS
    if len(options) <= most:
        return {"options": options}
    parts = [(start + 1, options[start : start + most]) for start in range(0, len(options), most)]
    return {
        "option_groups": [
            kit.OptionGroup(label=plain_text(f"{first} to {first + len(part) - 1}"), options=part)
            for first, part in parts
        ]
    }


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
