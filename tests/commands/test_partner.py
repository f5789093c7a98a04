"""/partner, /objective and /schedule: who is who, and when they are spoken to."""

import pytest

from storage.db import Database
from tests.conversation import Conversation, start


@pytest.fixture
def talk(sqlite: Database) -> Conversation:
    """Monday 1 June 2020, ten o'clock."""
    return start(sqlite, "2020-06-01 10:00")


def test_partner_show_tells_what_is_there_and_what_to_add(talk: Conversation) -> None:
    assert talk.do("Sam Okafor", "/partner show") == (
        "Fell and Bay\n\n"
        "Organisations: Fellside Hospitals and Westmere County Council\n"
        "People: 4: /partner people\n"
        "Roles and teams: 0 and 0: /partner roles, /partner teams\n"
        "Coordinators: Priya Shah\n"
        "Everyone's channel: #comms\n"
        "Time zone: Europe/London\n"
        "Bank holidays: England\n"
        "Year starts in: April\n"
        "Reviews: 10 working days before each quarter's last day"
    )


def test_empty_lists_say_what_to_do(talk: Conversation) -> None:
    assert "Add the first: /partner roles add" in talk.do("Sam Okafor", "/partner roles")
    assert "Add the first: /partner teams add" in talk.do("Sam Okafor", "/partner teams")
    assert "A coordinator adds the first: /objective add" in talk.do("Sam Okafor", "/objective list")
    assert "Add one: /partner closures add" in talk.do("Sam Okafor", "/partner closures")


def test_role_is_added_held_and_handed_over(talk: Conversation) -> None:
    talk.do("Sam Okafor", "/partner roles add Comms Lead")
    talk.do("Sam Okafor", "/partner roles hold Comms Lead to: Priya")
    talk.do("Sam Okafor", "/partner roles deputy Comms Lead to: me")

    said = talk.do("Sam Okafor", "/partner roles hand Comms Lead to: Sam")

    assert said.startswith("Comms Lead goes from Priya Shah to Sam Okafor from today.")
    assert "- Comms Lead at Hospitals: Sam Okafor, deputy Sam Okafor" in talk.do("Jo Bell", "/partner roles")


def test_seat_of_another_organisation_is_not_ours_to_fill(talk: Conversation) -> None:
    talk.do("Sam Okafor", "/partner roles add Comms Lead")

    said = talk.say("Jo Bell", "/partner roles hold Comms Lead to: Jo")

    assert said.startswith("Comms Lead is for its organisation or a coordinator to fill.")


def test_organisation_in_scotland_keeps_its_own_bank_holidays(talk: Conversation) -> None:
    talk.do("Priya Shah", "/partner holidays Scotland at: Council")
    talk.do(
        "Jo Bell", "/action add Print it due: 31 August 2020"
    )  # a bank holiday in England, not in Scotland
    talk.do("Sam Okafor", "/action add Post it due: 31 August 2020")

    seen = talk.until("2020-09-01 10:00")

    assert [s.day for s in seen if s.place == "@Jo Bell" and "A1" in s.text][:3] == [
        "24 Aug 2020",
        "28 Aug 2020",
        "31 Aug 2020",
    ]
    assert "31 Aug 2020" not in [s.day for s in seen if s.place == "@Sam Okafor"]


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("from 3rd to 10th August cover: Priya", "Sam Okafor is away 3 to 10 August; Priya Shah covers."),
        ("from 3 August", "Say when it ends. Try: 3 August 2020 to 10 August 2020"),
        (
            "3 June and 5 June",
            "That is more than one time: give them one by one.\n\nTry: /partner away 3 June 2020",
        ),
    ],
)
def test_away_is_from_one_day_to_another(talk: Conversation, typed: str, answer: str) -> None:
    assert talk.say("Sam Okafor", f"/partner away {typed}").startswith(answer)


def test_away_without_a_cover_says_what_is_due_meanwhile(talk: Conversation) -> None:
    talk.do("Sam Okafor", "/action add Print the map due: 4 June")
    talk.do("Sam Okafor", "/action add Ring the papers due: 12 June")

    said = talk.do("Sam Okafor", "/partner away 3 to 10 June")

    assert "wait until the day after. Due meanwhile: A1 (Thursday 4 June)." in said
    assert "Due meanwhile" not in talk.do("Sam Okafor", "/partner away 3 to 9 June cover: Priya")


def test_way_back_stands_apart_from_the_note(talk: Conversation) -> None:
    assert talk.do("Sam Okafor", "/partner away 3 to 10 June") == (
        "Sam Okafor is away 3 to 10 June.\n\n"
        "> Without a cover or a deputy, reminders wait until the day after.\n\n"
        "To take it back: /partner back"
    )


def test_away_says_who_covers_and_back_takes_it_out(talk: Conversation) -> None:
    away = talk.do("Sam Okafor", "/partner away 3 to 10 June cover: Priya")
    listed = talk.do("Jo Bell", "/partner people")
    back = talk.do("Sam Okafor", "/partner back")

    assert away.startswith("Sam Okafor is away 3 to 10 June; Priya Shah covers.")
    assert "- Sam Okafor, Hospitals, away 3 to 10 June" in listed
    assert back.startswith("Sam Okafor is not away 3 to 10 June.")


def test_the_last_coordinator_stays_one(talk: Conversation) -> None:
    said = talk.say("Priya Shah", "/partner coordinators remove Priya")

    assert said.startswith("Priya Shah is the only coordinator.")


@pytest.mark.parametrize("who", ["me", "Priya"])
def test_who_is_no_coordinator_any_more_is_told_who_can_take_that_back(talk: Conversation, who: str) -> None:
    talk.do("Priya Shah", "/partner coordinators add Sam")

    said = talk.do("Priya Shah", f"/partner coordinators remove {who}")

    assert said == "Priya Shah is a member now.\n\n> To take that back, ask Sam Okafor, a coordinator."


def test_channel_of_an_organisation_is_the_one_that_was_set_last(talk: Conversation) -> None:
    said = talk.do("Priya Shah", "/partner channel #comms for: Council")
    set_so = talk.do("Priya Shah", "/partner organisations")
    back = said.partition("To take it back: ")[2]
    again = talk.do("Priya Shah", back)

    assert said.startswith("#comms is the channel of Westmere County Council, which was #council before.")
    assert "(Council): 2 people, channel #comms" in set_so
    assert back == "/partner channel #council for: Westmere County Council"
    assert again.startswith("#council is the channel of Westmere County Council, which was #comms before.")
    assert "(Council): 2 people, channel #council" in talk.do("Priya Shah", "/partner organisations")


def test_who_is_added_is_said_to_be_at_an_organisation(talk: Conversation) -> None:
    ours = talk.do("Priya Shah", "/partner people add Robin Vale")
    theirs = talk.do("Priya Shah", "/partner people add Lena Fox at: Council")

    assert ours == "Robin Vale is in the partnership, at Fellside Hospitals."
    assert theirs == "Lena Fox is in the partnership, at Westmere County Council."


def test_year_that_starts_in_january_moves_the_quarters(talk: Conversation) -> None:
    talk.do("Priya Shah", "/partner year January")

    assert "When: July to September 2020" in talk.do("Sam Okafor", "/action add Print it due: Q3")


def test_reviews_can_be_moved(talk: Conversation) -> None:
    talk.do("Priya Shah", "/partner reviews 5")
    talk.do("Sam Okafor", "/action add Share stories due: ongoing")

    assert [seen.day for seen in talk.until("2020-06-30 10:00")] == ["23 Jun 2020"]


def test_objectives_are_numbered_counted_and_reworded(talk: Conversation) -> None:
    talk.do("Priya Shah", "/objective add Hear people")
    talk.do("Priya Shah", "/objective add Tell people number: 7")
    talk.do("Priya Shah", "/objective edit 7 title: Tell people what came of it")
    talk.do("Sam Okafor", "/action add Print it objective: 7")

    assert "- 7. Tell people what came of it (1 open action, 0 done)" in talk.do(
        "Sam Okafor", "/objective list"
    )
    assert talk.say("Priya Shah", "/objective add Again number: 7").startswith(
        "There is an objective 7 already."
    )


def test_schedule_moves_the_hour_and_the_days(talk: Conversation) -> None:
    talk.do("Sam Okafor", "/action add Print it due: 12 June")
    said = talk.do("Sam Okafor", "/schedule set me hour: 14:30 days: Mon, Thu")

    seen = talk.until("2020-06-30 10:00")

    assert said.startswith(
        "@Sam Okafor: at 14:30 on Monday and Thursday, about everything; next on Monday 1 June"
    )
    assert [f"{s.when:%a %d %H:%M}" for s in seen] == [
        "Mon 08 14:30",
        "Thu 11 14:30",
        "Mon 15 14:30",
        "Mon 22 14:30",
    ]


def test_schedule_leaves_parts_out_and_pauses(talk: Conversation) -> None:
    talk.do("Sam Okafor", "/action add Print it due: 4 June")
    talk.do("Sam Okafor", "/action add Share stories due: ongoing")
    talk.do("Sam Okafor", "/schedule set me parts: reviews")
    first = talk.until("2020-06-12 10:00")
    talk.do("Sam Okafor", "/schedule pause me")
    paused = talk.until("2020-06-20 10:00")
    talk.do("Sam Okafor", "/schedule resume me")
    resumed = talk.until("2020-06-23 10:00")

    assert (first, paused) == ([], [])
    assert [(s.day, "1 review" in s.text) for s in resumed] == [("22 Jun 2020", True)]


@pytest.mark.parametrize("parts", ["due, reviews", "due reviews", "Due and Reviews"])
def test_schedule_reads_parts_as_people_list_them(talk: Conversation, parts: str) -> None:
    talk.do("Sam Okafor", f"/schedule set me parts: {parts}")

    assert "due, reviews" in talk.do("Sam Okafor", "/schedule list").replace(" and ", ", ")


def test_hour_moved_after_todays_turn_is_not_had_twice(talk: Conversation) -> None:
    talk.do("Priya Shah", "/action add Print it owner: Sam due: 3 June")
    talk.until("2020-06-02 10:00")
    talk.do("Sam Okafor", "/schedule set me hour: 16:00")

    assert [f"{s.when:%d %H:%M}" for s in talk.until("2020-06-03 17:00")] == ["03 16:00"]


def test_schedule_of_others_is_theirs(talk: Conversation) -> None:
    assert talk.say("Sam Okafor", "/schedule pause #council").startswith("#council is for its organisation")
    assert talk.say("Sam Okafor", "/schedule pause Jo Bell").startswith("@Jo Bell is for its organisation")
    assert talk.do("Sam Okafor", "/schedule pause #hospitals").startswith("#hospitals: paused, by choice")


def test_plan_sent_and_why_are_ones_own(talk: Conversation) -> None:
    talk.do("Sam Okafor", "/action add Print it due: 2 June")
    talk.until("2020-06-02 10:00")

    assert "- P1 Tuesday 2 June at 9am to @Sam Okafor: Tuesday 2 June: 1 due" in talk.do(
        "Sam Okafor", "/plan sent"
    )
    assert "- A1: due Tuesday 2 June; spoken of on the day" in talk.do("Sam Okafor", "/plan why")
    assert talk.do("Jo Bell", "/plan sent").startswith("Nothing was sent in the last month.")
    assert talk.say("Jo Bell", "/plan why P1").startswith("What was sent to others is theirs to see")
    assert "A1" in talk.do("Priya Shah", "/plan why P1")


def test_partnership_may_keep_other_bank_holidays(talk: Conversation) -> None:
    talk.do("Priya Shah", "/partner holidays Northern Ireland")

    assert "Bank holidays: Northern Ireland" in talk.do("Sam Okafor", "/partner show")


def test_name_that_was_mistyped_is_put_right(talk: Conversation) -> None:
    talk.do("Sam Okafor", "/partner roles add Coms Led")
    talk.do("Sam Okafor", "/action add Print it owner: Coms Led")

    said = talk.do("Priya Shah", "/partner rename Coms Led to: Comms Lead")

    assert said.startswith("Coms Led is called Comms Lead now.")
    assert "Owner: Comms Lead (nobody just now)" in talk.do("Sam Okafor", "/action show A1")


@pytest.mark.parametrize(
    "line",
    [
        *("/partner people move Sam at: Council", "/partner days Mon-Wed for: Sam", "/partner year January"),
        *("/partner roles hold Comms Lead to: Sam", "/partner roles deputy Comms Lead to: Jo"),
        *("/partner roles vacate Comms Lead", "/partner away 3 to 14 August cover: Sam"),
        *(
            "/partner coordinators add Sam",
            "/partner channel #comms for: Council",
            "/partner zone Europe/Paris",
        ),
        *("/partner holidays Wales", "/partner reviews 12", "/partner workspaces home Council"),
    ],
)
def test_what_is_set_again_as_it_is_is_told_the_asker_alone(talk: Conversation, line: str) -> None:
    talk.do("Priya Shah", "/partner roles add Comms Lead")
    talk.do("Priya Shah", "/partner roles hold Comms Lead to: Jo")
    talk.do("Priya Shah", line, "#hospitals")

    again = talk.do("Priya Shah", line, "#hospitals")

    assert again == "That is how it stands already; nothing has changed."
    assert len(talk.to("#hospitals")) == 1


def test_whoever_gets_a_right_name_is_called_by_it_once(talk: Conversation) -> None:
    talk.do("Priya Shah", "/partner rename me to: Priya Sharma", "#comms")
    talk.do("Priya Shah", "/partner rename Jo to: Joanna Bell", "#comms")

    assert [seen.text for seen in talk.to("#comms")] == [
        "Priya Shah is called Priya Sharma now.",
        "Priya Sharma: Jo Bell is called Joanna Bell now.",
    ]
