"""Starting: how long a new process takes to its first answer, and how much memory."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.figure import Figure

LINE = b"/action add Refresh the newsletter due: 12 June\n"
RUNS = 5
AIM_SECONDS, AIM_MB = 0.6, 85


def figures(folder: Path) -> Iterator[Figure]:
    kept = folder / "kept.db"
    _start(kept)  # this first one compiles every file, as an installation does once
    fresh = (folder / f"new-{number}.db" for number in range(RUNS))
    for what, pick in (("a database that is there", lambda: kept), ("no database yet", lambda: next(fresh))):
        took, peak = _median_start(pick)
        yield Figure(f"Start to first answer, {what}", took, "s", AIM_SECONDS)
        yield Figure("  its peak memory", peak, "MB", AIM_MB)


def _median_start(pick: Callable[[], Path]) -> tuple[float, float]:
    runs = [_start(pick()) for _ in range(RUNS)]
    return median(took for took, _ in runs), median(peak for _, peak in runs)


def _start(database: Path) -> tuple[float, float]:
    """One process that hears one line, from its start to its end: seconds, and megabytes at its peak."""
    command = [sys.executable, "-m", "bot", "console", "--db", str(database), "--at", "2026-06-01T10:00"]
    start = perf_counter()
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[1],
        env=_environment(database.parent),
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(LINE)
    process.stdin.close()
    answer = process.stdout.read()
    process.stdout.close()
    _, status, usage = os.wait4(process.pid, 0)
    took = perf_counter() - start
    if status or b"is logged" not in answer:
        raise RuntimeError(f"it did not answer: {answer.decode()}")
    process.returncode = status
    return took, usage.ru_maxrss / 1024


def _environment(folder: Path) -> dict[str, str]:
    """Ours, with compiled files that are kept, but not beside the code."""
    ours = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return ours | {"PYTHONPYCACHEPREFIX": str(folder / "compiled")}
