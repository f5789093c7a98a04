"""Adding: what people said, one thing or a whole report."""

import re
from typing import Annotated, Any

from commands.base import CommandError, Request, Says, check_fits, verb
from commands.grammar.owners import Owners
from commands.grammar.when_past import Past
from commands.yousaid.answering import loop_answers
from commands.yousaid.asking import asking_of, one_of
from jobs.loops import loop_lines
from messages.compose import compose
from messages.post import HERE, Post
from storage.counters import next_number
from storage.db import add as add_row
from storage.events import Event, record
from storage.finding import known_groups, known_themes, said_alike
from storage.loops import LONGEST_NAME, LONGEST_SAID, Level, Loop
from storage.sources import HAS_OWN_ROUTE, Source
from storage.when import When

MOST = 50
"""Lines that are logged at once."""
OWN_ROUTE = "complaints and safeguarding have a procedure of their own: this does not replace it"
_SAFEGUARDING = re.compile(r"\b(?:safeguarding|abus(?:e|ed|ing)|neglect(?:ed)?)\b", re.IGNORECASE)
_NAME = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Dr|Doctor|Nurse|Sister|Prof|Professor)\.? [A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?"
)
_WORD = re.compile(r"\w")
_BULLET = re.compile(r"^\s*(?:[-*•–—]|\(?\d{1,2}[.)])\s+")


def own_route(source: Any, _request: Request) -> str:
    """What is to be known before something is logged from this source."""
    words = source.name.lower()
    return OWN_ROUTE if any(word in words for word in HAS_OWN_ROUTE) else ""


What = Annotated[
    str,
    Says(
        "What people said",
        "The waiting room is too cold",
        "No names, nothing personal.",
        also=("said",),
        long=True,
        privacy="feedback",
    ),
]
From = Annotated[Source | None, Says("Where it comes from", "Healthwatch", also=("source",), note=own_route)]
Group = Annotated[
    str,
    Says(
        "Who said it: a group, never a name",
        "carers",
        also=("groups", "who"),
        likely=lambda r: known_groups(r.session),
        privacy="feedback",
        most=LONGEST_NAME,
    ),
]
HowFar = Annotated[
    Level | None,
    Says(
        "How much say they had",
        "collective feedback",
        "Information: they were told. Feedback: they said what they think. Influence: they took part in "
        "deciding. Each for themselves (individual) or together (collective).",
    ),
]
Theme = Annotated[
    str,
    Says(
        "What it is about",
        "waiting rooms",
        also=("topic",),
        likely=lambda r: known_themes(r.session),
        most=LONGEST_NAME,
    ),
]
SaidOn = Annotated[Past | None, Says("When they said it", "last Friday", also=("on", "date"), unsaid="today")]
Ref = Annotated[
    str,
    Says(
        "Which report or event it is from, if more was said there",
        "Healthwatch report June",
        "With it, each line is logged as one thing said.",
        also=("reference", "report"),
        most=LONGEST_NAME,
    ),
]


@verb(
    "/yousaid add The waiting room is too cold from: Healthwatch group: carers",
    "/yousaid add Letters are hard to read group: young people theme: letters when: last Friday",
    "/yousaid add The bus does not stop here from: social media asked: {person} by: next friday",
    shortcut="Log what people said",
)
def add(
    request: Request,
    what: What,
    *,
    from_: From = None,
    group: Group = "",
    level: HowFar = None,
    theme: Theme = "",
    when: SaidOn = None,
    ref: Ref = "",
    asked: Annotated[Owners | None, Says("Who decides, if they are asked now", "@someone")] = None,
    by: Annotated[When | None, Says("By when they are to decide", "end of June")] = None,
) -> list[Post]:
    """Record what people said, so that it can be answered."""
    if by is not None and not asked:
        raise CommandError("Who is to decide by then? Name them with asked:", "", "asked")
    points = _points(what, ref)
    values = columns_of(request, from_, group, level, theme, when, ref)
    own = bool(from_ and own_route(from_, request)) or _SAFEGUARDING.search(what) is not None
    before = said_alike(request.session, points)
    logged = [_log(request, point, values, asked, by) for point in points]
    if len(logged) == 1:
        lines = len(what.strip().splitlines()) if not ref else 1
        name = _NAME.search(what)
        found = name.group() if name else ""
        again = before.get(points[0])
        return loop_answers(
            request, "added", *logged[0], own_route=own, lines=lines, name=found, before=again
        )
    return _many(request, logged, ref, own_route=own, before=list(before.values()))


def _log(
    request: Request, said: str, values: dict[str, Any], asked: Owners | None, by: When | None
) -> tuple[Loop, Event]:
    loop = add_row(
        request.session,
        Loop(
            number=next_number(request.session, "L"),
            said=said,
            logged_on=request.today,
            since=request.today,
            logged_by=request.person.id,
            person_id=request.person.id,
            **values,
        ),
    )
    if asked:
        add_row(request.session, asking_of(request, loop, one_of(asked), by))
    return loop, record(request.session, "logged", loop.ref)


def _many(
    request: Request, logged: list[tuple[Loop, Event]], ref: str, *, own_route: bool, before: list[Loop]
) -> list[Post]:
    """The answer to a whole report, and one line for the others."""
    loops, event = [loop for loop, _ in logged], logged[-1][1]
    values = {
        "lines": loop_lines(request.session, request.directory, loops, request.today),
        "event": event,
        "ref": ref,
        "person": request.person,
        "own_route": own_route,
        "before": [loop.ref for loop in before],
        "today": request.today,
    }
    return [Post(compose("yousaid/added_many", **values)), Post(compose("yousaid/said_many", **values), HERE)]


def _points(what: str, ref: str) -> list[str]:
    """The things said: each line is one where they share a reference, without its bullet or number."""
    if not ref:
        return [fitting(what)]
    lines = (_BULLET.sub("", f"{line} ").strip() for line in what.splitlines())
    points = [fitting(line) for line in lines if _WORD.search(line)]
    if not points:
        raise CommandError("What did they say? A line each.", "", "what")
    if len(points) > MOST:
        raise CommandError(
            f"Those are {len(points)} lines; {MOST} can be logged at once. Nothing was saved: send them in "
            "parts, with the same ref:.",
            "",
            "what",
        )
    return points


def fitting(text: str, field: str = "what") -> str:
    """What was said, if it is words, and not too many. Raises CommandError about the part."""
    if not _WORD.search(text):
        raise CommandError("What did they say?", "/yousaid add The waiting room is too cold", field)
    main_points = "Put the main points here, a line each with a ref:, and a link to the whole in a note."
    check_fits(text, LONGEST_SAID, field, main_points)
    return text


def columns_of(
    request: Request,
    source: Source | None,
    group: str,
    level: Level | None,
    theme: str,
    when: Past | None,
    ref: str,
) -> dict[str, Any]:
    """What is known of something said, as a loop's columns."""
    return {
        "source_id": kept(request, source).id if source else None,
        "sayers": spelled(group, known_groups(request.session)),
        "level": level.level if level else "",
        "voice": level.voice if level else "",
        "theme": spelled(theme, known_themes(request.session)),
        "shared_ref": ref,
        "said_on": when.ends if when else request.today,
        "said_text": when.label if when else "",
    }


def kept(request: Request, source: Source) -> Source:
    """The source as a row: a usual one that is named for the first time is added."""
    if source.id is None:
        add_row(request.session, source)
        record(request.session, "set", f"source {source.id}", note=f"{source.name} is a source.")
    return source


def spelled(text: str, known: list[str]) -> str:
    """A group or a theme as it was spelled before, so that “Carers” and “carers” are one."""
    plain = " ".join(text.split())
    return next((each for each in known if each.casefold() == plain.casefold()), plain)
