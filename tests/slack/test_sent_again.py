"""Forms in Slack that are sent a second time: nothing is done twice, and no words are lost unsaid."""

from collections.abc import Iterator

import pytest

from storage.actions import actions
from storage.db import Database
from tests.messages.slack_reader import words
from tests.slack.living import WAYS, Life, living
from tests.slack.standin import Answer, Slack, View
from tests.slack.standin.filling import state_values
from tests.slack.standin.payloads import Actor, submission

OTHER = (
    "This form was sent before, and was done then, as is told below. What you have changed in it since is"
    " not in the plan."
)


@pytest.fixture(params=WAYS)
def life(request: pytest.FixtureRequest, sqlite: Database, slack: Slack) -> Iterator[Life]:
    with living(sqlite, slack, request.param) as found:
        found.slash(found.priya, "action add")
        yield found


def form(life: Life) -> View:
    return next(view for view in reversed(life.slack.state.views.values()) if view.how == "open")


def send(life: Life, **filled: str) -> Answer:
    """Send the form; the answer is lost on its way, so that it stays as it was filled."""
    told = state_values(form(life).given["blocks"], dict(filled))
    me = Actor(life.slack.state, life.team, life.priya)
    return life.slack.deliver(submission(me, form(life), told))


def shown(answer: Answer) -> str:
    return words(answer.json["view"]["blocks"])


def titles(life: Life) -> list[str]:
    with life.db.reading(1) as session:
        return [action.title for action in actions(session, "open")]


def test_same_words_again_are_done_once_and_answered_alike(life: Life) -> None:
    first, second = (send(life, what="Film the open day", due="friday") for _ in range(2))

    assert shown(first).startswith("A1 is logged: Film the open day")
    assert (second.json, titles(life)) == (first.json, ["Film the open day"])


def test_other_words_are_not_done_and_given_back_with_what_was_done(life: Life) -> None:
    first = send(life, what="Film the open day")
    second = send(life, what="Film the open day and the fair")

    told = shown(second)
    assert told.startswith(OTHER)
    assert "what: Film the open day and the fair" in told
    assert told.endswith(shown(first))
    assert titles(life) == ["Film the open day"]


def test_first_words_once_more_after_others_are_answered_as_at_first(life: Life) -> None:
    first = send(life, what="Film the open day")
    send(life, what="Film the fair")

    assert send(life, what="Film the open day").json == first.json


def test_other_words_after_something_was_wrong_are_heard_anew(life: Life) -> None:
    wrong = send(life, what="Film the open day", due="31 February")
    right = send(life, what="Film the open day", due="28 February")

    assert list(wrong.json["errors"]) == ["due"]
    assert shown(right).startswith("A1 is logged: Film the open day")
    assert titles(life) == ["Film the open day"]
