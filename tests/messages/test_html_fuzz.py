"""Whatever people type, a page has the elements that harmless words would give it, and shows it exactly."""

import random
import re
from urllib.parse import quote

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from messages.form import Field, Form, Option, Row, Rows
from messages.html import Frame, as_html
from messages.message import (
    Attachment,
    Break,
    Button,
    Buttons,
    CommandLine,
    Facts,
    Heading,
    Image,
    Link,
    List,
    Mention,
    Message,
    Note,
    Paragraph,
    Table,
    Text,
)
from tests.messages.browser import Element, Node, parse
from tests.messages.test_fuzz import HOSTILE, any_value

FRAME = Frame(click="/click", fill="/fill", hidden=(("token", "t"),))
IN_HTML = [
    "<script>alert(1)</script>",
    "</p></div></form><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "</option></select><img src=x onerror=alert(1)>",
    "\"><img src=x onerror='alert(1)'>",
    "' onmouseover='alert(1)",
    '" autofocus onfocus="alert(1)',
    "<!--",
    "-->",
    "<![CDATA[x]]>",
    "<?x?>",
    "<plaintext>",
    "<svg/onload=alert(1)>",
    "</title></style></script>",
    "&lt;b&gt; &quot; &#39; &amp;amp; &notin; &NewLine; &#13;",
    "{{ x }}{% x %}${x}",
    "\r\n\r",
    "\n<b>",
    "\ud800",
]


def message(typed: str) -> Message:
    """Every block with this text wherever a person's can stand. A file's key is tested by itself."""
    spans = (
        Text(f"Before {typed}"),
        Text(typed, bold=True),
        Break(),
        Text(typed, italic=True),
        Link(typed, f"https://a.example/?q={typed}"),
        Link(typed, f"javascript:{typed}"),
        Mention(5, typed),
        CommandLine(typed),
    )
    return Message(
        (
            Heading(typed),
            Paragraph(spans),
            List((spans, (Text(typed),)), ordered=True),
            Facts(((typed, (Text(typed),)),)),
            Table((typed, "B"), (((Text(typed),), spans),)),
            Note((Text(typed),)),
            Buttons((Button(f"Do {typed}", f"/action note {typed}"),)),
            Image("file:1", f"A {typed}"),
            Image(f"https://a.example/{typed}", f"A {typed}"),
            Attachment(typed, "file:1"),
            Attachment(typed, f"mailto:{typed}"),
            _form(typed),
        )
    )


def _form(typed: str) -> Form:
    few = (Option("1", f"One {typed}"), Option(f"={typed}", "Two"))
    many = tuple(Option(f"{typed}{n}", f"{typed}{n}") for n in range(5))
    fields = (
        Field("a", f"A {typed}", "lines", typed, typed, True, typed, error=typed),
        Field("b", f"B {typed}", "text", typed, typed, False, typed, error=typed),
        Field("c", f"C {typed}", "choice", typed, typed, False, f"={typed}", few, typed),
        Field("d", f"D {typed}", "choice", typed, typed, True, f"new {typed}", many, typed),
        Field("e", f"E {typed}", "choices", typed, typed, False, f"1,new {typed}", few[:1], typed),
        Field("f", f"F {typed}", "yes_no", typed, typed, error=typed),
        Field("g", f"G {typed}", "when", typed, typed, False, typed, error=typed),
        Field("h", f"H {typed}", "number", typed, typed, False, typed, error=typed),
    )
    row = Row("A3", typed, (("a", typed), ("c", f"new {typed}")), (("a", typed),))
    rows = Rows("rows", f"R {typed}", fields, (row,))
    return Form(typed, f"action {typed}", (*fields, rows), f"Send {typed}")


def page(typed: str) -> Element:
    return parse(as_html(message(typed), FRAME))


def expected(typed: str) -> Element:
    """The page of harmless words, with what was typed in their place.

    A form gives words with line breaks more room, so the harmless words have some too.
    """
    harmless = "Harm\nless" if re.search("[\r\n]", typed) else "Harmless"
    return _exchanged(page(harmless), harmless, re.sub("[\0\ud800-\udfff]", "\ufffd", typed))


def _exchanged(node: Element, harmless: str, typed: str) -> Element:
    attributes = tuple((name, value.replace(harmless, typed)) for name, value in node.attributes)
    inside: list[Node] = [
        each.replace(harmless, typed) if isinstance(each, str) else _exchanged(each, harmless, typed)
        for each in node.inside
    ]
    return Element(node.tag, attributes, tuple(inside))


def test_page_is_made_of_these_elements_and_attributes_only() -> None:
    elements = list(page("a\nb").all())
    links = {each["href"].partition(":")[0] for each in elements if each.has("href")}

    assert " ".join(sorted({each.tag for each in elements})) == (
        "a bdi br button code dd div dl dt em fieldset figure form h3 img input label legend li ol option "
        "output p select span strong table tbody td textarea th thead tr ul"
    )
    assert " ".join(sorted({name for each in elements for name, _ in each.attributes})) == (
        "action alt aria-describedby aria-invalid aria-label aria-labelledby aria-required autocomplete "
        "checked class data-command data-when dir download for formnovalidate href id loading method name "
        "rel role rows scope selected src tabindex target type value"
    )
    assert sorted(link for link in links if not link.startswith("#")) == ["/files/1", "https", "mailto"]


@pytest.mark.parametrize("typed", [each for each in (*HOSTILE, *IN_HTML) if each != ","])
def test_page_shows_hostile_words_as_words(typed: str) -> None:
    assert page(typed) == expected(typed)


@pytest.mark.parametrize("share", range(4))
def test_page_shows_mixtures_of_hostile_words_as_words(share: int) -> None:
    """Commas apart, which part the values of several choices."""
    chance = random.Random(share)
    for _ in range(60):
        typed = (any_value(chance) + chance.choice(IN_HTML) + any_value(chance)).replace(",", ";")
        assert page(typed) == expected(typed)


@settings(deadline=None)
@given(st.text(st.characters(exclude_characters=","), min_size=1))
def test_page_shows_any_words_as_words(typed: str) -> None:
    assert page(typed) == expected(typed)


@settings(deadline=None)
@given(st.one_of(st.text(min_size=1), st.sampled_from([*HOSTILE, *IN_HTML])))
@example("../../click?line=x#y")
def test_page_fetches_a_file_by_its_whole_key(key: str) -> None:
    images = parse(as_html(Message((Image(f"file:{key}", "A chart"),)))).all("img")

    known = [] if key in (".", "..") else ["/files/" + quote(key, safe="", errors="replace")]
    assert [image["src"] for image in images] == known


def test_page_form_of_a_very_long_text_is_whole() -> None:
    typed = "<b>&" * 20_000

    (area,) = parse(as_html(Message((Form("T", "c", (Field("a", "A", "lines", value=typed),)),)), FRAME)).all(
        "textarea"
    )

    assert area.text == typed
