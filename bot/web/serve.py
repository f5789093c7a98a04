"""Serving: the browser chat on this machine, or for others with a link each."""

import ipaddress
import signal
import socket
import webbrowser
from collections.abc import Callable
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from types import FrameType
from urllib.parse import urlsplit

import uvicorn

from bot import local
from bot.app import App
from bot.clock import Clock, catch_up, ticking
from bot.courier import Courier
from bot.sample import load
from bot.starting import CannotStart, patiently, start
from bot.web import clockwork, pages
from bot.web.guard import new_key
from bot.web.kept import Kept
from bot.web.room import Room
from bot.web.site import site
from bot.web.stream import News, Stream
from commands.registry import discover
from storage import chat, sign_ins
from storage.addresses import addresses
from storage.db import Database
from storage.partnerships import Workspace, the_partnership
from storage.people import first_of, people

LOOPBACK = "127.0.0.1"
HandlesSignal = Callable[[int, FrameType | None], None]
OFTEN = timedelta(seconds=10)
"""How often the time is looked at, so that what people see of it is right."""
LEAVING = 2
"""Seconds in which whoever is connected is let go when the chat ends."""


@dataclass(frozen=True)
class Options:
    """What was asked for on the command line; see the help of each option there."""

    db: str | None = None
    at: str | None = None
    host: str = LOOPBACK
    port: int = 0
    url: str = ""
    opens_browser: bool = True


def serve(options: Options) -> int:
    """Serve the chat until it is interrupted. Returns the exit status."""
    for number in (signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)):
        signal.signal(number, signal.default_int_handler)  # what is thrown away is tidied up then too
    try:
        return start(partial(_serve, options), options.db, options.at)
    except KeyboardInterrupt:
        return 0


def _bind(door: socket.socket, options: Options) -> None:
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((options.host, options.port))
        door.listen(128)
    except (OSError, OverflowError, TypeError, UnicodeError) as error:
        where = f"{options.host} and port {options.port}"
        raise CannotStart(
            f"Nothing can be served at {where}: {error}. Try another --host or --port."
        ) from None


def _serve(options: Options, db: Database, clock: Clock) -> int:
    if options.db is not None and clock.now() > datetime.now(UTC) + timedelta(minutes=1):
        raise CannotStart(
            f"--at {options.at} lies ahead, and a plan that is kept would be silent till then."
            " To try it, leave out --db."
        )
    with socket.socket(proto=socket.IPPROTO_TCP) as door:  # as in bot.run
        _bind(door, options)
        _run(options, db, clock, door)
    return 0


def _run(options: Options, db: Database, clock: Clock, door: socket.socket) -> None:
    is_sample = options.db is None
    origins = _origins(options, door.getsockname()[1])
    room = open_room(
        db,
        clock,
        is_sample=is_sample,
        clock_moves=is_sample or clock.stands_still,
        signs_in=bool(options.url) or not is_loopback(options.host),
        origin=origins[0],
    )
    made = uvicorn.Config(
        site(room, frozenset(origins)),
        log_level="error",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=LEAVING,
    )
    server = uvicorn.Server(made)
    server.handle_exit = _letting_go(room, server.handle_exit)  # type: ignore[assignment, method-assign]
    if hasattr(signal, "SIGHUP"):  # the window it was started in is closed
        signal.signal(signal.SIGHUP, lambda _, frame: server.handle_exit(signal.SIGTERM, frame))
    with (
        suppress(KeyboardInterrupt),
        nullcontext() if clock.stands_still else ticking(lambda: _tick(room), OFTEN),
    ):
        _announce(options, room, origins[0])
        server.run(sockets=[door])


def _letting_go(room: Room, leave: HandlesSignal) -> HandlesSignal:
    """Whoever looks is let go first: the server waits for those who are still connected."""

    def handle(number: int, frame: FrameType | None) -> None:
        room.stream.close()
        leave(number, frame)

    return handle


def open_room(
    db: Database,
    clock: Clock,
    *,
    is_sample: bool,
    clock_moves: bool = True,
    signs_in: bool = False,
    origin: str = "",
) -> Room:
    """The room on a database of today; a sample is put in it first, if there is none yet."""
    commands = discover()
    if is_sample:
        load(db, commands, clock.now(), platform=lambda workspace, past: Kept(db, workspace, past))
    workspace = patiently(lambda: local.settle_in(db, "local", clock.now()))
    patiently(lambda: local.speaker(db, workspace, local.first_speaker(db, workspace), clock.now()))
    if is_sample:
        _read_all(db, workspace, clock)
    mine = workspace.partnership_id

    def load_news(revision: int) -> list[News]:
        with db.reading(mine) as session:
            return pages.news_of(session, revision, the_partnership(session).tz)

    with db.reading(mine) as session:
        stream = Stream(load_news, chat.last_revision(session))
    app = App(db, commands, {local.NAME: Kept(db, workspace, clock, stream.tell)})
    courier = Courier(lambda: app.deliver(clock.now()))
    return Room(
        app, workspace, clock, stream, courier,
        clock_moves=clock_moves, signs_in=signs_in, is_sample=is_sample, origin=origin,
        mark=new_key() if is_sample else "kept",
    )  # fmt: skip


def _read_all(db: Database, workspace: Workspace, clock: Clock) -> None:
    """What happened before a newcomer came is no news to anyone in the sample."""
    with db.writing(workspace.partnership_id, at=clock.now()) as session:
        for person in people(session):
            for place in addresses(session):
                if place.person_id in (None, person.id):
                    chat.note_read(session, person.id, place.id, chat.last_message(session))


def _tick(room: Room) -> None:
    """What is due in real time is said, and everyone sees the time."""
    catch_up(room.app, room.clock.now())
    clockwork.say_time(room)


def is_loopback(host: str) -> bool:
    """Whether only programmes on this machine can reach a server there."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _origins(options: Options, port: int) -> list[str]:
    """The names by which a browser may come; the first is the one that is told. Raises CannotStart."""
    url = _origin(options.url)
    if is_loopback(options.host):
        names = dict.fromkeys([options.host, LOOPBACK, "localhost"])
        return [*([url] if url else []), *(_as_browsers_say(f"http://{name}:{port}") for name in names)]
    if url:
        return [url]
    if options.host in ("0.0.0.0", "::", ""):  # noqa: S104 it is asked about here, not bound
        raise CannotStart(
            f"--host {options.host} needs the address that people will type, such as"
            " --url https://comms.example.org"
        )
    return [_as_browsers_say(f"http://{options.host}:{port}".lower())]


def _origin(url: str) -> str:
    """An address without its path. Raises CannotStart."""
    try:
        split = urlsplit(url.lower())
    except ValueError:
        split = urlsplit("")
    if url and (split.scheme not in ("http", "https") or not split.netloc):
        raise CannotStart(f"--url {url} is no address of a page. Write it as https://comms.example.org")
    return _as_browsers_say(f"{split.scheme}://{split.netloc}") if url else ""


def _as_browsers_say(origin: str) -> str:
    """Without the port that goes without saying."""
    usual = {"http": ":80", "https": ":443"}[origin.partition("://")[0]]
    return origin.removesuffix(usual)


def _announce(options: Options, room: Room, origin: str) -> None:
    where = f"{origin}/sign-in/{_first_link(room)}" if room.signs_in else f"{origin}/"
    print(f"Commsbot is at {where}", flush=True)
    if room.signs_in:
        print("That link is for the first coordinator alone, who gives the others theirs under “Links”.")
    if options.db is None:
        print("It has a made-up partnership, and all of it is thrown away when you leave.")
    print("Press Ctrl+C to leave.", flush=True)
    if options.opens_browser and not room.signs_in:
        webbrowser.open(where)


def _first_link(room: Room) -> str:
    with room.writing() as session:
        first = first_of(people(session))
        if first is None:
            raise CannotStart("Nobody in this plan is here to be let in. Add someone with commsbot console.")
        return sign_ins.make_link(session, first.id)
