"""What a browser sends back of a form: what stood in it, whatever that was."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from messages.form import Field, Form, Kind, Option, Row, Rows
from messages.html import Frame, as_html
from messages.html_forms import read_filled
from messages.message import Message
from tests.messages.browser import Element, parse, sent
from tests.messages.test_fuzz import HOSTILE

FEW = (Option("r", "Running"), Option("p", "Paused"))
MANY = tuple(Option(letter, letter.upper()) for letter in "abcde")


def form_of(*fields: Field | Rows) -> Element:
    frame = Frame(fill="/fill", hidden=(("token", "t"),))
    (form,) = parse(as_html(Message((Form("New action", "action add", fields),)), frame)).all("form")
    return form


@pytest.mark.parametrize(
    ("pairs", "filled"),
    [
        ([], {}),
        ([("command", "action add"), ("token", "t"), ("cancel", "yes")], {}),
        ([("field.what", "a\r\nb\r\n")], {"what": "a\nb\n"}),
        ([("field.what", "")], {"what": ""}),
        ([("field.review.A3.state", "running")], {"review.A3.state": "running"}),
        ([("field.who", "a"), ("field.who", "b")], {"who": "a,b"}),
        ([("field.who", ""), ("field.who", "b")], {"who": "b"}),
        ([("field.due", "Friday"), ("pick.due", "2026-06-12")], {"due": "Friday"}),
        ([("pick.due", "2026-06-12"), ("field.due", " ")], {"due": "12 June 2026"}),
        ([("pick.due", "2026-06-12")], {"due": "12 June 2026"}),
        ([("field.due", ""), ("pick.due", "")], {"due": ""}),
        ([("field.due", ""), ("pick.due", "12026-06-12")], {"due": "12026-06-12"}),
        ([("pick.review.A3.due", "2027-01-01")], {"review.A3.due": "1 January 2027"}),
    ],
)
def test_read_filled_makes_fields_of_what_was_sent(
    pairs: list[tuple[str, str]], filled: dict[str, str]
) -> None:
    assert read_filled(pairs) == filled


def test_form_sends_that_nothing_is_ticked() -> None:
    boxes = (Field("who", "W", "choices", options=FEW), Field("on", "O", "yes_no", value="no"))

    assert read_filled(sent(form_of(*boxes))) == {"who": "", "on": ""}


def test_form_that_is_cancelled_says_so() -> None:
    form = form_of(Field("a", "A", value="1"))

    assert sent(form, "Cancel") == [
        ("token", "t"),
        ("command", "action add"),
        ("field.a", "1"),
        ("cancel", "yes"),
    ]


KINDS: list[Kind] = ["text", "lines", "number", "when", "choice"]
TYPED = st.one_of(st.sampled_from(HOSTILE), st.text(), st.lists(st.sampled_from(HOSTILE)).map("".join))


def as_sendable(typed: str) -> str:
    """What a page can hold of it, and a browser can send: one kind of line break."""
    return typed.replace("\0", "\ufffd").replace("\r\n", "\n").replace("\r", "\n")


@settings(deadline=None)
@given(values=st.lists(TYPED, min_size=5, max_size=5), options=st.sampled_from([(), FEW, MANY]))
def test_form_sends_back_what_stood_in_it(values: list[str], options: tuple[Option, ...]) -> None:
    fields = tuple(
        Field(f"f{kind}", kind, kind, value=value, options=options)
        for kind, value in zip(KINDS, values, strict=True)
    )

    filled = read_filled(sent(form_of(*fields)))

    assert filled == {field.name: as_sendable(field.value) for field in fields}


@settings(deadline=None)
@given(key=TYPED, state=TYPED, picked=st.lists(st.sampled_from(["r", "p", "x"]), min_size=1, unique=True))
def test_form_sends_back_its_rows(key: str, state: str, picked: list[str]) -> None:
    asked = (Field("state", "S"), Field("who", "W", "choices", options=FEW), Field("on", "O", "yes_no"))
    row = Row(key, key, (("state", state), ("who", ",".join(picked)), ("on", "yes")))

    filled = read_filled(sent(form_of(Rows("review", "Review", asked, (row,)))))

    sendable = as_sendable(key)
    assert filled == {
        f"review.{sendable}.state": as_sendable(state),
        f"review.{sendable}.who": ",".join(sorted(picked, key="rpx".index)),
        f"review.{sendable}.on": "yes",
    }
