"""What is wrong with what is said of loops, and the way out; nothing is lost, and nothing changes."""

import pytest

from storage.db import Database
from tests.commands.looping import ADD, JO, SAM, stands
from tests.conversation import Conversation, start


@pytest.fixture
def talk(db: Database) -> Conversation:
    """Monday 1 June 2020, ten o'clock. L1 waits for Jo; L2 is decided."""
    talk = start(db, "2020-06-01 10:00")
    talk.do(SAM, f"{ADD} asked: Jo by: friday")
    talk.do(SAM, "/yousaid add Letters are hard to read group: carers")
    talk.do(SAM, "/yousaid thanked L2")
    return talk


MISSING = "What is missing: "
STILL_TO_COME = "“{}” is still to come. Try: today, yesterday, last Friday"
LONG, TOO_LONG = "loud" * 2_501, "That is 10,004 characters; 10,000 fit."
NAME = "x" * 201
NO_LINK = "“{}” is no link to a page: it begins with https:// or http://."


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("told L1 to: carers where: there on: today", "Nobody can be told what came of L1 yet: nothing is"),
        ("did L1 Two heaters", "What shows that it was done? Give link: (a page), on: (the day) or action:"),
        (
            "partly L1 One heater",
            "What shows that it was done? Give link: (a page), on: (the day) or action:",
        ),
        ("did L1 on: today", f"{MISSING}what was done."),
        ("did L1 Two heaters action: A7", "There is no A7 in this plan."),
        ("did L1 Two heaters link: ftp://example.org", NO_LINK.format("ftp://example.org")),
        ("did L1 Two heaters link: javascript:alert(1)", NO_LINK.format("javascript:alert(1)")),
        ("did L1 Two heaters link: https://", NO_LINK.format("https://")),
        ("did L1 Two heaters link: our website", NO_LINK.format("our website")),
        ("did L1 Two heaters on: tomorrow", STILL_TO_COME.format("tomorrow")),
        ("did L1 Two heaters on: 1 July 2020", STILL_TO_COME.format("1 July 2020")),
        ("cannot L1 because", "Why could it not be done? Without a reason that is no answer."),
        ("cannot L1 because …", "Why could it not be done? Without a reason that is no answer."),
        ("cannot L1 at: Council", f"{MISSING}why not."),
        ("will L1 New heaters", f"{MISSING}by when."),
        ("will L1 New heaters by: yesterday", "A promise needs a day or a month to come."),
        ("will L1 New heaters by: ongoing", "A promise needs a day or a month to come."),
        ("plan L1 Buy heaters due: yesterday", "A promise needs a day or a month to come."),
        ("passed L1 why: They own it", f"{MISSING}to whom."),
        ("check L1 yes", "Nothing is decided on L1 yet, so there is nothing to check."),
        ("check L2 perhaps", "“perhaps” is none of yes, half, no."),
        ("told L2 where: there on: today", f"{MISSING}who was told: the group that said it, or the public."),
        ("told L2 to: carers on: today", f"{MISSING}where."),
        ("told L2 to: carers where: there", f"{MISSING}when."),
        ("told L2 to: and where: there on: today", "Who was told? The group that said it, or the public."),
        ("told L2 to: carers where: there on: tomorrow", STILL_TO_COME.format("tomorrow")),
        ("told L2 to: carers where: there on: 1 May", "That is before it was said."),
        ("told L2 to: carers where: there on: today link: ftp://a.org", NO_LINK.format("ftp://a.org")),
        ("ask L2 Jo", "L2 is decided already. To have it looked at again, say that it is not so:"),
        ("ask L1 Jo by: yesterday", "“by:” needs a day or a month to come."),
        ("ask L1 Jo, Tom", "Name one person, role, team or organisation."),
        ("ask L1 Nobody Known", "Nobody and nothing here is called “Nobody Known”."),
        ("awaiting L1 the board on: yesterday", "“on:” needs a day or a month to come."),
        ("add Too loud when: tomorrow", STILL_TO_COME.format("tomorrow")),
        ("add Too loud when: next week", STILL_TO_COME.format("next week")),
        ("add Too loud by: friday", "Who is to decide by then? Name them with asked:"),
        ("add Too loud asked: Jo by: yesterday", "“by:” needs a day or a month to come."),
        (
            "add Too loud level: very high",
            "“very high” is no level: it is information, feedback or influence",
        ),
        ("add Too loud from: Village gossip", "No source is called “Village gossip”. To add it:"),
        ("add from: Healthwatch group: carers", f"{MISSING}what people said."),
        ("show L9", "There is no L9 in this plan."),
        ("show twelve", "“twelve” is no loop's number: they look like L12."),
        ("list page: 3", "There is one page."),
        ("stats tomorrow", STILL_TO_COME.format("tomorrow")),
        (f"note L1 {LONG}", f"{TOO_LONG} Put it in two notes, or in a document, and add its link."),
        (f"add {LONG}", f"{TOO_LONG} Put the main points here, a line each with a ref:, and a link"),
        (f"edit L1 said: {LONG}", f"{TOO_LONG} Put the main points here"),
        (f"did L1 {LONG} on: today", f"{TOO_LONG} Say it shorter, or add a link."),
        (f"cannot L1 {LONG}", f"{TOO_LONG} Say it shorter, or add a link."),
        (f"passed L1 to {NAME}", "That is 201 characters; 200 fit. Say it shorter."),
        (f"told L2 to: carers where: {NAME} on: today", "That is 201 characters; 200 fit."),
        (f"add Too loud group: {NAME}", "That is 201 characters; 200 fit. Say it shorter."),
        ("undo E99999", "There is no change “E99999” that could be taken back."),
    ],
    ids=lambda text: text[:40],
)
def test_what_is_wrong_is_said_and_nothing_changes(talk: Conversation, line: str, answer: str) -> None:
    before = talk.do(SAM, "/yousaid list all")

    said = talk.say(SAM, f"/yousaid {line}")

    assert talk.answer.is_error
    assert said.startswith(answer)
    assert "\n\nTry: /" in said
    assert talk.do(SAM, "/yousaid list all") == before


def test_nobody_asked_is_said_to_who_tells(talk: Conversation) -> None:
    talk.do(SAM, "/yousaid add The bus does not stop here")

    said = talk.say(SAM, "/yousaid told L3 to: the public where: website on: today")

    assert said == (
        "Nobody can be told what came of L3 yet: nobody has been asked. First say what came of it: did, "
        "partly, will, cannot, thanked or passed.\n\nTry: /yousaid did L3\n\n"
        "> You typed: /yousaid told L3 to: the public where: website on: today"
    )


def test_source_that_is_nearly_known_is_offered(talk: Conversation) -> None:
    said = talk.say(SAM, "/yousaid add The bus does not stop here from: Helthwatch group: carers")
    line = said.partition("Try: ")[2].splitlines()[0]

    assert said.startswith("No source is called “Helthwatch”. Did you mean “Healthwatch”?")
    assert talk.do(SAM, line).startswith("L3 is logged: The bus does not stop here")


def test_proof_that_is_asked_for_is_offered(talk: Conversation) -> None:
    said = talk.say(JO, "/yousaid did L1 Two heaters, as promised")

    assert talk.do(JO, said.partition("Try: ")[2].splitlines()[0]).startswith("L1 is done")
    assert stands(talk) == "done; carers not told yet"


def test_groups_whose_name_has_an_and_in_it_are_told(talk: Conversation) -> None:
    talk.do(SAM, "/yousaid add Too loud group: young people and carers")
    talk.do(SAM, "/yousaid thanked L3")

    talk.do(SAM, "/yousaid told L3 to: the young people and carers where: there on: today")

    assert stands(talk, "L3") == "thanked, and told"


@pytest.mark.parametrize("source", ["complaint", "concerns", "incidents", "PALS"])
def test_complaints_have_a_route_of_their_own(talk: Conversation, source: str) -> None:
    note = (
        "> If it is a complaint or a safeguarding concern: those have a procedure of their own, and logging "
        "it here does not start that."
    )

    said = talk.do(SAM, f"/yousaid add They never called back from: {source} group: patients")

    assert note in said.splitlines()
    assert "own, and this record does not replace it." in talk.do(SAM, "/yousaid show L3")
    assert "procedure of their own" not in talk.do(SAM, "/yousaid add Too loud from: Healthwatch")
