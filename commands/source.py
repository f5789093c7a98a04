"""Sources: where what people say comes from, and how often something is expected from each."""

from typing import Annotated, Any

from commands.base import CommandError, Request, Says, verb
from commands.grammar.names import flaw_in
from commands.grammar.rhythms import ending
from commands.partner.answering import saved
from jobs.sources import soundings
from messages.compose import compose
from messages.post import Post
from storage.db import add as add_row
from storage.db import change
from storage.sources import RHYTHMS, Rhythm, Source, longest_wait, sources, usual_left, usual_name

ALONE = "list"
"""What the command alone opens."""
ALSO = {
    "new": "add", "create": "add", "show": "list", "quiet": "list", "all": "list", "every": "expect",
    "expected": "expect", "rhythm": "expect", "set": "expect", "change": "expect", "edit": "rename",
    "call": "rename", "name": "rename", "remove": "stop", "delete": "stop", "end": "stop", "pause": "stop",
    "start": "resume", "restart": "resume", "back": "resume", "undo": "resume",
}  # fmt: skip
"""What else people type; they are asked whether they meant the verb."""

Which = Annotated[Source, Says("Which source", "Healthwatch", leading=("from",))]
HowOften = Says(
    "How often something is expected",
    "monthly",
    "“never” for not regularly.",
    also=("rhythm", "often"),
    endings=True,
)


@verb("/source add Ward walks every month", "/source add Carers' forum every: quarterly")
def add(
    request: Request,
    name: Annotated[str, Says("What it is called", "Ward walks")],
    *,
    every: Annotated[Rhythm | None, HowOften] = None,
) -> list[Post]:
    """Add a source of feedback besides the usual ones, and say how often something is expected from it."""
    name = _new_name(request, name, every)
    new = Source(name=name, since=request.today)
    return _saved(request, new, "stop", every=every.every if every else "")


def _new_name(request: Request, name: str, every: Rhythm | None, renamed: Source | None = None) -> str:
    """A name that no source has and that means no usual one. Raises CommandError."""
    plain = " ".join(name.split())
    field = "to" if renamed else "name"
    _check_name(plain, field)
    known = {each.name.casefold(): each for each in sources(request.session)}
    usual, found = usual_name(plain), known.get(plain.casefold())
    if found is not None and found != renamed:
        wrong = f"There is a source called “{found.name}” already."
        raise CommandError(wrong, _instead(found.name, every), field)
    if usual and usual != (renamed.usual if renamed else ""):
        wrong = f"“{plain}” means {usual} here, which is one of the usual sources."
        raise CommandError(wrong, _instead(usual, every), field)
    return plain


def _check_name(name: str, field: str) -> None:
    """A name that ends in a rhythm would be read without it. Raises CommandError."""
    flaw = flaw_in(name)
    if flaw:
        raise CommandError(flaw, field=field)
    bare, rhythm = ending(name)
    if rhythm:
        wrong = f"“{name[-60:]}” ends in how often something is expected, which is no part of a name."
        raise CommandError(wrong, f"/source add {bare} every: {rhythm}" if field == "name" else "", field)


def _instead(name: str, every: Rhythm | None) -> str:
    return f"/source expect {name} every: {every or 'monthly'}"


@verb("/source list", reads=True, needs="viewer", opens_form=False)
def list_(request: Request) -> list[Post]:
    """List the sources, the quiet ones first; then groups not heard from, and themes that several raise."""
    found = soundings(request.session, request.today)
    going = [line for line in found.lines if line.source.stopped_on is None and not line.is_quiet]
    values = {
        "quiet": found.quiet,
        "going": going,
        "stopped": [line.source.name for line in found.lines if line.source.stopped_on],
        "usual": usual_left(line.source for line in found.lines),
        "groups": found.groups,
        "themes": found.themes,
        "today": request.today,
    }
    return [Post(compose("source/list", **values))]


@verb("/source expect Healthwatch every month", "/source expect Social media every: never")
def expect(request: Request, source: Which, *, every: Annotated[Rhythm, HowOften]) -> list[Post]:
    """Say how often something is expected from a source; it is quiet when that and a third has passed."""
    is_expected = bool(source.every) and source.stopped_on is None
    since = source.since if is_expected else request.today
    before = ("expect", f" every: {Rhythm(source.every)}") if source.stopped_on is None else ("stop",)
    return _saved(request, source, *before, every=every.every, since=since, stopped_on=None)


@verb("/source rename Social media to: Facebook and Instagram pages")
def rename(
    request: Request,
    source: Which,
    *,
    to: Annotated[str, Says("Its new name", "Facebook and Instagram pages", leading=("to",))],
) -> list[Post]:
    """Give a source another name; what came from it stays with it."""
    before, name = source.name, _new_name(request, to, None, source)
    row = _set(request, source, name=name)
    back = f"/source rename {name} to: {before}"
    return saved(request, f"source {row.id}", f"{before} is called {name} now.", back=back)


@verb("/source stop Membership scheme")
def stop(request: Request, source: Which) -> list[Post]:
    """Say that nothing is expected from a source any more; what came from it stays."""
    return _saved(request, source, "resume", stopped_on=source.stopped_on or request.today)


@verb("/source resume Membership scheme")
def resume(request: Request, source: Which) -> list[Post]:
    """Expect something from a source again, as often as before."""
    since = source.since if source.stopped_on in (None, request.today) else request.today
    return _saved(request, source, "stop", stopped_on=None, since=since)


def _saved(request: Request, source: Source, back: str, rest: str = "", **values: Any) -> list[Post]:
    """back: the verb that takes it back; rest: what then follows the name."""
    row = _set(request, source, **values)
    back = f"/source {back} {row.name}{rest}"
    return saved(request, f"source {row.id}", _sentence(row), back=back, note=_rule(row))


def _set(request: Request, source: Source, **values: Any) -> Source:
    """Change a source; one that is new, or a usual one that was not used yet, is added as it is to be."""
    if source.id is not None:
        change(request.session, source, **values)
        return source
    given = {"name": source.name, "usual": source.usual, "since": request.today}
    return add_row(request.session, Source(**given | values))


def _sentence(source: Source) -> str:
    if source.stopped_on:
        return f"Nothing is expected from {source.name} any more."
    if not source.every:
        return f"{source.name} is a source; nothing is expected from it regularly."
    return f"Something is expected {source.every} from {source.name}."


def _rule(source: Source) -> str:
    if source.stopped_on:
        return "What came from it stays, and more can still be logged from it."
    if not source.every:
        return ""
    days = longest_wait(RHYTHMS[source.every])
    return f"It is quiet when nothing came for more than {days} days: its own rhythm and a third."
