"""Forms: a verb's signature as questions to fill in, and what was filled in as its arguments."""

from typing import Any

from commands.base import CommandError, Missing, Request
from commands.grammar.choices import said
from commands.grammar.kinds import Filled
from commands.grammar.signature import Part, convert, texts_of
from commands.grammar.understanding import whole
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

    words: what was typed already. values: what stands in the fields. error: shown at its field; so are its
    others.
    """
    filled = texts_of(verb.parts, words) | (values or {})
    wrong = {each.field: _wrong(each) for each in (error, *error.others)} if error else {}
    fields = tuple(
        _field(part, request, filled.get(part.name, ""), wrong.get(part.name, "")) for part in verb.parts
    )
    title = verb.purpose.rstrip(".")
    return Message((Form(title=title, command=verb.path, fields=fields),), f"{title}: please fill in.")


def names_no_more(parts: tuple[Part, ...], words: str, missing: Missing) -> bool:
    """Whether nothing was typed after a verb, or no more than the number of what it is about."""
    is_one = parts[0].kind.words == 1 and missing.field != parts[0].name and len(words.split()) == 1
    return is_one or not words.strip()


def _wrong(error: CommandError) -> str:
    """Of what is missing the label is enough."""
    if isinstance(error, Missing):
        return "Please fill this in."
    return whole(error)


def _field(part: Part, request: Request, value: str, error: str) -> Field:
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
        example="" if options else part.says.example,
        required=part.is_required,
        value=value,
        options=options,
        error=error,
    )


def _options(part: Part, request: Request) -> tuple[Option, ...]:
    """What a form offers to choose from, as people know it: "2: Help people choose the right service"."""
    if part.kind.field != "choice" or part.kind.choices is None:
        return ()
    choices = part.kind.choices(request)
    return tuple(Option(choice.text, said(choice.value, request) or choice.label) for choice in choices)


def read_fields(parts: tuple[Part, ...], fields: dict[str, str], request: Request) -> dict[str, Any]:
    """What a form was filled with as the verb's arguments; text is never turned back into a line.

    Raises CommandError about the first part that is wrong, with the others.
    """
    rows = next((part for part in parts if part.type is Filled), None)
    if rows is not None:
        return {rows.parameter: _rows(rows.name, fields)}
    values: dict[str, Any] = {}
    wrong: list[CommandError] = []
    for part in parts:
        try:
            values |= convert([part], fields, request)
        except CommandError as error:
            wrong.append(error)
    if wrong:
        wrong[0].others = tuple(wrong[1:])
        raise wrong[0]
    return values


def _rows(name: str, fields: dict[str, str]) -> Filled:
    """Fields called "review.A3.state" as rows."""
    found: dict[str, dict[str, str]] = {}
    for field, text in fields.items():
        table, key, column = [*field.split(".", 2), "", ""][:3]
        if table == name and text.strip():
            found.setdefault(key, {})[column] = text.strip()
    return Filled(tuple(found.items()))
