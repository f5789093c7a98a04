"""The console as it is started: lines through a pipe, and what is printed."""

import os
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import ticking

HERE = Path(__file__).parents[2]


def console(
    tmp_path: Path, lines: str, *options: str, **environment: str
) -> subprocess.CompletedProcess[str]:
    """One run of the console in a folder of its own."""
    command = [sys.executable, "-m", "bot", "console", "--at", "2026-06-01T08:00", *options]
    return subprocess.run(
        command,
        input=lines,
        capture_output=True,
        text=True,
        timeout=60,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(HERE)} | environment,
        check=False,
    )


def test_console_answers_you_and_tells_the_channel(tmp_path: Path) -> None:
    ran = console(
        tmp_path, "/action add Print it by Friday\n", "--db", "plan.db", "--as", "Alice", "--in", "comms"
    )

    assert ran.stdout == (
        "--- to you\n"
        "A1 is logged: Print it\n"
        "\n"
        "Owner: Alice\n"
        "When: Friday 5 June\n"
        "\n"
        "[Edit] /action edit A1\n"
        "[Undo] /undo E4\n"
        "\n"
        "--- to #comms\n"
        "Alice logged A1, Print it: Alice, Friday 5 June\n"
        "\n"
    )
    assert ran.stderr == ""
    assert ran.returncode == 0


def test_console_remembers_between_runs_and_lets_time_go_by(tmp_path: Path) -> None:
    console(tmp_path, "/action add Print it by Friday\n", "--db", "plan.db", "--as", "Alice")
    ran = console(
        tmp_path, "/clock 2026-06-05 10:00\n/click 1\n/clock +1d\n", "--db", "plan.db", "--as", "Alice"
    )

    heads = [line for line in ran.stdout.splitlines() if line.startswith("--- to ")]
    assert heads == ["--- to you"] * 6  # two reminders, the time, the answer, the reminder changed, the time
    assert "> Alice marked A1 done, Print it" in ran.stdout
    assert ran.stdout.endswith("It is Saturday 6 June 2026, 10:00.\n\n")


def test_console_goes_to_a_date_in_words_and_to_the_next_post(tmp_path: Path) -> None:
    lines = "/action add Print it due: next Friday\n/clock next\n/clock on Thursday at 2pm\n"
    ran = console(tmp_path, lines, "--db", "plan.db")

    assert [line for line in ran.stdout.splitlines() if line.startswith("It is ")] == [
        "It is Friday 5 June 2026, 09:00.",
        "It is Thursday 11 June 2026, 14:00.",
    ]


def test_console_shows_what_others_get(tmp_path: Path) -> None:
    lines = "/as Bob\n/as Alice\n/action add Print it owner: Bob due: 2 June\n/clock +1d\n"
    ran = console(tmp_path, lines, "--db", "plan.db")

    assert "--- to @Bob\nMonday 1 June: 1 coming up, 1 piece of news" in ran.stdout


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (
            "/clock whenever",
            "I cannot read that as a date. Try: next Friday, 12 June, +7d, or 8 June at 2pm.",
        ),
        ("/clock yesterday", "That is past already; the clock only moves forward."),
        ("/clock next", "Nothing is to be said in the next two months. Log an action with a date first."),
        ("/clock 2020-01-01", "That is past already; the clock only moves forward."),
        ("/click 1", "There is no such button. There are none: no button is shown."),
        ("/nonsense", "I do not know “nonsense”."),
        ("/action show A1", "There is no A1 in this plan."),
    ],
)
def test_console_with_strict_ends_with_1_after_an_error(tmp_path: Path, line: str, says: str) -> None:
    strict = console(tmp_path, f"{line}\n", "--db", "plan.db", "--strict")
    easy = console(tmp_path, f"{line}\n", "--db", "plan.db")

    assert strict.stdout.startswith(f"--- to you\n{says}")
    assert (strict.returncode, easy.returncode) == (1, 0)


def test_console_with_strict_ends_with_0_without_errors(tmp_path: Path) -> None:
    assert console(tmp_path, "/action add\n/me\n\n", "--db", "plan.db", "--strict").returncode == 0


def test_console_knows_nobody_new_in_the_sample(tmp_path: Path) -> None:
    ran = console(tmp_path, "/as Zelda\n/as Jo\n/me\n", "--sample")

    assert "Nobody here is called “Zelda”. You can be: Amina Yusuf, Dan Frost," in ran.stdout
    assert "You are Jo Bell now." in ran.stdout
    assert list(tmp_path.iterdir()) == []


def test_text_that_looks_like_a_header_is_not_one(tmp_path: Path) -> None:
    ran = console(tmp_path, "/action add --- to #comms\n/action show A1\n", "--db", "plan.db")

    assert [line for line in ran.stdout.splitlines() if line.startswith("--- to")] == ["--- to you"] * 2


def test_all_wrong_settings_are_told_at_once_and_nothing_is_started(tmp_path: Path) -> None:
    ran = console(tmp_path, "/me\n", DATABASE_URL="mysql://x", LOG_LEVEL="LOUD")

    assert ran.returncode == 2
    assert ran.stdout == ""
    assert ran.stderr.splitlines() == [
        "Some settings are wrong; nothing was started.",
        "DATABASE_URL begins with mysql://; it can begin with sqlite:/// or postgresql://",
        "LOG_LEVEL is LOUD; it can be DEBUG, INFO, WARNING or ERROR",
    ]


def test_database_out_of_reach_is_said_without_a_traceback(tmp_path: Path) -> None:
    ran = console(tmp_path, "/me\n", "--db", "no/such/folder/plan.db")

    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith("The database cannot be reached or opened.")


def test_time_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    ran = console(tmp_path, "/me\n", "--at", "noonish")

    assert ran.stderr == "--at noonish is no time I can read. Try: --at 2026-06-01T09:00\n"


def test_ticking_goes_on_after_a_beat_that_fails(caplog: pytest.LogCaptureFixture) -> None:
    beats, third = [], threading.Event()

    def beat() -> None:
        beats.append(1)
        if len(beats) >= 3:
            third.set()
        raise ValueError("a bug")

    with ticking(beat, timedelta(milliseconds=10)):
        assert third.wait(10)
