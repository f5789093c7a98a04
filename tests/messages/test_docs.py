"""The page about messages: every example in it is a template that composes."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from messages.compose import Composer
from messages.text import as_text

PAGE = Path(__file__).parents[2] / "docs" / "messages.md"
EXAMPLES = re.findall(r"```template\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


@dataclass(frozen=True)
class Someone:
    id: int
    name: str


TEXTS = [
    """\
A12: Refresh the newsletter

Hello @Sam, this is due on 12 June.

Objective: Be heard
Asked by: Jo

> Nothing more is sent about this until 12 June.

[Done] /action done A12
[Snooze] /action snooze A12""",
    """\
1. First
2. Second

Ref  What
---  ----------------------
A12  Refresh the newsletter

----------------------------------------

Picture: Actions done in each month (https://www.example.org/chart.png)

File: Minutes of June""",
    "Nothing is due.",
]


@pytest.mark.parametrize(("example", "text"), list(zip(EXAMPLES, TEXTS, strict=True)))
def test_example_composes(tmp_path: Path, example: str, text: str) -> None:
    (tmp_path / "example.md").write_text(example, encoding="utf-8")

    message = Composer(tmp_path).compose(
        "example",
        ref="A12",
        title="Refresh the newsletter",
        due="12 June",
        person=Someone(5, "Sam"),
        objective="Be heard",
        giver="Jo",
        actions=[],
    )

    assert as_text(message) == text
