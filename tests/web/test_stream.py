"""The stream: whoever looks is told all that is theirs to see, in its order, nothing missed or twice."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import local
from bot.app import App
from bot.web import stream as streams
from bot.web.kept import Kept
from bot.web.stream import News, Stream
from storage import chat
from storage.db import Database
from tests.conversation import COMMANDS
from tests.web.seeing import Event, up_to
from tests.web.serving import Served, Visitor, locked


def messages(events: list[Event]) -> list[Event]:
    return [event for event in events if event.kind == "message"]


def aloud(events: list[Event]) -> list[str]:
    return [event.what["aloud"] for event in messages(events)]


def until(events: Iterator[Event], aloud: str) -> list[Event]:
    """All that is told up to something said, which is part of it."""
    return up_to(events, lambda event: event.what.get("aloud") == aloud)


def seen_by(visitor: Visitor) -> dict[int, int]:
    """The latest revision of every message that somebody may see, by its id."""
    mine = {visitor.served.place(name) for name in ("#comms", "#hospitals", "#council", f"@{visitor.name}")}
    with visitor.served.room.reading() as session:
        return {
            said.id: said.revision
            for said in chat.messages_since(session, 0, most=10_000)
            if said.address_id in mine and said.is_seen_by(visitor.person)
        }


def test_stream_tells_what_comes_in_its_order(priya: Visitor, jo: Visitor) -> None:
    with jo.listening() as events:
        for number in range(20):
            priya.say(f"Line {number}")
        heard = until(events, "Priya Shah: Line 19")

    assert aloud(heard) == [f"Priya Shah: Line {number}" for number in range(20)]
    assert [event.number for event in messages(heard)] == list(range(1, 21))


def test_stream_begins_where_the_page_ends(priya: Visitor, jo: Visitor) -> None:
    priya.say("On the page")
    jo.look()
    priya.say("After it")

    with jo.listening() as events:
        assert aloud(until(events, "Priya Shah: After it")) == ["Priya Shah: After it"]


def test_stream_goes_on_after_what_was_heard_last(priya: Visitor, jo: Visitor) -> None:
    for words in ("One", "Two", "Three"):
        priya.say(words)

    with jo.listening(after=2) as events:
        assert aloud(until(events, "Priya Shah: Three")) == ["Priya Shah: Three"]


def test_stream_tells_a_change_with_its_latest_words(served: Served) -> None:
    with served.visit("Sam Okafor", "#hospitals") as sam:
        served.type("Jo Bell", "/action add Lend us a van owner: Hospitals", "#comms")
        sam.move("+1d")
        before = sam.look()
        offer = next(said for said in before.messages if "Accept" in said.buttons)

        sam.click("Accept")
        changed = sam.hear(lambda event: bool(event.what.get("changed")))[-1]

        assert changed.said.buttons == []
        assert changed.number > before.revision
        with sam.listening(after=0) as events:
            heard = messages(up_to(events, lambda event: event.number >= changed.number))
        assert [event.number for event in heard if event.what["id"] == offer.id] == [changed.number]


def test_two_listeners_hear_the_same(priya: Visitor, jo: Visitor) -> None:
    with jo.listening() as hers, priya.listening() as mine:
        for number in range(10):
            (priya, jo)[number % 2].say(f"Line {number}")

        assert aloud(until(hers, "Jo Bell: Line 9")) == aloud(until(mine, "Jo Bell: Line 9"))


def test_many_say_something_at_once_and_everyone_hears_all(served: Served) -> None:
    names = ("Priya Shah", "Jo Bell", "Sam Okafor", "Tom Reed")
    with ExitStack() as stack:
        visitors = [stack.enter_context(served.visit(name, "#comms")) for name in names]
        streams = [stack.enter_context(visitor.listening()) for visitor in visitors]
        threads = [
            threading.Thread(target=lambda each=each: [each.say(f"{each.name} {n}") for n in range(8)])
            for each in visitors
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        heard = [messages(up_to(events, lambda event: event.number >= 32)) for events in streams]

    assert [event.number for event in heard[0]] == list(range(1, 33))
    assert sorted(aloud(heard[0])) == sorted(f"{name}: {name} {n}" for name in names for n in range(8))
    assert [aloud(each) for each in heard[1:]] == [aloud(heard[0])] * 3


def test_what_another_programme_said_is_told(
    served: Served, jo: Visitor, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody tells the chat of it: it looks by itself."""
    other = Database(str(plan))
    room = served.room
    app = App(other, COMMANDS, {local.NAME: Kept(other, room.workspace, room.clock)})

    with jo.listening() as events:
        heard = local.heard(
            room.workspace, "@Sam Okafor", "#comms", "other-1", "/action add Film the open day"
        )
        assert not app.hear(heard, room.clock.now()).is_error
        app.deliver(room.clock.now())
        told = up_to(events, lambda event: event.kind == "message")[-1]

    other.close()
    assert told.what["aloud"].startswith("Commsbot: Sam Okafor logged A1, Film the open day")


def test_who_comes_back_after_long_hears_all_of_it(served: Served, priya: Visitor, jo: Visitor) -> None:
    """More than is read at once, and more than may wait for one who looks."""
    count = streams.BACKLOG + 600
    with served.room.writing() as session:
        for number in range(count):
            chat.tell(session, served.place("#comms"), f"line|{number}", text=f"Line {number}", author_id=1)

    with jo.listening(after=0) as events:
        heard = messages(up_to(events, lambda event: event.number >= count))

    assert [event.number for event in heard] == list(range(1, count + 1))
    assert aloud(heard)[-1] == f"Priya Shah: Line {count - 1}"


def test_who_falls_far_behind_connects_anew_and_misses_nothing(
    served: Served, priya: Visitor, jo: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The stream is ended for them; a browser comes back with the number of what it heard last."""
    monkeypatch.setattr(streams, "BACKLOG", 3)
    with jo.listening() as events:
        next(events)
        with served.room.writing() as session:
            for number in range(400):
                chat.tell(session, served.place("#comms"), f"l|{number}", text="x" * 3000, author_id=1)
        for _ in range(5):
            priya.say("More")
        heard = messages(list(_until_it_ends(events, 405)))

    while heard[-1].number < 405:
        with jo.listening(after=heard[-1].number) as events:
            heard += messages(list(_until_it_ends(events, 405)))

    assert [event.number for event in heard] == list(range(1, 406))


def _until_it_ends(events: Iterator[Event], number: int) -> Iterator[Event]:
    for event in events:
        yield event
        if event.number >= number:
            return


def test_stream_of_a_busy_database_goes_on(priya: Visitor, jo: Visitor, plan: Path) -> None:
    with jo.listening() as events:
        priya.say("Before")
        with locked(plan):
            assert priya.say("Meanwhile").is_lost
        priya.say("After")

        assert aloud(until(events, "Priya Shah: After")) == ["Priya Shah: Before", "Priya Shah: After"]


def test_stream_with_a_number_of_no_sense_begins_at_the_beginning(priya: Visitor) -> None:
    priya.say("Hello")

    for number in ("", "x", "-1", "9" * 40, "1e3"):
        with priya.client.stream("GET", priya.address("#comms", f"stream?after={number}")) as answer:
            assert answer.status_code == 200


def test_what_comes_while_the_past_is_read_is_told_once() -> None:
    """It is both among what was missed and on its way."""
    kept = [News("message", {}, revision) for revision in (1, 2, 3)]
    stream = Stream(lambda after: [news for news in kept if news.revision > after], revision=3)

    async def hear() -> list[News]:
        running = asyncio.create_task(stream.run())
        late, early = stream.listen(0), stream.listen(3)
        heard = [await anext(late)]
        stream.say(News("clock", {}))
        assert (await anext(early)).kind == "clock"  # by now it waits for what is handed out
        kept.append(News("message", {}, 4))
        stream.tell()
        assert (await anext(early)).revision == 4
        stream.close()
        heard += [news async for news in late]
        running.cancel()
        return heard

    assert [(news.kind, news.revision) for news in asyncio.run(hear())] == [
        ("message", 1),
        ("message", 2),
        ("message", 3),
        ("message", 4),
        ("clock", 0),
    ]


LINES = st.sampled_from(
    ["Hello all", "/action add Refresh the newsletter", "/objective list", "@commsbot me"]
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rounds=st.lists(
        st.tuples(st.lists(st.tuples(st.integers(0, 1), LINES), max_size=3), st.integers(0, 6)),
        min_size=1,
        max_size=4,
    )
)
def test_connections_cut_anywhere_lose_and_repeat_nothing(
    served: Served, priya: Visitor, jo: Visitor, rounds: list[tuple[list[tuple[int, str]], int]]
) -> None:
    """Between the cuts people say things; each connection is cut after some events."""
    start = jo.look().revision
    before = {number: revision for number, revision in seen_by(jo).items() if revision <= start}
    heard: list[Event] = []
    for lines, cut in rounds:
        for who, line in lines:
            (priya, jo)[who].say(line)
        if last_to_see(jo) > at_number(heard, start):
            with jo.listening(after=at_number(heard, start)) as events:
                heard += messages(cut_after(events, cut, last_to_see(jo)))
    jo.say("That was all")
    with jo.listening(after=at_number(heard, start)) as events:
        heard += messages(until(events, "Jo Bell: That was all"))

    numbers = [event.number for event in heard]
    assert numbers == sorted(set(numbers))
    latest = {event.what["id"]: event.number for event in heard}
    upto = {number: revision for number, revision in seen_by(jo).items() if revision <= numbers[-1]}
    assert before | latest == before | upto


def at_number(heard: list[Event], start: int) -> int:
    return heard[-1].number if heard else start


def last_to_see(visitor: Visitor) -> int:
    return max(seen_by(visitor).values(), default=0)


def cut_after(events: Iterator[Event], count: int, number: int) -> list[Event]:
    """So many events of those that are sure to come."""
    found: list[Event] = []
    for event in events:
        if len(messages(found)) >= count:
            return found
        found.append(event)
        if event.number >= number:
            return found
    raise AssertionError("the stream ended")
