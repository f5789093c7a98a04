"""Options: what can be asked for on the command line."""

import argparse


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="commsbot", description="Keeps a communications plan alive in chat."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    _try(commands.add_parser("try", help="try it in the browser, with a made-up partnership and no account"))
    _console(
        commands.add_parser("console", help="talk to it in the terminal, or send it lines through a pipe")
    )
    commands.add_parser("run", help="serve Slack, by the settings in the environment or in .env")
    commands.add_parser(
        "doctor", help="check settings, tokens, database and channels, and say how to mend each"
    )
    _manifest(commands.add_parser("manifest", help="print what Slack is to be told, to make the app there"))
    return parser


def _try(chat: argparse.ArgumentParser) -> None:
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


def _console(console: argparse.ArgumentParser) -> None:
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


def _manifest(manifest: argparse.ArgumentParser) -> None:
    manifest.add_argument("platform", choices=["slack"], help="the platform")
    manifest.add_argument(
        "--url", help="where Slack reaches the bot, instead of the bot reaching Slack; else PUBLIC_URL"
    )
    manifest.add_argument(
        "--prefix", help="what slash commands begin with, such as nhs-; else COMMAND_PREFIX"
    )
    manifest.add_argument(
        "--many", action="store_true", help="let many workspaces install it themselves; needs an address"
    )
