"""Where one looks: what was asked for is shown, wherever one has scrolled to."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visits
from tests.browser.doing import enter, form, say, told
from tests.browser.serving import Served


@pytest.fixture
def page(chat: Served, visit: Visits) -> Page:
    """The coordinator on a phone."""
    page = visit(chat.url, width=400, height=780)
    if page.locator("#guide").is_visible():
        page.get_by_role("button", name="Skip these steps").click()
    enter(page, "Priya Shah")
    return page


def test_what_the_clock_brings_is_shown_to_whoever_moved_it(page: Page) -> None:
    say(page, "/action add Print the map owner: me due: in 2 working days")
    told(page, "is logged: Print the map")
    say(page, "/help action")
    told(page, "/action undo")
    page.locator("#scroll").evaluate("one => { one.scrollTop = 0 }")

    page.get_by_role("button", name="Next thing").click()

    expect(told(page, "1 coming up").get_by_role("heading")).to_be_in_viewport()


def test_what_comes_next_is_worked_out_only_for_who_looks_at_it(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.url.endswith("/coming") else None)
    before = page.locator("#now").get_attribute("datetime") or ""
    page.get_by_role("button", name="+1 day").click()
    expect(page.locator("#now")).not_to_have_attribute("datetime", before)
    assert asked == []

    page.locator("#clock summary").click()

    expect(page.locator("#clock")).not_to_contain_text("Looking…")
    assert len(asked) == 1


def test_form_that_is_filled_in_begins_after_what_it_is_about(page: Page) -> None:
    say(page, "/action add Mend the gate owner: me due: 12 June")
    told(page, "is logged: Mend the gate").get_by_role("button", name="Edit", exact=True).click()
    expect(form(page).get_by_label("What is to be done")).to_be_focused()


def test_form_begins_at_its_first_question_without_an_answer(page: Page) -> None:
    say(page, "/partner roles add Press Officer")
    told(page, "Press Officer")

    say(page, "/partner roles hold")

    expect(form(page).get_by_role("radio", name="Press Officer")).to_be_focused()
