"""Texts of every kind: what was typed is what is stored and shown, and it never rings anybody's bell."""

from collections.abc import Callable, Iterator

import pytest
from sqlmodel import select

from commands.grammar.words import cleaned
from storage.actions import Action
from storage.db import Database
from tests.messages.slack_reader import words
from tests.slack.living import Life, living
from tests.slack.standin import Slack, View
from tests.slack.watching import elements, wait_sent

TEXTS = {
    "one letter": "x",
    "nearly 2,000 characters": "Ring the wards " * 133,
    "emoji": "🎉 Open day 🏳️‍🌈 👩‍👩‍👧",
    "right to left": "مرحبا بالعالم \u202eabc",
    "NUL": "a\x00b\x1b[31m",
    "payload": 'payload={"type": "x"} & more',
    "everybody": "Tell <!channel> <!here|here> <!everyone> <!subteam^S1|@comms>",
    "a word that looks like everybody": "Tell @channel and @here",
    "escaped": "Fish &amp; chips &lt;!channel&gt; &lt;b&gt;",
    "marks": "*bold* _italic_ ~gone~ `code` > quote [x](http://example.org)",
    "templates": "{{ 7*7 }} {% raw %} ${x} %s",
    "a link": "See <https://example.org/a?b=1&amp;c=2|example.org/a?b=1&amp;c=2>",
    "a link with a name": "See <https://example.org|our page>",
    "SQL": "'; DROP TABLE action; --",
}
STORED = TEXTS | {
    "nearly 2,000 characters": ("Ring the wards " * 133).strip(),
    "NUL": "ab[31m",
    "everybody": "Tell @channel here @everyone @comms",
    "escaped": "Fish & chips <!channel> <b>",
    "a link": "See example.org/a?b=1&c=2",
    "a link with a name": "See our page (https://example.org)",
}


@pytest.fixture
def life(sqlite: Database, slack: Slack) -> Iterator[Life]:
    with living(sqlite, slack, "http") as found:
        yield found


def by_command(life: Life, text: str) -> None:
    life.slash(life.priya, f"action add {text}")


def by_mention(life: Life, text: str) -> None:
    life.slack.mention(life.team, life.priya, life.comms, f"action add {text}")


def by_direct_message(life: Life, text: str) -> None:
    life.slack.dm(life.team, life.priya, f"action add {text}")


def by_form(life: Life, text: str) -> None:
    """A form tells what was typed as it is."""
    life.slash(life.priya, "action add")
    life.slack.submit(form(life).id, life.priya, {"what": text})


def form(life: Life) -> View:
    return next(v for v in reversed(life.slack.state.views.values()) if v.how == "open")


def titles(life: Life) -> list[str]:
    with life.db.reading(1) as session:
        return [action.title for action in session.exec(select(Action))]


def said(life: Life) -> list[tuple[str, object]]:
    """All that the bot has shown anybody."""
    wait_sent(life.slack, life.db)
    posts = [(p.text, p.blocks) for p in life.slack.state.posts if p.bot_id]
    return [*posts, *(("", view.given["blocks"]) for view in life.slack.state.views.values())]


def check_silent(life: Life) -> None:
    """That nobody's bell was rung, and no mark of Slack's stands in a text."""
    shown = said(life)
    assert [e for _, blocks in shown for e in elements(blocks, "broadcast", "usergroup", "mrkdwn")] == []
    assert [e for _, blocks in shown for e in elements(blocks, "user") if e["user_id"] != life.priya.id] == []
    assert [text for text, _ in shown if "<" in text or ">" in text] == []


@pytest.mark.parametrize("by", [by_command, by_mention, by_direct_message])
@pytest.mark.parametrize("name", list(TEXTS))
def test_text_is_stored_and_shown_as_typed(life: Life, name: str, by: Callable[[Life, str], None]) -> None:
    by(life, TEXTS[name])

    [title] = titles(life)
    assert title == STORED[name]
    check_silent(life)
    assert [shown for _, shown in said(life) if title in words(shown)] != []


@pytest.mark.parametrize("name", list(TEXTS))
def test_text_in_a_form_is_stored_and_shown_as_typed(life: Life, name: str) -> None:
    by_form(life, TEXTS[name])

    [title] = titles(life)
    assert title == cleaned(TEXTS[name]).strip()
    check_silent(life)
    assert [shown for _, shown in said(life) if title in words(shown)] != []


@pytest.mark.parametrize("length", [3_000, 4_000, 40_000])
def test_text_that_is_too_long_is_given_back(life: Life, length: int) -> None:
    text = "Ring 🎉 &amp; " * (length // 13)

    answer = life.slash(life.priya, f"action add {text}")

    life.slack.wait_for(lambda: life.private(life.priya))
    assert (answer.status, titles(life)) == (200, [])
    assert "2,000" in life.private(life.priya)[0]
    check_silent(life)


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\x00", "\u200b"])
def test_no_text_opens_the_form_or_says_what_is_missing(life: Life, text: str) -> None:
    answer = life.slash(life.priya, f"action add {text}")

    assert answer.status == 200
    assert life.slack.state.views or answer.json["response_type"] == "ephemeral" or titles(life)


def test_message_that_is_chosen_comes_into_the_form_in_words(life: Life) -> None:
    life.slash(life.priya, "help")
    message = life.slack.say(life.sam, life.comms, "Ask <!channel> &amp; <https://example.org|us> 🎉")

    life.slack.shortcut(life.team, life.priya, message, "action add")

    [box] = elements(form(life).given["blocks"], "plain_text_input")[:1]
    assert box["initial_value"].startswith("Ask @channel & us (https://example.org) 🎉\n\nSam Okafor: http")
    check_silent(life)


def test_line_that_is_given_back_names_who_was_mentioned(life: Life) -> None:
    life.slash(life.sam, "help")

    wrong = life.slash(life.priya, f"action add Winter FAQ owner: <@{life.sam.id}> by 31 June")
    right = life.slash(life.priya, "action add Winter FAQ owner: @Sam Okafor by 30 June")

    assert "/action add Winter FAQ owner: @Sam Okafor by 30 June" in words(wrong.json["blocks"])
    assert "slack:" not in words(wrong.json["blocks"])
    assert right.json["text"] == "A1 is logged: Winter FAQ"


@pytest.mark.parametrize(
    "line",
    [
        "action {}",
        "action show {}",
        "action drop {}",
        "action edit A1 due: {}",
        "partner away {}",
        "objective {}",
    ],
)
def test_error_names_whoever_was_mentioned(life: Life, line: str) -> None:
    life.slash(life.sam, "help")
    life.slash(life.priya, "action add Winter FAQ")

    wrong = str(life.slash(life.priya, line.format(f"<@{life.sam.id}>")).json)

    assert "Sam Okafor" in wrong
    assert "slack:" not in wrong
