"""Private: what in a text is somebody's own: numbers of the NHS and of National Insurance, telephone numbers,
e-mail addresses and postcodes.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Literal
from unicodedata import normalize

Kind = Literal["NHS number", "National Insurance number", "telephone number", "e-mail address", "postcode"]
NEVER: tuple[Kind, ...] = ("NHS number", "National Insurance number")
"""What is stored nowhere."""
CONTACT: tuple[Kind, ...] = ("telephone number", "e-mail address", "postcode")
"""What has its place where people are to be reached, and is refused or asked about elsewhere."""
ALL = NEVER + CONTACT
_LEFT: dict[Kind, int] = {"NHS number": 3, "National Insurance number": 2, "telephone number": 5}
"""Letters and figures that are left to be seen, so that it can be found; of the others one."""
_FEWEST: dict[Kind, int] = {
    "NHS number": 10,
    "National Insurance number": 6,
    "telephone number": 7,
    "e-mail address": 0,
    "postcode": 2,
}
"""Figures without which it is not looked for: most texts have few."""


@dataclass(frozen=True)
class Found:
    """Something private, and where it stands in the text."""

    kind: Kind
    start: int
    end: int


_GAP = r"[\s.,:;|()*_+=\-‐-―−·•/\u00ad\u034f\u200b-\u200f\u2060-\u2069\ufeff]{0,4}"
"""What people, and programmes, put between the figures of one number."""
_NHS = re.compile(rf"(?<!\d)\d{{3}}{_GAP}\d{{3}}{_GAP}\d{{4}}(?!\d)")
_NHS_NAMED = re.compile(rf"\bNHS\D{{0,25}}?(?P<number>\d(?:{_GAP}\d){{9}})(?!\d)", re.IGNORECASE)
_NO_PATIENT = re.compile(
    r"\b(?:ISBN(?:-1[03])?|(?:meeting|webinar|conference)\s+(?:ID|number)|PIN|(?:pass|access )code)\W*$",
    re.IGNORECASE,
)
"""Before figures that only look like a patient's: a book, a call."""
_NI_GAP = r"[\s.,_/\-‐-―·\u00ad\u200b-\u200f\u2060\ufeff]{0,3}"
_NI_LETTERS = r"(?!BG|GB|KN|NK|NT|TN|ZZ)(?:QQ|[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z])"
_NI_FIGURES = rf"{_NI_GAP}\d\d{_NI_GAP}\d\d{_NI_GAP}\d\d"
_NI = re.compile(rf"(?<![A-Z0-9]){_NI_LETTERS}{_NI_FIGURES}{_NI_GAP}[A-D](?![A-Z0-9])", re.IGNORECASE)
_NI_NAMED = re.compile(
    rf"\b(?:NI(?:NO)?|National Insurance)\b\W{{0,3}}(?:number|no)?\W{{0,5}}(?:is\W+)?"
    rf"(?P<number>{_NI_LETTERS}{_NI_FIGURES})(?![A-Z0-9])",
    re.IGNORECASE,
)
"""Its last letter is often left out; without it, it has to be called what it is."""

_MADE_UP = re.compile(
    r"(?<!\d)(?:(?:\+|00)44\s?(?:\(0\)\s?)?|\(?0)(?:7700\)?\W?900|1632\)?\W?960)\W?\d{3}(?!\d)"
)
"""The ranges kept for films: no library takes them for real, but everybody else does."""
_BRITISH = re.compile(
    r"(?<![\d+])(?:(?:\+|00)44[ \u00a0.-]?(?:\(0\))?|\(?0)\d(?:\)?[ \u00a0.-]?\d){7,9}(?!\d)"
)
_NO_TELEPHONE = re.compile(
    r"\b(?:ref(?:erence)?|invoice|ticket|PIN|(?:(?:order|case) (?:no|number))|(?:pass|access )?code)\b"
    r"(?: (?:no|number)\b)?\W*$",
    re.IGNORECASE,
)
_MANY_FIGURES = re.compile(r"\d(?:\D{0,4}\d){6}")

_E_MAIL = re.compile(r"(?<![\w.+'-])[\w+'%-]+(?:\.[\w+'%-]+)*@(?:[\w-]+\.)+[A-Za-z]{2,}(?![\w-])")
_AREAS = (
    "AB AL B BA BB BD BF BH BL BN BR BS BT BX CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC "
    "EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M "
    "ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW "
    "SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE"
)
_POSTCODE = re.compile(
    rf"(?<![A-Z0-9])(?:{'|'.join(sorted(_AREAS.split(), key=len, reverse=True))})"
    r"\d(?:\d|[A-HJKMNPR-Y])?[\s\-\u00a0\u00ad]{0,3}\d(?!(?-i:st|nd|rd|th)\b)[ABD-HJLNP-UW-Z]{2}(?![A-Z0-9])",
    re.IGNORECASE,
)
"""Not “L12 2nd”: that is the second of something about a loop."""
_LINK = re.compile(r"(?:https?://|mailto:)\S+", re.IGNORECASE)


def find(text: str, kinds: Collection[Kind] = ALL, *, in_links: bool = True) -> list[Found]:
    """What is private in a text, in its order; no two overlap.

    in_links: whether an address for e-mail counts that stands in a link. Telephone numbers and postcodes do
    not: figures and letters in a link may mean anything.
    """
    text = _plainly(text)
    figures = sum(map(str.isdigit, text))
    if not figures and "@" not in text:
        return []
    links = [found.span() for found in _LINK.finditer(text)]
    likely = (kind for kind in ALL if kind in kinds and figures >= _FEWEST[kind])
    found = [each for kind in likely for each in _of_kind(kind, text)]
    if "NHS number" in kinds and any(each.kind == "NHS number" for each in found):
        found = _without_telephones(found, text)
    mine = (each for each in found if each.kind in NEVER or not _in(each, links, in_links=in_links))
    return _one_by_one(mine)


def _plainly(text: str) -> str:
    """As long as the text itself, with the usual signs for those that only look otherwise."""
    if text.isascii():
        return text
    same = (normalize("NFKC", character) for character in text)
    return "".join(new if len(new) == 1 else old for new, old in zip(same, text, strict=True))


def _of_kind(kind: Kind, text: str) -> Iterator[Found]:
    match kind:
        case "NHS number":
            spans = _nhs(text)
        case "National Insurance number":
            spans = chain(_spans(_NI, text), (m.span("number") for m in _NI_NAMED.finditer(text)))
        case "telephone number":
            spans = _telephones(text)
        case "e-mail address":
            spans = _spans(_E_MAIL, text)
        case "postcode":
            spans = _spans(_POSTCODE, text)
    return (Found(kind, *span) for span in spans)


def _spans(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    return (found.span() for found in pattern.finditer(text))


def _nhs(text: str) -> Iterator[tuple[int, int]]:
    """Every number that has the check figure; wherever it might begin, for others may stand before it."""
    spans = [m.span("number") for m in _NHS_NAMED.finditer(text)]
    at = 0
    while (found := _NHS.search(text, at)) is not None:
        spans.append(found.span())
        at = found.start() + 1
    return (
        span
        for span in spans
        if _is_nhs(text[slice(*span)]) and not _NO_PATIENT.search(_before(text, span[0]))
    )


def _before(text: str, start: int) -> str:
    """The words by which something is called stand right before it."""
    return text[max(0, start - 40) : start]


def _is_nhs(text: str) -> bool:
    """Ten times the same figure has the check figure too, but stands for a number that is not told."""
    from stdnum.gb import nhs  # only who types ten figures needs it

    figures = "".join(str(int(character)) for character in text if character.isdecimal())
    return len(set(figures)) > 1 and nhs.is_valid(figures)


def _telephones(text: str) -> Iterator[tuple[int, int]]:
    """As the library knows them, with a nought, a plus or a bracket before them, as people write them."""
    if not _MANY_FIGURES.search(text):
        return
    for start, end in chain(_spans(_MADE_UP, text), _known_telephones(text)):
        if text[start] in "0+(" and not _NO_TELEPHONE.search(_before(text, start)):
            is_open = text[start] == "(" and ")" not in text[start:end]
            yield start + is_open, end


def _known_telephones(text: str) -> Iterator[tuple[int, int]]:
    """The library takes all figures in a row for one number; so those of this country are looked for too."""
    from phonenumbers import (  # it takes 70 ms, and is seldom needed
        Leniency,
        PhoneNumberMatcher,
        is_valid_number,
        parse,
    )

    for match in PhoneNumberMatcher(text, "GB", leniency=Leniency.VALID, max_tries=1000):
        yield match.start, match.end
    for start, end in _spans(_BRITISH, text):
        if is_valid_number(parse(text[start:end], "GB")):
            yield start, end


def _without_telephones(found: list[Found], text: str) -> list[Found]:
    """Ten figures after +44 are no patient's."""
    longer = [Found("telephone number", *span) for span in _telephones(text)]
    return [
        each
        for each in found
        if each.kind != "NHS number" or not any(t.start < each.start and each.end <= t.end for t in longer)
    ]


def _in(found: Found, links: list[tuple[int, int]], *, in_links: bool) -> bool:
    """Whether it stands in a link, and does not count there."""
    is_counted = in_links and found.kind == "e-mail address"
    return not is_counted and any(start <= found.start and found.end <= end for start, end in links)


def _one_by_one(found: Iterable[Found]) -> list[Found]:
    """Of those that overlap the one that begins first, and of those the longest."""
    kept: list[Found] = []
    for each in sorted(found, key=lambda each: (each.start, -each.end)):
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return kept


def masked(text: str, found: Iterable[Found]) -> str:
    """The text with only the beginning of each left to be read: “943 ••• ••••”."""
    return _replaced(text, found, lambda each: hidden(text, each))


def without(text: str, found: Iterable[Found]) -> str:
    """The text with each taken out: “[NHS number taken out]”."""
    return _replaced(text, found, lambda each: taken_out(each.kind))


def taken_out(kind: Kind) -> str:
    return f"[{kind} taken out]"


def hidden(text: str, found: Found) -> str:
    left = _LEFT.get(found.kind, 1)
    shown = ""
    for character in text[found.start : found.end]:
        left -= character.isalnum()
        shown += "•" if left < 0 and character.isalnum() else character
    return shown


def named(text: str, found: Iterable[Found]) -> str:
    """What was found, as it is told: “an NHS number (943 ••• ••••) and a postcode (L•• •••)”."""
    each = [f"{_article(one.kind)} {one.kind} ({' '.join(hidden(text, one).split())})" for one in found]
    *most, last = dict.fromkeys(each)
    return f"{', '.join(most)} and {last}" if most else last


def _article(kind: Kind) -> str:
    return "an" if kind in ("NHS number", "e-mail address") else "a"


def _replaced(text: str, found: Iterable[Found], how: Callable[[Found], str]) -> str:
    for each in sorted(found, key=lambda each: each.start, reverse=True):
        text = f"{text[: each.start]}{how(each)}{text[each.end :]}"
    return text
