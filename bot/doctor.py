"""The doctor: checks what Commsbot needs, and says of each thing how it is mended."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.settings import Settings
from bot.slack.calling import PERMANENT, Clients, Refused, Slow, Unclear, Unheard, calling
from bot.slack.installs import CannotUnseal, Installs
from bot.slack.manifest import missing
from bot.slack.seal import Seal, WrongKeys
from bot.slack.teams import Teams
from bot.slack.token import NotOurs, Token, check_app_token, look_up
from storage import partnerships
from storage.addresses import addresses
from storage.db import Database, Session, Unavailable
from storage.partnerships import Workspace

SKEW = 60
"""Seconds by which this machine's clock may be wrong: Slack's requests are good for five minutes."""


@dataclass(frozen=True)
class Finding:
    """What was looked at, and what is to be done about it; "" for nothing."""

    what: str
    mend: str = ""


def doctor(settings: Settings) -> int:
    """Print what was found. Returns 1 if anything is to be mended."""
    ill = 0
    for finding in examine(settings):
        ill += bool(finding.mend)
        print(f"Mend  {finding.what}\n      {finding.mend}" if finding.mend else f"Good  {finding.what}")
    print(f"\n{ill} to mend." if ill else "\nAll is well.")
    return 1 if ill else 0


def examine(settings: Settings) -> Iterator[Finding]:
    """One thing after another; what rests on something that is wrong is not looked at."""
    yield from _settings(settings)
    token = None
    if settings.slack_bot_token:
        try:
            token = look_up(settings.slack_bot_token.get_secret_value(), settings.slack_api_url)
        except NotOurs as error:
            yield Finding("The bot's token", str(error))
    if token is not None:
        yield from _token(token)
    if settings.slack_app_token:
        yield _app_token(settings)
    yield from _database(settings, token)


def _settings(settings: Settings) -> Iterator[Finding]:
    is_many = bool(settings.slack_client_id)
    if not settings.slack_bot_token and not is_many:
        yield Finding(
            "No token for Slack", "Put SLACK_BOT_TOKEN into .env; docs/slack.md shows where to find it."
        )
    if not settings.slack_app_token and not settings.slack_signing_secret:
        yield Finding(
            "No way to hear from Slack",
            "Put SLACK_APP_TOKEN into .env, for Socket Mode, or SLACK_SIGNING_SECRET, for HTTP.",
        )
    elif not settings.slack_app_token and not settings.public_url:
        yield Finding(
            "HTTP without a public address",
            "Set PUBLIC_URL to the address at which Slack reaches this machine, or use Socket Mode.",
        )
    else:
        yield Finding(f"Slack is heard by {'Socket Mode' if settings.slack_app_token else 'HTTP'}")
    if is_many:
        yield _keys(settings)


def _keys(settings: Settings) -> Finding:
    try:
        Seal(settings.slack_token_keys.get_secret_value())
    except WrongKeys as error:
        return Finding("The key that tokens are kept under", f"SLACK_TOKEN_KEYS {error}")
    return Finding("The key that tokens are kept under")


def _token(token: Token) -> Iterator[Finding]:
    yield Finding(f"The bot's token is for the workspace {token.name or token.team}")
    lacking = missing(token.scopes)
    for scope, why in lacking.items():
        yield Finding(
            f"The bot may not use {scope} ({why})",
            "Put the manifest into the app's settings again (commsbot manifest slack), and reinstall it.",
        )
    if not lacking:
        yield Finding("The bot may do all that it has to")
    skew = abs((datetime.now(UTC) - token.at).total_seconds()) if token.at else 0
    if skew > SKEW:
        yield Finding(
            f"The clock of this machine is {skew:.0f} seconds away from Slack's",
            "Set it right, or let it be set by the network: Slack's requests look too old otherwise.",
        )
    else:
        yield Finding("The clock is right")


def _app_token(settings: Settings) -> Finding:
    try:
        check_app_token(settings.slack_app_token.get_secret_value(), settings.slack_api_url)
    except NotOurs as error:
        return Finding("The app-level token", str(error))
    except (Slow, Unheard, Unclear) as error:
        return Finding("Socket Mode cannot be tried", f"Slack cannot be reached just now ({error}).")
    return Finding("Socket Mode can be opened")


def _database(settings: Settings, token: Token | None) -> Iterator[Finding]:
    db = Database(settings.database_url)
    try:
        if not db.is_current():
            yield Finding("The database can be reached; commsbot run brings it up to date")
            return
        yield Finding("The database can be reached, and is up to date")
        yield from _workspaces(settings, db, token)
    except Unavailable:
        yield Finding("The database cannot be reached", "Look at DATABASE_URL, and whether its server runs.")
    finally:
        db.close()


def _workspaces(settings: Settings, db: Database, token: Token | None) -> Iterator[Finding]:
    own = {token.team: settings.slack_bot_token.get_secret_value()} if token else {}
    clients = Clients(Teams(db, own, _store(settings, db)).token_of, settings.slack_api_url)
    with db.everywhere() as session:
        found = partnerships.workspaces(session)
    for workspace in found:
        if workspace.platform == "slack":
            with db.reading(workspace.partnership_id) as session:
                yield from _workspace(session, workspace, clients)


def _store(settings: Settings, db: Database) -> Installs | None:
    """Without a key that fits nothing can be opened; that is told by then."""
    with suppress(WrongKeys):
        seal = Seal(settings.slack_token_keys.get_secret_value())
        return Installs(db, seal, lambda: datetime.now(UTC)) if settings.slack_client_id else None
    return None


def _workspace(session: Session, workspace: Workspace, clients: Clients) -> Iterator[Finding]:
    name = workspace.name or workspace.external
    if workspace.stopped_at is not None:
        yield Finding(f"Nothing is posted in the workspace {name}", workspace.stopped_because)
        return
    for address in addresses(session):
        if address.workspace_id == workspace.id and address.kind == "channel":
            yield _channel(clients, workspace, address.external, f"{address.label} in {name}")


def _channel(clients: Clients, workspace: Workspace, channel: str, label: str) -> Finding:
    try:
        with calling():
            found = clients.of(workspace.external).conversations_info(channel=channel)["channel"]
    except CannotUnseal as error:
        return Finding(label, str(error))
    except Refused as error:
        return Finding(label, PERMANENT.get(error.code, f"Slack says “{error.code}”."))
    except (Slow, Unheard, Unclear) as error:
        return Finding(label, f"Slack cannot be asked just now ({error}).")
    if found.get("is_archived"):
        return Finding(label, PERMANENT["is_archived"])
    if not found.get("is_member"):
        return Finding(label, PERMANENT["not_in_channel"])
    return Finding(f"The bot can post in {label}")
