"""The Web API's methods for modals and the home tab."""

import hashlib
import json

from tests.slack.standin.asking import Call, Refused, check_view
from tests.slack.standin.shown import view_of
from tests.slack.standin.state import Json, State, Trigger, View

TRIGGER_LIVES = 3.0
"""Seconds in which a modal can be opened by a trigger."""
DEEPEST = 3
"""How many modals can lie on each other."""


def opened(call: Call) -> Json:
    check_view(call.state, call.part("view"), "modal")
    trigger = _exchange(call)
    view = keep_view(call.state, trigger.team_id, trigger.user_id, call.part("view"), "open")
    return {"ok": True, "view": view_of(call.state, view)}


def pushed(call: Call) -> Json:
    check_view(call.state, call.part("view"), "modal")
    trigger = _exchange(call)
    below = call.state.views.get(trigger.view_id)
    if below is None:
        raise Refused("invalid_arguments")
    return {"ok": True, "view": view_of(call.state, push(call.state, below, call.part("view")))}


def updated(call: Call) -> Json:
    view = _asked(call)
    if call.text("hash") not in ("", view.hash):
        raise Refused("hash_conflict")
    check_view(call.state, call.part("view"), view.given["type"])
    replace_view(call.state, view, call.part("view"))
    return {"ok": True, "view": view_of(call.state, view)}


def published(call: Call) -> Json:
    user = call.text("user_id")
    if user not in call.state.users:
        raise Refused("user_not_found")
    check_view(call.state, call.part("view"), "home")
    view = home_of(call.state, call.team.id, user)
    if view is None:
        view = keep_view(call.state, call.team.id, user, call.part("view"), "publish")
    elif call.text("hash") not in ("", view.hash):
        raise Refused("hash_conflict")
    else:
        replace_view(call.state, view, call.part("view"))
    return {"ok": True, "view": view_of(call.state, view)}


def home_of(state: State, team_id: str, user_id: str) -> View | None:
    with state.changed:
        homes = (view for view in state.views.values() if view.how == "publish")
        return next((view for view in homes if (view.team_id, view.user_id) == (team_id, user_id)), None)


def keep_view(
    state: State, team_id: str, user_id: str, given: Json, how: str, below: View | None = None
) -> View:
    with state.changed:
        made = View(state.new_id("V"), team_id, user_id, given, how, "", "")
        made.root_id = below.root_id if below else made.id
        made.previous_id = below.id if below else ""
        made.hash = _hash(state, given)
        state.views[made.id] = made
        state.changed.notify_all()
        return made


def push(state: State, below: View, given: Json) -> View:
    with state.changed:
        lying = [view for view in state.views.values() if view.is_open and view.root_id == below.root_id]
    if len(lying) >= DEEPEST:
        raise Refused("push_limit_reached")
    return keep_view(state, below.team_id, below.user_id, given, "push", below)


def replace_view(state: State, view: View, given: Json) -> None:
    with state.changed:
        view.earlier.append(view.given)
        view.given, view.errors = given, {}
        view.hash = _hash(state, given)
        state.changed.notify_all()


def _asked(call: Call) -> View:
    with call.state.changed:
        views = [v for v in call.state.views.values() if v.is_open and v.team_id == call.team.id]
    external = call.text("external_id")
    for view in views:
        if view.id == call.text("view_id") or (external and view.given.get("external_id") == external):
            return view
    raise Refused("not_found")


def _exchange(call: Call) -> Trigger:
    with call.state.changed:
        trigger = call.state.triggers.get(call.text("trigger_id"))
        if trigger is None or trigger.team_id != call.team.id:
            raise Refused("invalid_trigger_id")
        if trigger.used:
            raise Refused("exchanged_trigger_id")
        if call.state.clock.now() - trigger.made > TRIGGER_LIVES:
            raise Refused("expired_trigger_id")
        trigger.used = True
        return trigger


def _hash(state: State, given: Json) -> str:
    content = hashlib.sha256(json.dumps(given, sort_keys=True).encode()).hexdigest()[:8]
    return f"{state.new_ts().partition('.')[0]}.{content}{state.new_id('')[-4:]}"
