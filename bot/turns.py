"""Turns: an address's slot is claimed, its parts are asked, and one post goes into the outbox."""

from collections.abc import Iterator
from datetime import datetime, time

from bot import posting
from bot.bugs import caught
from jobs import reminders
from jobs.base import Said, SpeakingPart
from jobs.known import Known
from jobs.turn import Turn
from messages.compose import compose
from messages.stored import to_json
from storage import addresses, dailies, faults, outbox, partnerships, silence, slots
from storage.addresses import Address
from storage.db import Database, Session, add, apart, as_utc, change, check_recorded, remove
from storage.directory import Directory
from storage.events import last_event
from storage.faults import Fault
from storage.outages import told_apart
from storage.outbox import Outbox
from storage.slots import Notice, Slot
from storage.working_time import next_occurrence

DAY_IS_OVER = "its day was over before it could be delivered. The next daily post says what is still true."
TOO_LATE = "it could not be delivered in time."
TOGETHER = 10
"""Turns in one transaction: they share what they read, and nobody waits long to write in between."""


def take_all(db: Database, due: list[Slot], now: datetime) -> int:
    """Let each slot have its turn; returns how many did. One that fails stays due and keeps nobody else from
    theirs.
    """
    return sum(_take_together(db, group, now) for group in _groups(due))


def _groups(due: list[Slot]) -> Iterator[list[Slot]]:
    """Of one partnership each, in their order."""
    partnerships = dict.fromkeys(slot.partnership_id for slot in due)
    for partnership in partnerships:
        mine = [slot for slot in due if slot.partnership_id == partnership]
        yield from (mine[n : n + TOGETHER] for n in range(0, len(mine), TOGETHER))


def _take_together(db: Database, group: list[Slot], now: datetime) -> int:
    """Turns of one partnership, in one transaction. Nothing that they go by is changed by any of them."""
    had = 0
    partnership = group[0].partnership_id
    with caught("beat", f"partnership {partnership}") as bug, db.writing(partnership, at=now) as session:
        known = _known(session)
        for slot in group:
            with caught("beat", f"slot {slot.id}") as own_bug, told_apart(), apart(session):
                _take(session, slot, known, now)
            if own_bug.reference:
                session.expunge_all()
                known = _known(session)
            else:
                had += 1
    return 0 if bug.reference else had


def _known(session: Session) -> Known:
    return Known(session, Directory(session))


def _take(session: Session, slot: Slot, known: Known, now: datetime) -> None:
    """Ask the parts that an address wants to hear from, and say what they say."""
    turn = _claim(session, slot, known, now)
    if turn is None:
        return
    failed = faults.faults_of(session, slot.id)
    turns = {
        part: reminders.since_last_success(turn, failed.get(part.NAME)) for part in reminders.wanted(slot)
    }
    said, bugs = _ask(session, slot, turns)
    for part, mine in turns.items():
        if part.NAME in bugs:
            _note_fault(session, slot, part, mine, bugs[part.NAME])
        elif part.NAME in failed:
            remove(session, failed[part.NAME])
    _speak(session, turn, said)


def _ask(session: Session, slot: Slot, turns: dict[SpeakingPart, Turn]) -> tuple[list[Said], dict[str, str]]:
    """What the parts say, and under which reference the log knows what failed, by the part's name. One that
    fails is left out and the others are asked anew: one savepoint for all of them is a good deal faster than
    one each, and on most days none fails.
    """
    bugs: dict[str, str] = {}
    left = list(turns)
    while left:
        said: list[Said | None] = []
        with caught(left[0].NAME, f"slot {slot.id}") as bug, apart(session):
            for part in left:
                bug.where = part.NAME
                said.append(part.say(turns[part]))
                check_recorded(session)
        if not bug.reference:
            return [each for each in said if each], bugs
        bugs[bug.where] = bug.reference
        left = [part for part in left if part.NAME not in bugs]
    return [], bugs


def _claim(session: Session, slot: Slot, known: Known, now: datetime) -> Turn | None:
    """Claim a slot's turn. None if another process has it, if its day has passed (tomorrow's says what
    is still true), or if the address is not to be spoken to today. An earlier day's post that has not gone
    out is dropped for this one; while nobody can tell whether it has, no other is made.
    """
    directory = known.directory
    zone = directory.partnership.tz
    if not slots.claim(session, slot, next_occurrence(now, slot.hour, zone)):
        return None
    address = directory.addresses[slot.address_id]
    if not reminders.is_turn(directory, slot, address, now):
        return None
    if _is_stopped(session, address):
        return None
    for place in _alike(directory, address):
        drop_earlier(session, place, now)
    if dailies.is_waiting(session, address.id):
        return None
    heard = slots.slot_of(session, address.id) or slot
    return Turn(session, directory, address, now, heard.last_at, heard.last_event, known)


def _alike(directory: Directory, address: Address) -> list[Address]:
    """The addresses of whoever is spoken to at this one: those in other workspaces too."""
    if address.person_id is None:
        return [address]
    return [place for place in directory.addresses.values() if place.person_id == address.person_id]


def drop_earlier(session: Session, address: Address, now: datetime) -> bool:
    """Drop an address's post of an earlier day, if nothing of it has gone out: the next one will say what is
    still true. False if there is none.
    """
    return dailies.give_up(session, address, dailies.undelivered(session, address, now), DAY_IS_OVER)


def drop_what_is_over(session: Session, post: Outbox, address: Address, now: datetime) -> bool:
    """Drop a post that is worth nothing any more. What is left of a daily post goes out late, for its
    beginning has been read.
    """
    if post.state != "waiting" or not post.is_over(now):
        return False
    if post.key.startswith(dailies.KEY):
        return drop_earlier(session, address, now)
    return outbox.drop(session, post, TOO_LATE)


def _is_stopped(session: Session, address: Address) -> bool:
    """Nothing can be said there for now, and what could be said today may not be true when it can."""
    return partnerships.workspace_by_id(session, address.workspace_id).stopped_at is not None


def _speak(session: Session, turn: Turn, said: list[Said]) -> None:
    """One post for the day, if there is anything to say; in the same transaction as the claim."""
    slots.spoken(session, turn.address, turn.now, last_event(session))
    if said:
        key = dailies.key_of(turn.address, reminders.utc_day(turn.now))
        posting.put(session, turn.address.id, key, reminders.post(turn, said), reminders.why(said))
        until = datetime.combine(turn.today, time.max, turn.directory.partnership.tz)
        dailies.keep(session, turn.address, as_utc(until), turn.since, turn.since_event)


def _note_fault(session: Session, slot: Slot, part: SpeakingPart, turn: Turn, reference: str) -> None:
    """Keep that a part failed; after a few failures the coordinators are told."""
    fault = faults.faults_of(session, slot.id).get(part.NAME)
    if fault is None:
        fault = Fault(
            slot_id=slot.id,
            part=part.NAME,
            since=turn.since,
            since_event=turn.since_event,
            at=turn.now,
            failures=0,
            reference="",
        )
        add(session, fault)
    change(session, fault, at=turn.now, failures=fault.failures + 1, reference=reference)
    if fault.failures == faults.TELL_AFTER:
        _tell_coordinators(session, turn, fault)


def _tell_coordinators(session: Session, turn: Turn, fault: Fault) -> None:
    told = compose("error/part", part=fault.part, address=turn.address.label, fault=fault)
    for person in turn.directory.people.values():
        address = turn.directory.address_of(person) if person.may("coordinator") else None
        if address is not None:
            key = f"fault|{fault.id}|{fault.failures}|{address.id}"
            outbox.put(
                session, address.id, key, to_json(told), why=f"“{fault.part}” failed {fault.failures} times"
            )


def give_notice(db: Database, notice: Notice, now: datetime) -> None:
    """Post what was due at an exact time, unless its use has passed. Where nothing can be said for now, it
    is left until something can.
    """
    with db.writing(notice.partnership_id, at=now) as session:
        address = addresses.address_by_id(session, notice.address_id)
        is_kept_back = _is_stopped(session, address) or silence.reaches(session, address, now)
        if now <= notice.until and is_kept_back:
            return
        if slots.take_notice(session, notice) and now <= notice.until:
            outbox.put(session, notice.address_id, notice.key, notice.message, notice.why, until=notice.until)
