"""The console in trouble: every line is answered, and what keeps it from starting is one plain sentence."""

import os
import pty
import sqlite3
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from bot import local
from bot.app import App
from bot.console import Console
from bot.local import Local
from storage.db import Database
from tests.bot.test_console import HERE, console
from tests.conversation import COMMANDS, start
from tests.storage.test_outages import locked

BUSY = "--- to you\nThe plan is busy or out of reach just now. Nothing was changed."


class Talk:
    """A console in this process, and what it wrote; a word in `locks` locks the plan when it is written."""

    def __init__(self, db: Database, url: str) -> None:
        self.conversation, self.url = start(db, "2020-06-01 10:00"), url
        self.written, self.locks, self.lock = "", "", ExitStack()
        app = App(db, COMMANDS, {local.NAME: Local(lambda shown: self.console.show(shown))})
        self.console = Console(app, self.conversation.workspace, self.conversation.clock, self.write)
        self.console.speak_as("Sam Okafor", "comms")

    def write(self, words: str) -> None:
        self.written += words
        if self.locks and self.locks in words:
            self.lock.enter_context(locked(self.url, self.conversation))

    def run(self, *lines: str) -> str:
        self.written = ""
        self.console.run(lines)
        return self.written


@pytest.mark.parametrize("line", ["/as Jo Bell", "/action add Print the posters", "/click 1"])
def test_line_typed_while_the_plan_is_busy_is_answered_and_the_next_one_read(
    db: Database, url: str, line: str
) -> None:
    talk = Talk(db, url)
    talk.run("/action add Book the hall", "/action show A1")

    with locked(url, talk.conversation):
        said = talk.run(line, "/action list")

    assert said.startswith(BUSY)
    assert "You typed: /" in said
    assert "1 open action\n" in said
    assert talk.console.wrote_errors


def test_clock_stops_where_the_plan_becomes_busy_and_goes_on_after(db: Database, url: str) -> None:
    talk = Talk(db, url)
    talk.run("/action add Print the posters due: 3 June")

    with locked(url, talk.conversation):
        said = talk.run("/clock +2d", "/in hospitals")
    after = talk.run("/clock 2020-06-02 10:00")

    assert "move the clock again in a minute; it stands at Tuesday 2 June 2020, 09:00." in said
    assert "You are in #hospitals now." in said
    assert talk.console.wrote_errors
    assert "--- to you\nTuesday 2 June: 1 coming up\n\nA1 Print the posters" in after
    assert "It is Tuesday 2 June 2020, 10:00." in after


def test_post_that_could_not_go_out_goes_out_with_the_next_line(db: Database, url: str) -> None:
    talk = Talk(db, url)
    talk.locks = "A1 is logged"

    with talk.lock:
        first = talk.run("/action add Print the posters")
    second = talk.run("/me")

    assert "A1 is logged: Print the posters" in first
    assert "--- to #comms" not in first
    assert not talk.console.wrote_errors
    assert second.startswith("--- to #comms\nSam Okafor logged A1, Print the posters")


def test_several_that_start_at_once_on_a_new_database_all_work(tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as threads:
        asked = [threads.submit(console, tmp_path, "/me\n", "--db", "plan.db") for _ in range(4)]
        ran = [each.result() for each in asked]

    assert [(one.returncode, one.stderr) for one in ran] == [(0, "")] * 4
    assert ["Nothing waits on you" in one.stdout for one in ran] == [True] * 4


@pytest.mark.parametrize("line", ["/as", "/as @", "/as  ", "/as -", "/as nobody"])
def test_name_that_is_none_is_refused(tmp_path: Path, line: str) -> None:
    ran = console(tmp_path, f"{line}\n/me\n", "--db", "plan.db", "--as", "Al")

    assert "is no name: a name has a letter or a digit in it." in ran.stdout or "of its own" in ran.stdout
    assert "Nothing waits on you, Al." in ran.stdout
    assert ran.stderr == ""


def test_console_started_as_nobody_says_so_and_goes_on(tmp_path: Path) -> None:
    ran = console(tmp_path, "/me\n", "--db", "plan.db", "--as", " ", "--strict")

    assert ran.stdout.startswith("--- to you\n“” is no name: a name has a letter or a digit in it.")
    assert "Nothing waits on you, You." in ran.stdout
    assert ran.returncode == 1


def test_mark_at_the_start_of_a_pipe_is_read_over(tmp_path: Path) -> None:
    assert (
        "Nothing waits on you, Al."
        in console(tmp_path, "\ufeff/me\n", "--db", "plan.db", "--as", "Al", PYTHONIOENCODING="utf-8").stdout
    )


def test_clock_says_how_far_it_goes(tmp_path: Path) -> None:
    ran = console(tmp_path, "/clock 9999-12-31\n/clock +9999w\n/click ²\n", "--db", "plan.db", "--strict")

    assert ran.stdout.count("The clock goes from the year 1970 to 2200.") == 2
    assert "There is no such button." in ran.stdout
    assert ran.returncode == 1


DAMAGED = "The database is damaged, or is none. Nothing was changed. Put back its last backup."
NO_URL = "is no database URL. Write sqlite:///plan.db or postgresql://user:password@host/database"


@pytest.mark.parametrize(
    ("option", "value", "says"),
    [
        ("--db", "text.db", DAMAGED),
        ("--db", "half.db", DAMAGED),
        ("--db", "newer.db", "The database is of a newer version of Commsbot; nothing was changed."),
        ("--db", "://", f"--db {NO_URL}"),
        ("--db", "postgresql://user:secret@host:port/plan", f"--db {NO_URL}"),
        ("--db", "mysql://x", "--db begins with mysql://; it can begin with sqlite:/// or postgresql://"),
        (
            "--db",
            "sqlite://a/b",
            "--db has more than a file in it. Write sqlite:///plan.db, with three strokes",
        ),
        ("--at", "9999-12-31", "--at 9999-12-31 is too far. The clock goes from the year 1970 to 2200."),
        ("--at", "1969-01-01", "--at 1969-01-01 is too far. The clock goes from the year 1970 to 2200."),
    ],
)
def test_what_keeps_it_from_starting_is_one_sentence(
    tmp_path: Path, option: str, value: str, says: str
) -> None:
    _make_broken(tmp_path)

    ran = console(tmp_path, "/me\n", option, value)

    assert (ran.stdout, ran.stderr, ran.returncode) == ("", says + "\n", 2)


def _make_broken(folder: Path) -> None:
    """Three databases: one that is no database, one damaged behind its first pages, one of a later day."""
    (folder / "text.db").write_text("Dear all,\n" * 100)
    for name in ("half.db", "newer.db"):
        db = Database(f"sqlite:///{folder / name}")
        db.upgrade()
        db.close()
    half = (folder / "half.db").read_bytes()
    (folder / "half.db").write_bytes(half[: 4096 * 4] + b"\x5a" * (len(half) - 4096 * 4))
    newer = sqlite3.connect(folder / "newer.db")
    newer.execute("UPDATE alembic_version SET version_num = '9999'")
    newer.commit()
    newer.close()


def test_driver_in_a_url_gives_way_to_ours(tmp_path: Path) -> None:
    ran = console(tmp_path, "/me\n", "--db", "sqlite+aiosqlite:///plan.db")

    assert (ran.returncode, ran.stderr) == (0, "")
    assert (tmp_path / "plan.db").exists()


def test_settings_that_are_wrong_are_told_before_anything_starts(tmp_path: Path) -> None:
    wrong = console(tmp_path, "/me\n", DATABASE_URL="://", LOG_FILE="no/such.log")
    (tmp_path / ".env").write_bytes(b"LOG_LEVEL=caf\xe9\n")
    unreadable = console(tmp_path, "/me\n")

    assert wrong.stderr.splitlines() == [
        "Some settings are wrong; nothing was started.",
        f"DATABASE_URL {NO_URL}",
        "LOG_FILE is no/such.log; there is no folder no",
    ]
    assert unreadable.stderr.splitlines() == [
        "Some settings are wrong; nothing was started.",
        ".env cannot be read; it has to be a text file in UTF-8",
    ]
    assert (wrong.returncode, unreadable.returncode) == (2, 2)


@pytest.mark.parametrize("word", ["/quit", "quit", "exit", "/exit"])
def test_someone_at_a_keyboard_leaves_with_a_word(tmp_path: Path, word: str) -> None:
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(tmp_path)
        command = [sys.executable, "-m", "bot", "console", "--db", "plan.db"]
        os.execve(sys.executable, command, os.environ | {"PYTHONPATH": str(HERE)})  # noqa: S606 our own program
    os.write(terminal, f"{word}\n".encode())
    _read_to_the_end(terminal)

    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0


def _read_to_the_end(terminal: int) -> None:
    """A terminal that has been left fails, where a file would only end."""
    try:
        while os.read(terminal, 4096):
            pass
    except OSError:
        os.close(terminal)
