"""Installing the app: a person's consent, the code it brings, and the token for it."""

from urllib.parse import parse_qs, urlencode

from tests.slack.standin.asking import Refused
from tests.slack.standin.state import Code, Json, State

CODE_LIVES = 600.0
"""Seconds."""


def authorize(state: State, query: str) -> tuple[int, str]:
    """The status, and where the browser is sent, or why it is not.

    Asked for a `team`, its first person consents; otherwise that of the first workspace there is.
    """
    asked = {name: values[0] for name, values in parse_qs(query).items()}
    back, given_state = asked.get("redirect_uri", ""), asked.get("state", "")
    team_id = asked.get("team") or next(iter(state.workspaces), "")
    if asked.get("client_id") != state.app.client_id:
        return 400, "invalid_client_id"
    if not back or not asked.get("scope") or team_id not in state.workspaces:
        return 400, "invalid_request"
    if not state.agrees:
        return 302, f"{back}?{urlencode({'error': 'access_denied', 'state': given_state})}"
    code = new_code(state, team_id, back, set(asked["scope"].split(",")))
    return 302, f"{back}?{urlencode({'code': code, 'state': given_state})}"


def new_code(state: State, team_id: str, redirect_uri: str, scopes: set[str]) -> str:
    with state.changed:
        people = (user for user in state.users.values() if user.team_id == team_id and not user.is_bot)
        user_id = next((user.id for user in people), "")
        made = Code(state.new_id("C"), team_id, user_id, redirect_uri, scopes, state.clock.now())
        state.codes[made.id] = made
        return made.id


def access(state: State, asked: Json) -> Json:
    """The token for a code, once. asked: the arguments, with `client_id` and `client_secret`."""
    if asked.get("client_id") != state.app.client_id:
        raise Refused("invalid_client_id")
    if asked.get("client_secret") != state.app.client_secret:
        raise Refused("bad_client_secret")
    with state.changed:
        code = state.codes.get(str(asked.get("code", "")))
        if code is None or state.clock.now() - code.made > CODE_LIVES:
            raise Refused("invalid_code")
        if code.used:
            raise Refused("code_already_used")
        if asked.get("redirect_uri", "") != code.redirect_uri:
            raise Refused("bad_redirect_uri")
        code.used = True
        return _installed(state, code)


def _installed(state: State, code: Code) -> Json:
    team = state.workspaces[code.team_id]
    team.bot_token, team.scopes, team.installed = f"xoxb-{state.new_id('')}", code.scopes, True
    state.tokens[team.bot_token] = team.id
    return {
        "ok": True,
        "access_token": team.bot_token,
        "token_type": "bot",
        "scope": ",".join(sorted(code.scopes)),
        "bot_user_id": team.bot_user_id,
        "app_id": state.app.id,
        "team": {"id": team.id, "name": team.name},
        "enterprise": None,
        "is_enterprise_install": False,
        "authed_user": {"id": code.user_id},
    }
