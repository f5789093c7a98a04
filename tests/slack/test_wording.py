"""What Slack writes is read as what the person typed."""

import pytest

from bot.slack.wording import command_in, readable, typed


@pytest.mark.parametrize(
    ("slack", "meant"),
    [
        ("add Refresh the newsletter", "add Refresh the newsletter"),
        ("Q&amp;A &lt;b&gt; &amp;amp;", "Q&A <b> &amp;"),
        ("ask <@U9> and <@U9|sam>", "ask <@slack:T1:U9> and <@slack:T1:U9>"),
        ("in <#C9|comms>", "in <#slack:T1:C9>"),
        ("<!here> <!channel|channel>", "@here channel"),
        ("<!subteam^S1|@press> and <!date^1^{date}|1 May>", "@press and 1 May"),
        ("<https://example.org/a>", "https://example.org/a"),
        ("<https://example.org|example.org>", "example.org"),
        ("<https://example.org/a|the page>", "the page (https://example.org/a)"),
        ("<mailto:sam@example.org|sam@example.org>", "sam@example.org"),
        ("&lt;@U9&gt; typed by hand", "<@U9> typed by hand"),
        ("a < b", "a < b"),
        ("two\nlines", "two\nlines"),
    ],
)
def test_text_is_read_as_it_was_typed(slack: str, meant: str) -> None:
    assert typed(slack, "T1") == meant


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("<@UBOT> action list", "action list"),
        ("<@UBOT>: action list", "action list"),
        ("<@UBOT|commsbot>, <@UBOT> action list", "action list"),
        ("  <@UBOT>   `/action list`  ", "/action list"),
        ("```action add Two\nlines```", "action add Two\nlines"),
        ("ask <@UBOT> later", "ask <@UBOT> later"),
        ("`a` and `b`", "`a` and `b`"),
        ("<@UBOT>", ""),
    ],
)
def test_command_is_what_follows_the_mention(text: str, command: str) -> None:
    assert command_in(text, "UBOT") == command


def test_message_is_readable_with_the_names_of_those_in_it() -> None:
    names = {"U1": "Priya Shah"}

    words = readable(
        "<@U1> &amp; <@U2|x>: see <#C1|comms>, <https://example.org>", lambda user: names.get(user, "?")
    )

    assert words == "@Priya Shah & @?: see #comms, https://example.org"
