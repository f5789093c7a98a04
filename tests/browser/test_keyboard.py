"""By keyboard alone: every place, form, thread and list, without a mouse and without a script's help."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visits
from tests.browser.doing import box, form, messages, say, tab_to, told
from tests.browser.serving import Served


@pytest.fixture
def page(chat: Served, visit: Visits) -> Page:
    """The direct messages of the coordinator; the guide is put away by the first who comes."""
    page = visit(chat.url)
    if page.locator("#guide").is_visible():
        tab_to(page, page.get_by_role("button", name="Skip these steps"))
        page.keyboard.press("Enter")
    expect(page.locator("#guide")).to_be_hidden()
    return page


def test_form_is_filled_mended_and_sent(page: Page) -> None:
    tab_to(page, box(page))
    page.keyboard.type("/action add")
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    expect(form(page).get_by_label("What is to be done")).to_be_focused()
    tab_to(page, form(page).get_by_label("By when", exact=True))
    page.keyboard.type("someday")
    tab_to(page, form(page).get_by_role("button", name="Save"))
    page.keyboard.press("Enter")
    expect(page.locator(".errors")).to_be_focused()

    tab_to(page, form(page).get_by_label("What is to be done"))
    page.keyboard.type("Film the entrance")
    tab_to(page, form(page).get_by_label("By when", exact=True))
    page.keyboard.press("Control+A")
    page.keyboard.type("12 June")
    tab_to(page, form(page).get_by_role("button", name="Save"))
    page.keyboard.press("Enter")

    expect(told(page, "is logged: Film the entrance")).to_contain_text("12 June")


def test_form_is_put_away(page: Page) -> None:
    say(page, "/action drop")
    cancel = page.get_by_role("button", name="Cancel")
    tab_to(page, cancel)
    page.keyboard.press("Space")

    told(page, "nothing was done")
    expect(cancel).to_have_count(0)


def test_another_person_and_another_place_are_reached(page: Page) -> None:
    tab_to(page, page.locator("details.who summary"), "Shift+Tab")
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("link", name="Tom Reed", exact=True))
    page.keyboard.press("Enter")
    expect(page.locator(".who").first).to_contain_text("You are Tom Reed")

    tab_to(page, page.get_by_role("link", name="#council"))
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("#council")


def test_skip_link_leads_to_the_box(page: Page) -> None:
    page.reload()
    tab_to(page, page.get_by_role("link", name="Skip to the box to write in"))
    page.keyboard.press("Enter")
    page.keyboard.type("/me")

    expect(box(page)).to_have_value("/me")


def test_thread_is_opened_answered_and_left(page: Page) -> None:
    tab_to(page, page.get_by_role("link", name="#comms"), "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("#comms")
    tab_to(page, box(page))
    page.keyboard.type("Who can film on Friday?")
    page.keyboard.press("Enter")
    reply = told(page, "Who can film on Friday?").get_by_role("link", name="Reply")
    tab_to(page, reply, "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Thread in #comms")

    tab_to(page, box(page))
    page.keyboard.type("I can")
    page.keyboard.press("Enter")
    told(page, "I can")
    tab_to(page, page.get_by_role("link", name="Back to #comms"), "Shift+Tab")
    page.keyboard.press("Enter")

    expect(told(page, "Who can film on Friday?")).to_contain_text("1 reply")


def test_clock_is_opened_moved_and_folded(page: Page) -> None:
    summary = page.locator("#clock > summary")
    tab_to(page, summary, "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What comes next")).to_be_visible()
    page.keyboard.press("Escape")
    expect(summary).to_be_focused()
    expect(page.get_by_role("heading", name="What comes next")).to_be_hidden()

    page.keyboard.press("Enter")
    tab_to(page, page.get_by_label("Go to a date", exact=True))
    page.keyboard.type("yesterday")
    page.keyboard.press("Enter")
    expect(page.locator("#clock-alert")).to_be_visible()
    page.keyboard.press("Control+A")
    page.keyboard.type("tomorrow")
    page.keyboard.press("Enter")

    expect(page.locator("#now")).to_contain_text("Tuesday 2 June 2020, 9am")


def test_command_in_an_answer_is_put_into_the_box(page: Page) -> None:
    say(page, "/help")
    first = told(page, "What I can do").get_by_role("button").first
    tab_to(page, first, "Shift+Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")

    expect(box(page)).to_be_focused()
    expect(box(page)).to_have_value("/help")


def test_long_list_of_messages_is_scrolled(page: Page) -> None:
    for number in range(12):
        say(page, f"/help action {number}")
    expect(messages(page).last).to_be_in_viewport()
    scroll = page.locator("#scroll")
    tab_to(page, scroll, "Shift+Tab")
    page.keyboard.press("Home")

    expect(messages(page).first).to_be_in_viewport()
    expect(messages(page).last).not_to_be_in_viewport()
