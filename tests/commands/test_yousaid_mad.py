"""No order of commands, however mad, closes a loop that is not: worked out here from the rows alone."""

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st
from sqlmodel import select

from storage.actions import Action
from storage.db import Database, Session
from storage.loops import Asking, Check, Loop, Outcome, Telling
from storage.standing import Standing, facts_of_all
from tests.commands.looping import JO, PRIYA, SAM, TOM
from tests.conversation import Conversation, buttons, start
from tests.databases import copied, opened

PEOPLE = (SAM, JO, PRIYA, TOM)
GROUPS = ("carers", "Patients", "the group", "the public", "carers and patients", "nobody known")
DAYS = ("today", "yesterday", "tomorrow", "end of next month", "rubbish")
LINES = (
    "/yousaid add Too cold group: {group}",
    "/yousaid add Too cold",
    "/yousaid add One\nTwo group: {group} ref: HW asked: {who}",
    "/yousaid ask L{n} {who} by: {day}",
    "/yousaid ask L{n} {who}",
    "/yousaid awaiting L{n} the board on: end of next month",
    "/yousaid did L{n} Heaters on: {day}",
    "/yousaid did L{n} Heaters",
    "/yousaid did L{n} Heaters link: https://www.example.org",
    "/yousaid did L{n} Heaters action: A{m}",
    "/yousaid partly L{n} Heaters action: A{m}",
    "/yousaid will L{n} Heaters by: {day}",
    "/yousaid cannot L{n} because of the wall",
    "/yousaid cannot L{n} because",
    "/yousaid thanked L{n}",
    "/yousaid passed L{n} to the station",
    "/yousaid plan L{n} Heaters owner: {who} due: end of next month",
    "/yousaid told L{n} to: {group} where: there on: {day}",
    "/yousaid told L{n} to: {group} where: there on: today",
    "/yousaid told L{n} to: the group and the public where: there on: today",
    "/yousaid check L{n} {answer}",
    "/yousaid merge L{n} into L{m}",
    "/yousaid edit L{n} group: {group}",
    "/yousaid edit L{n} theme: rooms level: collective",
    "/yousaid note L{n} A note",
    "/action done A{m}",
    "/action reopen A{m}",
    "/action drop A{m} because of the money",
    "/action accept A{m}",
    "/yousaid undo L{n}",
    "/undo",
    "/undo",
    "/undo A{m}",
    "/undo E{event}",
    "UNDO",
    "UNDO",
)
"""UNDO presses the button that the last answer offers: after an undo, that takes the undo back."""
BEFORE = (
    "/yousaid add Too loud group: carers",
    "/yousaid add Too cold group: Patients asked: Jo Bell",
    "/yousaid add Too dark",
    "/yousaid plan L3 Put up lamps due: end of next month",
)
COMMON = ("/yousaid did L{n} Heaters on: today", "/yousaid told L{n} to: the group where: there on: today")

steps = st.fixed_dictionaries(
    {
        "speaker": st.sampled_from((*PEOPLE, PRIYA)),
        "line": st.sampled_from(LINES + COMMON * 3),
        "n": st.sampled_from("1123"),
        "m": st.sampled_from("123"),
        "group": st.sampled_from(GROUPS),
        "day": st.sampled_from(DAYS),
        "answer": st.sampled_from(("yes", "half", "no", "no")),
        "who": st.sampled_from(PEOPLE),
        "event": st.integers(9, 40).map(str),
    }
)


# --- what is true, from the rows ---------------------------------------------------------------------


@dataclass(frozen=True)
class Rows:
    """All that is there, read once."""

    loops: list[Loop]
    askings: list[Asking]
    outcomes: list[Outcome]
    tellings: list[Telling]
    checks: list[Check]
    actions: dict[int, str]

    def is_right_to_be_closed(self, loop: Loop) -> bool:
        """DESIGN §3: decided in this round, with its proof or reason, and all who said it told of that."""
        outcomes = [o for o in self.outcomes if (o.loop_id, o.round) == (loop.id, loop.round)]
        if not outcomes or loop.merged_into_id:
            return False
        last = max(outcomes, key=lambda outcome: outcome.id)
        state = self.actions.get(last.action_id or 0, "")
        came = "did" if (last.outcome, state) == ("will", "done") else last.outcome
        said = {each.sayers.lower() for each in self.loops if loop.id in (each.id, each.merged_into_id)}
        mine = [t for t in self.tellings if (t.outcome_id, t.outcome) == (last.id, came)]
        return is_answer(last, state) and said <= {t.group.lower() for t in mine if t.place and t.told_on}

    def check_nothing_hangs(self) -> None:
        """Every fact is about a loop that is there, every telling and check about an outcome that is."""
        facts: list[Any] = [*self.askings, *self.outcomes, *self.tellings, *self.checks]
        followed = {t.outcome_id for t in self.tellings} | {c.outcome_id for c in self.checks}
        assert {fact.loop_id for fact in facts} <= {loop.id for loop in self.loops}
        assert followed <= {outcome.id for outcome in self.outcomes}


def rows(session: Session) -> Rows:
    def every(kind: type[Any]) -> list[Any]:
        return list(session.exec(select(kind)))

    states = {action.id: action.state for action in every(Action)}
    return Rows(every(Loop), every(Asking), every(Outcome), every(Telling), every(Check), states)


def is_answer(outcome: Outcome, state: str) -> bool:
    """Whether it has what it needs. state: of its action."""
    is_proved = bool(outcome.link or outcome.done_on or state == "done")
    return {
        "did": is_proved and bool(outcome.words),
        "partly": is_proved and bool(outcome.words),
        "cannot": outcome.words.strip().lower() not in ("", "because"),
        "will": state == "done",
        "thanked": True,
        "passed": bool(outcome.passed_to),
    }[outcome.outcome]


def check_all(db: Database, partnership_id: int) -> list[str]:
    """Look at every loop; returns where they stand."""
    with db.reading(partnership_id) as session:
        found = rows(session)
        merged = {loop.id for loop in found.loops if loop.merged_into_id}
        for facts in facts_of_all(session, found.loops):
            loop = facts.loop
            kept = {field.name: getattr(loop, field.name) for field in fields(Standing)}
            assert kept == vars(facts.standing), loop.ref
            assert (loop.state == "closed") == found.is_right_to_be_closed(loop), loop.ref
            assert (loop.state == "merged") == (loop.id in merged), loop.ref
            assert loop.merged_into_id not in merged, f"{loop.ref} is merged into a merged one"
        found.check_nothing_hangs()
        return [loop.state for loop in found.loops]


# --- the madness --------------------------------------------------------------------------------------


def offered(talk: Conversation) -> str:
    """The line behind the undo that the last answer offers, "/undo" if it offers none."""
    found = [b.line for message in talk.answer.messages for b in buttons(message) if "ndo" in b.label]
    return found[-1] if found else "/undo"


def live(talk: Conversation, script: list[dict[str, str]]) -> None:
    """Carry out a script, and look at everything after each step that may have changed something."""
    for line in BEFORE:
        talk.do(SAM, line)
    for step in script:
        line = offered(talk) if step["line"] == "UNDO" else step["line"].format(**step)
        note(f"{step['speaker']}: {line}")
        said = talk.say(step["speaker"], line)
        assert "our fault" not in said, line
        if not talk.answer.is_error:
            check_all(talk.db, talk.workspace.partnership_id)


@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(script=st.lists(steps, min_size=15, max_size=30))
def test_no_order_of_commands_closes_what_was_not_told(migrated: Path, script: list[dict[str, str]]) -> None:
    db = opened(str(copied(migrated)))

    try:
        live(start(db, "2020-06-01 10:00"), script)
    finally:
        db.close()
