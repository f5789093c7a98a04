"""The edge: requests over HTTP are proved to be Slack's, on the raw bytes, and only then read."""

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hmac import compare_digest
from time import time
from typing import Any
from urllib.parse import parse_qsl

from slack_bolt import App as Bolt
from slack_sdk.signature import SignatureVerifier
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from bot.slack.listening import dispatch
from commands.grammar.words import cleaned

LARGEST = 1_000_000
"""Bytes in a request; Slack's largest forms have a quarter of that."""
FIVE_MINUTES = 300
MOST_FIELDS = 100
FORM, JSON = "application/x-www-form-urlencoded", "application/json"


class Refuse(Exception):
    """Not a request of Slack's; the status says what is wrong with it."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status, self.why = status, why


@dataclass(frozen=True)
class Edge:
    """The one address that Slack sends to. now: seconds since 1970, by which old requests are told."""

    bolt: Bolt
    secret: str
    now: Callable[[], float] = time

    async def hear(self, request: Request) -> Response:
        """Any request: what is not Slack's is a 4xx, and nothing is done."""
        try:
            body = self.read(await _body(request), request.headers)
        except Refuse as refusal:
            return PlainTextResponse(f"{refusal.why}\n", refusal.status)
        except ClientDisconnect:
            return PlainTextResponse("That broke off.\n", 400)
        if body.get("type") == "url_verification":
            return JSONResponse({"challenge": cleaned(str(body.get("challenge") or ""))})
        done = await run_in_threadpool(dispatch, self.bolt, body)
        kind = done.first_headers().get("content-type", "text/plain")
        return Response(done.body, done.status, media_type=kind)

    def read(self, raw: bytes, headers: Mapping[str, str]) -> dict[str, Any]:
        """What was sent, once it is proved to be Slack's. Raises Refuse."""
        self._prove(raw, headers)
        return parse(raw, headers.get("content-type", ""))

    def _prove(self, raw: bytes, headers: Mapping[str, str]) -> None:
        stamp, signature = headers.get("x-slack-request-timestamp", ""), headers.get("x-slack-signature", "")
        is_number = stamp.isascii() and stamp.isdigit() and len(stamp) < 12
        if not is_number or not signature.isascii() or abs(self.now() - int(stamp)) > FIVE_MINUTES:
            raise Refuse(401, "The signature is missing or too old.")
        expected = self._signature(stamp, raw)
        if not expected or not compare_digest(expected.encode(), signature.encode()):
            raise Refuse(401, "The signature is wrong.")

    def _signature(self, stamp: str, raw: bytes) -> str:
        """What Slack signs such a request with; "" for bytes that are no text."""
        with suppress(UnicodeDecodeError):
            return SignatureVerifier(self.secret).generate_signature(timestamp=stamp, body=raw) or ""
        return ""


async def _body(request: Request) -> bytes:
    """All that was sent; its length need not have been told before, so it is counted as it comes."""
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise Refuse(415, "Slack packs nothing.")
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST:
            raise Refuse(413, "That is too long.")
    return bytes(body)


def parse(raw: bytes, content_type: str) -> dict[str, Any]:
    """What Slack sends: a form for commands, JSON in a form for what is pressed, JSON for events.

    Raises Refuse for anything else.
    """
    kind = content_type.partition(";")[0].strip().lower()
    try:
        text = raw.decode("utf-8")
        if kind == JSON:
            return _object(text)
        if kind != FORM:
            raise Refuse(415, "That is neither a form nor JSON.")
        form = dict(parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except (UnicodeDecodeError, ValueError):
        raise Refuse(400, "That cannot be read.") from None
    if "command" in form:
        return dict(form)
    if "payload" in form:
        return _object(form["payload"])
    raise Refuse(400, "That is neither a command nor anything pressed.")


def _object(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise Refuse(400, "That is not JSON.") from None
    if not isinstance(found, dict):
        raise Refuse(400, "That is not an object.")
    return found
