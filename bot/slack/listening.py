"""Listening: everything that Slack sends comes here once, whichever way it came, and is answered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from slack_bolt import App as Bolt
from slack_bolt import BoltRequest, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.middleware import Middleware

from bot.app import Answer, App
from bot.bugs import caught
from bot.guarding import masked_line
from bot.slack import hearing, meeting
from bot.slack.answering import Answering
from bot.slack.drawing import Drawing
from bot.slack.hearing import Asked
from bot.slack.meeting import Acquaintance
from bot.slack.payload import Payload, Unreadable
from bot.slack.shape import misshapen
from bot.slack.shortcuts import Shortcuts
from messages.compose import compose
from messages.message import Message
from messages.slack_forms import read_modal
from storage.db import Unavailable

NOBODY = AuthorizeResult(enterprise_id=None, team_id=None)
IGNORED: dict[str, Any] = {}
PASSED_OVER = ("view_closed", "block_suggestion", "shortcut", "app_rate_limited", "ssl_check")
"""What Slack may send of which nothing follows."""


@dataclass(frozen=True)
class Listening:
    """What Slack sends, carried out. commands: as typed in Slack -> the beginning of the line meant.

    bot_of: the bot's user in a workspace. done: called when something may wait in the outbox.
    on_gone: called with a workspace that has thrown the bot out, and when.
    """

    app: App
    answers: Answering
    known: Acquaintance
    shortcuts: Shortcuts
    drawing: Drawing
    commands: Mapping[str, str]
    bot_of: Callable[[str], str]
    now: Callable[[], datetime]
    done: Callable[[], None]
    on_gone: Callable[[str, datetime], None]

    def hear(self, body: Payload) -> dict[str, Any]:
        """Carry out what was sent, and return what goes into the acknowledgement. Raises Unreadable."""
        match body.get("type"):
            case None if "command" in body:
                return self._carry_out(hearing.read_command(body, self.commands))
            case "block_actions":
                return self._carry_out(hearing.read_click(body))
            case "view_submission":
                view = body.get("view")
                filled = read_modal(view) if isinstance(view, dict) else {}
                return self._carry_out(hearing.read_submission(body, filled))
            case "message_action":
                chosen = hearing.read_shortcut(body)
                self.shortcuts.choose(replace(chosen, heard=self.known.at_home(chosen.heard)))
                self.done()
                return IGNORED
            case "event_callback":
                return self._happened(body)
            case kind if kind in PASSED_OVER:
                return IGNORED
            case kind:
                raise Unreadable(f"no type such as {kind}")

    def _carry_out(self, asked: Asked) -> dict[str, Any]:
        now = self.now()
        asked = replace(asked, heard=self.known.at_home(asked.heard))
        self.known.of_those_in(asked.heard, now)
        answer = self.app.hear(asked.heard, now)
        reply = self.answers.give(asked, answer)
        self.done()
        return reply

    def _said(self, asked: Asked, files: list[str]) -> dict[str, Any]:
        """A message to the bot; of files alone it says that it can do nothing with them."""
        if not files or asked.heard.line != "/help":
            return self._carry_out(asked)
        said = Answer((compose("files/none", names=files),))
        reply = self.answers.give(asked, said)
        self.done()
        return reply

    def _happened(self, body: Payload) -> dict[str, Any]:
        event = body.get("event")
        if not isinstance(event, Mapping) or not event.get("type"):
            raise Unreadable("no event")
        team, kind = hearing.team_of_event(body), event.get("type")
        if hearing.is_for_us(event):
            bot = self.bot_of(team)
            if event.get("user") == bot:
                return IGNORED
            return self._said(hearing.read_mention(body, bot), hearing.files_in(event))
        if kind == "app_home_opened" and event.get("tab") == "home":
            self.answers.on_home(hearing.read_home(body))
        elif hearing.is_out(event):
            self.on_gone(team, hearing.moment_of(body) or self.now())
        elif kind == "member_joined_channel" and event.get("user") == self.bot_of(team):
            self.known.join(team, str(event.get("channel") or ""), self.now())
        else:
            meeting.note(self.app.db, team, event, str(body.get("event_id") or ""), self.now())
            self.done()
        return IGNORED


class Ear(Middleware):
    """Hears whatever reaches bolt, and answers it; so bolt need not look for who would.

    It stands before bolt's own question whose bot it is: who may do what is asked at our own door.
    """

    def __init__(self, listening: Listening) -> None:
        self._listening = listening

    def process(
        self,
        *,
        req: BoltRequest,
        resp: BoltResponse,  # noqa: ARG002 (bolt has it)
        next: Callable[[], BoltResponse],  # noqa: A002, ARG002 (likewise)
    ) -> BoltResponse:
        return _answered(self._listening, req.body)


def bolt_on(listening: Listening) -> Bolt:
    """Bolt, with one ear for commands, buttons, forms and events alike."""
    return Bolt(
        authorize=lambda: NOBODY,  # is never asked
        before_authorize=Ear(listening),
        process_before_response=True,
        request_verification_enabled=False,  # it was done on the raw bytes, before anything was parsed
        ssl_check_enabled=False,
    )


def _answered(listening: Listening, body: dict[str, Any]) -> BoltResponse:
    typed = masked_line(f"{body.get('command', '')} {body.get('text', '')}".strip())
    try:
        with caught("slack", str(body.get("type") or body.get("command"))) as bug:
            return _heard(listening, body)
    except Unavailable:
        if body.get("type") == "event_callback":  # Slack sends it again, in a while
            return BoltResponse(status=503, body="The plan is busy just now.")
        return _sorry(listening, body, compose("error/busy", typed=typed))
    return _sorry(listening, body, compose("error/unsaid", reference=bug.reference))


def _heard(listening: Listening, body: dict[str, Any]) -> BoltResponse:
    try:
        return BoltResponse(status=200, body=listening.hear(body) or "")
    except Unreadable as error:
        return BoltResponse(status=400, body=f"That is nothing that Slack sends: {error}.")


def _sorry(listening: Listening, body: dict[str, Any], sorry: Message) -> BoltResponse:
    """Never a silence where somebody waits for an answer."""
    with caught("slack", "sorry"):
        return BoltResponse(status=200, body=_told(listening, body, sorry))
    return BoltResponse(status=200, body="")


def _told(listening: Listening, body: dict[str, Any], sorry: Message) -> dict[str, Any] | str:
    match body.get("type"):
        case None:
            said = listening.drawing.message(sorry)
            return {"response_type": "ephemeral", "text": said.text, "blocks": said.blocks}
        case "view_submission":
            return listening.answers.at_the_form(read_modal(body["view"]), sorry)
        case "block_actions":
            heard = hearing.read_click(body).heard
        case "message_action":
            heard = hearing.read_shortcut(body).heard
        case _:
            return ""
    listening.answers.privately(heard, str(body.get("response_url") or ""), (sorry,))
    return ""


def dispatch(bolt: Bolt, body: dict[str, Any]) -> BoltResponse:
    """The one path for HTTP and Socket Mode alike."""
    body = {name: value for name, value in body.items() if value is not None}
    wrong = misshapen(body)
    if wrong:
        return BoltResponse(status=400, body=f"That is nothing that Slack sends: {wrong}.")
    return bolt.dispatch(BoltRequest(body=body, mode="socket_mode"))
