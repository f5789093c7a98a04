"""Doing: what people do on the page of the chat, and what they see there."""

import re
from typing import Literal

from playwright.sync_api import Locator, Page, expect

Key = Literal["Tab", "Shift+Tab"]
MOST_TABS = 300


def enter(page: Page, who: str, place: str = "Commsbot") -> None:
    """Be somebody, in a chat channel ("#comms") or in their direct messages ("Commsbot")."""
    show_places(page)
    if f"You are {who}" not in page.locator(".who").inner_text():
        page.locator("details.who summary").click()
        page.get_by_role("link", name=who, exact=True).click()
        show_places(page)
    door(page, place).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(place)
    expect(page.locator("#places")).to_contain_text(f"You are {who}")
    page.wait_for_load_state()


def show_places(page: Page) -> None:
    """On a phone they have to be asked for."""
    page.wait_for_load_state()
    if page.locator("a.menu").is_visible() and not page.locator("#places").is_visible():
        page.locator("a.menu").click()
    expect(page.get_by_role("navigation", name="Menu")).to_be_visible()


def door(page: Page, place: str) -> Locator:
    """The line of a place in the list of places."""
    name = re.compile(rf"^{re.escape(place)}( \d+ new)?$")
    return page.get_by_role("navigation", name="Menu").get_by_role("link", name=name)


def box(page: Page) -> Locator:
    """The box to write in."""
    return page.locator("#line")


def say(page: Page, line: str) -> None:
    """Write something and send it; the box is empty again then."""
    page.wait_for_load_state()
    box(page).fill(line)
    box(page).press("Enter")
    expect(box(page)).to_have_value("")


def messages(page: Page) -> Locator:
    return page.locator("#messages > .message")


def last(page: Page) -> Locator:
    return messages(page).last


def form(page: Page) -> Locator:
    """The latest form that is open here; what others do may be told below it meanwhile."""
    return page.locator("form.form").last


def told(page: Page, words: str) -> Locator:
    """The last message with these words, once it is there."""
    found = messages(page).filter(has_text=words).last
    expect(found).to_be_visible()
    return found


def tab_to(page: Page, target: Locator, key: Key = "Tab") -> None:
    """Press Tab until something has the keyboard."""
    for _ in range(MOST_TABS):
        if target.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{key} does not lead to {target}")
