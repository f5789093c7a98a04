"""The command line: `commsbot try`, `console`, `run`, `doctor` and `manifest`."""

import argparse
import gc
import logging
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from bot.options import parser

if TYPE_CHECKING:
    from bot.settings import Settings

OURS = ("bot", "commands", "jobs", "messages", "storage")


def main() -> int:
    """Read the options, and wire everything together. Returns the exit status."""
    options = parser().parse_args()
    gc.disable()  # nothing of what is loaded now is garbage, and looking takes a tenth of the start
    from bot.settings import WrongSettings, read_settings

    try:
        settings = read_settings(os.environ, Path(".env"))
    except WrongSettings as error:
        print(f"Some settings are wrong; nothing was started.\n{error}", file=sys.stderr)
        return 2
    _keep_log(settings)
    work = {"try": _try, "console": _console, "run": _run, "doctor": _doctor, "manifest": _manifest}
    return work[options.command](options, settings)


def _keep_log(settings: "Settings") -> None:
    """Of the libraries only what is wrong: below that they write down what people say, and tokens."""
    log = logging.FileHandler(settings.log_file, delay=True, encoding="utf-8")
    level = max(logging.WARNING, logging.getLevelNamesMapping()[settings.log_level])
    logging.basicConfig(level=level, handlers=[log], format="%(asctime)s %(levelname)s %(message)s")
    logging.getLogger("slack_sdk").setLevel(logging.ERROR)  # warns with what it did not understand
    for package in OURS:
        logging.getLogger(package).setLevel(settings.log_level)


def _loaded() -> None:
    gc.freeze()
    gc.enable()


def _try(options: argparse.Namespace, _settings: "Settings") -> int:
    from bot.web import serve  # the terminal needs none of it

    _loaded()
    opens = options.browser and _has_a_screen(os.environ)
    asked = serve.Options(options.db, options.at, options.host, options.port, options.url, opens)
    return serve.serve(asked)


def _console(options: argparse.Namespace, settings: "Settings") -> int:
    from bot.terminal import Options, talk

    _loaded()
    asked = Options(options.db, options.at, options.as_, options.in_, options.sample, options.strict)
    return talk(asked, settings)


def _run(_options: argparse.Namespace, settings: "Settings") -> int:
    from bot.run import leave, run

    _loaded()
    os.umask(0o077)  # the plan and the log are nobody's but the bot's
    return leave(run(settings))


def _doctor(_options: argparse.Namespace, settings: "Settings") -> int:
    from bot.doctor import doctor

    _loaded()
    return doctor(settings)


def _manifest(options: argparse.Namespace, settings: "Settings") -> int:
    """Print what a platform is told about the bot."""
    from bot.slack.manifest import Unfit, as_yaml
    from commands.registry import discover

    _loaded()
    url = settings.public_url if options.url is None else options.url
    prefix = settings.command_prefix if options.prefix is None else options.prefix
    is_many = options.many or bool(settings.slack_client_id)
    try:
        text = as_yaml(
            discover(), public_url=url, prefix=prefix, names=settings.command_names, is_many=is_many
        )
    except Unfit as error:
        print(error, file=sys.stderr)
        return 2
    print(text, end="")
    return 0


def _has_a_screen(environment: Mapping[str, str]) -> bool:
    """Whether a browser would open in a window, and not in the terminal itself."""
    return sys.platform in ("darwin", "win32") or bool({"DISPLAY", "WAYLAND_DISPLAY"} & environment.keys())


if __name__ == "__main__":
    sys.exit(main())
