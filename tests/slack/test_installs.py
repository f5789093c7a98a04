"""Installs: tokens are kept sealed and only while they are good; workspaces come, go and come back."""

import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from slack_sdk.oauth.installation_store import Installation
from sqlmodel import select

from bot import door
from bot.app import App
from bot.local import Local, Shown
from bot.slack.exchange import Offer
from bot.slack.installs import (
    NAME,
    TAKEN_OUT,
    CannotUnseal,
    Installs,
    OrganisationWide,
    settle_in,
    uninstalled,
)
from bot.slack.seal import CannotOpen, Seal, WrongKeys, new_key
from commands.registry import discover
from messages.message import Message
from messages.stored import to_json
from storage import installs as kept
from storage import outbox, partnerships
from storage.addresses import addresses
from storage.db import Database
from storage.events import Event
from storage.installs import Install
from storage.partnerships import Workspace

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
KEY, NEWER, ANOTHER = new_key(), new_key(), new_key()
TOKEN = "-".join(("xoxb", "1", "Bay"))
"""Put together here, so that nothing in this file looks like a token."""


@dataclass
class Time:
    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def store(db: Database) -> Installs:
    return Installs(db, Seal(KEY), Time())


def installed(team: str = "T1", given: str = TOKEN, **more: object) -> Installation:
    values: dict[str, object] = {
        "app_id": "A1", "team_id": team, "team_name": f"Team {team}", "bot_token": given, "bot_id": "B1",
        "bot_user_id": "UBOT", "bot_scopes": "commands,chat:write", "user_id": "U7",
        "installed_at": NOW.timestamp(),
    }  # fmt: skip
    return Installation(**(values | more))  # type: ignore[arg-type]


def workspaces(db: Database) -> list[Workspace]:
    with db.everywhere() as session:
        return partnerships.workspaces(session)


def names(db: Database) -> list[str]:
    with db.everywhere() as session:
        return [each.name for each in session.exec(select(partnerships.Partnership))]


def sealed(db: Database, team: str = "T1") -> str | None:
    with db.everywhere() as session:
        found = kept.install_at(session, NAME, team)
        return found.sealed if found else None


# --- keeping and finding -----------------------------------------------------------------------------


def test_installation_comes_back_as_it_was_saved(store: Installs) -> None:
    saved = installed(custom_values={"note": "kept"})

    store.save(saved)
    found = store.find_installation(enterprise_id=None, team_id="T1")
    bot = store.find_bot(enterprise_id="E1", team_id="T1")

    assert store.token_of("T1") == TOKEN
    assert found is not None
    assert found.to_dict() == saved.to_dict()
    assert bot is not None
    assert bot.to_dict() == saved.to_bot().to_dict()


def test_installation_is_kept_with_what_may_be_read(store: Installs, db: Database) -> None:
    store.save(installed())

    with db.everywhere() as session:
        row = kept.install_at(session, NAME, "T1")
        workspace = partnerships.workspace(session, NAME, "T1")
    assert row is not None
    assert workspace is not None
    assert (row.workspace_id, row.partnership_id) == (workspace.id, workspace.partnership_id)
    assert (row.scopes, row.installed_at, row.installed_by) == ("commands,chat:write", NOW, "U7")


def test_nothing_is_found_where_nothing_was_saved(store: Installs) -> None:
    store.save(installed())

    assert store.token_of("T2") is None
    assert store.find_bot(enterprise_id=None, team_id="T2") is None
    assert store.find_installation(enterprise_id=None, team_id=None) is None
    assert store.find_installation(enterprise_id="E1", team_id="T1", is_enterprise_install=True) is None


def test_installation_is_found_by_the_user_who_made_it_alone(store: Installs) -> None:
    store.save(installed())

    mine, others = (
        store.find_installation(enterprise_id=None, team_id="T1", user_id=user) for user in ("U7", "U8")
    )
    assert (mine is not None, others) == (True, None)


def test_what_bolt_changes_in_an_installation_changes_nothing_here(store: Installs) -> None:
    store.save(installed())
    found = store.find_installation(enterprise_id=None, team_id="T1")
    assert found is not None

    found.bot_token = None

    assert store.token_of("T1") == TOKEN


def test_tokens_of_users_are_not_kept(store: Installs) -> None:
    store.save(installed(**dict.fromkeys(("user_token", "user_refresh_token"), "theirs")))

    found = store.find_installation(enterprise_id=None, team_id="T1", user_id="U7")
    assert found is not None
    assert (found.user_token, found.user_refresh_token, found.bot_token) == (None, None, TOKEN)


def test_whole_organisation_is_refused(store: Installs, db: Database) -> None:
    for wrong in (installed(is_enterprise_install=True), installed(team_id=None)):
        with pytest.raises(OrganisationWide):
            store.save(wrong)

    assert workspaces(db) == []


def test_workspaces_have_a_token_each(store: Installs, db: Database) -> None:
    for number in (1, 2, 3):
        store.save(installed(f"T{number}", f"token {number}"))

    assert [store.token_of(f"T{number}") for number in (1, 2, 3)] == ["token 1", "token 2", "token 3"]
    assert names(db) == ["Team T1", "Team T2", "Team T3"]
    one, two, _ = workspaces(db)
    with db.reading(one.partnership_id) as session:
        assert [install.workspace_id for install in kept.every_install(session)] == [one.id]
        assert kept.install_of(session, two.id) is None


def test_token_of_another_platforms_workspace_is_not_found(store: Installs, db: Database) -> None:
    store.save(installed())

    with db.everywhere() as session:
        assert kept.install_at(session, "teams", "T1") is None


def test_what_another_process_keeps_or_forgets_holds_at_once(db: Database, store: Installs) -> None:
    other = Installs(db, Seal(KEY), Time())
    store.save(installed(given="first"))
    seen = [store.token_of("T1")]
    other.save(installed(given="second"))
    seen.append(store.token_of("T1"))
    other.delete_all(enterprise_id=None, team_id="T1")
    seen.append(store.token_of("T1"))

    assert seen == ["first", "second", None]


# --- sealing -----------------------------------------------------------------------------------------


def test_no_token_stands_in_the_database_file(sqlite: Database) -> None:
    store = Installs(sqlite, Seal(KEY), Time())
    store.save(installed())
    store.save(installed(given=TOKEN + "again", **dict.fromkeys(("bot_refresh_token",), "refreshing")))
    sqlite.close()

    plan = Path(str(sqlite.engine.url.database))
    files = {path.name: path.read_bytes() for path in plan.parent.glob(f"{plan.name}*")}
    hidden = (TOKEN.encode(), b"refreshing", KEY.encode())
    assert plan.name in files
    assert [(name, word) for name, content in files.items() for word in hidden if word in content] == []


def test_no_token_stands_in_the_history_or_in_what_is_shown(store: Installs, db: Database) -> None:
    store.save(installed())
    store.token_of("T1")
    store.delete_all(enterprise_id=None, team_id="T1")

    with db.everywhere() as session:
        told = [str(event.model_dump()) for event in session.exec(select(Event))]
    shown = [
        *told,
        repr(store),
        str(store),
        repr(Seal(KEY)),
        repr(Offer("id", "hush", (), "https://a.example")),
    ]
    assert [text for text in shown for word in (TOKEN, KEY, "hush", "gAAAA") if word in text] == []


def test_older_key_still_opens_and_the_first_seals(db: Database) -> None:
    Installs(db, Seal(KEY), Time()).save(installed())
    both = Installs(db, Seal(f" {NEWER} , {KEY},"), Time())
    seen = [both.token_of("T1")]
    both.save(installed("T2", "second"))

    newer = Installs(db, Seal(NEWER), Time())
    seen.append(newer.token_of("T2"))

    assert seen == [TOKEN, "second"]
    with pytest.raises(CannotUnseal):
        newer.token_of("T1")


def test_older_key_can_be_taken_away_once_all_is_sealed_anew(db: Database) -> None:
    Installs(db, Seal(KEY), Time()).save(installed())
    Installs(db, Seal(ANOTHER), Time()).save(installed("T2", "lost"))
    both = Installs(db, Seal(f"{NEWER},{KEY}"), Time())
    both.save(installed("T3", "third"))
    before = [sealed(db, team) for team in ("T2", "T3")]

    both.seal_anew()
    newer = Installs(db, Seal(NEWER), Time())

    assert [newer.token_of(team) for team in ("T1", "T3")] == [TOKEN, "third"]
    assert [sealed(db, team) for team in ("T2", "T3")] == before


def test_wrong_key_is_told_with_the_setting_and_without_the_token(db: Database) -> None:
    Installs(db, Seal(KEY), Time()).save(installed())
    wrong = Installs(db, Seal(ANOTHER), Time())

    with pytest.raises(CannotUnseal) as error:
        wrong.token_of("T1")

    text = str(error.value)
    assert text.startswith("The token of the Slack workspace T1 is kept here, but no key in SLACK_TOKEN_KEYS")
    assert [word for word in (TOKEN, KEY, ANOTHER, sealed(db) or "") if word in text] == []


@pytest.mark.parametrize(
    "keys",
    ["", " , ", "short", f"{KEY},{KEY[:-3]}", "ä" * 44, f"{KEY}\n{KEY}", f"{KEY};{KEY}"],
    ids=["empty", "commas", "short", "cut", "no letters of a key", "lines", "semicolon"],
)
def test_what_is_no_key_is_told_without_it(keys: str) -> None:
    with pytest.raises(WrongKeys) as error:
        Seal(keys)

    assert KEY not in str(error.value)
    new = str(error.value).rpartition(" ")[2]
    assert Seal(new).open(Seal(new).close("x")) == "x"


@pytest.mark.parametrize("damaged", ["", "x", "gAAAA", "ä"], ids=["empty", "x", "begun", "ä"])
def test_what_is_damaged_does_not_open(damaged: str) -> None:
    with pytest.raises(CannotOpen):
        Seal(KEY).open(damaged)


# --- coming and going --------------------------------------------------------------------------------


def test_new_workspace_founds_a_partnership_called_as_the_team_is(db: Database) -> None:
    one = settle_in(db, "T1", "Fell and\x00 Bay ", "UBOT", NOW)
    two = settle_in(db, "T2", " ", "", NOW)

    assert names(db) == ["Fell and Bay", "T2"]
    assert (one.platform, one.external, one.name, one.bot) == ("slack", "T1", "Fell and Bay", "UBOT")
    assert one.partnership_id != two.partnership_id


def test_workspace_settles_in_once_and_is_kept_up_to_date(db: Database) -> None:
    first = settle_in(db, "T1", "Fell", "UBOT", NOW)
    again = settle_in(db, "T1", "Fell and Bay", "UNEW", NOW)
    settle_in(db, "T1", "", "", NOW)

    (now,) = workspaces(db)
    assert (first.id, again.id) == (now.id, now.id)
    assert (now.name, now.bot) == ("Fell and Bay", "UNEW")
    assert names(db) == ["Fell"]


def test_several_that_settle_in_at_once_found_one_partnership(url: str) -> None:
    several = [Database(url) for _ in range(4)]
    ready = threading.Barrier(4)
    found: list[int] = []

    def settle(one: Database) -> None:
        ready.wait()
        found.append(settle_in(one, "T1", "Bay", "UBOT", NOW).id)

    threads = [threading.Thread(target=settle, args=(one,)) for one in several]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (names(several[0]), len(workspaces(several[0])), len(set(found)), len(found)) == (["Bay"], 1, 1, 4)
    for one in several:
        one.close()


def test_several_saved_at_once_leave_one_installation(url: str) -> None:
    several = [Database(url) for _ in range(4)]
    stores = [Installs(one, Seal(KEY), Time()) for one in several]
    threads = [
        threading.Thread(target=store.save, args=(installed(given=f"token {number}"),))
        for number, store in enumerate(stores)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    tokens = {store.token_of("T1") for store in stores}
    with several[0].everywhere() as session:
        assert len(kept.every_install(session)) == 1
    assert len(tokens) == 1
    assert tokens < {f"token {number}" for number in range(4)}
    for one in several:
        one.close()


def test_uninstall_forgets_the_token_and_stops_the_workspace(store: Installs, db: Database) -> None:
    store.save(installed())
    store.save(installed("T2", "second"))

    uninstalled(db, "T1", NOW)
    uninstalled(db, "T1", NOW + timedelta(hours=1))
    uninstalled(db, "T9", NOW)

    one, two = workspaces(db)
    assert (one.stopped_at, one.stopped_because) == (NOW, TAKEN_OUT)
    assert (two.stopped_at, store.token_of("T1"), store.token_of("T2")) == (None, None, "second")
    assert sealed(db) is None


@pytest.mark.parametrize("way", ["delete_bot", "delete_installation", "delete_all"])
def test_every_way_to_delete_stops_the_workspace(store: Installs, db: Database, way: str) -> None:
    store.save(installed())

    getattr(store, way)(enterprise_id=None, team_id="T1")
    getattr(store, way)(enterprise_id="E1", team_id=None)

    assert (store.token_of("T1"), workspaces(db)[0].stopped_because) == (None, TAKEN_OUT)


def test_user_who_takes_back_a_token_takes_none_of_the_bots(store: Installs, db: Database) -> None:
    store.save(installed())

    store.delete_installation(enterprise_id=None, team_id="T1", user_id="U7")

    assert (store.token_of("T1"), workspaces(db)[0].stopped_at) == (TOKEN, None)


def test_plan_is_kept_and_posting_goes_on_when_installed_again(store: Installs, db: Database) -> None:
    posted: list[Shown] = []
    app = App(db, discover(), {NAME: Local(posted.append)})
    store.save(installed())
    assert app.hear(heard("1", "/action add Print the posters due: 12 June"), NOW)
    app.deliver(NOW)
    posted.clear()

    store.delete_all(enterprise_id=None, team_id="T1")
    put_one(db, "while it is out")
    app.deliver(NOW)
    while_out = [shown.message.summary for shown in posted]
    store.save(installed(given="new"))
    app.deliver(NOW)

    assert (while_out, [shown.message.summary for shown in posted]) == ([], ["while it is out"])
    assert "Print the posters" in str(app.hear(heard("2", "/action list"), NOW))
    assert (store.token_of("T1"), len(names(db)), workspaces(db)[0].stopped_because) == ("new", 1, "")


def heard(key: str, line: str) -> door.Heard:
    return door.Heard(key=key, platform=NAME, team="T1", user="U7", name="Sam Okafor", line=line)


def put_one(db: Database, words: str) -> None:
    """A post for the person in the first workspace."""
    with db.writing(workspaces(db)[0].partnership_id, at=NOW) as session:
        (place,) = addresses(session)
        outbox.put(session, place.id, "one", to_json(Message((), words)), why="A test")


def test_history_says_who_let_it_in_and_that_it_was_taken_out(store: Installs, db: Database) -> None:
    store.save(installed())
    store.delete_all(enterprise_id=None, team_id="T1")
    store.save(installed(user_id="U8"))

    with db.everywhere() as session:
        told = [(event.what, event.note, event.via) for event in session.exec(select(Event).order_by("id"))]
    assert told == [
        ("founded", "U7", "slack"),
        ("settled in", "U7", "slack"),
        ("stopped", "", "slack"),
        ("started", "U8", "slack"),
    ]
    assert Install.kept_out_of_history
