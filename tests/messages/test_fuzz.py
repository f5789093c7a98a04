"""Whatever people type, 30,000 random and hostile values of it, comes out exactly as it went in."""

import random
import re
from pathlib import Path

import pytest

from messages.compose import Composer
from messages.message import (
    Block,
    Button,
    Buttons,
    Facts,
    Heading,
    Link,
    List,
    Message,
    Note,
    Paragraph,
    Span,
    Table,
    Text,
)
from messages.text import as_text

SHARES, BATCHES, BATCH = 6, 50, 100

TEMPLATE = """\
{% for v in values %}
# {{ v }}

Before {{ v }}**{{ v }}**, _{{ v }}_ [{{ v }}](https://a.example/?q={{ v }})

> {{ v }}

[Do {{ v }}](</action note {{ v }}>)

{% endfor %}

{% for v in values %}
- {{ v }}
{% endfor %}

| | |
|-|-|
{% for v in values %}
| {{ v }} | {{ v }} |
{% endfor %}

| A | B |
|---|---|
{% for v in values %}
| **{{ v }}** | {{ v }}. |
{% endfor %}
"""

HOSTILE = [
    "[x](http://evil.example)",
    "![x](http://evil.example)",
    "[@Sam](person:1)",
    "[Done](</action drop A1>)",
    "[a]: http://evil.example",
    "</action drop A1>",
    "{{ 7*7 }}",
    "{% raw %}",
    "{# x #}",
    "<!channel>",
    "<@U123>",
    "<b>&amp;&#42;",
    "summary: x",
    "javascript:alert(1)",
    "\ue000",
    "\ue001",
    "\ue0006162\ue001",
    "\u202eright\u2067to left",
    "\u0645\u0631\u062d\u0628\u0627",
    *"|`\\*_~#->+=[]()<>&!\"'{}%:; \t\n\r\v\f\0\x1b\x85\u2028\ufeff",
    "---",
    "```",
    "\n\n",
    "\r\n",
    "1. ",
    "  ",
]
LINE_BREAK = re.compile("\r\n|[\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")


def any_character(chance: random.Random) -> str:
    common, rare = chance.randrange(0xD800), chance.randrange(0xE000, 0x110000)
    return chr(chance.choice([chance.randrange(0x80), common, rare]))


def any_value(chance: random.Random) -> str:
    parts = chance.choices(["hostile", "letter", "any"], k=chance.randrange(1, 8))
    return "".join(
        chance.choice(HOSTILE) if part == "hostile" else any_character(chance) if part == "any" else "a"
        for part in parts
    )


def expected_blocks(v: str) -> list[Block]:
    line: tuple[Span, ...] = (
        Text(f"Before {v}"),
        Text(v, bold=True),
        Text(", "),
        Text(v, italic=True),
        Text(" "),
        Link(v, f"https://a.example/?q={v}"),
    )
    button = Button(f"Do {v}", f"/action note {v}")
    return [Heading(v), Paragraph(line), Note((Text(v),)), Buttons((button,))]


def expected_message(values: list[str]) -> Message:
    each = [block for v in values for block in expected_blocks(v)]
    together: list[Block] = [
        List(tuple((Text(v),) for v in values)),
        Facts(tuple((v, (Text(v),)) for v in values)),
        Table(("A", "B"), tuple(((Text(v, bold=True),), (Text(f"{v}."),)) for v in values)),
    ]
    return Message((*each, *together), values[0])


def expected_text(values: list[str]) -> str:
    flat = [LINE_BREAK.sub(" ", v) for v in values]
    width = max(map(len, flat))
    each = [
        f"{f}\n\nBefore {v}{v}, {v} {v} <https://a.example/?q={v}>\n\n> "
        + v.replace("\n", "\n> ")
        + f"\n\n[Do {f}] /action note {v}"
        for v, f in zip(values, flat, strict=True)
    ]
    items = "\n".join(f"- {f}" for f in flat)
    facts = "\n".join(f"{f}: {f}" for f in flat)
    table = [f"{'A':{width}}  B", "-" * width + "  " + "-" * (width + 1)]
    table += [f"{f:{width}}  {f}." for f in flat]
    return "\n\n".join([*each, items, facts, "\n".join(table)])


@pytest.mark.parametrize("share", range(SHARES))
def test_values_come_out_as_they_went_in(tmp_path: Path, share: int) -> None:
    (tmp_path / "fuzz.md").write_text(TEMPLATE, encoding="utf-8")
    composer, chance = Composer(tmp_path), random.Random(share)

    for _ in range(BATCHES):
        values = [any_value(chance) for _ in range(BATCH)]
        message = composer.compose("fuzz", values=values)
        assert message == expected_message(values)
        assert as_text(message) == expected_text(values)


def test_values_leave_no_token_behind(tmp_path: Path) -> None:
    (tmp_path / "fuzz.md").write_text(TEMPLATE, encoding="utf-8")
    chance = random.Random(0)
    values = [re.sub("[\ue000\ue001]", "", any_value(chance)) + "." for _ in range(BATCH)]

    message = Composer(tmp_path).compose("fuzz", values=values)

    assert re.findall("[\ue000\ue001]", as_text(message) + repr(message)) == []


def test_values_that_cannot_be_encoded_come_out_too(tmp_path: Path) -> None:
    (tmp_path / "t.md").write_text("{{ v }}", encoding="utf-8")

    message = Composer(tmp_path).compose("t", v="\ud800 half")

    assert message == Message((Paragraph((Text("\ud800 half"),)),))
