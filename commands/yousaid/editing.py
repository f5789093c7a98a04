"""Editing: better words for what was said, and whatever else is recorded of it."""

from typing import Annotated

from commands.action.owning import ids
from commands.base import CommandError, Request, Says, verb
from commands.grammar.choices import said
from commands.grammar.forms import form_for
from commands.grammar.owners import Owners
from commands.grammar.when_past import Past
from commands.yousaid.adding import From, Group, HowFar, Ref, Theme, columns_of, fitting
from commands.yousaid.answering import Which, check_may_log, loop_answers
from commands.yousaid.asking import one_of
from messages.post import Post
from storage.db import change
from storage.events import record
from storage.loops import Level, Loop
from storage.sources import source_by_id


@verb(
    "/yousaid edit {loop} group: older people",
    "/yousaid edit {loop} said: The waiting room is cold in winter",
)
def edit(
    request: Request,
    loop: Which,
    *,
    said: Annotated[
        str | None, Says("What people said", "The waiting room is cold", long=True, privacy="feedback")
    ] = None,
    from_: From = None,
    group: Group = "",
    level: HowFar = None,
    theme: Theme = "",
    when: Annotated[Past | None, Says("When they said it", "last Friday", also=("on", "date"))] = None,
    ref: Ref = "",
    owner: Annotated[Owners | None, Says("Who looks after it", "@someone")] = None,
) -> list[Post]:
    """Change what is recorded of something said, or who looks after it."""
    if not any((said, from_, group, level, theme, when, ref, owner)):
        return [
            Post(form_for(request.commands.verb("yousaid edit"), request, values=_as_typed(request, loop)))
        ]
    check_may_log(request, loop)
    given = columns_of(request, from_, group, level, theme, when, ref)
    sent = {
        "source_id": from_, "sayers": group, "theme": theme, "shared_ref": ref,
        "level": level and level.level, "voice": level and level.voice,
        "said_on": when, "said_text": when and _is_other_day(loop, when),
    }  # fmt: skip
    change(request.session, loop, **{name: given[name] for name, value in sent.items() if value})
    if said:
        _check_is_there(loop)
        change(request.session, loop, said=fitting(said, "said"))
    if owner:
        change(request.session, loop, **ids(one_of(owner).thing))
    if not request.session.changes:
        raise CommandError(f"That is how {loop.ref} stands already.", f"/yousaid show {loop.ref}")
    return loop_answers(request, "edited", loop, record(request.session, "edited", loop.ref))


def _is_other_day(loop: Loop, when: Past) -> bool:
    """The last day of "last month", as a form shows it, is that month still."""
    return bool(when.label) or when.ends != loop.said_on


def _check_is_there(loop: Loop) -> None:
    if loop.erased_on is not None:
        raise CommandError(
            f"The words of {loop.ref} were erased for good. What is said anew is logged anew.",
            "/yousaid add What they said",
        )


def _as_typed(request: Request, loop: Loop) -> dict[str, str]:
    """A loop as its form shows it: only what can be typed back in."""
    source = source_by_id(request.session, loop.source_id)
    day = f"{loop.said_on.day} {loop.said_on:%B %Y}"
    return {
        "loop": loop.ref,
        "said": loop.said,
        "from": source.name if source else "",
        "group": loop.sayers,
        "level": str(Level(loop.level, loop.voice)),
        "theme": loop.theme,
        "when": day,
        "ref": loop.shared_ref,
        "owner": said(request.directory.thing(loop), request).partition(" (")[0],
    }
