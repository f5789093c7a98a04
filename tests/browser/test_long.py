"""A long history: it opens at its end at once, and comes as one scrolls up."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from storage import chat as said
from storage.addresses import addresses
from storage.db import Database
from storage.people import people
from tests.browser.conftest import NOW, Visits
from tests.browser.doing import enter, messages, told
from tests.browser.serving import Served
from tests.conversation import at

MANY, AT_ONCE = 5_000, 40
LARGEST = 150_000
"""Bytes."""


@pytest.fixture(scope="module")
def plan(founded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = Path(shutil.copy(founded, tmp_path_factory.mktemp("plan") / "plan.db"))
    db = Database(str(path))
    with db.writing(1, at=at(NOW)) as session:
        place = next(each for each in addresses(session) if each.external == "#comms")
        authors = [person.id for person in people(session)]
        for n in range(1, MANY + 1):
            author = authors[n % len(authors)]
            said.tell(session, place.id, f"line|{n}", text=f"Message {n} " + "word " * 12, author_id=author)
    db.close()
    return path


def numbers(page: Page) -> list[int]:
    shown = page.locator("#messages > .message .said").all_text_contents()
    return [int(text.split()[1]) for text in shown]


def test_first_page_is_light_and_opens_at_the_end(chat: Served, visit: Visits) -> None:
    page = visit(chat.url)
    enter(page, "Jo Bell")

    page.goto(page.url.replace("/in/6/", "/in/1/"))
    page.wait_for_load_state()

    assert numbers(page) == list(range(MANY - AT_ONCE + 1, MANY + 1))
    expect(messages(page).last).to_be_in_viewport()
    weights = page.evaluate("performance.getEntries().map((each) => each.decodedBodySize ?? 0)")
    assert 80_000 < sum(weights) < LARGEST


def test_scrolling_up_brings_what_was_said_earlier(chat: Served, visit: Visits) -> None:
    page = visit(chat.url)
    enter(page, "Priya Shah", "#comms")
    for step in range(2, 8):
        top = numbers(page)[0]
        reading = page.locator(".message", has_text=f"Message {top} ").first
        page.locator("#scroll").evaluate("one => { one.scrollTop = 60 }")
        before = reading.evaluate("one => one.getBoundingClientRect().top")
        expect(messages(page)).to_have_count(AT_ONCE * step)
        after = reading.evaluate("one => one.getBoundingClientRect().top")

        assert abs(after - before) < 3
        assert numbers(page) == list(range(MANY - AT_ONCE * step + 1, MANY + 1))
    expect(page.get_by_role("log", name="New messages")).to_be_empty()


def test_all_of_it_can_be_reached(chat: Served, visit: Visits) -> None:
    page = visit(chat.url)
    enter(page, "Sam Okafor", "#comms")
    page.evaluate(
        """async () => {
            const scroll = document.getElementById("scroll");
            while (document.querySelector(".more")) {
                scroll.scrollTop = 0;
                await new Promise((done) => requestAnimationFrame(done));
            }
        }"""
    )

    assert numbers(page) == list(range(1, MANY + 1))
    told(page, "Message 1 ")
