"""The console in trouble: every line is answered, and what keeps it from starting is one plain sentence."""

import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from bot.console import Console
from storage.db import Database
from tests.bot.test_console import HERE, console
from tests.conversation import Conversation, start
from tests.storage.test_outages import locked

BUSY = "--- to you\nThe plan is busy or out of reach just now. Nothing was changed. Please try again in a minute."


class Talk:
    """A console in this process, and what it wrote."""

    def __init__(self, db: Database) -> None:
        self.written = ""
        self.conversation: Conversation = start(db, "2020-06-01 10:00")
        talk = self.conversation
        self.console = Console(talk.app, talk.workspace, talk.clock, self._write)
        talk.app.platforms["local"]._show = self.console.show  # type: ignore[attr-defined, index]
        self.console.speak_as("Sam Okafor", "comms")

    def _write(self, words: str) -> None:
        self.written += words

    def run(self, *lines: str) -> str:
        self.written = ""
        self.console.run(lines)
        return self.written


@pytest.mark.parametrize("line", ["/as Jo Bell", "/action add Print the posters", "/click 1"])
def test_line_typed_while_the_plan_is_busy_is_answered_and_the_next_one_read(
    db: Database, url: str, line: str
) -> None:
    talk = Talk(db)
    talk.run("/action add Book the hall")

    with locked(url, talk.conversation):
        said = talk.run(line, "/action list")
    after = talk.run("/action list")

    assert said.startswith(BUSY)
    assert "1 open action" in said
    assert "1 open action" in after
    assert talk.console.wrote_errors


def test_clock_stands_where_the_plan_became_busy_and_goes_on_after(db: Database, url: str) -> None:
    talk = Talk(db)
    talk.run("/action add Print the posters due: 3 June")

    with locked(url, talk.conversation):
        said = talk.run("/clock +1d", "/in hospitals")
    after = talk.run("/clock 2020-06-02 10:00")

    assert "please move the clock again in a minute; it stands at Tuesday 2 June 2020, 09:00." in said.lower().replace(
        "tuesday 2 june", "Tuesday 2 June"
    )
    assert "You are in #hospitals now." in said
    assert "due tomorrow" in after or "Print the posters" in after
    assert "It is Tuesday 2 June 2020, 10:00." in after


def test_post_that_could_not_go_out_goes_out_with_the_next_line(sqlite: Database, sqlite_url: str) -> None:
    talk = Talk(sqlite)
    deliver = talk.console.app.deliver
    with _broken_in_between(talk, sqlite_url):
        first = talk.run("/action add Print the posters")
    second = talk.run("/me")

    assert deliver
    assert "A1 is logged: Print the posters" in first
    assert "--- to #comms" not in first
    assert "--- to #comms\nSam Okafor logged A1" in second
