"""A hundred thousand bad requests: each gets a 4xx, or the answer to a question, and nothing is written."""

import asyncio
import copy
import json
import logging
import time
from collections import Counter
from collections.abc import Callable, Iterator
from random import Random
from typing import Any
from urllib.parse import urlencode

import pytest
from starlette.requests import Request

from bot.slack.edge import Edge
from storage.db import Database
from tests.slack.living import Life, living
from tests.slack.standin import Slack
from tests.slack.standin.payloads import Actor, Delivery, button, event, said, slash, submission
from tests.slack.standin.transports import signature
from tests.slack.standin.view_methods import keep_view
from tests.slack.watching import events, rows, wait_sent

SECRET = "hush"  # noqa: S105 - it opens nothing
FORM, JSON = b"application/x-www-form-urlencoded", b"application/json"
HOSTILE: tuple[Any, ...] = (
    *(
        None,
        True,
        0,
        -1,
        1e308,
        10**30,
        "",
        " ",
        "\x00",
        "\ud800",
        "\u202e",
        "x" * 5000,
        "<!channel>",
        "{",
        "💥",
    ),
    *([], {}, [None], [[]], {"": ""}, {"id": {}}, {"id": None}, ["x"], [{"value": 1}], {"values": []}),
)
KINDS = (
    FORM,
    JSON,
    b"text/plain",
    b"",
    b"application/json; charset=utf-16",
    b"multipart/form-data",
    b"\xe9\xff",
)
NOISE = (
    "payload",
    "payload=",
    "command=",
    "{",
    "}",
    "[",
    "%",
    "%zz",
    "&",
    "=",
    "\\ud800",
    "é",
    '"type":',
    "\x00",
)


@pytest.fixture
def life(sqlite: Database, slack: Slack) -> Iterator[Life]:
    with living(sqlite, slack, "http") as found:
        found.slash(found.priya, "action add Refresh the website")
        found.slash(found.sam, "help")
        wait_sent(slack, sqlite)
        yield found


async def ask(edge: Edge, raw: bytes, headers: list[tuple[bytes, bytes]]) -> tuple[int, bytes]:
    """One request at the edge, by its status and its answer."""

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": raw, "more_body": False}

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/slack/events",
        "query_string": b"",
        "headers": headers,
    }
    answer = await edge.hear(Request(scope, receive))
    return answer.status_code, bytes(answer.body)


def signed(raw: bytes, kind: bytes, stamp: str = "") -> list[tuple[bytes, bytes]]:
    at = stamp or str(int(time.time()))
    return [
        (b"content-type", kind),
        (b"x-slack-request-timestamp", at.encode("latin-1")),
        (b"x-slack-signature", signature(SECRET, at, raw).encode()),
    ]


def noise(random: Random) -> bytes:
    """Pieces of what Slack sends, in any order, with anything between."""
    pieces = [random.choice(NOISE).encode() for _ in range(random.randrange(12))]
    pieces += [random.randbytes(random.randrange(20)) for _ in range(random.randrange(3))]
    random.shuffle(pieces)
    return b"".join(pieces)


def unproved(random: Random) -> tuple[bytes, list[tuple[bytes, bytes]]]:
    """A request that is not Slack's: a time or a signature that is wrong, or none."""
    raw = noise(random)
    wrong = random.choice(("", "v0=", "v1=" + "0" * 64, "v0=" + "0" * 64, "\xe9" * 64, "x" * 3000))
    stamps = ("", "x", "-1", "1e9", "\xb2", "9" * 400, str(int(time.time()) - 301 - random.randrange(10**9)))
    headers = dict(signed(raw, random.choice(KINDS), random.choice((*stamps, ""))))
    if random.random() < 0.7:
        headers[b"x-slack-signature"] = wrong.encode("latin-1")
    else:
        headers[b"x-slack-request-timestamp"] = random.choice(stamps).encode("latin-1")
    for name in [name for name in headers if random.random() < 0.1]:
        del headers[name]
    return raw, list(headers.items())


def unreadable(random: Random) -> tuple[bytes, list[tuple[bytes, bytes]]]:
    """A body that is none of Slack's, though it is signed."""
    raw = noise(random)
    return raw, signed(raw, random.choice(KINDS))


def places(found: object, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value in it."""
    inner = found.items() if isinstance(found, dict) else enumerate(found) if isinstance(found, list) else ()
    for name, value in inner:
        yield (*path, name)
        yield from places(value, (*path, name))


def spoilt(given: Any, random: Random) -> Any:
    """The same with up to three values taken away, or made something else."""
    made = copy.deepcopy(given)
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        *way, last = random.choice([*places(made)] or [("text",)])
        inside = made
        for step in way:
            inside = inside[step]
        if random.random() < 0.4:
            del inside[last]
        else:
            inside[last] = copy.deepcopy(random.choice(HOSTILE))
    return made


def wanted(life: Life) -> list[Delivery]:
    """One of each kind of request, that only asks."""
    state, sam = life.slack.state, Actor(life.slack.state, life.team, life.sam)
    [post] = life.open()
    action = {"type": "button", "action_id": "b1", "block_id": "b1", "value": "/help"}
    given: dict[str, Any] = {"type": "modal", "callback_id": "action list", "title": None, "blocks": []}
    view = keep_view(state, life.team.id, life.sam.id, given, "open")
    renamed = {"type": "channel_rename", "channel": {"id": "C1", "name": "comms"}}
    changed = {"type": "user_change", "user": {"id": "U1", "profile": {"real_name": "Sam Okafor"}}}
    gone = said(sam, life.comms, post) | {"type": "message", "message": {"text": "x", "user": "U1"}}
    return [
        slash(sam, life.comms, "/comms", "help"),
        button(sam, post, action),
        submission(sam, view, {"b": {"a": {"type": "plain_text_input", "value": "x"}}}),
        *(event(state, life.team, inner) for inner in (renamed, changed, gone)),
    ]


def misshapen(life: Life) -> Callable[[Random], tuple[bytes, list[tuple[bytes, bytes]]]]:
    """A request of Slack's with something wrong inside."""
    kinds = wanted(life)

    def make(random: Random) -> tuple[bytes, list[tuple[bytes, bytes]]]:
        delivery = random.choice(kinds)
        given = spoilt(delivery.payload, random)
        if delivery.kind == "events_api":
            raw = json.dumps(given).encode()
            return raw, signed(raw, JSON)
        if delivery.kind == "slash_commands":
            told = {name: value for name, value in given.items() if isinstance(value, str)}
            form = {name: value.encode("utf-8", "surrogatepass") for name, value in told.items()}
            raw = urlencode(form).encode()
        else:
            raw = urlencode({"payload": json.dumps(given)}).encode()
        return raw, signed(raw, FORM)

    return make


def done(life: Life) -> list[str]:
    """What is noted of the partnership, but for strangers who were refused."""
    return [event.what for event in events(life.db, life.team) if event.what != "refused"]


@pytest.mark.parametrize(
    ("kind", "cases"), [("unproved", 60_000), ("unreadable", 36_000), ("misshapen", 4_000)]
)
def test_bad_requests_by_the_thousand_are_refused(
    life: Life, kind: str, cases: int, caplog: pytest.LogCaptureFixture
) -> None:
    edge, random = Edge(life.running.wired.bolt, SECRET), Random(kind)
    make = {"unproved": unproved, "unreadable": unreadable, "misshapen": misshapen(life)}[kind]
    before = rows(life.db), done(life)
    found: Counter[int] = Counter()

    async def go() -> None:
        for _ in range(cases):
            raw, headers = make(random)
            status, said = await ask(edge, raw, headers)
            found[status] += 1
            assert status == 200 or 400 <= status < 500, (status, raw)
            assert b"Traceback" not in said

    asyncio.run(go())

    assert (rows(life.db), done(life)) == before
    assert [r.getMessage() for r in caplog.records if r.levelno >= logging.ERROR] == []
    assert found[200] == 0 or kind == "misshapen"
