"""The command line: `commsbot try` and `commsbot console`."""

import argparse
import gc
import logging
import os
import sys
from collections.abc import Mapping
from pathlib import Path


def main() -> int:
    """Read the options, and wire everything together. Returns the exit status."""
    options = _parser().parse_args()
    gc.disable()  # nothing of what is loaded now is garbage, and looking takes a tenth of the start
    from bot.settings import WrongSettings, read_settings
    from bot.terminal import Options, talk

    gc.freeze()
    gc.enable()
    try:
        settings = read_settings(os.environ, Path(".env"))
    except WrongSettings as error:
        print(f"Some settings are wrong; nothing was started.\n{error}", file=sys.stderr)
        return 2
    log = logging.FileHandler(settings.log_file, delay=True, encoding="utf-8")
    logging.basicConfig(
        level=settings.log_level, handlers=[log], format="%(asctime)s %(levelname)s %(message)s"
    )
    if options.command == "try":
        from bot.web import serve  # the terminal needs none of it

        opens = options.browser and _has_a_screen(os.environ)
        asked = serve.Options(options.db, options.at, options.host, options.port, options.url, opens)
        return serve.serve(asked)
    return talk(
        Options(options.db, options.at, options.as_, options.in_, options.sample, options.strict), settings
    )


def _has_a_screen(environment: Mapping[str, str]) -> bool:
    """Whether a browser would open in a window, and not in the terminal itself."""
    return sys.platform in ("darwin", "win32") or bool({"DISPLAY", "WAYLAND_DISPLAY"} & environment.keys())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="commsbot", description="Keeps a communications plan alive in chat."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    chat = commands.add_parser("try", help="try it in the browser, with a made-up partnership and no account")
    chat.add_argument("--db", metavar="URL", help="talk about the plan in this database, instead of a sample")
    chat.add_argument("--at", metavar="TIME", help="let the clock stand at a time, such as 2026-06-01T09:00")
    chat.add_argument(
        "--host", default="127.0.0.1", help="let others reach it too, each with a sign-in link of their own"
    )
    chat.add_argument("--port", type=int, default=0, help="the port, instead of any that is free")
    chat.add_argument(
        "--url", default="", help="the address that people type, if something stands in between"
    )
    chat.add_argument("--no-browser", dest="browser", action="store_false", help="open no browser")
    console = commands.add_parser(
        "console", help="talk to it in the terminal, or send it lines through a pipe"
    )
    console.add_argument("--db", metavar="URL", help="the database, instead of the one in DATABASE_URL")
    console.add_argument(
        "--at", metavar="TIME", help="let the clock stand at a time, such as 2026-06-01T09:00"
    )
    console.add_argument("--as", dest="as_", metavar="NAME", help="who speaks")
    console.add_argument("--in", dest="in_", metavar="ROOM", help="the chat channel to speak in")
    console.add_argument("--sample", action="store_true", help="load a made-up partnership to try things on")
    console.add_argument(
        "--strict", action="store_true", help="exit with 1 if a line was answered with an error"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
