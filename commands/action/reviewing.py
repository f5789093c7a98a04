"""Reviewing: ongoing actions, once a quarter, a line each (DESIGN §3)."""

from dataclasses import dataclass, replace
from typing import Annotated, Any

from commands.action.answering import answers
from commands.action.owning import check_is_open, check_may_change
from commands.action.settling import carried
from commands.base import CommandError, Request, Says, ToMend, verb
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

NO_ROWS = Filled(())
ANSWERS = ("running", "changed", "paused", "finished")
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
    answer: Annotated[
        str,
        Says("How it stands", "running", "running, changed, paused or finished", likely=lambda _: ANSWERS),
    ] = "",
) -> list[Post]:
    """Review your ongoing actions: one by one, or all that wait for you in one form."""
    if action is None:
        return [Post(_form(request))]
    _check_may_review(request, action)
    if not answer:
        raise CommandError("How does it stand?", f"/action review {action.ref} running", "answer")
    state, line = _read_answer(answer, action)
    _answer(request, action, state, line)
    event = record(request.session, "reviewed", action.ref, note=_note(state, line))
    done = carried(request, action) if state == "finished" else []
    return answers(request, "reviewed", action, event, state=state, what=line, carried=done)


def _check_may_review(request: Request, action: Action) -> None:
    if action.kind != "ongoing":
        raise CommandError(
            f"{action.ref} is not ongoing: it has a date, and is done when it is done.",
            f"/action show {action.ref}",
        )
    check_is_open(action)
    check_may_change(request, action)


@verb("/action review rest", opens_form=False)
def review_rest(request: Request) -> list[Post]:
    """Say that nothing changed on all the actions that still wait for your review."""
    waiting = due_for(request.session, request.directory, request.person, request.now)
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
    found = [answer for answer in ANSWERS if answer == word.lower()]
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
    answered = reviews_of(request.session, [action.id])[action.id]
    day = review_day(request.directory, action, request.today, [r.review_on for r in answered])
    earlier = [review for review in answered if review.review_on == day]
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
    if state != "unchanged":
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
    lines = [_read_row(request, key, row) for key, row in review.rows]
    lines = [line.but_once(lines) for line in lines]
    if any(line.wrong for line in lines):
        raise _to_mend(request, lines, is_typed=review.is_typed)
    answered = []
    for line in lines:
        assert line.action is not None
        _answer(request, line.action, line.state, line.what)
        note = _note(line.state, line.what)
        record(request.session, "reviewed", line.action.ref, note=note)
        answered.append({"action": line.action, "note": note})
    message = compose("action/review_all", answered=answered, person=request.person)
    return [Post(message), Post(message, HERE)]


@dataclass(frozen=True)
class Line:
    """One row as it was given, and what it means or what is wrong with it."""

    key: str
    given: dict[str, str]
    action: Action | None = None
    state: str = ""
    what: str = ""
    wrong: str = ""

    def but_once(self, lines: list["Line"]) -> "Line":
        """An action that several rows answer for is answered by none of them."""
        twice = self.action and sum(line.action == self.action for line in lines) > 1
        return replace(self, wrong=f"{self.key} is there twice. Give it once.") if twice else self


def _read_row(request: Request, key: str, row: dict[str, str]) -> Line:
    action = None
    try:
        action = read_action(key, request)
        _check_may_review(request, action)
        said = row.get("") or f"{row.get('state') or 'changed'}: {row.get('line', '')}".rstrip(": ")
        state, what = _read_answer(said, action)
    except CommandError as error:
        return Line(key, row, action, wrong=error.wrong)
    return Line(key, row, action, state, what)


def _to_mend(request: Request, lines: list[Line], *, is_typed: bool) -> CommandError:
    """What is wrong with each row. Every row comes back: in the form, or as it was typed."""
    wrong = "\n".join(f"{line.key}: {line.wrong}" for line in lines if line.wrong)
    if is_typed:
        return CommandError(f"Nothing was saved yet.\n{wrong}", "/action review all")
    return ToMend(wrong, _form(request, lines))


def _form(request: Request, lines: list[Line] | None = None) -> Message:
    """One form with a line for each action that waits; what is left empty stays to be answered.

    lines: what was given already, of actions that wait and of others.
    """
    given = {_key(line, lines or []): line for line in lines or []}
    waiting = due_for(request.session, request.directory, request.person, request.now)
    titles = {action.ref: action.title for action in waiting}
    titles |= {key: line.action.title if line.action else "" for key, line in given.items()}
    if not titles:
        return compose("action/review_none")
    rows = tuple(_row(key, f"{key} {title[:100]}".strip(), given.get(key)) for key, title in titles.items())
    form = Form(
        "Review of ongoing actions", "action review all", (Rows("review", "Your actions", FIELDS, rows),)
    )
    return Message((form,), f"Review of ongoing actions: {len(rows)} to answer.")


def _key(line: Line, lines: list[Line]) -> str:
    """The action's own number; for rows that share one, or have none, what was given."""
    is_alone = sum(line.action == other.action for other in lines) == 1
    return line.action.ref if line.action and is_alone else line.key


def _row(key: str, label: str, line: Line | None) -> Row:
    if line is None:
        return Row(key, label)
    text = " ".join(text for column, text in line.given.items() if column != "state")
    values = (("state", line.given.get("state", "")), ("line", text))
    return Row(key, label, values, (("line", line.wrong),) if line.wrong else ())
