"""A form where none can be filled in: what it asks, and a button that opens it."""

from collections.abc import Iterable

from messages.cutting import shortened
from messages.form import Field, Form, Rows
from messages.message import LONGEST_LINE, Block, Button, Buttons, Heading, List, Spans, Text

FILL_IN = "fill in "
"""Begins a button's line that is not to be carried out: its form is to be filled in first."""
MOST, LONGEST = 20, 140
"""Questions that are shown, and characters of each."""


def in_words(form: Form) -> tuple[Block, ...]:
    title = Heading(shortened(form.title, 1000))
    button = Buttons((Button("Fill in", filling_line(form)),))
    questions = tuple(map(_shown, _questions(form)))
    if not questions:
        return (title, button)
    more = len(questions) - MOST
    shown = (*questions[:MOST], (Text(f"… and {more} more"),)) if more > 0 else questions
    return (title, List(shown), button)


def filling_line(form: Form) -> str:
    """The command with what stands in its fields already, if there is room for all of that."""
    line = "".join([f"{FILL_IN}/{form.command}", *map(_filled, form.fields)])
    return line if len(line) <= LONGEST_LINE else f"{FILL_IN}/{form.command}"[:LONGEST_LINE]


def _filled(asked: Field | Rows) -> str:
    """Of rows a line each, as they can be typed: "A3 changed we meet monthly"."""
    if isinstance(asked, Field):
        return f" {asked.name}: {asked.value}" if asked.value else ""
    rows = ([row.key, *(text for _, text in row.values if text)] for row in asked.rows)
    lines = "\n".join(" ".join(row) for row in rows if len(row) > 1)
    return f" {lines}" if lines else ""


def _questions(form: Form) -> Iterable[tuple[str, str]]:
    """What is asked, and what is wrong with the last answer."""
    for asked in form.fields:
        if isinstance(asked, Rows):
            yield from ((row.label, "; ".join(text for _, text in row.errors)) for row in asked.rows)
        else:
            yield f"{asked.label}{' (needed)' if asked.required else ''}", asked.error


def _shown(question: tuple[str, str]) -> Spans:
    label, error = (shortened(text, LONGEST) for text in question)
    return (Text(label), *((Text(" Not yet: ", bold=True), Text(error)) if error else ()))
