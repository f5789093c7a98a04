"""Forms on a page, and what a browser sends back of them."""

from collections.abc import Iterable
from datetime import date

from markupsafe import Markup

from messages.form import Field, Form, Rows
from messages.html_fields import as_field, id_of, named
from messages.html_page import Frame, element, hidden, joined, sent_along, words
from messages.words import MONTHS

_TYPED, _PICKED = "field.", "pick."


def as_form(form: Form, frame: Frame) -> Markup:
    """Needed answers are asked for by the reply, not by the browser: nobody is kept from sending a form."""
    id_ = f"{frame.prefix}-form-title"  # never a field's: the ids of fields have no second dash
    title = words(f"h{frame.level}", form.title, id=id_)
    if not frame.fill:
        return joined(title, element("ul", *_questions(form), class_="asked"))
    questions = element(
        "div",
        title,
        _errors(form, frame.prefix),
        *(_asked(field, frame.prefix) for field in form.fields),
        _ends(form),
        class_="questions",
        role="group",  # no landmark, of which there would be several with one name
        aria_labelledby=id_,
    )
    return element(
        "form",
        sent_along(frame),
        hidden("command", form.command),
        questions,
        class_="form",
        method="post",
        action=frame.fill,
        autocomplete="off",
        data_command=form.command,
    )


def _asked(asked: Field | Rows, prefix: str) -> Markup:
    if isinstance(asked, Field):
        return as_field(asked, prefix)
    rows = (_row(row.label, asked.filled(row), prefix) for row in asked.rows)
    return element("fieldset", words("legend", asked.label), *rows, class_="rows")


def _row(label: str, fields: Iterable[Field], prefix: str) -> Markup:
    inside = (as_field(field, prefix) for field in fields)
    return element("fieldset", words("legend", label), *inside, class_="row")


def _ends(form: Form) -> Markup:
    send = words("button", form.submit, type="submit")
    cancel = element(
        "button", "Cancel", type="submit", name="cancel", value="yes", formnovalidate="", class_="quiet"
    )
    return element("div", send, cancel, class_="ends")


def _errors(form: Form, prefix: str) -> Markup:
    """What is wrong anywhere in the form, with a link to each place."""
    wrong = [(label, field) for label, field in _labelled(form) if field.error]
    if not wrong:
        return Markup("")
    links = (
        element("li", words("a", f"{label}: {field.error}", href=f"#{id_of(field.name, prefix)}"))
        for label, field in wrong
    )
    lead = element("p", "Nothing is saved yet. Please look again at:")
    return element("div", lead, element("ul", *links), class_="errors", role="alert", tabindex="-1")


def _labelled(form: Form) -> Iterable[tuple[str, Field]]:
    """Every field, those of rows too, with what it is called in the whole form."""
    for asked in form.fields:
        if isinstance(asked, Field):
            yield asked.label, asked
        else:
            yield from (
                (f"{row.label}, {field.label}", field) for row in asked.rows for field in asked.filled(row)
            )


def _questions(form: Form) -> Iterable[Markup]:
    for asked in form.fields:
        if isinstance(asked, Field):
            yield words("li", named(asked))
        else:
            yield words("li", asked.label, element("ul", *(words("li", row.label) for row in asked.rows)))


def read_filled(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """What a browser sent back, as the answers of a form: several of one name are joined by commas,
    and a day of the calendar counts where nothing was typed.
    """
    sent: dict[str, list[str]] = {}
    for name, text in pairs:
        sent.setdefault(_one_line_break(name), []).append(_one_line_break(text))
    whole = {name: ",".join(filter(None, texts)) for name, texts in sent.items()}
    typed = {name.removeprefix(_TYPED): text for name, text in whole.items() if name.startswith(_TYPED)}
    picked = {name.removeprefix(_PICKED): day for name, day in whole.items() if name.startswith(_PICKED)}
    days = {name: _day(day) for name, day in picked.items() if day and not typed.get(name, "").strip()}
    return typed | days


def _one_line_break(text: str) -> str:
    """A browser sends every kind of line break as two characters, in names too."""
    return text.replace("\r\n", "\n")


def _day(iso: str) -> str:
    """As "12 June 2026"; what is no such day is left as it is, to be asked about."""
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
