"""The wall: a session of one partnership neither sees nor touches another's rows, however it asks."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import func, literal_column
from sqlalchemy.orm import aliased
from sqlmodel import col, delete, exists, insert, select, text, update

from storage.actions import Action, ActionOwner
from storage.db import Database, Session, add, change, remove, straight
from storage.events import Event, record
from storage.objectives import Objective
from storage.partnerships import Partnership
from tests.conversation import Conversation, start

MINE, THEIRS = "Mend the fence", "Quell the zanzibar"


@dataclass(frozen=True)
class Two:
    """Two partnerships in one database, with one action and one objective each."""

    db: Database
    mine: Conversation
    theirs: Conversation

    def reading(self, whose: Conversation) -> Any:
        return self.db.reading(whose.workspace.partnership_id)

    def writing(self, whose: Conversation) -> Any:
        return self.db.writing(whose.workspace.partnership_id, at=whose.clock.now())


@pytest.fixture
def two(sqlite: Database) -> Two:
    found = Two(sqlite, *(start(sqlite, "2020-06-01 10:00", name, name) for name in ("one", "two")))
    for talk, title in ((found.mine, MINE), (found.theirs, THEIRS)):
        talk.do("Priya Shah", f"/objective add {title}")
        talk.do("Sam Okafor", f"/action add {title} objective: 1 due: 9 June")
    return found


other, owner = aliased(Action), aliased(ActionOwner)
WAYS_TO_ASK: dict[str, Callable[[], Any]] = {
    "the rows": lambda: select(Action),
    "a column": lambda: select(Action.title),
    "a number of theirs": lambda: select(Action).where(Action.number == 1),
    "either of two conditions": lambda: select(Action).where((Action.number == 1) | (Action.number != 1)),
    "an alias": lambda: select(other.title),
    "a join": lambda: select(Action.title).join(ActionOwner, col(ActionOwner.action_id) == col(Action.id)),
    "a join on nothing": lambda: select(Action.title).join(ActionOwner, literal_column("1") == 1).distinct(),
    "an outer join of aliases": lambda: select(other.title).join(
        owner, col(owner.action_id) == col(other.id), isouter=True
    ),
    "two tables": lambda: select(Action.title, Objective.title).where(Action.number == Objective.number),
    "a subquery": lambda: select(select(Action.title).subquery().c.title),
    "a common table expression": lambda: select(select(Action.title).cte("found").c.title),
    "a condition with a subquery": lambda: select(Action.title).where(
        col(Action.id).in_(select(ActionOwner.action_id))
    ),
    "whether there is one": lambda: select(Action.title).where(
        exists(select(Objective.id).where(Objective.title == THEIRS))
    ),
    "a scalar subquery": lambda: select(
        select(Action.title).where(Action.title == THEIRS).scalar_subquery(), Action.title
    ),
    "a union": lambda: select(Action.title).union(select(Action.title)),
    "a union in a subquery": lambda: select(select(Action.title).union_all(select(Action.title)).subquery()),
    "a count": lambda: select(func.count()).select_from(Action),
    "the longest": lambda: select(func.max(Action.title)),
}


@pytest.mark.parametrize("way", WAYS_TO_ASK)
def test_session_shows_only_its_own_rows(two: Two, way: str) -> None:
    statement = WAYS_TO_ASK[way]()

    with two.reading(two.mine) as session:
        found = repr([_plain(row) for row in session.execute(statement)])

    assert THEIRS not in found
    assert "2" not in found


def _plain(row: Any) -> list[object]:
    return [value.title if isinstance(value, Action | Objective) else value for value in row]


def test_sessions_in_turn_each_show_their_own(two: Two) -> None:
    found = []
    for whose in (two.mine, two.theirs, two.mine, two.theirs):
        with two.reading(whose) as session:
            found += session.exec(select(Action.title)).all()

    assert found == [MINE, THEIRS, MINE, THEIRS]


def test_row_of_another_cannot_be_had_by_its_id(two: Two) -> None:
    with two.reading(two.theirs) as session:
        theirs = session.exec(select(Action)).one()
    with two.reading(two.mine) as session:
        assert session.get(Action, theirs.id) is None


def test_another_partnership_itself_is_not_shown(two: Two) -> None:
    with two.reading(two.mine) as session:
        assert session.exec(select(Partnership.name)).all() == ["one"]


WAYS_TO_WRITE: dict[str, Callable[[], Any]] = {
    "all titles": lambda: update(Action).values(title="taken"),
    "their title": lambda: update(Action).where(col(Action.title) == THEIRS).values(title="taken"),
    "their rows": lambda: delete(ActionOwner),
    "by a subquery": lambda: (
        update(Action)
        .where(col(Action.id).in_(select(ActionOwner.action_id).where(ActionOwner.position == 0)))
        .values(title="taken")
    ),
    "with an answer": lambda: (
        update(Action).values(title="taken").returning(col(Action.title)).execution_options(
            synchronize_session=False
        )
    ),
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS_TO_WRITE)
def test_session_writes_only_its_own_rows(two: Two, way: str) -> None:
    before = _everything(two)

    with two.writing(two.mine) as session:
        session.execute(WAYS_TO_WRITE[way]())

    assert _everything(two) == before


def _everything(two: Two) -> list[dict[str, Any]]:
    with two.reading(two.theirs) as session:
        rows = [row for kind in (Action, ActionOwner, Event) for row in session.exec(select(kind))]
        return [row.model_dump() for row in rows]


def _theirs(two: Two) -> Action:
    with two.reading(two.theirs) as session:
        found: Action = session.exec(select(Action)).one()
        return found


@pytest.mark.parametrize("write", [lambda s, row: change(s, row, title="taken"), remove])
def test_row_of_another_cannot_be_written(two: Two, write: Callable[[Session, Action], None]) -> None:
    row, before = _theirs(two), _everything(two)

    with pytest.raises(LookupError, match="no row"), two.writing(two.mine) as session:
        write(session, row)

    assert _everything(two) == before


def test_new_row_belongs_to_the_session_whatever_it_says(two: Two) -> None:
    before = _everything(two)

    with two.writing(two.mine) as session:
        add(session, Objective(number=2, title="New", partnership_id=two.theirs.workspace.partnership_id))
        record(session, "added", "objective 2")

    with two.reading(two.mine) as session:
        assert session.exec(select(Objective.title).order_by(col(Objective.number))).all() == [MINE, "New"]
    assert _everything(two) == before


@pytest.mark.parametrize(
    "statement",
    [
        text("SELECT title FROM action"),
        select(Action.__table__),  # type: ignore[attr-defined]
        update(Action.__table__).values(title="taken"),  # type: ignore[attr-defined]
        delete(Action.__table__),  # type: ignore[attr-defined]
        insert(Action.__table__).values(title="taken"),  # type: ignore[attr-defined]
        insert(Objective).values(number=9, title="taken", partnership_id=2),
    ],
    ids=str,
)
def test_session_refuses_statements_that_have_no_wall(two: Two, statement: Any) -> None:
    with pytest.raises(RuntimeError), two.writing(two.mine) as session:
        session.execute(statement)


def test_session_without_a_partnership_cannot_be_opened_to_read(sqlite: Database) -> None:
    with pytest.raises(ValueError, match="partnership"), sqlite.reading(0):
        pass


# --- writing needs an event -------------------------------------------------------------------------


def test_change_without_an_event_is_rolled_back(two: Two) -> None:
    with pytest.raises(RuntimeError, match="without an event"), two.writing(two.mine) as session:
        change(session, session.exec(select(Action)).one(), title="taken")

    with two.reading(two.mine) as session:
        assert session.exec(select(Action.title)).all() == [MINE]


def test_straight_statement_stays_inside(two: Two) -> None:
    titles, rename = select(Action.title), update(Action).values(title="taken").returning(col(Action.title))

    for whose, title in ((two.mine, MINE), (two.theirs, THEIRS)):
        with two.reading(whose) as session:
            assert straight(session, Action, titles).scalars().all() == [title]
    with two.db.everywhere() as session:
        assert straight(session, Action, titles).scalars().all() == []
    with two.writing(two.mine) as session:
        assert straight(session, Action, rename).scalars().all() == ["taken"]
    with two.reading(two.theirs) as session:
        assert straight(session, Action, titles).scalars().all() == [THEIRS]


def test_column_set_by_hand_is_refused(two: Two) -> None:
    with pytest.raises(RuntimeError, match="storage"), two.writing(two.mine) as session:
        session.exec(select(Action)).one().title = "taken"

    with two.reading(two.mine) as session:
        assert session.exec(select(Action.title)).all() == [MINE]


def test_row_put_in_by_hand_is_refused(two: Two) -> None:
    with pytest.raises(RuntimeError, match="storage"), two.writing(two.mine) as session:
        session.add(Objective(number=2, title="New", partnership_id=two.mine.workspace.partnership_id))


def test_error_in_a_transaction_leaves_nothing_behind(two: Two) -> None:
    with suppress(ZeroDivisionError), two.writing(two.mine) as session:
        change(session, session.exec(select(Action)).one(), title="taken")
        record(session, "edited", "A1")
        raise ZeroDivisionError

    with two.reading(two.mine) as session:
        assert session.exec(select(Action.title)).all() == [MINE]
        assert [event.what for event in session.exec(select(Event).where(Event.about == "A1"))] == ["added"]
