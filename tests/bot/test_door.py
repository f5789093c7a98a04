"""The door: the same name at two doors is two people, and nobody comes in by a door that is not there."""

from datetime import UTC, datetime

from bot import door, local
from bot.door import Caller
from storage.db import Database
from storage.partnerships import Workspace

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)


def _knock(db: Database, workspace: Workspace, channel: str = "") -> Caller:
    caller = door.let_in(db, local.heard(workspace, "@Sam", channel, "key", "/me"), NOW)
    assert caller is not None
    return caller


def test_person_is_met_once_and_then_known(db: Database) -> None:
    workspace = local.settle_in(db, "one", NOW)
    first, again = _knock(db, workspace, "#comms"), _knock(db, workspace, "#comms")
    assert again == first
    assert first.person.name == "Sam"
    assert first.channel
    assert first.channel.external == "#comms"


def test_same_user_in_two_partnerships_is_two_people(db: Database) -> None:
    one, two = local.settle_in(db, "one", NOW), local.settle_in(db, "two", NOW)
    homes = [one.partnership_id, two.partnership_id] * 2
    callers = [_knock(db, workspace, "#comms") for workspace in (one, two, one, two)]
    assert [caller.partnership.id for caller in callers] == homes
    assert [caller.person.partnership_id for caller in callers] == [
        one.partnership_id,
        two.partnership_id,
    ] * 2
    assert callers[0].channel != callers[1].channel


def test_new_channel_of_a_known_person_is_met(db: Database) -> None:
    workspace = local.settle_in(db, "one", NOW)
    alone, elsewhere = _knock(db, workspace), _knock(db, workspace, "#press")
    assert alone.channel is None
    assert elsewhere.person == alone.person
    assert elsewhere.channel
    assert elsewhere.channel.external == "#press"


def test_unknown_workspace_is_not_let_in(db: Database) -> None:
    stranger = Workspace(platform=local.NAME, external="nowhere")
    assert door.let_in(db, local.heard(stranger, "@Sam", "", "key", "/me"), NOW) is None
