"""Forms: a verb's signature as questions to fill in, and what was filled in as its arguments."""

from typing import Any

from commands.base import CommandError, Request
from commands.grammar.choices import said
from commands.grammar.kinds import Filled
from commands.grammar.signature import Part, convert, texts_of
from messages.form import Field, Form, Option
from messages.message import Message


def form_for(
    verb: Any,
    request: Request,
    words: str = "",
    values: dict[str, str] | None = None,
    error: CommandError | None = None,
) -> Message:
    """The form of a verb.

    words: what was typed already. values: what stands in the fields. error: shown at its field.
    """
    filled = texts_of(verb.parts, words) | (values or {})
    fields = tuple(_field(part, request, filled.get(part.name, ""), error) for part in verb.parts)
    title = verb.purpose.rstrip(".")
    return Message((Form(title=title, command=verb.path, fields=fields),), f"{title}: please fill in.")


def _field(part: Part, request: Request, value: str, error: CommandError | None) -> Field:
    options = _options(part, request)
    return Field(
        name=part.name,
        label=part.says.label,
        kind="lines"
        if part.says.long
        else part.kind.field
        if options or part.kind.field != "choice"
        else "text",
        hint=part.says.hint,
        example=part.says.example,
        required=part.is_required,
        value=value,
        options=options,
        error=error.wrong if error and error.field == part.name else "",
    )


def _options(part: Part, request: Request) -> tuple[Option, ...]:
    """What a form offers to choose from, as people know it: "2: Help people choose the right service"."""
    if part.kind.field != "choice" or part.kind.choices is None:
        return ()
    choices = part.kind.choices(request)
    return tuple(Option(choice.text, said(choice.value, request) or choice.label) for choice in choices)


def read_fields(parts: tuple[Part, ...], fields: dict[str, str], request: Request) -> dict[str, Any]:
    """What a form was filled with as the verb's arguments; text is never turned back into a line."""
    rows = next((part for part in parts if part.type is Filled), None)
    if rows is None:
        return convert(list(parts), fields, request)
    return {rows.parameter: _rows(rows.name, fields)}


def _rows(name: str, fields: dict[str, str]) -> Filled:
    """Fields called "review.A3.state" as rows."""
    found: dict[str, dict[str, str]] = {}
    for field, text in fields.items():
        table, key, column = [*field.split(".", 2), "", ""][:3]
        if table == name and text.strip():
            found.setdefault(key, {})[column] = text.strip()
    return Filled(tuple(found.items()))
