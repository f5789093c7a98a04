"""The box to write in: it completes, it shows how it understands, and it loses nothing."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visits
from tests.browser.doing import box, enter, form, last, messages, say, told
from tests.browser.serving import Served


@pytest.fixture
def page(chat: Served, visit: Visits) -> Page:
    """Priya in #comms."""
    page = visit(chat.url)
    enter(page, "Priya Shah", "#comms")
    return page


def options(page: Page) -> Locator:
    return page.get_by_role("listbox", name="What could come next").get_by_role("option")


def test_suggestions_by_keyboard(page: Page) -> None:
    box(page).press_sequentially("/action ad")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("Tab")
    expect(box(page)).to_have_value(re.compile("^/action add "))
    page.keyboard.type("Print it owner: ")
    expect(options(page).filter(has_text="Sam Okafor")).to_be_visible()
    chosen = page.get_by_role("option", selected=True)
    while not chosen.filter(has_text="Sam Okafor").count():
        page.keyboard.press("ArrowDown")
        expect(chosen).to_have_id(box(page).get_attribute("aria-activedescendant") or "")

    page.keyboard.press("Enter")

    expect(box(page)).to_have_value(re.compile(r"^/action add Print it owner: \S*Sam Okafor"))
    expect(options(page)).to_have_count(0)


def test_nothing_is_taken_from_suggestions_for_what_was_typed_before(page: Page) -> None:
    for title in ("Print the map", "Count the chairs"):
        say(page, f"/action add {title} owner: me due: 12 June")
        told(page, f"is logged: {title}")
    box(page).press_sequentially("/action done A")
    expect(options(page).first).to_be_visible()
    slow = {"offline": False, "latency": 400, "downloadThroughput": -1, "uploadThroughput": -1}
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", slow)

    page.keyboard.type("2")
    page.keyboard.press("Tab")

    expect(box(page)).to_have_value("/action done A2 ")
    page.keyboard.press("Control+A")
    page.keyboard.type("/act")
    expect(options(page).filter(has_text="The action plan")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.type("i")
    page.keyboard.press("Tab")
    expect(box(page)).to_have_value("/action ")


def test_suggestions_with_the_mouse(page: Page) -> None:
    box(page).press_sequentially("/act")

    options(page).first.click()

    expect(box(page)).to_have_value(re.compile("^/action"))
    expect(box(page)).to_be_focused()


def test_escape_puts_suggestions_away_and_keeps_what_was_typed(page: Page) -> None:
    box(page).press_sequentially("/action")
    expect(options(page).first).to_be_visible()

    page.keyboard.press("Escape")

    expect(page.locator("#options")).to_be_hidden()
    expect(box(page)).to_have_value("/action")


def test_date_is_shown_as_understood_before_it_is_sent(page: Page) -> None:
    box(page).press_sequentially("/action add Print it due: end of June")

    expect(page.locator("#understood")).to_contain_text("Tuesday 30 June")
    expect(messages(page).filter(has_text="end of June")).to_have_count(0)
    box(page).fill("/action add Print it owner: Zork due: Friday")
    expect(page.locator("#understood .wrong")).to_contain_text("Nobody and nothing here is called “Zork”")


def test_talk_gets_no_suggestions(page: Page) -> None:
    box(page).press_sequentially("/action")
    expect(options(page).first).to_be_visible()

    box(page).fill("action, please")

    expect(page.locator("#options")).to_be_hidden()
    expect(page.locator("#understood")).to_be_empty()


def test_arrow_keys_bring_back_what_was_written(page: Page) -> None:
    for line in ("history: one", "history: two\nwith a line"):
        say(page, line)
        told(page, line.split("\n")[0])

    page.keyboard.press("ArrowUp")
    expect(box(page)).to_have_value("history: two\nwith a line")
    page.keyboard.press("ArrowUp")
    expect(box(page)).to_have_value("history: one")
    page.keyboard.press("ArrowDown")
    expect(box(page)).to_have_value("history: two\nwith a line")
    page.keyboard.press("ArrowDown")
    expect(box(page)).to_have_value("")


def test_shift_and_enter_makes_a_new_line(page: Page) -> None:
    box(page).press_sequentially("lines: one")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("two")
    page.keyboard.press("Enter")

    expect(told(page, "lines: one").locator(".said")).to_have_text("lines: one\ntwo", use_inner_text=True)


def test_nothing_is_sent_for_an_empty_box(page: Page) -> None:
    say(page, "empty: before")
    told(page, "empty: before")

    page.keyboard.press("Enter")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    box(page).fill("")
    say(page, "empty: after")

    told(page, "empty: after")
    expect(page.get_by_role("alert")).to_be_hidden()
    expect(messages(page).filter(has_text="empty:")).to_have_count(2)


def test_draft_is_kept_by_place_over_reload_and_back(page: Page) -> None:
    box(page).press_sequentially("draft: for later")

    page.reload()
    expect(box(page)).to_have_value("draft: for later")
    enter(page, "Priya Shah", "#council")
    expect(box(page)).to_have_value("")
    page.go_back()
    expect(box(page)).to_have_value("draft: for later")
    say(page, "draft: sent")
    page.reload()
    expect(box(page)).to_have_value("")


def test_what_is_sent_arrives_although_the_browser_can_keep_nothing(page: Page) -> None:
    page.evaluate("""() => {
        let size = 1 << 20;
        for (let n = 0; size; n++) {
            try { sessionStorage.setItem(`full ${n}`, "x".repeat(size)); } catch { size >>= 1; }
        }
    }""")

    say(page, "full: to the brim")

    told(page, "full: to the brim")


def test_form_keeps_what_was_typed_over_reload_and_back(page: Page) -> None:
    say(page, "/action add")
    what = form(page).get_by_label("What is to be done")
    expect(what).to_be_focused()
    page.keyboard.type("Sweep the yard")
    form(page).get_by_label("By when", exact=True).fill("end of June")

    page.reload()
    expect(what).to_have_value("Sweep the yard")
    enter(page, "Priya Shah", "#council")
    page.go_back()
    expect(what).to_have_value("Sweep the yard")
    expect(form(page).get_by_label("By when", exact=True)).to_have_value("end of June")
    form(page).get_by_role("button", name="Save").click()
    told(page, "is logged: Sweep the yard")
    expect(page.locator("form.form")).to_have_count(0)


def test_form_keeps_what_was_mended_over_a_reload(page: Page) -> None:
    say(page, "/action add")
    what, due = form(page).get_by_label("What is to be done"), form(page).get_by_label("By when", exact=True)
    what.fill("Mend the roof")
    due.fill("someday")
    form(page).get_by_role("button", name="Save").click()
    expect(page.locator(".errors")).to_be_visible()
    expect(due).to_have_value("someday")
    due.fill("12 June")

    page.reload()

    expect(due).to_have_value("12 June")
    expect(what).to_have_value("Mend the roof")
    form(page).get_by_role("button", name="Save").click()
    told(page, "is logged: Mend the roof")


def test_last_words_stay_in_view_when_the_box_grows(page: Page) -> None:
    page.get_by_role("button", name="Skip these steps").click()
    page.set_viewport_size({"width": 400, "height": 800})
    for number in range(20):
        say(page, f"grow: {number}")
    told(page, "grow: 19")

    box(page).fill("line\n" * 8)

    expect(last(page).locator(".said")).to_be_in_viewport(ratio=1)
    page.set_viewport_size({"width": 400, "height": 600})
    expect(last(page).locator(".said")).to_be_in_viewport(ratio=1)


def test_button_can_be_pressed_on_a_phone_while_the_box_has_the_keyboard(page: Page) -> None:
    """Nothing moves under the finger because the box is left."""
    page.set_viewport_size({"width": 400, "height": 800})
    say(page, "/action add Print it owner: me")
    edit = told(page, "is logged: Print it").get_by_role("button", name="Edit", exact=True)
    expect(box(page)).to_be_focused()

    edit.click()

    expect(page.locator("form.form")).to_be_in_viewport()
