"""Answering: one sentence on a hold, for the asker, the channel it was set in, and whoever must know."""

from collections.abc import Iterable

from commands.base import Request
from jobs.holds import for_whom, noun
from messages.compose import compose
from messages.post import HERE, Destination, Post, ToAddress, ToPerson
from messages.words import date_span, moment
from storage.events import record
from storage.holds import INCIDENT, Hold


def noted(
    request: Request, what: str, hold: Hold, sentence: str, *,
    about: str = "", back: str = "", note: str = "", to: Iterable[Destination] = (),
) -> list[Post]:  # fmt: skip
    """Record what was done, and say it to the asker, with a line that takes it back, and to all others.

    about: the thing that it was done to, where it was not the hold alone. to: who is told beside the channel.
    """
    if about:  # what changed stands with the thing, so that it can be taken back there
        record(request.session, what, about, note=f"{hold.ref}: {note}")
    record(request.session, what, hold.ref, note=f"{about}: {note}" if about else note)
    values = {"hold": hold, "sentence": sentence, "back": back, "note": note, "person": request.person}
    values["is_called"] = hold.kind == INCIDENT and hold.lifted_at is None and not about
    told = compose("hold/said", **values)
    return [Post(compose("hold/saved", **values)), *(Post(told, place) for place in (HERE, *to))]


def channels(request: Request, hold: Hold) -> list[ToAddress]:
    """The chat channel of each organisation that a hold is for, but for the one asked in."""
    directory = request.directory
    those = [o for o in directory.organisations.values() if hold.organisation_id in (None, o.id)]
    found = dict.fromkeys(filter(None, map(directory.channel_of, those)))
    return [ToAddress(address.id) for address in found if address != request.channel]


def coordinators(request: Request) -> list[ToPerson]:
    """All but the asker."""
    people = request.directory.people.values()
    mine = request.person.id
    return [ToPerson(p.id) for p in people if p.is_active and p.id != mine and p.may("coordinator")]


def setter(request: Request, hold: Hold) -> list[ToPerson]:
    """Whoever set a hold, unless it is the asker, or they have left."""
    is_told = hold.by != request.person.id and request.directory.people[hold.by].is_active
    return [ToPerson(hold.by)] if is_told else []


def named(request: Request, hold: Hold) -> str:
    """As "H3, the election hold for everybody"."""
    return f"{hold.ref}, the {noun(hold)} for {for_whom(request.directory, hold)}"


def days_of(request: Request, hold: Hold) -> str:
    """As "1 April to 7 May", or "from Monday 1 June until it is lifted"."""
    open_ended = "" if hold.ends else " until it is lifted"
    return date_span(hold.starts, hold.ends, request.today) + open_ended


def since(request: Request, hold: Hold) -> str:
    return moment(hold.noted_at.astimezone(request.partnership.tz), request.today)
