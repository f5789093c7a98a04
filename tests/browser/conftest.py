"""A real browser: one for the tests of a worker, and pages in it on which nothing may go wrong unseen."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, expect, sync_playwright

from storage.db import Database
from tests.browser.serving import Served, served
from tests.conversation import start

NOW = "2020-06-01 09:30"
"""A Monday, after the day's posts."""

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 10_000
"""Milliseconds that a page may take until it shows what is expected, on a machine with much to do."""


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Headless Chromium; closed after the tests of this folder, so that others find no event loop running."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.fail("These tests need Chromium: `apt install chromium`, or name another's path in CHROMIUM.")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="package")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the partnership of Priya, Sam, Jo and Tom in it, to be copied."""
    path = tmp_path_factory.mktemp("founded") / "plan.db"
    db = Database(str(path))
    db.upgrade()
    start(db, NOW)
    db.close()
    return path


@pytest.fixture(scope="module")
def plan(founded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of a test file's own."""
    return Path(shutil.copy(founded, tmp_path_factory.mktemp("plan") / "plan.db"))


@pytest.fixture(scope="module")
def chat(plan: Path) -> Iterator[Served]:
    """The chat on that database; its clock stands still."""
    with served(plan.parent, "--db", str(plan), "--at", NOW.replace(" ", "T")) as chat:
        yield chat


@dataclass
class Visits:
    """Opens pages, each in a browser of its own, and notes what goes wrong on them.

    forgiven: parts of what a test provokes itself, such as a lost connection.
    """

    browser: Browser
    wrong: list[str] = field(default_factory=list)
    forgiven: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def __call__(self, url: str, width: int = 1280, height: int = 800, **look: Any) -> Page:
        """A page at an address, in a window of so many pixels; look: light or dark, and the like."""
        context = self.browser.new_context(viewport={"width": width, "height": height}, **look)
        context.set_default_timeout(PATIENCE)
        self.contexts.append(context)
        self._watch(context, "/".join(url.split("/")[:3]) + "/")
        page = context.new_page()
        page.goto(url)
        return page

    def _watch(self, context: BrowserContext, origin: str) -> None:
        context.on("console", lambda said: self._note(said.text) if said.type == "error" else None)
        context.on("weberror", lambda error: self._note(str(error.error)))
        context.on("dialog", self._refuse)
        context.on("request", lambda asked: self._look_at(asked.url, origin))

    def _look_at(self, url: str, origin: str) -> None:
        if not url.startswith((origin, "data:", "blob:")):
            self._note(f"asked for {url}")

    def _refuse(self, dialog: Dialog) -> None:
        self._note(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _note(self, what: str) -> None:
        if not any(part in what for part in self.forgiven):
            self.wrong.append(what)


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visits]:
    """Opens a page; afterwards nothing may have gone wrong on any of them."""
    visits = Visits(browser)
    yield visits
    for context in visits.contexts:
        context.close()
    assert visits.wrong == []
