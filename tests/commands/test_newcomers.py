"""What newcomers stumbled over: who hears after a hand-over, whose actions are listed, what is advised."""

import re

import pytest

from storage.db import Database
from tests.commands.composer import typing
from tests.conversation import Conversation, buttons, start


@pytest.fixture
def talk(db: Database) -> Conversation:
    """A Monday, with a role that Jo holds."""
    talk = start(db, "2020-06-01 10:00")
    talk.do("Priya Shah", "/partner roles add Press Officer at: Council")
    talk.do("Priya Shah", "/partner roles hold Press Officer to: Jo Bell")
    return talk


def test_whoever_is_handed_an_action_is_reminded_although_it_was_snoozed(talk: Conversation) -> None:
    talk.do("Priya Shah", "/action add Print the map owner: Sam due: 4 June")
    talk.do("Sam Okafor", "/action snooze A1 until 10 June")
    talk.do("Priya Shah", "/action hand A1 to Tom")

    seen = talk.until("2020-06-04 10:00")

    assert "1 due today" in "".join(each.text for each in seen if each.place == "@Tom Reed")


def test_what_an_action_waits_for_stays_when_it_is_handed_over(talk: Conversation) -> None:
    talk.do("Priya Shah", "/action add Print the map owner: Sam due: 4 June")
    talk.do("Sam Okafor", "/action waiting A1 for the printer until 10 June")
    talk.do("Priya Shah", "/action hand A1 to Tom")

    assert "(waiting for the printer until Wednesday 10 June)" in talk.do("Tom Reed", "/action list")


def test_list_of_a_person_has_what_they_hold_by_a_role(talk: Conversation) -> None:
    talk.do("Priya Shah", "/action add Ring the papers owner: Press Officer due: 4 June")
    talk.do("Priya Shah", "/action add Print the map owner: Sam due: 4 June")

    assert "Ring the papers" in talk.do("Priya Shah", "/action list Jo")
    assert "Ring the papers" in talk.do("Priya Shah", "/action list owner: Jo Bell")
    assert "Print the map" not in talk.do("Priya Shah", "/action list Jo")


@pytest.mark.parametrize(
    ("which", "refs"),
    [
        ("June", ["A1", "A2", "A4"]),
        ("in June", ["A1", "A2", "A4"]),
        ("due this week", ["A1"]),
        ("mine due June", ["A2"]),
        ("Jo June", []),
        ("next month", ["A3"]),
        ("12 June", ["A2"]),
        ("August", ["A5"]),
        ("overdue", []),
        ("my overdue", []),
        ("owner: Sam due: June", ["A1", "A4"]),
        ("mine due: this week", []),
        ("all due: 12 June", ["A2"]),
        ("actions due: August", []),
        ("my actions", ["A2"]),
        ("Sam actions due: July", ["A3"]),
        ("actions", ["A1", "A2", "A3", "A4", "A5"]),
        ("late actions", []),
        ("actions for carers", []),
    ],
)
def test_list_may_be_of_days(talk: Conversation, which: str, refs: list[str]) -> None:
    talk.do("Priya Shah", "/action add Print the map owner: Sam due: 4 June")
    talk.do("Priya Shah", "/action add Ring the papers due: 12 June")
    talk.do("Priya Shah", "/action add Book a hall owner: Sam due: July")
    talk.do("Priya Shah", "/action add Write the report owner: Sam due: June")
    talk.do("Priya Shah", "/action add Plan the August fair owner: Sam")

    said = talk.do("Priya Shah", f"/action list {which}")

    assert sorted(re.findall(r"A\d", said)) == refs


def test_list_of_days_says_so(talk: Conversation) -> None:
    talk.do("Priya Shah", "/action add Print the map owner: Sam due: 4 June")

    assert talk.do("Priya Shah", "/action list due this week").startswith(
        "1 open action due or called “this week”"
    )
    assert talk.do("Priya Shah", "/action list July").startswith(
        "There are no open actions due or called “July”."
    )


def test_more_news_than_fits_tells_how_each_action_stands(talk: Conversation) -> None:
    talk.do("Priya Shah", "/action add Print the map owner: Jo due: end of June")
    talk.until("2020-06-02 10:00")
    for number in range(7):
        talk.do("Priya Shah", f"/action note A1 Thought {number}")
    talk.do("Priya Shah", "/action drop A1 because of the rain")
    talk.do("Priya Shah", "/action reopen A1")

    told = next(seen for seen in talk.until("2020-06-03 10:00") if seen.place == "@Jo Bell").text

    assert "9 pieces of news" in told
    assert told.count("Priya Shah") == 1
    assert "Priya Shah reopened A1" in told
    assert "And 8 more: /plan why" in told


@pytest.mark.parametrize(
    ("what", "said"),
    [("set waiting", "/action waiting A1 for the printer until 10 June"), ("noted", "/action note A1 Soon")],
)
def test_reason_of_news_reads_as_a_sentence(talk: Conversation, what: str, said: str) -> None:
    talk.do("Priya Shah", "/action add Print the map owner: Jo due: end of June")
    talk.until("2020-06-02 10:00")
    talk.do("Priya Shah", said)
    talk.until("2020-06-03 10:00")

    words = {"set waiting": "Priya Shah set it waiting", "noted": "Priya Shah noted it"}
    assert words[what] in talk.do("Jo Bell", "/plan why")


def test_only_who_may_answer_an_offer_is_shown_the_buttons_for_it(talk: Conversation) -> None:
    talk.do("Jo Bell", "/action add Lend us a van owner: Sam")

    talk.do("Jo Bell", "/action show A1")
    assert [b.label for b in buttons(talk.answer.messages[0])] == ["Done", "Edit", "Note", "Hand over"]
    talk.do("Sam Okafor", "/action show A1")
    assert [b.label for b in buttons(talk.answer.messages[0])] == ["Accept", "Decline", "Not ours"]


def test_whoever_writes_me_is_offered_themselves_first(talk: Conversation) -> None:
    talk.do("Priya Shah", "/partner organisations add Mere Ambulance Service")

    found = typing(talk, "/action add Print it owner: me")

    assert [each.label for each in found.suggestions[:2]] == ["Priya Shah", "Mere Ambulance Service"]


def test_that_another_organisation_is_asked_is_said_before_it_is_sent(talk: Conversation) -> None:
    asked = typing(talk, "/action add Lend us a van owner: Sam", "Jo Bell")
    both = typing(talk, "/action add Lend us a van owner: Tom and Sam", "Jo Bell")
    told = typing(talk, "/action add Lend us a van owner: Jo Bell", "Priya Shah")

    assert ("Who owns it; the first leads", "Sam Okafor (asked first)") in asked.understood
    assert (
        "Who owns it; the first leads",
        "Tom Reed, Sam Okafor (Sam Okafor asked first)",
    ) in both.understood
    assert told.understood == ()


def test_owner_that_is_nobody_is_shown_as_it_will_be(talk: Conversation) -> None:
    found = typing(talk, "/action add Print it owner: nobody due: 12 June")

    assert ("Who owns it; the first leads", "you") in found.understood


def test_advice_for_a_name_that_is_nearly_known_is_ones_own_line(talk: Conversation) -> None:
    said = talk.say("Jo Bell", "/action add Ring the Press Oficer owner: Press Oficer due: Friday")

    assert "Did you mean Press Officer?" in said
    assert "Try: /action add Ring the Press Oficer owner: Press Officer due: Friday" in said


@pytest.mark.parametrize(
    ("line", "advice"),
    [
        (
            "/action add Poster owner: Hospitls with: Sam, Hospitls",
            "Poster owner: Fellside Hospitals with: Sam, ",
        ),
        ("/partner people leave Hospitls", "/partner people leave "),
        ("/action list mine owner: Priya Shah opn", "/partner people"),
        ("/action hand A1 to Zbigniew please and thank you very much", "/partner people\n"),
        ("/action hand A1 to @Zbigniew.Nowak.", "/partner people\n"),
    ],
)
def test_advice_can_be_followed(talk: Conversation, line: str, advice: str) -> None:
    talk.do("Priya Shah", "/action add Print the map")

    said = talk.say("Priya Shah", line) + "\n"

    tried = said.partition("Try: ")[2].partition("\n")[0]
    assert advice in said
    assert "Nobody and nothing" not in talk.say("Priya Shah", tried)
    assert "is no person" not in talk.say("Priya Shah", tried)


def test_advice_for_a_name_nobody_has_is_a_person_where_one_may_add_them(talk: Conversation) -> None:
    assert "Try: /partner people add Zbigniew" in talk.say("Priya Shah", "/action add Sing owner: Zbigniew")
    assert "Try: /partner roles add Zbigniew" in talk.say("Jo Bell", "/action add Sing owner: Zbigniew")


def test_owner_without_a_colon_is_asked_back_by_name(talk: Conversation) -> None:
    said = talk.do("Priya Shah", "/action add Ring the radio station owner Jo Bell")

    assert "/action edit A1 owner: Jo Bell" in said


NO_31 = "31 February does not exist: February 2021 has 28 days. Try: 28 February"
NO_FEBUARY = "I cannot read ‘12 Febuary’ as a date. Did you mean 12 February?"


@pytest.mark.parametrize(
    ("words", "wrong", "instead"),
    [
        ("Photos by 31 February", NO_31, "Photos by 28 February"),
        ("Photos by 31 Febuary", NO_31, "Photos by 28 February"),
        ("Photos owner: Jo Bell by 31 Febuary", NO_31, "Photos owner: Jo Bell by 28 February"),
        ("Photos owner: Jo Bell by 12 Febuary", NO_FEBUARY, "Photos owner: Jo Bell by 12 February"),
        ("Photos due: 12 Febuary", NO_FEBUARY, "Photos due: 12 February"),
        (
            "Photos owner: Jo by the time it rains",
            "I cannot read ‘the time it rains’ as a date.",
            "Refresh the newsletter due: end of June",
        ),
    ],
)
def test_day_that_no_calendar_has_is_asked_back(
    talk: Conversation, words: str, wrong: str, instead: str
) -> None:
    said = talk.say("Priya Shah", f"/action add {words}")

    assert said.startswith(wrong)
    assert f"\nTry: /action add {instead}" in said
    assert talk.do("Priya Shah", "/action list").startswith("There are no open actions.")


@pytest.mark.parametrize("words", ["Stand by Morecambe", 'Print the sign "back by 31 February"'])
def test_words_that_are_no_date_stay_words(talk: Conversation, words: str) -> None:
    assert f"A1 is logged: {words}\n" in talk.do("Priya Shah", f"/action add {words}")


def test_hint_names_the_date_that_was_probably_meant(talk: Conversation) -> None:
    misspelt = talk.do("Priya Shah", "/action add Photos by 12 Febuary")
    no_such_day = talk.do("Priya Shah", "/action add Photos 31 February")

    assert f"{NO_FEBUARY} /action edit A1 due: 12 February" in misspelt
    assert f"{NO_31.removesuffix(' 28 February')} /action edit A2 due: 28 February" in no_such_day


@pytest.mark.parametrize(
    ("who", "line", "instead"),
    [
        (
            "Priya Shah",
            "/partner invite at: Westmore County Council",
            "/partner invite at: Westmere County Council",
        ),
        ("Priya Shah", "/partner invite at: Quay Trust", "/partner organisations add Quay Trust"),
        ("Priya Shah", "/partner channel #comms for: Quay Trust", "/partner organisations add Quay Trust"),
        ("Jo Bell", "/partner roles add Web Editor at: Quay Trust", "/partner organisations\n"),
    ],
)
def test_advice_for_an_organisation_that_nobody_knows_is_an_organisation(
    talk: Conversation, who: str, line: str, instead: str
) -> None:
    assert f"\nTry: {instead}" in talk.say(who, line)


@pytest.mark.parametrize("owner", ["Tom", "Web Editor"])
def test_part_timer_is_reminded_on_the_last_of_their_days_before_it_is_due(
    talk: Conversation, owner: str
) -> None:
    talk.do("Priya Shah", "/partner roles add Web Editor at: Council")
    talk.do("Priya Shah", "/partner roles hold Web Editor to: Tom")
    talk.do("Priya Shah", f"/action add Print the map owner: {owner} due: Friday 5 June")
    talk.until("2020-06-02 10:00")
    talk.do("Tom Reed", "/partner days Mon-Wed")

    seen = talk.until("2020-06-09 10:00")

    reminded = [each.day for each in seen if each.place == "@Tom Reed" and "Print the map" in each.text]
    assert reminded == ["3 Jun 2020", "8 Jun 2020"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Winter FAQ owner: Sam Okaffor", "Winter FAQ owner: Sam Okafor"),
        ("Winter FAQ owner: Tom Reed, Jo Bel by Friday", "Winter FAQ owner: Tom Reed, Jo Bell by Friday"),
        ("Winter FAQ by the 31st of June", "Winter FAQ by 30 June"),
        ("Winter FAQ by Feb 30th", "Winter FAQ by 28 February"),
        ("Winter FAQ by 31/6", "Winter FAQ by 30 June"),
        ("Winter FAQ due: 12 Jnue", "Winter FAQ due: 12 June"),
        ("Winter FAQ owner: @Sam by 31 June", "Winter FAQ owner: @Sam by 30 June"),
    ],
)
def test_line_with_a_slip_is_given_back_mended(talk: Conversation, typed: str, meant: str) -> None:
    said = talk.say("Priya Shah", f"/action add {typed}")

    assert f"Try: /action add {meant}\n" in said
    assert talk.do("Priya Shah", f"/action add {meant}").startswith("A1 is logged: Winter FAQ\n")


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("Poster for @Sam", "Poster for Sam Okafor"),
        ("Prepare it with @Sam by Friday", "Prepare it with Sam Okafor"),
        ("Print the poster @Sam", "Print the poster"),
        ("@Sam Print the poster", "Print the poster"),
    ],
)
def test_name_stays_in_a_title_that_would_end_in_the_air(talk: Conversation, typed: str, title: str) -> None:
    said = talk.do("Priya Shah", f"/action add {typed}")

    assert said.startswith(f"A1 is logged: {title}\n\nOwner: Sam Okafor\n")


@pytest.mark.parametrize("typed", ["done A1!", "/action done A1!!", "Done A1,", "done A1."])
def test_number_may_be_followed_by_what_ends_a_sentence(talk: Conversation, typed: str) -> None:
    talk.do("Priya Shah", "/action add Print the map")

    assert talk.do("Priya Shah", typed).startswith("A1 is done")


def test_help_says_of_a_part_first_that_it_is_optional(talk: Conversation) -> None:
    said = talk.do("Priya Shah", "/help action add")

    assert "- with: (optional) Who helps; they are not chased. Such as" in said
    assert "- What is to be done. Such as" in said
    assert "- (optional) Which change, if not your last. Or an action's number" in talk.do(
        "Priya Shah", "/help action undo"
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "Drop A4 leaflets at the surgery",
        "Drop 2 posters at reception",
        "Done 3 of these already",
        "Note 3 people cannot come on Friday",
        "Note A4 leaflets need reprinting",
        "Undo?",
        "fill in done A2",
    ],
)
def test_sentence_without_a_command_changes_nothing(talk: Conversation, sentence: str) -> None:
    for number in range(4):
        talk.do("Priya Shah", f"/action add Thing {number}")

    talk.say("Priya Shah", sentence)

    assert talk.answer.is_error
    assert "4 open actions" in talk.do("Priya Shah", "/action list")
