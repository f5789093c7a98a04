"""A database that is busy: nothing is done, nothing is lost, and the same can be sent again."""

from pathlib import Path

import pytest

from bot.web.talk import Outcome
from tests.web.serving import Visitor, locked

WORKED = Outcome()


@pytest.mark.parametrize("line", ["Hello", "/objective add Hear what people say"])
def test_line_is_not_lost_while_the_database_is_busy(priya: Visitor, plan: Path, line: str) -> None:
    with locked(plan):
        came = priya.say(line, key="k1")

    assert (came.is_error, came.is_lost) == (True, True)
    assert "What you typed is still here" in came.why
    assert priya.look().words == []
    assert priya.say(line, key="k1") == WORKED
    assert priya.say(line, key="k1") == WORKED
    assert [said.words for said in priya.look().messages].count(line) == 1


def test_form_is_not_lost_while_the_database_is_busy(priya: Visitor, plan: Path) -> None:
    priya.say("/action add")
    priya.look()

    with locked(plan):
        came = priya.fill(what="Refresh the newsletter")

    assert (came.is_error, came.is_lost) == (True, True)
    assert priya.fill(what="Refresh the newsletter") == WORKED


def test_page_is_read_while_the_database_is_busy(priya: Visitor, plan: Path) -> None:
    priya.say("Hello")

    with locked(plan):
        assert priya.look().words == [("Priya Shah", "Hello")]
