"""/partner invite, join, workspaces and link: a partnership is shared, and one person is one."""

import pytest

from bot import trouble
from storage import outbox
from storage.db import Database
from storage.events import record
from storage.partnerships import start as start_again
from storage.partnerships import workspaces
from tests.conversation import Conversation, at, start
from tests.sharing import NOW, code_in, invited, join, second


@pytest.fixture
def talk(sqlite: Database) -> Conversation:
    """Monday 1 June 2020, ten o'clock."""
    return start(sqlite, NOW)


@pytest.fixture
def quay(talk: Conversation) -> Conversation:
    """A workspace of its own, not joined yet."""
    return second(talk)


# --- inviting and joining ---------------------------------------------------------------------------


def test_invitation_says_what_to_do_with_it_and_until_when(talk: Conversation) -> None:
    said = talk.do("Priya Shah", "/partner invite at: Council", channel="#comms")
    code = code_in(said)

    assert said == (
        f"{code} lets one other workspace, that of Westmere County Council, share this partnership.\n\n"
        f"Give it to a coordinator of that workspace. There they type /partner join {code}, and are shown"
        " what that means before it is done.\n\n"
        "> It works once, until Monday 8 June at 10am, and is shown only now. Whoever has it can let a"
        " workspace in, so send it to that person alone.\n\n"
        "[Withdraw it] /partner invite withdraw 1"
    )
    assert talk.seen == []


def test_join_shows_what_it_means_before_it_is_done(talk: Conversation, quay: Conversation) -> None:
    code = invited(talk)

    said = quay.do("Kit Ash", f"/partner join {code.lower().replace('-', ' ')}")

    assert said.startswith("Shall this workspace join Fell and Bay?\n\n")
    assert "Fellside Hospitals and Westmere County Council. This workspace would be that of Westmere" in said
    assert said.endswith(f"[Join] /partner join {code} confirm: yes")
    assert "- Kit Ash" in quay.do("Kit Ash", "/partner people")


def test_joined_workspace_shares_the_plan_and_a_coordinator_is_told(
    talk: Conversation, quay: Conversation
) -> None:
    talk.do("Sam Okafor", "/action add Print the posters due: 9 June")

    join(talk, quay)

    told = talk.to("@Priya Shah")[-1].text
    assert told.startswith("A workspace has joined: quay\n\n@Kit Ash let it join with your one-time code")
    assert "- Make Kit Ash a coordinator: /partner coordinators add Kit Ash" in told
    assert "- End it: /partner workspaces remove quay" in told
    assert "A1 Print the posters: Sam Okafor" in quay.do("Kit Ash", "/action list")
    assert "- Kit Ash, Council\n" in talk.do("Sam Okafor", "/partner people")
    assert quay.say("Kit Ash", "/partner year April").startswith("/partner year is for a coordinator")
    talk.do("Priya Shah", "/partner coordinators add Kit Ash")
    quay.do("Kit Ash", "/partner year April")


def test_people_of_a_joined_workspace_are_met_with_its_home(talk: Conversation, quay: Conversation) -> None:
    join(talk, quay)
    quay.do("Ines Roy", "/me")
    talk.do("Priya Shah", "/partner coordinators add Kit Ash")

    said = quay.do("Kit Ash", "/partner workspaces home Hospitals")
    quay.do("Noor Aziz", "/me")
    listed = talk.do("Priya Shah", "/partner people")

    assert said.startswith("This is the workspace of Fellside Hospitals.")
    assert "To take it back: /partner workspaces home Westmere County Council" in said
    assert [line for line in listed.splitlines() if "Ines" in line or "Noor" in line] == [
        "- Ines Roy, Council",
        "- Noor Aziz, Hospitals",
    ]


def test_workspace_with_a_plan_is_told_what_stands_in_the_way(talk: Conversation, quay: Conversation) -> None:
    code = invited(talk)
    quay.do("Kit Ash", "/action add Mend the nets")

    held = quay.say("Kit Ash", f"/partner join {code}")
    quay.do("Kit Ash", "/action drop A1 we do it there")
    dropped = quay.do("Kit Ash", f"/partner join {code}")
    quay.do("Kit Ash", "/objective add Fish more")
    aims = quay.say("Kit Ash", f"/partner join {code} confirm: yes")

    assert held.startswith("Local has a plan already: 1 action. Two plans cannot be made one.")
    assert dropped.startswith("Shall this workspace join Fell and Bay?")
    assert aims.startswith("Local has a plan already: 1 objective. Two plans cannot be made one.")


def test_code_is_good_once_and_for_a_week(talk: Conversation, quay: Conversation) -> None:
    other, code, unused = second(talk, "pier"), invited(talk), invited(talk)
    quay.do("Kit Ash", f"/partner join {code} confirm: yes")

    used = other.say("Ada Moss", f"/partner join {code}")
    talk.until("2020-06-08 10:00")
    late = other.say("Ada Moss", f"/partner join {unused} confirm: yes")

    assert used.startswith("That code was used on Monday 1 June at 10am, and it is good only once.")
    assert late.startswith(
        "That code was good until Monday 8 June at 10am. Ask a coordinator there for a new"
    )


def test_wrong_code_in_a_form_is_told_at_its_field(quay: Conversation) -> None:
    said = quay.fill("Kit Ash", "partner join", code="7K2M-9QXT-4WPC")

    assert "No invitation has the code “7K2M-9QXT-4WPC”. Is it typed right?" in said
    assert "Nothing" not in said


def test_invitations_are_listed_and_withdrawn_one_by_one_or_all(
    talk: Conversation, quay: Conversation
) -> None:
    codes = [invited(talk) for _ in range(3)]

    listed = talk.do("Priya Shah", "/partner workspaces")
    one = talk.do("Priya Shah", "/partner invite withdraw 2")
    again = talk.say("Priya Shah", "/partner invite withdraw 2")
    said = [quay.say("Kit Ash", f"/partner join {code}").split(" ")[0] for code in codes]
    rest = talk.do("Priya Shah", "/partner invite withdraw")
    none = talk.do("Priya Shah", "/partner invite withdraw")

    assert "> Invitation 3 is good until Monday 8 June at 10am." in listed
    assert one == "1 invitation withdrawn: nobody can join with it now."
    assert again.startswith("No invitation 2 is waiting to be used.")
    assert said == ["Shall", "No", "Shall"]
    assert (rest, none) == (
        "2 invitations withdrawn: nobody can join with them now.",
        "No invitation is waiting to be used.",
    )


def test_removed_workspace_sees_nothing_more_and_can_be_invited_again(
    talk: Conversation, quay: Conversation
) -> None:
    join(talk, quay)
    talk.do("Priya Shah", "/action add Print posters owner: Kit Ash due: 9 June")

    asked = talk.do("Priya Shah", "/partner workspaces remove quay")
    talk.do("Priya Shah", "/partner workspaces remove quay confirm: yes")
    shut_out = quay.say("Kit Ash", "/action list")
    seen = talk.until("2020-06-03 10:00")

    assert "noted as having left: Kit Ash" in asked
    assert shut_out == "This workspace belongs to no partnership yet."
    assert [s.place for s in seen if "Print posters" in s.text] == ["#council"]
    assert "quay" not in talk.do("Priya Shah", "/partner workspaces")
    assert talk.say("Priya Shah", "/partner workspaces remove local").startswith("You are in that workspace.")
    join(talk, second(talk))
    assert "- quay: of Westmere County Council, 1 person" in talk.do("Priya Shah", "/partner workspaces")


def test_of_two_channels_with_one_name_the_near_one_is_meant(talk: Conversation, quay: Conversation) -> None:
    join(talk, quay)
    talk.do("Sam Okafor", "/action add Print posters due: 9 June", channel="#comms")
    quay.do("Kit Ash", "/me", channel="#comms")

    assert talk.do("Sam Okafor", "/plan sent #comms").startswith("The latest 1 sent to #comms")
    assert quay.do("Kit Ash", "/plan sent #comms").startswith("Nothing was sent to #comms")
    assert quay.do("Kit Ash", "/plan sent #hospitals").startswith("Nothing was sent to #hospitals")


# --- linking ----------------------------------------------------------------------------------------


@pytest.fixture
def both(talk: Conversation, quay: Conversation) -> Conversation:
    """Quay has joined, and Jo Bell talks there too, as somebody whom nobody knows to be the same."""
    join(talk, quay)
    quay.do("Jo Bell", "/me")
    return quay


def linked(talk: Conversation, quay: Conversation, who: str = "Jo Bell") -> str:
    code = code_in(talk.do("Jo Bell", "/partner link"))
    return quay.do(who, f"/partner link {code} confirm: yes")


def test_what_was_the_ones_is_the_others(talk: Conversation, both: Conversation) -> None:
    talk.do("Priya Shah", "/partner rename <@local:quay:@Jo Bell> to: Joanna Bell")
    both.do("Jo Bell", "/partner roles add Press Officer")
    both.do("Jo Bell", "/partner roles hold Press Officer to: me")
    both.do("Jo Bell", "/partner away 20 July to 24 July cover: Kit Ash")
    both.do("Jo Bell", "/action add Print posters due: 9 June")
    both.do("Jo Bell", "/action add Film the day owner: Press Officer, Jo Bell with: Kit Ash due: 9 June")
    both.do("Jo Bell", "/action add Share stories ongoing")
    both.do("Jo Bell", "/action review A3 running")
    talk.do("Sam Okafor", "/action add Lend a van owner: Joanna Bell")

    said = linked(talk, both)

    assert said.startswith("You are Jo Bell here too from now on.")
    assert "Owner: Jo Bell" in talk.do("Sam Okafor", "/action show A1")
    assert "Press Officer at Council: Jo Bell" in talk.do("Sam Okafor", "/partner roles")
    people = talk.do("Sam Okafor", "/partner people")
    assert "- Jo Bell, Council, away 20 to 24 July, known in local and quay\n" in people
    assert "Joanna" not in people
    assert "Offered to: Jo Bell" in talk.do("Sam Okafor", "/action show A4")
    assert both.do("Jo Bell", "/action accept A4").startswith("A4 now belongs to Jo Bell")
    assert talk.do("Jo Bell", "/me") == both.do("Jo Bell", "/me")


def test_linked_person_is_spoken_to_in_one_place_and_told_of_it(
    talk: Conversation, both: Conversation
) -> None:
    both.do("Jo Bell", "/action add Print posters due: 9 June")
    talk.do("Jo Bell", "/action add Film the day due: 9 June")
    linked(talk, both)
    told = talk.to("@Jo Bell")[-1].text
    talk.do("Sam Okafor", "/action note A1 Use the blue ones")

    seen = [s.text for s in talk.until("2020-06-02 10:00") if s.place == "@Jo Bell"]

    assert told.startswith("You are known in the workspace quay too, where you were called Jo Bell")
    assert len(seen) == 1
    assert [word for word in ("Print posters", "Film the day", "Use the blue ones") if word in seen[0]] == [
        "Print posters",
        "Film the day",
        "Use the blue ones",
    ]
    assert talk.do("Sam Okafor", "/schedule list").count("@Jo Bell") <= 1


def test_who_is_known_elsewhere_is_spoken_to_there_once_a_workspace_is_removed(
    talk: Conversation, both: Conversation
) -> None:
    linked(talk, both)
    talk.do("Priya Shah", "/partner coordinators add Kit Ash")
    both.do("Kit Ash", "/action add Print posters owner: Jo Bell due: 9 June")

    both.do("Kit Ash", "/partner workspaces remove local confirm: yes")

    seen = talk.until("2020-06-02 10:00")
    assert [s.place for s in seen if "Print posters" in s.text] == ["@Jo Bell"]
    assert "- Jo Bell, Council\n" in both.do("Kit Ash", "/partner people")


def test_who_is_known_elsewhere_is_spoken_to_there_while_nothing_is_posted_in_the_one_place(
    talk: Conversation, both: Conversation
) -> None:
    both.do("Jo Bell", "/action add Print posters due: 9 June")
    linked(talk, both)
    seen = [s for s in talk.until("2020-06-02 10:00") if s.place == "@Jo Bell"]
    with talk.db.writing(talk.workspace.partnership_id, at=talk.clock.now()) as session:
        trouble.stop(session, workspaces(session)[0], "Commsbot was taken out of it.")
    both.do("Kit Ash", "/action note A1 Use the blue ones")

    elsewhere = [s for s in talk.until("2020-06-08 10:00") if s.place == "@Jo Bell"]
    with talk.db.writing(talk.workspace.partnership_id, at=talk.clock.now()) as session:
        start_again(session, workspaces(session)[0])
        record(session, "started", "workspace 1")
    back = [s for s in talk.until("2020-06-09 10:00") if s.place == "@Jo Bell"]

    told = [(s.shown.reference, s.text.partition("\n")[0]) for s in [*seen, *elsewhere, *back]]
    assert told == [
        ("slot|6|2020-06-02", "Tuesday 2 June: 1 coming up, 1 piece of news"),
        ("slot|10|2020-06-03", "Wednesday 3 June: 1 piece of news"),
        ("slot|10|2020-06-08", "Monday 8 June: 1 coming up"),
        ("slot|6|2020-06-09", "Tuesday 9 June: 1 due today"),
    ]


def test_what_did_not_arrive_in_the_one_place_is_said_in_the_other(
    talk: Conversation, both: Conversation
) -> None:
    both.do("Jo Bell", "/action add Print posters due: 9 June")
    linked(talk, both)
    [here] = [s.shown.reference for s in talk.until("2020-06-02 10:00") if s.place == "@Jo Bell"]
    with talk.db.writing(talk.workspace.partnership_id, at=at("2020-06-02 09:00")) as session:
        post = outbox.post_with_key(session, here)
        assert post is not None
        outbox.mark(session, post.id, "waiting", reference="", sent_at=None)
        trouble.stop(session, workspaces(session)[0], "Commsbot was taken out of it.")

    [there] = [s for s in talk.until("2020-06-03 10:00") if s.place == "@Jo Bell"]
    with talk.db.writing(talk.workspace.partnership_id, at=talk.clock.now()) as session:
        start_again(session, workspaces(session)[0])
        record(session, "started", "workspace 1")
    later = [s for s in talk.until("2020-06-04 10:00") if s.place == "@Jo Bell"]

    assert there.text.startswith("Wednesday 3 June: 1 coming up, 1 piece of news")
    assert (there.shown.reference, later) == ("slot|10|2020-06-03", [])


def test_what_waits_for_either_when_they_are_linked_goes_out_as_it_is(
    talk: Conversation, both: Conversation
) -> None:
    talk.do("Jo Bell", "/action add Film the day due: 9 June")
    both.do("Jo Bell", "/action add Print posters due: 9 June")
    [_, waits] = [s.shown.reference for s in talk.until("2020-06-02 10:00") if s.place == "@Jo Bell"]
    with talk.db.writing(talk.workspace.partnership_id, at=at("2020-06-02 09:00")) as session:
        post = outbox.post_with_key(session, waits)
        assert post is not None
        outbox.mark(session, post.id, "waiting", reference="", sent_at=None, due_at=at("2020-06-03 08:00"))
    linked(talk, both)

    seen = [s for s in talk.until("2020-06-03 10:00") if s.place == "@Jo Bell"]

    told = [(s.shown.reference, "Print posters" in s.text, "Film the day" in s.text) for s in seen]
    assert told[-1:] == [(waits, True, False)]


def test_action_that_both_owned_is_owned_once(talk: Conversation, both: Conversation) -> None:
    jo = "<@local:quay:@Jo Bell>"
    talk.do("Priya Shah", f"/action add One owner: {jo}, <@local:local:@Jo Bell> due: 9 June")
    talk.do("Priya Shah", f"/action add Two owner: Sam Okafor, <@local:local:@Jo Bell> with: {jo}")
    linked(talk, both)

    shown = [talk.do("Sam Okafor", f"/action show A{n}") for n in (1, 2)]

    assert "\nOwner: Jo Bell\n" in shown[0]
    assert "Jo Bell" in shown[1].partition("Owner: ")[2].partition("\n")[0]
    assert "With" not in shown[1].partition("History")[0]


def test_permission_does_not_spread(talk: Conversation, both: Conversation) -> None:
    talk.do("Priya Shah", "/partner coordinators add <@local:quay:@Jo Bell>")
    both.do("Jo Bell", "/partner year April")

    said = linked(talk, both)

    assert "you are a member." in said
    assert both.say("Jo Bell", "/partner year April").startswith("/partner year is for a coordinator")


def test_only_coordinator_is_not_lost(talk: Conversation, quay: Conversation) -> None:
    join(talk, quay)
    code = code_in(quay.do("Kit Ash", "/partner link"))

    said = talk.say("Priya Shah", f"/partner link {code} confirm: yes")

    assert said.startswith("You are the only coordinator, and Kit Ash is none.")


def test_code_of_somebody_with_another_name_is_asked_back(talk: Conversation, both: Conversation) -> None:
    code = code_in(talk.do("Jo Bell", "/partner link"))

    asked = both.do("Kit Ash", f"/partner link {code}")
    mine = both.do("Jo Bell", f"/partner link {code}")

    assert asked.startswith("Are you Jo Bell?")
    assert asked.endswith(f"[Yes, that is me] /partner link {code} confirm: yes")
    assert mine.startswith("You are Jo Bell here too from now on.")


def test_code_that_cannot_link_says_why(talk: Conversation, both: Conversation) -> None:
    stranger = start(talk.db, NOW, "Marzipan", "stranger")
    older, code = (code_in(talk.do("Jo Bell", "/partner link")) for _ in range(2))
    theirs = code_in(stranger.do("Jo Bell", "/partner link"))

    assert both.say("Jo Bell", f"/partner link {older}").startswith("Nobody in this partnership has the code")
    assert both.say("Jo Bell", f"/partner link {theirs}").startswith(
        "Nobody in this partnership has the code"
    )
    assert talk.say("Jo Bell", f"/partner link {code}").startswith("That is your own code.")
    assert talk.say("Tom Reed", f"/partner link {code}").startswith("One workspace knows you both")
    talk.until("2020-06-01 11:00")
    assert both.say("Jo Bell", f"/partner link {code}").startswith(
        "That code was good until Monday 1 June at 11am"
    )


def test_code_is_used_up_and_who_was_linked_does_not_return(talk: Conversation, both: Conversation) -> None:
    code = code_in(talk.do("Jo Bell", "/partner link"))
    both.do("Kit Ash", f"/partner link {code} confirm: yes")

    used = both.say("Jo Bell", f"/partner link {code}")
    back = talk.say("Priya Shah", "/partner people return Kit Ash")

    assert used.startswith("That code was used on Monday 1 June at 10am, and it is good only once.")
    assert back.startswith("Nobody called “Kit Ash” has left.")
    assert talk.say("Priya Shah", "/action add Print owner: Kit Ash").startswith(
        "Nobody and nothing here is called"
    )
