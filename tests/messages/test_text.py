"""The text form, one example for each kind of block."""

import pytest

from messages.form import Field, Form, Option, Row, Rows
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
    Table,
    Text,
)
from messages.text import as_text


def words(value: str) -> tuple[Text]:
    return (Text(value),)


FORM = Form(
    "New action",
    "action add",
    (
        Field("what", "What", required=True, value="Two\nlines", error="Too long"),
        Field("due", "Due", "when", hint="When it should be done", example="end of June"),
        Field("state", "State", "choice", options=(Option("r", "Running"), Option("p", "Paused"))),
    ),
)
FORM_TEXT = """\
New action
What (needed): Two
lines
  Not yet: Too long
Due:
  When it should be done
  Such as: end of June
State:
  One of: Running, Paused
To answer here, type a line such as: /action add what: Two lines"""

REVIEW = Form(
    "Review",
    "action review",
    (
        Rows(
            "review",
            "Ongoing actions",
            (Field("state", "State"), Field("note", "Changed")),
            (Row("A3", "A3 Website", (("state", "running"),)), Row("A4", "A4 Letter", (), (("note", "?"),))),
        ),
    ),
)
REVIEW_TEXT = """\
Review
Ongoing actions:
  A3 Website
    State: running
    Changed:
  A4 Letter
    State:
    Changed:
      Not yet: ?
To answer here, type a line such as: /action review A3"""


@pytest.mark.parametrize(
    ("blocks", "text"),
    [
        ((), ""),
        ((Heading("A\nB"), Paragraph(words("one\ntwo"))), "A B\n\none\ntwo"),
        ((Paragraph((Text("a", bold=True), Break(), Text("b", italic=True))),), "a\nb"),
        ((Paragraph((Text("Try: "), CommandLine("/me"))),), "Try: /me"),
        ((Paragraph((Mention(5, "Sam"), Text(" see "), Link("it", "tel:1"))),), "@Sam see it <tel:1>"),
        ((Paragraph((Link("tel:1", "tel:1"),)),), "tel:1"),
        ((List((words("a"), words("b\nc"))),), "- a\n- b c"),
        ((List((words("a"), words("b")), ordered=True),), "1. a\n2. b"),
        ((List((words("a"), words("b")), ordered=True, first=9),), "9. a\n10. b"),
        ((Facts((("When", words("12 June")), ("Owner", ()))),), "When: 12 June\nOwner: "),
        (
            (Table(("Ref", "What"), ((words("A1"), words("Newsletter")), (words("A1234"), ()))),),
            "Ref    What\n-----  ----------\nA1     Newsletter\nA1234  ",
        ),
        ((Table(("Ref",), ()),), "Ref\n---"),
        ((Note(words("a\nb")), Note(words("c"))), "> a\n> b\n> c"),
        ((Heading("a"), Divider()), "a\n\n----------------------------------------"),
        (
            (Buttons((Button("Done", "/action done A12"), Button("Help", "/help"))),),
            "[Done] /action done A12\n[Help] /help",
        ),
        (
            (Image("file:1", "A chart"), Attachment("Minutes", "file:2"), Attachment("Plan", "file:3")),
            "Picture: A chart (file:1)\n\nFile: Minutes\nFile: Plan",
        ),
        ((FORM,), FORM_TEXT),
        ((REVIEW,), REVIEW_TEXT),
    ],
)
def test_text_of_blocks(blocks: tuple[Block, ...], text: str) -> None:
    assert as_text(Message(blocks)) == text
