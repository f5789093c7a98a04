"""Answering: what the asker is told, by the way that each request gives."""

import json
import logging
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, assert_never

from slack_sdk.webhook import WebhookClient

from bot.app import Answer, App
from bot.bugs import caught
from bot.door import Heard
from bot.slack.calling import AT_ONCE, QUIET, Clients, Refused, Slow, Unclear, Unheard, calling
from bot.slack.drawing import Drawing
from bot.slack.hearing import FROM_HOME, Asked, AsPost, ByUrl, InReply, InView, OnSubmission
from messages.compose import compose, join
from messages.form import Form
from messages.message import Message
from messages.slack import Payload
from storage.db import Unavailable

log = logging.getLogger(__name__)
Reply = dict[str, Any]
MOST_BY_URL = 5
"""Uses that Slack allows of an address for answers."""
LONGEST_PAUSE = 30.0
"""Seconds for which the rest of an answer waits, if Slack asks for a pause."""
FAILED = (Refused, Slow, Unheard, Unclear)
KEPT = 10_000


class Latest:
    """The latest requests whose answers are no acknowledgement, so that the same again is not answered twice.

    In this process alone: whoever comes again after it has ended was perhaps not answered.
    """

    def __init__(self) -> None:
        self._keys: dict[str, None] = {}
        self._lock = threading.Lock()

    def is_new(self, key: str) -> bool:
        """Whether this is asked of a request for the first time."""
        with self._lock:
            is_new = key not in self._keys
            self._keys[key] = None
            if len(self._keys) > KEPT:
                del self._keys[next(iter(self._keys))]
            return is_new


@dataclass(frozen=True)
class Rest:
    """What is to be said at an address. first: the piece to go on with. is_whole: whether those before it
    have all arrived. has_waited: whether Slack has had the pause for it that it asked for.
    """

    url: str
    thread: str
    pieces: list[Payload]
    first: int = 0
    is_whole: bool = True
    has_waited: bool = False


@dataclass(frozen=True)
class Answering:
    """Gives answers. later: does what the asker need not wait for. on_home: called when a home tab is to
    be shown anew.
    """

    app: App
    clients: Clients
    drawing: Drawing
    later: Executor
    now: Callable[[], datetime]
    on_home: Callable[[Heard], None]
    told: Latest = field(default_factory=Latest, repr=False)

    def give(self, asked: Asked, answer: Answer) -> Reply:
        """Give an answer, and return what goes into the acknowledgement."""
        asked = replace(asked, heard=answer.kept or asked.heard)
        form = next((message for message in answer.messages if _form_of(message)), None)
        match asked.way:
            case InReply(url):
                return {} if form and self._opens(asked, form) else self._in_reply(asked, url, answer)
            case ByUrl(url, thread):
                if not (form and self._opens(asked, form)) and self.told.is_new(asked.heard.key):
                    self._do(self._by_url, asked.heard, url, thread, answer.messages)
                return {}
            case InView(view, is_home):
                return self._in_view(asked, view, is_home, form, answer)
            case OnSubmission():
                return self._on_submission(asked, form, answer)
            case AsPost(channel):
                if answer.is_busy:
                    raise Unavailable  # Slack sends it again, in a while
                if answer.is_secret:
                    self._to_one(replace(asked.heard, thread=""), channel, answer.messages)
                elif answer.messages and not self.app.reply(asked.heard, answer.messages, self.now()):
                    self._to_one(asked.heard, channel, answer.messages)
                return {}
            case _:
                assert_never(asked.way)

    # --- one way each -------------------------------------------------------------------------------

    def _in_reply(self, asked: Asked, url: str, answer: Answer) -> Reply:
        """What is long comes at the address from its beginning: it could overtake an acknowledgement."""
        pieces = self._pieces(answer.messages)
        if len(pieces) > 1 and self.told.is_new(asked.heard.key):
            self._do(self._post, asked.heard, Rest(url, "", pieces))
        if len(pieces) != 1:
            return {}
        return {"response_type": "ephemeral", "text": pieces[0].text, "blocks": pieces[0].blocks}

    def _by_url(self, heard: Heard, url: str, thread: str, messages: tuple[Message, ...]) -> None:
        self._post(heard, Rest(url, thread, self._pieces(messages)))

    def _post(self, heard: Heard, rest: Rest) -> None:
        """Answer at an address. No piece is said twice; who may miss one is told so."""
        is_whole = rest.is_whole
        for number, payload in enumerate(rest.pieces[rest.first :], rest.first):
            said: Reply = {"text": payload.text, "blocks": payload.blocks}
            try:
                self._post_piece(heard, rest.url if number < MOST_BY_URL else "", rest.thread, said)
            except Unclear as error:
                log.warning("a piece of an answer may be missing: %s", error)
                is_whole = False
            except Slow as error:
                if rest.has_waited and number == rest.first:
                    raise
                self._later(error.seconds, heard, replace(rest, first=number, is_whole=is_whole))
                return
        if not is_whole:
            note = self.drawing.message(compose("error/hole"))
            with calling():
                said = {"text": note.text, "blocks": note.blocks}
                self._ephemeral(heard, heard.channel, said, rest.thread)

    def _later(self, seconds: float, heard: Heard, rest: Rest) -> None:
        """Go on after the pause that Slack asks for; until then nobody else waits for this."""

        def go_on() -> None:
            with suppress(RuntimeError):  # it has stopped meanwhile
                self._do(self._post, heard, replace(rest, has_waited=True))

        pause = threading.Timer(max(1, min(seconds, LONGEST_PAUSE)), go_on)
        pause.daemon = True
        pause.start()

    def _post_piece(self, heard: Heard, url: str, thread: str, said: Reply) -> None:
        """At the address, unless that is worn out; else the same way in the chat itself."""
        if not (url and self._takes(url, said, thread)):
            with calling():
                self._ephemeral(heard, heard.channel, said, thread)

    def _takes(self, url: str, said: Reply, thread: str) -> bool:
        private = {"response_type": "ephemeral", "replace_original": False, "thread_ts": thread or None}
        with calling():
            client = WebhookClient(url, timeout=self.clients.patience, retry_handlers=[], logger=QUIET)
            done = client.send_dict(said | private)
        if done.status_code >= 500 or (done.status_code < 400 and not _is_slacks(done.body)):
            raise Unclear(f"status {done.status_code}")
        return done.status_code < 400 and not _is_no(done.body)

    def _in_view(self, asked: Asked, view: str, is_home: bool, form: Message | None, answer: Answer) -> Reply:
        """A form, or the answer, over the home tab or in the modal's place."""
        client = self.clients.of(asked.heard.team, AT_ONCE)
        shown = self._modal(form, asked.about) if form else self._answer(asked, answer)
        try:
            with calling():
                if is_home:
                    client.views_open(trigger_id=asked.trigger, view=shown)
                elif form:
                    client.views_push(trigger_id=asked.trigger, view=shown)
                else:
                    client.views_update(view_id=view, view=shown)
        except FAILED as error:
            log.info("a view could not be shown: %s", error)
            if _is_open_already(error):
                return {}
            self.app.reply(replace(asked.heard, channel=""), answer.messages, self.now())
        self._show_home(asked, form)
        return {}

    def _on_submission(self, asked: Asked, form: Message | None, answer: Answer) -> Reply:
        errors = self.drawing.errors(form) if form else {}
        if errors:
            return {"response_action": "errors", "errors": errors}
        if answer.is_busy:
            return self.at_the_form(asked.heard.fields or {}, answer.messages[0])
        if form:
            return {"response_action": "update", "view": self._modal(form, asked.about)}
        self._show_home(asked, form)
        return {"response_action": "update", "view": self._answer(asked, answer)}

    def at_the_form(self, fields: Mapping[str, str], message: Message) -> Reply:
        """Said at the first field of a form, which stays as it was filled in, and can be sent again."""
        if not fields:
            return {"response_action": "update", "view": self.drawing.answer(message)}
        return {"response_action": "errors", "errors": {next(iter(fields)): message.summary}}

    def _show_home(self, asked: Asked, form: Message | None) -> None:
        """Where it began in the home tab, and something may have changed."""
        if FROM_HOME in asked.about and form is None:
            self.on_home(asked.heard)

    def privately(self, heard: Heard, url: str, messages: tuple[Message, ...]) -> None:
        """What somebody alone is told, without the plan."""
        if self.told.is_new(heard.key):
            self._do(self._by_url, heard, url, heard.thread, messages)

    def _to_one(self, heard: Heard, channel: str, messages: tuple[Message, ...]) -> None:
        """What nobody else is to see, said where it was asked, and kept nowhere."""
        if self.told.is_new(heard.key):
            self._do(self._whisper, heard, channel, messages)

    def _whisper(self, heard: Heard, channel: str, messages: tuple[Message, ...]) -> None:
        for payload in self._pieces(messages)[:1]:
            said = {"text": payload.text, "blocks": payload.blocks}
            with calling():
                self._ephemeral(heard, channel, said, heard.thread)

    def _ephemeral(self, heard: Heard, channel: str, said: Reply, thread: str) -> None:
        client = self.clients.of(heard.team)
        if channel and not channel.startswith("D"):
            client.chat_postEphemeral(channel=channel, user=heard.user, thread_ts=thread or None, **said)
        else:
            client.chat_postMessage(channel=channel or heard.user, **said)

    # --- pieces -------------------------------------------------------------------------------------

    def _opens(self, asked: Asked, form: Message) -> bool:
        """Open a form as a modal. False if it cannot be; the answer then has a button that can."""
        return bool(asked.trigger) and self.open(asked.heard, asked.trigger, form, asked.about)

    def open(self, heard: Heard, trigger: str, form: Message, about: Mapping[str, str]) -> bool:
        client = self.clients.of(heard.team, AT_ONCE)
        try:
            with calling():
                client.views_open(trigger_id=trigger, view=self._modal(form, about))
        except FAILED as error:
            log.info("a form could not be opened: %s", error)
            return _is_open_already(error)
        return True

    def _modal(self, form: Message, about: Mapping[str, str]) -> Reply:
        return self.drawing.modal(form, json.dumps(dict(about)) if about else "")

    def _answer(self, asked: Asked, answer: Answer) -> Reply:
        """Its buttons lead back to where it was asked."""
        about = {"private_metadata": json.dumps(asked.about)} if asked.about else {}
        return self.drawing.answer(join(*answer.messages)) | about

    def _pieces(self, messages: tuple[Message, ...]) -> list[Payload]:
        return self.drawing.pieces(join(*messages)) if messages else []

    def _do(self, task: Callable[..., None], heard: Heard, *given: object) -> None:
        """What the asker need not wait for; if it cannot be said, it is not said."""

        def run() -> None:
            with caught("slack answer", task.__name__) as bug:
                _try(task, heard, *given)
            if bug.reference:
                sorry = compose("error/unsaid", reference=bug.reference)
                _try(self._whisper, heard, heard.channel, (sorry,))

        self.later.submit(run)


def _try(task: Callable[..., None], *given: object) -> None:
    try:
        task(*given)
    except FAILED as error:
        log.warning("an answer could not be given: %s", error)


def _is_open_already(error: Exception) -> bool:
    """What opens a modal works once: the same request has come before."""
    return isinstance(error, Refused) and error.code == "exchanged_trigger_id"


def _is_slacks(body: str) -> bool:
    """Slack answers "ok", or with an object; a page is somebody else's."""
    return body.strip() == "ok" or (body.startswith("{") and body.rstrip().endswith("}"))


def _is_no(body: str) -> bool:
    return '"ok":false' in body.replace(" ", "")


def _form_of(message: Message) -> Form | None:
    return next((block for block in message.blocks if isinstance(block, Form)), None)
