"""Sources: where what people say comes from, and how often something is expected from each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlmodel import UniqueConstraint

from storage.asking import first, rows
from storage.db import Session
from storage.row import Owned

RHYTHMS = {"weekly": 7, "fortnightly": 14, "monthly": 30, "quarterly": 91, "half-yearly": 182, "yearly": 365}
"""How often something is expected, in days."""
NEVER = "never"


@dataclass(frozen=True)
class Rhythm:
    """A key of RHYTHMS; "" where nothing is expected regularly."""

    every: str

    def __str__(self) -> str:
        return self.every or NEVER


class Source(Owned, table=True):
    """One place that feedback comes from. every: a key of RHYTHMS, "" where nothing is expected regularly.

    since: from which day it is expected. stopped_on: since when nothing is expected any more.
    usual: which of USUAL it is, whatever it is called by now; "" for none.
    """

    __table_args__ = (UniqueConstraint("partnership_id", "name"),)
    name: str
    every: str = ""
    since: date
    stopped_on: date | None = None
    usual: str = ""

    def is_quiet(self, last_heard: date | None, today: date) -> bool:
        """Whether nothing has come for its own rhythm plus a third. last_heard: None for never."""
        if not self.every or self.stopped_on:
            return False
        return (today - max(last_heard or self.since, self.since)).days > longest_wait(RHYTHMS[self.every])


def longest_wait(distance: float) -> int:
    """The whole days without a word from what usually comes after so many: that, and a third."""
    return int(distance * 4 / 3)


def sources(session: Session) -> list[Source]:
    return rows(session, Source, "name")


def source_by_id(session: Session, source_id: int | None) -> Source | None:
    return first(session, Source, id=source_id)


USUAL = {
    "Bespoke engagement": ("engagement", "engagement event", "engagement exercise", "event"),
    "Comments and compliments": ("comment", "comments", "compliment", "compliments", "thanks"),
    "Complaints and concerns": (
        *("concern", "concerns", "complaint", "complaints", "pals", "customer care"),
        "comments, compliments, concerns and complaints",
    ),
    "Freedom of Information requests": ("foi", "foi request", "freedom of information"),
    "GP Patient Survey": ("gpps", "national gp survey"),
    "Healthwatch": ("local healthwatch", "healthwatch report"),
    "Incidents": ("incident", "untoward incident"),
    "Local media": ("media", "press", "newspaper", "radio"),
    "Membership scheme": ("membership", "members"),
    "MPs and other letters": ("mp", "mps", "mp letter", "mp letters", "letter", "letters", "councillor"),
    "NHS website": ("nhs.uk", "nhs choices", "website review", "website reviews"),
    "Online surveys": ("online survey",),
    "Partnership assembly": ("assembly", "assembly members"),
    "Patient groups": (
        *("patient group", "patient participation group", "ppg", "ppgs", "mvp"),
        *("maternity voices partnership", "maternity voices"),
    ),
    "Patient reported outcomes": ("proms", "prom", "outcome measures"),
    "Patient surveys": ("patient survey", "survey", "surveys", "friends and family test", "fft"),
    "Social media": ("social", "facebook", "twitter", "x", "instagram", "tweet", "post"),
}
"""Where feedback usually comes from, and what else each is called: the sixteen of a plan of 2020, of
which one is two here, for complaints have a procedure of their own.
"""

HAS_OWN_ROUTE = ("complaint", "concern", "safeguarding", "incident")
"""Words in what was typed as a source for which an organisation has a procedure of its own."""


def usual_name(text: str) -> str:
    """The name of the usual source that is called so, "" if none is."""
    key = " ".join(text.casefold().split())
    return next((name for name, also in USUAL.items() if key in (name.casefold(), *also)), "")


def usual_left(mine: Iterable[Source]) -> list[str]:
    """The usual sources that are none of these."""
    known = {each.usual for each in mine}
    return [name for name in USUAL if name not in known]
