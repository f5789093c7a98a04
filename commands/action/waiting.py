"""Waiting: an action keeps quiet for a while, because its owner says so or someone else is awaited."""

from datetime import date
from typing import Annotated

from commands.action.answering import answers
from commands.action.owning import check_is_open, check_may_change
from commands.base import CommandError, Request, Says, verb
from messages.post import Post
from storage.actions import SNOOZES, Action
from storage.db import change
from storage.events import record
from storage.when import When

Which = Annotated[Action, Says("Which action", "A12")]


@verb("/action snooze {action} until next friday", "/action snooze {action} in 3 working days")
def snooze(
    request: Request,
    action: Which,
    until: Annotated[When, Says("Until when", "next friday", "Reminders are silent till then.")],
) -> list[Post]:
    """Keep an action quiet until a day; its due date stays as it is."""
    check_is_open(action)
    check_may_change(request, action)
    change(
        request.session,
        action,
        quiet_until=_later(until, request),
        waiting_for="",
        snoozes=action.snoozes + 1,
    )
    event = record(request.session, "snoozed", action.ref)
    return answers(request, "snoozed", action, event, on_agenda=action.snoozes >= SNOOZES)


@verb("/action waiting {action} for the printer until 12 June")
def waiting(
    request: Request,
    action: Which,
    whom: Annotated[str, Says("For whom or what", "the printer", leading=("for", "on"))],
    *,
    until: Annotated[When, Says("Until when", "12 June", endings=True)],
) -> list[Post]:
    """Say for whom an action waits; it keeps quiet till then."""
    check_is_open(action)
    check_may_change(request, action)
    change(request.session, action, quiet_until=_later(until, request), waiting_for=whom)
    return answers(request, "awaiting", action, record(request.session, "set waiting", action.ref, note=whom))


def _later(until: When, request: Request) -> date | None:
    if until.starts is None or until.starts <= request.today:
        raise CommandError("That has to be a day to come.", field="until")
    return until.starts if until.kind != "day" else until.ends
