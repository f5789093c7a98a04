"""The HTML form, one example for each kind of block, and where it stands on a page."""

import pytest

from messages.html import Frame, as_html
from messages.message import (
    Attachment,
    Block,
    Break,
    Button,
    Buttons,
    CommandLine,
    Divider,
    Facts,
    Heading,
    Image,
    Link,
    List,
    Mention,
    Message,
    Note,
    Paragraph,
    Span,
    Table,
    Text,
)
from tests.messages.browser import parse, sent

PAGE = Frame(prefix="m12", level=2, click="/click?a=1&b=2", hidden=(("token", 'a"b'),))
W = 'class="words" dir="auto"'


def words(value: str) -> tuple[Text]:
    return (Text(value),)


@pytest.mark.parametrize(
    ("blocks", "html"),
    [
        ((), ""),
        ((Heading("A\n<b>"),), f"<h3 {W}>A\n&lt;b&gt;</h3>"),
        ((Paragraph(words(" a  b\n")), Divider()), f"<p {W}> a  b\n</p><hr>"),
        ((Note(words("a")),), '<p class="words note" dir="auto">a</p>'),
        ((List((words("a"), ())),), f"<ul><li {W}>a</li><li {W}></li></ul>"),
        ((List((words("a"),), ordered=True),), f"<ol><li {W}>a</li></ol>"),
        ((List((words("a"),), ordered=True, first=3),), f'<ol start="3"><li {W}>a</li></ol>'),
        (
            (Facts((("When", words("12 June")),)),),
            f'<dl class="facts"><div><dt {W}>When</dt><dd {W}>12 June</dd></div></dl>',
        ),
        (
            (Table(("Ref", "What"), ((words("A1"), words("Website")),)),),
            '<div class="table" role="group" tabindex="0" aria-label="Table: Ref, What"><table>'
            f'<thead><tr><th {W} scope="col">Ref</th><th {W} scope="col">What</th></tr></thead>'
            f'<tbody><tr><th {W} scope="row">A1</th><td {W}>Website</td></tr></tbody></table></div>',
        ),
        (
            (Table(("Ref", ""), (((), ()),)),),
            '<div class="table" role="group" tabindex="0" aria-label="Table: Ref"><table>'
            f'<thead><tr><th {W} scope="col">Ref</th><td {W}></td></tr></thead>'
            f"<tbody><tr><td {W}></td><td {W}></td></tr></tbody></table></div>",
        ),
        (
            (Table(("Ref",), ((words("A1"),),)),),
            '<div class="table" role="group" tabindex="0" aria-label="Table: Ref"><table>'
            f'<thead><tr><th {W} scope="col">Ref</th></tr></thead>'
            f"<tbody><tr><td {W}>A1</td></tr></tbody></table></div>",
        ),
        (
            (Image("file:a/b 1.png", 'A "chart"'),),
            '<figure><img src="/files/a%2Fb%201.png" alt="A &#34;chart&#34;" loading="lazy"></figure>',
        ),
        (
            (Attachment("Minutes", "file:é"),),
            '<p><a class="words attachment" dir="auto" href="/files/%C3%A9" download="">Minutes</a></p>',
        ),
        (
            (Attachment("Minutes.docx", "file:1"),),
            '<p><a class="words attachment" dir="auto" href="/files/1" download=""><bdi>Minutes.docx</bdi> '
            "(Word document)</a></p>",
        ),
        (
            (Attachment("", "file:1"),),
            '<p><a class="words attachment" dir="auto" href="/files/1" download="">File</a></p>',
        ),
        ((Attachment("Up", "file:.."), Image("file:.", "A dot")), f"<p {W}>Up</p><p {W}>Picture: A dot</p>"),
        ((Attachment("Notes", "javascript:x"),), f"<p {W}>Notes</p>"),
    ],
)
def test_html_of_blocks(blocks: tuple[Block, ...], html: str) -> None:
    assert as_html(Message(blocks)) == html


AWAY = 'target="_blank" rel="noopener noreferrer" dir="auto"'


@pytest.mark.parametrize(
    ("span", "html"),
    [
        (Break(), "<br>"),
        (Text("a", bold=True), '<strong dir="auto">a</strong>'),
        (Text("a", italic=True), '<em dir="auto">a</em>'),
        (Text("a", bold=True, italic=True), '<strong dir="auto"><em dir="auto">a</em></strong>'),
        (CommandLine("/me <b>"), '<code class="line" dir="auto">/me &lt;b&gt;</code>'),
        (Mention(5, "Jo & Co"), '<bdi class="mention">@Jo &amp; Co</bdi>'),
        (Link("it", "HTTP://a.example/?a&b"), f'<a href="HTTP://a.example/?a&amp;b" {AWAY}>it</a>'),
        (Link("", "https://a.example"), f'<a href="https://a.example" {AWAY}>https://a.example</a>'),
        (Link("Jo", "mailto:jo@a.example"), '<a href="mailto:jo@a.example" dir="auto">Jo</a>'),
        (Link("Call", "tel:01632"), '<a href="tel:01632" dir="auto">Call</a>'),
        (Link("<x>", "javascript:alert(1)"), "&lt;x&gt;"),
        (Link("x", "java\nscript:alert(1)"), "x"),
        (Link("x", " https://a.example"), "x"),
        (Link("x", "http:/click"), "x"),
        (Link("x", "//a.example"), "x"),
        (Link("x", "data:text/html,x"), "x"),
    ],
)
def test_html_of_words(span: Span, html: str) -> None:
    assert as_html(Message((Paragraph((span,)),))) == f"<p {W}>{html}</p>"


@pytest.mark.parametrize(
    ("block", "html"),
    [
        (
            Image("https://a.example/c.png", "A chart"),
            f'<p {W}><a href="https://a.example/c.png" {AWAY}>Picture: A chart</a></p>',
        ),
        (
            Attachment("Minutes", "https://a.example/m"),
            f'<p {W}><a href="https://a.example/m" {AWAY}>Minutes</a></p>',
        ),
    ],
)
def test_html_fetches_nothing_from_elsewhere(block: Block, html: str) -> None:
    assert as_html(Message((block,))) == html


def test_html_has_a_form_for_a_row_of_buttons() -> None:
    row = Buttons((Button("Done", "/action done A12"), Button("Later & more", '/action note "A12"')))

    assert as_html(Message((row,)), PAGE) == (
        '<form class="buttons" method="post" action="/click?a=1&amp;b=2">'
        '<input type="hidden" name="token" value="a&#34;b">'
        f'<button {W} type="submit" name="line" value="/action done A12">Done</button>'
        f'<button {W} type="submit" name="line" value="/action note &#34;A12&#34;">Later &amp; more</button>'
        "</form>"
    )


def test_html_sends_the_line_of_the_button_that_was_pressed() -> None:
    row = Buttons((Button("Done", "/action done A12"), Button("Snooze", "/action snooze A12")))

    (form,) = parse(as_html(Message((row,)), PAGE)).all("form")

    assert sent(form, "Snooze") == [("token", 'a"b'), ("line", "/action snooze A12")]


def test_html_leaves_buttons_out_where_no_clicks_are_taken() -> None:
    message = Message((Heading("A"), Buttons((Button("Done", "/action done A12"),))))

    assert as_html(message) == f"<h3 {W}>A</h3>"


def test_html_keeps_to_the_level_and_the_files_of_its_page() -> None:
    message = Message((Heading("A"), Image("file:1", "A chart")))

    assert as_html(message, Frame(level=5, files="/f?key=")) == (
        f'<h5 {W}>A</h5><figure><img src="/f?key=1" alt="A chart" loading="lazy"></figure>'
    )


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("a\rb\r\nc", "a\rb\r\nc"),
        ("\ufeffa\x1b\x85\u2028\x0c", "\ufeffa\x1b\x85\u2028\x0c"),
        ("\0 and \ud800", "\ufffd and \ufffd"),
    ],
)
def test_html_shows_characters_as_they_are_if_a_page_can_hold_them(typed: str, shown: str) -> None:
    page = parse(as_html(Message((Heading(typed), Image("file:1", typed)))))

    (heading,), (image,) = page.all("h3"), page.all("img")
    assert (heading.text, image["alt"]) == (shown, shown)


def test_html_needs_no_more_escaping() -> None:
    html = as_html(Message((Heading("A & B"),)))

    assert html.__html__() == f"<h3 {W}>A &amp; B</h3>"
