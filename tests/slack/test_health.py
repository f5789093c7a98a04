"""Whoever watches the bot sees whether it is alive and ready, and figures without names or words."""

import httpx
from prometheus_client.parser import text_string_to_metric_families

from storage.db import Database
from tests.slack.living import Life, living
from tests.slack.standin import Slack


def asked(life: Life, path: str) -> httpx.Response:
    return httpx.get(f"http://127.0.0.1:{life.running.port}{path}")


def figures(life: Life) -> dict[str, float]:
    found = text_string_to_metric_families(asked(life, "/metrics").text)
    return {
        s.name + "".join(f" {v}" for v in s.labels.values()): s.value
        for family in found
        for s in family.samples
    }


def beat(life: Life) -> None:
    for _ in range(100):
        if asked(life, "/readyz").status_code == 200:
            return
    raise AssertionError(asked(life, "/readyz").text)


def test_bot_at_work_is_alive_and_ready(sqlite: Database, slack: Slack) -> None:
    with living(sqlite, slack, "socket") as life:
        beat(life)

        assert asked(life, "/healthz").text == "alive\n"
        assert asked(life, "/readyz").json() == {"ready": True, "because": []}


def test_figures_count_posts_and_say_nothing_of_anyone(sqlite: Database, slack: Slack) -> None:
    with living(sqlite, slack, "http") as life:
        beat(life)
        life.slash(life.priya, "action add Print the posters")
        slack.wait_for(lambda: life.open())
        life.running.wired.app.deliver(life.clock.now())

        found = figures(life)

        assert {name: value for name, value in found.items() if "beat" not in name} == {
            "commsbot_posts sent": 1,
            "commsbot_workspaces": 1,
            "commsbot_workspaces_stopped": 0,
            "commsbot_oldest_post_seconds": 0,
            "commsbot_heard": 1,
        }
        assert all(
            word not in asked(life, "/metrics").text for word in ("Priya", "poster", "comms ", life.team.id)
        )


def test_workspace_that_is_stopped_is_counted(sqlite: Database, slack: Slack) -> None:
    with living(sqlite, slack, "http") as life:
        life.slash(life.priya, "me")
        slack.event(life.team, {"type": "tokens_revoked", "tokens": {"oauth": [life.sam.id], "bot": []}})
        before = figures(life)["commsbot_workspaces_stopped"]
        slack.event(life.team, {"type": "tokens_revoked", "tokens": {"bot": [life.team.bot_user_id]}})

        assert (before, figures(life)["commsbot_workspaces_stopped"]) == (0, 1)


def test_nothing_else_is_served(sqlite: Database, slack: Slack) -> None:
    with living(sqlite, slack, "socket") as life:
        assert [asked(life, path).status_code for path in ("/", "/slack/install", "/slack/events")] == [
            404
        ] * 3
