"""Restarts: the process is stopped, killed, doubled and late, and each post is still said once."""

import random
import tempfile
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache

import pytest

from bot.clock import Clock, catch_up
from storage import outbox
from storage.addresses import addresses
from storage.db import Database
from tests.bot.workers import Trap, Worker
from tests.conversation import LONDON, Conversation, at, start
from tests.standin import ChatServer, Fault, app_on

MONDAY = "2020-06-01 10:00"
QUIET = 20
"""The minute by which a day's trouble is over; what has not gone out by its end is said on another day."""
DAYS = [datetime(2020, 6, 2, 9, tzinfo=LONDON) + timedelta(days=n) for n in range(15)]
BEATS = [day + timedelta(minutes=m) for day in DAYS for m in (0, 1, 2, QUIET)]
PLAN = """
Sam Okafor: /action add Print the posters due: 9 June
Sam Okafor: /action add Book the hall due: 12 June
Priya Shah: /action add Agree the key messages owner: Jo Bell due: 10 June
Priya Shah: /action add Put up the roadside signs owner: Council due: 18 June
Priya Shah: /action add Refresh the newsletter owner: Sam Okafor, Jo Bell due: June
Priya Shah: /action add Write to the volunteers owner: Tom Reed due: 16 June
Priya Shah: /action add Share one story a month ongoing
Jo Bell: /action add Help us film at the entrance owner: Hospitals due: 24 June
"""


def planned(db: Database, more_people: int = 0) -> Conversation:
    """A plan with something to say on most days of June."""
    talk = start(db, MONDAY)
    for line in PLAN.strip().splitlines():
        talk.do(*line.split(": ", 1))
    for number in range(more_people):
        talk.do(f"Helper {number}", "/action add Hand out leaflets due: 4 June")
    return talk


@cache
def undisturbed(more_people: int = 0) -> Counter[tuple[str, str, str]]:
    """What is said when nothing goes wrong."""
    with tempfile.TemporaryDirectory() as folder, ChatServer().running() as chat:
        db = Database(f"{folder}/undisturbed.db")
        db.upgrade()
        planned(db, more_people)
        app = app_on(db, chat)
        for now in BEATS:
            catch_up(app, now)
        db.close()
    return said(chat)


def said(chat: ChatServer) -> Counter[tuple[str, str, str]]:
    return Counter((post.place, post.key, post.text) for post in chat.posts)


# --- restarts ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("trouble", [(), (Fault.RESET_AFTER, Fault.ERROR_BEFORE, Fault.SLOW_DOWN)])
def test_new_process_at_every_beat_says_the_same(
    url: str, db: Database, chat: ChatServer, trouble: tuple[Fault, ...]
) -> None:
    planned(db)
    chance = random.Random(2020)

    for now in BEATS:
        if trouble and now.minute < QUIET and chance.random() < 0.5:
            chat.misbehave(chance.choice(trouble))
        fresh = Database(url)
        catch_up(app_on(fresh, chat), now)
        fresh.close()

    assert said(chat) == undisturbed()


def test_process_killed_at_any_moment_says_the_same(url: str, db: Database, chat: ChatServer) -> None:
    planned(db)
    chance = random.Random(4)
    days = chance.sample([day for day in DAYS if day.weekday() < 5], 6)
    deaths = dict(zip(days, [_die_somewhere, _die_with_a_post_on_its_way] * 3, strict=True))
    worker = Worker(url, chat, "the first")

    for now in BEATS:
        if now in deaths:
            deaths[now](worker, chat, now, chance)
            chat.settle()
            worker = Worker(url, chat, f"after {now}")
        else:
            worker.beat(now)
    worker.close()

    assert said(chat) == undisturbed()


def _die_somewhere(worker: Worker, chat: ChatServer, now: datetime, chance: random.Random) -> None:
    worker.tell(now)
    worker.lives_for(chance.uniform(0, 0.1))
    worker.kill()


def _die_with_a_post_on_its_way(
    worker: Worker, chat: ChatServer, now: datetime, chance: random.Random
) -> None:
    trap = Trap(chat, worker.name, chance.randint(1, 3))
    worker.tell(now)
    trap.caught(worker)
    worker.kill()
    trap.release()


def settled(worker: Worker, now: datetime) -> str:
    """What it says when its beat is over; while the other has the database for too long it beats again."""
    for _ in range(20):
        answer = worker.answer()
        if not answer.endswith(" busy"):
            break
        worker.tell(now)
    return answer


def test_two_processes_share_the_work_and_one_takes_over_when_the_other_is_killed(
    postgres_url: str, chat: ChatServer
) -> None:
    db = Database(postgres_url)
    planned(db, more_people=12)
    db.close()
    one, two = Worker(postgres_url, chat, "one"), Worker(postgres_url, chat, "two")
    trap = Trap(chat, "one", nth=20)
    alive = [one, two]

    for now in BEATS:
        for worker in alive:
            worker.tell(now)
        if one in alive and trap.caught(one):
            one.kill()
            alive.remove(one)
            trap.release()
        for worker in alive:
            assert settled(worker, now) == now.isoformat()
        chat.settle()
    two.close()

    assert alive == [two]
    assert said(chat) == undisturbed(more_people=12)
    assert {post.sender for post in chat.posts} == {"one", "two"}
    assert Counter(post.sender for post in chat.posts)["one"] == 20


# --- downtime ---------------------------------------------------------------------------------------


def down_until(talk: Conversation, moment: str) -> None:
    """Nothing runs until this moment."""
    talk.clock = Clock(at(moment))
    talk.beat()


def reminded(talk: Conversation, who: str) -> list[tuple[str, str]]:
    """When somebody was reminded, and what of, in short."""
    return [(f"{seen.when:%d %H:%M}", seen.shown.message.summary) for seen in talk.to(who)]


def test_day_of_downtime_is_made_good_at_the_next_turn(sqlite: Database) -> None:
    talk = start(sqlite, MONDAY)
    talk.do("Sam Okafor", "/action add Print the posters due: 9 June")

    talk.until("2020-06-01 12:00")
    down_until(talk, "2020-06-04 08:00")
    talk.until("2020-06-05 23:00")

    assert reminded(talk, "@Sam Okafor") == [("04 09:00", "Thursday 4 June: 1 coming up")]


def test_two_weeks_of_downtime_are_made_good_once_and_with_the_latest_step(sqlite: Database) -> None:
    talk = planned(sqlite)

    talk.until("2020-06-01 12:00")
    down_until(talk, "2020-06-15 08:00")
    at_once = [(seen.place, seen.day) for seen in talk.seen if seen.when > at("2020-06-02 00:00")]
    talk.until("2020-06-16 08:00")

    assert at_once == []
    late = [(seen.place, seen.day) for seen in talk.seen if seen.when > at("2020-06-15 00:00")]
    assert sorted(late) == sorted(set(late))
    assert {day for _, day in late} == {"15 Jun 2020"}
    said_to_sam = [seen.text for seen in talk.to("@Sam Okafor") if seen.day == "15 Jun 2020"]
    assert [text.count("Print the posters") for text in said_to_sam] == [1]


@pytest.mark.parametrize("hours", [1, 24, 24 * 3, 24 * 14])
def test_whatever_was_missed_there_is_one_post_a_day_for_each_address(sqlite: Database, hours: int) -> None:
    talk = planned(sqlite)
    before = len(talk.seen)

    talk.clock = Clock(talk.clock.now() + timedelta(hours=hours))
    for _ in range(72):
        talk.until("+4h")

    posts = [(seen.place, seen.day) for seen in talk.seen[before:]]
    assert sorted(posts) == sorted(set(posts))
    assert len(posts) > 0


def test_turn_that_fails_keeps_nobody_else_from_theirs(sqlite: Database) -> None:
    talk = planned(sqlite)
    with sqlite.writing(talk.workspace.partnership_id, at=talk.clock.now()) as session:
        sam, *_ = [address for address in addresses(session) if address.external == "@Sam Okafor"]
        post = outbox.put(session, sam.id, f"slot|{sam.id}|2020-06-02", "{}")
        outbox.mark(session, post.id, "sent")

    for day in (2, 3, 4):
        talk.clock = Clock(at(f"2020-06-0{day} 09:00"))
        talk.beat()

    assert [seen.day for seen in talk.to("@Jo Bell")] == ["2 Jun 2020", "3 Jun 2020"]
    assert [seen.day for seen in talk.to("@Sam Okafor")] == ["4 Jun 2020"]


# --- clocks -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last"), [("2026-03-26", "2026-04-01"), ("2026-10-22", "2026-10-28")], ids=["March", "October"]
)
def test_nine_stays_nine_when_the_clocks_change(sqlite: Database, first: str, last: str) -> None:
    talk = start(sqlite, f"{first} 08:00")
    week = [at(f"{first} 09:00").astimezone(LONDON) + timedelta(days=n) for n in range(7)]
    days = [day for day in week if day.weekday() < 5]
    for day in days:
        talk.do("Sam Okafor", f"/action add Water the plants due: {day:%d/%m/%Y}")
    before = len(talk.seen)

    talk.until(f"{last} 23:00")

    assert [seen.when.isoformat() for seen in talk.seen[before:]] == [day.isoformat() for day in days]


def an_hour_back(now: datetime) -> datetime:
    return now - timedelta(hours=1)


def a_day_back(now: datetime) -> datetime:
    return now - timedelta(days=1)


@pytest.mark.parametrize("back", [an_hour_back, a_day_back])
def test_clock_set_back_says_nothing_twice(
    sqlite: Database, chat: ChatServer, back: Callable[[datetime], datetime]
) -> None:
    talk = planned(sqlite)
    app = app_on(talk.db, chat)
    chance = random.Random(9)

    for now in BEATS:
        if now.minute < QUIET and chance.random() < 0.2:
            chat.misbehave(chance.choice([Fault.RESET_AFTER, Fault.SLOW_DOWN, Fault.ERROR_BEFORE]))
        catch_up(app, now)
        catch_up(app, back(now))

    assert said(chat) == undisturbed()
