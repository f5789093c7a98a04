"""Offers: work that another organisation is asked to take."""

from storage.db import Database
from tests.conversation import start


def test_settled_action_is_offered_to_nobody(db: Database) -> None:
    talk = start(db, "2020-06-01 10:00")
    talk.do("Jo Bell", "/action add Film a message owner: Hospitals due: end of June")
    talk.do("Jo Bell", "/action done A1")

    seen = talk.until("2020-06-05 10:00")

    assert [post for post in seen if post.place == "#hospitals"] == []


def test_reopened_action_is_offered_again(db: Database) -> None:
    talk = start(db, "2020-06-01 10:00")
    talk.do("Jo Bell", "/action add Film a message owner: Hospitals due: end of June")
    talk.do("Jo Bell", "/action done A1")
    talk.do("Jo Bell", "/action reopen A1")

    talk.until("2020-06-02 10:00")

    assert [post.text.splitlines()[0] for post in talk.to("#hospitals")] == [
        "Tuesday 2 June: 1 offer to answer"
    ]
