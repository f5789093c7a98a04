"""The guard: who may reach this chat, from which pages, and as whom."""

import hashlib
import hmac
import secrets
from collections import OrderedDict
from collections.abc import MutableMapping
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST = 400_000
"""Bytes in a request; the longest form that people fill in has a tenth of that."""
TOO_LONG = "That is too long.\n"
TRIES, MINUTES, WATCHED = 10, 10, 10_000
"""Wrong sign-in links from one place in so many minutes; places of which that is remembered."""

HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


@dataclass(frozen=True)
class Guard:
    """Lets requests in by the name that the browser asked for, and changes only from our own pages.

    origins: as "http://127.0.0.1:8000"; the browser has to have come by one of them.
    """

    app: ASGIApp
    origins: frozenset[str]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        wrong = self._refuse(Request(scope))

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("cache-control", "no-store")
            await send(message)

        await (wrong or self.app)(scope, receive, guarded)

    def _refuse(self, request: Request) -> PlainTextResponse | None:
        hosts = {origin.partition("://")[2] for origin in self.origins}
        if request.headers.get("host", "").lower() not in hosts:
            return PlainTextResponse("This chat is not reached by that name.\n", 421)
        if request.method not in ("GET", "HEAD") and not self._is_ours(request):
            return PlainTextResponse("That came from another page, and nothing was done.\n", 403)
        if int("0" + "".join(filter(str.isdigit, request.headers.get("content-length", "")))) > LARGEST:
            return PlainTextResponse(TOO_LONG, 413)
        return None

    def _is_ours(self, request: Request) -> bool:
        """A browser says from which page a change is sent; what is no browser says nothing."""
        origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site")
        if origin is not None:
            return origin.lower() in self.origins
        return site in (None, "same-origin", "none")


# --- whose browser it is ----------------------------------------------------------------------------


def cookie_name(request: Request) -> str:
    """Browsers share cookies among the ports of a machine."""
    return f"commsbot-{request.url.port or request.url.scheme}"


def secret_of(request: Request) -> str:
    """What this browser is known by: a secret that it was given; "" before that."""
    return request.cookies.get(cookie_name(request), "")


def new_secret() -> str:
    return secrets.token_urlsafe(32)


def new_key() -> str:
    """Names one thing that is sent, so that sending it twice is known."""
    return secrets.token_hex(8)


def cookie(request: Request, *, lasts: int | None = None, is_safe: bool = False) -> MutableMapping[str, Any]:
    """How the secret is kept: not readable by scripts, not sent along with what other pages post."""
    return {
        "key": cookie_name(request), "max_age": lasts, "httponly": True, "samesite": "lax",
        "secure": is_safe or request.url.scheme == "https",
    }  # fmt: skip


def token_of(secret: str) -> str:
    """What every form has to bring along: known to our own pages alone, and of no use for anything else."""
    return hmac.new(secret.encode(), b"form", hashlib.sha256).hexdigest()


def seal_of(words: str, secret: str) -> str:
    """Goes with words in an address, so that nobody else can put words into our page."""
    return hmac.new(secret.encode(), f"words {words}".encode(), hashlib.sha256).hexdigest()[:32]


def is_token(given: str, secret: str) -> bool:
    return bool(secret) and hmac.compare_digest(given.encode("utf-8", "replace"), token_of(secret).encode())


@dataclass
class Tries:
    """Wrong links lately, by where they came from; those from one place are soon not looked at any more."""

    _of: OrderedDict[str, list[float]] = field(default_factory=OrderedDict)

    def is_too_many(self, place: str) -> bool:
        return len(self._lately(place)) >= TRIES

    def note(self, place: str) -> None:
        self._of[place] = [*self._lately(place), monotonic()]
        self._of.move_to_end(place)
        while len(self._of) > WATCHED:
            self._of.popitem(last=False)

    def _lately(self, place: str) -> list[float]:
        since = monotonic() - MINUTES * 60
        return [at for at in self._of.get(place, []) if at > since]
