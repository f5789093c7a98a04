"""Sources in lines: what came from each, which have gone quiet, and what else is worth a look."""

from dataclasses import dataclass
from datetime import date

from storage.db import Session
from storage.quiet import Heard, QuietGroup, heard_from, quiet_groups, shared_themes
from storage.sources import Source, sources


@dataclass(frozen=True)
class SourceLine:
    """A source as a list or a post shows it. heard: None if nothing ever came from it."""

    source: Source
    heard: Heard | None
    today: date

    @property
    def is_quiet(self) -> bool:
        return self.source.is_quiet(self.heard.last if self.heard else None, self.today)

    @property
    def days(self) -> int:
        """How long nothing came; where nothing ever did, since it is expected."""
        return (self.today - (self.heard.last if self.heard else self.source.since)).days


@dataclass(frozen=True)
class Theme:
    """A theme, and the names of the sources from which it was heard in the past 90 days."""

    name: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Soundings:
    """Who has not been heard from, and what several say. lines: all sources, by name."""

    lines: tuple[SourceLine, ...]
    groups: tuple[QuietGroup, ...]
    themes: tuple[Theme, ...]

    @property
    def quiet(self) -> tuple[SourceLine, ...]:
        """The quiet sources, the longest quiet first."""
        found = [line for line in self.lines if line.is_quiet]
        return tuple(sorted(found, key=lambda line: -line.days))


def soundings(session: Session, today: date) -> Soundings:
    """In four questions, however many sources, groups and themes there are."""
    mine, heard = sources(session), heard_from(session, today)
    names = {source.id: source.name for source in mine}
    lines = (SourceLine(source, heard.get(source.id), today) for source in mine)
    return Soundings(
        tuple(sorted(lines, key=lambda line: line.source.name.casefold())),
        tuple(quiet_groups(session, today)),
        tuple(
            Theme(shared.theme, tuple(sorted((names[id_] for id_ in shared.source_ids), key=str.casefold)))
            for shared in shared_themes(session, today)
        ),
    )
