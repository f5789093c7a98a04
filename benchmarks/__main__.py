"""`python -m benchmarks`: measures for about four minutes, and prints one table."""

import platform
import sqlite3
import tempfile
from pathlib import Path

from benchmarks import starting


def main() -> None:
    print(f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {platform.machine()}\n")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for figure in starting.figures(folder):
            print(figure.line(), flush=True)
        # A process's peak counts what its parent held when it began: the bot is imported only now.
        from benchmarks import adding, chatting, listing, slack, slack_path, ticking

        for measure in (ticking, adding, listing, chatting, slack_path, slack):
            for figure in measure.figures(folder):
                print(figure.line(), flush=True)


if __name__ == "__main__":
    main()
