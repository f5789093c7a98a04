"""Exporting: what was said in a time and what came of it, as a Word document and a sheet.

A document may leave the house, so it holds approved words alone, no notes, and nothing that is held.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from commands.base import Request, Says, verb
from commands.giving import Made, give
from commands.grammar.when_past import Past
from jobs.holds import held
from jobs.loops import LoopLine, loop_lines
from jobs.public import LABELS, approved, words_of
from messages.compose import compose
from messages.post import Post
from storage.events import record
from storage.finding import loops_said
from storage.holds import note_held
from storage.loops import Level, Loop
from storage.numbers import loop_numbers
from storage.when import year_of
from storage.wordings import Wording, approved_among

STATES = {
    "unasked": "Not asked yet",
    "undecided": "Not decided yet",
    "promised": "Promised",
    "untold": "Decided, not told yet",
    "closed": "Closed",
    "merged": "Said again",
}
HEADER = (
    *("Number", "Said on", "Said by", "Source", "Level", "Theme", "Times said", "Stands", "Outcome"),
    *("Decided on", "Days to decided", "Told", "Told on", "Days to told", "They agree"),
    *("You said", "What came of it", "Words"),
)
TITLE = "You said, we did"
NOT_APPROVED = "not approved for publication"
Cell = str | int | date | None


@dataclass(frozen=True)
class Exported:
    """A loop as a document shows it. wording: only if it may be shown; why: why not, otherwise."""

    line: LoopLine
    wording: Wording | None
    why: str

    @property
    def loop(self) -> Loop:
        return self.line.loop

    @property
    def answer(self) -> str:
        return f"{LABELS[self.wording.outcome]}: {self.wording.we_did}" if self.wording else ""


@verb("/yousaid export", "/yousaid export last quarter", opens_form=False)
def export(
    request: Request,
    period: Annotated[
        Past | None,
        Says("What was said in which time", "last quarter", leading=("for", "of"), unsaid="this year"),
    ] = None,
) -> list[Post]:
    """Get what was said in a time, and what came of it, as a Word document and a sheet for Excel."""
    time = period or _this_year(request)
    loops = loops_said(request.session, time.starts, time.ends)
    if not loops:
        return [Post(compose("yousaid/nothing_said", time=_named(time)))]
    exported = list(_exported(request, loops))
    record(request.session, "exported", "loops", note=_named(time))
    return give(
        request, f"What people said in {_named(time)}, and what came of it", _files(request, exported, time)
    )


def _this_year(request: Request) -> Past:
    year = year_of(request.today, request.partnership.year_starts)
    return Past(year.starts, request.today, year.label)


def _named(time: Past) -> str:
    return time.label or f"{time.starts.day} {time.starts:%B %Y}"


def _exported(request: Request, loops: list[Loop]) -> Iterable[Exported]:
    words = approved_among(request.session, [loop.id for loop in loops])
    for line in loop_lines(request.session, request.directory, loops, request.today):
        wording = approved(line.facts, words.get(line.loop.id, []))
        whose = [wording.organisation_id] if wording and wording.organisation_id else []
        on = (
            held(request.session, request.directory, line.loop.ref, whose, request.today) if wording else None
        )
        if on is not None:
            note_held(request.session, on.hold, line.loop.ref, "export", request.today)
        yield Exported(line, None if on else wording, on.words if on else "" if wording else NOT_APPROVED)


def _files(request: Request, exported: list[Exported], time: Past) -> list[Made]:
    from messages import sheet, word  # they take a while to load, and few requests need them

    title = f"{TITLE}: {_named(time)}"
    numbers = loop_numbers(request.session, time.starts, time.ends)
    document = compose(
        "yousaid/document",
        title=title,
        numbers=numbers,
        partnership=request.partnership,
        shown=[each for each in exported if each.wording],
        others=[each for each in exported if not each.wording and each.loop.state != "merged"],
        states=STATES,
        today=request.today,
    )
    name = title.replace(":", "").replace("/", "-")
    rows = [_row(each) for each in exported]
    return [
        Made(f"{name}.docx", word.MEDIA_TYPE, word.as_word(document, request.now)),
        Made(f"{name}.csv", sheet.MEDIA_TYPE, sheet.as_csv(HEADER, rows)),
    ]


def _row(each: Exported) -> list[Cell]:
    loop, line = each.loop, each.line
    days = [(day - loop.said_on).days if day else None for day in (loop.decided_on, _told_on(loop))]
    public = words_of(each.wording) if each.wording else None
    return [
        loop.ref,
        loop.said_on,
        ", ".join(line.said_by) if public else "",
        ", ".join(line.sources),
        str(Level(loop.level, loop.voice)),
        loop.theme if public else "",
        line.times,
        STATES[loop.state],
        LABELS.get(line.came_of_it, ""),
        loop.decided_on,
        days[0],
        ", ".join(line.told) if public else "",
        _told_on(loop),
        days[1],
        loop.checked.strip("-"),
        public.you_said if public else "",
        public.we_did if public else "",
        "approved" if public else each.why,
    ]


def _told_on(loop: Loop) -> date | None:
    return loop.told_on if loop.state == "closed" else None
