"""Standing: where a loop stands, as it follows from the facts around it; nobody sets it by hand."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlmodel import col, select

from storage.actions import Action
from storage.db import Session, rewrite
from storage.loops import Asking, Check, Loop, Outcome, Telling, facts_among, loops_among, merged_among
from storage.partnerships import the_partnership

NO_CHECK = "-"
"""Nobody is asked whether they agree that they were thanked."""
FACTS = {"Asking", "Outcome", "Telling", "Check"}
"""The tables, besides loops and actions, that say how loops stand."""


@dataclass(frozen=True)
class Standing:
    """A loop's derived columns (see Loop)."""

    state: str
    since: date
    asked_on: date | None = None
    quiet_until: date | None = None
    decided_on: date | None = None
    told_on: date | None = None
    checked: str = ""


def follows(table: str, column: str) -> bool:
    """Whether a column is derived: it is no change by anybody, and stands in no undo's way."""
    return table == "Loop" and column in {field.name for field in fields(Standing)}


@dataclass(frozen=True)
class Facts:
    """All that a loop's standing follows from, each list oldest first.

    merged: those that say the same again. actions: those that carry it out or prove it, by their ids.
    """

    loop: Loop
    merged: list[Loop]
    askings: list[Asking]
    outcomes: list[Outcome]
    tellings: list[Telling]
    checks: list[Check]
    actions: dict[int, Action]

    @property
    def groups(self) -> tuple[str, ...]:
        """Who said it, those who said it again too, each once; "" for those of whom no group is known."""
        said = [self.loop, *self.merged]
        return tuple({each.sayers.casefold(): each.sayers for each in said}.values())

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
        """Those who said it and have not been told; "", the public, for those of whom no group is known."""
        told = {telling.group.casefold() for telling in self.told}
        return tuple(group for group in self.groups if group.casefold() not in told)

    @property
    def standing(self) -> Standing:
        asking, outcome = self.asking, self.outcome
        asked_on = asking.asked_on if asking else None
        if self.loop.merged_into_id is not None:
            return Standing("merged", self.loop.logged_on, asked_on)
        if outcome is not None and self._is_grounded(outcome):
            return self._decided(outcome, asked_on)
        if asking is not None:
            since = max([asking.asked_on, *self._reopened])
            return Standing("undecided", since, asked_on, asking.ends if asking.forum else None)
        return Standing("unasked", max([self.loop.logged_on, *self._reopened]))

    @property
    def _reopened(self) -> list[date]:
        """The days on which those who said it did not agree, or the action that was promised was dropped."""
        denied = [check.checked_on for check in self.checks if check.answer == "no"]
        off = [self.actions[o.action_id or 0].settled_on for o in self.outcomes if self._is_off(o)]
        return denied + [day for day in off if day]

    def _is_grounded(self, outcome: Outcome) -> bool:
        """An action proves nothing before it is done."""
        action = self.actions.get(outcome.action_id or 0)
        is_proved_otherwise = bool(outcome.link or outcome.done_on)
        is_proved = is_proved_otherwise or action is None or action.state == "done"
        return outcome.is_grounded and (is_proved or outcome.outcome == "will")

    def _decided(self, outcome: Outcome, asked_on: date | None) -> Standing:
        decided_on = self._decided_on(outcome)
        if self.untold or not self.told:
            return Standing("untold", decided_on, asked_on, None, decided_on)
        told_on = max(telling.told_on for telling in self.told)
        if self.came_of_it == "will":
            return Standing("promised", told_on, asked_on, outcome.ends, decided_on, told_on)
        checks = [check.answer for check in self.checks if check.outcome_id == outcome.id]
        checked = checks[-1] if checks else NO_CHECK if outcome.outcome == "thanked" else ""
        return Standing("closed", told_on, asked_on, None, decided_on, told_on, checked)

    def _decided_on(self, outcome: Outcome) -> date:
        """When it was decided, or a promise was kept."""
        action = self.actions.get(outcome.action_id or 0)
        is_kept = self.came_of_it != outcome.outcome
        return (action.settled_on if is_kept and action else None) or outcome.decided_on


def facts_of(session: Session, loop: Loop) -> Facts:
    return facts_of_all(session, [loop])[0]


def facts_of_all(session: Session, loops: list[Loop]) -> list[Facts]:
    """The facts about each of these loops, in as many questions as about one."""
    ids = [loop.id for loop in loops]
    merged = merged_among(session, ids)
    askings, outcomes = facts_among(session, Asking, ids), facts_among(session, Outcome, ids)
    tellings, checks = facts_among(session, Telling, ids), facts_among(session, Check, ids)
    actions = _actions(session, [o.action_id for mine in outcomes.values() for o in mine if o.action_id])
    return [
        Facts(
            loop=loop,
            merged=merged[loop.id],
            askings=askings[loop.id],
            outcomes=outcomes[loop.id],
            tellings=tellings[loop.id],
            checks=checks[loop.id],
            actions=actions,
        )
        for loop in loops
    ]


def _actions(session: Session, action_ids: list[int]) -> dict[int, Action]:
    if not action_ids:
        return {}
    found = session.exec(select(Action).where(col(Action.id).in_(action_ids)))
    return {action.id: action for action in found}


def restate(session: Session, changes: list[dict[str, Any]]) -> None:
    """Bring the standing of all loops up to date that these changes of rows are about."""
    touched = _touched(session, changes)
    if touched:
        for facts in facts_of_all(session, list(loops_among(session, touched).values())):
            rewrite(session, facts.loop, **_as_of_today(session, facts))


def _as_of_today(session: Session, facts: Facts) -> dict[str, Any]:
    """A loop's derived columns. What came to stand otherwise does so from today, whatever days are noted:
    what is to be said of that is still to come.
    """
    new = vars(facts.standing)
    is_as_before = all(getattr(facts.loop, name) == value for name, value in new.items() if name != "since")
    if is_as_before:
        return {}
    zone = the_partnership(session).tz
    return new | {"since": max(new["since"], session.at.astimezone(zone).date())}


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
    return carried_by(session, moved) if moved else set()


def carried_by(session: Session, action_ids: list[int]) -> set[int]:
    """The ids of the loops that these actions carry out, or prove done."""
    return set(session.exec(select(Outcome.loop_id).where(col(Outcome.action_id).in_(action_ids))))


def loops_carried_by(session: Session, action: Action) -> list[Loop]:
    """Those that it carries out, or proves done."""
    return list(loops_among(session, carried_by(session, [action.id])).values())


def rests_on(session: Session, changes: list[dict[str, Any]]) -> bool:
    """Whether a loop rests on a row that these changes made: on an action, or on a loop of the same."""
    made = [(change["table"], change["id"]) for change in changes if change["before"] is None]
    actions, loops = ([id_ for table, id_ in made if table == kind] for kind in ("Action", "Loop"))
    is_carried = bool(actions) and _first(
        session, select(Outcome.id).where(col(Outcome.action_id).in_(actions))
    )
    return is_carried or (bool(loops) and any(merged_among(session, loops).values()))


def _first(session: Session, question: Any) -> bool:
    return session.exec(question.limit(1)).first() is not None
