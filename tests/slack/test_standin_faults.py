"""The fake Slack goes wrong as it is told, keeps what it says it keeps, and leaves nothing behind."""

import json
import socket
import threading
import time

import httpx
import pytest
from slack_sdk.errors import SlackApiError

from tests.slack.scene import Scene
from tests.slack.standin import Fault, Slack
from tests.slack.standin.listening import LONGEST_HANG

WENT_WRONG: dict[str, tuple[type[Exception], str]] = {
    "ERROR_500": (httpx.HTTPStatusError, "500"),
    "ERROR_503": (httpx.HTTPStatusError, "503"),
    "HTML": (json.JSONDecodeError, "char 0"),
    "BROKEN_JSON": (json.JSONDecodeError, "char [1-9]"),
    "CUT_SHORT": (httpx.RemoteProtocolError, "without sending complete"),
    "RESET": (httpx.ReadError, "reset"),
    "HANG": (httpx.ReadTimeout, "timed out"),
}
"""What a client sees of each fault."""


@pytest.mark.parametrize("fault", [f for f in Fault if f not in (Fault.SLOW_DOWN, Fault.REFUSED)])
def test_fault_goes_wrong_once_and_keeps_what_it_says(scene: Scene, fault: Fault) -> None:
    scene.slack.misbehave(fault, channel=scene.comms.id)

    error, words = WENT_WRONG[fault.name.rpartition("_")[0]]
    with pytest.raises(error, match=words):
        _post(scene, patience=0.3 if fault in (Fault.HANG_BEFORE, Fault.HANG_AFTER) else 5)

    if fault.is_kept_first:
        scene.slack.wait_for(lambda: scene.slack.texts(scene.comms) == ["Hello"])
    assert _post(scene) == "Hello"
    assert scene.slack.texts(scene.comms) == ["Hello"] * (2 if fault.is_kept_first else 1)


def _post(scene: Scene, patience: float = 5) -> str:
    answer = httpx.post(
        f"{scene.slack.api_url}chat.postMessage",
        json={"channel": scene.comms.id, "text": "Hello"},
        headers={"Authorization": f"Bearer {scene.team.bot_token}"},
        timeout=patience,
    )
    return str(answer.raise_for_status().json()["message"]["text"])


@pytest.mark.parametrize("seconds", ["30", "", "0", "86400"])
def test_too_many_requests_say_when_to_come_back(scene: Scene, seconds: str) -> None:
    scene.slack.misbehave(Fault.SLOW_DOWN, retry_after=seconds, times=2)

    for _ in range(2):
        with pytest.raises(SlackApiError) as refused:
            scene.post()
        assert refused.value.response.status_code == 429
        assert refused.value.response.headers.get("Retry-After", "") == seconds

    scene.post()
    assert scene.slack.texts(scene.comms) == ["Hello"]


def test_fault_is_for_its_channel_and_method_only(scene: Scene) -> None:
    other = scene.slack.channel(scene.team, "news", scene.sam)
    scene.slack.misbehave(Fault.REFUSED, channel=other.id, error="restricted_action")

    scene.post()

    assert scene.error("chat.postMessage", channel=other.id, text="x") == "restricted_action"
    assert [asked.method for asked in scene.slack.arrivals.asked] == ["chat.postMessage"] * 2


def test_one_message_a_second_is_enforced_when_switched_on(scene: Scene) -> None:
    scene.slack.arrivals.one_a_second = True
    scene.post("one")
    assert scene.error("chat.postMessage", channel=scene.comms.id, text="two") == "ratelimited"

    scene.slack.clock.forward(1)

    scene.post("three")
    assert scene.slack.texts(scene.comms) == ["one", "three"]


def test_settling_waits_for_what_was_sent(scene: Scene) -> None:
    body = b'{"channel": "%s", "text": "Hello"}' % scene.comms.id.encode()
    head = (
        "POST /api/chat.postMessage HTTP/1.1\r\nHost: slack\r\nContent-Type: application/json\r\n"
        f"Authorization: Bearer {scene.team.bot_token}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    url = httpx.URL(scene.slack.api_url)
    with socket.create_connection((url.host, url.port)) as dying:
        dying.sendall(head.encode() + body)

    scene.slack.settle()

    assert scene.slack.texts(scene.comms) == ["Hello"]


def test_nothing_is_left_when_it_stops() -> None:
    before = set(threading.enumerate())
    with Slack().running() as slack:
        url = httpx.URL(slack.sockets.ticket())
        with socket.create_connection((url.host, url.port)), socket.create_connection((url.host, url.port)):
            slack.sockets.drop_all()

    assert set(threading.enumerate()) == before


def test_hanging_requests_end_with_the_server() -> None:
    start = time.monotonic()
    with Slack().running() as slack:
        team = slack.workspace("Furness")
        sam = slack.user(team, "Sam Okafor")
        scene = Scene(slack, team, sam, slack.channel(team, "comms", sam))
        slack.misbehave(Fault.HANG_AFTER)
        with pytest.raises(httpx.TimeoutException):
            _post(scene, patience=0.3)

    assert slack.texts(scene.comms) == ["Hello"]
    assert time.monotonic() - start < LONGEST_HANG
