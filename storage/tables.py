"""All tables in one place: importing this makes every one of them known."""

from storage import (
    actions,
    addresses,
    chat,
    codes,
    counters,
    events,
    faults,
    files,
    holds,
    installs,
    loops,
    objectives,
    offers,
    organisations,
    outbox,
    partnerships,
    people,
    reviews,
    seats,
    seen,
    sign_ins,
    slots,
    sources,
    wordings,
)
from storage.row import Row

METADATA = Row.metadata
FILES = (
    actions, addresses, chat, codes, counters, events, faults, files, holds, installs, loops, objectives,
    offers, organisations, outbox, partnerships, people, reviews, seats, seen, sign_ins, slots, sources,
    wordings,
)  # fmt: skip

for table in METADATA.tables.values():  # an id once given is never given again, so that history stays true
    table.dialect_options["sqlite"]["autoincrement"] = True
