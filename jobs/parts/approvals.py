"""Approvals: words for the public that wait for an approver, at once and after 2 and 5 working days."""

from dataclasses import dataclass
from datetime import date

from jobs.base import Said
from jobs.public import words_of
from jobs.rhythm import latest
from jobs.turn import Turn
from messages.compose import compose
from messages.message import Message
from storage.loops import Loop, loops_among
from storage.wordings import Wording

NAME, URGENCY = "approvals", 8
SHOWN = 5
CHASED = (2, 5)
"""Working days after which an approver hears of it again."""


@dataclass(frozen=True)
class Approval:
    """Words that wait. is_stuck: nobody may approve them, which a coordinator can mend."""

    wording: Wording
    is_stuck: bool


def say(turn: Turn) -> Said | None:
    found = [a for a in _asked(turn) if _is_new(turn, a.wording) or _is_chased(turn, a.wording)]
    if not found:
        return None
    loops = _loops(turn, found)
    refs = (loops[a.wording.loop_id].ref for a in found)
    return Said(_compose(turn, found, loops), tuple(f"{ref}: its words wait for approval" for ref in refs))


def waiting(turn: Turn) -> Message | None:
    found = _asked(turn)
    return _compose(turn, found, _loops(turn, found)) if found else None


def _asked(turn: Turn) -> list[Approval]:
    """What this person may approve, or, as a coordinator, have approved."""
    person = turn.person
    if person is None or not person.is_active:
        return []
    found = []
    for wording in turn.known.wordings:
        approvers = [p for p in turn.directory.people.values() if wording.may_be_approved_by(p)]
        if person in approvers or (not approvers and person.may("coordinator")):
            found.append(Approval(wording, is_stuck=not approvers))
    return found


def _is_new(turn: Turn, wording: Wording) -> bool:
    rows = (row for event in turn.events for row in event.changes if row["table"] == "Wording")
    return any(row["id"] == wording.id and row["before"] is None for row in rows)


def _is_chased(turn: Turn, wording: Wording) -> bool:
    """Whether one of the days on which it is chased has come since this person's last turn: each approver
    is asked, so nobody hears it in another's place.
    """
    calendar = turn.directory.calendar(wording.organisation_id)
    asked_on = wording.asked_at.astimezone(turn.directory.partnership.tz).date()
    steps: tuple[date, ...] = tuple(calendar.after(asked_on, days) for days in CHASED)
    return latest(steps, turn.since_day, turn.today) is not None


def _loops(turn: Turn, found: list[Approval]) -> dict[int, Loop]:
    return loops_among(turn.session, {each.wording.loop_id for each in found})


def _compose(turn: Turn, found: list[Approval], loops: dict[int, Loop]) -> Message:
    rows = [
        {
            "loop": loops[each.wording.loop_id],
            "wording": each.wording,
            "words": words_of(each.wording),
            "author": turn.directory.people[each.wording.author_id],
            "is_stuck": each.is_stuck,
            "organisation": turn.directory.organisations.get(each.wording.organisation_id or 0),
        }
        for each in found
    ]
    more = len(rows[SHOWN:])
    return compose("parts/approvals", rows=rows[:SHOWN], more=more, total=len(rows), today=turn.today)
