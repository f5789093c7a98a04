"""The message itself: what it refuses, how it is summed up, what becomes of it after a click."""

import pytest

from messages.form import Field, Form, Option, Row, Rows
from messages.message import (
    Attachment,
    Block,
    Button,
    Buttons,
    CommandLine,
    Divider,
    Facts,
    Heading,
    Image,
    List,
    Mention,
    Message,
    Note,
    Paragraph,
    Table,
    Text,
    answered,
    unanswered,
)
from messages.post import ASKER, Post

DONE, SNOOZE = Button("Done", "/action done A1"), Button("Snooze", "/action snooze A1")
HELP = Button("?", "/help")


def test_button_needs_a_label() -> None:
    with pytest.raises(ValueError, match="a button needs a label"):
        Button(" ", "/help")


def test_button_refuses_a_line_too_long() -> None:
    with pytest.raises(ValueError, match="a button's line has at most 2,000 characters"):
        Button("Done", "/" + "a" * 2000)


def test_image_needs_words() -> None:
    with pytest.raises(ValueError, match="an image needs words for those who cannot see it"):
        Image("https://a.example", "")


def test_field_needs_a_label() -> None:
    with pytest.raises(ValueError, match="the field 'due' needs a label"):
        Field("due", "")


def test_field_refuses_an_option_with_a_comma() -> None:
    with pytest.raises(ValueError, match="an option of 'who' has a comma in its value"):
        Field("who", "Who", "choices", options=(Option("a,b", "Both"),))


@pytest.mark.parametrize(
    ("field", "chosen"),
    [
        (Field("a", "A", "choices", value="x,y"), ("x", "y")),
        (Field("a", "A", "choices"), ()),
        (Field("a", "A", "choice", value="x,y"), ("x,y",)),
        (Field("a", "A", "choice"), ()),
    ],
)
def test_field_knows_what_is_chosen(field: Field, chosen: tuple[str, ...]) -> None:
    assert field.chosen == chosen


def test_rows_fill_their_fields() -> None:
    rows = Rows(
        "review",
        "Review",
        (Field("state", "State", value="running"), Field("note", "Note")),
        (Row("A3", "A3 Website", (("state", "paused"),), (("note", "Say why"),)),),
    )

    assert rows.filled(rows.rows[0]) == (
        Field("review.A3.state", "State", value="paused"),
        Field("review.A3.note", "Note", error="Say why"),
    )


@pytest.mark.parametrize(
    ("blocks", "summary"),
    [
        ((), ""),
        ((Divider(), Buttons((DONE,)), Heading("Title")), "Title"),
        ((Heading(""), Paragraph((Mention(1, "Sam"), Text(" did\nit")))), "@Sam did\nit"),
        ((Paragraph((Text("Try: "), CommandLine("/me"))),), "Try: /me"),
        ((Note((Text("note"),)), Heading("Title")), "Title"),
        ((Divider(), Note((Text("note"),))), "note"),
        ((List(((Text("a"),), (Text("b"),))),), "a, b"),
        ((Facts((("When", (Text("now"),)), ("Who", (Text("me"),)))),), "When: now, Who: me"),
        ((Table(("Ref", "What"), ()),), "Ref, What"),
        ((Image("https://a.example", "A chart"),), "A chart"),
        ((Attachment("Minutes", "file:1"),), "Minutes"),
        ((Form("New action", "action add", ()),), "New action"),
        ((Buttons((DONE, HELP)),), "Done, ?"),
    ],
)
def test_message_sums_itself_up(blocks: tuple[Block, ...], summary: str) -> None:
    assert Message(blocks).summary == summary


def test_answered_puts_the_outcome_where_the_buttons_were() -> None:
    message = Message((Heading("A1"), Buttons((DONE, SNOOZE)), Buttons((HELP,))), "Summary")

    assert answered(message, "/action snooze A1", "Sam snoozed it") == Message(
        (Heading("A1"), Note((Text("Sam snoozed it"),)), Buttons((HELP,))), "Summary"
    )


def test_answered_leaves_other_messages_alone() -> None:
    message = Message((Buttons((DONE,)),))

    assert answered(message, "/action done A2", "Sam did it") == message


def test_unanswered_takes_one_click_out_and_leaves_the_others() -> None:
    before = Message((Buttons((DONE, SNOOZE)), Buttons((HELP,))), "Summary")
    clicked = answered(before, "/action snooze A1", "Sam snoozed it")
    asked = Note((Text("Jo asked"),))
    now = Message((clicked.blocks[0], asked), "Summary")

    assert unanswered(now, before, clicked) == Message((Buttons((DONE, SNOOZE)), asked), "Summary")


def test_unanswered_leaves_a_message_of_another_shape_alone() -> None:
    before = Message((Buttons((DONE,)),))
    clicked = answered(before, DONE.line, "Sam did it")

    assert unanswered(Message(()), before, clicked) == Message(())


def test_post_goes_to_the_asker_unless_said_otherwise() -> None:
    message = Message(())

    assert Post(message) == Post(message, ASKER)
