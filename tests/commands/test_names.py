"""Names of people, roles, teams and organisations: any that finds what it names, and never a part of one."""

import pytest

from storage.db import Database
from tests.conversation import Conversation, start

ADDING = ("roles add", "teams add", "people add", "organisations add")


@pytest.fixture
def talk(sqlite: Database) -> Conversation:
    return start(sqlite, "2020-06-01 10:00")


@pytest.mark.parametrize("adding", ADDING)
@pytest.mark.parametrize(
    ("name", "flaw"),
    [
        ("nobody", "“nobody” has a meaning of its own here, so nothing can be called so."),
        ("Me", "“Me” has a meaning of its own here"),
        ("and", "“and” has a meaning of its own here"),
        ("none", "“none” has a meaning of its own here"),
        ("everyone", "“everyone” has a meaning of its own here"),
        ("-", "“-” is no name: a name has a letter or a digit in it."),
        (",", "“,” is no name"),
        ("@Robin", "“@Robin” looks like a mention; write the name itself."),
        ("<@slack:T1:U9>", "“@someone” looks like a mention"),
    ],
)
def test_name_that_would_not_be_found_is_refused(
    talk: Conversation, adding: str, name: str, flaw: str
) -> None:
    said = talk.fill("Priya Shah", f"partner {adding}", name=name)

    assert f"Not yet: {flaw}" in said


@pytest.mark.parametrize("adding", ADDING)
def test_name_is_kept_whole_or_refused(talk: Conversation, adding: str) -> None:
    longest = "Long " * 39 + "names"

    too_long = talk.say("Priya Shah", f"/partner {adding} {longest}s")
    fits = talk.do("Priya Shah", f"/partner {adding} {longest}")

    assert "has 201 characters; such a name may have 200." in too_long
    assert longest in fits
    assert f"{longest}s" in too_long  # what was typed comes back


def test_short_name_is_kept_whole_or_refused(talk: Conversation) -> None:
    said = talk.fill("Priya Shah", "partner organisations add", name="Lakeside Hospice", short="x" * 61)

    assert "What people call it: " + "x" * 61 in said
    assert "Not yet: “" + "x" * 59 + "…” has 61 characters; such a name may have 60." in said


@pytest.mark.parametrize(
    ("line", "mended"),
    [
        ("people add Lena Fox, Council", "people add Lena Fox at: Council"),
        ("people add Lena Fox, Council at: Hospitals", ""),
        (
            "roles add Press Officer, Westmere County Council",
            "roles add Press Officer at: Westmere County Council",
        ),
        ("teams add Winter Team , Council", "teams add Winter Team at: Council"),
    ],
)
def test_organisation_after_a_comma_is_no_part_of_a_name(talk: Conversation, line: str, mended: str) -> None:
    said = talk.say("Priya Shah", f"/partner {line}")

    assert "is an organisation, and no part of a name." in said
    assert f"Try: /partner {mended}" in said


@pytest.mark.parametrize("name", ["Shah, Anita", "Director of Strategy, Engagement and Communications"])
def test_name_may_have_a_comma_in_it(talk: Conversation, name: str) -> None:
    talk.do("Priya Shah", "/partner people add Anita Vale")
    talk.do("Priya Shah", "/partner people add Anita Ash")
    talk.do("Priya Shah", f"/partner people add {name}")

    assert f"Owner: {name}" in talk.do("Priya Shah", f"/action add Print it owner: {name}")
