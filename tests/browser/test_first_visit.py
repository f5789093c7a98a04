"""A first visit: five steps, with the mouse or by keyboard alone, left out or had again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visits
from tests.browser.doing import box, enter, tab_to, told
from tests.browser.serving import Served, served

STEPS = [
    "Step 1 of 5 Log an action",
    "Step 2 of 5 See what is yours",
    "Step 3 of 5 Click Done",
    "Step 4 of 5 Move the clock",
    "Step 5 of 5 Ask why",
    "That is all there is to it",
]
LINE = "/action add Refresh the newsletter owner: me due: in 2 working days"


@pytest.fixture
def chat(tmp_path: Path) -> Iterator[Served]:
    with served(tmp_path, "--at", "2026-06-01T09:30") as chat:
        yield chat


def guide(page: Page) -> Locator:
    return page.get_by_role("region", name="First visit")


def step_is(page: Page, number: int) -> None:
    expect(guide(page).get_by_role("heading")).to_have_text(STEPS[number - 1])


def button(page: Page | Locator, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def done(page: Page) -> Locator:
    """The Done button of the action that was shown last."""
    return button(told(page, "History:"), "Done")


def test_guided_visit_with_the_mouse(chat: Served, visit: Visits) -> None:
    page = visit(chat.url)
    step_is(page, 1)
    button(page, "Fill in the example").click()
    expect(page.locator("#understood")).to_contain_text("Wednesday 3 June")
    button(page, "Send").click()
    told(page, "A13 is logged: Refresh the newsletter")
    step_is(page, 2)
    button(page, "Fill in the example").click()
    button(page, "Send").click()
    told(page, "Priya Shah: 5 actions")
    step_is(page, 3)
    button(page, "Fill in the example").click()
    button(page, "Send").click()
    done(page).click()
    told(page, "A8 is done")
    step_is(page, 4)
    button(page, "To the next thing that happens").click()
    expect(told(page, "Tuesday 2 June: 1 late")).to_contain_text("A13 Refresh the newsletter")
    expect(page.locator("#now")).to_contain_text("Tuesday 2 June 2026, 9am")
    step_is(page, 5)
    button(page, "Fill in the example").click()
    button(page, "Send").click()
    told(page, "A13: due Wednesday 3 June; spoken of 1 working day before")
    step_is(page, 6)
    button(page, "Close").click()
    expect(guide(page)).to_be_hidden()


def test_guided_visit_by_keyboard_alone(chat: Served, visit: Visits) -> None:
    page = visit(chat.url)
    for number, answer in ((1, "A13 is logged"), (2, "Priya Shah: 5 actions")):
        step_is(page, number)
        tab_to(page, button(page, "Fill in the example"))
        page.keyboard.press("Enter")
        expect(box(page)).to_be_focused()
        page.keyboard.press("Enter")
        told(page, answer)
    step_is(page, 3)
    tab_to(page, button(page, "Fill in the example"), "Shift+Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    tab_to(page, done(page), "Shift+Tab")
    page.keyboard.press("Enter")
    told(page, "is done")
    step_is(page, 4)
    tab_to(page, button(page, "To the next thing that happens"), "Shift+Tab")
    page.keyboard.press("Enter")
    expect(told(page, "Tuesday 2 June: ")).to_contain_text("A13 Refresh the newsletter")
    step_is(page, 5)
    tab_to(page, button(page, "Fill in the example"))
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    told(page, "A13: due Wednesday 3 June; spoken of 1 working day before")
    step_is(page, 6)
    tab_to(page, button(page, "Close"))
    page.keyboard.press("Enter")
    expect(guide(page)).to_be_hidden()


def test_first_visit_can_be_skipped_and_had_again(chat: Served, visit: Visits) -> None:
    page = visit(chat.url)
    button(page, "Skip these steps").click()
    expect(guide(page)).to_be_hidden()
    page.reload()
    expect(guide(page)).to_be_hidden()

    button(page, "Show me round").click()

    step_is(page, 1)


def test_first_visit_goes_on_where_it_was_for_each_person(chat: Served, visit: Visits) -> None:
    page = visit(chat.url)
    box(page).fill(LINE)
    box(page).press("Enter")
    step_is(page, 2)

    page.reload()
    step_is(page, 2)
    enter(page, "Jo Bell", "#comms")  # the same human, who has been shown round
    expect(page.locator("#guide")).to_be_hidden()
    enter(page, "Priya Shah", "#council")
    step_is(page, 2)
