"""The terminal: a console on standard input and output, and the database it talks to."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass
from functools import partial
from typing import TextIO

from bot import local
from bot.app import App
from bot.clock import Clock, catch_up, ticking
from bot.console import Console
from bot.settings import Settings
from bot.starting import patiently, start
from commands.registry import discover
from storage.db import Database

WELCOME = """Commsbot, with a made-up partnership. You are {name}.{passing}

  /action add Refresh the newsletter due: end of June     log an action
  /me                                                     what waits on you
  /clock +1d                                              let a day go by, and see who is reminded
  /as Jo                                                  be someone else
  /help                                                   everything else; /quit leaves

"""


LEAVING = ("/quit", "quit", "/exit", "exit")


@dataclass(frozen=True)
class Options:
    """What was asked for on the command line; see the help of each option there."""

    db: str | None = None
    at: str | None = None
    speaker: str | None = None
    channel: str | None = None
    is_sample: bool = False
    is_strict: bool = False


def talk(options: Options, settings: Settings) -> int:
    """Hold a conversation until the lines end. Returns the exit status."""
    _speak_utf8()
    url = options.db or (None if options.is_sample else settings.database_url)
    try:
        return start(partial(_converse, options), url, options.at)
    except BrokenPipeError:  # whoever read along has gone, as `head` does
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115 the interpreter flushes it when it leaves
        return 0


def _speak_utf8() -> None:
    """Whatever the machine is set to; some programmes begin what they write into a pipe with a mark."""
    from_pipe = "utf-8" if sys.stdin.isatty() else "utf-8-sig"
    for stream, encoding in ((sys.stdin, from_pipe), (sys.stdout, "utf-8")):
        stream.reconfigure(encoding=encoding, errors="replace")  # type: ignore[union-attr]


def _converse(options: Options, db: Database, clock: Clock) -> int:
    is_watched = sys.stdin.isatty()
    commands = discover()
    if options.is_sample:
        from bot.sample import load  # only those who try it need it

        load(db, commands, clock.now())
    console: Console
    app = App(db, commands, {local.NAME: local.Local(lambda shown: console.show(shown))})
    workspace = patiently(lambda: local.settle_in(db, "local", clock.now()))
    console = Console(app, workspace, clock, _writer(sys.stdout), is_watched)
    name = options.speaker or patiently(lambda: local.first_speaker(db, workspace))
    patiently(lambda: console.speak_as(name, options.channel or ""))
    if is_watched and options.is_sample:
        passing = "" if options.db else " All of it is thrown away when you leave."
        print(WELCOME.format(name=name, passing=passing))
    with _ticking(app, clock) if is_watched and not clock.stands_still else nullcontext():
        console.run(_prompted(console) if is_watched else sys.stdin)
    return 1 if options.is_strict and console.wrote_errors else 0


def _ticking(app: App, clock: Clock) -> AbstractContextManager[None]:
    """Someone at a keyboard sees what is due at its time, without typing."""
    return ticking(lambda: catch_up(app, clock.now()))


def _writer(out: TextIO) -> Callable[[str], None]:
    def write(text: str) -> None:
        out.write(text)
        out.flush()

    return write


def _prompted(console: Console) -> Iterator[str]:
    """Lines from someone at a keyboard, with the history of the arrow keys where there is one."""
    with suppress(ImportError):
        import readline  # noqa: F401 importing it is what makes the arrow keys work
    while True:
        try:
            line = input(f"{console.prompt}> ")
        except (EOFError, KeyboardInterrupt):
            print()
            return
        if line.strip().lower() in LEAVING:
            return
        yield line
