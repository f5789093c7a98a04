"""Names of owners: which of several things is meant."""

from storage.db import Database
from tests.conversation import start


def test_own_name_comes_before_a_name_without_its_organisation(sqlite: Database) -> None:
    talk = start(sqlite, "2020-06-01 10:00")
    talk.do("Priya Shah", "/partner roles add Comms Lead at: Hospitals")
    talk.do("Priya Shah", "/partner roles add Council Comms Lead at: Council")

    talk.do("Priya Shah", "/action add Agree the messages owner: Comms Lead, Council Comms Lead")

    assert talk.do("Priya Shah", "/action list").splitlines()[-1] == (
        "- A1 Agree the messages: "
        "Comms Lead (nobody just now) and Council Comms Lead (nobody just now), no date yet"
    )


def test_seat_is_found_without_its_organisation(sqlite: Database) -> None:
    talk = start(sqlite, "2020-06-01 10:00")
    talk.do("Priya Shah", "/partner roles add Council Press Officer at: Council")

    talk.do("Priya Shah", "/action add Meet the papers owner: press officer")

    assert talk.do("Priya Shah", "/action list").splitlines()[-1] == (
        "- A1 Meet the papers: Council Press Officer (nobody just now), no date yet"
    )
