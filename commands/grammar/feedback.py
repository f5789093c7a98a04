"""Feedback: how a loop, a source, a level, a link and a day that is over are typed."""

import re
from dataclasses import dataclass
from difflib import get_close_matches
from urllib.parse import urlsplit

from commands.base import CommandError, Request
from commands.grammar.choices import Choice
from commands.grammar.numbers import missing, no_number, numeral
from commands.grammar.when import NotADate
from commands.grammar.when_past import Past, read_past
from commands.grammar.words import repaired
from storage.loops import LEVELS, VOICES, Level, Loop, loop_numbered
from storage.sources import USUAL, Source, sources, usual_left, usual_name


@dataclass(frozen=True)
class Web:
    """The address of a page, with http or https."""

    url: str


_SCHEME = re.compile(r"https?://", re.IGNORECASE)


def loop(text: str, request: Request) -> Loop:
    """A loop by its number, L12 or 12."""
    found = numeral(text, "L")
    if found is None:
        raise no_number(text, "L", "loop", "/yousaid list")
    loop = loop_numbered(request.session, found)
    if loop is None:
        raise missing(request, f"L{found}", "/yousaid list all")
    return loop


def web(text: str, _request: Request) -> Web:
    """A page's address. Words without a scheme that look like one get https."""
    url = text.strip().rstrip(".,;")
    if re.fullmatch(r"(?:www\.)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:/\S*)?", url, re.IGNORECASE):
        url = f"https://{url}"
    if not _SCHEME.match(url) or " " in url or not _host(url):
        raise CommandError(
            f"“{text.strip()[:60]}” is no link to a page: it begins with https:// or http://.",
            "https://www.example.org/news",
        )
    return Web(url)


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def level(text: str, _request: Request) -> Level:
    """One of information, feedback and influence, one of individual and collective, or both."""
    words = re.findall(r"[a-z]+", repaired(text).lower())
    levels, voices = ([_option(word, options) for word in words] for options in (LEVELS, VOICES))
    found, heard = (list(filter(None, each)) for each in (levels, voices))
    if len(found) > 1 or len(heard) > 1 or len(found) + len(heard) != len(words) or not words:
        raise CommandError(
            f"“{text.strip()[:40]}” is no level: it is information, feedback or influence, and individual or "
            "collective.",
            "collective feedback",
        )
    return Level(*(each[0] if each else "" for each in (found, heard)))


def _option(word: str, options: tuple[str, ...]) -> str:
    return next((option for option in options if len(word) > 2 and option.startswith(word)), "")


def levels(_request: Request) -> list[Choice]:
    both = [Level(level, voice) for voice in VOICES for level in LEVELS]
    return [Choice(str(each), each, str(each).capitalize()) for each in both]


def past(text: str, request: Request) -> Past:
    """A day, or a longer time, that has begun."""
    try:
        return read_past(text, request.today, request.partnership.year_starts)
    except NotADate as error:
        raise CommandError(
            str(error).replace("‘", "“").replace("’", "”", 1), instead=error.instead
        ) from error


# --- sources ----------------------------------------------------------------------------------------


def source(text: str, request: Request) -> Source:
    """A source of the partnership by its name, or a usual one by any of its names: that one is new, with no
    id, and the command that uses it adds it. Raises CommandError with the nearest.
    """
    typed = " ".join(repaired(text).split())
    mine, name = sources(request.session), usual_name(typed)
    found = next((each for each in mine if each.name.casefold() == typed.casefold()), None)
    found = found or next((each for each in mine if name and each.usual == name), None)
    if found is not None:
        return found
    if name:
        return Source(name=name, usual=name, since=request.today)
    raise _unknown(typed, [*(each.name for each in mine), *USUAL])


def _unknown(typed: str, names: list[str]) -> CommandError:
    also = {other: name for name, others in USUAL.items() for other in others}
    spelled = {name.casefold(): name for name in names} | also
    near = get_close_matches(typed.casefold(), spelled, n=1, cutoff=0.7)
    wrong = f"No source is called “{typed[:60]}”."
    if near:
        meant = spelled[near[0]]
        return CommandError(f"{wrong} Did you mean “{meant}”?", instead=(typed, meant))
    return CommandError(f"{wrong} To add it:", f"/source add {typed[:100]}")


def source_choices(request: Request) -> list[Choice]:
    """The partnership's own first, then the usual ones."""
    mine = sources(request.session)
    known = [each for each in mine if each.stopped_on is None]
    usual = [Source(name=name, usual=name, since=request.today) for name in usual_left(mine)]
    return [
        Choice(each.name, each, each.name, also=" ".join(USUAL.get(each.usual, ()))) for each in known + usual
    ]
