"""Pages: what somebody sees where they stand: the places, the clock, the messages and the box to write in."""

import itertools
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.bugs import caught
from bot.web import clockwork, guide
from bot.web.guard import new_key
from bot.web.look import Shown, message_html, render, with_token
from bot.web.room import Room, Spot, places_of
from bot.web.stream import News
from jobs.forecast import Happening, coming
from storage import chat
from storage.addresses import Address, addresses
from storage.db import Session
from storage.directory import Directory
from storage.organisations import organisations
from storage.partnerships import the_partnership
from storage.people import people

AT_ONCE = 40
"""Messages to begin with, and with each look further back."""


@dataclass(frozen=True)
class Door:
    """One place in the list, with how much of it is unread."""

    place: Address
    unread: int

    @property
    def name(self) -> str:
        return self.place.label if self.place.kind == "channel" else "Commsbot"


def page(room: Room, spot: Spot, token: str, note: str = "") -> str:
    """The whole page of a place, or of a thread in it."""
    with room.reading() as session:
        messages, has_more = _messages(session, spot)
        values = _places(session, room, spot) | {
            "revision": chat.last_revision(session),
            "messages": _shown(session, messages, room.zone(), spot.thread),
            "has_more": has_more,
        }
    html = render(
        "chat", room=room, note=note, time=clockwork.now_said(room), guide=guide_card(room, spot),
        key=new_key(), **values,
    )  # fmt: skip
    return with_token(html, token)


def places(room: Room, spot: Spot, token: str) -> str:
    """The list of places alone, when there is a new one."""
    with room.reading() as session:
        return with_token(render("places", room=room, **_places(session, room, spot)), token)


def _places(session: Session, room: Room, spot: Spot) -> dict[str, object]:
    return {
        "spot": spot,
        "partnership": the_partnership(session),
        "doors": _doors(session, spot),
        "others": _others(session, room),
    }


def earlier(room: Room, spot: Spot, before: int, token: str) -> str:
    """The messages before one, as the top of the list takes them."""
    with room.reading() as session:
        found = chat.messages_in(session, spot.place.id, spot.person.id, before, AT_ONCE + 1)
        messages = _shown(session, found[-AT_ONCE:], room.zone())
    html = render("messages", messages=messages, has_more=len(found) > AT_ONCE)
    return with_token(html, token)


def _messages(session: Session, spot: Spot) -> tuple[list[chat.ChatMessage], bool]:
    if spot.thread is None:
        found = chat.messages_in(session, spot.place.id, spot.person.id, None, AT_ONCE + 1)
        return found[-AT_ONCE:], len(found) > AT_ONCE
    head = chat.message_by_id(session, spot.thread)
    replies = chat.replies_to(session, spot.thread, spot.person.id)
    return ([head] if head else []) + replies, False


def _shown(
    session: Session, messages: list[chat.ChatMessage], zone: ZoneInfo, seen_in: int | None = None
) -> list[Shown]:
    if not messages:
        return []
    names = {person.id: person.name for person in people(session)}
    whose = {place.id: place.person_id for place in addresses(session)}
    heads = [said.id for said in messages if whose[said.address_id] is None and said.only_for is None]
    replies = chat.reply_counts(session, heads)
    return [
        Shown(
            said,
            by=names.get(said.author_id or 0, "Commsbot"),
            at=said.at.astimezone(zone),
            whose=whose[said.address_id],
            replies=replies.get(said.id, 0),
            seen_in=seen_in,
        )
        for said in messages
    ]


def _doors(session: Session, spot: Spot) -> list[Door]:
    places = places_of(session, spot.person)
    unread = chat.unread(session, spot.person.id, [place.id for place in places])
    return [Door(place, unread.get(place.id, 0)) for place in places]


def _others(session: Session, room: Room) -> list[tuple[str, list[tuple[int, str]]]]:
    """Whom one can be instead, by organisation; nobody where people sign in."""
    if room.signs_in:
        return []
    homes = {home.id: home.label for home in organisations(session)}
    mine = sorted(
        (homes.get(each.organisation_id or 0, ""), each.name, each.id)
        for each in people(session)
        if each.is_active
    )
    return [
        (home, [(person_id, name) for _, name, person_id in group])
        for home, group in itertools.groupby(mine, key=lambda each: each[0])
    ]


def happenings(room: Room, spot: Spot) -> str:
    """What will be said next: to the channels and to this person; to a coordinator, all of it."""
    with room.reading() as session:
        directory = Directory(session)
        places = None if spot.person.may("coordinator") else places_of(session, spot.person)
        found: list[Happening] = []
        with caught("coming", f"person {spot.person.id}") as bug:
            found = coming(session, directory, room.clock.now(), to=places)
    today = room.clock.now().astimezone(room.zone()).date()
    return render("coming", found=found, reference=bug.reference, today=today, me=spot.person.id)


def guide_card(room: Room, spot: Spot) -> str:
    number = guide.step_of(room, spot)
    return render(
        "guide",
        number=number,
        step=guide.STEPS.get(number),
        last=guide.LAST,
        line=guide.line_of(room, spot, number),
    )


def news_of(session: Session, revision: int, zone: ZoneInfo) -> list[News]:
    """What was said or changed after a revision, as it is told to those who look."""
    return [_told(one) for one in _shown(session, chat.messages_since(session, revision), zone)]


def _told(one: Shown) -> News:
    """One message that cannot be shown keeps nobody from the others."""
    with caught("chat", f"message {one.said.id}"):
        return _news(one)
    return News("unsaid", {}, one.said.revision, one.said.address_id, one.said.only_for or one.whose)


def _news(one: Shown) -> News:
    said = one.said
    what = {
        "id": said.id,
        "place": said.address_id,
        "thread": said.thread_of,
        "author": said.author_id or 0,
        "alone": said.only_for is not None,
        "changed": said.is_changed,
        "aloud": f"{one.by}: {one.summary}",
        "html": message_html(one),
    }
    return News("message", what, said.revision, said.address_id, said.only_for or one.whose)
