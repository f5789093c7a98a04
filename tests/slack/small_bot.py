"""A small bot on the real bolt, spoken to over HTTP or through sockets, to try the fake Slack with."""

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from slack_bolt import App, BoltRequest
from slack_bolt.adapter.socket_mode.builtin import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.socket_mode.builtin import SocketModeClient

from tests.slack.standin import Slack, Workspace
from tests.slack.standin.state import Json

Listener = Callable[[Json], Any]


class SmallBot:
    """heard: every payload. answers: by a command, a callback_id or an action_id, what is acknowledged.

    on: likewise, what is done with the payload before that.
    """

    def __init__(self, slack: Slack, team: Workspace) -> None:
        self.slack, self.team = slack, team
        self.heard: list[Json] = []
        self.answers: dict[str, Any] = {}
        self.on: dict[str, Listener] = {}
        self.client = WebClient(team.bot_token, base_url=slack.api_url, retry_handlers=[], timeout=5)
        self._workers = ThreadPoolExecutor(1)
        self.app = App(
            signing_secret=slack.app.signing_secret,
            client=self.client,
            token=team.bot_token,
            process_before_response=True,
            listener_executor=self._workers,
        )
        self.app.middleware(self._hear)

    @contextmanager
    def over_http(self) -> Iterator["SmallBot"]:
        server = _Serving(self.app)
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        self.slack.bot_url = f"http://127.0.0.1:{server.server_address[1]}/slack/events"
        try:
            yield self
        finally:
            self.slack.bot_url = ""
            server.shutdown()
            server.server_close()
            thread.join()
            self._workers.shutdown()

    @contextmanager
    def over_sockets(self, ping_interval: float = 5) -> Iterator["SmallBot"]:
        handler = SocketModeHandler(
            self.app, self.slack.app.app_token, web_client=self.client, ping_interval=ping_interval
        )
        handler.client.connect()
        self.slack.sockets.wait_opened(1)
        try:
            yield self
        finally:
            leave(self.slack, handler.client)
            self._workers.shutdown()

    def _hear(self, body: Json, ack: Callable[..., Any]) -> Any:
        self.heard.append(body)
        action = (body.get("actions") or [{}])[0].get("action_id")
        view = body.get("view", {}).get("callback_id")
        key = body.get("command") or body.get("callback_id") or action or view or body["event"]["type"]
        listener = self.on.get(key)
        if listener:
            listener(body)
        said = self.answers.get(key)
        return ack() if said is None else ack(**said) if isinstance(said, dict) else ack(said)


def leave(slack: Slack, client: SocketModeClient) -> None:
    """Close a client at once: as long as its connection is up and silent, it would wait for three seconds.

    Until its threads have ended, one of them may be about to replace the connection: it is closed again.
    """
    client.auto_reconnect_enabled = client.default_auto_reconnect_enabled = False
    with client.connect_operation_lock:  # a greeting that is cut short leaves a socket that nobody closes
        slack.sockets.drop_all()
    client.close()
    client.disconnect()


class _Serving(ThreadingHTTPServer):
    daemon_threads = False

    def __init__(self, app: App) -> None:
        self.app = app
        super().__init__(("127.0.0.1", 0), _Passing)


class _Passing(BaseHTTPRequestHandler):
    server: _Serving

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        headers: dict[str, str | Sequence[str]] = {
            name.lower(): value for name, value in self.headers.items()
        }
        answer = self.server.app.dispatch(BoltRequest(body=body, headers=headers))
        content = answer.body.encode()
        self.send_response(answer.status)
        for name, value in answer.first_headers().items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        pass
