"""The Web API's methods for people, workspaces and tokens."""

from tests.slack.standin.asking import Call, Refused
from tests.slack.standin.conversation_methods import page
from tests.slack.standin.state import Json, User


def auth_test(call: Call) -> Json:
    team = call.team
    return {
        "ok": True,
        "url": f"https://{team.domain}.slack.com/",
        "team": team.name,
        "user": "commsbot",
        "team_id": team.id,
        "user_id": team.bot_user_id,
        "bot_id": team.bot_id,
        "is_enterprise_install": False,
    }


def revoke(call: Call) -> Json:
    if call.flag("test"):
        return {"ok": True, "revoked": False}
    with call.state.changed:
        call.state.revoked.add(call.token)
    return {"ok": True, "revoked": True}


def uninstall(call: Call) -> Json:
    app = call.state.app
    if call.text("client_id") != app.client_id:
        raise Refused("invalid_client_id")
    if call.text("client_secret") != app.client_secret:
        raise Refused("bad_client_secret")
    with call.state.changed:
        call.team.installed = False
    return {"ok": True}


def user_info(call: Call) -> Json:
    """People of other workspaces too: those with whom a channel is shared can be looked up."""
    found = call.state.users.get(call.text("user"))
    if found is None:
        raise Refused("user_not_found")
    return {"ok": True, "user": user_of(call, found)}


def user_list(call: Call) -> Json:
    with call.state.changed:
        found = [user for user in call.state.users.values() if user.team_id == call.team.id]
    some, cursor = page(call, found)
    return {"ok": True, "members": [user_of(call, user) for user in some]} | cursor


def team_info(call: Call) -> Json:
    team = call.team
    return {
        "ok": True,
        "team": {"id": team.id, "name": team.name, "domain": team.domain, "email_domain": "", "icon": {}},
    }


def user_of(call: Call, user: User) -> Json:
    """Someone as Slack gives them to the bot."""
    organisation = {"enterprise_id": "E1", "teams": [user.team_id, *user.also_in]}
    return {
        "id": user.id,
        "team_id": user.team_id,
        **({"enterprise_user": organisation} if user.also_in else {}),
        "name": user.name,
        "real_name": user.real_name,
        "deleted": user.deleted,
        "tz": user.tz,
        "profile": {"real_name": user.real_name, "display_name": user.name, "team": user.team_id},
        "is_bot": user.is_bot,
        "is_restricted": user.is_restricted,
        "is_ultra_restricted": user.is_ultra_restricted,
        "is_stranger": call.team.id not in (user.team_id, *user.also_in),
        "is_app_user": False,
    }
