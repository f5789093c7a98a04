"""Strangers: whoever belongs to no workspace of the partnership is refused, alone, and it is written down."""

import string
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from bot.slack.installs import settle_in
from storage.db import Database
from tests.conversation import COMMANDS
from tests.slack.living import Life, living
from tests.slack.standin import Channel, Post, Slack, User, View
from tests.slack.standin.payloads import Actor, Delivery, button, event, said, slash, submission
from tests.slack.standin.view_methods import keep_view
from tests.slack.watching import events, is_for, refusals, rows, wait_sent

VERBS = [verb for command in COMMANDS.commands.values() for verb in command.verbs.values()]
REFUSED = "This plan belongs to organisations that your workspace is not one of"
NAMES = defaultdict(lambda: "1", action="A1", person="Sam Okafor", channel="#shared")


def line(verb: Any) -> str:
    """A line for a verb that somebody of the partnership could say."""
    return string.Formatter().vformat(verb.terms.examples[0], (), NAMES)


@dataclass
class Visit:
    """Somebody of elsewhere in a channel that is shared with them, and a post of the bot's there."""

    life: Life
    stranger: User
    shared: Channel
    post: Post

    @property
    def actor(self) -> Actor:
        return Actor(self.life.slack.state, self.life.team, self.stranger)

    def send(self, delivery: Delivery) -> Any:
        return self.life.slack.deliver(delivery)

    def press(self, value: str) -> Any:
        return self.send(button(self.actor, self.post, {"type": "button", "action_id": "b", "value": value}))

    def told(self) -> list[Post]:
        """What the stranger alone was told."""
        state = self.life.slack.state
        return [p for p in state.posts if p.bot_id and is_for(self.life.slack, p, self.stranger)]

    def wait_told(self, count: int) -> list[Post]:
        self.life.slack.wait_for(lambda: len(self.told()) >= count)
        return self.told()

    def others_see(self) -> list[str]:
        """All that anybody else sees of the bot."""
        mine = [p for p in self.life.slack.state.posts if not is_for(self.life.slack, p, self.stranger)]
        return [p.text for p in mine if p.bot_id]


@pytest.fixture(params=["of no partnership", "of another partnership"])
def visit(request: pytest.FixtureRequest, sqlite: Database, slack: Slack) -> Iterator[Visit]:
    with living(sqlite, slack, "http") as life:
        away = slack.workspace("Furness")
        stranger = slack.user(away, "Ro Bell")
        if request.param == "of another partnership":
            settle_in(sqlite, away.id, away.name, away.bot_user_id, life.clock.now())
        shared = slack.channel(life.team, "shared", life.priya, life.sam, stranger)
        life.slash(life.priya, "action add Refresh the website", shared)
        life.slash(life.sam, "help", shared)
        wait_sent(slack, sqlite)
        yield Visit(life, stranger, shared, life.open(shared)[0])


def check(visit: Visit, before: tuple[Any, ...], count: int) -> None:
    """That nothing has come of it but so many notes."""
    life = visit.life
    wait_sent(life.slack, life.db)
    assert (rows(life.db), visit.others_see(), done(visit)) == before
    assert refusals(life.db, life.team) == [f"user {visit.stranger.team_id}:{visit.stranger.id}"] * count


def state(visit: Visit) -> tuple[Any, ...]:
    return rows(visit.life.db), visit.others_see(), done(visit)


def done(visit: Visit) -> list[str]:
    return [e.what for e in events(visit.life.db, visit.life.team) if e.what != "refused"]


def test_every_command_of_a_stranger_is_refused(visit: Visit) -> None:
    before = state(visit)

    answers = [visit.send(slash(visit.actor, visit.shared, "/comms", line(v)[1:])).json for v in VERBS]

    assert [a["response_type"] for a in answers] == ["ephemeral"] * len(VERBS)
    assert [REFUSED in a["text"] for a in answers] == [True] * len(VERBS)
    check(visit, before, len(VERBS))


def test_every_button_of_a_stranger_is_refused(visit: Visit) -> None:
    before = state(visit)

    statuses = [visit.press(line(verb)).status for verb in VERBS]

    assert statuses == [200] * len(VERBS)
    assert [REFUSED in post.text for post in visit.wait_told(len(VERBS))] == [True] * len(VERBS)
    check(visit, before, len(VERBS))


def test_every_form_of_a_stranger_is_refused(visit: Visit) -> None:
    before = state(visit)

    answers = [visit.send(submission(visit.actor, view_of(visit, v.path), FILLED)).json for v in VERBS]

    assert [a["response_action"] for a in answers] == ["update"] * len(VERBS)
    assert [REFUSED in str(a["view"]) for a in answers] == [True] * len(VERBS)
    check(visit, before, len(VERBS))


FILLED = {"what": {"answer.what": {"type": "plain_text_input", "value": "Take over"}}}


def view_of(visit: Visit, command: str) -> View:
    given: dict[str, Any] = {"type": "modal", "callback_id": command, "title": None, "blocks": []}
    return keep_view(visit.life.slack.state, visit.life.team.id, visit.stranger.id, given, "open")


def test_every_mention_of_a_stranger_is_refused(visit: Visit) -> None:
    before, life = state(visit), visit.life

    for verb in VERBS:
        assert life.slack.mention(life.team, visit.stranger, visit.shared, line(verb)[1:]).status == 200

    assert [REFUSED in post.text for post in visit.wait_told(len(VERBS))] == [True] * len(VERBS)
    check(visit, before, len(VERBS))


def test_shortcut_of_a_stranger_is_refused(visit: Visit) -> None:
    before, life = state(visit), visit.life

    for verb in COMMANDS.shortcuts():
        life.slack.shortcut(life.team, visit.stranger, visit.post, verb.path)

    count = len(COMMANDS.shortcuts())
    assert [REFUSED in post.text for post in visit.wait_told(count)] == [True] * count
    check(visit, before, count)


def test_home_of_a_stranger_tells_nothing_of_the_plan(visit: Visit) -> None:
    before, life = state(visit), visit.life

    life.slack.open_home(life.team, visit.stranger)

    life.slack.wait_for(lambda: life.slack.home(life.team, visit.stranger))
    shown = life.slack.home(life.team, visit.stranger)
    assert shown is not None
    assert REFUSED in str(shown.given)
    check(visit, before, 1)


def test_team_that_a_payload_leaves_out_is_asked_for(visit: Visit) -> None:
    before = state(visit)
    pressed = button(
        visit.actor, visit.post, {"type": "button", "action_id": "b", "value": "/action done A1"}
    )
    words = visit.life.slack.say(visit.stranger, visit.shared, "action done A1")
    mentioned = said(visit.actor, visit.shared, words)
    mentioned = {key: value for key, value in mentioned.items() if "team" not in key}
    del pressed.payload["user"]["team_id"]

    visit.send(pressed)
    visit.send(event(visit.life.slack.state, visit.life.team, mentioned))

    assert [REFUSED in post.text for post in visit.wait_told(2)] == [True, True]
    check(visit, before, 2)


def test_words_of_a_stranger_bring_nobody_in(visit: Visit) -> None:
    life = visit.life
    nobody_yet = life.slack.user(life.team, "Kit Ash")
    before = state(visit)

    life.slack.mention(life.team, visit.stranger, visit.shared, f"action add Hello owner: <@{nobody_yet.id}>")

    visit.wait_told(1)
    check(visit, before, 1)


def test_same_refusal_is_written_down_and_told_once(visit: Visit) -> None:
    before, life = state(visit), visit.life
    mention = life.slack.mention(life.team, visit.stranger, visit.shared, "action list")
    pressed = visit.press("/action done A1")

    life.slack.again(mention)
    life.slack.again(pressed)

    visit.wait_told(2)
    visit.press("/action list")
    assert len(visit.wait_told(3)) == 3
    check(visit, before, 3)


def test_button_of_one_partnership_is_no_command_of_another(visit: Visit) -> None:
    """Slack may name the clicker's own workspace as the team."""
    life = visit.life
    away = life.slack.state.workspaces[visit.stranger.team_id]
    own = life.slack.channel(away, "own", visit.stranger)
    life.slack.slash(away, visit.stranger, own, "/comms", "action add Mend the roof")
    before = kept(life.db)

    for verb in (verb for verb in VERBS if not verb.terms.reads):
        pressed = button(visit.actor, visit.post, {"type": "button", "action_id": "b", "value": line(verb)})
        pressed.payload["team"] = {"id": away.id}
        visit.send(pressed)

    assert kept(life.db) == before


def kept(db: Database) -> dict[str, list[Any]]:
    """All that is in the plans; a chat channel may be met, and nothing can be posted there."""
    return {
        name: found
        for name, found in rows(db).items()
        if name not in ("address", "slot", "outbox", "workspace")
    }
