"""What Slack calls people becomes a name that finds them here, on first meeting and when it changes alike."""

import pytest

from storage.db import Database
from tests.slack.living import living
from tests.slack.standin import Slack
from tests.slack.test_meeting import changed, names

NAMES = {
    "everyone": "everyone ({id})",
    "Me": "Me ({id})",
    "the partnership": "the partnership ({id})",
    "✿": "✿ ({id})",
    "@channel": "channel",
    "Sam\nOka\x07for\t ": "Sam Okafor",
    "Sam \u202erofakO\u202c": "Sam rofakO",
    "Okafor, Sam (NHS Furness)": "Okafor, Sam (NHS Furness)",
    "S" * 300: "S" * 200,
}


@pytest.mark.parametrize("way", ["first meeting", "change"])
@pytest.mark.parametrize(("name", "here"), NAMES.items(), ids=range(len(NAMES)))
def test_name_of_somebody_finds_them_and_means_nothing_else(
    sqlite: Database, slack: Slack, way: str, name: str, here: str
) -> None:
    with living(sqlite, slack, "http") as life:
        life.slash(life.priya, "me")
        if way == "change":
            life.slash(life.sam, "me")
            changed(life, life.sam, profile={"real_name": name})
        else:
            life.sam.real_name = name
            life.slash(life.sam, "me")

        called = here.format(id=life.sam.id)
        assert list(names(sqlite)) == sorted(["Priya Shah", called])
        told = life.slash(life.priya, f"action add Print the posters owner: {called}")
        assert told.json["text"] == "A1 is logged: Print the posters"
        assert life.slash(life.sam, "action list mine").json["text"] == "1 action of yours"


def test_name_that_was_mended_goes_on_with_what_slack_says(sqlite: Database, slack: Slack) -> None:
    with living(sqlite, slack, "http") as life:
        life.sam.real_name = "everyone"
        life.slash(life.sam, "me")

        changed(life, life.sam, profile={"real_name": "Sam Okafor"})

        assert list(names(sqlite)) == ["Sam Okafor"]
