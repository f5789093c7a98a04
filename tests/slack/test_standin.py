"""The fake Slack's Web API, asked by Slack's own client: what it keeps, refuses and gets wrong."""

import json
from typing import Any

import httpx

from tests.slack.scene import Scene

HELLO = {"type": "section", "text": {"type": "mrkdwn", "text": "Hello"}}
KEY = {"event_type": "commsbot", "event_payload": {"key": "slot|1"}}


def test_auth_test_says_who_the_bot_is_and_what_it_may(scene: Scene) -> None:
    answer = scene.client().auth_test()

    assert (answer["team_id"], answer["user_id"]) == (scene.team.id, scene.team.bot_user_id)
    assert answer.headers["x-oauth-scopes"] == ",".join(sorted(scene.team.scopes))


def test_message_is_kept_with_its_blocks_and_metadata(scene: Scene) -> None:
    ts = scene.post("Hello", blocks=[HELLO], metadata=KEY)

    [post] = scene.slack.posts(scene.comms)
    assert (post.ts, post.text, post.blocks, post.metadata) == (ts, "Hello", [HELLO], KEY)


def test_history_pages_backwards_with_metadata_and_without_threads(scene: Scene) -> None:
    first = scene.post("one", metadata=KEY)
    scene.post("in the thread", thread_ts=first)
    for text in ("two", "three"):
        scene.post(text)

    pages = scene.client().conversations_history(channel=scene.comms.id, limit=2, include_all_metadata=True)
    messages = [message for page in pages for message in page["messages"]]

    assert [message["text"] for message in messages] == ["three", "two", "one"]
    assert messages[-1]["metadata"] == KEY


def test_history_ends_where_it_is_told_and_hides_metadata_unless_asked(scene: Scene) -> None:
    stamps = [scene.post(text, metadata=KEY) for text in ("one", "two", "three")]

    def texts(**more: Any) -> list[str]:
        answer = scene.client().conversations_history(channel=scene.comms.id, **more)
        assert ["metadata" in message for message in answer["messages"]] == [False] * len(answer["messages"])
        return [message["text"] for message in answer["messages"]]

    assert texts(oldest=stamps[0]) == ["three", "two"]
    assert texts(oldest=stamps[0], latest=stamps[2]) == ["two"]
    assert texts(oldest=stamps[0], latest=stamps[1], inclusive=True) == ["two", "one"]


def test_replies_are_a_thread_in_order(scene: Scene) -> None:
    first = scene.post("one")
    scene.slack.say(scene.sam, scene.comms, "answer", first)
    scene.post("two")

    replies = scene.client().conversations_replies(channel=scene.comms.id, ts=first)

    assert [message["text"] for message in replies["messages"]] == ["one", "answer"]
    assert replies["messages"][1]["parent_user_id"] == scene.team.bot_user_id


def test_update_replaces_only_what_the_bot_wrote(scene: Scene) -> None:
    mine, theirs = scene.post("one", metadata=KEY), scene.slack.say(scene.sam, scene.comms, "hers").ts

    scene.client().chat_update(channel=scene.comms.id, ts=mine, text="two")

    [post, _] = scene.slack.posts(scene.comms)
    assert (post.text, post.edited, post.metadata) == ("two", 1, KEY)
    of = {"channel": scene.comms.id, "text": "x"}
    assert scene.error("chat.update", ts=theirs, **of) == "cant_update_message"
    assert scene.error("chat.update", ts="1.000000", **of) == "message_not_found"


def test_delete_takes_away_only_what_the_bot_wrote(scene: Scene) -> None:
    mine, theirs = scene.post("one"), scene.slack.say(scene.sam, scene.comms, "hers").ts

    scene.client().chat_delete(channel=scene.comms.id, ts=mine)

    assert scene.slack.texts(scene.comms) == ["hers"]
    assert scene.error("chat.delete", channel=scene.comms.id, ts=theirs) == "cant_delete_message"


def test_message_that_fits_nowhere_is_refused(scene: Scene) -> None:
    of = {"channel": scene.comms.id, "text": "x"}

    assert scene.error("chat.postMessage", thread_ts="1.000000", **of) == "thread_not_found"
    assert scene.error("chat.postMessage", metadata={"key": "x"}, **of) == "invalid_metadata_format"
    stranger = scene.slack.user(scene.team, "Ro Bell").id
    assert scene.error("chat.postEphemeral", user=stranger, **of) == "user_not_in_channel"


def test_ephemeral_is_seen_by_one_and_not_in_the_history(scene: Scene) -> None:
    scene.client().chat_postEphemeral(channel=scene.comms.id, user=scene.sam.id, text="For you")

    [post] = scene.slack.posts(scene.comms)
    assert post.ephemeral_to == scene.sam.id
    assert scene.client().conversations_history(channel=scene.comms.id)["messages"] == []


def test_direct_messages_are_opened_once(scene: Scene) -> None:
    opened = [scene.client().conversations_open(users=scene.sam.id)["channel"]["id"] for _ in range(2)]
    posted = scene.client().chat_postMessage(channel=scene.sam.id, text="Hello")["channel"]

    assert opened == [posted, posted]
    assert posted[0] == "D"


def test_people_and_channels_can_be_looked_up(scene: Scene) -> None:
    guest = scene.slack.user(scene.team, "Ro Bell", is_restricted=True)
    scene.slack.channel(scene.team, "board", scene.sam, bot=False, private=True)
    client = scene.client()

    assert client.users_info(user=guest.id)["user"]["is_restricted"] is True
    people = [member["name"] for member in client.users_list()["members"]]
    assert people == ["commsbot", "sam.okafor", "ro.bell"]
    channels = client.conversations_list(types="public_channel,private_channel")["channels"]
    assert [channel["name"] for channel in channels] == ["comms"]
    assert client.conversations_info(channel=scene.comms.id)["channel"]["is_member"] is True
    assert client.team_info()["team"]["name"] == "Morecambe Bay"


def test_permalink_leads_to_the_message(scene: Scene) -> None:
    ts = scene.post()

    link = scene.client().chat_getPermalink(channel=scene.comms.id, message_ts=ts)["permalink"]

    assert link == f"https://morecambe-bay.slack.com/archives/{scene.comms.id}/p{ts.replace('.', '')}"


def test_channel_the_bot_is_not_in_refuses_it_until_it_joins(scene: Scene) -> None:
    other = scene.slack.channel(scene.team, "news", scene.sam, bot=False)
    assert scene.error("chat.postMessage", channel=other.id, text="x") == "not_in_channel"

    scene.client().conversations_join(channel=other.id)

    scene.client().chat_postMessage(channel=other.id, text="Hello")
    assert scene.slack.texts(other) == ["Hello"]


def test_channels_that_are_not_there_refuse_posts(scene: Scene) -> None:
    scene.comms.is_archived = True
    elsewhere = scene.slack.channel(scene.slack.workspace("Furness"), "comms")
    wanted = {scene.comms.id: "is_archived", elsewhere.id: "channel_not_found", "C0": "channel_not_found"}

    assert {c: scene.error("chat.postMessage", channel=c, text="x") for c in wanted} == wanted


def test_token_decides_who_is_let_in(scene: Scene) -> None:
    scene.team.scopes.discard("users:read")
    assert scene.error("auth.test", "xoxb-wrong") == "invalid_auth"
    assert scene.error("users.list") == "missing_scope"
    assert scene.error("auth.test", scene.slack.app.app_token) == "not_allowed_token_type"
    assert scene.error("no.method") == "unknown_method"

    scene.client().auth_revoke()

    assert scene.error("auth.test") == "token_revoked"


def test_uninstalling_ends_the_bot(scene: Scene) -> None:
    app = scene.slack.app
    scene.client().apps_uninstall(client_id=app.client_id, client_secret=app.client_secret)

    assert scene.error("auth.test") == "account_inactive"


def test_json_and_forms_are_read_alike(scene: Scene) -> None:
    said = {"channel": scene.comms.id, "text": "Hello", "blocks": json.dumps([HELLO])}
    signed = {"Authorization": f"Bearer {scene.team.bot_token}"}
    url = f"{scene.slack.api_url}chat.postMessage"

    answers = [httpx.post(url, data=said, headers=signed), httpx.post(url, json=said, headers=signed)]

    assert [answer.json()["ok"] for answer in answers] == [True, True]
    assert [post.blocks for post in scene.slack.posts(scene.comms)] == [[HELLO], [HELLO]]
