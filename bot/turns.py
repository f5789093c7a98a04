"""Turns: an address's slot is claimed, its parts are asked, and one post goes into the outbox."""

from datetime import datetime

from bot import posting
from jobs import reminders
from jobs.base import Said, SpeakingPart
from jobs.turn import Turn
from messages.compose import compose
from messages.stored import to_json
from storage import addresses, faults, outbox, partnerships, slots
from storage.addresses import Address
from storage.db import Database, Session, add, change
from storage.directory import Directory
from storage.events import last_event
from storage.faults import Fault
from storage.slots import Notice, Slot
from storage.working_time import next_occurrence


def take(session: Session, slot: Slot, now: datetime) -> Turn | None:
    """Claim a slot's turn. None if another process has it, if its day has passed (tomorrow's says what
    is still true), or if the address is not to be spoken to today. While an earlier day's post cannot be
    delivered no other is made, so that there is no burst when it can.
    """
    directory = Directory(session)
    zone = directory.partnership.tz
    if not slots.claim(session, slot, next_occurrence(now, slot.hour, zone)):
        return None
    address = addresses.address_by_id(session, slot.address_id)
    if not reminders.is_turn(directory, slot, address, now):
        return None
    if outbox.is_waiting_to_be_told(session, address.id) or _is_stopped(session, address):
        return None
    return Turn(session, directory, address, now, slot.last_at, slot.last_event)


def _is_stopped(session: Session, address: Address) -> bool:
    """Nothing can be said there for now, and what could be said today may not be true when it can."""
    return partnerships.workspace_by_id(session, address.workspace_id).stopped_at is not None


def speak(session: Session, slot: Slot, turn: Turn, said: list[Said]) -> None:
    """One post for the day, if there is anything to say; in the same transaction as the claim."""
    slots.spoken(session, slot, turn.address, turn.now, last_event(session))
    if said:
        key = f"slot|{turn.address.id}|{reminders.utc_day(turn.now)}"
        posting.put(session, turn.address.id, key, reminders.post(turn, said), reminders.why(said))


def note_fault(session: Session, slot: Slot, part: SpeakingPart, turn: Turn, reference: str) -> None:
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
        if now <= notice.until and _is_stopped(session, address):
            return
        if slots.take_notice(session, notice) and now <= notice.until:
            outbox.put(session, notice.address_id, notice.key, notice.message, notice.why)
