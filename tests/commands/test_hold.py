"""/hold: times in which nothing may go out, who may set and lift them, and what goes out all the same."""

import pytest

from storage.db import Database
from storage.events import history
from tests.conversation import Conversation, start

PRIYA, SAM, JO, TOM = "Priya Shah", "Sam Okafor", "Jo Bell", "Tom Reed"
CALL = "/hold incident Major incident at the infirmary"
ELECTION = "/hold add election from 1 April to 7 May"


@pytest.fixture
def talk(db: Database) -> Conversation:
    """Monday 16 March 2020, ten o'clock."""
    return start(db, "2020-03-16 10:00")


def told(talk: Conversation, who: str, line: str, channel: str = "") -> list[tuple[str, str]]:
    """Where others are told of what somebody did, and its first line."""
    before = len(talk.seen)
    talk.do(who, line, channel)
    return [(seen.place, seen.text.splitlines()[0]) for seen in talk.seen[before:]]


# --- setting ----------------------------------------------------------------------------------------


def test_hold_is_set_for_some_days_and_said_in_the_channel(talk: Conversation) -> None:
    said = talk.do(PRIYA, f"{ELECTION} why: The council elections", channel="#comms")

    assert said == (
        "H1 is set: election hold for everybody, 1 April to 7 May.\n\n"
        "> The council elections\n\n"
        "To take it back: /hold lift H1"
    )
    assert [(seen.place, seen.text) for seen in talk.seen] == [
        (
            "#comms",
            "Priya Shah: H1 is set: election hold for everybody, 1 April to 7 May.\n\n"
            "> The council elections",
        )
    ]


def test_hold_may_have_no_end_yet(talk: Conversation) -> None:
    assert talk.do(PRIYA, "/hold add mourning").startswith(
        "H1 is set: mourning hold for everybody, from Monday 16 March until it is lifted."
    )
    assert talk.do(PRIYA, "/hold add embargo until: friday").startswith(
        "H2 is set: embargo for everybody, 16 to 20 March."
    )


def test_hold_is_set_in_a_form(talk: Conversation) -> None:
    said = talk.fill(
        PRIYA,
        "hold add",
        kind="mourning",
        days="17 to 27 March",
        until="",
        at="Westmere County Council",
        why="",
    )

    assert said.startswith("H1 is set: mourning hold for Westmere County Council, 17 to 27 March.")


def test_holds_may_overlap(talk: Conversation) -> None:
    talk.do(PRIYA, ELECTION)
    talk.do(PRIYA, ELECTION)
    talk.do(JO, "/hold add embargo from 6 April to 8 April at: Council")

    assert talk.do(SAM, "/hold list") == (
        "To come\n\n"
        "- H1 election hold for everybody, 1 April to 7 May, set by Priya Shah\n"
        "- H2 election hold for everybody, 1 April to 7 May, set by Priya Shah\n"
        "- H3 embargo for Westmere County Council, 6 to 8 April, set by Jo Bell\n\n"
        "Lift one: /hold lift H1"
    )


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("/hold add election from 1 April 2019 to 7 May 2019", "That is over already."),
        ("/hold add embargo until: yesterday", "That is over already."),
        (f"{CALL} until: yesterday", "That is over already."),
        (
            "/hold add election from 7 May 2020 to 1 April 2020",
            "That ends before it begins. Try: 1 April 2020 to 7 May 2020",
        ),
        ("/hold add election from 1 April", "Say when it ends. Try: 1 to 8 April 2020"),
        (f"{ELECTION} until: 8 May", "The last day is there twice. Give it once."),
        ("/hold add party", "“party” is none of election, embargo, mourning, incident."),
        ("/hold add incident from tomorrow to friday", "An incident begins at once."),
        ("/hold add incident at: Council", "What is missing: what has happened."),
        ("/hold lift H1", "There is no hold “H1”."),
        ("/hold lift the boxes", "There is no hold “the”."),
        ("/hold show H99", "There is no hold “H99”."),
    ],
)
def test_what_is_wrong_is_said_with_a_way_out(talk: Conversation, line: str, answer: str) -> None:
    said = talk.say(PRIYA, line)

    assert said.startswith(answer.partition(" Try: ")[0])
    assert "Try: /hold " in said
    assert talk.do(PRIYA, "/hold list").startswith("Nothing is held.")


def test_member_holds_what_is_their_own_organisations(talk: Conversation) -> None:
    talk.do(JO, "/hold add embargo until: friday at: Council")

    assert talk.say(JO, ELECTION).startswith(
        "A hold for everybody is for a coordinator to set. For your own organisation:\n\n"
        "Try: /hold add election from 1 April to 7 May at: Council"
    )
    assert talk.say(JO, f"{ELECTION} at: Hospitals").startswith(
        "A hold there is for its own people or a coordinator to set."
    )
    talk.do(PRIYA, f"{ELECTION} at: Council")


# --- incidents --------------------------------------------------------------------------------------


def test_incident_is_called_by_anybody_and_told_to_all_at_once(talk: Conversation) -> None:
    first = "Jo Bell has called an incident: Major incident at the infirmary"

    found = told(talk, JO, CALL, channel="#comms")

    assert found == [(place, first) for place in ("#comms", "#hospitals", "#council", "@Priya Shah")]
    assert talk.seen[-1].text == (
        f"{first}\n\n"
        "> Nothing is said on schedule until it is lifted. Answers still come.\n\n"
        "When it is over, Jo Bell or a coordinator lifts it: /hold lift H1"
    )


def test_channel_that_it_is_called_in_is_told_once(talk: Conversation) -> None:
    assert [place for place, _ in told(talk, PRIYA, CALL, channel="#council")] == ["#council", "#hospitals"]


def test_incident_at_one_organisation_is_told_there(talk: Conversation) -> None:
    found = told(talk, TOM, f"{CALL} at: Hospitals until: 18 March")

    assert [place for place, _ in found] == ["#hospitals", "@Priya Shah"]
    assert "Nothing is said on schedule at Fellside Hospitals until Wednesday 18 March." in talk.seen[-1].text


def test_incident_can_be_added_like_any_hold(talk: Conversation) -> None:
    assert talk.do(JO, "/hold add incident why: The river is rising").startswith(
        "Jo Bell has called an incident: The river is rising"
    )


def test_sentence_that_begins_with_incident_calls_none(talk: Conversation) -> None:
    said = talk.say(JO, "Incident report for the board")

    assert "Try: /hold incident report for the board" in said
    assert talk.do(JO, "/hold list").startswith("Nothing is held.")


@pytest.mark.parametrize("line", ["/schedule coming", "/schedule list"])
def test_schedule_says_that_it_is_silent(talk: Conversation, line: str) -> None:
    talk.do(JO, CALL)

    assert talk.do(SAM, line).startswith(
        "Silent: incident H1, called by Jo Bell, since Monday 16 March at 10am, until it is lifted. "
        "Major incident at the infirmary\n\n"
    )


def test_schedule_shows_the_first_day_after_an_incident_that_has_a_last_one(talk: Conversation) -> None:
    talk.do(JO, f"{CALL} at: Council until: 18 March")

    said = talk.do(TOM, "/schedule list")

    assert said.startswith("Silent at Westmere County Council: incident H1, called by Jo Bell")
    assert "- @Tom Reed: at 09:00 on working days, about everything; next on Thursday 19 March at 9am" in said


# --- lifting ----------------------------------------------------------------------------------------


def test_hold_is_lifted_and_set_again(talk: Conversation) -> None:
    talk.do(PRIYA, f"{ELECTION} at: Council")

    said = talk.do(TOM, "/hold lift H1 because the election was put off", channel="#council")

    assert said == (
        "Tom Reed has lifted H1, the election hold for Westmere County Council.\n\n"
        "> the election was put off\n\n"
        "To take it back: /hold add election from 1 April 2020 to 7 May 2020 at: Council"
    )
    assert [seen.place for seen in talk.seen] == ["#council", "@Priya Shah"]
    assert talk.do(SAM, "/hold list") == (
        "Over\n\n"
        "- H1 election hold for Westmere County Council, 1 April to 7 May, set by Priya Shah "
        "(lifted by Tom Reed, Monday 16 March: the election was put off)\n\n"
        "Nothing is held now. Set one: /hold add election from 1 April to 7 May"
    )
    talk.do(PRIYA, said.partition("To take it back: ")[2])
    assert "- H2 election hold for Westmere County Council, 1 April to 7 May, set by Priya Shah" in talk.do(
        SAM, "/hold list"
    )


def test_end_of_an_incident_is_told_where_it_was_told(talk: Conversation) -> None:
    talk.do(JO, CALL)

    found = told(talk, PRIYA, "/hold lift H1")

    first = "Priya Shah has lifted H1, the incident for everybody."
    assert found == [(place, first) for place in ("@Jo Bell", "#hospitals", "#council")]


def test_only_who_set_it_its_people_or_a_coordinator_lift_it(talk: Conversation) -> None:
    talk.do(JO, CALL)
    talk.do(PRIYA, f"{ELECTION} at: Hospitals")

    assert talk.say(TOM, "/hold lift H1").startswith(
        "The incident H1 is for Jo Bell, who set it, or a coordin"
    )
    assert talk.say(TOM, "/hold lift H2").startswith("The election hold H2 is for Priya Shah, who set it")
    talk.do(SAM, "/hold lift H2")
    talk.do(JO, "/hold lift H1")


def test_what_is_over_is_not_lifted_again(talk: Conversation) -> None:
    talk.do(PRIYA, "/hold add embargo until: 17 March")
    talk.do(JO, CALL)
    talk.do(JO, "/hold lift H2")
    talk.until("2020-03-18 10:00")

    assert talk.say(PRIYA, "/hold lift H1").startswith("H1 ended by itself.")
    assert talk.say(PRIYA, "/hold lift H2").startswith("H2 was lifted by Jo Bell, Monday 16 March.")


# --- what goes out all the same ---------------------------------------------------------------------


def test_override_names_who_and_why_with_the_hold_and_with_the_thing(talk: Conversation) -> None:
    talk.do(JO, "/hold add election until: 7 May at: Council")

    found = told(talk, PRIYA, "/hold override H1 l12 because the court asked for it", channel="#comms")

    said = "Priya Shah lets L12 out in spite of H1, the election hold for Westmere County Council."
    assert found == [("#comms", said), ("@Jo Bell", said)]
    shown = talk.do(TOM, "/hold show H1")
    assert "- L12, Monday 16 March, let out by Priya Shah: the court asked for it" in shown
    with talk.db.reading(1) as session:
        about = {ref: history(session, ref)[-1] for ref in ("H1", "L12")}
        assert {ref: (e.what, e.by, e.note) for ref, e in about.items()} == {
            "H1": ("overrode", 1, "L12: the court asked for it"),
            "L12": ("overrode", 1, "H1: the court asked for it"),
        }


def test_override_is_taken_back(talk: Conversation) -> None:
    talk.do(PRIYA, ELECTION)
    talk.do(PRIYA, "/hold override H1 L12 because the court asked for it")

    assert talk.say(PRIYA, "/hold override H1 L12 because of this").startswith("L12 may go out already.")
    said = talk.do(PRIYA, "/hold keep H1 L12")

    assert said == "L12 is held again by H1, the election hold for everybody."
    assert talk.say(PRIYA, "/hold keep H1 L12").startswith("L12 is not let out by H1.")
    assert "let out" not in talk.do(PRIYA, "/hold show H1")


@pytest.mark.parametrize("verb", ["override", "keep"])
def test_override_is_a_coordinators(talk: Conversation, verb: str) -> None:
    talk.do(JO, "/hold add election until: 7 May at: Council")

    said = talk.say(JO, f"/hold {verb} H1 L12 because we like it")

    assert said.startswith(f"/hold {verb} is for a coordinator of the partnership.")


def test_override_needs_a_reason_and_a_thing(talk: Conversation) -> None:
    talk.do(PRIYA, ELECTION)

    assert talk.say(PRIYA, "/hold override H1 L12").startswith("What is missing: why.")
    assert talk.say(PRIYA, "/hold override H1 everything because I say so").startswith(
        "“everything” is no number of a thing: they look like L12."
    )


def test_empty_list_says_what_to_do(talk: Conversation) -> None:
    assert talk.do(SAM, "/hold list") == (
        "Nothing is held.\n\n"
        "Hold public pages, feeds and drafts for some days: /hold add election from 1 April to 7 May\n\n"
        "Silence every scheduled post at once: /hold incident Major incident at the infirmary"
    )
