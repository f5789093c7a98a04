"""Joining: a workspace has moved or it has not, and nothing is left behind in the partnership it was of."""

import threading
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

import pytest

from bot import local
from bot.app import Answer, App
from bot.joining import Elsewhere
from bot.local import Local
from commands.base import CommandError, Request
from commands.registry import Command, Registry
from storage import codes, people
from storage.codes import WORKSPACE
from storage.db import Database
from storage.events import record
from storage.partnerships import the_partnership, workspaces
from tests.conversation import COMMANDS, Conversation, start
from tests.sharing import NOW, invited, join, second


@pytest.fixture
def talk(db: Database) -> Conversation:
    return start(db, NOW)


@pytest.fixture
def quay(talk: Conversation) -> Conversation:
    found = second(talk)
    found.do("Kit Ash", "/me", channel="#harbour")
    return found


def spaces(talk: Conversation, partnership_id: int) -> list[str]:
    with talk.db.reading(partnership_id) as session:
        return [space.external for space in workspaces(session)]


def test_move_that_fails_at_its_end_has_not_happened(talk: Conversation, quay: Conversation) -> None:
    """The code is withdrawn between the look at it and its use."""
    elsewhere, mine = Elsewhere(talk.db), quay.workspace.partnership_id
    invitation = elsewhere.invitation(invited(talk))
    assert invitation is not None
    with talk.db.writing(talk.workspace.partnership_id, at=talk.clock.now()) as session:
        codes.withdraw(session, codes.open_codes(session, WORKSPACE)[0])
        record(session, "withdrew", "code")

    def move() -> None:
        with talk.db.writing(mine, at=talk.clock.now()) as session:
            kit, partnership = people.people(session)[0], the_partnership(session)
            elsewhere.join(
                Request(session, partnership, kit, talk.clock.now(), quay.workspace.id), invitation
            )

    with pytest.raises(CommandError, match="just been used"):
        move()

    assert spaces(talk, mine) == ["quay"]
    assert spaces(talk, talk.workspace.partnership_id) == ["local"]
    assert quay.do("Kit Ash", "/action add Still here").startswith("A1 is logged: Still here")


def test_same_request_again_gets_the_same_answer(talk: Conversation, quay: Conversation) -> None:
    line = f"/partner join {invited(talk)} confirm: yes"

    first, again = (quay.say("Kit Ash", line, key="one request") for _ in range(2))

    assert first.startswith("This workspace, quay, shares Fell and Bay now")
    assert again == first
    assert [seen.text.splitlines()[0] for seen in talk.seen] == ["A workspace has joined: quay"]


def test_code_is_told_once_even_to_the_same_request(talk: Conversation) -> None:
    first, again = (talk.say("Priya Shah", "/partner invite", key="one request") for _ in range(2))

    assert "lets one other workspace share this partnership" in first
    assert again.startswith("This was answered already.")


class Told(Mapping[str, Command]):
    """The commands, telling when one is looked for: the speaker is known by then, and nothing written yet."""

    def __init__(self, tell: Callable[[], None]) -> None:
        self._tell = tell

    def __getitem__(self, name: str) -> Command:
        self._tell()
        return COMMANDS.commands[name]

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS.commands)

    def __len__(self) -> int:
        return len(COMMANDS.commands)


def test_request_that_waits_while_the_workspace_moves_leaves_nothing_behind(
    talk: Conversation, quay: Conversation
) -> None:
    before = quay.workspace.partnership_id
    at_the_door, has_moved = threading.Event(), threading.Event()

    def wait() -> None:
        at_the_door.set()
        has_moved.wait(30)

    app = App(talk.db, Registry(Told(wait)), {local.NAME: Local(lambda _shown: None)})
    heard = local.heard(quay.workspace, "@Kit Ash", "#harbour", "late", "/action add Mend the nets")
    answers = []
    late = threading.Thread(target=lambda: answers.append(app.hear(heard, talk.clock.now())))
    late.start()
    assert at_the_door.wait(30)
    join(talk, quay)
    has_moved.set()
    late.join()

    assert [answer.is_busy for answer in answers] == [True]
    with talk.db.reading(before) as session:
        assert [space.has_left for space in workspaces(session)] == [True]
    assert app.hear(heard, talk.clock.now()).is_error is False
    assert "A1 Mend the nets" in talk.do("Sam Okafor", "/action list")


def test_what_was_there_before_the_move_is_of_no_use_after_it(talk: Conversation, quay: Conversation) -> None:
    talk.do("Priya Shah", "/action add Print the posters")
    before = talk.clock.now()
    talk.until("+1h")
    quay.clock = talk.clock
    join(talk, quay)
    talk.until("+1h")

    def press(shown_at: datetime) -> Answer:
        key = f"pressed {shown_at}"
        heard = local.heard(
            quay.workspace, "@Kit Ash", "", key, "/action note A1 Mine", is_click=True, shown_at=shown_at
        )
        return talk.app.hear(heard, talk.clock.now())

    old, new = press(before), press(talk.clock.now())

    assert (old.is_error, new.is_error) == (True, False)
    assert old.messages[0].summary.startswith("That is from before this workspace joined the plan.")
