"""Holds: which of them keep something from going out on a day, and what was stopped."""

from datetime import date, datetime

import pytest

from storage.counters import next_number
from storage.db import Database, Session, add
from storage.events import record
from storage.holds import (
    Hold,
    HoldOverride,
    held_things,
    hold_numbered,
    holds_on,
    incidents,
    is_overridden,
    note_held,
)
from storage.organisations import organisations
from storage.people import people
from tests.conversation import Conversation, start

TODAY = date(2020, 6, 10)


@pytest.fixture
def talk(db: Database) -> Conversation:
    return start(db, "2020-06-01 08:00")


def put(session: Session, kind: str, starts: date, ends: date | None, at: int | None = None) -> Hold:
    """A hold with the next number, set by whoever came first."""
    hold = Hold(
        number=next_number(session, "H"),
        kind=kind,
        organisation_id=at,
        starts=starts,
        ends=ends,
        by=people(session)[0].id,
        noted_at=session.at,
    )
    add(session, hold)
    record(session, "held", hold.ref)
    return hold


def lifted(hold: Hold, at: datetime) -> Hold:
    return Hold(**{name: getattr(hold, name) for name in Hold.model_fields} | {"lifted_at": at})


def test_hold_is_on_from_its_first_day_to_its_last(talk: Conversation) -> None:
    with talk.db.writing(1, at=talk.clock.now()) as session:
        hold = put(session, "election", date(2020, 6, 9), date(2020, 6, 11))

        on = [day for day in range(7, 14) if holds_on(session, date(2020, 6, day)) == [hold]]

    assert on == [9, 10, 11]
    assert [day for day in range(7, 14) if hold.is_on(date(2020, 6, day))] == on
    assert [day for day in range(7, 14) if hold.is_over(date(2020, 6, day))] == [12, 13]


def test_hold_without_a_last_day_is_on_until_it_is_lifted(talk: Conversation) -> None:
    with talk.db.writing(1, at=talk.clock.now()) as session:
        hold = put(session, "mourning", date(2020, 6, 9), None)

        assert holds_on(session, date(2025, 1, 1)) == [hold]
    assert hold.is_on(date(2025, 1, 1))
    assert not lifted(hold, talk.clock.now()).is_on(TODAY)


def test_holds_are_an_organisations_own_and_everybodys(talk: Conversation) -> None:
    with talk.db.writing(1, at=talk.clock.now()) as session:
        hospitals, council = (each.id for each in organisations(session))
        everybodys = put(session, "election", date(2020, 6, 8), None)
        ours = put(session, "embargo", date(2020, 6, 9), None, hospitals)

        found = [
            holds_on(session, TODAY, *ids) for ids in ((hospitals,), (council,), (), (hospitals, council))
        ]

    assert found == [[everybodys, ours], [everybodys], [everybodys], [everybodys, ours]]


def test_only_incidents_that_nobody_lifted_silence(talk: Conversation) -> None:
    with talk.db.writing(1, at=talk.clock.now()) as session:
        put(session, "election", date(2020, 6, 8), None)
        incident = put(session, "incident", date(2020, 6, 9), None)

        assert incidents(session) == [incident]


def test_override_is_for_one_thing(talk: Conversation) -> None:
    with talk.db.writing(1, at=talk.clock.now()) as session:
        hold = put(session, "election", date(2020, 6, 8), None)
        add(session, HoldOverride(hold_id=hold.id, about="L1", by=hold.by, why="safe", on=TODAY))
        record(session, "overrode", hold.ref)

        assert [is_overridden(session, hold, ref) for ref in ("L1", "L12", "L2")] == [True, False, False]


def test_what_was_held_is_noted_once(talk: Conversation) -> None:
    with talk.db.writing(1, at=talk.clock.now(), by=1) as session:
        hold = put(session, "election", date(2020, 6, 8), None)
        for about, what in (("L1", "draft"), ("L1", "draft"), ("L1", "export"), ("L2", "draft")):
            note_held(session, hold, about, what, TODAY)

        found = [(each.about, each.what, each.by) for each in held_things(session, hold)]

    assert found == [("L1", "draft", 1), ("L1", "export", 1), ("L2", "draft", 1)]


def test_another_partnerships_holds_hold_nothing_here(talk: Conversation) -> None:
    theirs = start(talk.db, "2020-06-01 08:00", "Another", "other")
    with talk.db.writing(theirs.workspace.partnership_id, at=talk.clock.now()) as session:
        number = put(session, "incident", date(2020, 6, 8), None).number

    with talk.db.reading(talk.workspace.partnership_id) as session:
        assert (holds_on(session, TODAY), incidents(session), hold_numbered(session, number)) == (
            [],
            [],
            None,
        )
