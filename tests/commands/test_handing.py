"""Handing over an action that several own: whoever hands it over gives their own part away, no other's."""

import pytest

from storage.db import Database
from tests.conversation import Conversation, start

PRIYA, SAM, JO, TOM = "Priya Shah", "Sam Okafor", "Jo Bell", "Tom Reed"


@pytest.fixture
def talk(db: Database) -> Conversation:
    talk = start(db, "2020-06-01 10:00")
    talk.do(PRIYA, "/action add Brief the council owner: Sam, Jo due: 12 June")
    return talk


def owners(talk: Conversation) -> str:
    lines = talk.do(PRIYA, "/action show A1").splitlines()
    return next(line for line in lines if line.startswith("Owner: ")).removeprefix("Owner: ")


def test_part_of_an_action_is_handed_over_and_the_others_keep_theirs(talk: Conversation) -> None:
    said = talk.do(SAM, "/action hand A1 to Priya")

    assert said.startswith("A1 now belongs to Priya Shah and Jo Bell")
    assert owners(talk) == "Priya Shah and Jo Bell"  # in Sam's place, who came first
    assert "A1" not in talk.do(SAM, "/action list mine")


def test_part_that_is_on_offer_stays_with_its_giver_until_it_is_accepted(talk: Conversation) -> None:
    said = talk.do(SAM, "/action hand A1 to Tom")
    offered = owners(talk)
    talk.do(TOM, "/action decline A1 because of the fair")
    declined = owners(talk)
    talk.do(SAM, "/action hand A1 to Tom")
    talk.do(TOM, "/action accept A1")

    assert "Until they accept, it stays with Sam Okafor and Jo Bell" in said
    assert (offered, declined) == ("Sam Okafor and Jo Bell", "Sam Okafor and Jo Bell")
    assert owners(talk) == "Tom Reed and Jo Bell"


def test_part_that_goes_to_whoever_owns_it_too_is_not_owned_twice(talk: Conversation) -> None:
    talk.do(SAM, "/action hand A1 to Jo")

    assert owners(talk) == JO


def test_parts_that_are_on_offer_are_accepted_one_by_one(talk: Conversation) -> None:
    talk.do(JO, "/action hand A1 to Priya")
    talk.do(SAM, "/action hand A1 to Tom")
    talk.do(TOM, "/action accept A1")

    assert owners(talk) == "Tom Reed and Jo Bell"  # Jo's part is still on offer to Priya
    talk.do(PRIYA, "/action accept A1")
    assert owners(talk) == "Tom Reed and Priya Shah"


def test_whoever_owns_none_of_it_hands_over_the_whole_and_is_told_whose_it_was(talk: Conversation) -> None:
    said = talk.do(PRIYA, "/action hand A1 to Tom")

    assert "Until now it belonged to Sam Okafor and Jo Bell." in said
    assert owners(talk) == TOM


def test_handing_over_a_part_is_taken_back(talk: Conversation) -> None:
    talk.do(SAM, "/action hand A1 to Priya")
    talk.do(SAM, "/action undo")

    assert owners(talk) == "Sam Okafor and Jo Bell"
