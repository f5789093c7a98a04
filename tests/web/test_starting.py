"""Starting the chat: what cannot be is one sentence, and nothing is left behind."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--db", ""], "--db “” keeps nothing. Name a file, such as --db plan.db"),
        (["--db", ":memory:"], "--db “:memory:” keeps nothing. Name a file, such as --db plan.db"),
        (["--at", "nope"], "--at nope is no time I can read. Try: --at 2026-06-01T09:00"),
        (
            ["--db", "{folder}/plan.db", "--at", "2199-06-01T09:00"],
            "--at 2199-06-01T09:00 lies ahead, and a plan that is kept would be silent till then."
            " To try it, leave out --db.",
        ),
        (["--url", "comms"], "--url comms is no address of a page. Write it as https://comms.example.org"),
        (
            ["--url", "http://[::1"],
            "--url http://[::1 is no address of a page. Write it as https://comms.example.org",
        ),
        (
            ["--host", "0.0.0.0"],  # noqa: S104 it is refused
            "--host 0.0.0.0 needs the address that people will type, such as --url https://comms.example.org",
        ),
    ],
)
def test_what_cannot_be_served_is_told_in_one_sentence(tmp_path: Path, options: list[str], said: str) -> None:
    line = [sys.executable, "-m", "bot", "try", "--no-browser", *(o.format(folder=tmp_path) for o in options)]

    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)

    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"{said}\n")
