"""Checking: whether those who said it agree that it was done; a no opens the loop again."""

from typing import Annotated, Literal

from commands.base import CommandError, Request, Says, check_fits, verb
from commands.yousaid.answering import Which, check_is_whole, loop_answers
from messages.post import Post
from storage.actions import LONGEST_NOTE
from storage.db import add, change
from storage.events import history, record, standing
from storage.loops import Check, Loop
from storage.standing import Facts, facts_of
from storage.wordings import withdraw_words


@verb("/yousaid check {told} yes", "/yousaid check {told} no The heaters are off at weekends")
def check(
    request: Request,
    loop: Which,
    answer: Annotated[Literal["yes", "half", "no"], Says("Do they agree", "yes", "yes, half or no.")],
    note: Annotated[
        str, Says("What they said of it", "The heaters are off at weekends", long=True, privacy="feedback")
    ] = "",
) -> list[Post]:
    """Record whether those who said it agree; whoever said what was done asks somebody else to do this."""
    facts = _checkable(request, loop, answer)
    assert facts.outcome is not None
    check_fits(note, LONGEST_NOTE, "note")
    add(
        request.session,
        Check(
            loop_id=loop.id,
            outcome_id=facts.outcome.id,
            answer=answer,
            note=note,
            checked_by=request.person.id,
            checked_on=request.today,
        ),
    )
    if answer == "no":
        change(request.session, loop, round=loop.round + 1)
        withdraw_words(request.session, loop.id)
    event = record(request.session, "checked", loop.ref, note=f"{answer}{': ' if note else ''}{note}")
    return loop_answers(request, "checked", loop, event, answer=answer, note=note)


def _said_it(request: Request, facts: Facts) -> set[int | None]:
    """Whoever said what came of it: of a promise that was kept, who said that its action is done."""
    outcome = facts.outcome
    if outcome is None or facts.came_of_it == outcome.outcome:
        return {outcome.decided_by if outcome else None}
    action = facts.actions[outcome.action_id or 0]
    return {event.by for event in standing(history(request.session, action.ref)) if event.what == "done"}


def _checkable(request: Request, loop: Loop, answer: str) -> Facts:
    """The facts of a loop that this person may check. Raises CommandError."""
    check_is_whole(loop, request)
    facts = facts_of(request.session, loop)
    if facts.outcome is None or loop.decided_on is None:
        raise CommandError(
            f"Nothing is decided on {loop.ref} yet, so there is nothing to check.",
            f"/yousaid show {loop.ref}",
        )
    if request.person.id in _said_it(request, facts):
        raise CommandError(
            "You said what came of it, so somebody else checks whether they agree.",
            f"/yousaid note {loop.ref} Who is to ask them, and when",
        )
    if answer != "no" and loop.state != "closed":
        raise CommandError(
            "Those who said it have to be told before they can agree.", f"/yousaid told {loop.ref}"
        )
    return facts
