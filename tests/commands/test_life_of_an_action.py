"""An action's life between several people: offers, parts, rights, undoing, and who hears of it."""

import pytest

from storage.db import Database
from tests.conversation import Conversation, buttons, start

SAM, JO, TOM, PRIYA = "Sam Okafor", "Jo Bell", "Tom Reed", "Priya Shah"


@pytest.fixture
def talk(db: Database) -> Conversation:
    """Monday 1 June 2020, eight o'clock, on each kind of database."""
    return start(db, "2020-06-01 08:00")


def owners(talk: Conversation, ref: str = "A1") -> str:
    lines = talk.do(PRIYA, f"/action show {ref}").splitlines()
    return next(line for line in lines if line.startswith("Owner: ")).removeprefix("Owner: ")


def undo_of_last(talk: Conversation) -> str:
    """The line behind the Undo button of the last answer."""
    return next(b.line for b in buttons(talk.answer.messages[0]) if b.label.startswith("Undo"))


def test_undo_never_touches_anothers_action(talk: Conversation) -> None:
    talk.do(PRIYA, "/action add Alpha owner: Sam")
    talk.do(PRIYA, "/action hand A1 to Jo Bell, Tom Reed")
    first_hand = undo_of_last(talk)
    talk.do(PRIYA, "/action hand A1 to Sam")
    talk.do(JO, "/action add Beta")

    said = talk.say(PRIYA, first_hand)

    assert said.startswith("A1 has been changed since")
    assert owners(talk, "A2") == JO


def test_undo_unwinds_step_by_step_whatever_was_added_between(talk: Conversation) -> None:
    talk.do(PRIYA, "/action add Alpha owner: Sam")
    talk.do(PRIYA, "/action hand A1 to Jo")
    talk.do(JO, "/action add Beta")
    talk.do(PRIYA, "/action hand A1 to Tom")

    talk.do(PRIYA, "/action undo")
    one_back = owners(talk)
    talk.do(PRIYA, "/action undo")
    two_back = owners(talk)
    talk.do(PRIYA, "/action undo")

    assert (one_back, two_back) == (JO, SAM)
    assert talk.say(PRIYA, "/action show A1").startswith("There is no A1")


def test_undo_of_an_undo_brings_it_back(talk: Conversation) -> None:
    talk.do(PRIYA, "/action add Alpha owner: Sam, Jo due: 12 June")
    talk.do(PRIYA, "/action undo")
    again = undo_of_last(talk)
    talk.do(JO, "/action add Beta")

    talk.do(PRIYA, again)

    assert owners(talk) == f"{SAM} and {JO}"
    assert owners(talk, "A2") == JO


def test_undo_of_an_add_keeps_what_others_wrote(talk: Conversation) -> None:
    talk.do(SAM, "/action add Alpha")
    talk.do(JO, "/action note A1 We have paper left")

    assert talk.say(SAM, "/action undo").startswith("A1 has been changed since")


def test_undo_of_a_hand_after_the_other_side_accepted_is_refused(talk: Conversation) -> None:
    talk.do(SAM, "/action add Alpha")
    talk.do(SAM, "/action hand A1 to me, Jo Bell")
    talk.do(JO, "/action accept A1")

    assert talk.say(SAM, "/action undo").startswith("A1 has been changed since")
    assert owners(talk) == f"{SAM} and {JO}"


def test_note_taken_back_is_not_shown_again(talk: Conversation) -> None:
    talk.do(SAM, "/action add Alpha")
    talk.do(SAM, "/action note A1 The wrong number")
    talk.do(SAM, "/action undo")

    said = talk.do(SAM, "/action show A1")

    assert "The wrong number" not in said
    assert "Sam Okafor added a note to A1 (taken back)" in said


def test_undo_of_an_older_day_is_asked_back(talk: Conversation) -> None:
    talk.do(SAM, "/action add Alpha")
    talk.until("2020-06-02 08:00")

    said = talk.say(SAM, "/action undo")

    assert said.startswith(
        "Your last change, to A1, was on Monday 1 June: it was logging it. "
        "To take it out of the plan all the same:"
    )
    talk.do(SAM, said.partition("Try: ")[2].splitlines()[0])
    assert talk.say(SAM, "/action show A1").startswith("There is no A1")


def test_undo_of_an_older_change_says_nothing_of_logging(talk: Conversation) -> None:
    talk.do(SAM, "/action add Alpha")
    talk.do(SAM, "/action note A1 The wrong number")
    talk.until("2020-06-02 08:00")

    said = talk.say(SAM, "/action undo")

    assert said.startswith("Your last change, to A1, was on Monday 1 June. To take it back all the same:")


def test_co_owners_organisation_says_its_part_is_done_and_no_more(talk: Conversation) -> None:
    talk.do(PRIYA, "/action add Agree the message owner: Sam, Jo")

    said = talk.do(TOM, "/action done A1")

    assert said.startswith("Your part of A1 is done")
    assert owners(talk) == f"{SAM} and {JO}, whose part is done"


def test_supporters_organisation_cannot_drop_it(talk: Conversation) -> None:
    talk.do(SAM, "/action add Agree the message with: Jo Bell")

    assert talk.say(TOM, "/action drop A1 because I say so").startswith("A1 belongs to Sam Okafor")


def test_who_has_left_can_do_nothing_more(talk: Conversation) -> None:
    talk.do(PRIYA, "/action add Alpha owner: Sam")
    talk.do(PRIYA, "/partner people leave Sam Okafor")

    refused = talk.say(SAM, "/action done A1")
    talk.do(PRIYA, "/partner people return Sam Okafor")

    assert refused.startswith("You are noted as having left.")
    assert talk.do(SAM, "/action done A1").startswith("A1 is done")


def test_offer_is_accepted_once_by_each_for_themselves(talk: Conversation) -> None:
    talk.do(SAM, "/action add Film it owner: Jo, Tom")

    talk.do(JO, "/action accept A1")
    again = talk.say(JO, "/action accept A1")
    talk.do(TOM, "/action accept A1")

    assert again.startswith("You have A1 already. It is on offer to Tom Reed.")
    assert owners(talk) == f"{JO} and {TOM}"


def test_giver_who_handed_it_on_hears_that_it_was_accepted(talk: Conversation) -> None:
    talk.do(PRIYA, "/action add Film it owner: Sam")
    talk.do(SAM, "/action hand A1 to Tom")
    talk.until("2020-06-02 10:00")
    talk.do(TOM, "/action accept A1")
    talk.until("2020-06-03 10:00")

    assert "Tom Reed accepted A1" in talk.to(f"@{SAM}")[-1].text


def test_saving_the_edit_form_with_a_new_title_changes_nothing_else(talk: Conversation) -> None:
    talk.do(SAM, "/action add Print it owner: Sam Okafor, Jo Bell due: 5 June")
    talk.do(JO, "/action accept A1")
    talk.do(SAM, "/action waiting A1 for the printer until 20 June")
    talk.until("2020-06-08 10:00")
    form = talk.do(SAM, "/action edit A1")
    due = next(line for line in form.splitlines() if line.startswith("By when: ")).removeprefix("By when: ")

    talk.fill(SAM, "action edit", action="A1", title="Print it twice", owner=f"{SAM}, {JO}", due=due)

    shown = talk.do(SAM, "/action show A1")
    assert not talk.answer.is_error
    assert shown.startswith("A1 Print it twice")
    assert "State: open, and late" in shown or "waiting for the printer until Saturday 20 June" in shown
    assert owners(talk) == f"{SAM} and {JO}"
    assert "When: Friday 5 June" in shown


@pytest.mark.parametrize("line", ["/partner roles deputy Lead to: Jo", "/partner roles hand Lead to: Jo"])
def test_whoever_takes_over_from_somebody_away_hears_what_that_one_has_not(
    talk: Conversation, line: str
) -> None:
    talk.do(PRIYA, "/partner roles add Lead")
    talk.do(PRIYA, "/partner roles hold Lead to: Sam")
    talk.do(PRIYA, "/action add Thing owner: Lead due: 8 June")
    talk.do(SAM, "/partner away 5 June to 19 June")
    talk.until("2020-06-15 10:00")
    talk.do(PRIYA, line)

    seen = [s for s in talk.until("2020-06-30 10:00") if "A1" in s.text and "[Done]" in s.text]

    assert [(s.day, s.place) for s in seen] == [("16 Jun 2020", f"@{JO}")]


def test_cover_named_later_hears_from_then_on(talk: Conversation) -> None:
    talk.do(SAM, "/action add Thing due: 8 June")
    talk.do(SAM, "/partner away 5 June to 19 June")
    talk.until("2020-06-10 10:00")
    talk.do(PRIYA, "/partner away 5 June to 19 June cover: Jo for: Sam")

    seen = [s for s in talk.until("2020-06-30 10:00") if "[Done]" in s.text]

    assert [(s.day, s.place) for s in seen] == [("11 Jun 2020", f"@{JO}"), ("15 Jun 2020", f"@{JO}")]


def test_leave_noted_after_the_reminder_does_not_say_it_twice(talk: Conversation) -> None:
    talk.do(SAM, "/action add Thing due: 1 June")
    talk.until("2020-06-01 10:00")
    talk.do(SAM, "/partner away 1 June to 5 June cover: Jo")

    seen = [s for s in talk.until("2020-06-30 10:00") if "[Done]" in s.text]

    assert [(s.day, s.place) for s in seen] == [("2 Jun 2020", f"@{JO}"), ("8 Jun 2020", f"@{SAM}")]


def test_somebody_who_works_at_weekends_only_hears_at_weekends(talk: Conversation) -> None:
    talk.do(SAM, "/partner days Sat-Sun")
    talk.do(SAM, "/action add Thing due: 12 June")

    seen = talk.until("2020-06-22 10:00")

    assert [s.day for s in seen] == ["6 Jun 2020", "7 Jun 2020", "13 Jun 2020", "20 Jun 2020"]
    assert "A1" in talk.do(JO, "/action list")


def test_days_without_work_leave_lists_and_schedules_working(talk: Conversation) -> None:
    talk.do(PRIYA, "/partner closures add 1 June 2020 to 1 May 2021")
    talk.do(PRIYA, "/partner closures add 2 May 2021 to 1 April 2022")
    talk.do(SAM, "/action add Thing due: 12 June")
    said = talk.do(SAM, "/schedule set me days: Sat")

    assert "but these are no working days there, so nothing is said" in said
    assert "A1" in talk.do(JO, "/action list")
    assert talk.do(JO, "/schedule list").startswith("Who is spoken to when")
    assert talk.until("2020-06-30 10:00") == []


def test_changing_the_zone_to_and_fro_neither_repeats_nor_swallows_a_day(talk: Conversation) -> None:
    talk.do(SAM, "/action add Thing due: 3 June")
    talk.until("2020-06-01 10:00")
    talk.do(PRIYA, "/partner zone Pacific/Auckland")
    away = talk.until("2020-06-01 23:30")
    talk.do(PRIYA, "/partner zone Europe/London")
    back = talk.until("2020-06-04 10:00")

    assert away == []
    assert [(s.day, s.place) for s in back] == [
        ("2 Jun 2020", f"@{SAM}"),
        ("3 Jun 2020", f"@{SAM}"),
        ("4 Jun 2020", f"@{SAM}"),
    ]


def posts(talk: Conversation, to: str) -> list[tuple[str, str]]:
    """Who was reminded of A1, and when, until a day."""
    return [(s.day, s.place) for s in talk.until(to) if "/action done A1" in s.text]


def test_what_somebody_away_who_leaves_has_not_heard_goes_to_the_channel(talk: Conversation) -> None:
    talk.do(PRIYA, "/action add Poster due: 3 June owner: Jo Bell")
    talk.do(JO, "/partner away 2 June to 30 June")
    talk.until("2020-06-12 10:00")
    talk.do(PRIYA, "/partner people leave Jo Bell")

    assert posts(talk, "2020-06-30 10:00") == [("15 Jun 2020", "#council")]


def test_offer_to_a_seat_that_changes_hands_while_its_holder_is_away_is_put_to_the_next(
    talk: Conversation,
) -> None:
    talk.do(PRIYA, "/partner roles add Council Lead at: Council")
    talk.do(PRIYA, "/partner roles hold Council Lead to: Jo Bell")
    talk.do(JO, "/partner away 1 June to 19 June")
    talk.do(SAM, "/action add Film it owner: Council Lead due: 30 July")
    talk.until("2020-06-08 10:00")
    talk.do(PRIYA, "/partner roles hand Council Lead to: Tom Reed")

    seen = [(s.day, s.place) for s in talk.until("2020-06-22 10:00") if "/action accept A1" in s.text]

    assert seen == [("9 Jun 2020", f"@{TOM}")]


def test_step_is_not_lost_between_two_hours(talk: Conversation) -> None:
    talk.do(PRIYA, "/partner roles add Lead at: Hospitals")
    talk.do(PRIYA, "/partner roles hold Lead to: Priya")
    talk.do(PRIYA, "/schedule set Sam hour: 08:30")
    talk.do(PRIYA, "/action add Flyer owner: Lead due: 3 June")
    talk.until("2020-06-02 08:45")
    talk.do(PRIYA, "/partner roles hand Lead to: Sam")

    assert posts(talk, "2020-06-04 07:00") == [("3 Jun 2020", f"@{SAM}")]


def test_hour_moved_before_todays_turn_lets_it_be_had_at_once(talk: Conversation) -> None:
    talk.do(SAM, "/action add Flyer due: 2 June")
    talk.until("2020-06-02 08:30")
    talk.do(SAM, "/schedule set me hour: 08:00")

    assert posts(talk, "2020-06-02 12:00") == [("2 Jun 2020", f"@{SAM}")]


def test_undo_of_an_undo_is_told_as_what_it_is(talk: Conversation) -> None:
    talk.do(TOM, "/action add Put out the flyer due: 30 June")
    talk.until("2020-06-01 10:00")
    talk.do(PRIYA, "/action done A1")
    talk.do(PRIYA, "/action undo")
    talk.do(PRIYA, undo_of_last(talk))

    assert "Priya Shah marked A1 done" in talk.until("2020-06-02 10:00")[0].text


def test_who_loses_an_action_is_told(talk: Conversation) -> None:
    talk.do(PRIYA, "/action add One owner: Jo Bell")
    talk.do(PRIYA, "/action add Two owner: Jo Bell")
    talk.until("2020-06-01 10:00")
    talk.do(PRIYA, "/action undo")
    talk.do(PRIYA, "/action hand A1 to Sam")
    talk.until("2020-06-02 10:00")

    told = talk.to(f"@{JO}")[-1].text
    assert "Priya Shah handed over A1 to Sam Okafor, One" in told
    assert "Priya Shah took back a change to A2, Two; it is no longer in the plan" in told


def test_reopened_action_is_on_offer_again_and_put_to_them(talk: Conversation) -> None:
    talk.do(SAM, "/action add Film a message owner: Jo Bell due: 30 June")
    talk.do(SAM, "/action done A1")
    talk.until("2020-06-10 10:00")
    talk.do(SAM, "/action reopen A1")

    seen = [(s.day, s.place) for s in talk.until("2020-06-12 10:00") if "/action accept A1" in s.text]

    assert seen == [("11 Jun 2020", f"@{JO}")]


def test_nothing_changed_leaves_a_paused_action_paused(talk: Conversation) -> None:
    talk.do(JO, "/action add Stories due: ongoing")
    talk.until("2020-06-16 10:00")
    talk.do(JO, "/action review A1 paused: until autumn")
    talk.until("2020-09-16 10:00")
    talk.do(JO, "/action review rest")

    assert "State: paused" in talk.do(JO, "/action show A1")


@pytest.mark.parametrize(
    ("which", "found"),
    [
        ("waiting room", ["A1"]),
        ("council", ["A2"]),
        ("late, mine", []),
        ("open jo", ["A2"]),
        ("A2", ["A2"]),
        ("shift", ["A2"]),
    ],
)
def test_list_finds_names_and_words(talk: Conversation, which: str, found: list[str]) -> None:
    talk.do(PRIYA, "/action add Waiting room posters owner: Sam")
    talk.do(PRIYA, "/action add Late shift briefing owner: Jo")

    said = talk.do(SAM, f"/action list {which}")

    assert [line.split()[1] for line in said.splitlines() if line.startswith("- ")] == found
    assert found or "See all that is open: /action list" in said


def test_review_answered_a_day_early_counts_for_the_one_to_come(talk: Conversation) -> None:
    talk.do(JO, "/action add Stories due: ongoing")
    talk.until("2020-06-16 10:00")
    talk.do(JO, "/action review A1 changed: we meet weekly")
    talk.until("2020-09-15 10:00")
    talk.do(JO, "/action review A1 running")

    assert [s for s in talk.until("2020-09-30 10:00") if "review" in s.text] == []
    shown = talk.do(JO, "/action show A1")
    assert "Jo Bell reviewed A1: changed: we meet weekly" in shown
    assert "Jo Bell reviewed A1: running" in shown
