"""What arrives at the fake Slack, and what is to go wrong with it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.slack.standin.faults import Fault, Plan
from tests.slack.standin.state import State
from tests.slack.standin.web_api import Asked

POSTS_APART = 1.0
"""Seconds between two posts to one channel, where that is enforced."""


@dataclass
class Arrivals:
    """asked: every request, as it came. watch: called with each. one_a_second: whether posts to a channel are
    limited as Slack limits them, by the clock that tests can move.
    """

    state: State
    asked: list[Asked] = field(default_factory=list)
    watch: Callable[[Asked], None] = lambda asked: None
    one_a_second: bool = False
    _plans: list[Plan] = field(default_factory=list)
    _latest: dict[str, float] = field(default_factory=dict)

    def plan(self, plan: Plan) -> None:
        with self.state.changed:
            self._plans.append(plan)

    def clear(self) -> None:
        with self.state.changed:
            self._plans.clear()

    def arrived(self, asked: Asked) -> Plan | None:
        """What is to go wrong with this request, if anything."""
        self.watch(asked)
        with self.state.changed:
            self.asked.append(asked)
            self.state.changed.notify_all()
            for plan in self._plans:
                if plan.is_for(asked.method, asked.channel):
                    plan.times -= 1
                    return plan
            if self.one_a_second and asked.method == "chat.postMessage" and self._too_soon(asked):
                return Plan(Fault.SLOW_DOWN, asked.method, asked.channel, 0, "1", "")
        return None

    def _too_soon(self, asked: Asked) -> bool:
        now, latest = self.state.clock.now(), self._latest.get(asked.channel)
        if latest is not None and now - latest < POSTS_APART:
            return True
        self._latest[asked.channel] = now
        return False
