"""One-time codes: known by their hash alone, good once and for a while; and the one door in the wall."""

import ast
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from sqlmodel import col, select

from storage import codes, linking
from storage.codes import PERSON, SIGNS, WORKSPACE, Code
from storage.db import Database, Session, add, change, cross
from storage.events import Event, record
from storage.objectives import Objective
from storage.partnerships import workspaces
from storage.people import people
from storage.tables import METADATA
from tests.conversation import Conversation, start
from tests.sharing import invited, join, second

ROOT = Path(__file__).parents[2]
SAM, JO = 2, 3
"""As they are numbered in a database of their own."""


@pytest.fixture
def talk(db: Database) -> Conversation:
    return start(db, "2020-06-01 10:00")


def writing(talk: Conversation) -> AbstractContextManager[Session]:
    return talk.db.writing(talk.workspace.partnership_id, at=talk.clock.now())


def made(talk: Conversation, kind: codes.Kind = PERSON, person_id: int = SAM) -> tuple[Code, str]:
    with writing(talk) as session:
        return codes.make(session, kind, person_id)


def whose(talk: Conversation, typed: str, kind: codes.Kind = PERSON) -> int | None:
    with talk.db.reading(talk.workspace.partnership_id) as session:
        found = codes.code_with(session, kind, typed)
        return found.person_id if found else None


# --- codes ------------------------------------------------------------------------------------------


def test_code_has_sixty_bits_without_look_alikes(talk: Conversation) -> None:
    secrets = [made(talk)[1] for _ in range(20)]

    assert len(SIGNS) == 32
    assert {len(secret.replace("-", "")) for secret in secrets} == {12}
    assert set("".join(secrets)) <= {*SIGNS, "-"}
    assert len(set(secrets)) == 20


def test_code_is_kept_as_a_hash(talk: Conversation) -> None:
    code, secret = made(talk)

    assert len(code.secret_hash) == 64
    assert secret not in str(code.model_dump())
    assert secret.replace("-", "") not in str(code.model_dump())
    assert whose(talk, code.secret_hash) is None


WAYS_TO_TYPE: dict[str, Callable[[str], str]] = {
    "as told": str,
    "in small letters": str.lower,
    "with spaces": lambda secret: f"  {secret.replace('-', ' ')} ",
    "in one piece": lambda secret: secret.replace("-", ""),
    "with a phone's dashes": lambda secret: secret.replace("-", " – "),
    "with letters for figures": lambda secret: secret.replace("0", "o").replace("1", "l"),
}


@pytest.mark.parametrize("way", WAYS_TO_TYPE)
def test_code_is_read_generously(talk: Conversation, way: str) -> None:
    secrets = {person: made(talk, person_id=person)[1] for person in (SAM, JO)}

    assert {p: whose(talk, WAYS_TO_TYPE[way](secret)) for p, secret in secrets.items()} == {SAM: SAM, JO: JO}
    assert {codes.spelled(WAYS_TO_TYPE[way](secret)) for secret in secrets.values()} == set(secrets.values())


@pytest.mark.parametrize("typed", ["", "-", "7K2M-9QXT-4WPC", "\ud800", "x" * 40_000])
def test_other_words_are_no_code(talk: Conversation, typed: str) -> None:
    made(talk)

    assert whose(talk, typed) is None


def test_code_for_one_thing_is_none_for_another(talk: Conversation) -> None:
    secrets = {kind: made(talk, kind)[1] for kind in (PERSON, WORKSPACE)}

    assert whose(talk, secrets[PERSON], WORKSPACE) is None
    assert whose(talk, secrets[WORKSPACE], PERSON) is None


@pytest.mark.parametrize(
    ("kind", "last", "over"),
    [
        (PERSON, "2020-06-01 10:59", "2020-06-01 11:00"),
        (WORKSPACE, "2020-06-08 09:59", "2020-06-08 10:00"),
    ],
)
def test_code_is_good_once_and_for_a_while(
    talk: Conversation, kind: codes.Kind, last: str, over: str
) -> None:
    codes_made = [made(talk, kind)[0] for _ in range(2)]

    talk.until(last)
    with writing(talk) as session:
        assert [codes.claim(session, codes_made[0].id) for _ in range(2)] == [True, False]
    talk.until(over)
    with writing(talk) as session:
        assert codes.claim(session, codes_made[1].id) is False
        found = session.exec(select(Code).order_by(col(Code.id))).all()
        assert [code.is_good(talk.clock.now()) for code in found] == [False, False]
        assert [code.used_at is not None for code in found] == [True, False]


def test_code_that_is_withdrawn_is_known_to_nobody(talk: Conversation) -> None:
    code, secret = made(talk)

    with writing(talk) as session:
        codes.withdraw(session, codes.open_codes(session, PERSON)[0])

    assert whose(talk, secret) is None
    with writing(talk) as session:
        assert codes.claim(session, code.id) is False


def test_codes_of_others_are_nothing_here(talk: Conversation) -> None:
    other = start(talk.db, "2020-06-01 10:00", "Marzipan", "theirs")
    code, secret = made(talk)

    assert whose(other, secret) is None
    with writing(other) as session:
        assert codes.open_codes(session, PERSON) == []
        assert codes.claim(session, code.id) is False
    assert whose(talk, secret) == SAM


def test_invitation_is_found_of_everywhere_and_tells_where_it_leads(talk: Conversation) -> None:
    start(talk.db, "2020-06-01 10:00", "Marzipan", "theirs")
    secret, person = invited(talk), made(talk)[1]

    with talk.db.everywhere() as session:
        found = codes.invitation(session, secret.lower())
        assert codes.invitation(session, person) is None
    assert found is not None
    assert (found.partnership, found.home) == ("Fell and Bay", "Westmere County Council")
    assert found.organisations == ("Fellside Hospitals", "Westmere County Council")


# --- the door in the wall ---------------------------------------------------------------------------


def test_session_that_went_elsewhere_sees_and_changes_only_what_is_there(talk: Conversation) -> None:
    other = start(talk.db, "2020-06-01 10:00", "Marzipan", "theirs")

    with writing(talk) as session:
        mine = people(session)
        cross(session, other.workspace.partnership_id)
        assert {person.partnership_id for person in people(session)} == {other.workspace.partnership_id}
        with pytest.raises(LookupError):
            change(session, mine[0], name="Somebody else")
        add(session, Objective(number=1, title="Theirs"))
        record(session, "added", "objective 1")

    with talk.db.reading(talk.workspace.partnership_id) as session:
        assert session.exec(select(Objective)).all() == []


def test_nothing_unrecorded_is_taken_elsewhere(talk: Conversation) -> None:
    other = start(talk.db, "2020-06-01 10:00", "Marzipan", "theirs")

    with writing(talk) as session:
        add(session, Objective(number=1, title="Mine"))
        with pytest.raises(RuntimeError, match="nothing left unrecorded"):
            cross(session, other.workspace.partnership_id)
        record(session, "added", "objective 1")


def test_session_of_nobody_goes_nowhere(talk: Conversation) -> None:
    with talk.db.everywhere() as session, pytest.raises(RuntimeError):
        cross(session, talk.workspace.partnership_id)


def test_the_door_is_used_by_workspaces_that_move_alone() -> None:
    users = {
        path.relative_to(ROOT).as_posix()
        for package in ("bot", "commands", "jobs", "messages", "storage")
        for path in (ROOT / package).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and "cross" in [alias.name for alias in node.names]
    }

    assert users == {"bot/joining.py"}


# --- moving -----------------------------------------------------------------------------------------


def spaces(talk: Conversation, partnership_id: int) -> list[tuple[str, bool]]:
    with talk.db.reading(partnership_id) as session:
        return [(space.external, space.stopped_at is None) for space in workspaces(session)]


def test_workspace_moves_and_what_it_leaves_never_speaks(talk: Conversation) -> None:
    quay = second(talk)
    before, old = quay.workspace.partnership_id, quay.workspace.id
    join(talk, quay)

    assert spaces(talk, before) == [(f"left:quay:{old}", False)]
    assert spaces(talk, talk.workspace.partnership_id) == [("local", True), ("quay", True)]
    with talk.db.reading(before) as session:
        assert [event.what for event in session.exec(select(Event).order_by(col(Event.id)))][-1] == "left"


def test_two_workspaces_with_one_code_are_one_that_joins(talk: Conversation) -> None:
    secret, several = invited(talk), [second(talk, team) for team in ("quay", "pier", "mole")]
    for other in several:
        other.do("Kit Ash", "/me")
    together = threading.Barrier(len(several))

    def try_it(other: Conversation) -> None:
        together.wait()
        other.say("Kit Ash", f"/partner join {secret} confirm: yes")
        while other.answer.is_busy:
            other.say("Kit Ash", f"/partner join {secret} confirm: yes")

    threads = [threading.Thread(target=try_it, args=[other]) for other in several]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(spaces(talk, talk.workspace.partnership_id)) == 2
    assert sorted(other.answer.is_error for other in several) == [False, True, True]
    left = [spaces(talk, other.workspace.partnership_id)[0][0].startswith("left:") for other in several]
    assert left == [not other.answer.is_error for other in several]


# --- linking ----------------------------------------------------------------------------------------


def test_every_column_that_names_a_person_goes_over_or_stays() -> None:
    named = {
        (table.name, column.name)
        for table in METADATA.sorted_tables
        for column in table.columns
        for key in column.foreign_keys
        if key.column.table.name == "person"
    }
    told = [(table.__tablename__, column) for table, column in (*linking.GOES_OVER, *linking.STAYS)]

    assert sorted(told) == sorted(named)
