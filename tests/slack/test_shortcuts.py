"""A message in Slack is chosen, and becomes an action, with its author and a link back."""

import pytest

from bot.slack.meeting import MOST_AT_ONCE
from storage.actions import actions
from storage.db import Database
from tests.slack.living import WAYS, Life, living
from tests.slack.standin import Slack
from tests.slack.standin.faults import Fault
from tests.slack.standin.state import View


def modal(life: Life) -> View:
    life.slack.wait_for(lambda: any(v.given["type"] == "modal" for v in life.slack.state.views.values()))
    return next(v for v in life.slack.state.views.values() if v.given["type"] == "modal")


def first_value(view: View) -> str:
    return str(view.given["blocks"][0]["element"]["initial_value"])


@pytest.mark.parametrize("way", WAYS)
def test_message_becomes_an_action_with_its_author_and_a_link(
    sqlite: Database, slack: Slack, way: str
) -> None:
    with living(sqlite, slack, way) as life:
        life.slash(life.priya, "me")  # the channel is known from then on
        post = slack.say(
            life.sam, life.comms, f"Can <@{life.priya.id}> get the posters &amp; leaflets printed?"
        )

        slack.shortcut(life.team, life.priya, post, "action add")
        view = modal(life)
        filled = first_value(view)
        sent = slack.submit(view.id, life.priya, {"due": "friday"})

        link = (
            slack.state.permalink(post) if hasattr(slack.state, "permalink") else filled.rpartition(": ")[2]
        )
        assert filled == f"Can @Priya Shah get the posters & leaflets printed?\n\nSam Okafor: {link}"
        assert sent.action == "update"
        with sqlite.reading(1) as session:
            assert [action.title for action in actions(session, "open")] == [filled]
        life.slack.wait_for(lambda: life.open())
        assert [said.text.partition(",")[0] for said in life.open()] == ["Priya Shah logged A1"]


def test_form_of_a_shortcut_that_cannot_open_comes_as_a_direct_message(
    sqlite: Database, slack: Slack
) -> None:
    with living(sqlite, slack, "http") as life:
        post = slack.say(life.sam, life.comms, "Print the posters")
        slack.misbehave(Fault.REFUSED, "views.open", error="expired_trigger_id")

        slack.shortcut(life.team, life.priya, post, "action add")
        slack.wait_for(lambda: life.direct(life.priya))
        slack.click(life.direct(life.priya)[0], "Fill in", life.priya)

        assert first_value(modal(life)).startswith("Print the posters\n\nSam Okafor")


def test_shortcut_in_a_channel_that_the_bot_is_not_in_is_told_nobody_else(
    sqlite: Database, slack: Slack
) -> None:
    with living(sqlite, slack, "http") as life:
        life.slash(life.priya, "me")
        secret = slack.channel(life.team, "secret", life.priya, life.sam, bot=False, private=True)
        post = slack.say(life.sam, secret, "Print the posters")

        slack.shortcut(life.team, life.priya, post, "action add")
        view = modal(life)
        filled = first_value(view)
        slack.submit(view.id, life.priya, {})

        assert filled == "Print the posters\n\nSam Okafor"
        with sqlite.reading(1) as session:
            assert len(actions(session, "open")) == 1
        assert life.running.wired.app.deliver(life.clock.now()) == 0
        assert (life.open(), life.open(secret)) == ([], [])


def test_shortcut_from_before_an_upgrade_is_answered_with_the_way_out(sqlite: Database, slack: Slack) -> None:
    with living(sqlite, slack, "http") as life:
        post = slack.say(life.sam, life.comms, "Print the posters")

        slack.shortcut(life.team, life.priya, post, "action archive")
        slack.wait_for(lambda: life.direct(life.priya))

        assert life.direct(life.priya)[0].text == "/action has no “archive”."


def test_long_message_is_cut_and_the_link_leads_to_the_rest(sqlite: Database, slack: Slack) -> None:
    with living(sqlite, slack, "http") as life:
        life.slash(life.priya, "me")
        post = slack.say(life.sam, life.comms, "word " * 700)

        slack.shortcut(life.team, life.priya, post, "action add")
        view = modal(life)
        filled = first_value(view)
        sent = slack.submit(view.id, life.priya, {})

        assert (len(filled) < 2000, "…\n\nSam Okafor: https://" in filled) == (True, True)
        assert sent.action == "update"


def test_message_with_many_who_are_not_known_opens_in_time_and_names_its_author(
    sqlite: Database, slack: Slack
) -> None:
    with living(sqlite, slack, "http") as life:
        life.slash(life.priya, "me")
        many = [slack.user(life.team, f"Jo {number}") for number in range(30)]
        text = " ".join(f"<@{user.id}>" for user in [*many, *many])
        post = slack.say(life.sam, life.comms, text)
        before = len(slack.arrivals.asked)

        slack.shortcut(life.team, life.priya, post, "action add")
        filled = first_value(modal(life))

        asked = [call.method for call in slack.arrivals.asked[before:]]
        assert asked.count("users.info") == MOST_AT_ONCE
        assert filled.startswith("@Jo 0 @Jo 1 @Jo 2 @Jo 3 @someone")
        assert filled.rpartition("\n\n")[2].startswith("Sam Okafor: https://")
        assert filled.count("@Jo 3") == 2
