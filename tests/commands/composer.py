"""A composer: what somebody is offered while they type, in a partnership with one of everything."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from commands.base import Request
from commands.grammar.completing import Completion, Suggestion, complete
from storage import people
from storage.db import Database, Session
from storage.partnerships import the_partnership
from tests.conversation import COMMANDS, Conversation, start

LINES = """
/partner roles add Comms Lead at: Hospitals
/partner roles hold Comms Lead to: Priya Shah
/partner teams add Communications and Engagement team
/partner teams add Friends of the Lake by June
/partner closures add 1 July at: Council
/objective add Close the feedback loop
/objective add Help people choose
/action add Refresh the website
/action add Film the open day due: 19 June owner: Sam Okafor
/action add Share stories owner: Tom Reed due: ongoing
/action add Old news
/action done A4
/action add Ask the printer owner: Comms Lead due: 5 June
/partner people add Anna-Marie O'Neil
/partner people add Robin Vale
/partner people leave Robin Vale
"""


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Conversation]:
    """Monday 1 June 2020, with one of everything; the tests that share it change nothing that matters."""
    db = Database(str(Path(tmp_path_factory.mktemp("completing")) / "plan.db"))
    db.upgrade()
    talk = start(db, "2020-06-01 10:00")
    for line in LINES.strip().splitlines():
        talk.do("Priya Shah", line)
    talk.do("Jo Bell", "/action add Lend us a van owner: Hospitals")
    yield talk
    db.close()


@contextmanager
def asking(talk: Conversation, who: str = "Priya Shah") -> Iterator[Request]:
    """A request by somebody who is still typing."""
    with talk.db.reading(talk.workspace.partnership_id) as session:
        yield request_of(talk, session, who)
        assert session.changes == []


def request_of(talk: Conversation, session: Session, who: str) -> Request:
    return Request(
        session=session,
        partnership=the_partnership(session),
        person=people.people_called(session, who)[0],
        now=talk.clock.now(),
        workspace_id=talk.workspace.id,
        commands=COMMANDS,
    )


def typing(talk: Conversation, line: str, who: str = "Priya Shah") -> Completion:
    with asking(talk, who) as request:
        return complete(line, request)


def labels(talk: Conversation, line: str, who: str = "Priya Shah") -> list[str]:
    return [suggestion.label for suggestion in typing(talk, line, who).suggestions]


def chosen(line: str, completion: Completion, suggestion: Suggestion) -> str:
    return line[: completion.start] + suggestion.text


def first(talk: Conversation, line: str) -> str:
    """The line after the first suggestion is chosen."""
    completion = typing(talk, line)
    return chosen(line, completion, completion.suggestions[0])
