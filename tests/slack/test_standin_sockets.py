"""The fake Slack's sockets, with Slack's own client at the other end: drops, silence, repetitions."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from tests.slack.scene import Scene
from tests.slack.small_bot import SmallBot, leave
from tests.slack.standin import How, NoAnswer
from tests.slack.standin.state import Json


class Listening:
    """A client that acknowledges what it hears, with an answer. heard: each request. told: other messages."""

    def __init__(self, scene: Scene, ping_interval: float) -> None:
        self.heard: list[SocketModeRequest] = []
        self.told: list[str] = []
        self.hello = threading.Event()
        self.client = SocketModeClient(
            scene.slack.app.app_token,
            web_client=scene.client(),
            ping_interval=ping_interval,
            on_message_listeners=[self._told],
        )
        self.client.socket_mode_request_listeners.append(self._hear)

    def _told(self, message: str) -> None:
        kind = json.loads(message)["type"]
        self.told.append(kind)
        if kind == "hello":
            self.hello.set()

    def _hear(self, client: BaseSocketModeClient, request: SocketModeRequest) -> None:
        self.heard.append(request)
        answer: Json = {"text": "Heard"}
        client.send_socket_mode_response(SocketModeResponse(request.envelope_id, answer))


@contextmanager
def listening(scene: Scene, ping_interval: float = 5) -> Iterator[Listening]:
    made = Listening(scene, ping_interval)
    made.client.connect()
    try:
        assert made.hello.wait(5)
        yield made
    finally:
        leave(scene.slack, made.client)


def test_command_goes_through_a_socket_and_its_answer_is_shown(scene: Scene) -> None:
    with listening(scene) as client:
        answer = scene.slack.slash(scene.team, scene.sam, scene.comms, "/comms", "help")

    [heard] = client.heard
    assert (heard.type, heard.payload["text"], heard.accepts_response_payload) == (
        "slash_commands",
        "help",
        True,
    )
    assert (answer.json, scene.slack.texts(scene.comms)) == ({"text": "Heard"}, ["Heard"])
    assert client.told[0] == "hello"


def test_same_envelope_can_come_twice_and_be_retried(scene: Scene) -> None:
    with listening(scene) as client:
        first = scene.slack.mention(scene.team, scene.sam, scene.comms, "help")
        scene.slack.again(first)
        scene.slack.again(first, How(retry=1, reason="timeout"))

    one, same, retried = client.heard
    assert (same.envelope_id, same.payload) == (one.envelope_id, one.payload)
    assert (retried.retry_attempt, retried.retry_reason, retried.payload) == (1, "timeout", one.payload)
    assert retried.envelope_id != one.envelope_id


def test_refresh_makes_the_client_connect_anew(scene: Scene) -> None:
    sockets = scene.slack.sockets
    with listening(scene) as client:
        [old] = sockets.connections
        old.disconnect()
        sockets.wait_opened(2)
        sockets.wait_open(1)

        scene.slack.dm(scene.team, scene.sam, "help")

    assert (client.told.count("disconnect"), len(client.heard)) == (1, 1)


@pytest.mark.parametrize("politely", [True, False])
def test_dropped_connection_is_replaced(scene: Scene, politely: bool) -> None:
    sockets = scene.slack.sockets
    with listening(scene, ping_interval=0.5) as client:
        [old] = sockets.connections
        if politely:
            old.close()
        else:
            old.drop()
        sockets.wait_opened(2)

        scene.slack.dm(scene.team, scene.sam, "help", how=How(connection=sockets.connections[-1]))

    assert len(client.heard) == 1


def test_half_open_connection_swallows_what_is_sent(scene: Scene) -> None:
    with listening(scene, ping_interval=30) as client:
        [connection] = scene.slack.sockets.connections
        connection.go_half_open()

        with pytest.raises(NoAnswer):
            scene.slack.dm(scene.team, scene.sam, "help", how=How(patience=0.2))

        assert (client.client.is_connected(), len(scene.slack.sockets.connections)) == (True, 1)
    assert client.heard == []


def test_client_leaves_a_half_open_connection_when_pings_go_unanswered(scene: Scene) -> None:
    sockets = scene.slack.sockets
    with listening(scene, ping_interval=0.5):
        sockets.connections[0].go_half_open()

        sockets.wait_opened(2, patience=10)


def test_envelopes_take_turns_between_connections(scene: Scene) -> None:
    with listening(scene) as one, listening(scene) as other:
        for _ in range(4):
            scene.slack.dm(scene.team, scene.sam, "help")

    assert (len(one.heard), len(other.heard)) == (2, 2)
    scene.slack.sockets.wait_open(0)


def test_wrong_app_token_gets_no_socket(scene: Scene) -> None:
    assert scene.error("apps.connections.open", "xapp-wrong") == "invalid_auth"
    assert scene.error("apps.connections.open") == "not_allowed_token_type"


def test_ticket_lets_one_connection_in(scene: Scene) -> None:
    with listening(scene) as client:
        url = str(client.client.wss_uri)

    assert scene.slack.sockets.take_ticket(url) is False


def test_nobody_connected_is_no_answer(scene: Scene) -> None:
    with pytest.raises(NoAnswer):
        scene.slack.dm(scene.team, scene.sam, "help")


def test_bolt_hears_through_sockets_what_it_hears_over_http(scene: Scene) -> None:
    bot = SmallBot(scene.slack, scene.team)
    bot.answers["/action"] = "Well done"
    with bot.over_sockets():
        scene.slack.slash(scene.team, scene.sam, scene.comms, "/action", "done A12")
        scene.slack.mention(scene.team, scene.sam, scene.comms, "help")

    assert [heard.get("command", "event") for heard in bot.heard] == ["/action", "event"]
    assert scene.slack.texts(scene.comms)[0] == "Well done"
