"""Ending: however the chat is ended, whoever looks is let go, and it leaves quietly."""

import re
import signal
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visits
from tests.browser.serving import served


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda how: how.name)
def test_chat_ends_quietly_while_pages_are_open(tmp_path: Path, visit: Visits, how: signal.Signals) -> None:
    visit.forgiven += ["ERR_"]
    with served(tmp_path, ends=how) as chat:
        pages = [visit(chat.url) for _ in range(3)]

    for page in pages:
        expect(page.locator("body")).to_have_class(re.compile("away"))
