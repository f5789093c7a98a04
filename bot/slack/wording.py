"""Wording: Slack's way of writing a text, and what the person who wrote it typed."""

import re
from collections.abc import Callable

NAME = "slack"
_MARKED = re.compile(r"<([^<>]*)>")
_FENCED = re.compile(r"(```|`)((?:(?!\1).)+)\1", re.DOTALL)


def typed(text: str, team: str) -> str:
    """The text as it was typed. A person or chat channel that was mentioned stands as <@slack:T1:U9> or
    <#slack:T1:C9>, so that nobody can be mistaken for another of the same name.
    """
    return _unescaped(_MARKED.sub(lambda mark: _plain(mark[1], team), text))


def _unescaped(text: str) -> str:
    """Slack escapes these three characters alone."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _plain(inside: str, team: str) -> str:
    """What stands between Slack's angle brackets, as words."""
    target, _, label = inside.partition("|")
    match target[:1]:
        case "@" | "#":
            return f"<{target[0]}{NAME}:{team}:{target[1:]}>"
        case "!":
            return _special(target[1:], label)
        case _:
            return label if label and _is_same(label, target) else _linked(label, target)


def _special(target: str, label: str) -> str:
    """@channel and its like, a user group, a date: by the words that people see."""
    kind, *_ = target.split("^")
    return label or f"@{kind}"


def _is_same(label: str, url: str) -> bool:
    """Whether a label is only a shorter way to write its link, as Slack makes them by itself."""
    bare = re.sub(r"^(https?://|mailto:|tel:)", "", url).rstrip("/")
    return label.rstrip("/") in (bare, url.rstrip("/"))


def _linked(label: str, url: str) -> str:
    url = url.removeprefix("mailto:") if not label else url
    return f"{label} ({url})" if label else url


def command_in(text: str, bot: str) -> str:
    """A message to the bot as a command: without the bot's own mention, nor the marks of code around it."""
    words = re.sub(rf"^\s*(<@{re.escape(bot)}(\|[^>]*)?>[\s,:]*)+", "", text) if bot else text
    fenced = _FENCED.fullmatch(words.strip())
    return (fenced[2] if fenced else words).strip()


def readable(text: str, name_of: Callable[[str], str]) -> str:
    """A message of somebody's as words, with the names of the people mentioned in it."""
    named = re.sub(r"<@([A-Z0-9]+)(\|[^>]*)?>", lambda mark: f"@{name_of(mark[1])}", text)
    named = re.sub(r"<#[A-Z0-9]+\|([^>]+)>", r"#\1", named)
    return typed(named, "")
