"""Accessibility: axe finds nothing on any view, at any width, light or dark; and what is new is announced."""

import re
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page, expect

from bot.web.look import render
from storage import outbox
from storage.db import Database
from tests.browser.conftest import NOW, Visits
from tests.browser.doing import box, enter, form, say, show_places, told
from tests.browser.serving import Served, served
from tests.browser.test_blocks import put
from tests.conversation import at

WIDTHS = (320, 768, 1280)
SCHEMES = ("light", "dark")
View = Callable[[Page], object]


def all_blocks(page: Page) -> None:
    enter(page, "Priya Shah")
    say(page, "/help me")
    told(page, "The open day")


def guide(page: Page) -> None:
    page.goto(page.url.partition("/as/")[0] + "/as/3/")  # as somebody in a browser of her own
    expect(page.get_by_role("region", name="First visit")).to_be_visible()


def empty_place(page: Page) -> None:
    enter(page, "Jo Bell", "#council")
    expect(page.locator("#empty")).to_be_visible()


def channel(page: Page) -> None:
    enter(page, "Sam Okafor", "#comms")
    say(page, "Good morning")
    say(page, "/action add Print the map owner: me due: 12 June")
    say(page, "/action list")
    told(page, "A1")


def thread(page: Page) -> None:
    enter(page, "Sam Okafor", "#comms")
    say(page, "@commsbot action list")
    told(page, "@commsbot").get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Thread in #comms")


def open_form(page: Page) -> None:
    enter(page, "Tom Reed")
    forms = page.locator("form.form")
    while forms.count():
        forms.first.get_by_role("button", name="Cancel").click()
        expect(forms).to_have_count(0)
    say(page, "/action add")
    expect(forms).to_have_count(1)


def form_with_errors(page: Page) -> None:
    open_form(page)
    form(page).get_by_label("By when", exact=True).fill("someday")
    form(page).get_by_role("button", name="Save").click()
    expect(page.locator(".errors").last).to_be_visible()


def suggestions(page: Page) -> None:
    enter(page, "Tom Reed")
    box(page).press_sequentially("/action add Print it due: end of ju")
    expect(page.locator("#options")).to_be_visible()
    page.keyboard.press("ArrowDown")


def suggestions_in_a_form(page: Page) -> None:
    open_form(page)
    form(page).get_by_label("Who owns it").press_sequentially("S")
    expect(form(page).get_by_role("option").first).to_be_visible()


def people_list(page: Page) -> None:
    show_places(page)
    page.locator("details.who summary").click()
    expect(page.get_by_role("link", name="Tom Reed", exact=True)).to_be_visible()


def clock(page: Page) -> None:
    page.locator("#clock summary").click()
    expect(page.get_by_label("Go to a date", exact=True)).to_be_visible()
    expect(page.locator("#clock")).not_to_contain_text("Looking…")


def not_here(page: Page) -> None:
    page.goto(page.url.split("/as/")[0] + "/as/99/in/99/")
    expect(page.get_by_role("heading", level=1)).to_have_text("There is nothing here")


VIEWS: dict[str, View] = {
    view.__name__: view
    for view in (
        all_blocks, guide, empty_place, channel, thread, open_form, form_with_errors, suggestions,
        suggestions_in_a_form, people_list, show_places, clock, not_here,
    )
}  # fmt: skip

ON_A_PHONE = ("show_places", "people_list")
"""Opened where the list of places covers the page; each is looked at in all widths."""


@pytest.fixture(scope="module")
def plan(plan: Path) -> Path:
    db = Database(str(plan))
    with db.writing(1, at=at(NOW)) as session:
        put(session)
        assert outbox.post_with_key(session, "every|block")
    db.close()
    return plan


@pytest.mark.parametrize("what", ["not here", "not signed in", "signed out", "not ours", "busy", "bug"])
def test_page_that_says_what_is_wrong_has_no_flaw(chat: Served, visit: Visits, what: str) -> None:
    """As the server makes it; most of them cannot be had at will."""
    html = render("wrong", what=what, reference="a1b2c3d4")
    page = visit(chat.url)
    page.route("**/wrong", lambda route: route.fulfill(body=html, content_type="text/html"))

    page.goto(page.url.partition("/as/")[0] + "/wrong")

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert flaws(page) == []


def flaws(page: Page) -> list[str]:
    """What axe finds, and whether one has to scroll sideways, in every width and scheme."""
    found: list[str] = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            for wrong in Axe().run(page).response["violations"]:
                nodes = [" ".join(map(str, node["target"])) + node["html"][:120] for node in wrong["nodes"]]
                found.append(f"{width} {scheme} {wrong['id']}: {'; '.join(nodes)}")
        wide = page.evaluate("document.scrollingElement.scrollWidth")
        if wide > width:
            found.append(f"{width}: the page is {wide} wide")
    return found


@pytest.mark.parametrize("name", VIEWS)
def test_view_has_no_flaw(name: str, chat: Served, visit: Visits) -> None:
    visit.forgiven.append("404" if name == "not_here" else "nothing else")
    page = visit(chat.url, width=320 if name in ON_A_PHONE else 1280)

    VIEWS[name](page)

    assert flaws(page) == []


def test_sign_in_pages_have_no_flaw(founded: Path, tmp_path: Path, visit: Visits) -> None:
    path = tmp_path / "plan.db"
    path.write_bytes(founded.read_bytes())
    port = free_port()
    visit.forgiven.append("401")
    with served(tmp_path, "--db", str(path), "--url", f"http://127.0.0.1:{port}", port=port) as signed:
        page = visit(signed.url)
        expect(page.get_by_role("heading", level=1)).to_have_text("Please sign in")
        found = flaws(page)
        page.goto(signed.first)
        expect(page.get_by_role("heading", level=1)).to_have_text("Sign in as Priya Shah")
        found += flaws(page)
        page.get_by_role("button", name="Sign in").click()
        show_places(page)
        found += flaws(page)
        page.get_by_role("link", name="Links").click()
        page.get_by_role("button", name="Make a link for Sam Okafor").click()
        expect(page.get_by_role("status")).to_contain_text("The new link of Sam Okafor")
        found += flaws(page)
        page.get_by_role("link", name="Back to the chat").click()
        show_places(page)
        page.get_by_role("button", name="Sign out").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("You are signed out")
        found += flaws(page)
        page.close()

    assert found == []


def free_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as door:
        return str(door.getsockname()[1])


def test_new_messages_are_announced_and_old_ones_are_not(chat: Served, visit: Visits) -> None:
    sam, jo = visit(chat.url), visit(chat.url)
    enter(jo, "Jo Bell", "#comms")
    for number in range(45):
        say(jo, f"aloud: old {number}")
    enter(sam, "Sam Okafor", "#comms")
    sam.locator("#scroll").evaluate("one => { one.scrollTop = 0 }")
    expect(sam.get_by_text("aloud: old 0", exact=True)).to_be_visible()
    expect(sam.get_by_role("log")).to_be_empty()

    say(jo, "aloud: new")
    say(sam, "aloud: my own")

    told(sam, "aloud: my own")
    expect(sam.get_by_role("log")).to_have_text("Jo Bell: aloud: new")
    expect(sam.get_by_role("log")).to_have_attribute("aria-live", "polite")


def test_keyboard_goes_into_a_form_and_to_what_is_wrong_in_it(chat: Served, visit: Visits) -> None:
    page = visit(chat.url)
    enter(page, "Tom Reed")
    say(page, "/action add")

    expect(form(page).get_by_label("What is to be done")).to_be_focused()
    page.keyboard.type("Mend the fence")
    form(page).get_by_label("By when", exact=True).fill("someday")
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")

    wrong = page.locator(".errors").last
    expect(wrong).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    due = form(page).get_by_label("By when", exact=True)
    expect(due).to_be_focused()
    expect(due).to_have_accessible_description(re.compile("Not yet: "))
    expect(due).to_have_attribute("aria-invalid", "true")
    expect(form(page).get_by_label("What is to be done")).to_have_value("Mend the fence")
    page.keyboard.press("Control+A")
    page.keyboard.type("12 June")
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    told(page, "is logged: Mend the fence")
