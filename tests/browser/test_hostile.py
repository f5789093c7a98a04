"""Hostile texts: shown exactly as they were typed, in a real browser, and nothing comes of them."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from commands.grammar.words import cleaned
from storage.actions import actions
from storage.db import Database
from tests.browser.conftest import Visits
from tests.browser.doing import box, enter, form, messages, say
from tests.browser.serving import Served
from tests.messages.test_fuzz import HOSTILE

SCRIPTS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "'-alert(1)-'",
    "</textarea><script>alert(1)</script>",
    "<!--",
    "]]>",
    "<style>*{display:none}</style>",
    "<a href=javascript:alert(1)>x</a>",
    '<iframe srcdoc="<script>alert(1)</script>">',
    '<p hx-get="/" hx-trigger="load">',
    "<form action=//evil.example><button>Done",
    "&lt;b&gt; &amp;amp;",
    "${alert(1)} {{constructor.constructor('alert(1)')()}}",
    "x" * 1990,
    "\U0001f469\u200d\U0001f469\u200d\U0001f467 \u202eabc\u2066def",
    "a\u0301\u0302\u0303" * 30,
]
LONG = [text for text in HOSTILE if len(text) > 1]
SINGLE = "a" + "b".join(text for text in HOSTILE if len(text) == 1) + "z"
"""All single characters in one line: each between letters."""
TEXTS = [text for text in [*SCRIPTS, *LONG, SINGLE] if text.strip()]
MADE = "script, iframe, svg, style, img, [onerror], [onload], [hx-get], [href^=java], [action^='//']"


@pytest.fixture
def page(chat: Served, visit: Visits) -> Page:
    page = visit(chat.url)
    enter(page, "Sam Okafor", "#comms")
    return page


def in_box(page: Page, text: str) -> str:
    """The text as a box of several lines has it, and as it is kept."""
    page.wait_for_load_state()
    box(page).fill(text)
    return cleaned(box(page).input_value())


def test_hostile_talk_is_shown_exactly(page: Page) -> None:
    expected = []
    for text in TEXTS:
        line = "." + text  # never a command
        expected.append(in_box(page, line))
        box(page).press("Enter")
        expect(messages(page)).to_have_count(len(expected))

    shown = [said.text_content() for said in page.locator(".said").all()]

    assert shown == expected
    expect(page.locator(".said").locator(MADE)).to_have_count(0)
    page.reload()
    assert [said.text_content() for said in page.locator(".said").all()] == expected[-len(shown) :]


def test_hostile_titles_through_the_form_are_shown_exactly(page: Page, plan: Path) -> None:
    expected = []
    for text in TEXTS:
        say(page, "/action add")
        title = form(page).get_by_label("What is to be done")
        title.fill(text)
        expected.append(cleaned(title.input_value()).strip())
        form(page).get_by_role("button", name="Save").click()
        expect(form(page)).to_have_count(0)
        answers = messages(page).filter(has_text="is logged: ")
        expect(answers).to_have_count(len(expected))
        assert expected[-1] in (answers.last.text_content() or "")

    db = Database(str(plan))
    with db.reading(1) as session:
        titles = [action.title for action in actions(session, "open")]
    db.close()
    assert sorted(titles) == sorted(expected)
    expect(page.locator(".message:not(:has(form.form)) .said").locator(MADE)).to_have_count(0)
