"""Storage on both databases: what a session shows, and what it writes."""

import pytest
from sqlalchemy.exc import IntegrityError

from storage import seen
from storage.actions import ActionOwner
from storage.db import Database
from tests.conversation import start


def test_action_added_is_listed(db: Database) -> None:
    talk = start(db, "2020-06-01 10:00")

    said = talk.do("Sam Okafor", "/action add Refresh the newsletter due: end of June")

    assert "Tuesday 30 June" in said
    assert talk.do("Jo Bell", "/action list").splitlines()[-1] == (
        "- A1 Refresh the newsletter: Sam Okafor, Tuesday 30 June"
    )


def test_row_takes_its_defaults_and_only_columns() -> None:
    owner = ActionOwner(position=2, text="me")

    assert owner.model_dump(exclude_defaults=True) == {"position": 2, "text": "me"}
    assert (owner.part, owner.person_id, owner.is_standing_in) == ("owner", None, False)
    with pytest.raises(TypeError, match="ActionOwner has no colour"):
        ActionOwner(position=2, colour="red")  # type: ignore[call-arg]


def test_what_the_database_refuses_is_told_without_the_words(db: Database) -> None:
    talk = start(db, "2020-06-01 10:00")
    mine, now = talk.workspace.partnership_id, talk.clock.now()
    with db.writing(mine, at=now) as session:
        seen.remember(session, "one key", "Zebra crossing in Heysham")

    with pytest.raises(IntegrityError) as refused, db.writing(mine, at=now) as session:
        seen.remember(session, "one key", "Zebra crossing in Heysham")

    assert "Zebra" not in str(refused.value)
