"""Buttons and forms in the browser: what a press does, where it shows, and nothing that is typed is lost."""

from bot.web.talk import Outcome
from tests.web.seeing import Event
from tests.web.serving import Served, Visitor

WORKED = Outcome()
WENT_WRONG = Outcome(is_error=True)
HER_LINE = "/action add Refresh the newsletter owner: Jo Bell due: 9 June"


def is_change(event: Event) -> bool:
    return bool(event.what.get("changed"))


# --- buttons ----------------------------------------------------------------------------------------


def test_button_settles_a_private_answer(priya: Visitor) -> None:
    priya.say(HER_LINE)
    assert priya.look().messages[1].buttons == ["Edit", "Undo"]

    assert priya.click("Undo") == WORKED

    assert "Undo" not in priya.look().messages[1].buttons
    assert priya.page.messages[1].buttons == []
    assert priya.page.messages[1].words.endswith(
        "Taken back: A1 is no longer in the plan. Its number is not used again."
    )


def test_button_in_a_thread_is_answered_there_without_scripts_too(priya: Visitor) -> None:
    priya.go("#comms")
    priya.say("@commsbot action add Print the map")
    head = priya.go("#comms").messages[0]
    priya.go("#comms", thread=head.id)

    assert priya.click("Edit") == WORKED

    assert priya.go("#comms", thread=head.id).messages[-1].has_form
    assert not priya.go("#comms").messages[-1].has_form


def test_button_that_only_asks_stays(priya: Visitor) -> None:
    priya.say(HER_LINE)
    priya.look()

    assert priya.click("Edit") == WORKED

    assert priya.look().messages[-1].has_form
    assert "Edit" in priya.page.messages[1].buttons


def test_clicked_public_post_is_changed_in_its_place(served: Served) -> None:
    with served.visit("Sam Okafor", "#hospitals") as sam, served.visit("Jo Bell", "#hospitals") as jo:
        served.type("Jo Bell", "/action add Lend us a van owner: Hospitals", "#comms")
        sam.move("+1d")
        (offer,) = [said for said in sam.look().messages if "Accept" in said.buttons]
        jo.look()

        assert sam.click("Accept") == WORKED

        changed = jo.hear(is_change)[-1]
        assert changed.what["id"] == offer.id
        assert "Accept" not in changed.said.buttons
        (now,) = [said for said in sam.look().messages if said.id == offer.id]
        assert (now.words, now.buttons) == (changed.said.words, changed.said.buttons)


def test_button_on_an_older_page_does_no_harm(served: Served, priya: Visitor) -> None:
    priya.say(HER_LINE)
    old = priya.look().messages[1]
    priya.click("Undo", old)
    before = served.all_said()

    assert priya.click("Undo", old) == Outcome(
        is_error=True, why="That button is not there any more: somebody has answered already."
    )

    assert served.all_said() == before


def test_button_does_nothing_but_what_stands_on_it(served: Served, priya: Visitor) -> None:
    """Whatever a page sends: a line that nobody was offered is typed, and is heard by others."""
    priya.say(HER_LINE)
    answer = priya.look().messages[1]
    before = served.all_said()
    pairs = [("token", priya.token), ("message", str(answer.id)), ("line", "/action drop A1")]

    assert priya.send(answer.buttons_form("Undo"), pairs).is_error

    assert served.all_said() == before


def test_button_of_a_message_that_is_nowhere_is_refused(priya: Visitor) -> None:
    for message in ("", "0", "77", "-1", "x", "9" * 40):
        came = priya.post("click", [("token", priya.token), ("message", message), ("line", "/help")])
        assert came.status_code == 303
        assert "is+not+here+any+more" in came.headers["location"]


# --- forms ------------------------------------------------------------------------------------------


def test_form_gives_way_to_what_was_answered(priya: Visitor, jo: Visitor) -> None:
    priya.say("/action add")
    form = priya.look().messages[-1]

    assert priya.fill(what="Refresh the newsletter", owner="Jo Bell", due="9 June") == WORKED

    after = priya.look().messages
    assert [said.id for said in after[:2]] == [form.id - 1, form.id]
    assert not after[1].has_form
    assert after[1].lead == "You sent the form “Log an action”."
    assert after[2].lead == "A1 is logged: Refresh the newsletter"
    assert jo.told("logged A1").said.by == "Commsbot"


def test_form_with_an_error_keeps_all_that_was_typed(priya: Visitor) -> None:
    priya.say("/action add")
    form = priya.look().messages[-1]
    typed = {
        "what": "Two\nlines  &  <b>",
        "owner": "Jo Bell",
        "with": "Tom Reed",
        "due": "99 Nonsense",
    }

    assert priya.fill(None, "", **typed) == WENT_WRONG

    again = priya.look().messages[-1]
    assert again.id == form.id
    assert again.values == {**form.values, **typed, "what": "Two\r\nlines  &  <b>"}
    (wrong,) = again.wrong
    assert wrong.startswith("By when: ")


def test_form_with_an_error_can_be_mended(priya: Visitor) -> None:
    priya.say("/action add")
    priya.look()
    priya.fill(what="Refresh the newsletter", due="nonsense")
    priya.look()

    assert priya.fill(due="9 June") == WORKED

    assert priya.look().words[1:3] == [
        ("Commsbot", "You sent the form “Log an action”."),
        ("Commsbot", "A1 is logged: Refresh the newsletter"),
    ]


def test_form_sent_twice_counts_once(served: Served, priya: Visitor) -> None:
    priya.say("/action add")
    form = priya.look().messages[-1]
    assert priya.fill(form, what="Refresh the newsletter") == WORKED
    after = served.all_said()

    assert priya.fill(form, what="Refresh the newsletter") == Outcome(
        is_error=True, why="That form was sent already, or is not here any more."
    )

    assert served.all_said() == after


def test_form_is_put_away(priya: Visitor) -> None:
    priya.say("/action add")
    form = priya.look().messages[-1]

    assert priya.fill(form, "Cancel", what="Something") == WORKED

    (_, after) = priya.look().messages
    assert not after.has_form
    assert after.lead.startswith("You put the form “Log an action” away; nothing was done.")
    assert priya.fill(form, "Cancel") == WORKED
    assert priya.fill(form, what="Something").is_error


def test_form_hears_the_verb_that_it_was_made_for(priya: Visitor) -> None:
    """Whatever the page says that it is."""
    priya.say("/action add")
    form = priya.look().messages[-1].form
    pairs = [
        ("command", "partner leave"),
        ("message", "2"),
        ("token", priya.token),
        ("field.what", "Refresh"),
    ]

    assert priya.send(form, pairs) == WORKED

    assert priya.look().messages[2].lead == "A1 is logged: Refresh"
