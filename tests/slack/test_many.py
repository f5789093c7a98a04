"""Many workspaces on one bot: each has a plan of its own, until one joins another's."""

from dataclasses import replace
from datetime import timedelta

from storage.addresses import addresses
from storage.db import Database
from storage.events import events_since
from storage.outbox import posts_to
from storage.partnerships import workspaces
from tests.conversation import at
from tests.sharing import code_in
from tests.slack.installing import many, pair, team
from tests.slack.standin import Slack
from tests.slack.standin.faults import Fault
from tests.slack.standin.limits import flaws
from tests.slack.standin.payloads import Actor, button, event


def test_each_workspace_has_a_plan_of_its_own(sqlite: Database, slack: Slack) -> None:
    with many(sqlite, slack) as running:
        home, other = pair(slack, running)
        home.say("action add Print the posters")
        other.say("action add Paint the boat")

        assert "Print the posters" in home.words("action list")
        assert "Paint the boat" not in home.words("action list")
        assert [post.text for post in other.posts()] == [
            "Kit Ash logged A1, Paint the boat: Kit Ash, no date yet"
        ]


def test_whoever_adds_it_is_greeted_and_is_the_coordinator(sqlite: Database, slack: Slack) -> None:
    with many(sqlite, slack) as running:
        home = team(slack, running, "Fell and Bay", "Priya Shah")
        home.add()
        home.add()
        sam = slack.user(home.team, "Sam Okafor")
        slack.slash(home.team, sam, home.channel, "/comms", "me")

        assert [post.text for post in home.direct()] == ["Welcome, Priya Shah"]
        assert "Priya Shah" in home.words("partner coordinators")
        assert "Sam Okafor" not in home.words("partner coordinators")


def test_workspace_joins_another_and_is_spoken_to_there(sqlite: Database, slack: Slack) -> None:
    with many(sqlite, slack) as running:
        home, other = pair(slack, running)
        home.say("action add Print the posters")
        code = code_in(home.words("partner invite"))

        asked = other.say(f"partner join {code}")
        slack.click(
            [post for post in slack.posts(other.channel) if post.ephemeral_to][-1], "Join", other.user
        )
        other.say("me")

        assert "Fell and Bay" in str(asked["blocks"])
        assert "Print the posters" in other.words("action list")
        home.say(f"action hand A1 to: <@{home.user.id}>")
        other.say("action add Paint the boat")
        assert [post.text.partition(",")[0] for post in other.posts()] == ["Kit Ash logged A2"]
        with sqlite.everywhere() as session:
            assert sorted(w.partnership_id for w in workspaces(session) if w.stopped_at is None) == [1, 1]


def test_stranger_in_a_shared_channel_is_refused_privately_and_recorded(
    sqlite: Database, slack: Slack
) -> None:
    with many(sqlite, slack) as running:
        home, other = pair(slack, running)
        home.say("action add Print the posters")
        before = home.posts()
        home.channel.members.add(other.user.id)

        slack.mention(home.team, other.user, home.channel, "action done A1")
        slack.wait_for(lambda: [p for p in slack.posts(home.channel) if p.ephemeral_to == other.user.id])

        [told] = [p for p in slack.posts(home.channel) if p.ephemeral_to == other.user.id]
        assert told.text.startswith("This plan belongs to organisations that your workspace is not one of")
        assert home.posts() == before
        with sqlite.reading(1) as session:
            assert [e.about for e in events_since(session, 0) if e.what == "refused"] == [
                f"user {other.team.id}:{other.user.id}"
            ]


def test_uninstalled_workspace_keeps_its_plan_and_is_posted_to_no_more(
    sqlite: Database, slack: Slack
) -> None:
    with many(sqlite, slack) as running:
        home, _ = pair(slack, running)
        home.say("action add Print the posters")
        assert len(home.posts()) == 1

        slack.event(home.team, {"type": "app_uninstalled"})
        with sqlite.everywhere() as session:
            stopped = [w.stopped_because for w in workspaces(session)]
        home.add()

        assert stopped == ["Commsbot was taken out of this workspace.", ""]
        assert "Print the posters" in home.words("action list")


def test_news_of_an_uninstalling_that_comes_after_the_next_installation_changes_nothing(
    sqlite: Database, slack: Slack
) -> None:
    with many(sqlite, slack) as running:
        home = team(slack, running, "Fell and Bay", "Priya Shah")
        home.add()
        late = event(slack.state, home.team, {"type": "app_uninstalled"})
        long_ago = int(home.clock.now().timestamp()) - 60

        slack.deliver(replace(late, payload=late.payload | {"event_time": long_ago}))

        with sqlite.everywhere() as session:
            assert [w.stopped_because for w in workspaces(session)] == [""]


def test_revoked_token_stops_that_workspace_alone(sqlite: Database, slack: Slack) -> None:
    with many(sqlite, slack) as running:
        home, other = pair(slack, running)
        slack.misbehave(Fault.REFUSED, channel=home.channel.id, error="token_revoked", times=9)

        home.say("action add Print the posters")
        other.say("action add Paint the boat")

        assert (len(other.posts()), len(home.posts())) == (1, 0)
        slack.behave()
        home.add()
        later = home.posts(timedelta(minutes=1))
        assert [post.text.partition(",")[0] for post in later] == ["Priya Shah logged A1"]


def test_everything_about_several_workspaces_is_said_as_slack_takes_it(
    sqlite: Database, slack: Slack
) -> None:
    with many(sqlite, slack) as running:
        home, other = pair(slack, running)
        withdrawn = home.words("partner invite")
        told = [home.say("partner invite withdraw"), home.say("partner invite")]
        code = code_in(str(told[-1]["blocks"]))
        told += [other.say(f"partner join {code}"), other.say(f"partner join {code} confirm: yes")]
        told += [other.say("me"), home.say("partner workspaces"), home.say("partner link")]
        told += [other.say(f"partner link {code_in(str(told[-1]['blocks']))}")]
        told += [home.say("partner workspaces remove Quay"), home.say("partner people")]

        assert code_in(withdrawn) != code
        assert [flaws(each["blocks"], "message") for each in told] == [[]] * len(told)
        assert [bool(each["text"]) for each in told] == [True] * len(told)


def test_code_that_is_asked_for_in_the_open_is_told_the_asker_alone(sqlite: Database, slack: Slack) -> None:
    with many(sqlite, slack) as running:
        home = team(slack, running, "Fell and Bay", "Priya Shah")
        home.add()
        for line in ("partner link", "partner invite"):
            slack.mention(home.team, home.user, home.channel, line)
        slack.wait_for(lambda: len([p for p in slack.posts(home.channel) if p.ephemeral_to]) == 2)

        told = [p for p in slack.posts(home.channel) if p.ephemeral_to]
        assert [p.ephemeral_to for p in told] == [home.user.id] * 2
        assert [len(code_in(str(p.blocks))) for p in told] == [14, 14]
        assert home.posts() == []
        with sqlite.reading(1) as session:
            kept = str(posts_to(session, [a.id for a in addresses(session)], at("2020-05-01 09:00"), 99))
        assert all(code_in(str(p.blocks)) not in kept for p in told)


def test_guest_is_not_made_one_with_a_coordinator(sqlite: Database, slack: Slack) -> None:
    with many(sqlite, slack) as running:
        home, other = pair(slack, running)
        other.say(f"partner join {code_in(home.words('partner invite'))} confirm: yes")
        guest = slack.user(other.team, "Priya Shah", is_restricted=True)
        code = code_in(home.words("partner link"))

        told = slack.slash(other.team, guest, other.channel, "/comms", f"partner link {code} confirm: yes")

        assert told.json["text"].startswith("You are a guest here, and Priya Shah is a coordinator.")


def test_person_of_the_other_workspace_is_mentioned_in_a_shared_channel(
    sqlite: Database, slack: Slack
) -> None:
    with many(sqlite, slack) as running:
        home, other = pair(slack, running)
        other.say(f"partner join {code_in(home.words('partner invite'))} confirm: yes")
        other.say("me")

        home.say(f"action add Print the posters owner: <@{other.user.id}>")

        assert "Kit Ash" in home.words("action show A1")


def test_what_is_pressed_in_a_shared_channel_is_heard_where_the_post_was_made(
    sqlite: Database, slack: Slack
) -> None:
    with many(sqlite, slack) as running:
        home, other = pair(slack, running)
        other.say(f"partner join {code_in(home.words('partner invite'))} confirm: yes")
        other.say("me")
        home.say(f"action add Print the posters owner: <@{other.user.id}>")
        home.channel.members.add(other.user.id)
        elsewhere = Actor(slack.state, other.team, other.user)
        pressed = {
            "type": "button",
            "action_id": "b",
            "block_id": "b",
            "value": "/action done A1 what: Printed",
        }

        slack.deliver(button(elsewhere, home.posts()[0], pressed))
        slack.wait_for(lambda: [p for p in slack.posts(home.channel) if p.ephemeral_to == other.user.id])

        [told] = [post for post in slack.posts(home.channel) if post.ephemeral_to == other.user.id]
        assert told.text == "A1 is done: Print the posters"
        with sqlite.reading(1) as session:
            places = [a.external for a in addresses(session) if a.kind == "channel"]
        assert places == [home.channel.id, other.channel.id]
