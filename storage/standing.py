"""Standing: where a loop stands, as it follows from the facts around it; nobody sets it by hand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import col, select

from storage.actions import Action
from storage.db import Session, derive
from storage.loops import (
    Asking,
    Check,
    Loop,
    Outcome,
    Telling,
    askings_of,
    checks_of,
    loops_among,
    merged_into,
    outcomes_of,
    tellings_of,
)

FACTS = {"Asking", "Outcome", "Telling", "Check"}
"""The tables, besides loops and actions, that say how loops stand."""


@dataclass(frozen=True)
class Standing:
    """A loop's derived columns (see Loop)."""

    state: str
    asked_on: date | None = None
    quiet_until: date | None = None
    decided_on: date | None = None
    told_on: date | None = None
    checked: str = ""


@dataclass(frozen=True)
class Facts:
    """All that a loop's standing follows from, each list oldest first.

    groups: all that said it, those of the loops that were merged into it too. actions: by their ids.
    """

    loop: Loop
    askings: list[Asking]
    outcomes: list[Outcome]
    tellings: list[Telling]
    checks: list[Check]
    groups: tuple[str, ...]
    actions: dict[int, Action]

    @property
    def asking(self) -> Asking | None:
        """Who is asked in this round, if somebody is."""
        return next((a for a in reversed(self.askings) if a.round == self.loop.round), None)

    @property
    def outcome(self) -> Outcome | None:
        """What was decided in this round. A promise whose action was dropped is none."""
        found = next((o for o in reversed(self.outcomes) if o.round == self.loop.round), None)
        return None if found is None or self._is_off(found) else found

    def _is_off(self, outcome: Outcome) -> bool:
        action = self.actions.get(outcome.action_id or 0)
        return outcome.outcome == "will" and action is not None and action.state == "dropped"

    @property
    def came_of_it(self) -> str:
        """What was decided, as it stands: a promise whose action is done has been kept. "" for nothing."""
        if self.outcome is None:
            return ""
        action = self.actions.get(self.outcome.action_id or 0)
        is_kept = self.outcome.outcome == "will" and action is not None and action.state == "done"
        return "did" if is_kept else self.outcome.outcome

    @property
    def told(self) -> list[Telling]:
        """Who was told of what was decided, as it stands today."""
        outcome, came_of_it = self.outcome, self.came_of_it
        return [
            t for t in self.tellings if outcome and t.outcome_id == outcome.id and t.outcome == came_of_it
        ]

    @property
    def untold(self) -> tuple[str, ...]:
        """Those who said it and have not been told: groups, or the public ("") where no group is known."""
        told = {telling.group.casefold() for telling in self.told}
        return tuple(group for group in self.groups if group.casefold() not in told)

    @property
    def standing(self) -> Standing:
        asking, outcome = self.asking, self.outcome
        asked_on = asking.asked_on if asking else None
        if self.loop.merged_into_id is not None:
            return Standing("merged", asked_on)
        if outcome is None or not outcome.is_grounded:
            is_awaited = asking is not None and bool(asking.forum)
            return Standing(
                "undecided" if asking else "unasked", asked_on, asking.ends if asking and is_awaited else None
            )
        return self._decided(outcome, asked_on)

    def _decided(self, outcome: Outcome, asked_on: date | None) -> Standing:
        action = self.actions.get(outcome.action_id or 0)
        kept = self.came_of_it != outcome.outcome and action is not None
        decided_on = (action.settled_on if kept and action else None) or outcome.decided_on
        if self.untold or not self.told:
            return Standing("untold", asked_on, None, decided_on)
        told_on = max(telling.told_on for telling in self.told)
        if self.came_of_it == "will":
            return Standing("promised", asked_on, outcome.ends, decided_on, told_on)
        checks = [check.answer for check in self.checks if check.outcome_id == outcome.id]
        return Standing("closed", asked_on, None, decided_on, told_on, checks[-1] if checks else "")


def facts_of(session: Session, loop: Loop) -> Facts:
    outcomes = outcomes_of(session, loop.id)
    return Facts(
        loop=loop,
        askings=askings_of(session, loop.id),
        outcomes=outcomes,
        tellings=tellings_of(session, loop.id),
        checks=checks_of(session, loop.id),
        groups=groups_of(session, loop),
        actions=_actions(session, [o.action_id for o in outcomes if o.action_id]),
    )


def groups_of(session: Session, loop: Loop) -> tuple[str, ...]:
    """Who said it: the groups of the loop and of those merged into it, each once; ("",) where none is."""
    said = [loop, *merged_into(session, loop)]
    known = {each.sayers.casefold(): each.sayers for each in said if each.sayers}
    return tuple(known.values()) or ("",)


def _actions(session: Session, action_ids: list[int]) -> dict[int, Action]:
    if not action_ids:
        return {}
    found = session.exec(select(Action).where(col(Action.id).in_(action_ids)))
    return {action.id: action for action in found}


def restate(session: Session, changes: list[dict[str, Any]]) -> None:
    """Bring the standing of all loops up to date that these changes of rows are about."""
    for loop in loops_among(session, _touched(session, changes)).values():
        derive(session, loop, **vars(facts_of(session, loop).standing))


def _touched(session: Session, changes: list[dict[str, Any]]) -> set[int]:
    """The ids of the loops that these are about, and of those that they were or are merged into."""
    ids = {each for change in changes for each in _loops_in(session, change)}
    return ids | _of_actions(session, changes)


def _loops_in(session: Session, change: dict[str, Any]) -> list[int]:
    if change["table"] == "Loop":
        loop = loops_among(session, [change["id"]]).get(change["id"])
        versions = (change["before"] or {}, change["after"] or {}, loop.__dict__ if loop else {})
        return [change["id"], *filter(None, (version.get("merged_into_id") for version in versions))]
    if change["table"] not in FACTS:
        return []
    kept = (change["before"] or {}) | (change["after"] or {})
    return [kept["loop_id"]] if "loop_id" in kept else []


def _of_actions(session: Session, changes: Iterable[dict[str, Any]]) -> set[int]:
    """The loops that a settled action carries out, or one that was taken up again."""
    moved = [c["id"] for c in changes if c["table"] == "Action" and "state" in (c["before"] or {})]
    if not moved:
        return set()
    return set(session.exec(select(Outcome.loop_id).where(col(Outcome.action_id).in_(moved))))
