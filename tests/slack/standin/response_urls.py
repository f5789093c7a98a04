"""What may be posted to a response_url: five times within thirty minutes, in the place it was made for."""

from tests.slack.standin.asking import Refused, check_blocks
from tests.slack.standin.chat_methods import replace_content
from tests.slack.standin.limits import LONGEST_TEXT
from tests.slack.standin.state import Json, Post, ResponseUrl, State, UrlPost

MOST_USES = 5
LIVES = 1800.0
"""Seconds."""


def carry_out(state: State, url_id: str, given: Json) -> tuple[int, Json]:
    """The status and the answer."""
    with state.changed:
        url = state.response_urls.get(url_id)
        if url is None:
            return 404, {"ok": False, "error": "no_such_url"}
        if url.uses >= MOST_USES or state.clock.now() - url.made > LIVES:
            return 404, {"ok": False, "error": "used_url"}
        try:
            check(state, given)
        except Refused as refused:
            return 400, refused.answer()
        url.uses += 1
        state.url_posts.append(UrlPost(url.id, url.channel, url.user_id, given))
        _do(state, url, given)
        state.changed.notify_all()
        return 200, {"ok": True}


def check(state: State, given: Json) -> None:
    """Refuse what Slack would not show as an answer."""
    if not given.get("text") and not given.get("delete_original"):
        raise Refused("no_text")
    if len(given.get("text") or "") > LONGEST_TEXT:
        raise Refused("msg_too_long")
    check_blocks(state, given.get("blocks") or [], "message")


def say(state: State, url: ResponseUrl, given: Json) -> None:
    """Post the answer for all, or, unless it says so, for the one who asked."""
    for_all = given.get("response_type") == "in_channel"
    team = state.workspaces[url.team_id]
    state.keep(
        Post(
            state.new_ts(),
            url.channel,
            url.team_id,
            team.bot_user_id,
            str(given["text"]),
            given.get("blocks") or [],
            thread_ts=str(given.get("thread_ts") or ""),
            bot_id=team.bot_id,
            ephemeral_to="" if for_all else url.user_id,
        )
    )


def _do(state: State, url: ResponseUrl, given: Json) -> None:
    if given.get("delete_original"):
        if url.post:
            url.post.deleted = True
    elif given.get("replace_original") and url.post:
        replace_content(url.post, given)
    else:
        say(state, url, given)
