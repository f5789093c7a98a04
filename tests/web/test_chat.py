"""Talking in the browser: what is said, answered, clicked and filled in, and who sees what of it."""

import pytest

from bot.web.doing import only_asks
from bot.web.talk import Outcome
from tests.web.seeing import up_to
from tests.web.serving import Served, Visitor

WORKED = Outcome()
WENT_WRONG = Outcome(is_error=True)
HER_LINE = "/action add Refresh the newsletter owner: Jo Bell due: 9 June"


# --- saying -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "only"),
    [
        ("/me", True), ("/action list late", True), ("@commsbot action list", True),
        ("/schedule coming", True), ("/action add Print it", False), ("/nonsense", False),
        ("Good morning", False), ("", False),
    ],
)  # fmt: skip
def test_questions_keep_nobody_waiting(served: Served, line: str, *, only: bool) -> None:
    assert only_asks(served.room, [("key", "1"), ("line", line)]) is only


def test_words_in_a_channel_are_for_everyone(priya: Visitor, jo: Visitor) -> None:
    assert priya.say("The winter leaflets are here") == WORKED

    assert jo.told("leaflets").said.words == "The winter leaflets are here"
    assert priya.look().words == jo.look().words == [("Priya Shah", "The winter leaflets are here")]


def test_words_keep_their_spaces_and_line_breaks(priya: Visitor) -> None:
    priya.say("  First,\n\n   then    second\n")

    assert priya.look().words == [("Priya Shah", "  First,\n\n   then    second\n")]


def test_command_is_answered_to_the_asker_alone(priya: Visitor, jo: Visitor) -> None:
    assert priya.say(HER_LINE) == WORKED
    jo.told("logged A1")

    public = ("Commsbot", "Priya Shah logged A1, Refresh the newsletter: Jo Bell, Tuesday 9 June")
    assert jo.look().words == [public]
    assert priya.look().words == [
        ("Priya Shah", HER_LINE),
        ("Commsbot", "A1 is logged: Refresh the newsletter"),
        public,
    ]
    assert [said.is_alone for said in priya.page.messages] == [True, True, False]


def test_direct_message_is_heard_by_the_bot_alone(served: Served, priya: Visitor) -> None:
    priya.go()

    assert priya.say("/objective add Hear what people say") == WORKED

    assert [by for by, _ in priya.look().words] == ["Priya Shah", "Commsbot"]
    assert [said.is_alone for said in priya.page.messages] == [False, False]
    assert priya.go("#comms").words == []
    with served.visit("Jo Bell") as jo:
        assert jo.page.words == []


def test_words_without_a_stroke_are_a_command_in_direct_messages(priya: Visitor) -> None:
    priya.go()

    assert priya.say("objective list") == WORKED

    assert priya.look().words[0] == ("Priya Shah", "objective list")
    assert not priya.page.messages[1].is_alone


def test_error_says_what_was_typed(priya: Visitor) -> None:
    assert priya.say("/action show A99") == WENT_WRONG

    typed, answer = priya.look().messages
    assert typed.words == "/action show A99"
    assert "A99" in answer.lead
    assert answer.is_alone


def test_mention_is_answered_to_all_in_a_thread(priya: Visitor, jo: Visitor) -> None:
    assert priya.say("@commsbot objective add Hear what people say") == WORKED
    jo.hear(lambda event: event.what.get("thread") is not None)

    head = jo.look().messages[0]
    assert (head.words, head.replies) == ("@commsbot objective add Hear what people say", "1 reply")
    thread = jo.go("#comms", thread=head.id)
    assert [by for by, _ in thread.words] == ["Priya Shah", "Commsbot"]
    assert [said.is_alone for said in thread.messages] == [False, False]


def test_mention_that_goes_wrong_is_answered_where_the_asker_looks(priya: Visitor, jo: Visitor) -> None:
    assert priya.say("@commsbot action show A99") == WENT_WRONG

    mention, answer = priya.look().messages
    assert (mention.replies, mention.is_alone) == ("Reply", False)
    assert "A99" in answer.lead
    assert answer.is_alone
    assert jo.look().words == [("Priya Shah", "@commsbot action show A99")]


def test_reply_stands_in_its_thread(priya: Visitor, jo: Visitor) -> None:
    priya.say("Who can film on Friday?")
    head = jo.look().messages[0]
    jo.go("#comms", thread=head.id)

    assert jo.say("I can") == WORKED

    assert jo.look().words == [("Priya Shah", "Who can film on Friday?"), ("Jo Bell", "I can")]
    assert priya.look().words == [("Priya Shah", "Who can film on Friday?")]
    assert priya.page.messages[0].replies == "1 reply"


def test_command_in_a_thread_is_answered_there(priya: Visitor, jo: Visitor) -> None:
    priya.say("Who can film on Friday?")
    head = jo.look().messages[0]
    jo.go("#comms", thread=head.id)

    assert jo.say("/objective list") == WORKED

    assert [by for by, _ in jo.look().words] == ["Priya Shah", "Jo Bell", "Commsbot"]
    assert [said.is_alone for said in jo.page.messages] == [False, True, True]
    assert priya.go("#comms", thread=head.id).words == [("Priya Shah", "Who can film on Friday?")]


def test_line_of_nothing_is_not_said(priya: Visitor) -> None:
    for nothing in ("", "   ", "\n\t\n", "\0"):
        assert priya.say(nothing) == Outcome(is_lost=True, why="Nothing was typed yet.")

    assert priya.look().words == []


def test_line_that_is_too_long_is_given_back(priya: Visitor) -> None:
    assert priya.say("x" * 20_000) == WORKED
    assert priya.say("x" * 20_001) == Outcome(
        is_lost=True, why="That is longer than 20,000 characters. Please shorten it."
    )

    assert priya.look().words == [("Priya Shah", "x" * 20_000)]


@pytest.mark.parametrize("line", ["Hello", "/objective add Hear what people say", "@commsbot objective list"])
def test_same_key_is_said_once(served: Served, priya: Visitor, line: str) -> None:
    once = [priya.say(line, key="k1"), served.all_said()]

    again = [priya.say(line, key="k1"), served.all_said()]

    assert again == once
    assert [words for _, words in priya.look().words].count(line) == 1


def test_other_words_with_an_old_key_are_not_lost(priya: Visitor) -> None:
    """As a browser sends them that goes back to an earlier page."""
    priya.say("The first words", key="k1")
    priya.say("The second words", key="k1")

    assert [words for _, words in priya.look().words] == ["The first words", "The second words"]


def test_same_key_of_another_person_is_another_line(priya: Visitor, jo: Visitor) -> None:
    priya.say("/objective add Hear what people say", key="k1")
    assert jo.say("/objective add Hear what people say", key="k1") == WENT_WRONG

    mine, answer = [said for said in jo.look().messages if said.is_alone]
    assert (mine.by, mine.words) == ("Jo Bell", "/objective add Hear what people say")
    assert "coordinator" in answer.lead


def test_browser_without_scripts_is_sent_back_to_the_page(priya: Visitor) -> None:
    form = [("token", priya.token), ("line", "Hello"), ("key", "k1")]

    answer = priya.post("say", form)

    assert (answer.status_code, answer.headers["location"]) == (303, "./?#end")
    assert priya.look().words == [("Priya Shah", "Hello")]


def test_browser_without_scripts_is_told_what_went_wrong(priya: Visitor) -> None:
    answer = priya.post("say", [("token", priya.token), ("line", " "), ("key", "k1")])

    priya.page = type(priya.page)(priya.page.address + answer.headers["location"][2:], "")
    assert priya.look().note == "Nothing was typed yet."


# --- unread -----------------------------------------------------------------------------------------


def test_unread_counts_what_others_said(served: Served, priya: Visitor, jo: Visitor) -> None:
    for words in ("One", "Two", "Three"):
        priya.say(words)
    jo.say("Four")
    jo.say("/objective list")
    jo.told("Four")

    with served.visit("Jo Bell") as elsewhere, served.visit("Priya Shah") as too:
        assert elsewhere.page.doors == {"#comms": 3}
        assert too.page.doors == {"#comms": 1}


def test_unread_counts_direct_messages_of_the_bot(served: Served, priya: Visitor) -> None:
    served.type("Priya Shah", "/action add Refresh the newsletter owner: Jo Bell due: 2 June", "#council")
    priya.move("+1d")

    with served.visit("Jo Bell", "#hospitals") as jo:
        assert jo.page.doors["Commsbot"] == 1
    assert "Commsbot" not in priya.look().doors


def test_what_was_read_is_read_in_every_browser(served: Served, priya: Visitor, jo: Visitor) -> None:
    with served.visit("Jo Bell") as elsewhere, elsewhere.listening() as events:
        priya.say("One")
        priya.say("Two")
        first, second = jo.look().messages
        up_to(events, lambda event: event.what.get("id") == second.id)

        jo.read(first.id)
        assert up_to(events, lambda event: event.kind == "read")[-1].what == {"place": served.place("#comms")}
        with served.visit("Jo Bell") as third:
            assert third.page.doors == {"#comms": 1}

        jo.read(second.id)
        jo.read(first.id)
        with served.visit("Jo Bell") as third:
            assert third.page.doors == {}


def test_reading_is_nobody_elses_business(served: Served, priya: Visitor, jo: Visitor) -> None:
    priya.say("One")
    jo.read(jo.look().messages[-1].id)
    priya.say("Two")

    heard = priya.hear(lambda event: event.what.get("aloud") == "Priya Shah: Two")
    assert [event.kind for event in heard] == ["clock", "message", "message"]
    with served.visit("Tom Reed") as tom:
        assert tom.page.doors == {"#comms": 2}


# --- history ----------------------------------------------------------------------------------------


def test_own_lines_come_back_latest_first(priya: Visitor, jo: Visitor) -> None:
    priya.say("One")
    jo.say("Not hers")
    priya.say("/objective list")

    assert priya.client.get(priya.address("#comms", "lines")).json() == ["/objective list", "One"]


def test_long_history_comes_piece_by_piece(priya: Visitor) -> None:
    for number in range(1, 92):
        priya.say(f"Line {number}")

    seen = [said.words for said in priya.look().messages]
    oldest = priya.page.messages[0].id
    while more := [each for each in priya.page.tree.all("li") if each["class"] == "more"]:
        priya.page = type(priya.page)(priya.page.address, priya.piece(more[0]["hx-get"]))
        assert priya.page.messages[-1].id < oldest
        oldest = priya.page.messages[0].id
        seen = [said.words for said in priya.page.messages] + seen

    assert seen == [f"Line {number}" for number in range(1, 92)]
