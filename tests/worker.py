"""`python -m tests.worker URL PORT NAME`: a bot process that beats at the instants it is told.

It reads an instant from each line of its input, lets everything happen that is due then, and says so in a
line of its own: the instant, and the kind of error if there was one. It ends with its input.
"""

import sys
from datetime import datetime

from bot.app import App
from bot.clock import catch_up
from commands.registry import discover
from storage.db import Database, Unavailable
from tests.standin import PATIENCE, Adapter


def main(url: str, port: str, name: str) -> None:
    db = Database(url)
    app = App(db, discover(), {Adapter.name: Adapter(int(port), lambda: PATIENCE, name)})
    print("ready", flush=True)
    for line in sys.stdin:
        print(_beat(app, datetime.fromisoformat(line.strip())), flush=True)
    db.close()


def _beat(app: App, now: datetime) -> str:
    try:
        catch_up(app, now)
    except Unavailable:
        return f"{now.isoformat()} busy"
    return now.isoformat()


if __name__ == "__main__":
    main(*sys.argv[1:])
