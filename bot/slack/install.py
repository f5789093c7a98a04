"""The pages with which Commsbot is added to a Slack workspace."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from slack_sdk.oauth.installation_store import Installation
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.bugs import caught
from bot.slack.exchange import NotLetIn, Offer, exchange
from bot.slack.installs import Installs
from bot.slack.states import GOOD_FOR, States
from bot.web.guard import HEADERS
from bot.web.look import FOLDER, render
from storage.db import Unavailable

COOKIE, PATH = "commsbot-install", "/slack"
ALL_HEADERS = HEADERS | {"cache-control": "no-store"}
LONGEST = 1000
"""Characters in a code; Slack's have a tenth of that."""
STATUS = {
    "not yours": 400,
    "used up": 400,
    "refused": 403,
    "whole organisation": 403,
    "out of reach": 502,
    "our fault": 502,
    "busy": 503,
    "bug": 500,
}
"""Of the pages that say why Commsbot was not added."""
WORDS = {
    "commands": "Answer when somebody types one of its commands.",
    "chat:write": "Post in the channels that you invite it to, and send direct messages.",
    "im:write": "Post in the channels that you invite it to, and send direct messages.",
    "app_mentions:read": "Read the messages in which somebody mentions it.",
    "im:history": "Read what people write to it in direct messages.",
    "im:read": "Read what people write to it in direct messages.",
    "channels:history": "Read in the channels that you invite it to, to see which of its posts have arrived.",
    "groups:history": "Read in the channels that you invite it to, to see which of its posts have arrived.",
    "channels:read": "See what your public channels are called.",
    "groups:read": "See what the private channels that you invite it to are called.",
    "users:read": "See people's names and time zones.",
    "users:read.email": "See people's e-mail addresses.",
    "team:read": "See the name of your workspace.",
    "files:read": "Read the files that people give it.",
    "files:write": "Post files, such as a document that you ask it for.",
    "reactions:read": "See the reactions to messages in the channels that you invite it to.",
    "reactions:write": "Add reactions to messages.",
}
"""What a scope allows, in plain words; several may come to the same."""


def nobody_is_greeted(_team: str, _user: str) -> None:
    """Where nothing follows an installation."""


def routes(
    offer: Offer,
    installs: Installs,
    now: Callable[[], datetime],
    greet: Callable[[str, str], None] = nobody_is_greeted,
) -> list[BaseRoute]:
    """The pages, and what they need. Whoever serves them keeps no log of addresses: one has a code in it.

    greet: called with the team that has added the bot, and the user who did.
    """
    states = States(offer.client_secret)

    async def show(_request: Request) -> Response:
        return _page("install", 200, allowed=in_plain_words(offer.scopes))

    async def go(_request: Request) -> Response:
        state, cookie = states.fresh(now())
        answer = RedirectResponse(offer.asking(state), 302, headers=ALL_HEADERS)
        answer.set_cookie(value=cookie, max_age=int(GOOD_FOR.total_seconds()), **_cookie(offer))
        return answer

    async def come_back(request: Request) -> Response:
        query = request.query_params
        if not states.use(request.cookies.get(COOKIE, ""), query.get("state", ""), now()):
            return _not_let_in(
                "not yours"
            )  # and the cookie stays: it may be another's link that was followed
        answer = await run_in_threadpool(_let_in, offer, installs, query, now(), greet)
        answer.delete_cookie(**_cookie(offer))
        return answer

    return [
        Route("/slack/install", show),
        Route("/slack/install/go", go),
        Route("/slack/oauth_redirect", come_back, methods=["GET"]),
        Mount("/static", StaticFiles(directory=FOLDER / "static")),
    ]


def in_plain_words(scopes: tuple[str, ...]) -> list[str]:
    """What scopes allow, each thing once; one without words is told by Slack's name for it."""
    return list(dict.fromkeys(WORDS.get(scope, f"{scope}, as Slack calls it.") for scope in scopes))


def _let_in(
    offer: Offer,
    installs: Installs,
    query: Mapping[str, str],
    now: datetime,
    greet: Callable[[str, str], None],
) -> Response:
    """The page for somebody who is back from Slack. It takes as long as Slack does."""
    with caught("install", "back from Slack") as bug:
        try:
            installation = _installation(offer, query, now)
            installs.save(installation)
            greet(installation.team_id or "", installation.user_id)
        except NotLetIn as error:
            return _not_let_in(error.why)
        except Unavailable:
            return _not_let_in("busy")
        return _page("installed", 200, **_ways(installation))
    return _not_let_in("bug", bug.reference)


def _installation(offer: Offer, query: Mapping[str, str], now: datetime) -> Installation:
    code = query.get("code", "")
    if query.get("error"):
        raise NotLetIn("refused" if query["error"] == "access_denied" else "our fault")
    if not 0 < len(code) <= LONGEST:
        raise NotLetIn("used up")
    return exchange(offer, code, now)


def _ways(installation: Installation) -> dict[str, Any]:
    """The team's name, and the ways to the bot in Slack: where Slack is installed, and in a browser."""
    team, app = installation.team_id or "", installation.app_id or ""
    return {
        "team": installation.team_name or team,
        "in_slack": "slack://app?" + urlencode({"team": team, "id": app, "tab": "messages"}),
        "in_browser": "https://slack.com/app_redirect?" + urlencode({"team": team, "app": app}),
    }


def _not_let_in(why: str, reference: str = "") -> Response:
    return _page("not_installed", STATUS[why], why=why, reference=reference)


def _page(name: str, status: int, **values: Any) -> HTMLResponse:
    return HTMLResponse(render(name, **values), status, headers=ALL_HEADERS)


def _cookie(offer: Offer) -> dict[str, Any]:
    """Not readable by scripts; it comes along when Slack sends the browser back."""
    is_safe = offer.url.startswith("https:")
    return {"key": COOKIE, "path": PATH, "httponly": True, "samesite": "lax", "secure": is_safe}
