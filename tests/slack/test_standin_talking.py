"""People speak to a real bolt app over HTTP, and press its buttons, as on Slack."""

import socket
import time

import httpx
import pytest
from slack_sdk.errors import SlackApiError

from tests.slack.scene import Scene
from tests.slack.small_bot import SmallBot
from tests.slack.standin import Answer, CannotFill, How, NoAnswer

USUAL = How()

DONE = {"type": "button", "text": {"type": "plain_text", "text": "Done"}, "value": "/action done A12"}
BUTTONS = [{"type": "actions", "elements": [DONE | {"action_id": "line"}]}]


def command(scene: Scene, text: str = "done A12", how: How = USUAL) -> Answer:
    return scene.slack.slash(scene.team, scene.sam, scene.comms, "/action", text, how)


def test_command_arrives_as_slack_sends_it(scene: Scene, bot: SmallBot) -> None:
    bot.answers["/action"] = "Well done"

    answer = command(scene)

    [heard] = bot.heard
    assert (heard["text"], heard["user_id"], heard["channel_id"]) == (
        "done A12",
        scene.sam.id,
        scene.comms.id,
    )
    assert (answer.status, scene.slack.texts(scene.comms)) == (200, ["Well done"])
    assert scene.slack.posts(scene.comms)[0].ephemeral_to == scene.sam.id


def test_signature_is_checked_by_the_bot(scene: Scene, bot: SmallBot) -> None:
    old = str(int(time.time()) - 301)

    refused = [
        How(secret="another"),  # noqa: S106 - it opens nothing
        How(timestamp=old),
        How(raw=b"x", headers={"x-slack-signature": "v0=0"}),
    ]

    assert [command(scene, how=how).status for how in refused] == [401, 401, 401]
    assert bot.heard == []


def test_same_request_can_come_again(scene: Scene, bot: SmallBot) -> None:
    first = scene.slack.mention(scene.team, scene.sam, scene.comms, "help")

    same = scene.slack.again(first)
    retried = scene.slack.again(first, How(retry=1))

    assert same.sent == first.sent
    assert retried.sent.headers["x-slack-retry-num"] == "1"
    assert [heard["event_id"] for heard in bot.heard] == [bot.heard[0]["event_id"]] * 3


def test_nobody_listening_is_no_answer(scene: Scene) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    scene.slack.bot_url = f"http://127.0.0.1:{port}/slack/events"

    with pytest.raises(NoAnswer):
        command(scene)


def test_mention_in_a_thread_and_direct_message_are_events(scene: Scene, bot: SmallBot) -> None:
    first = scene.slack.say(scene.sam, scene.comms, "shall we?")
    scene.slack.mention(scene.team, scene.sam, scene.comms, "help", first.ts)
    scene.slack.dm(scene.team, scene.sam, "me")

    mention, direct = (heard["event"] for heard in bot.heard)
    assert (mention["type"], mention["thread_ts"]) == ("app_mention", first.ts)
    assert mention["text"] == f"<@{scene.team.bot_user_id}> help"
    assert (direct["type"], direct["channel_type"], direct["text"]) == ("message", "im", "me")


def test_click_carries_the_line_and_the_message(scene: Scene, bot: SmallBot) -> None:
    scene.post("A12 is due", blocks=BUTTONS)
    [post] = scene.slack.posts(scene.comms)

    scene.slack.click(post, "Done", scene.sam)

    [heard] = bot.heard
    [action] = heard["actions"]
    assert (action["value"], action["action_id"], action["block_id"]) == ("/action done A12", "line", "b1")
    assert heard["message"]["ts"] == heard["container"]["message_ts"] == post.ts
    with pytest.raises(CannotFill):
        scene.slack.click(post, "Snooze", scene.sam)


def test_one_of_several_buttons_of_a_name_is_pressed(scene: Scene, bot: SmallBot) -> None:
    lines = [DONE | {"action_id": f"line-{n}", "value": f"/action done A{n}"} for n in (1, 2)]
    scene.post("Due", blocks=[{"type": "actions", "elements": lines}])

    scene.slack.click(scene.slack.posts(scene.comms)[0], "Done", scene.sam, nth=2)

    assert bot.heard[0]["actions"][0]["value"] == "/action done A2"


def test_someone_external_presses_with_a_team_of_their_own(scene: Scene, bot: SmallBot) -> None:
    guest = scene.slack.user(scene.slack.workspace("Furness"), "Ro Bell")
    shared = scene.slack.channel(scene.team, "shared", scene.sam, guest)
    bot.client.chat_postMessage(channel=shared.id, text="A12", blocks=BUTTONS)

    scene.slack.click(scene.slack.posts(shared)[0], "Done", guest)
    scene.slack.mention(scene.team, guest, shared, "help")

    click, mention = bot.heard
    assert (click["team"]["id"], click["user"]["team_id"]) == (scene.team.id, guest.team_id)
    assert (mention["is_ext_shared_channel"], mention["event"]["user_team"]) == (True, guest.team_id)


def test_shortcut_and_home_reach_the_bot(scene: Scene, bot: SmallBot) -> None:
    said = scene.slack.say(scene.sam, scene.comms, "parking again")

    scene.slack.shortcut(scene.team, scene.sam, said, "keep")
    scene.slack.open_home(scene.team, scene.sam)

    shortcut, home = bot.heard
    assert (shortcut["callback_id"], shortcut["message"]["text"]) == ("keep", "parking again")
    assert (home["event"]["type"], home["event"]["tab"]) == ("app_home_opened", "home")


def test_response_url_takes_five_posts(scene: Scene, bot: SmallBot) -> None:
    command(scene)
    url = bot.heard[0]["response_url"]

    answers = [httpx.post(url, json={"text": str(n)}) for n in range(6)]

    assert [answer.status_code for answer in answers] == [200] * 5 + [404]
    assert answers[-1].json()["error"] == "used_url"
    assert [post.text for post in scene.slack.state.url_posts] == ["0", "1", "2", "3", "4"]


def test_response_url_ends_after_half_an_hour(scene: Scene, bot: SmallBot) -> None:
    command(scene)
    scene.slack.clock.forward(1801)

    assert httpx.post(bot.heard[0]["response_url"], json={"text": "late"}).status_code == 404


def test_response_url_of_a_button_replaces_or_deletes_its_message(scene: Scene, bot: SmallBot) -> None:
    ts = scene.post("A12 is due", blocks=BUTTONS)
    [post] = scene.slack.posts(scene.comms)
    scene.slack.click(post, "Done", scene.sam)
    url = bot.heard[0]["response_url"]

    httpx.post(url, json={"text": "A12 is done", "replace_original": True})
    httpx.post(url, json={"text": "For all", "response_type": "in_channel", "thread_ts": ts})

    said = [(each.text, each.edited, each.thread_ts) for each in scene.slack.posts(scene.comms)]
    assert said == [("A12 is done", 1, ""), ("For all", 0, ts)]
    httpx.post(url, json={"delete_original": True})
    assert scene.slack.texts(scene.comms) == ["For all"]


def test_consent_brings_a_code_for_one_token(scene: Scene) -> None:
    app, back = scene.slack.app, "https://bot.example.org/oauth"
    asked = {"client_id": app.client_id, "scope": "chat:write,commands", "redirect_uri": back, "state": "s 1"}
    answer = httpx.get(f"{scene.slack.state.url}/oauth/v2/authorize", params=asked)
    code = httpx.URL(answer.headers["location"]).params["code"]
    client = scene.client()
    keys = {"client_id": app.client_id, "client_secret": app.client_secret, "redirect_uri": back}

    for other in ({"client_secret": "x"}, {"redirect_uri": "https://elsewhere.example"}):
        with pytest.raises(SlackApiError, match="bad_"):
            client.oauth_v2_access(code=code, **(keys | other))
    given = client.oauth_v2_access(code=code, **keys)

    assert (answer.status_code, httpx.URL(answer.headers["location"]).params["state"]) == (302, "s 1")
    assert scene.client(given["access_token"]).auth_test()["team_id"] == scene.team.id
    assert scene.team.scopes == {"chat:write", "commands"}
    with pytest.raises(SlackApiError, match="code_already_used"):
        client.oauth_v2_access(code=code, **keys)


def test_consent_can_be_refused(scene: Scene) -> None:
    scene.slack.state.agrees = False
    asked = {"client_id": scene.slack.app.client_id, "scope": "commands", "redirect_uri": "https://b.example"}

    answer = httpx.get(f"{scene.slack.state.url}/oauth/v2/authorize", params=asked)

    assert dict(httpx.URL(answer.headers["location"]).params)["error"] == "access_denied"
