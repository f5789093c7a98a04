"""Organisations with several workspaces in Slack: who belongs to ours is one of us."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from storage.actions import actions
from storage.db import Database
from storage.people import people
from tests.slack.living import WAYS, Life, living
from tests.slack.standin import Slack, User
from tests.slack.standin.payloads import Actor, button
from tests.slack.watching import wait_sent


@pytest.fixture(params=WAYS)
def life(request: pytest.FixtureRequest, sqlite: Database, slack: Slack) -> Iterator[Life]:
    with living(sqlite, slack, request.param) as found:
        found.slash(found.priya, "action add Refresh the website")
        wait_sent(slack, sqlite)
        yield found


@pytest.fixture
def ro(life: Life) -> User:
    """Somebody of ours whose first workspace is another one, in which the bot is not."""
    away = life.slack.workspace("Furness")
    user = life.slack.user(away, "Ro Bell", also_in=(life.team.id,))
    life.comms.members.add(user.id)
    return user


def names(life: Life) -> list[str]:
    with life.db.reading(1) as session:
        return [person.name for person in people(session)]


def press(life: Life, user: User, line: str) -> None:
    pressed = {"type": "button", "action_id": "b", "block_id": "b", "value": line}
    life.slack.deliver(button(Actor(life.slack.state, life.team, user), life.open()[0], pressed))


def test_member_is_one_person_whatever_they_do(life: Life, ro: User) -> None:
    life.slash(ro, "me")
    press(life, ro, "/action note A1 Use the blue ones")
    life.slack.wait_for(lambda: "Your note is with A1 Refresh the website:" in life.private(ro))
    life.slack.mention(life.team, ro, life.comms, "action add Print the posters")
    life.slack.wait_for(lambda: any("Print the posters" in post.text for post in life.open()))
    life.slack.shortcut(life.team, ro, life.open()[0], "action add")

    life.slack.wait_for(lambda: life.slack.state.views)
    assert [view.how for view in life.slack.state.views.values()] == ["open"]
    assert names(life).count("Ro Bell") == 1


def test_member_is_met_by_what_they_press_first(life: Life, ro: User) -> None:
    press(life, ro, "/me")

    life.slack.wait_for(lambda: life.private(ro))
    assert life.private(ro) == ["Nothing waits on you, Ro Bell."]


def test_who_belongs_to_another_workspace_alone_stays_a_stranger(life: Life, ro: User) -> None:
    ro.also_in = ()

    press(life, ro, "/me")

    life.slack.wait_for(lambda: life.private(ro))
    assert life.private(ro)[0].startswith(
        "This plan belongs to organisations that your workspace is not one of"
    )
    assert "Ro Bell" not in names(life)


def test_who_belongs_to_ours_no_longer_is_a_stranger_again(life: Life, ro: User) -> None:
    press(life, ro, "/me")
    life.slack.wait_for(lambda: life.private(ro))
    ro.also_in = ()

    press(life, ro, "/action drop A1 It rains")

    life.slack.wait_for(lambda: len(life.private(ro)) == 2)
    assert life.private(ro)[1].startswith(
        "This plan belongs to organisations that your workspace is not one of"
    )
    with life.db.reading(1) as session:
        assert [action.title for action in actions(session, "open")] == ["Refresh the website"]


def test_same_id_in_a_workspace_that_nobody_knows_is_somebody_else(life: Life, ro: User) -> None:
    life.slash(ro, "me")
    impostor = replace(ro, team_id="T9ELSEWHERE", also_in=())

    press(life, impostor, "/action drop A1 It rains")

    life.slack.wait_for(lambda: len(life.private(ro)) == 2)
    assert life.private(ro)[1].startswith(
        "This plan belongs to organisations that your workspace is not one of"
    )
