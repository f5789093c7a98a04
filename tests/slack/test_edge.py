"""Bad input at the address that Slack sends to: it is refused, nothing is done, and nothing breaks."""

import gzip
import json
import logging
import socket
import time
from collections.abc import Iterator
from urllib.parse import urlencode, urlsplit

import pytest

from storage.db import Database
from tests.slack.living import Life, living
from tests.slack.standin import Answer, Delivery, How, Slack
from tests.slack.standin.payloads import Actor, slash
from tests.slack.watching import events, rows, wait_sent

FORM, JSON = "application/x-www-form-urlencoded", "application/json"
NOTHING = Delivery("slash_commands", {})


@pytest.fixture(scope="module")
def life(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Life]:
    """One for all, for what is refused changes nothing."""
    db = Database(str(tmp_path_factory.mktemp("edge") / "plan.db"))
    db.upgrade()
    with Slack().running() as slack, living(db, slack, "http") as found:
        found.slash(found.priya, "action add Refresh the website")
        found.slash(found.sam, "help")
        wait_sent(slack, db)
        yield found
    db.close()


def send(life: Life, raw: bytes, kind: str = FORM, **how: object) -> Answer:
    """A body of any kind, signed as Slack does."""
    return life.slack.deliver(NOTHING, How(raw=raw, headers={"content-type": kind}, **how))  # type: ignore[arg-type]


def command(life: Life, text: str = "action add More") -> dict[str, str]:
    return slash(Actor(life.slack.state, life.team, life.sam), life.comms, "/comms", text).payload


def without(given: dict[str, str], name: str) -> bytes:
    return urlencode({key: value for key, value in given.items() if key != name}).encode()


def payload(**given: object) -> bytes:
    return urlencode({"payload": json.dumps(given)}).encode()


def event(**given: object) -> bytes:
    return json.dumps({"type": "event_callback", "team_id": "T1", **given}).encode()


UNPROVED = {
    "another secret": How(secret="another"),  # noqa: S106 - it opens nothing
    "no signature": How(headers={"x-slack-signature": ""}),
    "a signature of letters": How(headers={"x-slack-signature": "v0=zzz"}),
    "a signature in Latin-1": How(headers={"x-slack-signature": "v0=é"}),
    "no time": How(headers={"x-slack-request-timestamp": ""}),
    "a time in words": How(timestamp="yesterday"),
    "a time with a fraction": How(timestamp="1.5e9"),
    "a time below zero": How(timestamp="-1"),
    "a time of many figures": How(timestamp="9" * 4000),
    "a time in other figures": How(headers={"x-slack-request-timestamp": "\xb2\xb3"}),
    "packed": How(headers={"content-encoding": "gzip"}, raw=gzip.compress(b"command=/comms")),
}


@pytest.mark.parametrize("how", UNPROVED.values(), ids=list(UNPROVED))
def test_request_that_is_not_proved_is_refused(
    life: Life, how: How, caplog: pytest.LogCaptureFixture
) -> None:
    before = rows(life.db), len(events(life.db, life.team))

    answer = life.slack.deliver(Delivery("slash_commands", command(life)), how)

    assert answer.status == (415 if how.raw else 401)
    assert len(answer.body) < 100
    assert (rows(life.db), len(events(life.db, life.team))) == before
    assert caplog.text == ""


@pytest.mark.parametrize("seconds", [-301, -3600, 302, 3600])
def test_request_of_another_time_is_refused(life: Life, seconds: int) -> None:
    before = rows(life.db)

    answer = life.slack.deliver(
        Delivery("slash_commands", command(life)), How(timestamp=str(int(time.time()) + seconds))
    )

    assert (answer.status, rows(life.db)) == (401, before)


@pytest.mark.parametrize("seconds", [-297, 297])
def test_request_of_nearly_five_minutes_is_heard(life: Life, seconds: int) -> None:
    stamp = str(int(time.time()) + seconds)

    answer = life.slack.deliver(Delivery("slash_commands", command(life, "help")), How(timestamp=stamp))

    assert answer.status == 200


UNREADABLE = {
    "nothing": (b"", FORM, 400),
    "nothing as JSON": (b"", JSON, 400),
    "a brace": (b"{", FORM, 400),
    "an object in a form": (b'{"command": "/comms"}', FORM, 400),
    "half an object": (b'{"type": "event_', JSON, 400),
    "a list": (b"[]", JSON, 400),
    "a word": (b'"payload"', JSON, 400),
    "no number": (b"NaN", JSON, 400),
    "a payload that is none": (b"payload={", FORM, 400),
    "an empty payload": (b"payload=", FORM, 400),
    "a list as payload": (b"payload=[1]", FORM, 400),
    "a number of many figures": (b'{"type": ' + b"1" * 10_000 + b"}", JSON, 400),
    "as deep as can be": (b"[" * 100_000, JSON, 400),
    "objects as deep": (b'{"a":' * 100_000, JSON, 400),
    "no letters": (b"\xff\xfe\x00command=/comms", FORM, 401),
    "no letters as JSON": (b'{"type": "\xff"}', JSON, 401),
    "hundreds of fields": (b"&".join(b"a%d=1" % n for n in range(500)), FORM, 400),
    "neither kind": (b"command=/comms", "text/plain", 415),
    "no kind": (b"command=/comms", "", 415),
    "parts": (b"--x\r\n", "multipart/form-data; boundary=x", 415),
    "an empty object": (b"{}", JSON, 400),
    "an unknown type": (b'{"type": "surprise"}', JSON, 400),
    "a type that is none": (b'{"type": {"a": 1}}', JSON, 400),
    "a command alone": (b"command=/comms", FORM, 400),
    "a command of nothing": (b"command=", FORM, 400),
    "no event": (event(), JSON, 400),
    "an event of no type": (event(event={}), JSON, 400),
    "an event that is a word": (event(event="app_mention"), JSON, 400),
    "a mention by nobody": (event(event={"type": "app_mention"}, event_id="Ev1"), JSON, 200),
    "a mention nowhere": (event(event={"type": "app_mention", "user": "U1"}, event_id="Ev1"), JSON, 400),
    "authorisations in words": (event(event={"type": "app_mention"}, authorizations="x"), JSON, 400),
    "a button alone": (payload(type="block_actions"), FORM, 400),
    "a button in a list of none": (payload(type="block_actions", actions=[]), FORM, 400),
    "a button that is null": (payload(type="block_actions", actions=[None]), FORM, 400),
    "a form alone": (payload(type="view_submission"), FORM, 400),
    "a form that is a word": (payload(type="view_submission", view="V1"), FORM, 400),
    "a form without a state": (payload(type="view_submission", view={"id": "V1"}, user={}), FORM, 400),
    "a shortcut alone": (payload(type="message_action"), FORM, 400),
    "a closed form": (payload(type="view_closed"), FORM, 200),
    "half a character as a team": (b'{"type":"event_callback","team_id":"\\ud800","event":{}}', JSON, 400),
    "half a character as a challenge": (b'{"type":"url_verification","challenge":"\\ud800"}', JSON, 200),
    "too long": (b"text=" + b"x" * 1_000_000, FORM, 413),
}


@pytest.mark.parametrize(("raw", "kind", "status"), UNREADABLE.values(), ids=list(UNREADABLE))
def test_body_that_cannot_be_read_is_refused(
    life: Life, raw: bytes, kind: str, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    before = rows(life.db), len(events(life.db, life.team))

    answer = send(life, raw, kind)

    assert answer.status == status
    assert b"Traceback" not in answer.body
    assert (rows(life.db), len(events(life.db, life.team))) == before
    assert [r for r in caplog.records if r.levelno >= logging.ERROR] == []


NEEDED = ("team_id", "user_id", "channel_id", "trigger_id", "command")


@pytest.mark.parametrize("name", NEEDED)
@pytest.mark.parametrize("value", [None, "", "a\x00b"], ids=["missing", "empty", "control characters"])
def test_command_that_lacks_something_is_refused(life: Life, name: str, value: str | None) -> None:
    before = rows(life.db)
    given = command(life)

    answer = send(life, without(given, name) if value is None else urlencode(given | {name: value}).encode())

    assert (answer.status, rows(life.db)) == (400, before)


@pytest.mark.parametrize("name", ["text", "user_name", "channel_name", "response_url", "token"])
def test_command_does_without_the_rest(life: Life, name: str) -> None:
    assert send(life, without(command(life, "help"), name)).status == 200


@pytest.mark.parametrize("text", ["payload", "payload=1", "a payload & more", "{", '{"payload": 1}', "%00"])
def test_words_that_look_like_something_else_are_a_text(life: Life, text: str) -> None:
    answer = life.slash(life.sam, f"action add {text} is late")

    assert answer.status == 200
    wait_sent(life.slack, life.db)
    assert f"{text} is late" in life.open()[-1].text.replace("&amp;", "&")


def test_request_that_breaks_off_is_no_bug(life: Life, caplog: pytest.LogCaptureFixture) -> None:
    place = urlsplit(life.slack.bot_url)
    head = f"POST {place.path} HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\ncommand="
    with socket.create_connection((str(place.hostname), place.port or 0)) as half:
        half.sendall(head.encode())

    assert life.slash(life.sam, "help").status == 200
    assert caplog.text == ""


def test_other_ways_to_ask_are_refused(life: Life) -> None:
    place = urlsplit(life.slack.bot_url)
    said = []
    for method in (b"GET", b"PUT", b"DELETE", b"PATCH", b"BREW"):
        with socket.create_connection((str(place.hostname), place.port or 0), timeout=5) as line:
            line.sendall(method + b" /slack/events HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
            said.append(line.makefile("rb").readline().split()[1])

    assert said == [b"405"] * 5
