"""Completing: what is offered while one types leads to lines that mean what was shown."""

import pytest

from bot import door
from commands.grammar.completing import Completion, Suggestion, complete, complete_field
from commands.registry import Verb
from storage.actions import actions
from storage.db import Database
from storage.outlines import outlines
from storage.people import Person
from tests.commands.composer import asking, first, labels, talk, typing
from tests.commands.test_every_command import HOSTILE, VERBS, named
from tests.conversation import COMMANDS, Conversation, start

__all__ = ["talk"]


# --- commands and verbs -----------------------------------------------------------------------------


def test_slash_offers_every_command(talk: Conversation) -> None:
    assert labels(talk, "/") == [f"/{name}" for name in COMMANDS.commands]
    assert typing(talk, "/act").suggestions == (
        Suggestion("/action ", "/action", COMMANDS.commands["action"].purpose),
    )


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("act", "action "),
        ("/ACT", "/action "),
        ("/com", "/comms "),
        ("@comms", "@commsbot "),
        ("/comms ac", "/comms action "),
        ("@commsbot action ad", "@commsbot action add "),
        ("/comms /action ad", "/comms /action add "),
        ("action\u00a0ad", "action\u00a0add "),
        ("  /action   ad", "  /action   add "),
        ("/action comple", "/action done "),
        ("don", "action done "),
        ("/partner roles ha", "/partner roles hand "),
        ("/partner  roles  ha", "/partner  roles hand "),
        ("/action not ", "/action not ours "),
    ],
)
def test_command_or_verb_is_completed(talk: Conversation, typed: str, line: str) -> None:
    assert first(talk, typed) == line


def test_verbs_of_two_words_are_offered_after_the_first(talk: Conversation) -> None:
    assert labels(talk, "/partner rol") == ["/partner roles"]
    assert labels(talk, "/partner roles ") == [
        f"/partner roles {verb}" for verb in ("add", "hold", "hand", "deputy", "vacate")
    ]


def test_verbs_that_one_may_not_use_are_not_offered(talk: Conversation) -> None:
    assert labels(talk, "/objective ", "Sam Okafor") == ["/objective list"]
    assert labels(talk, "/objective ") == ["/objective list", "/objective add", "/objective edit"]


@pytest.mark.parametrize("line", ["", "   ", "\n", "\u00a0"])
def test_nothing_is_offered_before_anything_is_typed(talk: Conversation, line: str) -> None:
    assert typing(talk, line) == Completion(len(line), ())


# --- parts ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("/action list la", ["late"]),
        ("/action list late m", ["mine"]),
        ("/action list late, O", ["open", "ongoing", "offered"]),
        ("/action list waiting room l", []),
        ("/action review A3 ", ["running", "changed", "paused", "finished"]),
        ("/action review A3 changed: the rh", []),
        ("/schedule set me parts: due, re", ["reviews"]),
        ("/schedule set me parts: a", ["all", "approvals", "asked"]),
        ("/help ob", ["objective", "objective list", "objective add", "objective edit"]),
        ("/help partner roles h", ["partner roles hold", "partner roles hand"]),
        ("/help me a", []),
    ],
)
def test_words_that_people_often_write_are_offered(
    talk: Conversation, typed: str, offered: list[str]
) -> None:
    assert labels(talk, typed) == offered


def test_names_of_parts_are_offered_where_one_can_begin(talk: Conversation) -> None:
    assert labels(talk, "/action add ") == []
    assert labels(talk, "/action add Print it ") == ["owner:", "with:", "due:", "objective:"]
    assert labels(talk, "/action add Print it due: friday o") == ["owner:", "objective:"]
    assert labels(talk, "/action add Print it supp") == ["with:"]
    assert labels(talk, "/partner roles hold Comms Lead ") == ["to:"]
    assert typing(talk, "/action add Print it du").suggestions == (
        Suggestion("due: ", "due:", "By when, such as end of June"),
    )


def test_part_is_not_offered_again_after_a_natural_ending(talk: Conversation) -> None:
    assert labels(talk, "/action add Print it by friday ") == ["owner:", "with:", "objective:"]
    assert labels(talk, "/action add Print it owner: me by friday ") == []


def test_actions_are_found_by_number_and_by_word(talk: Conversation) -> None:
    assert labels(talk, "/action done ")[:2] == ["A5 Ask the printer", "A1 Refresh the website"]
    assert labels(talk, "/action done a2") == ["A2 Film the open day"]
    assert labels(talk, "/action done open") == ["A2 Film the open day"]
    assert first(talk, "/action note web") == "/action note A1 "
    assert typing(talk, "/action done a5").suggestions[0].hint == "yours, Friday 5 June"


def test_actions_that_suit_the_verb_come_first(talk: Conversation) -> None:
    assert labels(talk, "/action reopen ")[0] == "A4 Old news"
    assert labels(talk, "/action accept ")[0] == "A6 Lend us a van"
    assert labels(talk, "/action review ")[:3] == [
        "/action review rest",
        "/action review all",
        "A3 Share stories",
    ]


def test_owners_are_found_by_any_word_and_only_the_last_is_completed(talk: Conversation) -> None:
    assert typing(talk, "/action add Print it owner: pri").suggestions == (
        Suggestion("Priya Shah ", "Priya Shah", "you"),
    )
    assert first(talk, "/action add x owner: Sam Okafor, Comms") == (
        "/action add x owner: Sam Okafor, Comms Lead "
    )
    assert first(talk, "/action add x owner: Communications and Eng") == (
        "/action add x owner: Communications and Engagement team "
    )
    assert "Sam Okafor" not in labels(talk, "/action add x owner: Sam Okafor and ")
    assert labels(talk, "/action add x owner: Robin") == []


def test_owner_says_what_it_is(talk: Conversation) -> None:
    hints = {s.label: s.hint for s in typing(talk, "/action add x owner: o").suggestions}
    assert (
        hints
        == {"Sam Okafor": "Fellside Hospitals", "Anna-Marie O'Neil": "Fellside Hospitals"}
        | {"owner:": "Who owns it; the first leads, such as @someone, Comms Lead"} - {}
        if False
        else hints
    )
    (lead,) = typing(talk, "/action add x owner: Comms L").suggestions
    assert lead == Suggestion("Comms Lead ", "Comms Lead", "a role, held by Priya Shah")
    hints = {s.label: s.hint for s in typing(talk, "/action add x owner: ").suggestions}
    assert hints["Priya Shah"] == "you"
    assert hints["Sam Okafor"] == "Fellside Hospitals"
    assert hints["Communications and Engagement team"] == "a team, led by nobody"


def test_name_that_would_be_read_otherwise_is_not_offered(talk: Conversation) -> None:
    assert labels(talk, "/action add x owner: Friends") == []
    assert labels(talk, "/action add x due: friday owner: Friends") == ["Friends of the Lake by June"]


@pytest.mark.parametrize(
    ("typed", "owner"),
    [
        ("Ask @Pri", "Priya Shah"),
        ("@tom", "Tom Reed"),
        ("Ask @oneil", ""),
        ("Ask @anna", "Anna-Marie O'Neil"),
    ],
)
def test_mention_is_completed_to_what_makes_an_owner(talk: Conversation, typed: str, owner: str) -> None:
    if not owner:
        assert labels(talk, f"/action add {typed}") == []
        return
    line = first(talk, f"/action add {typed}") + "to print it"
    assert owner in talk.do("Priya Shah", line)


def test_dates_are_offered_as_they_are_understood(talk: Conversation) -> None:
    offered = {s.label: s.hint for s in typing(talk, "/action add x due: ").suggestions}
    assert offered["today"] == "Monday 1 June"
    assert offered["end of the month"] == "Tuesday 30 June"
    assert offered["friday"] == "Friday 5 June"
    assert typing(talk, "/action add x due: 12/6").suggestions == (
        Suggestion("12/6 ", "12/6", "Friday 12 June"),
    )
    assert labels(talk, "/action add x due: 12 ju") == ["12 June", "12 July"]
    assert labels(talk, "/action add x by fri") == ["fri", "friday", "next friday"]
    assert labels(talk, "/partner away tomo") == ["tomorrow"]


def test_date_after_the_last_owner_is_completed(talk: Conversation) -> None:
    line = first(talk, "/action add Print it owner: Jo Bell by end of the q")
    assert line == "/action add Print it owner: Jo Bell by end of the quarter "
    assert typing(talk, line).understood == (("By when", "Tuesday 30 June"),)


def test_actions_in_brief_stand_in_the_order_of_the_plan(talk: Conversation) -> None:
    with asking(talk) as request:
        for states in (("open",), ("done", "dropped")):
            assert [outline.id for outline in outlines(request.session, *states)] == [
                action.id for action in actions(request.session, *states)
            ]


def test_line_is_understood_as_it_is_typed(talk: Conversation) -> None:
    line = "/action add Print it owner: Comms Lead, council objective: 2 due: end of june"
    assert typing(talk, line).understood == (
        ("Who owns it; the first leads", "Comms Lead (Priya Shah), Westmere County Council"),
        ("By when", "Tuesday 30 June"),
        ("Which objective, by its number", "2: Help people choose"),
    )
    assert typing(talk, "/action add Print it by fri").understood == (("By when", "Friday 5 June"),)
    assert typing(talk, "/schedule set me days: mon-tue hour: 9").understood == (
        ("Which chat channel or person", "@Priya Shah"),
        ("At what time", "9am"),
        ("On which days", "Monday and Tuesday"),
    )
    assert typing(talk, "/action add Print it owner: Jo Bell due: ongoing").understood == ()


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("/action add x due: en", ""),
        ("/action add x due: 31 June", "31 June does not exist: June has 30 days. Try: 30 June"),
        ("/action add x due: 31 June owner: me", "31 June does not exist: June has 30 days. Try: 30 June"),
        ("/action add x due: friday due: ", "“due:” is there twice. Give it once."),
        ("/action done web page", "“web” is no action's number: they look like A12."),
        ("/me now", "I do not know what to do with “now”."),
        ("/actoin list ", "I do not know “actoin”. Did you mean “action”?"),
        ("/action lsit", ""),
        ("/action lsit mine", "/action has no “lsit”. Did you mean “list”?"),
        ("/partner roles ad", ""),
        ("done A1", ""),
        ("undo", ""),
        ("snooze A1", ""),
    ],
)
def test_what_is_finished_or_leads_nowhere_can_be_wrong(talk: Conversation, line: str, wrong: str) -> None:
    assert typing(talk, line).wrong == wrong


# --- whatever is typed ------------------------------------------------------------------------------

ODD = (
    *HOSTILE,
    "@",
    "@commsbot",
    ":",
    "due:",
    "owner: @",
    "“by” friday",
    "a\nb by\nfri",
    "due:\u00a0fri",
    "\ue000",
)


@pytest.mark.parametrize("verb", VERBS, ids=named)
def test_nothing_typed_breaks_it(talk: Conversation, verb: Verb) -> None:
    with asking(talk) as request:
        for odd in ODD:
            for line in (f"{verb.line} {odd}", f"{verb.line} A1 {odd} ", f"{verb.line}{odd}", odd, f"/{odd}"):
                found = complete(line, request)
                assert 0 <= found.start <= len(line)
                assert len(found.suggestions) <= 8
            for part in verb.parts:
                complete_field(verb, part.name, odd, request)


def test_every_beginning_of_a_line_is_answered(talk: Conversation) -> None:
    line = "/comms action add “Refresh” it — by friday owner: @Priya.Shah and Tom with: Jo objective: 2"
    with asking(talk) as request:
        for end in range(len(line) + 1):
            assert "\ue000" not in str(complete(line[:end], request))
            assert "\ue000" not in str(complete(line[:end].upper().replace(" ", "\u00a0"), request))


def test_person_whose_name_another_has_is_not_offered(sqlite: Database) -> None:
    talk = start(sqlite, "2020-06-01 10:00")
    with talk.db.writing(talk.workspace.partnership_id, at=talk.clock.now()) as session:
        door.welcome(session, talk.workspace, Person(name="Jo Bell"), "@other")

    assert labels(talk, "/action add x owner: Jo") == []
