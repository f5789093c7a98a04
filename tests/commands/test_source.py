"""/source: where feedback comes from, how often it is expected, and what has gone quiet."""

import pytest

from storage.db import Database
from storage.sources import USUAL
from tests.conversation import Conversation, start

USUAL_ONES = "; ".join(USUAL)


@pytest.fixture
def talk(db: Database) -> Conversation:
    """Monday 1 June 2020, ten o'clock."""
    return start(db, "2020-06-01 10:00")


def listed(talk: Conversation) -> list[str]:
    """The lines of the sources, the groups and the themes."""
    return [
        line.removeprefix("- ")
        for line in talk.do("Jo Bell", "/source").splitlines()
        if line.startswith("- ")
    ]


# --- adding -----------------------------------------------------------------------------------------


def test_source_is_added_by_anybody_and_the_channel_sees_it(talk: Conversation) -> None:
    said = talk.do("Sam Okafor", "/source add Ward walks every month", channel="#comms")

    assert said == (
        "Something is expected monthly from Ward walks.\n\n"
        "> It is quiet when nothing came for more than 40 days: its own rhythm and a third.\n\n"
        "To take it back: /source stop Ward walks"
    )
    assert talk.to("#comms")[-1].text == "Sam Okafor: Something is expected monthly from Ward walks."
    assert listed(talk) == ["Ward walks: expected monthly since Monday 1 June, nothing came yet"]


def test_source_may_have_no_rhythm(talk: Conversation) -> None:
    said = talk.do("Sam Okafor", "/source add Ward walks")

    assert said == (
        "Ward walks is a source; nothing is expected from it regularly.\n\n"
        "To take it back: /source stop Ward walks"
    )


@pytest.mark.parametrize(
    ("line", "wrong", "instead"),
    [
        (
            "add ward  WALKS",
            "There is a source called “Ward walks” already.",
            "/source expect Ward walks every: monthly",
        ),
        (
            "add Facebook twice a year",
            "“Facebook” means Social media here, which is one of the usual sources.",
            "/source expect Social media every: half-yearly",
        ),
        (
            "add healthwatch",
            "“healthwatch” means Healthwatch here, which is one of the usual sources.",
            "/source expect Healthwatch every: monthly",
        ),
        (
            "add Ward talks monthly every: weekly",
            "“Ward talks monthly” ends in how often something is expected, which is no part of a name.",
            "/source add Ward talks every: monthly",
        ),
        ("add ???", "“???” is no name: a name has a letter or a digit in it.", "/source add Ward walks"),
        (
            "expect Helthwatch montly",
            "No source is called “Helthwatch montly”. Did you mean “Healthwatch”?",
            "/help source expect",
        ),
        (
            "expect Helthwatch every: montly",
            "No source is called “Helthwatch”. Did you mean “Healthwatch”?",
            "/source expect Healthwatch every: monthly",
        ),
        (
            "expect Bingo nights every: monthly",
            "No source is called “Bingo nights”. To add it:",
            "/source add Bingo nights",
        ),
        ("expect Healthwatch", "What is missing: how often something is expected.", "/source expect"),
        (
            "rename Ward walks to: Press",
            "“Press” means Local media here, which is one of the usual sources.",
            "/source expect Local media every: monthly",
        ),
        (
            "rename Healthwatch to: WARD WALKS",
            "There is a source called “Ward walks” already.",
            "/source expect Ward walks every: monthly",
        ),
    ],
)
def test_what_is_wrong_is_said_with_a_line_that_works(
    talk: Conversation, line: str, wrong: str, instead: str
) -> None:
    talk.do("Sam Okafor", "/source add Ward walks")

    said = talk.say("Sam Okafor", f"/source {line}")

    assert said.startswith(f"{wrong}\n\nTry: {instead}")
    assert talk.answer.is_error


# --- how often --------------------------------------------------------------------------------------


def test_rhythm_is_set_changed_and_taken_back(talk: Conversation) -> None:
    first = talk.do("Sam Okafor", "/source expect Healthwatch monthly")
    talk.until("2020-06-21 10:00")
    second = talk.do("Sam Okafor", "/source expect Healthwatch every: twice a year")

    assert first.endswith("To take it back: /source expect Healthwatch every: never")
    assert second == (
        "Something is expected half-yearly from Healthwatch.\n\n"
        "> It is quiet when nothing came for more than 242 days: its own rhythm and a third.\n\n"
        "To take it back: /source expect Healthwatch every: monthly"
    )
    assert listed(talk) == ["Healthwatch: expected half-yearly since Monday 1 June, nothing came yet"]
    assert talk.do("Sam Okafor", "/source expect Healthwatch half-yearly") == (
        "That is how it stands already; nothing has changed."
    )


def test_rhythm_is_chosen_in_a_form(talk: Conversation) -> None:
    said = talk.fill("Sam Okafor", "source expect", source="Healthwatch", every="quarterly")

    assert said.startswith("Something is expected quarterly from Healthwatch.")


def test_source_is_quiet_after_its_own_rhythm_and_a_third(talk: Conversation) -> None:
    talk.do("Sam Okafor", "/source expect Healthwatch monthly")
    talk.do("Sam Okafor", "/yousaid add It is cold from: Healthwatch")
    talk.until("2020-07-11 10:00")  # day 40
    not_yet = listed(talk)
    talk.until("2020-07-12 10:00")

    assert not_yet == ["Healthwatch: expected monthly, last on Monday 1 June, 1 in the past year"]
    assert listed(talk) == [
        "Healthwatch: quiet for 41 days; expected monthly, last on Monday 1 June, 1 in the past year"
    ]


# --- names, and the end of it -----------------------------------------------------------------------


def test_renamed_source_keeps_what_came_from_it_and_its_other_names(talk: Conversation) -> None:
    talk.do("Sam Okafor", "/yousaid add It is cold from: Facebook")
    said = talk.do("Sam Okafor", "/source rename Social media to: Our pages")
    talk.do("Sam Okafor", "/yousaid add It is dark from: twitter")

    assert said == (
        "Social media is called Our pages now.\n\nTo take it back: /source rename Our pages to: Social media"
    )
    assert listed(talk) == ["Our pages: not expected regularly, last on Monday 1 June, 2 in the past year"]
    talk.do("Sam Okafor", "/source rename Our pages to: Social media")
    assert talk.do("Sam Okafor", "/source rename Social media to: social MEDIA").startswith("Social media is")


def test_stopped_source_stays_with_what_came_from_it_and_comes_back(talk: Conversation) -> None:
    talk.do("Sam Okafor", "/source expect Healthwatch weekly")
    talk.do("Sam Okafor", "/yousaid add It is cold from: Healthwatch")
    talk.until("2020-06-30 10:00")
    stopped = talk.do("Sam Okafor", "/source stop healthwatch")
    talk.do("Sam Okafor", "/yousaid add It is dark from: Healthwatch")
    list_ = talk.do("Sam Okafor", "/source list")
    talk.until("2020-07-31 10:00")
    resumed = talk.do("Sam Okafor", "/source resume Healthwatch")

    assert stopped == (
        "Nothing is expected from Healthwatch any more.\n\n"
        "> What came from it stays, and more can still be logged from it.\n\n"
        "To take it back: /source resume Healthwatch"
    )
    assert "Nothing is expected any more from Healthwatch. To expect one again: /source resume" in list_
    assert resumed.startswith("Something is expected weekly from Healthwatch.")
    assert listed(talk) == ["Healthwatch: expected weekly, last on Tuesday 30 June, 2 in the past year"]


def test_stopped_on_the_same_day_and_resumed_is_as_quiet_as_before(talk: Conversation) -> None:
    talk.do("Sam Okafor", "/source expect Healthwatch weekly")
    talk.until("2020-06-30 10:00")
    before = listed(talk)
    talk.do("Sam Okafor", "/source stop Healthwatch")
    talk.do("Sam Okafor", "/source resume Healthwatch")

    assert before == [
        "Healthwatch: quiet for 29 days; expected weekly since Monday 1 June, nothing came yet, "
        "none in the past year"
    ]
    assert listed(talk) == before


def test_usual_source_that_is_stopped_is_suggested_no_more(talk: Conversation) -> None:
    talk.do("Sam Okafor", "/source stop Membership scheme")

    said = talk.do("Sam Okafor", "/source list")

    left = USUAL_ONES.replace("Membership scheme; ", "")
    assert f"Usual ones that nothing came from yet: {left}. To expect one:" in said
    assert talk.do("Sam Okafor", "/source stop members") == (
        "That is how it stands already; nothing has changed."
    )


# --- the list ---------------------------------------------------------------------------------------


def test_empty_list_says_what_is_usual_and_what_to_do(talk: Conversation) -> None:
    assert talk.do("Sam Okafor", "/source") == (
        "No sources are noted yet. Each is noted when something that people said is logged from it, or when "
        "you say how often you expect something:\n\n"
        "/source expect Healthwatch every: monthly\n\n"
        f"Usual ones that nothing came from yet: {USUAL_ONES}. To expect one: /source expect Bespoke "
        "engagement every: monthly\n\n"
        "To add one of your own: /source add Ward walks every: monthly"
    )


def test_quiet_sources_are_listed_first_the_longest_quiet_before_the_others(talk: Conversation) -> None:
    talk.do("Sam Okafor", "/source add Board walks weekly")
    talk.do("Sam Okafor", "/source add Ward walks weekly")
    talk.do("Sam Okafor", "/source add Art room")
    talk.do("Sam Okafor", "/yousaid add It is cold from: Ward walks when: 2 June 2018")
    talk.do("Sam Okafor", "/yousaid add It is dark from: Healthwatch")
    talk.until("2020-07-01 10:00")

    assert listed(talk) == [
        "Ward walks: quiet for 760 days; expected weekly, last on Saturday 2 June 2018, "
        "none in the past year",
        "Board walks: quiet for 30 days; expected weekly since Monday 1 June, nothing came yet, "
        "none in the past year",
        "Art room: not expected regularly, nothing came yet",
        "Healthwatch: not expected regularly, last on Monday 1 June, 1 in the past year",
    ]


def test_list_tells_groups_not_heard_from_and_themes_that_several_raise(talk: Conversation) -> None:
    talk.do("Sam Okafor", "/yousaid add It is cold group: Carers when: 2 February")
    talk.do("Sam Okafor", "/yousaid add It is dark group: carers when: 12 February")
    for source in ("Healthwatch", "Facebook", "Press"):
        talk.do("Sam Okafor", f"/yousaid add It is far from: {source} theme: Travel group: Patients")

    said = talk.do("Sam Okafor", "/source list")

    assert said[said.index("Groups not heard from") :] == (
        "Groups not heard from\n\n"
        "- Carers: nothing for 110 days, last on Wednesday 12 February; every 10 days or so before that\n\n"
        "> These said something in the past year, but nothing for as long as usually lies between and a "
        "third more, and for more than 90 days.\n\n"
        "Themes heard from three or more sources in the past 90 days\n\n"
        "- Travel: Healthwatch; Local media; Social media\n\n"
        "What was said about one: /yousaid list all theme: Travel"
    )


# --- what else speaks of sources --------------------------------------------------------------------


def test_source_added_is_one_to_log_from(talk: Conversation) -> None:
    talk.do("Sam Okafor", "/source add Ward walks")

    said = talk.do("Jo Bell", "/yousaid add It is cold from: ward walks")

    assert "Said by: people, from Ward walks" in said


@pytest.mark.parametrize("line", ["stop", "stop sending me this", "rename Healthwatch to: Ours"])
def test_line_without_its_command_is_never_about_a_source(talk: Conversation, line: str) -> None:
    talk.say("Sam Okafor", line)

    assert talk.answer.is_error
    assert listed(talk) == []
