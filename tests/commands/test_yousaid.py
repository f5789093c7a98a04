"""You said, we did: from what people said to whether they agree, through each outcome."""

import pytest

from storage.db import Database
from tests.commands.looping import ADD, COLD, JO, PRIYA, SAM, TOM, row, stands, step, told
from tests.conversation import Conversation, start


@pytest.fixture
def talk(db: Database) -> Conversation:
    """Monday 1 June 2020, ten o'clock."""
    return start(db, "2020-06-01 10:00")


@pytest.fixture
def asked(talk: Conversation) -> Conversation:
    """L1 is said by carers, and Jo is asked."""
    talk.do(SAM, ADD)
    talk.do(SAM, "/yousaid ask L1 Jo Bell by: friday")
    return talk


CLOSED = f"L1 is closed: carers know what came of it. {COLD}"
TELL = "/yousaid told L1 to: the group where: their June meeting on: today"
TOLD = f"Sam Okafor told people about L1, {COLD}:"


def test_loop_is_done_with_a_link_told_and_agreed(talk: Conversation) -> None:
    assert step(talk, SAM, ADD) == (
        f"L1 is logged: {COLD}",
        f"Sam Okafor logged L1, {COLD}: nobody is asked yet",
        "nobody is asked yet",
    )
    assert step(talk, SAM, "/yousaid ask L1 Jo Bell by: friday") == (
        f"L1: Jo Bell is asked, by Friday 5 June. {COLD}",
        f"Sam Okafor asked about L1, {COLD}: Jo Bell is asked, by Friday 5 June",
        "Jo Bell is asked, by Friday 5 June",
    )
    assert step(talk, JO, "/yousaid did L1 Two new heaters link: https://www.example.org/news") == (
        f"L1 is done: {COLD}",
        f"Jo Bell said what was done about L1, {COLD}: Two new heaters",
        "done; carers not told yet",
    )
    assert step(talk, SAM, TELL) == (CLOSED, f"{TOLD} done, and told", "done, and told")
    assert step(talk, SAM, "/yousaid check L1 yes It is warm") == (
        f"L1 is checked: those who said it agree. {COLD}",
        f"Sam Okafor checked L1, {COLD}: yes: It is warm",
        "done, and told; they agree",
    )


def test_day_in_the_words_proves_that_it_was_done(asked: Conversation) -> None:
    said = asked.do(JO, "/yousaid did L1 There are two new heaters on 28 May")

    assert row(said, "Done on") == "Thursday 28 May"
    assert row(said, "Next") == "carers not told yet"


def test_action_proves_that_it_was_done_as_long_as_it_is(asked: Conversation) -> None:
    asked.do(JO, "/action add Buy heaters")
    early = asked.say(JO, "/yousaid did L1 Two new heaters action: A1")
    asked.do(JO, "/action done A1")
    decided = step(asked, JO, "/yousaid did L1 Two new heaters action: A1")
    told(asked)
    asked.do(JO, "/action reopen A1")
    reopened = stands(asked)
    asked.do(JO, "/action done A1")

    assert early.startswith("A1 is open, so it proves nothing yet.\n\nTry: /action done A1")
    assert decided[::2] == (f"L1 is done: {COLD}", "done; carers not told yet")
    assert reopened == "Jo Bell is asked, by Friday 5 June"
    assert stands(asked) == "done, and told"


def test_part_is_done(asked: Conversation) -> None:
    assert step(asked, JO, "/yousaid partly L1 One of two doors closes now on: yesterday") == (
        f"L1 is partly done: {COLD}",
        f"Jo Bell said what was partly done about L1, {COLD}: One of two doors closes now",
        "partly done; carers not told yet",
    )
    assert step(asked, SAM, TELL) == (CLOSED, f"{TOLD} partly done, and told", "partly done, and told")


def test_promise_is_told_kept_and_told_anew(asked: Conversation) -> None:
    assert step(asked, JO, "/yousaid will L1 New heaters come by: end of June") == (
        f"L1 is promised: {COLD}",
        f"Jo Bell made a promise about L1, {COLD}: New heaters come",
        "promised by Tuesday 30 June; carers not told yet",
    )
    assert step(asked, SAM, TELL) == (
        f"L1 is promised, and they know it: {COLD}",
        f"{TOLD} promised by Tuesday 30 June; told",
        "promised by Tuesday 30 June; told",
    )
    asked.until("2020-07-01 10:00")
    assert stands(asked) == "promised by Tuesday 30 June (the day has passed); told"
    assert step(asked, JO, "/yousaid did L1 They are in on: yesterday")[2] == "done; carers not told yet"
    assert step(asked, SAM, TELL) == (CLOSED, f"{TOLD} done, and told", "done, and told")


def test_plan_is_a_promise_that_its_action_keeps(asked: Conversation) -> None:
    planned = step(asked, JO, "/yousaid plan L1 Buy heaters owner: Jo due: end of June")
    told(asked)
    promised = stands(asked)
    asked.do(JO, "/action done A1")
    done = stands(asked)
    told(asked)
    closed = stands(asked)
    asked.do(JO, "/action reopen A1")
    reopened = stands(asked)
    asked.do(JO, "/action drop A1 because there is no money")

    assert planned == (
        "L1 is promised, and A1 carries it out: Buy heaters",
        f"Jo Bell planned an action for L1, {COLD}: A1 Buy heaters",
        "promised by Tuesday 30 June; carers not told yet",
    )
    assert (promised, done) == ("promised by Tuesday 30 June; told", "done; carers not told yet")
    assert (closed, reopened) == ("done, and told", "promised by Tuesday 30 June; told")
    assert stands(asked) == "Jo Bell is asked, by Friday 5 June"


@pytest.mark.parametrize(
    ("line", "answer", "channel", "came"),
    [
        (
            "cannot L1 because the wall belongs to the station",
            f"L1 could not be done: {COLD}",
            f"Jo Bell said why not about L1, {COLD}: the wall belongs to the station",
            "could not be done",
        ),
        (
            "thanked L1 The ward has it on the board",
            f"L1 is answered with thanks: {COLD}",
            f"Jo Bell passed on thanks for L1, {COLD}: The ward has it on the board",
            "thanked",
        ),
        (
            "passed L1 to the ambulance service why: They own the room",
            f"L1 is passed on: {COLD}",
            f"Jo Bell passed on L1, {COLD}: passed on; carers not told yet",
            "passed on",
        ),
    ],
)
def test_other_answers_close_it_too(
    asked: Conversation, line: str, answer: str, channel: str, came: str
) -> None:
    decided = step(asked, JO, f"/yousaid {line}")
    closed = step(asked, SAM, TELL)

    assert decided == (answer, channel, f"{came}; carers not told yet")
    assert closed == (CLOSED, f"{TOLD} {came}, and told", f"{came}, and told")


def test_forum_is_awaited_and_then_its_decision_is(talk: Conversation) -> None:
    talk.do(SAM, ADD)

    awaiting = step(talk, SAM, "/yousaid awaiting L1 the engagement group on: 12 June")
    talk.until("2020-06-15 10:00")

    assert awaiting == (
        f"L1 awaits the engagement group on Friday 12 June: {COLD}",
        f"Sam Okafor set L1 to await a forum, {COLD}: awaiting the engagement group on Friday 12 June",
        "awaiting the engagement group on Friday 12 June",
    )
    assert stands(talk) == "the engagement group met on Friday 12 June: what was decided?"


def test_telling_only_the_public_does_not_close_it(asked: Conversation) -> None:
    asked.do(JO, "/yousaid cannot L1 because the wall is listed")
    public = step(
        asked, SAM, "/yousaid told L1 to: the public where: website on: today link: example.org/you-said"
    )

    assert public == (
        f"L1 is noted as told. Still to be told: carers. {COLD}",
        f"{TOLD} could not be done; carers not told yet",
        "could not be done; carers not told yet",
    )
    assert step(asked, SAM, TELL)[0] == f"L1 is closed: the public and carers know what came of it. {COLD}"


def test_what_no_group_is_known_of_closes_when_the_public_is_told(talk: Conversation) -> None:
    said = talk.do(SAM, f"/yousaid add {COLD} from: social media")
    talk.do(SAM, "/yousaid cannot L1 because the wall is listed")
    nobody = talk.say(SAM, TELL)
    decided = stands(talk)
    told(talk, to="the public")

    assert "Nobody is noted who said it, so it closes when the public is told." in said
    assert nobody.startswith("Nobody noted which group said it. Name it, or tell the public.")
    assert decided == "could not be done; the public not told yet"
    assert stands(talk) == "could not be done, and told"


def test_those_who_half_agree_leave_it_closed(asked: Conversation) -> None:
    asked.do(JO, "/yousaid did L1 Two heaters on: today")
    told(asked)

    assert step(asked, TOM, "/yousaid check L1 half") == (
        f"L1 stays closed: those who said it half agree. {COLD}",
        f"Tom Reed checked L1, {COLD}: half",
        "done, and told; they half agree",
    )


def test_those_who_do_not_agree_open_it_and_all_of_it_is_due_anew(asked: Conversation) -> None:
    asked.do(JO, "/yousaid did L1 Two heaters on: today")
    told(asked)
    assert step(asked, SAM, "/yousaid check L1 no They are off at weekends") == (
        f"L1 is open again: those who said it do not agree. {COLD}",
        f"Sam Okafor checked L1, {COLD}: no: They are off at weekends",
        "nobody is asked yet",
    )
    assert asked.say(SAM, TELL).startswith("Nobody can be told what came of L1 yet: nobody has been asked.")
    asked.do(SAM, "/yousaid ask L1 Jo")
    assert asked.say(SAM, TELL).startswith("Nobody can be told what came of L1 yet: nothing is decided.")
    asked.do(JO, "/yousaid did L1 They have timers on: today")
    assert stands(asked) == "done; carers not told yet"
    told(asked)
    assert stands(asked) == "done, and told"


def test_check_is_somebody_elses_and_after_telling(asked: Conversation) -> None:
    undecided = asked.say(SAM, "/yousaid check L1 yes")
    asked.do(JO, "/yousaid did L1 Two heaters on: today")
    untold = asked.say(SAM, "/yousaid check L1 yes")
    told(asked)

    assert undecided.startswith("Nothing is decided on L1 yet, so there is nothing to check.")
    assert untold.startswith("Those who said it have to be told before they can agree.")
    assert asked.say(JO, "/yousaid check L1 yes").startswith("You said what came of it, so somebody else")


def test_forms_do_all_of_it(talk: Conversation) -> None:
    talk.fill(SAM, "yousaid add", what=COLD, **{"from": "Healthwatch"}, group="carers", when="yesterday")
    talk.fill(SAM, "yousaid ask", loop="L1", whom=JO, by="friday")
    unproved = talk.fill(JO, "yousaid did", loop="L1", what="Two heaters")
    undecided = stands(talk)
    talk.fill(JO, "yousaid did", loop="L1", what="Two heaters", on="today")
    talk.fill(SAM, "yousaid told", loop="L1", to="the group", where="their meeting", on="today")
    talk.fill(PRIYA, "yousaid check", loop="L1", answer="yes", note="It is warm")

    assert "What shows that it was done? Give link: (a page), on: (the day)" in unproved
    assert undecided == "Jo Bell is asked, by Friday 5 June"
    assert stands(talk) == "done, and told; they agree"
