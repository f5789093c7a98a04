"""What was said, again: reports, the same thing twice, better words, and taking back."""

import pytest

from storage.db import Database
from tests.commands.looping import ADD, COLD, HERE, JO, PRIYA, SAM, TOM, row, stands, told
from tests.conversation import Conversation, buttons, start

TWELVE = "\n".join(f"{number}. Point {number} of the report" for number in range(1, 13))


@pytest.fixture
def talk(db: Database) -> Conversation:
    """Monday 1 June 2020, ten o'clock."""
    return start(db, "2020-06-01 10:00")


def shown(talk: Conversation, ref: str = "L1") -> str:
    """All that a loop's page says but its history."""
    return talk.say(PRIYA, f"/yousaid show {ref}").partition("\nHistory:")[0]


def undo_line(talk: Conversation) -> str:
    """The line behind the button of the last answer that takes it back."""
    answer = talk.answer.messages[0]
    return next(b.line for b in buttons(answer) if b.label.startswith("Undo"))


# --- a report ---------------------------------------------------------------------------------------


def test_report_of_twelve_points_is_twelve_loops(talk: Conversation) -> None:
    said = talk.do(SAM, f"/yousaid add {TWELVE} from: Healthwatch group: carers ref: HW June", HERE)

    points = [f"- L{number} Point {number} of the report" for number in range(1, 13)]
    assert said.startswith("12 things logged from “HW June”:")
    assert [line for line in said.splitlines() if line.startswith("- ")] == points
    assert [seen.text for seen in talk.to(HERE)] == [
        "Sam Okafor logged 12 things that people said, “HW June”: L1 to L12"
    ]
    assert talk.do(SAM, "/yousaid list ref: hw june").startswith("12 open loops")
    assert row(shown(talk, "L12"), "Reference") == "HW June"


def test_points_with_bullets_and_empty_lines_are_their_words(talk: Conversation) -> None:
    said = talk.do(SAM, "/yousaid add - Too cold\n\n• Too loud\n(3) Too dark\n12 chairs are broken ref: HW")

    points = ["- L1 Too cold", "- L2 Too loud", "- L3 Too dark", "- L4 12 chairs are broken"]
    assert [line for line in said.splitlines() if line.startswith("- ")] == points


def test_lines_without_a_reference_are_one_thing(talk: Conversation) -> None:
    said = talk.do(SAM, "/yousaid add Too cold\nToo loud group: carers")

    assert "It is one thing with 2 lines." in said
    assert talk.do(SAM, "/yousaid list").startswith("1 open loop\n")


def test_what_was_logged_before_is_offered_to_be_merged(talk: Conversation) -> None:
    talk.do(SAM, ADD)
    again = talk.do(JO, "/yousaid add said: the waiting ROOM is too cold group: young people")
    merge = next(b.line for b in buttons(talk.answer.messages[0]) if b.label == "Merge into L1")
    talk.do(JO, merge)
    third = talk.do(JO, f"/yousaid add {COLD}")
    other = talk.do(JO, f"/yousaid add {COLD} in winter")

    assert "L1 says the same. If it was said again, merge the two" in again
    assert "young people" in row(shown(talk), "Said by")
    assert "L1 says the same." in third
    assert "says the same" not in other


def test_words_have_a_name_where_the_line_begins_with_one(talk: Conversation) -> None:
    said = talk.do(SAM, "/yousaid add group: carers said: The bus is late from: Healthwatch")

    assert said.startswith("L1 is logged: The bus is late")
    assert row(said, "Said by") == "carers, from Healthwatch"


def test_merge_says_that_what_was_decided_stays_behind(talk: Conversation) -> None:
    talk.do(SAM, ADD)
    talk.do(SAM, "/yousaid plan L1 Buy heaters owner: Sam Okafor due: today")
    talk.do(TOM, "/yousaid add It is cold group: young people")
    merged = talk.do(SAM, "/yousaid merge L1 into L2")
    done = talk.do(SAM, "/action done A1 They hang")

    assert "What was decided about L1 does not go over: if it is true of both, say it of L2." in merged
    assert "With it" not in done


def test_finished_review_says_what_is_done_with_it(talk: Conversation) -> None:
    talk.do(SAM, ADD)
    talk.do(SAM, "/yousaid plan L1 Check the heaters owner: Sam Okafor due: today")
    talk.do(SAM, "/action edit A1 due: ongoing")
    done = talk.do(SAM, "/action review A1 finished They hang")

    assert f"With it L1 is done: {COLD}. Not told yet: carers." in done
    assert "Sam Okafor reviewed A1: finished: They hang" in talk.do(SAM, "/yousaid show L1")


def test_report_that_was_logged_before_says_so(talk: Conversation) -> None:
    talk.do(SAM, f"/yousaid add {TWELVE} ref: HW June")
    one = talk.do(SAM, "/yousaid add Point 2 of the report\nIt is dark ref: HW July")
    all_of_it = talk.do(SAM, f"/yousaid add {TWELVE} ref: HW June")

    assert "1 line of these was logged before: L2. If it is the same report, undo all of it" in one
    assert "12 lines of these were logged before: L1, L2, L3, L4 and others." in all_of_it


def test_too_many_lines_are_refused_and_none_is_saved(talk: Conversation) -> None:
    lines = "\n".join(f"Point {number}" for number in range(51))

    said = talk.say(SAM, f"/yousaid add {lines} ref: HW")

    assert said.startswith("Those are 51 lines; 50 can be logged at once. Nothing was saved:")
    assert talk.do(SAM, "/yousaid list").startswith("There are no open loops.")


def test_whole_report_is_taken_back_and_comes_back(talk: Conversation) -> None:
    talk.do(SAM, f"/yousaid add {TWELVE} group: carers ref: HW asked: Jo by: friday")
    before = talk.do(SAM, "/yousaid list")

    gone = talk.do(SAM, "/undo", HERE)
    again = undo_line(talk)
    empty = talk.do(SAM, "/yousaid list")
    talk.do(SAM, again)

    assert gone.startswith("Taken back: L1, L2, L3, L4, L5, L6, L7, L8, L9, L10, L11 and L12 are no longer")
    assert empty.startswith("There are no open loops.")
    assert talk.do(SAM, "/yousaid list") == before


# --- the same thing twice ---------------------------------------------------------------------------


@pytest.fixture
def merged(talk: Conversation) -> Conversation:
    """L2, which patients said in a survey, is merged into L1, which carers said to Healthwatch."""
    talk.do(SAM, ADD)
    talk.do(SAM, "/yousaid add It is cold in there from: patient survey group: patients")
    talk.do(SAM, "/yousaid merge L2 into L1", HERE)
    return talk


def test_same_thing_said_again_is_told_to_all_who_said_it(merged: Conversation) -> None:
    posted = merged.to(HERE)[-1].text
    page = shown(merged)
    history = [line for line in merged.do(SAM, "/yousaid show L1").splitlines() if line.startswith("- ")]
    merged.do(SAM, "/yousaid cannot L1 because the wall is listed")
    decided = stands(merged)
    told(merged, to="patients")
    half = stands(merged)
    told(merged, to="the carers")

    assert posted == "Sam Okafor merged L2, It is cold in there, into L1"
    assert history[-1].endswith(": Sam Okafor merged L2 into L1")
    assert [row(page, name) for name in ("Said by", "From", "Said again")] == [
        "carers and patients, 2 times",
        "Healthwatch and Patient surveys",
        "L2 It is cold in there (patients)",
    ]
    assert decided == "could not be done; carers and patients not told yet"
    assert half == "could not be done; carers not told yet"
    assert (stands(merged), stands(merged, "L2")) == (
        "could not be done, and told",
        f"merged into L1 {COLD}",
    )


def test_merging_into_what_is_closed_opens_it_for_those_not_told(talk: Conversation) -> None:
    talk.do(SAM, ADD)
    talk.do(SAM, "/yousaid thanked L1")
    told(talk)
    closed = stands(talk)
    talk.do(SAM, "/yousaid add It is cold in there group: patients")
    talk.do(SAM, "/yousaid merge L2 into L1")
    again = stands(talk)
    talk.do(SAM, "/yousaid undo")

    assert (closed, again) == ("thanked, and told", "thanked; patients not told yet")
    assert (stands(talk), stands(talk, "L2")) == ("thanked, and told", "nobody is asked yet")


def test_merging_what_has_others_in_it_takes_them_along(merged: Conversation) -> None:
    merged.do(SAM, "/yousaid add Heat the rooms group: young people")
    merged.do(SAM, "/yousaid merge L1 into L3")

    assert row(shown(merged, "L3"), "Said by") == "young people, carers and patients, 3 times"
    assert stands(merged, "L2") == "merged into L3 Heat the rooms"


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("merge L1 into L1", "L1 cannot be merged into itself.\n\nTry: /yousaid show L1"),
        ("merge L1 into L2", "L2 was merged into L1: the other way round it would be a circle."),
        ("merge L2 into L3", "L2 was merged into L1 already.\n\nTry: /yousaid show L1"),
        (
            "merge L3 into L2",
            "L2 was merged into L1. Merge into that one:\n\nTry: /yousaid merge L3 into L1",
        ),
        ("merge L3 into L9", "There is no L9 in this plan."),
        ("did L2 Heaters on: today", "L2 was merged into L1: what comes of it is noted there."),
        ("told L2 to: patients where: there on: today", "L2 was merged into L1: what comes of it is"),
        ("ask L2 Jo", "L2 was merged into L1: what comes of it is noted there."),
        ("check L2 no", "L2 was merged into L1: what comes of it is noted there."),
    ],
)
def test_merge_in_a_circle_or_into_a_merged_one_is_refused(
    merged: Conversation, line: str, answer: str
) -> None:
    merged.do(SAM, "/yousaid add Heat the rooms")

    assert merged.say(SAM, f"/yousaid {line}").startswith(answer)


# --- better words -----------------------------------------------------------------------------------


def test_edit_changes_what_is_given_and_nothing_else(talk: Conversation) -> None:
    talk.do(SAM, f"{ADD} level: collective feedback theme: rooms when: last month ref: HW")

    talk.do(SAM, "/yousaid edit L1 level: individual group: older people owner: Jo")

    assert shown(talk).splitlines()[2:] == [
        "Where it stands: nobody is asked yet",
        "Said by: older people",
        "From: Healthwatch",
        "Said: May 2020",
        "Level: individual feedback",
        "Theme: rooms",
        "Reference: HW",
        "Looked after by: Jo Bell",
        "Logged: Monday 1 June by Sam Okafor",
    ]


def test_edit_form_sent_with_one_thing_changed_keeps_the_rest(talk: Conversation) -> None:
    talk.do(SAM, f"{ADD} level: collective feedback when: last month")
    talk.do(SAM, "/yousaid edit L1")
    form = talk.answer.messages[0].blocks[0]
    fields = {field.name: field.value for field in form.fields}  # type: ignore[union-attr]
    before = shown(talk)

    talk.fill(SAM, "yousaid edit", **(fields | {"theme": "rooms"}))

    assert [line for line in shown(talk).splitlines() if not line.startswith("Theme: ")] == (
        before.splitlines()
    )


def test_group_that_changes_after_telling_has_to_be_told(talk: Conversation) -> None:
    talk.do(SAM, ADD)
    talk.do(SAM, "/yousaid thanked L1")
    told(talk)

    talk.do(SAM, "/yousaid edit L1 group: older people")

    assert stands(talk) == "thanked; older people not told yet"


# --- taking back ------------------------------------------------------------------------------------


def test_each_change_is_taken_back_and_brought_back(talk: Conversation) -> None:
    talk.do(PRIYA, "/yousaid add Heat the rooms group: patients")
    talk.do(SAM, f"{ADD} asked: Jo by: friday")
    for who, line in (
        (SAM, "/yousaid ask L2 Tom"),
        (SAM, "/yousaid awaiting L2 the engagement group on: 12 June"),
        (SAM, "/yousaid edit L2 said: The room is cold group: older people"),
        (SAM, "/yousaid will L2 New heaters come by: end of June"),
        (SAM, "/yousaid told L2 to: the group and the public where: newsletter on: today"),
        (SAM, "/yousaid plan L2 Buy heaters due: end of June"),
        (SAM, "/yousaid partly L2 One is in on: today"),
        (SAM, "/yousaid told L2 to: older people where: newsletter on: today"),
        (JO, "/yousaid check L2 half"),
        (JO, "/yousaid check L2 no"),
        (SAM, "/yousaid thanked L2"),
        (SAM, "/yousaid passed L2 to the ambulance service"),
        (SAM, "/yousaid cannot L2 because the wall is listed"),
        (SAM, "/yousaid merge L2 into L1"),
    ):
        before = shown(talk, "L2")
        talk.do(who, line)
        after = shown(talk, "L2")
        talk.do(who, "/undo")
        again = undo_line(talk)
        assert (shown(talk, "L2"), before != after) == (before, True), line
        talk.do(who, again)
        assert shown(talk, "L2") == after, line


def test_change_that_others_built_on_is_not_taken_back_alone(talk: Conversation) -> None:
    talk.do(SAM, ADD)
    first = undo_line(talk)
    talk.do(PRIYA, "/yousaid cannot L1 because the wall is listed")

    said = talk.say(SAM, first)

    assert said.startswith("L1 has been changed since, or something rests on it")
    assert stands(talk) == "could not be done; carers not told yet"


def test_what_another_was_merged_into_stays(merged: Conversation) -> None:
    said = merged.say(SAM, "/yousaid undo E10")

    assert said.startswith("L1 has been changed since, or something rests on it")
    assert stands(merged, "L2") == f"merged into L1 {COLD}"


def test_change_of_somebody_else_is_a_coordinators_to_take_back(talk: Conversation) -> None:
    talk.do(SAM, ADD)
    refused = talk.say(TOM, "/yousaid undo L1")
    talk.do(PRIYA, "/yousaid undo L1")

    assert refused.startswith("Only the person who made a change, or a coordinator, can take it back.")
    assert talk.say(SAM, "/yousaid show L1").startswith(
        "There is no L1 in this plan any more: it was taken back."
    )


# --- what goes together, and what does not ----------------------------------------------------------


def test_one_line_of_a_report_is_taken_back_alone(talk: Conversation) -> None:
    talk.do(SAM, "/yousaid add 1. It is cold\n2. It is dark\n3. It is far ref: June report")

    assert talk.do(SAM, "/undo L2").startswith("Taken back: L2 is no longer in the plan.")
    assert stands(talk, "L3") == "nobody is asked yet"


def test_undo_alone_means_the_last_of_all_changes(talk: Conversation) -> None:
    talk.do(PRIYA, ADD)
    talk.do(PRIYA, "/hold add embargo from today to Friday")

    said = talk.say(PRIYA, "/undo")

    assert said.startswith("The last that you changed was no action and no loop.")
    assert "/undo E" in said
    assert stands(talk) == "nobody is asked yet"


def test_undo_after_a_hold_alone_says_where_the_way_back_is(talk: Conversation) -> None:
    talk.do(PRIYA, "/hold add embargo from today to Friday")

    said = talk.say(PRIYA, "/undo")

    assert said.startswith("The last that you changed was no action and no loop. What it answered says how")


def test_what_is_brought_back_is_said_to_be(talk: Conversation) -> None:
    talk.do(SAM, ADD)
    talk.do(SAM, "/undo")

    assert talk.do(SAM, undo_line(talk)).startswith("Brought back: L1 is as it was before that undo.")


def test_note_that_came_after_an_erasure_is_taken_back(talk: Conversation) -> None:
    talk.do(SAM, ADD)
    talk.do(PRIYA, "/yousaid erase L1 yes")
    talk.do(PRIYA, "/yousaid note L1 They have been told")

    assert talk.do(PRIYA, "/undo").startswith("Taken back: L1 is as it was before.")
    assert talk.say(PRIYA, "/undo L1").startswith("The words of L1 were erased for good")


def test_action_that_carries_it_out_says_so_and_whoever_did_it_does_not_check(talk: Conversation) -> None:
    talk.do(SAM, ADD)
    talk.do(SAM, "/yousaid plan L1 Buy heaters owner: Jo Bell due: today")
    talk.do(JO, "/action accept A1")
    done = talk.do(JO, "/action done A1 They hang")
    told(talk)

    assert "With it L1 is done: The waiting room is too cold. Not told yet: carers." in done
    assert talk.say(JO, "/yousaid check L1 yes").startswith("You said what came of it")
    assert talk.do(SAM, "/yousaid check L1 yes").startswith("L1 is checked")


def test_list_finds_a_word_of_a_source_too(talk: Conversation) -> None:
    talk.do(SAM, ADD)

    assert talk.do(SAM, "/yousaid list healthwatch").startswith("1 loop in all with “healthwatch”")


def test_part_without_its_name_is_asked_for(talk: Conversation) -> None:
    talk.do(SAM, ADD)

    assert talk.say(SAM, "/yousaid told L1 young people at the college").startswith(
        "What is “young people at the college”? Put the name of the part before it, such as to: or said:."
    )


def test_erased_words_nag_nobody(talk: Conversation) -> None:
    talk.do(SAM, ADD)
    talk.do(PRIYA, "/yousaid erase L1 yes")

    assert [seen.text for seen in talk.until("2020-06-17 10:00") if "to move on" in seen.text] == []
