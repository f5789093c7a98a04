"""Serving: the program as people start it, on a free port, and stopped as they stop it."""

import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

STARTED = re.compile(r"Commsbot is at (http://[^/\s]+)(/\S*)")
LEAVES_WITHIN = 15
"""Seconds."""


@dataclass(frozen=True)
class Served:
    """url: without a stroke at its end. first: the address that was told, with the sign-in link if any."""

    url: str
    first: str

    @property
    def port(self) -> str:
        return self.url.rpartition(":")[2]


@contextmanager
def served(
    folder: Path, *options: str, port: str = "0", ends: signal.Signals = signal.SIGINT
) -> Iterator[Served]:
    """The chat, served until the block is left; then it is told to end, and must leave in good order:
    nothing in the log, nothing left in the folder for what is thrown away.
    """
    thrown_away = folder / "thrown_away"
    thrown_away.mkdir(parents=True, exist_ok=True)
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "try", "--no-browser", "--port", port, *options],
        cwd=folder,
        env=os.environ | {"TMPDIR": str(thrown_away), "LOG_FILE": "bugs.log"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        found = STARTED.search(process.stdout.readline())
        assert found, process.communicate()[1]
        urllib.request.urlopen(f"{found[1]}/static/chat.css", timeout=LEAVES_WITHIN).close()  # noqa: S310
        yield Served(found[1], found[1] + found[2])
    finally:
        process.send_signal(ends)
        _, wrong = process.communicate(timeout=LEAVES_WITHIN)
    bugs = folder / "bugs.log"
    left = [path.name for path in thrown_away.iterdir()]
    assert (process.returncode, wrong, left) == (0, "", []), wrong
    assert not bugs.exists() or bugs.read_text() == "", bugs.read_text()
