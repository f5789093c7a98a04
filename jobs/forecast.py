"""The forecast: what will be said by itself, if nobody does anything till then."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from heapq import merge
from itertools import islice
from typing import Any

from jobs.known import Known
from jobs.reminders import is_turn, since_last_success, wanted
from jobs.turn import Turn
from messages.stored import from_json
from storage.addresses import Address
from storage.db import Session
from storage.directory import Directory
from storage.events import last_event
from storage.faults import Fault, faults
from storage.slots import Slot, due_notices, slots
from storage.working_time import next_occurrence

TWO_MONTHS = timedelta(days=62)


@dataclass(frozen=True)
class Happening:
    """A post to come. at: in the partnership's time. says: its summary, such as "1 late, 1 due today"."""

    at: datetime
    address: Address
    says: str


def coming(
    session: Session,
    directory: Directory,
    now: datetime,
    most: int = 8,
    within: timedelta = TWO_MONTHS,
    to: Collection[Address] | None = None,
) -> list[Happening]:
    """The next posts in the order of their arrival, at most so many, to these addresses or to all.

    Every turn to come is asked what it would say, by the parts that the beat asks, so that this cannot
    differ from what the beat does. Nothing is written. A bug of a part is raised.
    """
    ahead = Ahead(session, directory, now, now + within)
    found = merge(ahead.notices(to), ahead.spoken(to), key=lambda happening: happening.at)
    return list(islice(found, most))


@dataclass(frozen=True)
class TurnToCome:
    """slot: as it will stand then. failed: the parts that raised at the turn before."""

    slot: Slot
    turn: Turn
    failed: Mapping[str, Fault]

    @property
    def order(self) -> tuple[datetime, datetime, int]:
        """The order in which a beat takes turns."""
        return self.turn.now, self.slot.next_at, self.slot.id

    def says(self) -> str:
        """What its parts say, as the daily post counts it; "" for nothing."""
        turns = [
            (part, since_last_success(self.turn, self.failed.get(part.NAME))) for part in wanted(self.slot)
        ]
        said = [part.say(turn) for part, turn in turns]
        return ", ".join(each.message.summary for each in said if each)


@dataclass(frozen=True)
class Ahead:
    """The time from an instant until another, if nobody does anything."""

    session: Session
    directory: Directory
    now: datetime
    until: datetime

    def notices(self, to: Collection[Address] | None) -> Iterator[Happening]:
        """What is due at an exact time; not what is past its use by then, or silenced."""
        for notice in due_notices(self.session, self.until):
            address = self.directory.addresses[notice.address_id]
            is_said = self.now <= notice.until and not self.directory.silence(
                address, max(notice.at, self.now)
            )
            if (to is None or address in to) and is_said:
                yield self._happening(notice.at, address, from_json(notice.message).summary)

    def spoken(self, to: Collection[Address] | None) -> Iterator[Happening]:
        """What the turns have to say, in their order; none is asked before it is needed."""
        addresses = self.directory.addresses
        theirs = [s for s in self._slots if to is None or addresses[s.address_id] in to]
        for each in merge(*map(self._turns, theirs), key=lambda each: each.order):
            if says := each.says():
                yield self._happening(each.turn.now, each.turn.address, says)

    def _turns(self, slot: Slot) -> Iterator[TurnToCome]:
        """Every turn that an address will have; a day is heard once."""
        address, zone = self.directory.addresses[slot.address_id], self.directory.partnership.tz
        failed = self._faults.get(slot.id, {})
        while (at := max(slot.next_at, self.now)) <= self.until:
            next_at = next_occurrence(at, slot.hour, zone)
            if is_turn(self.directory, slot, address, at):
                turn = Turn(
                    self.session, self.directory, address, at, slot.last_at, slot.last_event, self._known
                )
                yield TurnToCome(slot, turn, failed)
                slot = _later(slot, next_at=next_at, last_at=at, last_event=self._last_event)
                failed = {}
            else:
                slot = _later(slot, next_at=next_at)

    def _happening(self, at: datetime, address: Address, says: str) -> Happening:
        return Happening(max(at, self.now).astimezone(self.directory.partnership.tz), address, says)

    @cached_property
    def _known(self) -> Known:
        return Known(self.session, self.directory, self._last_turn)

    def _last_turn(self, address: Address, before: datetime) -> datetime:
        """When an address will have had its last turn by then."""
        if address.id not in self._turns_had:
            self._turns_had[address.id] = self._turns_of(address)
        had = self._turns_had[address.id]
        return had[max(bisect_left(had, before) - 1, 0)]

    def _turns_of(self, address: Address) -> list[datetime]:
        """When it had its last one, and when it will have others."""
        mine = [slot for slot in self._slots if slot.address_id == address.id]
        coming = [to_come.turn.now for slot in mine for to_come in self._turns(slot)]
        return [self.directory.last_turn(address, self.now), *coming]

    @cached_property
    def _turns_had(self) -> dict[int, list[datetime]]:
        return {}

    @cached_property
    def _slots(self) -> list[Slot]:
        return slots(self.session)

    @cached_property
    def _faults(self) -> dict[int, dict[str, Fault]]:
        found: dict[int, dict[str, Fault]] = defaultdict(dict)
        for fault in faults(self.session):
            found[fault.slot_id][fault.part] = fault
        return found

    @cached_property
    def _last_event(self) -> int:
        return last_event(self.session)


def _later(slot: Slot, **values: Any) -> Slot:
    """The slot as it will stand once it has been claimed; a copy, for nothing is written here."""
    return Slot(**{name: getattr(slot, name) for name in Slot.model_fields} | values)
