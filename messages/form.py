"""Forms: questions a person fills in, the same in a Slack modal, an Adaptive Card and a web page."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["text", "lines", "choice", "choices", "when", "number", "yes_no"]
"""One line, several lines, one of the options, any of the options, a date in words, a number, yes or no."""


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Field:
    """One question. `value` is what stands in it at first: the values of several choices are joined by
    commas, yes or no is "yes", "no" or empty. `error` says what was wrong with the last answer.
    """

    name: str
    label: str
    kind: Kind = "text"
    hint: str = ""
    example: str = ""
    required: bool = False
    value: str = ""
    options: tuple[Option, ...] = ()
    error: str = ""

    def __post_init__(self) -> None:
        if not self.label.strip():
            raise ValueError(f"the field {self.name!r} needs a label")
        if self.kind == "choices" and any("," in option.value for option in self.options):
            raise ValueError(f"an option of {self.name!r} has a comma in its value")

    @property
    def chosen(self) -> tuple[str, ...]:
        """The values of the options that stand chosen."""
        values = self.value.split(",") if self.kind == "choices" else [self.value]
        return tuple(filter(None, values))


@dataclass(frozen=True, slots=True)
class Row:
    """One thing to be answered about, such as "A3 Keep the website fresh" with the key "A3".
    `values` and `errors` are pairs of a field's name and its text; a field left out is empty.
    """

    key: str
    label: str
    values: tuple[tuple[str, str], ...] = ()
    errors: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Rows:
    """The same few questions about each of several things, such as a quarterly review."""

    name: str
    label: str
    fields: tuple[Field, ...]
    rows: tuple[Row, ...]

    def filled(self, row: Row) -> tuple[Field, ...]:
        """The row's own fields: named "review.A3.state", with what the row says of value and error."""
        values, errors = dict(row.values), dict(row.errors)
        return tuple(
            replace(
                field,
                name=f"{self.name}.{row.key}.{field.name}",
                value=values.get(field.name, field.value),
                error=errors.get(field.name, field.error),
            )
            for field in self.fields
        )


@dataclass(frozen=True, slots=True)
class Form:
    """`command` hears the answers, such as "action add"; `submit` is the label of the button."""

    title: str
    command: str
    fields: tuple[Field | Rows, ...]
    submit: str = "Save"


def filled_in(form: Form, fields: dict[str, str]) -> Form:
    """The form with what was given, by the fields' names as they were sent back."""
    return replace(form, fields=tuple(_filled(field, fields) for field in form.fields))


def with_errors(form: Form, errors: Mapping[str, str]) -> Form:
    """The form with what is wrong at its fields, by the names under which they are sent back."""
    return replace(form, fields=tuple(_with_error(field, errors) for field in form.fields))


def _with_error(field: Field | Rows, errors: Mapping[str, str]) -> Field | Rows:
    if isinstance(field, Field):
        return replace(field, error=errors.get(field.name, field.error))
    rows = tuple(replace(row, errors=_errors_of(field, row, errors)) for row in field.rows)
    return replace(field, rows=rows)


def _errors_of(rows: Rows, row: Row, errors: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    named = ((field.name, f"{rows.name}.{row.key}.{field.name}") for field in rows.fields)
    return tuple((name, errors[sent]) for name, sent in named if sent in errors) or row.errors


def _filled(field: Field | Rows, fields: dict[str, str]) -> Field | Rows:
    if isinstance(field, Field):
        return replace(field, value=fields.get(field.name, field.value))
    rows = tuple(
        replace(
            row,
            values=tuple(
                (own.name, fields.get(f"{field.name}.{row.key}.{own.name}", "")) for own in field.fields
            ),
        )
        for row in field.rows
    )
    return replace(field, rows=rows)
