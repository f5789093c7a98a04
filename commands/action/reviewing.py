"""Reviewing: ongoing actions, once a quarter, a line each (DESIGN §3)."""

from typing import Annotated, Any

from commands.action.answering import answers
from commands.action.owning import check_is_open, check_may_change
from commands.base import CommandError, Request, Says, verb
from commands.grammar.kinds import Filled
from commands.grammar.kinds import action as read_action
from jobs.parts.reviews import due_for, review_day
from messages.compose import compose
from messages.form import Field, Form, Option, Row, Rows
from messages.message import Message
from messages.post import HERE, Post
from storage.actions import Action
from storage.db import add, change
from storage.events import record
from storage.reviews import Review, reviews_of

NO_ROWS = Filled({})
FIELDS = (
    Field(
        "state",
        "How it stands",
        "choice",
        options=(
            Option("running", "Running"),
            Option("changed", "Changed (say what)"),
            Option("paused", "Paused"),
            Option("finished", "Finished"),
        ),
    ),
    Field("line", "What changed", hint="One line for the report to the board."),
)


@verb("/action review", "/action review {ongoing} changed: we now meet every month", opens_form=False)
def review(
    request: Request,
    action: Annotated[Action | None, Says("Which action", "A12")] = None,
    answer: Annotated[str, Says("How it stands", "running", "running, changed, paused or finished")] = "",
) -> list[Post]:
    """Review your ongoing actions: one by one, or all that wait for you in one form."""
    if action is None:
        return [Post(_form(request))]
    if action.kind != "ongoing":
        raise CommandError(
            f"{action.ref} is not ongoing: it has a date, and is done when it is done.",
            f"/action show {action.ref}",
        )
    check_is_open(action)
    check_may_change(request, action)
    if not answer:
        raise CommandError("How does it stand?", f"/action review {action.ref} running", "answer")
    state, line = _read_answer(answer, action)
    _answer(request, action, state, line)
    event = record(request.session, "reviewed", action.ref, note=_note(state, line))
    return answers(request, "reviewed", action, event, state=state, what=line)


@verb("/action review rest", opens_form=False)
def review_rest(request: Request) -> list[Post]:
    """Say that nothing changed on all the actions that still wait for your review."""
    waiting = due_for(request.session, request.directory, request.person, request.today)
    if not waiting:
        raise CommandError("No review is waiting for you.", "/action list ongoing")
    for action in waiting:
        _answer(request, action, "unchanged", "")
        record(request.session, "reviewed", action.ref, note="nothing changed")
    message = compose("action/review_rest", actions=waiting, person=request.person)
    return [Post(message), Post(message, HERE)]


def _read_answer(text: str, action: Action) -> tuple[str, str]:
    """An answer and the line after it, from "changed: what" or "paused"."""
    word, _, line = text.replace(":", " ", 1).strip().partition(" ")
    found = [answer for answer in ("running", "changed", "paused", "finished") if answer == word.lower()]
    if not found:
        raise CommandError(
            f"“{word[:30]}” is none of running, changed, paused, finished.",
            f"/action review {action.ref} running",
            "answer",
        )
    if found[0] == "changed" and not line.strip():
        raise CommandError(
            "What changed? One line is enough.",
            f"/action review {action.ref} changed: we now meet monthly",
            "answer",
        )
    return found[0], line.strip(" ,-")


def _answer(request: Request, action: Action, state: str, line: str) -> None:
    """Keep the answer for the review of that day; answering again replaces it."""
    day = review_day(request.directory, action, request.today)
    earlier = [r for r in reviews_of(request.session, [action.id])[action.id] if r.review_on == day]
    values: dict[str, Any] = {
        "answer": state,
        "line": line,
        "by": request.person.id,
        "answered_on": request.today,
    }
    if earlier:
        change(request.session, earlier[0], **values)
    else:
        add(request.session, Review(action_id=action.id, review_on=day, **values))
    change(request.session, action, is_paused=state == "paused")
    if state == "finished":
        change(request.session, action, state="done", outcome=line, settled_on=request.today)


def _note(state: str, line: str) -> str:
    return f"{state}: {line}" if line else state


@verb("/action review all", opens_form=False)
def review_all(
    request: Request,
    review: Annotated[Filled, Says("One line for each action", "A12 running", long=True)] = NO_ROWS,
) -> list[Post]:
    """Answer several reviews at once: a line for each action, or the form."""
    if not review.rows:
        return [Post(_form(request))]
    read = {ref: _read_row(request, ref, row) for ref, row in review.rows.items()}
    if any(isinstance(found, CommandError) for found in read.values()):
        errors = {ref: found.wrong for ref, found in read.items() if isinstance(found, CommandError)}
        return [Post(_form(request, review.rows, errors))]
    answered = []
    for found in read.values():
        assert not isinstance(found, CommandError)
        action, state, line = found
        _answer(request, action, state, line)
        record(request.session, "reviewed", action.ref, note=_note(state, line))
        answered.append({"action": action, "note": _note(state, line)})
    message = compose("action/review_all", answered=answered, person=request.person)
    return [Post(message), Post(message, HERE)]


def _read_row(request: Request, ref: str, row: dict[str, str]) -> tuple[Action, str, str] | CommandError:
    try:
        action = read_action(ref, request)
        check_is_open(action)
        check_may_change(request, action)
        said = row.get("") or f"{row.get('state') or 'changed'}: {row.get('line', '')}".rstrip(": ")
        return (action, *_read_answer(said, action))
    except CommandError as error:
        return error


def _form(
    request: Request,
    given: dict[str, dict[str, str]] | None = None,
    errors: dict[str, str] | None = None,
) -> Message:
    """One form with a line for each action that waits; what is left empty stays to be answered."""
    waiting = due_for(request.session, request.directory, request.person, request.today)
    refs = {action.ref: action.title[:100] for action in waiting}
    refs |= {ref: refs.get(ref, "") for ref in (errors or {})}
    if not refs:
        return compose("action/review_none")
    rows = tuple(
        Row(
            key=ref,
            label=f"{ref} {title}".strip(),
            values=tuple((given or {}).get(ref, {}).items()),
            errors=(("line", (errors or {})[ref]),) if ref in (errors or {}) else (),
        )
        for ref, title in refs.items()
    )
    form = Form(
        "Review of ongoing actions", "action review all", (Rows("review", "Your actions", FIELDS, rows),)
    )
    return Message((form,), f"Review of ongoing actions: {len(rows)} to answer.")
