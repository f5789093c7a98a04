"""Delivery in Slack when Slack says no: a person is told what to mend, or a workspace stops, and it alone."""

import logging
import socket
from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest
from pydantic import SecretStr
from slack_sdk.oauth.installation_store import Installation

from bot import door
from bot.slack.calling import PERMANENT
from bot.slack.installs import Installs
from bot.slack.seal import Seal, new_key
from storage import outbox
from storage.db import Database, add
from storage.events import record
from storage.outbox import Outbox
from storage.partnerships import Workspace
from storage.people import people
from tests.conversation import at
from tests.slack import standin
from tests.slack.living import Life, living, serve
from tests.slack.outgoing import MINE, asked, kept, later, put, state, texts, until
from tests.slack.standin import Channel, Fault, Slack, User

TOKEN_ERRORS = ["token_revoked", "invalid_auth", "account_inactive", "missing_scope"]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Life]:
    db = Database(str(tmp_path_factory.mktemp("refusals") / "plan.db"))
    db.upgrade()
    with Slack().running() as slack, living(db, slack, "http") as life:
        life.slash(life.priya, "help")
        yield life
    db.close()


@pytest.mark.parametrize("error", [*PERMANENT, "an_error_of_tomorrow"])
def test_refusal_is_recorded_and_the_coordinator_is_told_once(shared: Life, error: str) -> None:
    life = shared
    channel = life.slack.channel(life.team, f"c-{error}", life.priya)
    other = life.slack.channel(life.team, f"other-{error}", life.priya)
    life.slack.misbehave(Fault.REFUSED, channel=channel.id, error=error, times=2)

    one, two = put(life, channel, f"one {error}", f"two {error}")
    put(life, other, f"elsewhere {error}")
    later(life, 3600)

    reason = PERMANENT.get(error, "Slack says “an_error_of_tomorrow”.")
    told = [post for post in life.direct(life.priya) if channel.id in str(post.blocks)]
    assert (kept(life.db, one).state, kept(life.db, one).error, state(life.db, two)) == (
        "failed",
        reason,
        "failed",
    )
    assert len(told) == 1
    assert reason in str(told[0].blocks)
    assert f"resend P{one}" in str(told[0].blocks)
    assert life.slack.texts(other) == [f"elsewhere {error}"]


# --- tokens -----------------------------------------------------------------------------------------


@dataclass
class Two:
    """A partnership in two workspaces; each has a channel, and Priya, who coordinates, is in both."""

    life: Life
    away: standin.Workspace
    priya: User
    news: Channel


@pytest.fixture
def two(sqlite: Database, slack: Slack) -> Iterator[Two]:
    key = new_key()
    more = {
        "slack_client_id": slack.app.client_id,
        "slack_client_secret": SecretStr(slack.app.client_secret),
        "slack_token_keys": SecretStr(key),
        "public_url": "https://comms.example.org",
    }
    with living(sqlite, slack, "http", **more) as life:
        life.slash(life.priya, "help")
        away = slack.workspace("Westmere Council")
        priya = slack.user(away, "Priya Shah")
        news = slack.channel(away, "news", priya)
        join(life, away, priya)
        install(life, away, key)
        yield Two(life, away, priya, news)


def join(life: Life, away: standin.Workspace, priya: User) -> None:
    with life.db.writing(MINE, at=life.clock.now()) as session:
        workspace = add(session, Workspace(platform="slack", external=away.id, name=away.name))
        door.seat(session, workspace, people(session)[0], priya.id)
        record(session, "joined", f"workspace {workspace.id}")


def install(life: Life, away: standin.Workspace, key: str) -> None:
    given = Installation(
        app_id=away.app_id,
        team_id=away.id,
        team_name=away.name,
        bot_token=away.bot_token,
        bot_user_id=away.bot_user_id,
        user_id="U1",
    )
    Installs(life.db, Seal(key), life.clock.now).save(given)


def figure(life: Life, name: str) -> str:
    page = httpx.get(f"http://127.0.0.1:{life.running.port}/metrics", trust_env=False).text
    return next(line.split()[1] for line in page.splitlines() if line.startswith(f"{name} "))


@pytest.mark.parametrize("error", TOKEN_ERRORS)
def test_workspace_whose_token_is_refused_stops_alone(
    two: Two, error: str, caplog: pytest.LogCaptureFixture
) -> None:
    life = two.life
    life.slack.misbehave(Fault.REFUSED, channel=life.comms.id, error=error, times=100)

    with caplog.at_level(logging.ERROR):
        posts = put(life, life.comms, "one", "two")
    put(life, two.news, "elsewhere")
    later(life, 3600)

    told = [post.text for post in life.slack.posts(life.slack.state.direct(two.away, two.priya.id))]
    assert life.slack.texts(two.news) == ["elsewhere"]
    assert [state(life.db, post) for post in posts] == ["waiting", "waiting"]
    assert asked(life, life.comms.id).count("chat.postMessage") == 1
    assert told == ["Nothing is posted in Fell and Bay any more"]
    assert [entry.getMessage().split(":")[0] for entry in caplog.records] == [
        f"workspace {life.team.id} is stopped"
    ]
    assert figure(life, "commsbot_workspaces_stopped") == "1.0"


def test_what_waited_goes_out_once_when_it_is_installed_again(two: Two) -> None:
    life = two.life
    life.slack.misbehave(Fault.REFUSED, channel=life.comms.id, error="invalid_auth", times=100)
    put(life, life.comms, "one", "two")
    later(life, 3600)
    life.slack.behave()

    install(life, life.team, new_key())
    later(life, 0)
    later(life, 600)

    assert life.slack.texts(life.comms)[-2:] == ["one", "two"]
    assert texts(life.open()) == ["one", "two"]
    assert figure(life, "commsbot_workspaces_stopped") == "0.0"


def test_stopped_workspace_is_not_given_a_burst_when_it_is_started_again(
    sqlite: Database, slack: Slack
) -> None:
    with living(sqlite, slack, "http") as life:
        life.slash(life.sam, "action add Print the posters due: 8 June")
        life.slash(life.sam, "action add Book the hall due: 12 June")
        until(life, lambda: not pending(sqlite))
        life.slack.misbehave(Fault.REFUSED, error="token_revoked", times=100)
        (post,) = put(life, life.comms, "in hand")
        later(life, (at("2020-06-04 12:00") - life.clock.now()).total_seconds())
    waiting = [entry.key for entry in pending(sqlite)]
    slack.behave()

    with (
        socket.create_server(("127.0.0.1", 0)) as again,
        serve(slack, life.team, sqlite, life.clock, again, "http") as running,
    ):
        back = Life(slack, sqlite, life.clock, life.team, life.priya, life.sam, life.comms, running)
        later(back, 60)
        at_once = (texts(back.open())[-1:], texts(back.direct(back.sam)))
        later(back, (at("2020-06-05 12:00") - life.clock.now()).total_seconds())

    assert waiting == ["in hand"]
    assert at_once == (["in hand"], [])
    assert [text.split(":")[0] for text in texts(back.direct(back.sam))] == ["Friday 5 June"]
    assert state(sqlite, post) == "sent"


def pending(db: Database) -> list[Outbox]:
    """What has not gone out yet, also where nothing can."""
    with db.reading(MINE) as session:
        everything = [outbox.post_by_id(session, number) for number in range(1, 50)]
    return [post for post in everything if post is not None and post.state in ("waiting", "sending")]
