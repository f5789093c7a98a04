"""Ending: however the chat is ended, whoever looks is let go, and it leaves quietly."""

import re
import signal
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visits
from tests.browser.doing import box, form, say
from tests.browser.serving import served


def test_draft_of_a_chat_that_was_here_before_is_not_found_in_the_next(tmp_path: Path, visit: Visits) -> None:
    visit.forgiven += ["ERR_"]
    sample = ("--at", "2026-06-01T08:00")
    with served(tmp_path, *sample) as chat:
        page = visit(chat.url)
        say(page, "/action add")
        form(page).get_by_label("What is to be done").fill("Half a thought")
        box(page).fill("and another")
        page.goto("about:blank")
    with served(tmp_path, *sample, port=chat.port) as chat:
        page.goto(chat.url)
        expect(box(page)).to_have_value("")
        say(page, "/action add")

        expect(form(page).get_by_label("What is to be done")).to_have_value("")
        page.close()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda how: how.name)
def test_chat_ends_quietly_while_pages_are_open(tmp_path: Path, visit: Visits, how: signal.Signals) -> None:
    visit.forgiven += ["ERR_"]
    with served(tmp_path, ends=how) as chat:
        pages = [visit(chat.url) for _ in range(3)]

    for page in pages:
        expect(page.locator("body")).to_have_class(re.compile("away"))
