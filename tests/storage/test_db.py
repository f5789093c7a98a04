"""Storage on both databases: what a session shows, and what it writes."""

from storage.db import Database
from tests.conversation import start


def test_action_added_is_listed(db: Database) -> None:
    talk = start(db, "2020-06-01 10:00")

    said = talk.do("Sam Okafor", "/action add Refresh the newsletter due: end of June")

    assert "Tuesday 30 June" in said
    assert talk.do("Jo Bell", "/action list").splitlines()[-1] == (
        "- A1 Refresh the newsletter: Sam Okafor, Tuesday 30 June"
    )
