"""Private things in Slack: a number is in no table, and whoever typed it is told to delete it there."""

import pytest

from storage.db import Database
from tests.canary import where
from tests.slack.living import WAYS, deliver, living
from tests.slack.standin import Slack
from tests.slack.test_shortcuts import modal

NHS, TELEPHONE = "943 476 5919", "07400 123456"
REFUSED = (
    "There is an NHS number (943 ••• ••••) in that. Such numbers are kept nowhere here, so nothing was saved."
)
STILL_SHOWN = "Your own message still shows it: please delete it there."


@pytest.mark.parametrize("way", WAYS)
def test_number_is_kept_nowhere_by_any_way(sqlite: Database, slack: Slack, way: str) -> None:
    with living(sqlite, slack, way) as life:
        life.slash(life.priya, f"action add Ring {NHS}")
        slack.wait_for(lambda: life.private(life.priya))
        life.slash(life.priya, f"nonsense {NHS}")
        slack.dm(life.team, life.priya, f"action add Ring {NHS}")
        slack.wait_for(lambda: life.direct(life.priya))
        slack.mention(life.team, life.sam, life.comms, f"what about {NHS}?")
        slack.wait_for(lambda: life.open())
        life.slash(life.priya, "action add")
        view = modal(life)
        sent = slack.submit(view.id, life.priya, {"what": f"Ring {NHS}"})
        deliver(life.running, life.clock.now())

        assert life.private(life.priya)[0] == REFUSED
        assert life.direct(life.priya)[0].text == f"{REFUSED} {STILL_SHOWN}"
        assert life.open()[0].text == f"{REFUSED} {STILL_SHOWN}"
        assert "There is an NHS number (943 ••• ••••) in this." in str(sent.errors)
        assert where(sqlite, "5919") == []


def test_message_that_is_chosen_fills_the_form_without_its_number(sqlite: Database, slack: Slack) -> None:
    with living(sqlite, slack, "http") as life:
        life.slash(life.priya, "me")
        post = slack.say(life.sam, life.comms, f"Can somebody ring {NHS}?")

        slack.shortcut(life.team, life.priya, post, "action add")

        view = modal(life)
        assert first_value_of(view).startswith("Can somebody ring [NHS number taken out]?")
        said = "There was an NHS number (943 ••• ••••) in the message, and it still shows it"
        assert said in str(view.given)
        assert where(sqlite, "5919") == []


def first_value_of(view: object) -> str:
    blocks = view.given["blocks"]  # type: ignore[attr-defined]
    return next(str(b["element"]["initial_value"]) for b in blocks if "initial_value" in b.get("element", {}))


def test_clean_changes_what_was_posted(sqlite: Database, slack: Slack) -> None:
    with living(sqlite, slack, "http") as life:
        slack.mention(
            life.team, life.priya, life.comms, f"<@{life.team.bot_user_id}> action add Ring {TELEPHONE}"
        )
        slack.wait_for(lambda: life.open())
        deliver(life.running, life.clock.now())
        [answer] = life.open()
        assert "Your own message shows it too" in str(answer.blocks)

        slack.click(answer, "Clean", life.priya)
        slack.wait_for(lambda: TELEPHONE not in str(life.open()[0].blocks))
        deliver(life.running, life.clock.now())

        shown = str(life.open()[0].blocks)
        assert ["[telephone number taken out]" in shown, "Taken out, wherever the plan" in shown] == [
            True,
            True,
        ]
        assert "Keep" not in shown.replace("Keep it, or", "")
        assert [TELEPHONE in f"{post.text} {post.blocks}" for post in life.open()] == [False] * len(
            life.open()
        )
        assert where(sqlite, TELEPHONE) == []
