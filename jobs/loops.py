"""Loops in lines: where each stands and what comes next, for whoever shows one or a list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from storage.db import Session
from storage.directory import Directory
from storage.loops import Asking, Loop, Outcome
from storage.sources import Source, sources
from storage.standing import Facts, facts_of_all
from storage.when import When

PUBLIC = "the public"


@dataclass(frozen=True)
class LoopLine:
    """A loop as a list or a page shows it. sources: of the loop and of those that say the same again."""

    facts: Facts
    owner: str
    decider: str
    sources: tuple[str, ...]
    today: date
    because: str = ""

    @property
    def loop(self) -> Loop:
        return self.facts.loop

    @property
    def outcome(self) -> Outcome | None:
        return self.facts.outcome

    @property
    def came_of_it(self) -> str:
        return self.facts.came_of_it

    @property
    def asking(self) -> Asking | None:
        return self.facts.asking

    @property
    def times(self) -> int:
        """How often it was said."""
        return 1 + len(self.facts.merged)

    @property
    def said_by(self) -> tuple[str, ...]:
        """The groups that said it, as far as they are known."""
        return tuple(filter(None, self.facts.groups))

    @property
    def told(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(telling.group or PUBLIC for telling in self.facts.told))

    @property
    def untold(self) -> tuple[str, ...]:
        return tuple(group or PUBLIC for group in self.facts.untold)

    @property
    def promised(self) -> When | None:
        """By when it was promised, as long as it is a promise."""
        return self.outcome.when if self.outcome and self.came_of_it == "will" else None

    @property
    def is_overdue(self) -> bool:
        """Whether a promise has passed its day."""
        return self.promised is not None and self.promised.is_late(self.today)

    @property
    def awaited_on(self) -> date | None:
        """The day of the forum that decides, if it is still to come."""
        until = self.loop.quiet_until
        return until if self.loop.state == "undecided" and until and until >= self.today else None


def loop_lines(session: Session, directory: Directory, loops: Iterable[Loop], today: date) -> list[LoopLine]:
    """One line a loop, in the order given."""
    loops = list(loops)
    if not loops:
        return []
    known = {source.id: source for source in sources(session)}
    return [_line(directory, facts, known, today) for facts in facts_of_all(session, loops)]


def loop_line(session: Session, directory: Directory, loop: Loop, today: date) -> LoopLine:
    return loop_lines(session, directory, [loop], today)[0]


def _line(directory: Directory, facts: Facts, known: dict[int, Source], today: date) -> LoopLine:
    said = [facts.loop, *facts.merged]
    names = dict.fromkeys(known[each.source_id].name for each in said if each.source_id in known)
    return LoopLine(
        facts=facts,
        owner=directory.thing(facts.loop).name,
        decider=_decider(directory, facts.asking),
        sources=tuple(names),
        today=today,
    )


def _decider(directory: Directory, asking: Asking | None) -> str:
    """Who decides: a person, a seat, an organisation, or a forum; "" while nobody is asked."""
    if asking is None:
        return ""
    return asking.forum or directory.thing(asking).name
