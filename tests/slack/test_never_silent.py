"""Whoever asks something in Slack is told what came of it, also when the plan is busy or there is a bug."""

from collections import ChainMap
from collections.abc import Iterator

import pytest

from commands.base import Request, verb
from commands.registry import Command, Verb
from messages.form import Field, Form
from messages.message import Message
from messages.post import Post as ToSay
from storage.actions import actions
from storage.db import Database
from tests.messages.slack_reader import words
from tests.slack.living import WAYS, Life, living
from tests.slack.outgoing import until
from tests.slack.standin import Post, Slack, User, View
from tests.slack.standin.payloads import Actor, button
from tests.slack.test_delivery_busy import locked
from tests.slack.watching import wait_sent

BUSY = "The plan is busy or out of reach just now. Nothing was changed. Please try again in a minute."
SORRY = "Something went wrong here, and it is our fault, not yours. I cannot say whether"


@pytest.fixture(params=WAYS)
def life(request: pytest.FixtureRequest, sqlite: Database, slack: Slack) -> Iterator[Life]:
    with living(sqlite, slack, request.param) as found:
        found.slash(found.priya, "action add Refresh the website")
        wait_sent(slack, sqlite)
        break_(found)
        yield found


def break_(life: Life) -> None:
    """Two verbs whose answers nobody has said how to draw."""

    @verb(reads=True)
    def words_(request: Request) -> list[ToSay]:
        return [ToSay(Message(("what is this?",), "Broken"))]  # type: ignore[arg-type]

    @verb(reads=True)
    def form(request: Request) -> list[ToSay]:
        field = Field("what", "What", kind="a dance")  # type: ignore[arg-type]
        return [ToSay(Message((Form("/broken form", "Broken", (field,)),), "Broken"))]

    verbs = {each: Verb("broken", each, function) for each, function in (("words", words_), ("form", form))}
    commands = life.running.wired.app.commands
    commands.commands = ChainMap({"broken": Command("broken", "", verbs, {})}, commands.commands)  # type: ignore[arg-type]


def press(life: Life, where: Post | View, line: str) -> None:
    pressed = {"type": "button", "action_id": "b", "block_id": "b", "value": line}
    answer = life.slack.deliver(button(Actor(life.slack.state, life.team, life.priya), where, pressed))
    assert (answer.status, answer.json) == (200, {})


def told(life: Life, user: User, text: str) -> None:
    """Wait until somebody alone has read something that begins so, in the channel or in direct messages."""
    chat = life.slack.state.direct(life.team, user.id)
    until(
        life,
        lambda: [
            post
            for post in [*life.slack.posts(life.comms), *life.slack.posts(chat)]
            if post.text.startswith(text) and (post.ephemeral_to == user.id or post.channel == chat.id)
        ],
    )


def home(life: Life, user: User) -> View:
    life.slack.open_home(life.team, user)
    life.slack.wait_for(lambda: life.slack.home(life.team, user))
    view = life.slack.home(life.team, user)
    assert view is not None
    return view


@pytest.mark.parametrize("what", ["words", "form"])
def test_click_whose_answer_has_a_bug_is_told_of_it(life: Life, what: str) -> None:
    press(life, life.open()[0], f"/broken {what}")

    told(life, life.priya, SORRY)


@pytest.mark.parametrize("what", ["words", "form"])
def test_click_on_the_page_whose_answer_has_a_bug_is_told_of_it(life: Life, what: str) -> None:
    press(life, home(life, life.priya), f"/broken {what}")

    told(life, life.priya, SORRY)


def test_command_whose_answer_has_a_bug_is_told_of_it(life: Life) -> None:
    assert life.slash(life.priya, "broken words").json["text"].startswith(SORRY)


def test_shortcut_of_a_newcomer_while_the_plan_is_busy_is_told_so(life: Life) -> None:
    post = life.slack.say(life.priya, life.comms, "Print the posters")

    with locked(life):
        life.slack.shortcut(life.team, life.sam, post, "action add")
        told(life, life.sam, BUSY)
    life.slack.shortcut(life.team, life.sam, post, "action add")

    assert [view.how for view in life.slack.state.views.values()] == ["open"]


def test_page_of_a_newcomer_while_the_plan_is_busy_says_so(life: Life) -> None:
    with locked(life):
        view = home(life, life.sam)
        assert words(view.given["blocks"]) == BUSY
    life.slack.open_home(life.team, life.sam)

    life.slack.wait_for(lambda: words(view.given["blocks"]).startswith("Fell and Bay"))


def test_form_that_is_sent_while_the_plan_is_busy_stays_and_can_be_sent_again(life: Life) -> None:
    life.slash(life.priya, "action add")
    [view] = [view for view in life.slack.state.views.values() if view.how == "open"]

    with locked(life):
        first = life.slack.submit(view.id, life.priya, {"what": "Film the open day"})
    second = life.slack.submit(view.id, life.priya, {"what": "Film the open day"})

    assert (first.action, first.errors) == ("errors", {"what": BUSY})
    assert second.action == "update"
    with life.db.reading(1) as session:
        assert len(actions(session, "open")) == 2
