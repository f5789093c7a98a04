"""Composing: sample templates and the whole messages they become."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from jinja2 import UndefinedError
from jinja2.exceptions import SecurityError

from messages.compose import Composer, join
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

HOSTILE = "a|b *c* [d](http://evil.example) <!channel> {{ 7*7 }}\n# e"


@dataclass(frozen=True)
class Someone:
    id: int
    name: str


SAM = Someone(5, "Sam *the* [x](person:1)")


def composed(folder: Path, template: str, **values: object) -> Message:
    (folder / "t.md").write_text(template, encoding="utf-8")
    return Composer(folder).compose("t", **values)


def words(value: str) -> Paragraph:
    return Paragraph((Text(value),))


REMINDER = """\
summary: {{ ref }} is due on {{ due }}

# {{ ref }}: {{ title }}

Hello {{ sam|mention }}, **{{ title }}** is _due_ {{ due }};
see [the plan]({{ url }}) or [write](mailto:{{ mail }}).\\
Thank you.

| | |
|-|-|
{% for label, value in facts %}
| {{ label }} | {{ value }} |
{% endfor %}

| Ref | What |
|-----|------|
{% for each in actions %}
| {{ each.ref }} | **{{ each.title }}** |
{% endfor %}

{% for each in actions %}
- {{ each.ref }} {{ each.title }}
{% endfor %}

1. First
2. Second

---

> Asked by {{ title }}

![{{ title }}](file:{{ key }})

[{{ title }}](file:{{ key }})

[Done](</action done {{ ref }}>)
[Snooze {{ ref }}](</action snooze {{ ref }}>)
"""


def test_compose_makes_every_block(tmp_path: Path) -> None:
    actions = [{"ref": "A1", "title": HOSTILE}, {"ref": "A2", "title": " two "}]

    message = composed(
        tmp_path,
        REMINDER,
        ref="A12",
        title=HOSTILE,
        due="12 June",
        sam=SAM,
        url="https://a.example/x y?<z>",
        mail="a@b.example",
        key="k 1",
        facts=[("When", "12 June"), (HOSTILE, None), ("Number", 3)],
        actions=actions,
    )

    assert message == Message(
        (
            Heading(f"A12: {HOSTILE}"),
            Paragraph(
                (
                    Text("Hello "),
                    Mention(5, SAM.name),
                    Text(", "),
                    Text(HOSTILE, bold=True),
                    Text(" is "),
                    Text("due", italic=True),
                    Text(" 12 June; see "),
                    Link("the plan", "https://a.example/x y?<z>"),
                    Text(" or "),
                    Link("write", "mailto:a@b.example"),
                    Text("."),
                    Break(),
                    Text("Thank you."),
                )
            ),
            Facts((("When", (Text("12 June"),)), (HOSTILE, ()), ("Number", (Text("3"),)))),
            Table(
                ("Ref", "What"),
                (
                    ((Text("A1"),), (Text(HOSTILE, bold=True),)),
                    ((Text("A2"),), (Text(" two ", bold=True),)),
                ),
            ),
            List(((Text(f"A1 {HOSTILE}"),), (Text("A2  two "),))),
            List(((Text("First"),), (Text("Second"),)), ordered=True),
            Divider(),
            Note((Text(f"Asked by {HOSTILE}"),)),
            Image("file:k 1", HOSTILE),
            Attachment(HOSTILE, "file:k 1"),
            Buttons((Button("Done", "/action done A12"), Button("Snooze A12", "/action snooze A12"))),
        ),
        summary="A12 is due on 12 June",
    )


@pytest.mark.parametrize(
    ("template", "blocks"),
    [
        ("", ()),
        ("a\nb", (words("a b"),)),
        ("a  \nb", (Paragraph((Text("a"), Break(), Text("b"))),)),
        ("### Small", (Heading("Small"),)),
        ("a\n---", (words("a"), Divider())),
        ("{{ none }}", ()),
        ("{{ x }}\n\n{{ none }}\n\n{{ x }}", (words(HOSTILE), words(HOSTILE))),
        ("a**{{ x }}**b", (Paragraph((Text("a"), Text(HOSTILE, bold=True), Text("b"))),)),
        ("(**{{ x }}**)", (Paragraph((Text("("), Text(HOSTILE, bold=True), Text(")"))),)),
        ("***{{ x }}***", (Paragraph((Text(HOSTILE, bold=True, italic=True),)),)),
        ("**{{ none }}**", ()),
        ("3 \\* 4 &amp; &lt;b&gt; <b>", (words("3 * 4 & <b> <b>"),)),
        ("Try: `/me`", (Paragraph((Text("Try: "), CommandLine("/me"))),)),
        ("- `/me {{ x }}`", (List(((CommandLine(f"/me {HOSTILE}"),),)),)),
        ("{{ '`' }}/me{{ '`' }}", (words("`/me`"),)),
        ("    not code", (words("not code"),)),
        ("```\n{{ x }}\n```", (Paragraph((CommandLine(HOSTILE),)),)),
        ("[a]: http://b.example", (words("[a]: http://b.example"),)),
        ("http://b.example <http://b.example>", (words("http://b.example <http://b.example>"),)),
        ("| | |\n|-|-|", ()),
        ("| a \\| b | c |\n|-|-|\n| 1 |", (Table(("a | b", "c"), (((Text("1"),), ()),)),)),
        ("> a\n>\n> b", (Note((Text("a"),)), Note((Text("b"),)))),
        ("- a\n\n- b", (List(((Text("a"),), (Text("b"),))),)),
        ("-\n- b", (List(((), (Text("b"),))),)),
        ("[*a* b](https://c.example)", (Paragraph((Link("a b", "https://c.example"),)),)),
        ("[](https://c.example)", (Paragraph((Link("https://c.example", "https://c.example"),)),)),
        ("[{{ x }}](TEL:1)", (Paragraph((Link(HOSTILE, "TEL:1"),)),)),
        ("[{{ x }}](ftp://c.example)", (words(HOSTILE),)),
        ("[{{ x }}](javascript:alert)", (words(HOSTILE),)),
        ("[{{ x }}]({{ script }})", (words(HOSTILE),)),
        ("[{{ x }}]({{ command }})", (words(HOSTILE),)),
        ("[@{{ x }}]({{ person }})", (words(f"@{HOSTILE}"),)),
        ("[{{ x }}]({{ file }})", (words(HOSTILE),)),
        ("![{{ x }}]({{ file }})", (words(HOSTILE),)),
        ("![a](https://c.example)", (Image("https://c.example", "a"),)),
        ("[@Sam](person:7)", (Paragraph((Mention(7, "Sam"),)),)),
        ("[{{ at }}](person:7)", (Paragraph((Mention(7, "@at"),)),)),
        ("# [@Sam](person:7) did it", (Heading("@Sam did it"),)),
        ("[a](file:1) [b](file:2)", (Attachment("a", "file:1"), Attachment("b", "file:2"))),
        ("- {{ 'x' ~ sam|mention ~ x }}", (List(((Text("x"), Mention(5, SAM.name), Text(HOSTILE)),)),)),
        ("{{ x + sam|mention }}", (Paragraph((Text(HOSTILE), Mention(5, SAM.name))),)),
        ("{{ sam|mention + x }}", (Paragraph((Mention(5, SAM.name), Text(HOSTILE))),)),
        (
            "{{ [sam|mention, x]|join(' *and* ') }}",
            (Paragraph((Mention(5, SAM.name), Text(f" *and* {HOSTILE}"))),),
        ),
        (
            "{{ [sam|mention, x, '*']|listed }}; {{ [x, 1]|listed }}",
            (Paragraph((Mention(5, SAM.name), Text(f", {HOSTILE} and *; {HOSTILE} and 1"))),),
        ),
        ("{{ '<*a*>' }}", (words("<*a*>"),)),
        ("{{ ('a' ~ 'b' + 'c')|upper }}", (words("ABC"),)),
        ("{{ '%03d' % 7 }}", (words("007"),)),
        ("{{ x|truncate(3, true, '*') }}", (words("a|*"),)),
        ("{{ [x, 1]|map('upper')|join }}", (words(f"{HOSTILE.upper()}, 1"),)),
        ("{% macro m(v) %}**{{ v }}**{% endmacro %}{{ m(x) }}", (Paragraph((Text(HOSTILE, bold=True),)),)),
        ("{% set s %}*{{ x }}*{% endset %}{{ s }}", (Paragraph((Text(HOSTILE, italic=True),)),)),
        ("{% autoescape false %}{{ x }}{% endautoescape %}", (words(HOSTILE),)),
    ],
)
def test_compose_reads_the_dialect(tmp_path: Path, template: str, blocks: tuple[Block, ...]) -> None:
    message = composed(
        tmp_path,
        template,
        x=HOSTILE,
        none=None,
        sam=SAM,
        script="javascript:alert(1)",
        command="/action drop A1",
        person="person:5",
        file="file:secret",
        at="@at",
    )

    assert message.blocks == blocks


@pytest.mark.parametrize(
    ("template", "problem"),
    [
        (
            "Fine.\n\nPress [Done](</a {{ x }}>) now",
            "t.md, line 3: a button, an image or an attachment stands in a paragraph of its own: "
            "Press [Done](</a {{…}}>) now",
        ),
        (
            "- [Done](</a>)",
            "t.md, line 1: a button, an image or an attachment stands in a paragraph of its own: "
            "- [Done](</a>)",
        ),
        (
            "[Done](/action done A1)",
            "t.md, line 1: a link with a space in its target needs < and > around the target: "
            "[Done](/action done A1)",
        ),
        ("- a\n  - b", "t.md, line 1: one paragraph of words is all that fits here: - a"),
        ("> - a", "t.md, line 1: a note holds only paragraphs: > - a"),
        ("[ ](</a>)", "t.md, line 1: a button needs a label: [ ](</a>)"),
        (
            "![](https://c.example)",
            "t.md, line 1: an image needs words for those who cannot see it: ![](https://c.example)",
        ),
        ("[@x](person:Sam)", "t.md, line 1: a mention needs the number of a person: [@x](person:Sam)"),
        (
            "{% set s %}{{ x }}{% endset %}{{ s[:9] }}",
            "t.md, line 1: a value was cut or changed after it had been put into the text: {{…}}",
        ),
    ],
)
def test_compose_names_the_line_that_has_no_place(tmp_path: Path, template: str, problem: str) -> None:
    with pytest.raises(ValueError, match="line") as raised:
        composed(tmp_path, template, x="a**b")

    assert str(raised.value) == problem


@pytest.mark.parametrize(
    "expression",
    [
        "composed|upper",
        "composed|replace('a', x)",
        "x|truncate(3, true, composed)",
        "composed.format(x)",
        "composed.join([x])",
        "composed['format'](x)",
        "composed % x",
        "x % composed",
    ],
)
def test_compose_refuses_to_change_composed_text(tmp_path: Path, expression: str) -> None:
    with pytest.raises(SecurityError):
        composed(tmp_path, "{% set composed %}a{% endset %}{{ " + expression + " }}", x=HOSTILE)


def test_compose_refuses_a_missing_value(tmp_path: Path) -> None:
    with pytest.raises(UndefinedError):
        composed(tmp_path, "{{ missing }}")


@pytest.mark.parametrize(
    ("template", "summary"),
    [
        ("summary: Read {{ x }} *now*\n\n# Title", f"Read {HOSTILE} now"),
        ("# {{ x }}\n\nWords", HOSTILE),
        ("- a\n- b\n\nWords", "Words"),
        ("- a\n- b", "a, b"),
        ("---", ""),
        ("{{ fake }}\n\n# Title", "summary: fake"),
    ],
)
def test_compose_summarises(tmp_path: Path, template: str, summary: str) -> None:
    assert composed(tmp_path, template, x=HOSTILE, fake="summary: fake").summary == summary


@pytest.mark.parametrize(
    ("target", "spans"),
    [
        ("https://a.example", (Link("A12", "https://a.example"),)),
        ("mailto:a@a.example", (Link("A12", "mailto:a@a.example"),)),
        ("javascript:alert(1)", (Text("A12"),)),
        ("", (Text("A12"),)),
    ],
)
def test_compose_judges_every_value_anew(tmp_path: Path, target: str, spans: tuple[Span, ...]) -> None:
    for _ in range(2):
        assert composed(tmp_path, "[{{ x }}]({{ y }})", x="A12", y=target).blocks == (Paragraph(spans),)


def test_compose_keeps_values_apart_that_share_their_markup(tmp_path: Path) -> None:
    said = [composed(tmp_path, "**{{ x }}** {{ y }}", x=x, y=y).summary for x, y in ("ab", "ba", ("", "c"))]

    assert said == ["a b", "b a", " c"]


def test_compose_takes_values_of_any_name(tmp_path: Path) -> None:
    message = composed(tmp_path, "{{ name }} {{ self_ }}", name="Sam", self_=1)

    assert message == Message((words("Sam 1"),), "Sam 1")


def test_join_puts_messages_one_after_another() -> None:
    one, two = Message((Divider(),)), Message((words("a"),))

    assert join(one, two) == Message((Divider(), words("a")), "a")
    assert join(one, two, summary="Both") == Message((Divider(), words("a")), "Both")
    assert join() == Message((), "")
