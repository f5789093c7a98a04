"""/action, as people use it: a line is typed, and this is what they are answered."""

import pytest

from storage.db import Database
from tests.conversation import Conversation, buttons, start


@pytest.fixture
def talk(sqlite: Database) -> Conversation:
    """Monday 1 June 2020, ten o'clock; nothing is in the plan."""
    return start(sqlite, "2020-06-01 10:00")


def test_add_shows_what_was_understood_with_edit_and_undo(talk: Conversation) -> None:
    said = talk.do("Sam Okafor", "/action add Refresh the newsletter owner: me, Priya due: end of June")

    assert said == (
        "A1 is logged: Refresh the newsletter\n\n"
        "Owner: Sam Okafor and Priya Shah\n"
        "When: Tuesday 30 June (you wrote “end of June”)\n\n"
        "[Edit] /action edit A1\n"
        f"[Undo] {buttons(talk.answer.messages[0])[1].line}"
    )


@pytest.mark.parametrize(
    ("typed", "title", "owner", "when"),
    [
        ("Print the poster by Friday", "Print the poster", "Sam Okafor", "Friday 5 June"),
        ("Print the poster due 12 June", "Print the poster", "Sam Okafor", "Friday 12 June"),
        ("Meet the press every month", "Meet the press", "Sam Okafor", "ongoing, reviewed every month"),
        ("@Tom Print it", "Print it", "Sam Okafor\nOn offer to: Tom Reed", "no date yet"),
        ("Print the poster @priya by Friday", "Print the poster", "Priya Shah", "Friday 5 June"),
        ("Ask @priya for the poster", "Ask Priya Shah for the poster", "Priya Shah", "no date yet"),
        ("Print it owner: Priya by end of June", "Print it", "Priya Shah", "Tuesday 30 June"),
        ("stand by Morecambe", "stand by Morecambe", "Sam Okafor", "no date yet"),
        ("Note: e-mail x@example.org", "Note: e-mail x@example.org", "Sam Okafor", "no date yet"),
        ("what: Print it due: 12/6", "Print it", "Sam Okafor", "Friday 12 June"),
        ("Print “it” — now due: noon Thursday", "Print “it” — now", "Sam Okafor", "Thursday 4 June at noon"),
    ],
)
def test_add_understands_natural_endings(
    talk: Conversation, typed: str, title: str, owner: str, when: str
) -> None:
    said = talk.do("Sam Okafor", f"/action add {typed}")

    assert f"A1 is logged: {title}\n" in said
    assert f"Owner: {owner}" in said
    assert when in said


def test_add_in_a_channel_is_told_there_too(talk: Conversation) -> None:
    talk.do("Sam Okafor", "/action add Refresh the newsletter by Friday", "#comms")

    assert [seen.text for seen in talk.to("#comms")] == [
        "Sam Okafor logged A1, Refresh the newsletter: Sam Okafor, Friday 5 June"
    ]


def test_add_with_nothing_opens_a_form_and_the_form_adds(talk: Conversation) -> None:
    form = talk.do("Sam Okafor", "/action add")
    said = talk.fill(
        "Sam Okafor", "action add", what="Print it\ntwice", owner="Priya", due="12 June", objective=""
    )

    assert form.startswith("Log an action\nWhat is to be done (needed):")
    assert "A1 is logged: Print it\ntwice" in said
    assert "When: Friday 12 June" in said


def test_form_with_a_mistake_comes_back_filled_with_the_error_at_its_field(talk: Conversation) -> None:
    said = talk.fill("Sam Okafor", "action add", what="Print it", due="31 June")

    assert "What is to be done (needed): Print it" in said
    assert "By when: 31 June" in said
    assert "Not yet: 31 June does not exist" in said
    assert talk.do("Sam Okafor", "/action list").startswith("There are no open actions.")


def test_the_same_request_twice_has_one_effect_and_one_answer(talk: Conversation) -> None:
    first = talk.say("Sam Okafor", "/action add Print it", key="K1")
    second = talk.say("Sam Okafor", "/action add Print it", key="K1")

    assert first == second
    assert talk.do("Sam Okafor", "/action list").startswith("1 open action\n")


def test_title_too_long_is_refused_with_what_to_do(talk: Conversation) -> None:
    said = talk.say("Sam Okafor", "/action add " + "x" * 40_000)

    assert said.startswith("That is 40,000 characters; an action's title may have 2,000.")
    assert "x" * 40_000 in said  # what was typed comes back


def test_edit_without_a_change_shows_the_form_as_it_stands(talk: Conversation) -> None:
    talk.do("Sam Okafor", "/action add Print it owner: Priya due: end of June")

    form = talk.do("Sam Okafor", "/action edit A1")

    assert "What is to be done: Print it" in form
    assert "Who owns it; the first leads: Priya Shah" in form
    assert "By when: 30 June 2020" in form


def test_edit_changes_the_date_and_the_owner(talk: Conversation) -> None:
    talk.do("Sam Okafor", "/action add Print it due: end of June")

    said = talk.do("Sam Okafor", "/action edit A1 due: Q1 owner: Priya")

    assert "Owner: Priya Shah" in said
    assert "When: April to June 2020" in said


def test_done_keeps_what_changed_and_reopen_takes_it_up_again(talk: Conversation) -> None:
    talk.do("Sam Okafor", "/action add Print it")

    done = talk.do("Sam Okafor", "/action done A1 It is on every noticeboard")
    again = talk.say("Sam Okafor", "/action done A1")
    reopened = talk.do("Sam Okafor", "/action reopen 1")

    assert "> It is on every noticeboard" in done
    assert again.startswith("A1 is done already.\n\nTry: /action reopen A1")
    assert reopened.startswith("A1 is open again: Print it")


def test_co_owners_part_is_done_and_the_lead_settles(talk: Conversation) -> None:
    talk.do("Priya Shah", "/action add Agree the message owner: Priya, Sam due: 12 June")

    part = talk.do("Sam Okafor", "/action done A1")
    shown = talk.do("Sam Okafor", "/action show A1")
    settled = talk.do("Priya Shah", "/action done A1")

    assert "Priya Shah leads this action and settles it" in part
    assert "Owner: Priya Shah and Sam Okafor, whose part is done" in shown
    assert settled.startswith("A1 is done")


def test_others_may_add_a_note_but_not_settle(talk: Conversation) -> None:
    talk.do("Sam Okafor", "/action add Print it")

    refused = talk.say("Jo Bell", "/action done A1")
    noted = talk.do("Jo Bell", "/action note A1 We have paper left")

    assert refused.startswith("A1 belongs to Sam Okafor: they, their organisation or a coordinator")
    assert "> We have paper left" in noted
    assert "Jo Bell added a note to A1: We have paper left" in talk.do("Sam Okafor", "/action show A1")


def test_drop_wants_a_reason(talk: Conversation) -> None:
    talk.do("Sam Okafor", "/action add Print it")

    form = talk.do("Sam Okafor", "/action drop A1")
    missing = talk.say("Sam Okafor", "/action waiting A1 until 5 June")
    dropped = talk.do("Sam Okafor", "/action drop A1 because the event was cancelled")

    assert form.startswith("Take an action off the plan, with the reason\nWhich action (needed): A1\n")
    assert missing.startswith("What is missing: for whom or what.\n\nTry: /action waiting A1 for")
    assert "> the event was cancelled" in dropped


@pytest.mark.parametrize("verb", ["snooze", "waiting", "hand", "note", "drop"])
def test_verb_with_its_number_alone_opens_its_form(talk: Conversation, verb: str) -> None:
    talk.do("Sam Okafor", "/action add Print it")

    assert "Which action (needed): A1\n" in talk.do("Sam Okafor", f"/action {verb} A1")
    assert "There is no A9" in talk.say("Sam Okafor", f"/action {verb} A9")


def test_snooze_keeps_quiet_and_the_third_goes_on_the_agenda(talk: Conversation) -> None:
    talk.do("Sam Okafor", "/action add Print it due: 3 June")
    talk.do("Sam Okafor", "/action snooze A1 until 5 June")
    quiet = talk.until("2020-06-04 10:00")
    spoken = talk.until("2020-06-05 10:00")
    talk.do("Sam Okafor", "/action snooze A1 8 June")
    third = talk.do("Sam Okafor", "/action snooze A1 9 June")

    assert quiet == []
    assert [(seen.day, seen.place) for seen in spoken] == [("5 Jun 2020", "@Sam Okafor")]
    assert "It has been snoozed 3 times, so it goes on the next agenda too." in third
    assert "A1" in talk.do("Sam Okafor", "/action list agenda")


def test_waiting_for_someone_keeps_quiet_till_then(talk: Conversation) -> None:
    talk.do("Sam Okafor", "/action add Print it due: 3 June")

    said = talk.do("Sam Okafor", "/action waiting A1 for the printer until 12 June")
    quiet = talk.until("2020-06-11 10:00")
    spoken = talk.until("2020-06-12 10:00")

    assert said.startswith("A1 waits for the printer and keeps quiet until Friday 12 June")
    assert quiet == []
    assert [seen.day for seen in spoken] == ["12 Jun 2020"]
    assert "because it kept quiet until then" in talk.do("Sam Okafor", "/plan why")


def test_undo_takes_back_each_change_and_can_be_undone(talk: Conversation) -> None:
    talk.do("Sam Okafor", "/action add Print it due: 12 June")
    talk.do("Sam Okafor", "/action edit A1 due: 30 June owner: Priya")

    talk.do("Sam Okafor", "/action undo")
    back = talk.do("Sam Okafor", "/action show A1")
    gone = talk.do("Sam Okafor", "/action undo")

    assert "Owner: Sam Okafor" in back
    assert "When: Friday 12 June" in back
    assert gone.startswith("Taken back: A1 is no longer in the plan.")
    missing = talk.say("Sam Okafor", "/action show A1")
    assert missing.startswith("There is no A1 in this plan any more: it was taken back. To bring it back:")
    assert talk.do("Sam Okafor", missing.splitlines()[2].removeprefix("Try: ")).startswith("Brought back: A1")


def test_undo_of_what_has_changed_since_is_refused(talk: Conversation) -> None:
    talk.do("Sam Okafor", "/action add Print it due: 12 June")
    talk.do("Sam Okafor", "/action edit A1 due: 30 June")
    event = buttons(talk.answer.messages[0])[-1].line
    talk.do("Priya Shah", "/action edit A1 due: 31 July")

    said = talk.say("Sam Okafor", event)

    assert said.startswith("A1 has been changed since")


def test_list_filters(talk: Conversation) -> None:
    for line in (
        "Late one due: 2 June",
        "Due one due: 30 June",
        "Rolling one due: ongoing",
        "Open-ended one",
    ):
        talk.do("Sam Okafor", f"/action add {line}")
    talk.do("Priya Shah", "/action add Hers owner: Jo Bell")
    talk.do("Priya Shah", "/action add Finished")
    talk.do("Priya Shah", "/action done A6")
    talk.until("2020-06-03 08:00")

    def listed(which: str) -> list[str]:
        lines = talk.do("Sam Okafor", f"/action list {which}").splitlines()
        return [line.split()[1] for line in lines if line.startswith("- ")]

    assert listed("") == ["A1", "A2", "A4", "A5", "A3"]
    assert listed("mine") == ["A1", "A2", "A4", "A3"]
    assert listed("late") == ["A1"]
    assert listed("due") == ["A1", "A2"]
    assert listed("ongoing") == ["A3"]
    assert listed("undated") == ["A4", "A5"]
    assert listed("done") == ["A6"]
    assert listed("all") == ["A1", "A2", "A4", "A5", "A6", "A3"]
    assert listed("open owner: Jo Bell") == ["A5"]
    assert listed("open organisation: Council") == ["A5"]


def test_long_list_comes_in_pages(talk: Conversation) -> None:
    for number in range(23):
        talk.do("Sam Okafor", f"/action add Number {number}")

    first = talk.do("Sam Okafor", "/action list mine")
    last = talk.do("Sam Okafor", "/action list mine page: 2")

    assert "page 1 of 2" in first
    assert "Next page: /action list mine page: 2" in first
    assert [line for line in last.splitlines() if line.startswith("- ")] == [
        f"- A{n + 1} Number {n}: Sam Okafor, no date yet" for n in (20, 21, 22)
    ]


def test_review_form_answers_each_and_the_rest_stays_unchanged(talk: Conversation) -> None:
    for title in ("Stories", "Briefs", "Papers"):
        talk.do("Sam Okafor", f"/action add {title} due: ongoing")
    asked = talk.until("2020-06-16 10:00")
    form = talk.click("Sam Okafor", asked[-1], "Review")
    wrong = talk.fill(
        "Sam Okafor", "action review all", **{"review.A1.state": "changed", "review.A2.state": "paused"}
    )
    right = talk.fill(
        "Sam Okafor",
        "action review all",
        **{"review.A1.state": "changed", "review.A1.line": "Now weekly", "review.A2.state": "paused"},
    )
    rest = talk.do("Sam Okafor", "/action review rest")

    assert "Time to review 3 ongoing actions" in asked[-1].text
    assert "A1 Stories" in form
    assert "Not yet: What changed? One line is enough." in wrong
    assert "- A1 Stories: changed: Now weekly" in right
    assert "reviewed 1 ongoing action: nothing changed" in rest
    assert talk.say("Sam Okafor", "/action review rest").startswith("No review is waiting for you.")
    assert "reviewed" not in talk.do("Sam Okafor", "/me")


def test_ongoing_action_unchanged_twice_goes_on_the_agenda(talk: Conversation) -> None:
    talk.do("Sam Okafor", "/action add Stories due: ongoing")
    for day in ("2020-06-16 10:00", "2020-09-16 10:00"):
        before = talk.do("Sam Okafor", "/action list agenda")
        talk.until(day)
        talk.do("Sam Okafor", "/action review rest")

    assert before.startswith("There are no actions for the next agenda")
    assert "A1" in talk.do("Sam Okafor", "/action list agenda")


def test_me_shows_all_that_waits(talk: Conversation) -> None:
    talk.do("Sam Okafor", "/action add Late one due: 2 June")
    talk.do("Sam Okafor", "/action add Soon one due: 10 June")
    talk.do("Sam Okafor", "/action add Rolling one due: ongoing")
    talk.do("Jo Bell", "/action add Lend a hand owner: Sam Okafor")
    talk.until("2020-06-16 10:00")

    said = talk.do("Sam Okafor", "/me")

    assert said.startswith("Sam Okafor: 3 actions, 1 offer to answer, 1 review of ongoing work")
    assert "Late\n\n- A1 Late one" in said
    assert "Jo Bell asks Sam Okafor to take A4 Lend a hand" in said
    assert talk.do("Tom Reed", "/me").startswith("Nothing waits on you, Tom Reed.")


def test_umbrella_mention_and_bare_words_are_the_same_command(talk: Conversation) -> None:
    for line in ("/comms action add One", "@commsbot action add Two", "action add Three", "/ACTION ADD Four"):
        talk.do("Sam Okafor", line)

    assert talk.do("Sam Okafor", "/action list").startswith("4 open actions")


@pytest.mark.parametrize(
    "text",
    [
        "🎉🎉",
        "مرحبا بالعالم",
        "“curly” ‘quotes’ — dash",
        "<!channel> <@U1> @channel",
        "[x](http://example.org) **b**",
        "{{ 7*7 }} {% raw %} </action done A1>",
        "| a | b |\\n# h",
    ],
)
def test_any_text_is_stored_and_shown_back_exactly(talk: Conversation, text: str) -> None:
    said = talk.do("Sam Okafor", f"/action add {text}", "#comms")
    talk.do("Sam Okafor", f"/action note A1 {text}")

    assert f"A1 is logged: {text}\n" in said
    assert f"A1 {text}\n" in talk.do("Sam Okafor", "/action show A1")
    assert talk.to("#comms")[0].text == f"Sam Okafor logged A1, {text}: Sam Okafor, no date yet"


def test_control_characters_are_left_out(talk: Conversation) -> None:
    assert "A1 is logged: ab\n" in talk.do("Sam Okafor", "/action add a\x00\x1bb")


def test_undated_action_snoozed_speaks_on_the_day_asked_for(talk: Conversation) -> None:
    talk.do("Sam Okafor", "/action add Find a date for the training")
    talk.do("Sam Okafor", "/action snooze A1 until 12 June")

    seen = talk.until("2020-06-30 10:00")

    assert [s.day for s in seen] == ["12 Jun 2020"]
    assert "You asked to hear of it again today; no date yet" in seen[0].text


def test_new_date_takes_an_action_off_the_agenda(talk: Conversation) -> None:
    talk.do("Sam Okafor", "/action add Print it due: 12 June")
    for day in ("3 June", "4 June", "5 June"):
        talk.do("Sam Okafor", f"/action snooze A1 {day}")
    before = talk.do("Sam Okafor", "/action list agenda")
    talk.do("Sam Okafor", "/action edit A1 due: 30 June")

    assert "A1" in before
    assert "A1" not in talk.do("Sam Okafor", "/action list agenda")


def test_who_has_left_is_told_nothing(talk: Conversation) -> None:
    talk.do("Jo Bell", "/action add Print it due: 30 June")
    talk.do("Priya Shah", "/partner people leave Jo Bell")
    talk.do("Priya Shah", "/action note A1 Who takes this?")

    assert talk.until("2020-06-03 10:00")[0].place == "#council"
    assert talk.to("@Jo Bell") == []
