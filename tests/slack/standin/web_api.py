"""The Web API: who asks, whether the token and its scopes let them, and the method that answers."""

import json
from base64 import b64decode
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qsl

from tests.slack.standin import (
    chat_methods,
    consent,
    conversation_methods,
    file_methods,
    people_methods,
    view_methods,
)
from tests.slack.standin.asking import Call, Refused, need
from tests.slack.standin.state import Json, State, Workspace

METHODS: dict[str, tuple[str, Callable[[Call], Json]]] = {
    "apps.uninstall": ("", people_methods.uninstall),
    "auth.revoke": ("", people_methods.revoke),
    "auth.test": ("", people_methods.auth_test),
    "chat.delete": ("chat:write", chat_methods.delete),
    "chat.getPermalink": ("", chat_methods.get_permalink),
    "chat.postEphemeral": ("chat:write", chat_methods.post_ephemeral),
    "chat.postMessage": ("chat:write", chat_methods.post_message),
    "chat.update": ("chat:write", chat_methods.update),
    "conversations.history": ("", conversation_methods.history),
    "conversations.info": ("", conversation_methods.info),
    "conversations.join": ("channels:join", conversation_methods.joined),
    "conversations.list": ("", conversation_methods.listed),
    "conversations.open": ("im:write", conversation_methods.opened),
    "conversations.replies": ("", conversation_methods.replies),
    "files.completeUploadExternal": ("files:write", file_methods.complete_upload),
    "files.getUploadURLExternal": ("files:write", file_methods.get_upload_url),
    "team.info": ("team:read", people_methods.team_info),
    "users.info": ("users:read", people_methods.user_info),
    "users.list": ("users:read", people_methods.user_list),
    "views.open": ("", view_methods.opened),
    "views.publish": ("", view_methods.published),
    "views.push": ("", view_methods.pushed),
    "views.update": ("", view_methods.updated),
}
"""Each method with the scope it needs; those of conversations look at the sort of conversation too."""
JSON_IN_FORMS = ("attachments", "blocks", "files", "metadata", "view")


@dataclass(frozen=True)
class Asked:
    """A request as it arrived. team_id: "" if the token is nobody's."""

    method: str
    arguments: Json
    token: str = ""
    team_id: str = ""

    @property
    def channel(self) -> str:
        return str(self.arguments.get("channel") or self.arguments.get("channel_id") or "")


def read(state: State, method: str, authorization: str, content_type: str, body: bytes, query: str) -> Asked:
    """What is asked, whether it came as JSON, as a form or in the address."""
    arguments: Json = dict(parse_qsl(query))
    if content_type.startswith("application/json"):
        arguments |= json.loads(body or b"{}")
    else:
        arguments |= dict(parse_qsl(body.decode()))
    for name in JSON_IN_FORMS:
        if isinstance(arguments.get(name), str):
            arguments[name] = _json(arguments[name], name)
    kind, _, secret = authorization.partition(" ")
    if kind == "Basic":
        arguments["client_id"], _, arguments["client_secret"] = b64decode(secret).decode().partition(":")
    token = secret if kind == "Bearer" else str(arguments.pop("token", ""))
    return Asked(method, arguments, token, state.tokens.get(token, ""))


def answer(state: State, asked: Asked, socket_url: Callable[[], str]) -> tuple[Json, dict[str, str]]:
    """The answer, and headers to go with it. socket_url: where a new socket may connect."""
    try:
        if asked.method == "oauth.v2.access":
            return consent.access(state, asked.arguments), {}
        if asked.method == "apps.connections.open":
            return {"ok": True, "url": _for_app(state, asked, socket_url)}, {}
        if asked.method not in METHODS:
            raise Refused("unknown_method", req_method=asked.method)
        team = _let_in(state, asked)
        scope, carry_out = METHODS[asked.method]
        need(team, scope)
        scopes = {"x-oauth-scopes": ",".join(sorted(team.scopes)), "x-accepted-oauth-scopes": scope}
        return carry_out(Call(state, team, asked.token, asked.arguments)), scopes
    except Refused as refused:
        return refused.answer(), {}


def _for_app(state: State, asked: Asked, socket_url: Callable[[], str]) -> str:
    if asked.token.startswith("xoxb-"):
        raise Refused("not_allowed_token_type")
    if asked.token != state.app.app_token:
        raise Refused("invalid_auth" if asked.token else "not_authed")
    return socket_url()


def _let_in(state: State, asked: Asked) -> Workspace:
    if not asked.token:
        raise Refused("not_authed")
    if asked.token == state.app.app_token:
        raise Refused("not_allowed_token_type")
    if asked.token in state.revoked:
        raise Refused("token_revoked")
    if not asked.team_id:
        raise Refused("invalid_auth")
    team = state.workspaces[asked.team_id]
    if not team.installed:
        raise Refused("account_inactive")
    return team


def _json(text: str, name: str) -> object:
    """What was JSON in a form; text that is none stays as it is, and its method refuses it."""
    try:
        return json.loads(text) if text else {}
    except ValueError:
        return text
