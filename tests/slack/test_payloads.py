"""Payloads: Slack takes all that the bot says there, from every template that can reach it.

What all stories make it send is looked at where they are told, see tests/slack/stories; this is a tour.
"""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from messages import compose as composing
from storage.db import Database
from tests.conversation import HOW, start
from tests.slack.living import WAYS
from tests.slack.standin import Post
from tests.slack.twin import Twin

TEMPLATES = Path(composing.__file__).parent / "templates"
ELSEWHERE = {
    "chat/cancelled": "the browser's chat alone",
    "chat/filled": "the browser's chat alone",
    "chat/talked": "the browser's chat alone",
    "console/said": "the terminal alone",
    "error/bug": "a bug, see tests/slack for the edge",
    "error/busy": "a database that is locked, see tests/slack for the edge",
    "error/part": "a job that fails again and again, see tests/bot/test_restart.py",
    "error/sent_before": "a form that is sent twice with other words, see test_sent_again",
    "error/stopped": "a token that is no longer taken, see tests/slack for faults",
    "error/undelivered": "a channel that is archived, see tests/slack for faults",
    "plan/resend": "a post that did not arrive, see tests/bot/test_delivery.py",
    "partner/gone": "an account that is gone, see test_meeting",
    "error/hole": "a part of an answer that did not arrive, see test_delivery_long",
    "error/told_once": "a secret that is asked for again, see tests/commands/test_workspaces.py",
    "files/coming": "a command that makes files, see test_files",
    "files/given": "likewise",
    "files/not_given": "likewise",
    "yousaid/document": "what is in such a file",
    "files/none": "a file that is shared, see test_meeting",
    "error/unsaid": "a bug in the adapter, see test_never_silent",
    "home/welcome": "whoever adds the bot, see test_many",
    **dict.fromkeys(
        [
            *("partner/invited", "partner/joined", "partner/joined_said", "partner/joining"),
            *("partner/link_code", "partner/linked", "partner/linked_said", "partner/linking"),
            *("partner/removing", "partner/withdrawn", "partner/workspaces"),
        ],
        "several workspaces, with codes that are never the same, see test_many",
    ),
}
"""Templates that a tour does not come by, and why."""
PRIYA, SAM, JO, TOM = "Priya Shah", "Sam Okafor", "Jo Bell", "Tom Reed"
TOUR = """
Sam Okafor: /me
Sam Okafor: /plan sent
Priya Shah: /plan why
Sam Okafor: /nonsense
Sam Okafor: /help
Sam Okafor: /help action
Sam Okafor: /help action add
Priya Shah: /objective add Hear people on 01524 555123
Priya Shah: /privacy keep E9
Priya Shah: /privacy clean E9
Priya Shah: /objective list
Priya Shah: /partner roles add Lead
Priya Shah: /partner roles
Priya Shah: /partner teams
Priya Shah: /partner people
Priya Shah: /partner organisations
Priya Shah: /partner closures
Priya Shah: /partner coordinators
Priya Shah: /partner show
Priya Shah: /schedule list
Priya Shah: /schedule set me hour: 09:30
Priya Shah: /partner coordinators add Priya
Priya Shah: /schedule coming
Sam Okafor: /action add Print the map due: 2 June
Sam Okafor: /action add Count the chairs due: 2 June with: Jo Bell
Sam Okafor: /action add Tell stories due: ongoing
Sam Okafor: /action add Share news due: ongoing
Sam Okafor: /action add Film a message owner: Jo Bell due: 30 June
Sam Okafor: /action add Lend a van owner: Jo Bell due: 30 June
Sam Okafor: /action add Bring the cake owner: Jo Bell due: 30 June
Priya Shah: /action add Agree the words owner: Sam, Jo due: 30 June
Sam Okafor: /action add
Sam Okafor: /action show A1
Sam Okafor: /action list
Sam Okafor: /action edit A1 title: Print the maps
Sam Okafor: /action note A1 There is paper
Sam Okafor: /action snooze A1 until 4 June
Sam Okafor: /action waiting A2 for the printer until 5 June
Sam Okafor: /action hand A2 to Priya
Jo Bell: /action accept A5
Jo Bell: /action decline A6 because it is broken
Jo Bell: /action done A8
Sam Okafor: /action undo
Sam Okafor: /action done A1 It hangs
Sam Okafor: /action reopen A1
Sam Okafor: /action drop A1 because of the rain
Sam Okafor: /action review A3 running
"""
REPORT = """/yousaid add 1. Letters are hard to read
2. The line is always busy
3. There is no ramp
from: Healthwatch group: young people ref: Healthwatch report June"""
LOOPS = """
Sam Okafor: /yousaid add The waiting room is cold from: Healthwatch group: carers
Sam Okafor: /yousaid edit L4 theme: comfort
Sam Okafor: /yousaid note L4 There is a draught
Sam Okafor: /yousaid ask L4 Priya Shah by 12 June
Sam Okafor: /yousaid ask L3 Jo Bell by 12 June
Sam Okafor: /yousaid awaiting L1 the forum on 12 June
Sam Okafor: /yousaid plan L2 Hire somebody due: 30 June
Sam Okafor: /yousaid undo L2
Sam Okafor: /yousaid list
Sam Okafor: /yousaid did L4 There are two heaters on: yesterday
Sam Okafor: /yousaid words L4 you-said: It is cold in there. we-did: There are two heaters.
Priya Shah: /yousaid return L4 because it is short
Sam Okafor: /yousaid words L4 you-said: It is cold in there. we-did: Two new heaters keep it warm.
Priya Shah: /yousaid approve L4
Priya Shah: /yousaid approve L4 2
Sam Okafor: /yousaid draft L4
Priya Shah: /hold
Priya Shah: /hold add embargo from today to 3 June at: Hospitals
Sam Okafor: /yousaid draft L4
Priya Shah: /hold show H1
Sam Okafor: /yousaid told L4 to: carers where: their meeting on: today
Priya Shah: /yousaid check L4 yes
Sam Okafor: /yousaid merge L1 into L4
Sam Okafor: /yousaid show L4
Priya Shah: /yousaid erase L1
Priya Shah: /yousaid erase L1 yes
Sam Okafor: /yousaid cannot L2 because there is nobody
Sam Okafor: /yousaid words L2 you-said: The line is busy. we-did: There is nobody to hire.
Sam Okafor: /yousaid stats
Sam Okafor: /yousaid export May 2019
Priya Shah: /source
Priya Shah: /source add Ward walks weekly
Sam Okafor: /yousaid add The food is good from: Ward walks
Priya Shah: /partner approvers
"""


@pytest.fixture(params=WAYS)
def talk(request: pytest.FixtureRequest, sqlite: Database, tmp_path: Path) -> Iterator[Twin]:
    before = HOW.set(partial(Twin, way=request.param, folder=tmp_path))
    found = start(sqlite, "2020-06-01 10:00")
    HOW.reset(before)
    assert isinstance(found, Twin)
    yield found
    found.slack.close()


def test_slack_takes_what_every_template_that_reaches_it_says(talk: Twin) -> None:
    used = composing._environment(TEMPLATES).cache
    assert used is not None
    used.clear()

    for who, line in (*steps(TOUR), (SAM, REPORT), *steps(LOOPS)):
        talk.say(who, line, "#comms")
    talk.until("2020-06-16 10:00")
    for who, line in (
        (SAM, "/action review rest"), (SAM, "/action review"), (SAM, "/me"), (SAM, "/plan sent"),
        (SAM, "/plan why"), (PRIYA, "/plan resend P1"),
    ):  # fmt: skip
        talk.say(who, line)
    talk.fill(SAM, "action review all", **{"review.A3.state": "paused"})
    talk.until("2020-07-02 10:00")
    for who in (PRIYA, SAM, JO, TOM):
        talk.slack.open_home(f"@{who}")

    every = {path.relative_to(TEMPLATES).with_suffix("").as_posix() for path in TEMPLATES.rglob("*.md")}
    assert every - {name[1].removesuffix(".md") for name in used} == set(ELSEWHERE)
    assert talk.finish() > 80


def steps(tour: str) -> list[tuple[str, str]]:
    """Who types which line."""
    return [(who, line) for who, _, line in (step.partition(": ") for step in tour.strip().splitlines())]


def test_every_command_that_is_shown_in_slack_can_be_typed_there(talk: Twin) -> None:
    for line in (
        "/help",
        "/me",
        "/partner show",
        "/plan sent",
        "/schedule list",
        "/action list",
        "/nonsense",
    ):
        talk.say(SAM, line, "#comms")

    shown = [code for post in talk.slack.slack.posts(talk.slack.channel("#comms")) for code in codes(post)]
    talk.finish()

    assert len(shown) > 10
    assert [code for code in shown if code.split()[0] not in ("/action", "/yousaid", "/comms")] == []


def codes(post: Post) -> Iterator[str]:
    """The commands that stand in a post for people to type."""
    for block in post.blocks:
        for part in block.get("elements", ()):
            for span in part.get("elements", ()):
                for each in span.get("elements", [span]):
                    if each.get("style", {}).get("code") and each["text"].startswith("/"):
                        yield each["text"]
