"""People and channels are met on first use, by their names in Slack, and what happens to them is noted."""

from typing import Any

from storage.addresses import addresses
from storage.db import Database
from storage.people import identities, people
from tests.slack.living import Life, living
from tests.slack.standin import Slack, User
from tests.slack.standin.faults import Fault


def names(db: Database) -> dict[str, tuple[str, bool]]:
    """Everyone's permission, and whether they are here."""
    with db.reading(1) as session:
        return {p.name: (p.permission, p.is_active) for p in people(session)}


def changed(life: Life, user: User, **more: Any) -> None:
    described = {
        "id": user.id,
        "team_id": user.team_id,
        "name": user.name,
        "profile": {"real_name": user.real_name},
        "tz": "Europe/London",
    }
    life.slack.event(life.team, {"type": "user_change", "user": described | more})


def test_first_to_speak_is_the_coordinator_by_their_name_in_slack(sqlite: Database, slack: Slack) -> None:
    with living(sqlite, slack, "http") as life:
        life.slash(life.priya, "me")
        life.slash(life.sam, "me")

        assert names(sqlite) == {"Priya Shah": ("coordinator", True), "Sam Okafor": ("member", True)}
        with sqlite.reading(1) as session:
            assert [a.label for a in addresses(session)] == ["@Priya Shah", "#comms", "@Sam Okafor"]


def test_guest_is_known_as_one_and_never_becomes_coordinator_by_being_first(
    sqlite: Database, slack: Slack
) -> None:
    with living(sqlite, slack, "http") as life:
        guest = slack.user(life.team, "Grace Hill", is_restricted=True, tz="America/New_York")
        life.slash(guest, "me")
        life.slash(life.priya, "me")

        assert {name: kind for name, (kind, _) in names(sqlite).items()} == {
            "Grace Hill": "member",
            "Priya Shah": "coordinator",
        }
        with sqlite.reading(1) as session:
            known = [(i.name, i.zone, i.is_guest) for i in identities(session)]
        assert known[0] == ("Grace Hill", "America/New_York", True)
        assert "Grace Hill" in str(life.slash(life.priya, "partner people").json["blocks"])
        assert ", a guest in the chat" in str(life.slash(life.priya, "partner people").json["blocks"])


def test_name_that_slack_does_not_tell_at_first_comes_with_its_next_word(
    sqlite: Database, slack: Slack
) -> None:
    with living(sqlite, slack, "http") as life:
        slack.misbehave(Fault.ERROR_500_BEFORE, "users.info")
        slack.misbehave(Fault.ERROR_500_BEFORE, "conversations.info")

        life.slash(life.priya, "me")

        assert list(names(sqlite)) == ["priya.shah"]
        changed(life, life.priya)
        assert list(names(sqlite)) == ["Priya Shah"]


def test_whoever_is_mentioned_is_met_and_owns_the_action(sqlite: Database, slack: Slack) -> None:
    with living(sqlite, slack, "http") as life:
        life.slash(life.priya, "me")

        told = life.slash(life.priya, f"add Print the posters <@{life.sam.id}|sam.okafor>", command="/action")

        assert told.json["text"] == "A1 is logged: Print the posters"
        assert list(names(sqlite)) == ["Priya Shah", "Sam Okafor"]
        slack.wait_for(lambda: life.open())
        assert life.open()[0].text == "Priya Shah logged A1, Print the posters: Sam Okafor, no date yet"


def test_mention_inside_a_text_is_kept_as_a_name(sqlite: Database, slack: Slack) -> None:
    with living(sqlite, slack, "http") as life:
        life.slash(life.priya, "action add Print the posters")
        told = life.slash(
            life.priya, f"action note A1 ask <@{life.sam.id}> in <#{life.comms.id}|comms> first"
        )

        shown = life.slash(life.priya, "action show A1")

        assert told.status == 200
        assert "ask @Sam Okafor in #comms first" in str(shown.json["blocks"])


def test_error_gives_back_what_was_typed_with_names(sqlite: Database, slack: Slack) -> None:
    with living(sqlite, slack, "http") as life:
        told = life.slash(life.priya, f"action done A99 <@{life.sam.id}>")

        assert told.json["text"] == "There is no A99 in this plan."
        assert "You typed: " in str(told.json["blocks"])
        assert "@Sam Okafor" in str(told.json["blocks"])
        assert "slack:" not in str(told.json["blocks"])


def test_written_down_person_is_the_one_who_comes_into_the_chat(sqlite: Database, slack: Slack) -> None:
    with living(sqlite, slack, "http") as life:
        life.slash(life.priya, "partner people add Sam Okafor")
        life.slash(life.priya, "action add Print the posters owner: Sam Okafor")

        mine = life.slash(life.sam, "action list mine")

        assert mine.json["text"] == "1 action of yours"
        assert list(names(sqlite)) == ["Priya Shah", "Sam Okafor"]


def test_new_name_is_taken_over_unless_a_coordinator_gave_another(sqlite: Database, slack: Slack) -> None:
    with living(sqlite, slack, "http") as life:
        life.slash(life.priya, "me")
        life.slash(life.sam, "me")
        life.slash(life.priya, "partner rename Priya Shah to: Dr Shah")

        changed(life, life.sam, profile={"real_name": "Sam Reed"})
        changed(life, life.priya, profile={"real_name": "Priya Reed"})

        assert sorted(names(sqlite)) == ["Dr Shah", "Sam Reed"]


def test_deactivated_person_has_left_and_the_coordinator_is_told_once(sqlite: Database, slack: Slack) -> None:
    with living(sqlite, slack, "http") as life:
        life.slash(life.priya, "me")
        life.slash(life.sam, "me")

        changed(life, life.sam, deleted=True)
        changed(life, life.sam, deleted=True)
        slack.wait_for(lambda: life.direct(life.priya))

        assert names(sqlite)["Sam Okafor"] == ("member", False)
        assert [post.text for post in life.direct(life.priya)] == ["Sam Okafor has left"]


def test_channel_that_was_renamed_is_called_by_its_new_name(sqlite: Database, slack: Slack) -> None:
    with living(sqlite, slack, "http") as life:
        life.slash(life.priya, "me")

        slack.event(
            life.team, {"type": "channel_rename", "channel": {"id": life.comms.id, "name": "communications"}}
        )

        told = life.slash(life.priya, "schedule list")
        assert "#communications" in str(told.json["blocks"])


def test_bot_that_is_invited_knows_the_channel_from_then_on(sqlite: Database, slack: Slack) -> None:
    with living(sqlite, slack, "http") as life:
        for user in (life.sam.id, life.team.bot_user_id):
            slack.event(life.team, {"type": "member_joined_channel", "user": user, "channel": life.comms.id})

        with sqlite.reading(1) as session:
            assert [(a.label, a.is_shared) for a in addresses(session)] == [("#comms", True)]


def test_files_are_not_swallowed_without_a_word(sqlite: Database, slack: Slack) -> None:
    with living(sqlite, slack, "http") as life:
        post = slack.say(life.sam, slack.state.direct(life.team, life.sam.id), "")
        slack.event(
            life.team,
            {
                "type": "message",
                "subtype": "file_share",
                "channel_type": "im",
                "channel": post.channel,
                "user": life.sam.id,
                "text": "",
                "ts": post.ts,
                "files": [{"id": "F1", "name": "plan.docx"}],
            },
        )
        slack.wait_for(lambda: life.direct(life.sam))

        assert life.direct(life.sam)[0].text.startswith("“plan.docx” has reached me")


def test_account_that_is_active_again_brings_its_person_back(sqlite: Database, slack: Slack) -> None:
    with living(sqlite, slack, "http") as life:
        life.slash(life.priya, "me")
        changed(life, life.priya, deleted=True)
        gone = names(sqlite)["Priya Shah"]

        changed(life, life.priya)

        assert (gone, names(sqlite)["Priya Shah"]) == (("coordinator", False), ("coordinator", True))


def test_whom_a_coordinator_noted_as_gone_stays_gone(sqlite: Database, slack: Slack) -> None:
    with living(sqlite, slack, "http") as life:
        life.slash(life.priya, "me")
        life.slash(life.sam, "me")
        life.slash(life.priya, "partner people leave Sam Okafor")

        changed(life, life.sam)

        assert names(sqlite)["Sam Okafor"] == ("member", False)


def test_guest_does_not_take_the_place_of_somebody_who_was_written_down(
    sqlite: Database, slack: Slack
) -> None:
    with living(sqlite, slack, "http") as life:
        life.slash(life.priya, "partner people add Grace Hill")
        life.slash(life.priya, "action add Print the posters owner: Grace Hill")
        guest = slack.user(life.team, "Grace Hill", is_restricted=True)

        assert life.slash(guest, "action list mine").json["text"] == "There are no actions of yours."


def test_channel_that_others_read_too_is_not_made_everyones(sqlite: Database, slack: Slack) -> None:
    with living(sqlite, slack, "http") as life:
        elsewhere = slack.user(slack.workspace("Quay"), "Kit Ash")
        between = slack.channel(life.team, "between", life.priya, elsewhere)
        life.slash(life.priya, "me", between)
        life.slash(life.priya, "me")

        with sqlite.reading(1) as session:
            shared = {a.label: a.is_shared for a in addresses(session) if a.kind == "channel"}
        assert shared == {"#between": False, "#comms": True}
