"""Whatever people type or fill in, the page shows it exactly, as words, and none of it is lost."""

import random
import re
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import local
from commands.grammar.forms import form_for
from commands.grammar.kinds import Filled
from commands.grammar.words import cleaned
from commands.registry import Verb
from messages.stored import to_json
from storage import chat
from tests.conversation import COMMANDS
from tests.messages.browser import parse
from tests.messages.test_fuzz import HOSTILE, any_value
from tests.messages.test_html_fuzz import IN_HTML
from tests.web.seeing import Page, Said
from tests.web.serving import Served, Visitor

VERBS = [verb for command in COMMANDS.commands.values() for verb in command.verbs.values()]
ONE_BY_ONE = [verb for verb in VERBS if all(part.type is not Filled for part in verb.parts)]
"""Verbs whose form asks for each part; the others have rows."""
TEXTS = [*HOSTILE, *IN_HTML]
TAGS = {
    "a", "b", "bdi", "br", "button", "code", "dd", "details", "div", "dl", "dt", "em", "fieldset", "figure",
    "form", "h3", "h4", "hr", "input", "label", "legend", "li", "ol", "option", "output", "p", "select",
    "small", "span", "strong", "summary", "table", "tbody", "td", "textarea", "th", "thead",
    "time", "tr", "ul",
}  # fmt: skip
"""What messages are made of; nothing that runs, is fetched, or changes how a page looks."""


def shown(text: str) -> str:
    """As a browser has it that was sent this in UTF-8, and the bot that keeps it."""
    return cleaned(text.encode("utf-8", "replace").decode())


def around(page: Page) -> Counter[str]:
    """The elements of a page outside its messages."""
    inside = Counter(each.tag for said in page.messages for each in said.element.all())
    return Counter(each.tag for each in page.tree.all() if each.tag != "li") - inside


def check_is_harmless(said: Said) -> None:
    elements = list(said.element.all())
    attributes = {name for each in elements for name, _ in each.attributes}
    links = [each["href"] for each in elements if each.has("href")]
    assert {each.tag for each in elements} <= TAGS
    assert {
        name for name in attributes if name.startswith("on") or name in ("src", "style", "srcdoc")
    } == set()
    assert [link for link in links if not link.startswith(("#", "?thread=", "/files/"))] == []


# --- the box to write in ----------------------------------------------------------------------------


def test_words_to_everyone_are_shown_exactly(priya: Visitor, jo: Visitor) -> None:
    before = around(priya.look())
    texts = [text for text in TEXTS if shown(text).strip()]
    said = [f"{n}: {text}" for n, text in enumerate(texts)][-40:]

    for text in said:
        assert priya.say(text).why == ""

    page = jo.look()
    assert [each.words for each in page.messages] == [shown(text) for text in said]
    assert around(priya.look()) == before
    with jo.listening(after=0) as events:
        heard = [next(event for event in events if event.kind == "message") for _ in said]
    assert [event.said.words for event in heard] == [shown(text) for text in said]
    for each in page.messages:
        check_is_harmless(each)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=60))
def test_any_words_are_shown_exactly(served: Served, priya: Visitor, text: str) -> None:
    came = priya.say(text)

    if came.is_lost:
        assert not shown(text).strip()
    else:
        assert shown(text) in [said.words for said in priya.look().messages[-3:]]


@pytest.mark.parametrize("before", ["/action add ", "@commsbot action add ", "/", "/help "])
def test_lines_to_the_bot_are_shown_exactly(served: Served, priya: Visitor, before: str) -> None:
    chance = random.Random(before)
    around_it = around(priya.look())
    for text in [*chance.sample(TEXTS, 10), any_value(chance), any_value(chance)]:
        line = before + text
        priya.say(line)
        page = priya.look()
        assert line_of(page) == shown(line)
        for said in page.messages:
            check_is_harmless(said)
    assert around(page) == around_it


def line_of(page: Page) -> str:
    return [said.words for said in page.messages if said.by == "Priya Shah"][-1]


def test_suggestions_show_what_was_typed_as_words(priya: Visitor) -> None:
    for text in random.Random(1).sample(TEXTS, 15):
        for line in (text, f"/action add {text} owner: {text}", f"/action add x due: {text}"):
            answer = priya.post("suggest", [("token", priya.token), ("line", line)])
            assert answer.status_code == 200, line
            found = list(parse(answer.text).all())
            assert {each.tag for each in found} <= {"ul", "li", "div", "span", "b", "small"}
            assert {name for each in found for name, _ in each.attributes} <= {
                "data-start", "role", "aria-selected", "data-text", "class", "id", "aria-disabled",
            }  # fmt: skip


# --- forms ------------------------------------------------------------------------------------------


def open_form(visitor: Visitor, verb: Verb) -> Said:
    """The form of a verb, as if it had been asked for."""
    room, place = visitor.served.room, visitor.served.place("#comms")
    heard = local.heard(room.workspace, f"@{visitor.name}", "#comms", "", "")
    with room.app.looking(heard, room.clock.now()) as request:
        form = to_json(form_for(verb, request))
    with room.writing(by=visitor.person) as session:
        key = f"{chat.ANSWER}{verb.path}|{chat.last_revision(session)}"
        chat.tell(session, place, key, only_for=visitor.person, message=form)
    return visitor.look().messages[-1]


def one_line(text: str) -> str:
    """What a box of one line can hold; a comma parts the values of several choices."""
    return re.sub("[\r\n,]", ";", text.encode("utf-8", "replace").decode())


@pytest.mark.parametrize("share", range(2))
def test_form_of_every_verb_keeps_or_does_what_was_filled_in(priya: Visitor, share: int) -> None:
    """What was wrong stands in the form again, every word of it; what was right was done."""
    chance = random.Random(share)
    before, mended = around(priya.look()), 0
    for verb in ONE_BY_ONE[share::2]:
        form = open_form(priya, verb)
        typed = {name: one_line(chance.choice(TEXTS) + any_value(chance)) for name in form.values}
        came = priya.fill(form, "", **typed)
        page = priya.look()
        if came.is_error and typed:
            (again,) = [said for said in page.messages if said.id == form.id]
            assert again.values == {name: cleaned(text) for name, text in typed.items()}, verb.path
            mended += 1
        for said in page.messages[-3:]:
            check_is_harmless(said)
        assert around(page) == before, verb.path
        priya.fill(form, "Cancel")
    assert mended > 8


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script> & [Done](</action drop A1>)", "مرحبا 🎉 \u202eabc"]
)
def test_title_from_a_form_is_shown_exactly(priya: Visitor, jo: Visitor, text: str) -> None:
    priya.say("/action add")
    priya.look()

    assert not priya.fill(what=text).is_error

    assert priya.look().messages[2].lead == f"A1 is logged: {text}"
    told = jo.told("logged A1").said
    assert told.words == f"Priya Shah logged A1, {text}: Priya Shah, no date yet"
    check_is_harmless(told)


def test_rows_of_a_review_keep_what_was_filled_in(served: Served, priya: Visitor) -> None:
    for number in range(3):
        served.type("Priya Shah", f"/action add Share stories {number} due: ongoing", "#council")
    priya.move("17 June")
    priya.say("/action review")
    form = priya.look().messages[-1]
    chance = random.Random(7)
    typed = {name: one_line(chance.choice(TEXTS) + any_value(chance)) for name in form.values}
    assert len(typed) == 6

    assert priya.fill(form, "", **typed).is_error

    (again,) = [said for said in priya.look().messages if said.id == form.id]
    assert again.values == {name: cleaned(text) for name, text in typed.items()}
    check_is_harmless(again)
