"""A figure: one thing that was measured, and what it should be."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from time import perf_counter
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Figure:
    """One line of the table. aim: the most that `value` should be or, with `at_least`, the least."""

    what: str
    value: float
    unit: str
    aim: float
    at_least: bool = False
    more: str = ""

    @property
    def is_met(self) -> bool:
        return self.value >= self.aim if self.at_least else self.value <= self.aim

    def line(self) -> str:
        aim = f"{'at least' if self.at_least else 'at most'} {self.aim:g}"
        verdict = "met" if self.is_met else "MISSED"
        return (
            f"{self.what:<48} {self.value:>7.2f} {self.unit:<6} {aim:<14} {verdict:<7} {self.more}".rstrip()
        )


def seconds(work: Callable[[T], object], things: Iterable[T]) -> float:
    """How long it takes by the wall clock to do this work on each of these things."""
    start = perf_counter()
    for thing in things:
        work(thing)
    return perf_counter() - start
