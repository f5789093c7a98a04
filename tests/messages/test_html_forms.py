"""Forms on a page: how each field looks, what it is called, what is said to be wrong with it."""

import pytest

from messages.form import Field, Form, Option, Rows
from messages.html import Frame, as_html
from messages.message import Message
from tests.messages.browser import Element, parse
from tests.messages.test_text import FORM, REVIEW

PAGE = Frame(prefix="m1", fill="/fill", hidden=(("token", "t"),))
W = 'class="words" dir="auto"'
FEW = (Option("r", "Running"), Option("p", "Paused"))
MANY = tuple(Option(letter, letter.upper()) for letter in "abcde")


def page(*forms: Form) -> Element:
    return parse(as_html(Message(forms), PAGE))


def form_of(*fields: Field | Rows) -> Element:
    (form,) = page(Form("New action", "action add", fields)).all("form")
    return form


def html_of(field: Field) -> str:
    """What stands between the title with what is wrong, and the buttons at the end."""
    html = as_html(Message((Form("T", "c", (field,)),)), PAGE)
    asked = html.split("</ul></div>") if field.error else html.split('id="m1-1-form-title">T</h3>')
    return asked[1].split('<div class="ends">')[0]


def test_form_is_sent_with_its_command() -> None:
    form = Form("New action", "action add", (), submit="Add it")

    assert as_html(Message((form,)), PAGE) == (
        '<form class="form" method="post" action="/fill" autocomplete="off" data-command="action add">'
        '<input type="hidden" name="token" value="t">'
        '<input type="hidden" name="command" value="action add">'
        '<div class="questions" role="group" aria-labelledby="m1-1-form-title">'
        f'<h3 {W} id="m1-1-form-title">New action</h3>'
        f'<div class="ends"><button {W} type="submit">Add it</button>'
        '<button type="submit" name="cancel" value="yes" formnovalidate="" class="quiet">Cancel</button>'
        "</div></div></form>"
    )


NOTES = (
    '<p class="words error" dir="auto" id="m1-1-a-error"><strong>Not yet:</strong> No</p>'
    '<p class="words hint" dir="auto" id="m1-1-a-hint">Why</p>'
    '<p class="words example" dir="auto" id="m1-1-a-example">Such as: x</p>'
)
TOLD = 'aria-describedby="m1-1-a-error m1-1-a-hint m1-1-a-example" aria-invalid="true" aria-required="true"'
NEEDED = '<span class="needed">(needed)</span>'


@pytest.mark.parametrize(
    ("field", "html"),
    [
        (
            Field("a", "A", value='"1'),
            f'<div class="field"><label {W} for="m1-1-a">A</label>'
            '<input type="text" value="&#34;1" id="m1-1-a" name="field.a" dir="auto"></div>',
        ),
        (
            Field("a", "A", "number"),
            f'<div class="field"><label {W} for="m1-1-a">A</label><input type="text" inputmode="numeric" '
            'value="" id="m1-1-a" name="field.a" dir="auto"></div>',
        ),
        (
            Field("a", "A", "lines", value="\n1"),
            f'<div class="field"><label {W} for="m1-1-a">A</label>'
            '<textarea rows="3" id="m1-1-a" name="field.a" dir="auto">\n\n1</textarea></div>',
        ),
        (
            Field("a", "A", value="1\n2"),
            f'<div class="field"><label {W} for="m1-1-a">A</label>'
            '<textarea rows="3" id="m1-1-a" name="field.a" dir="auto">\n1\n2</textarea></div>',
        ),
        (
            Field("a", "A", "when", value="June"),
            f'<div class="field"><label {W} for="m1-1-a">A</label><div class="when">'
            '<input type="text" value="June" id="m1-1-a" name="field.a" dir="auto" data-when="" '
            'aria-describedby="m1-1-a-understood">'
            '<input type="date" name="pick.a" aria-label="Calendar for: A"></div>'
            '<output class="understood" id="m1-1-a-understood" for="m1-1-a"></output></div>',
        ),
        (
            Field("a", "A", "choice", options=FEW, value="p"),
            f'<fieldset class="field choice" role="radiogroup"><legend {W}>A</legend>'
            '<label class="option"><input type="radio" id="m1-1-a" name="field.a" value="">'
            f"<span {W}>Not answered</span></label>"
            '<label class="option"><input type="radio" name="field.a" value="r">'
            f"<span {W}>Running</span></label>"
            '<label class="option"><input type="radio" name="field.a" value="p" checked="">'
            f"<span {W}>Paused</span></label></fieldset>",
        ),
        (
            Field("a", "A", "choice", options=FEW[:1], required=True, hint="Why", example="x", error="No"),
            f'<fieldset class="field choice" role="radiogroup" {TOLD}><legend {W}>A {NEEDED}</legend>{NOTES}'
            '<label class="option"><input type="radio" id="m1-1-a" name="field.a" value="r">'
            f"<span {W}>Running</span></label></fieldset>",
        ),
        (
            Field("a", "A", "choices", options=FEW, value="p", error="No", hint="Why", example="x"),
            '<fieldset class="field choice" aria-describedby="m1-1-a-error m1-1-a-hint m1-1-a-example">'
            f"<legend {W}>A</legend>{NOTES}"
            '<input type="hidden" name="field.a" value="">'
            '<label class="option"><input type="checkbox" id="m1-1-a" name="field.a" value="r" '
            f'aria-invalid="true"><span {W}>Running</span></label>'
            '<label class="option"><input type="checkbox" name="field.a" value="p" checked="" '
            f'aria-invalid="true"><span {W}>Paused</span></label></fieldset>',
        ),
        (
            Field("a", "A", "yes_no", value="yes", required=True),
            '<div class="field"><input type="hidden" name="field.a" value="">'
            '<label class="option"><input type="checkbox" id="m1-1-a" name="field.a" '
            f'value="yes" checked="" aria-required="true"><span {W}>A {NEEDED}</span></label></div>',
        ),
        (
            Field("a", "A", "yes_no", value="no", hint="Why"),
            '<div class="field"><input type="hidden" name="field.a" value="">'
            '<label class="option"><input type="checkbox" id="m1-1-a" name="field.a" '
            f'value="yes" aria-describedby="m1-1-a-hint"><span {W}>A</span></label>'
            '<p class="words hint" dir="auto" id="m1-1-a-hint">Why</p></div>',
        ),
    ],
)
def test_form_field_looks_its_part(field: Field, html: str) -> None:
    assert html_of(field) == html


@pytest.mark.parametrize(
    ("field", "options"),
    [
        (Field("a", "A", "choice", options=MANY), ["", "a", "b", "c", "d", "e"]),
        (Field("a", "A", "choice", options=MANY, value="x"), ["", "a", "b", "c", "d", "e", "x"]),
        (Field("a", "A", "choice", options=FEW, value="x"), ["", "r", "p", "x"]),
        (Field("a", "A", "choice", options=FEW, value="x", required=True), ["r", "p", "x"]),
        (Field("a", "A", "choices", options=FEW, value="x,p,y"), ["r", "p", "x", "y"]),
    ],
)
def test_form_keeps_a_choice_that_is_not_on_offer(field: Field, options: list[str]) -> None:
    offered = [each["value"] for each in form_of(field).all("option", "input") if each["type"] != "hidden"]

    assert offered == options


@pytest.mark.parametrize(("required", "empty"), [(True, "Choose…"), (False, "Not set")])
def test_form_list_begins_with_no_choice(required: bool, empty: str) -> None:
    field = Field("a", "A", "choice", options=MANY, required=required)

    first = next(form_of(field).all("option"))

    assert (first.text, first["value"], first.has("selected")) == (empty, "", True)


def test_form_says_at_its_top_what_is_wrong_and_leads_there() -> None:
    due = Field("due", "By when", "when", error="No such day")
    form = form_of(*REVIEW.fields, due)

    (errors,) = (each for each in form.all("div") if each["class"] == "errors")

    assert errors["role"] == "alert"
    assert [(link["href"], link.text) for link in errors.all("a")] == [
        ("#m1-1-review_2e_A4_2e_note", "A4 Letter, Changed: ?"),
        ("#m1-1-due", "By when: No such day"),
    ]


def test_form_without_errors_says_nothing_of_them() -> None:
    assert [each["class"] for each in form_of(Field("a", "A")).all("div")] == ["questions", "field", "ends"]


def test_form_has_a_box_for_each_row() -> None:
    form = form_of(*REVIEW.fields)

    (outer, *rows) = form.all("fieldset")
    assert [each["class"] for each in (outer, *rows)] == ["rows", "row", "row"]
    assert [next(each.all("legend")).text for each in (outer, *rows)] == [
        "Ongoing actions",
        "A3 Website",
        "A4 Letter",
    ]
    assert [label.text for label in rows[0].all("label")] == ["State", "Changed"]


def test_form_is_its_questions_where_nothing_can_be_filled() -> None:
    html = as_html(Message((FORM, REVIEW)))

    assert html == (
        f'<h3 {W} id="m-1-form-title">New action</h3><ul class="asked"><li {W}>What {NEEDED}</li>'
        f"<li {W}>Due</li><li {W}>State</li></ul>"
        f'<h3 {W} id="m-2-form-title">Review</h3><ul class="asked"><li {W}>Ongoing actions<ul>'
        f"<li {W}>A3 Website</li><li {W}>A4 Letter</li></ul></li></ul>"
    )


EVERY = Form(
    "Everything",
    "a b",
    (
        Field("form-title", "A", hint="h", example="e", error="x"),
        Field("form_title", "B", "lines", hint="h", example="e", error="x"),
        Field("form.title", "C", "when", hint="h", example="e", error="x"),
        Field("form title", "D", "choice", hint="h", example="e", error="x", options=FEW),
        Field("form", "E", "choice", hint="h", example="e", error="x", options=MANY),
        Field("form-", "F", "choices", hint="h", example="e", error="x", options=FEW),
        Field("", "G", "yes_no", hint="h", example="e", error="x"),
        Field("a", "H", "number", hint="h", example="e", error="x"),
        Field("a-error", "I", hint="h", example="e", error="x"),
        *REVIEW.fields,
    ),
)


def test_form_ids_are_unique_on_the_page_and_all_that_is_pointed_at_is_there() -> None:
    everything = list(page(EVERY, REVIEW, EVERY, FORM).all())

    ids = [each["id"] for each in everything if each["id"]]
    pointed = {
        target
        for each in everything
        for name in ("for", "aria-describedby", "aria-labelledby")
        for target in each[name].split()
    } | {each["href"].removeprefix("#") for each in everything if each["href"]}
    assert len(ids) == len(set(ids))
    assert sorted(pointed - set(ids)) == []


def test_form_inputs_all_have_a_name_to_be_called_by() -> None:
    form = form_of(*EVERY.fields)

    labelled = {label["for"] for label in form.all("label")}
    wrapped = [box for label in form.all("label") for box in label.all("input")]
    unnamed = [
        control
        for control in form.all("input", "textarea", "select")
        if control["type"] != "hidden" and not control["aria-label"]
        if control["id"] not in labelled and control not in wrapped
    ]
    assert unnamed == []
