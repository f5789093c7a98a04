"""The stored form: what was written yesterday is read today, exactly."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from messages.form import Field, Form, Row, Rows
from messages.message import (
    Attachment,
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
)
from messages.stored import from_json, to_json

LABELS = st.text().map("a".__add__)


def several(each: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(each, max_size=4).map(tuple)


WORDS: st.SearchStrategy[Any] = st.sampled_from([Heading, Paragraph, List, Facts, Table, Note]).flatmap(
    st.from_type
)
FIELDS = st.builds(Field, label=LABELS, kind=st.sampled_from(["text", "choice", "when"]))
ROWS = st.builds(Rows, fields=several(FIELDS), rows=several(st.from_type(Row)))
BLOCKS: st.SearchStrategy[Any] = (
    WORDS
    | st.builds(Divider)
    | st.builds(Attachment)
    | st.builds(Image, alt=LABELS)
    | st.builds(Buttons, several(st.builds(Button, LABELS)))
    | st.builds(Form, fields=several(FIELDS | ROWS))
)


@settings(deadline=None)
@given(st.builds(Message, several(BLOCKS)))
def test_stored_message_is_read_back_exactly(message: Message) -> None:
    assert from_json(to_json(message)) == message


def test_stored_form_stays_what_it_is() -> None:
    message = Message(
        (
            Paragraph((Text("Hello ", bold=True), Mention(5, "Sam"), CommandLine("/me"))),
            Buttons((Button("Done", "/action done A1"),)),
            Attachment("é", "file:1"),
        ),
        "Hello",
    )

    assert to_json(message) == (
        '{"v":1,"summary":"Hello","blocks":['
        '{"is":"paragraph","spans":[{"is":"text","value":"Hello ","bold":true,"italic":false},'
        '{"is":"mention","person":5,"name":"Sam"},{"is":"commandline","line":"/me"}]},'
        '{"is":"buttons","buttons":[{"is":"button","label":"Done","line":"/action done A1"}]},'
        '{"is":"attachment","name":"\\u00e9","url":"file:1"}]}'
    )


def test_stored_form_may_lack_what_has_a_default() -> None:
    text = '{"v":1,"summary":"","blocks":[{"is":"paragraph","spans":[{"is":"text","value":"a"}]}]}'

    assert from_json(text) == Message((Paragraph((Text("a"),)),))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('{"v":2}', "a stored message of version 2 cannot be read, only version 1"),
        ("{}", "a stored message of version None cannot be read, only version 1"),
        ("[]", "a stored message of version None cannot be read, only version 1"),
        (
            '{"v":1,"summary":"","blocks":[{"is":"marquee"}]}',
            "a stored message holds 'marquee', which is no kind of block",
        ),
        ('{"v":1,"summary":"","blocks":[{}]}', "a stored message holds None, which is no kind of block"),
    ],
)
def test_stored_form_refuses_what_it_does_not_know(text: str, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        from_json(text)


def test_stored_summary_left_out_is_taken_from_the_blocks() -> None:
    assert from_json(to_json(Message((Heading("A"),)))) == Message((Heading("A"),), "A")
